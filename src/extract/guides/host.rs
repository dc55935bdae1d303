//! Pages that another page shows, by the means of another generator -> that page: their links may be written to be read there.

use std::collections::{BTreeMap, BTreeSet};

use super::Candidate;
use crate::markdown::pasted;
use crate::source::{RepoPath, SourceFile};

/// What `file` shows: for each of the files that it names those which that may be, the nearest first.
pub(super) fn shown(file: &SourceFile) -> Vec<Vec<RepoPath>> {
    let folder = file.path().parent();
    let above = || std::iter::successors(Some(folder), |folder| (*folder != RepoPath::root()).then(|| folder.parent()));
    file.text()
        .lines()
        .filter_map(pasted)
        .map(|path| above().filter_map(|folder| folder.join(path)).collect())
        .collect()
}

/// For each page that others show, those that do.
pub(super) fn hosts(candidates: &[Candidate]) -> BTreeMap<RepoPath, Vec<RepoPath>> {
    let mut hosts: BTreeMap<RepoPath, Vec<RepoPath>> = BTreeMap::new();
    let pages: BTreeSet<RepoPath> = candidates.iter().map(|page| page.file.path()).collect();
    for host in candidates {
        let shown = host.outlook.shown.iter().filter_map(|paths| paths.iter().find(|path| pages.contains(path)));
        for path in shown.filter(|path| **path != host.file.path()) {
            let known = hosts.entry(*path).or_default();
            if !known.contains(&host.file.path()) {
                known.push(host.file.path());
            }
        }
    }
    hosts
}
