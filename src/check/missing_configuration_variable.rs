//! An environment variable that stands for a key of a configuration, by its prefix, and for one that no code reads.
//!
//! figment and config read `SHOP_DATABASE__URL` as the key `database.url` where their prefix is `SHOP_` and keys are parted by `__`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Subject;
use super::document::tells_of_now;
use super::variable::Namings;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, NearestNames, did_you_mean};
use crate::graph::{Known, ReadKeys, ReadVariables};
use crate::source::{RepoPath, Span};

/// What parts keys.
const PARTED_BY: &str = "__";

/// So many variables of a prefix have to stand for keys before one is missed.
const ENOUGH: usize = 2;

/// Variables in `documents` whose prefix is read and whose key is not, where most others are.
pub(super) fn missing(
    subject: Subject<'_>,
    documents: &BTreeMap<RepoPath, Arc<Namings>>,
    read: &ReadVariables,
) -> Diagnostics {
    let graph = &subject.resolved.graph;
    let keys = ReadKeys::of(graph);
    let pages: BTreeSet<RepoPath> =
        graph.nodes().filter(|node| tells_of_now(node)).map(|node| node.span.file).collect();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let mut missing: BTreeMap<&str, (Span, BTreeSet<String>)> = BTreeMap::new();
    for (path, namings) in documents.iter().filter(|(path, _)| pages.contains(path) && !keys.is_empty()) {
        for naming in namings.list.iter().filter(|naming| naming.is_code && !naming.is_past) {
            let name = naming.name.as_str();
            let key = read.prefix_of(name).map(|prefix| &name[prefix.len()..]).filter(|key| key.contains(PARTED_BY));
            let Some(key) = key.map(|key| key.to_lowercase().replace(PARTED_BY, ".")) else { continue };
            match (keys.find(&key), keys.find(&key.replace('_', "-"))) {
                (Known::Yes, _) | (_, Known::Yes) => drop(known.insert(name)),
                (Known::No(near), Known::No(other)) => {
                    let near = near.into_iter().chain(other).collect();
                    missing.entry(name).or_insert_with(|| (Span::new(*path, naming.range()), near));
                }
                _ => {}
            }
        }
    }
    if known.len() < ENOUGH || known.len() <= missing.len() {
        return Diagnostics::new();
    }
    let finding = |(name, (span, beside)): (&str, (Span, BTreeSet<String>))| {
        let (before, last) = name.rsplit_once(PARTED_BY).unwrap_or(("", name));
        let near = NearestNames::new(beside.iter().map(String::as_str)).find(&last.to_lowercase());
        let near: Vec<String> =
            near.iter().map(|key| format!("{before}{PARTED_BY}{}", key.to_uppercase().replace('-', "_"))).collect();
        let near: Vec<&str> = near.iter().map(String::as_str).collect();
        let hint =
            if near.is_empty() { "read it again, or take it out of the text".to_owned() } else { did_you_mean(&near) };
        let message = format!("no code reads the configuration by the environment variable `{name}`");
        Diagnostic::new(Code::MissingEnvironmentVariable, message, span).hint(hint)
    };
    missing.into_iter().map(finding).collect()
}
