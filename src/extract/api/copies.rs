//! Files that say what another one says: a specification is often kept as YAML and as JSON, or copied to where it is
//! served from. It is published once.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Parsed;
use crate::data::{Data, Value};
use crate::source::{ContentHash, RepoPath, SourceFile, Whole};

/// How many values are compared before two files count as different.
const MOST_COMPARED: usize = 5_000_000;

/// `roots` without those that are the same, byte by byte, as one that stands higher up, and those that say the same as
/// one of the same name beside them in another format, where YAML, which people write, is kept.
pub(super) fn without_copies<T>(mut roots: Vec<(Arc<SourceFile>, T)>) -> Vec<(Arc<SourceFile>, T)> {
    let is_several = roots.len() > 1;
    let mut first: HashMap<ContentHash, RepoPath> = HashMap::new();
    let rank = |path: RepoPath| (path.folders().count(), path);
    for (file, _) in &roots {
        if is_several {
            file.told(Whole::of);
        }
        let kept = first.entry(file.hash()).or_insert_with(|| file.path());
        if rank(file.path()) < rank(*kept) {
            *kept = file.path();
        }
    }
    roots.retain(|(file, _)| first.get(&file.hash()) == Some(&file.path()));

    let mut beside: HashMap<(RepoPath, &'static str), Vec<Arc<SourceFile>>> = HashMap::new();
    for (file, _) in &roots {
        beside.entry((file.path().parent(), file.path().stem())).or_default().push(Arc::clone(file));
    }
    let mut copies: HashSet<RepoPath> = HashSet::new();
    for (file, _) in &roots {
        let twins = beside.get(&(file.path().parent(), file.path().stem())).map_or(&[][..], Vec::as_slice);
        let written = twins.iter().find(|twin| twin.path().has_extension(&["yaml", "yml"]));
        if let Some(written) = written
            && written.path() != file.path()
            && says_the_same(written, file)
        {
            copies.insert(file.path());
        }
    }
    roots.retain(|(file, _)| !copies.contains(&file.path()));
    roots
}

fn says_the_same(left: &SourceFile, right: &SourceFile) -> bool {
    let (left, right) = (left.derived(Parsed::of), right.derived(Parsed::of));
    let mut left_to_compare = MOST_COMPARED;
    let values = left.value.as_ref().zip(right.value.as_ref());
    values.is_some_and(|(left, right)| same(left, right, &mut left_to_compare))
}

/// Whether two values are the same, places and the order of keys aside.
fn same(left: &Value, right: &Value, budget: &mut usize) -> bool {
    let Some(rest) = budget.checked_sub(1) else { return false };
    *budget = rest;
    match (&left.data, &right.data) {
        (Data::List(left), Data::List(right)) => {
            left.len() == right.len() && left.iter().zip(right.iter()).all(|(left, right)| same(left, right, budget))
        }
        (Data::Map(left), Data::Map(right)) => {
            let mut matches = |entry: &crate::data::Entry| {
                right.find(&entry.key).is_some_and(|other| same(&entry.value, &other.value, budget))
            };
            left.len() == right.len() && left.iter().all(&mut matches)
        }
        // Writers of YAML disagree about the line end behind a text.
        (Data::String(left), Data::String(right)) => left.trim_end() == right.trim_end(),
        (left, right) => left == right,
    }
}
