//! A key of a configuration that code reads and no document names, where others beside it are named.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::{KEY, Known, ReadKeys, Target};
use crate::source::{RepoPath, SourceFile, Sources};

/// Keys below a key of which documents name at least as many as they leave out.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let read = ReadKeys::of(&subject.resolved.graph);
    if read.is_empty() {
        return Diagnostics::new();
    }
    let named = subject.resolved.links().filter_map(|(link, _)| match &link.target {
        Target::Named { scheme, text } if scheme.as_str() == KEY => Some((text.as_str(), link.span.file)),
        _ => None,
    });
    let pages: Vec<(&str, RepoPath)> = named.filter(|(key, _)| read.find(key) != Known::Nothing).collect();
    let named: BTreeSet<&str> = pages.iter().map(|(key, _)| *key).collect();
    // What stands above them, and the pages that name something below it.
    let mut parents: BTreeMap<&str, BTreeSet<RepoPath>> = BTreeMap::new();
    for (key, page) in &pages {
        for (dot, _) in key.match_indices('.') {
            parents.entry(&key[..dot]).or_default().insert(*page);
        }
    }
    let mut found = Diagnostics::new();
    let mut seen = BTreeSet::new();
    let below = parents
        .iter()
        .flat_map(|(parent, pages)| read.keys_below(parent).into_iter().map(move |below| (*parent, pages, below)));
    for (parent, pages, below) in below {
        let is_named = |key: &&str| {
            let whole = format!("{parent}.{key}");
            named.contains(whole.as_str()) || parents.contains_key(whole.as_str())
        };
        let (with, mut without): (Vec<_>, Vec<_>) = below.into_iter().partition(|(_, keys)| keys.iter().any(&is_named));
        if with.len() < 2 || with.len() < without.len() {
            continue;
        }
        // A page may name it in another way.
        let texts: Vec<Arc<SourceFile>> = pages.iter().filter_map(|page| subject.tree.source(*page)).collect();
        without.retain(|(_, keys)| !keys.iter().any(|key| texts.iter().any(|file| file.text().contains(key))));
        for (span, keys) in without {
            let Some(key) = keys.first().filter(|_| seen.insert(span)) else { continue };
            let other = with[0].1.first().copied().unwrap_or_default();
            let message = format!("no document names the configuration key `{parent}.{key}`, which is read here");
            found.push(
                Diagnostic::new(Code::UndocumentedConfigurationKey, message, span)
                    .hint(format!("others are named, such as `{parent}.{other}`")),
            );
        }
    }
    found
}
