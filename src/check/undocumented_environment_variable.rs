//! An environment variable that code reads and no document names, where others of its crate are named.

use std::collections::{BTreeMap, BTreeSet};

use super::Subject;
use super::variable::{namespace, namings};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::{Graph, NodeId, ReadVariables};
use crate::source::Span;

/// Variables of a namespace of which documents name at least as many as they leave out, by crate.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let graph = &subject.resolved.graph;
    let read = ReadVariables::of(graph);
    let mut by_crate: BTreeMap<(NodeId, &str), BTreeMap<&str, Span>> = BTreeMap::new();
    for (name, readers) in &read.names {
        let Some(namespace) = namespace(name) else { continue };
        for (reader, span) in readers {
            let of_crate = by_crate.entry((crate_of(graph, *reader), namespace)).or_default();
            of_crate.entry(name).or_insert(*span);
        }
    }
    if by_crate.is_empty() {
        return Diagnostics::new();
    }
    let documents = namings(subject);
    let documented: BTreeSet<&str> =
        documents.values().flat_map(|namings| &namings.list).map(|naming| naming.name.as_str()).collect();
    let mut found = Diagnostics::new();
    let mut told = BTreeSet::new();
    for variables in by_crate.into_values() {
        let (with, without): (Vec<_>, Vec<_>) = variables.into_iter().partition(|(name, _)| documented.contains(name));
        if with.len() < 2 || with.len() < without.len() {
            continue;
        }
        for (name, span) in without.into_iter().filter(|(name, _)| told.insert(*name)) {
            let message = format!("no document names the environment variable `{name}`, which is read here");
            found.push(
                Diagnostic::new(Code::UndocumentedEnvironmentVariable, message, span)
                    .hint(format!("others are named, such as `{}`", with[0].0)),
            );
        }
    }
    found
}

/// The crate that `node` is a part of.
fn crate_of(graph: &Graph, node: NodeId) -> NodeId {
    let mut here = node;
    // As deep as modules go.
    while let Some(parent) = graph.node(here).and_then(|node| node.parent) {
        here = parent;
    }
    here
}
