//! Places on a page of Elastic's docs-builder, beside those that everybody knows.

use std::collections::BTreeSet;

use super::traces::{headings, holds};
use crate::graph::resolve::Resolver;
use crate::source::{RepoPath, SourceFile, folded};

/// Whether docs-builder gives the page a place called `anchor`: a heading says so in brackets at its end, `## Limits [orders-limits]`, or
/// any text does, `$$$orders-limits$$$`.
pub(super) fn has_place(resolver: &Resolver<'_>, page: RepoPath, anchor: &str) -> bool {
    let has_settings =
        |folder: RepoPath| ["docset.yml", "_docset.yml"].iter().any(|name| resolver.files.find(folder, name).is_some());
    let says = || resolver.files.source(page).is_some_and(|file| file.told(read_places).0.contains(&folded(anchor)));
    page.above().any(has_settings) && says()
}

/// The places that a text names so, without case and punctuation.
#[derive(Debug, PartialEq)]
pub(super) struct NamedPlaces(BTreeSet<String>);

pub(super) fn read_places(file: &SourceFile) -> NamedPlaces {
    let mut places = BTreeSet::new();
    for heading in headings(file.text()).filter_map(|line| line.trim_end().strip_suffix(']')) {
        places.extend(heading.rsplit_once(" [").map(|(_, name)| folded(name)));
    }
    let marked = if holds(file.text(), "$$$") { file.text() } else { "" };
    for line in marked.lines() {
        // Every other piece stands between signs, but for the last without one behind it.
        let pieces = line.matches("$$$").count() / 2;
        places.extend(line.split("$$$").skip(1).step_by(2).take(pieces).map(folded));
    }
    NamedPlaces(places)
}
