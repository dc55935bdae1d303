//! What the beginning of a file told, kept for a preview.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use super::SourceTree;
use crate::source::RepoPath;

/// What the beginning of one file told.
#[derive(Clone)]
pub(super) struct Head {
    told: Arc<dyn Any + Send + Sync>,
    is_told_by: Arc<Judge>,
}

/// Whether a file in a later tree tells the same.
type Judge = dyn Fn(&SourceTree, RepoPath) -> bool + Send + Sync;

impl Head {
    /// That the first `length` bytes told `told` to whoever asked with `tell`.
    pub(super) fn new<T>(told: &Arc<T>, length: usize, tell: fn(&str) -> T) -> Self
    where
        T: PartialEq + Send + Sync + 'static,
    {
        let same = Arc::clone(told);
        let is_told_by =
            move |tree: &SourceTree, path: RepoPath| tree.of_head(path, length, tell).is_some_and(|told| told == same);
        Self { told: Arc::<T>::clone(told), is_told_by: Arc::new(is_told_by) }
    }

    /// What was told, if it is of that type.
    pub(super) fn told<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        Arc::clone(&self.told).downcast().ok()
    }

    /// Whether the file at `path` of `tree` tells the same.
    pub(super) fn is_told_by(&self, tree: &SourceTree, path: RepoPath) -> bool {
        (self.is_told_by)(tree, path)
    }
}

impl fmt::Debug for Head {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Head")
    }
}
