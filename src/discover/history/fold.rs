//! What commits did, newest first -> for each file that is there the commits that changed it, and what became of the others.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::num::NonZeroU64;

use super::log::{Change, Log};
use super::{Commit, Gone, Past};
use crate::source::RepoPath;

/// Files under the names that they had when the commits were made that are being looked at.
type Names<'l> = HashMap<&'l str, Vec<RepoPath>>;

/// What is known of the past.
pub(super) struct Folded {
    /// The commits that changed or took away files, newest first.
    pub(super) commits: Vec<Commit>,
    /// For each file that is there the places of its commits.
    pub(super) files: Vec<(RepoPath, Vec<u32>)>,
    /// What became of those that are not.
    pub(super) gone: Vec<(RepoPath, Gone)>,
}

/// What `log` says of `files`, which are all that there are. `earlier` is what is known of older commits.
pub(super) fn fold(log: &Log, files: Vec<RepoPath>, earlier: Option<&Past>) -> Folded {
    let there: BTreeSet<RepoPath> = files.iter().copied().collect();
    let mut commits: Vec<Commit> = Vec::new();
    let mut places: BTreeMap<RepoPath, Vec<u32>> = BTreeMap::new();
    let mut gone: BTreeMap<RepoPath, Gone> = BTreeMap::new();
    let mut names: Names<'_> = files.into_iter().map(|path| (path.as_str(), vec![path])).collect();
    for entry in log.entries() {
        let moved = moved(&entry.changes);
        let place = number(commits.len());
        let mut is_any = false;
        for change in &entry.changes {
            if let Some(old) = moved.get(change.path) {
                let now = names.remove(change.path).unwrap_or_default();
                names.entry(old).or_default().extend(now);
            }
        }
        for change in &entry.changes {
            let path =
                RepoPath::new(change.path).filter(|path| change.contents.after.is_none() && !there.contains(path));
            if let Some(path) = path {
                // The files that had this name before the commit, which only gave them another one.
                let now = names.get(change.path).and_then(|now| now.first()).copied();
                is_any |= !gone.contains_key(&path);
                gone.entry(path).or_insert(Gone { place, now });
            }
            if moved.contains_key(change.path) || moved.values().any(|old| *old == change.path) {
                continue;
            }
            for path in names.get(change.path).into_iter().flatten() {
                // A commit has one line for each path, but two of them may have been one file.
                let known = places.entry(*path).or_default();
                if known.last() != Some(&place) {
                    known.push(place);
                }
                is_any = true;
            }
        }
        if is_any {
            commits.push(entry.commit.clone());
        }
    }
    if let Some(earlier) = earlier {
        let first = number(commits.len());
        for (path, old) in &earlier.files {
            for now in names.get(path.as_str()).into_iter().flatten() {
                places.entry(*now).or_default().extend(old.iter().map(|place| first.saturating_add(*place)));
            }
        }
        for (path, old) in earlier.gone.iter().filter(|(path, _)| !there.contains(path)) {
            let now = old.now.and_then(|now| names.get(now.as_str())?.first().copied());
            let place = first.saturating_add(old.place);
            gone.entry(*path).or_insert(Gone { place, now });
        }
        commits.extend(earlier.commits.iter().cloned());
    }
    without_others(Folded { commits, files: places.into_iter().collect(), gone: gone.into_iter().collect() })
}

/// The same without commits that changed nothing of it.
fn without_others(Folded { commits, mut files, mut gone }: Folded) -> Folded {
    let mut is_wanted = vec![false; commits.len()];
    let places = files.iter().flat_map(|(_, places)| places).chain(gone.iter().map(|(_, gone)| &gone.place));
    places.into_iter().for_each(|place| is_wanted[*place as usize] = true);
    let kept_before = is_wanted.iter().scan(0, |kept, is_wanted| {
        let before = *kept;
        *kept += u32::from(*is_wanted);
        Some(before)
    });
    let new: Vec<u32> = kept_before.collect();
    let places =
        files.iter_mut().flat_map(|(_, places)| places).chain(gone.iter_mut().map(|(_, gone)| &mut gone.place));
    places.into_iter().for_each(|place| *place = new[*place as usize]);
    let wanted = commits.into_iter().zip(is_wanted).filter_map(|(commit, is_wanted)| is_wanted.then_some(commit));
    Folded { commits: wanted.collect(), files, gone }
}

/// So many files of one content that a commit took away or added are not told apart.
const MOST_ALIKE: usize = 64;

/// The files that a commit only gave another name, each with the old one: what is gone under one name and there under another is
/// the same, and nothing else is. Of several files of one content those are the same whose paths end alike, and unlike the others.
fn moved<'l>(changes: &[Change<'l>]) -> HashMap<&'l str, &'l str> {
    let mut alike: BTreeMap<NonZeroU64, (Vec<&'l str>, Vec<&'l str>)> = BTreeMap::new();
    for change in changes {
        match (change.contents.before, change.contents.after) {
            (Some(content), None) => alike.entry(content).or_default().0.push(change.path),
            (None, Some(content)) => alike.entry(content).or_default().1.push(change.path),
            _ => {}
        }
    }
    let mut moved = HashMap::new();
    for (gone, new) in alike.values() {
        if let ([gone], [new]) = (gone.as_slice(), new.as_slice()) {
            moved.insert(*new, *gone);
        } else if gone.len().max(new.len()) <= MOST_ALIKE {
            let certain = new.iter().filter_map(|new| Some((*new, likest(new, gone)?)));
            moved.extend(certain.filter(|(path, gone)| likest(gone, new) == Some(*path)));
        }
    }
    moved
}

/// The one of `others` that shares most of its last parts with `path`, the name at least.
fn likest<'l>(path: &str, others: &[&'l str]) -> Option<&'l str> {
    let shared =
        |other: &str| path.rsplit('/').zip(other.rsplit('/')).take_while(|(left, right)| left == right).count();
    let most = others.iter().map(|other| shared(other)).max().filter(|most| *most > 0)?;
    let mut likest = others.iter().filter(|other| shared(other) == most);
    likest.next().filter(|_| likest.next().is_none()).copied()
}

/// There are fewer commits than that: see `MOST_COMMITS`, and what was read before.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
