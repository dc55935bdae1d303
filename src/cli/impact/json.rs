//! What depends on a change -> JSON for programs. Its shape is described in the book.

use std::io::{self, Write};

use serde::Serialize;

use super::Told;
use crate::impact::Dependent;

#[derive(Serialize)]
struct Output<'a> {
    schema: u32,
    from: &'a str,
    to: Option<&'a str>,
    files: usize,
    documents: Vec<One<'a>>,
    owners: Vec<One<'a>>,
}

#[derive(Serialize)]
struct One<'a> {
    id: &'a str,
    kind: &'a str,
    title: &'a str,
    path: &'a str,
    distance: usize,
    changed: bool,
    via: Vec<String>,
}

pub(super) fn print(told: &Told<'_>, out: &mut dyn Write) -> io::Result<()> {
    let one = |found: &Dependent| One {
        id: found.id.as_str(),
        kind: told.node(found.id).map_or("", |node| node.kind.name),
        title: told.node(found.id).map_or("", |node| &node.title),
        path: told.path(found.id),
        distance: found.way.len().saturating_sub(1),
        changed: found.is_changed,
        via: told.names(&found.way),
    };
    let output = Output {
        schema: 1,
        from: &told.from,
        to: told.to.as_deref(),
        files: told.files,
        documents: told.impact.documents.iter().map(one).collect(),
        owners: told.impact.owners.iter().map(one).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &output).map_err(io::Error::from)?;
    writeln!(out)
}
