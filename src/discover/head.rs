//! What the beginning of a file told, each who asked, kept for a preview.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::SourceTree;
use crate::source::RepoPath;

/// What the beginning of a file tells: for telling from many files the few that are worth reading.
pub trait Outset: PartialEq + Send + Sync + 'static {
    /// How many bytes it is told by.
    const LENGTH: usize;

    /// What `head` tells, the first bytes of a file as far as they are text.
    fn of(head: &str) -> Self;
}

/// What the beginning of one file told, to each who asked.
#[derive(Debug, Default)]
pub(super) struct Heads {
    all: Mutex<Vec<Head>>,
}

impl Heads {
    /// What those who ask for a `T` were told.
    pub(super) fn told<T: Outset>(&self) -> Option<Arc<T>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).iter().find_map(Head::told)
    }

    /// Keeps what was told.
    pub(super) fn keep<T: Outset>(&self, told: &Arc<T>) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        // Somebody may have been faster.
        if all.iter().all(|head| head.told::<T>().is_none()) {
            all.push(Head::new(told));
        }
    }

    /// Whether the file at `path` of `tree` tells all of them the same.
    pub(super) fn are_told_by(&self, tree: &SourceTree, path: RepoPath) -> bool {
        self.clone()
            .all
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .all(|head| head.is_told_by(tree, path))
    }
}

impl Clone for Heads {
    fn clone(&self) -> Self {
        Self { all: Mutex::new(self.all.lock().unwrap_or_else(PoisonError::into_inner).clone()) }
    }
}

/// What it told one who asked.
#[derive(Clone)]
struct Head {
    told: Arc<dyn Any + Send + Sync>,
    is_told_by: Arc<Judge>,
}

/// Whether a file in a later tree tells the same.
type Judge = dyn Fn(&SourceTree, RepoPath) -> bool + Send + Sync;

impl Head {
    fn new<T: Outset>(told: &Arc<T>) -> Self {
        let same = Arc::clone(told);
        let is_told_by =
            move |tree: &SourceTree, path: RepoPath| tree.of_head::<T>(path).is_some_and(|told| told == same);
        Self { told: Arc::<T>::clone(told), is_told_by: Arc::new(is_told_by) }
    }

    /// What was told, if it is of that type.
    fn told<T: Outset>(&self) -> Option<Arc<T>> {
        Arc::clone(&self.told).downcast().ok()
    }

    fn is_told_by(&self, tree: &SourceTree, path: RepoPath) -> bool {
        (self.is_told_by)(tree, path)
    }
}

impl fmt::Debug for Head {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Head")
    }
}
