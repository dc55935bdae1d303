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
        let shown = host.outlook.shown.iter().filter_map(|paths| {
            let found = paths.iter().copied().find(|path| pages.contains(path));
            found.or_else(|| one_that_ends_like(&pages, *paths.last()?))
        });
        for path in shown.filter(|path| *path != host.file.path()) {
            let known = hosts.entry(path).or_default();
            if !known.contains(&host.file.path()) {
                known.push(host.file.path());
            }
        }
    }
    hosts
}

/// The one page whose path ends with that of `path`, as from the root: settings may name any folder to look in.
fn one_that_ends_like(pages: &BTreeSet<RepoPath>, path: RepoPath) -> Option<RepoPath> {
    let ends = |page: &&RepoPath| page.as_str().strip_suffix(path.as_str()).is_some_and(|rest| rest.ends_with('/'));
    let mut found = pages.iter().filter(ends);
    found.next().filter(|_| found.next().is_none()).copied()
}
