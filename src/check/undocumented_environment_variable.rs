//! An environment variable that code reads and no document names, where others that begin alike are named.

use std::collections::{BTreeMap, BTreeSet};

use super::Subject;
use super::variable::{namespace, namings};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::ReadVariables;
use crate::source::Span;

/// Variables of a namespace of which documents name at least as many as they leave out.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let read = ReadVariables::of(&subject.resolved.graph);
    let mut by_namespace: BTreeMap<&str, Vec<(&str, Span)>> = BTreeMap::new();
    for (name, readers) in &read.names {
        let Some((namespace, (_, span))) = namespace(name).zip(readers.first()) else { continue };
        by_namespace.entry(namespace).or_default().push((name, *span));
    }
    if by_namespace.is_empty() {
        return Diagnostics::new();
    }
    let documents = namings(subject);
    let documented: BTreeSet<&str> =
        documents.values().flat_map(|namings| &namings.list).map(|naming| naming.name.as_str()).collect();
    let mut found = Diagnostics::new();
    for variables in by_namespace.into_values() {
        let (with, without): (Vec<_>, Vec<_>) = variables.into_iter().partition(|(name, _)| documented.contains(name));
        if with.len() < 2 || with.len() < without.len() {
            continue;
        }
        for (name, span) in without {
            let message = format!("no document names the environment variable `{name}`, which is read here");
            found.push(
                Diagnostic::new(Code::UndocumentedEnvironmentVariable, message, span)
                    .hint(format!("others are named, such as `{}`", with[0].0)),
            );
        }
    }
    found
}
