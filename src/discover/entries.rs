//! What is known of each file: in the order of paths, and by path.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::head::Heads;
use super::stamp::Stamp;
use crate::source::{KnownText, NameMap, RepoPath, SourceFile};

/// One file as the walk found it.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// Whether documentation may be read from it, or it is only known to exist.
    pub(super) readable: bool,
    /// Whether it is not laid out on this machine.
    pub(super) is_absent: bool,
    /// For a symbolic link: the file of the repository that it stands for.
    pub(super) stands_for: Option<RepoPath>,
    pub(super) text: OnceLock<Option<Arc<SourceFile>>>,
    /// What the system said of the text before it was read, if nothing was wrong with it.
    pub(super) stamp: OnceLock<Stamp>,
    /// What the last run knew of the text, which may have been touched since.
    pub(super) remembered: OnceLock<Arc<KnownText>>,
    /// What was made of its beginning.
    pub(super) heads: Heads,
}

/// The files of a tree.
#[derive(Clone, Debug)]
pub(super) struct Entries {
    sorted: Vec<(RepoPath, Entry)>,
    /// Where each stands; shared, because most edits leave it as it is.
    places: Arc<NameMap<RepoPath, usize>>,
}

impl Entries {
    /// The entries `sorted`, which are sorted by path.
    pub(super) fn new(sorted: Vec<(RepoPath, Entry)>) -> Self {
        let places = sorted.iter().enumerate().map(|(place, (path, _))| (*path, place)).collect();
        Self { sorted, places: Arc::new(places) }
    }

    /// What is known of `path`.
    pub(super) fn get(&self, path: RepoPath) -> Option<&Entry> {
        self.places.get(&path).map(|place| &self.sorted[*place].1)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.sorted.len()
    }

    /// All of them, by path.
    pub(super) fn iter(&self) -> impl Iterator<Item = (RepoPath, &Entry)> {
        self.sorted.iter().map(|(path, entry)| (*path, entry))
    }

    /// All of them side by side, to be changed.
    pub(super) fn par_iter_mut(&mut self) -> impl ParallelIterator<Item = &mut (RepoPath, Entry)> {
        self.sorted.par_iter_mut()
    }

    /// All of them, by path, to be changed.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (RepoPath, &mut Entry)> {
        self.sorted.iter_mut().map(|(path, entry)| (*path, entry))
    }
}
