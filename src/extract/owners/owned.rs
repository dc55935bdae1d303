//! The rules of CODEOWNERS and the descriptors of a catalog -> whose each file of the repository is.

use std::collections::BTreeMap;

use super::folder::owners_of_folders;
use super::said::Said;
use crate::graph::{NodeId, OwnedFile};
use crate::source::{RepoPath, Span};

/// Whose each file is. Files of which no rule says anything belong to the owner of the nearest folder that has one.
pub(super) fn owned_files(said: &Said<'_>) -> Vec<OwnedFile> {
    let described = said.entities.iter().map(|described| (described.file, described.entity));
    let folders = owners_of_folders(described, &said.people);
    let mut owned = Vec::new();
    for (place, path) in said.about.paths.iter().enumerate() {
        let mut claimed = None;
        let mut owners: BTreeMap<NodeId, Span> = BTreeMap::new();
        if let Some((rules, applied)) = &said.rules {
            let held = &applied.holding[place];
            claimed = held.exclusion.map(|rule| rules.rules[rule].span);
            for rule in held.rules.iter().map(|rule| &rules.rules[*rule]) {
                claimed = Some(rule.span);
                owners.extend(rule.owners.iter().map(|owner| (said.people.known(owner).id(), rule.span)));
            }
        }
        match claimed {
            // A pattern without an owner takes its files out.
            Some(span) if owners.is_empty() => owned.push(OwnedFile { owner: None, path: *path, span }),
            Some(_) => {}
            None => owners.extend(nearest(*path, &folders)),
        }
        owned.extend(owners.into_iter().map(|(owner, span)| OwnedFile { owner: Some(owner), path: *path, span }));
    }
    owned
}

/// The owner of the nearest of `folders` around `path`.
fn nearest(path: RepoPath, folders: &BTreeMap<RepoPath, (NodeId, Span)>) -> Option<(NodeId, Span)> {
    path.above().find_map(|folder| folders.get(&folder).copied())
}
