//! Pages that another page shows, by the means of another generator or by an mdBook's directive -> that page: their links may be written to be read there.

use std::collections::{BTreeMap, BTreeSet};

use super::Candidate;
use crate::markdown::pasted;
use crate::source::{RepoPath, SourceFile};

/// What people call folders of texts that other pages show.
const FOLDERS_OF_PIECES: &[&str] = &["fragments", "include", "includes", "partials", "pieces", "shared", "snippets"];

/// What `file` shows: for each of the files that it names those which that may be, the nearest first.
pub(super) fn shown(file: &SourceFile) -> Vec<Vec<RepoPath>> {
    let meant = |path: &str| file.path().above().filter_map(|folder| folder.join(path)).collect();
    file.text().lines().filter_map(pasted).map(meant).collect()
}

/// For each page that others show, those that do.
pub(super) fn hosts(candidates: &[Candidate]) -> BTreeMap<RepoPath, Vec<RepoPath>> {
    let mut hosts: BTreeMap<RepoPath, Vec<RepoPath>> = BTreeMap::new();
    let pages: BTreeSet<RepoPath> = candidates.iter().map(|page| page.file.path()).collect();
    for host in candidates {
        let shown = host.outlook.shown.iter().filter_map(|paths| {
            let own = host.file.path();
            let found = paths.iter().copied().find(|path| *path != own && pages.contains(path));
            found.or_else(|| one_that_ends_like(&pages, *paths.last()?, own))
        });
        let included = host.outlook.includes.iter().copied().filter(|path| pages.contains(path));
        for path in shown.chain(included) {
            let known = hosts.entry(path).or_default();
            if !known.contains(&host.file.path()) {
                known.push(host.file.path());
            }
        }
    }
    hosts
}

/// The one page other than `host` whose path ends with that of `path`, as from the root: settings may name any folder to look in. Of
/// several the nearest in a folder of pieces.
fn one_that_ends_like(pages: &BTreeSet<RepoPath>, path: RepoPath, host: RepoPath) -> Option<RepoPath> {
    let ends = |page: &RepoPath| {
        *page != host && page.as_str().strip_suffix(path.as_str()).is_some_and(|rest| rest.ends_with('/'))
    };
    let is_piece =
        |page: &RepoPath| page.folders().any(|folder| FOLDERS_OF_PIECES.contains(&folder.trim_start_matches('_')));
    let found: Vec<RepoPath> = pages.iter().copied().filter(ends).collect();
    let pieces: Vec<RepoPath> = found.iter().copied().filter(is_piece).collect();
    let nearness =
        |page: &RepoPath| page.folders().zip(host.folders()).take_while(|(left, right)| left == right).count();
    let most = pieces.iter().map(nearness).max();
    let nearest: Vec<RepoPath> = pieces.into_iter().filter(|page| Some(nearness(page)) == most).collect();
    match (found.as_slice(), nearest.as_slice()) {
        ([one], _) | (_, [one]) => Some(*one),
        _ => None,
    }
}
