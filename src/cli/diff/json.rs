//! A comparison -> JSON for programs. Its shape is described in the book.

use std::io::{self, Write};

use serde::Serialize;

use super::Comparison;
use crate::compare::{Change, Side};
use crate::graph::Subject;

#[derive(Serialize)]
struct Output<'a> {
    schema: u32,
    from: &'a str,
    to: Option<&'a str>,
    breaking: usize,
    others: usize,
    changes: Vec<OneChange<'a>>,
}

#[derive(Serialize)]
struct OneChange<'a> {
    code: String,
    breaking: bool,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    specification: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    place: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<&'a str>,
    revision: &'static str,
    source: Source<'a>,
    affects: Vec<&'a str>,
}

#[derive(Serialize)]
struct Source<'a> {
    path: &'a str,
    line: u32,
}

pub(super) fn print(comparison: &Comparison<'_>, out: &mut dyn Write) -> io::Result<()> {
    let groups = comparison.changes.iter();
    let changes = groups.flat_map(|group| {
        let specification = group.specification.map(|id| id.as_str());
        group.changes.iter().map(move |change| one_change(comparison, specification, change))
    });
    let output = Output {
        schema: 1,
        from: &comparison.from,
        to: comparison.to.as_deref(),
        breaking: comparison.count(|change| change.is_breaking),
        others: comparison.count(|change| !change.is_breaking),
        changes: changes.collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &output)?;
    writeln!(out)
}

fn one_change<'a>(comparison: &Comparison<'_>, specification: Option<&'a str>, change: &'a Change) -> OneChange<'a> {
    OneChange {
        code: change.code(),
        breaking: change.is_breaking,
        message: change.sentence(),
        specification,
        id: match change.subject {
            Subject::Node(id) => Some(id.as_str()),
            Subject::Place { .. } => None,
        },
        title: &change.title,
        place: &change.place,
        before: change.before.as_deref(),
        after: change.after.as_deref(),
        revision: if change.side == Side::Before { "before" } else { "after" },
        source: Source { path: change.span.file.as_str(), line: comparison.line(change) },
        affects: change.affected.iter().map(|id| id.as_str()).collect(),
    }
}
