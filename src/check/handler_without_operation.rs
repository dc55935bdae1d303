//! A route that code serves and that no specification describes.

use std::collections::{BTreeMap, BTreeSet};

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::{End, Link, NodeId, Relation};
use crate::source::RepoPath;

/// The routes that are written in one file.
#[derive(Default)]
struct Routes<'a> {
    described: BTreeSet<NodeId>,
    others: BTreeMap<NodeId, &'a Link>,
}

/// Functions that serve what no operation describes, where most routes that are written in the same file are described: a
/// service may well have others that are not meant to be.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let mut files: BTreeMap<RepoPath, Routes<'_>> = BTreeMap::new();
    for (link, end) in subject.resolved.links() {
        if link.relation != Relation::Handles || link.flipped {
            continue;
        }
        let routes = files.entry(link.span.file).or_default();
        match end {
            End::Node { .. } => drop(routes.described.insert(link.from)),
            _ => drop(routes.others.entry(link.from).or_insert(link)),
        }
    }
    let mut found = Diagnostics::new();
    for Routes { described, mut others } in files.into_values() {
        others.retain(|from, _| !described.contains(from));
        if described.len() < 2 || described.len() <= others.len() {
            continue;
        }
        // Two crates may have one module.
        let mut seen = BTreeSet::new();
        for (from, link) in others.into_iter().filter(|(_, link)| seen.insert(link.span)) {
            // What may be described, though it is not certain where, is not missed.
            let Some(route) = subject.resolved.undescribed_route(link) else { continue };
            let message = format!("`{from}` serves `{route}`, which no specification describes");
            let diagnostic = Diagnostic::new(Code::HandlerWithoutOperation, message, link.span).hint(
                "describe it, as the others in this file, or turn the rule off for routes that are not meant to be",
            );
            found.push(diagnostic);
        }
    }
    found
}
