//! What commits did, newest first -> for each file that is there the commits that changed it.

use std::collections::{BTreeMap, HashMap};

use super::log::{Change, Entry, Log};
use super::{Commit, History};
use crate::source::RepoPath;

/// Files under the names that they had when the commits were made that are being looked at.
type Names<'l> = HashMap<&'l str, Vec<RepoPath>>;

/// The commits that changed any of `files`, newest first, and for each file the places of its own. `earlier` is what is known of
/// older commits.
pub(super) fn fold(
    log: &Log,
    files: Vec<RepoPath>,
    earlier: Option<&History>,
) -> (Vec<Commit>, Vec<(RepoPath, Vec<u32>)>) {
    let mut commits: Vec<Commit> = Vec::new();
    let mut places: BTreeMap<RepoPath, Vec<u32>> = BTreeMap::new();
    let mut names: Names<'_> = files.into_iter().map(|path| (path.as_str(), vec![path])).collect();
    for entry in log.entries() {
        let moved = moved(&entry.changes);
        let mut is_any = false;
        for change in &entry.changes {
            if let Some(old) = moved.get(change.path) {
                let now = names.remove(change.path).unwrap_or_default();
                names.entry(old).or_default().extend(now);
                continue;
            }
            for path in names.get(change.path).into_iter().flatten() {
                // A commit has one line for each path, but two of them may have been one file.
                let place = number(commits.len());
                let known = places.entry(*path).or_default();
                if known.last() != Some(&place) {
                    known.push(place);
                }
                is_any = true;
            }
        }
        if is_any {
            commits.push(commit(&entry));
        }
    }
    if let Some(earlier) = earlier {
        let first = number(commits.len());
        for (path, old) in &earlier.files {
            for now in names.get(path.as_str()).into_iter().flatten() {
                places.entry(*now).or_default().extend(old.iter().map(|place| first.saturating_add(*place)));
            }
        }
        commits.extend(earlier.commits.iter().cloned());
    }
    without_others(commits, places.into_iter().collect())
}

/// `commits` without those that changed none of `files`.
pub(super) fn without_others(
    commits: Vec<Commit>,
    mut files: Vec<(RepoPath, Vec<u32>)>,
) -> (Vec<Commit>, Vec<(RepoPath, Vec<u32>)>) {
    let mut is_wanted = vec![false; commits.len()];
    for place in files.iter().flat_map(|(_, places)| places) {
        is_wanted[*place as usize] = true;
    }
    let kept_before = is_wanted.iter().scan(0, |kept, is_wanted| {
        let before = *kept;
        *kept += u32::from(*is_wanted);
        Some(before)
    });
    let new: Vec<u32> = kept_before.collect();
    files.iter_mut().flat_map(|(_, places)| places).for_each(|place| *place = new[*place as usize]);
    let wanted = commits.into_iter().zip(is_wanted).filter_map(|(commit, is_wanted)| is_wanted.then_some(commit));
    (wanted.collect(), files)
}

/// The files that a commit only gave another name, each with the old one: what is gone under one name and there under another is
/// the same, and nothing else is.
fn moved<'l>(changes: &[Change<'l>]) -> HashMap<&'l str, &'l str> {
    let gone = changes.iter().filter(|change| change.after.is_none());
    let mut gone: HashMap<&str, Vec<&'l str>> = gone.fold(HashMap::new(), |mut gone, change| {
        gone.entry(change.before.unwrap_or_default()).or_default().push(change.path);
        gone
    });
    let new = changes.iter().filter(|change| change.before.is_none());
    new.filter_map(|change| Some((change.path, gone.get_mut(change.after?)?.pop()?))).collect()
}

fn commit(entry: &Entry<'_>) -> Commit {
    Commit {
        id: entry.id.to_owned(),
        time: entry.time,
        day: entry.day.to_owned(),
        author: entry.author.to_owned(),
        subject: entry.subject.to_owned(),
    }
}

/// There are fewer commits than that: see `MOST_COMMITS`, and what was read before.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
