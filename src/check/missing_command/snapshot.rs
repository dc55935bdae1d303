//! The files of a repository at some time, as far as they are looked at.

use crate::source::RepoPath;

/// The files of now, or of another time.
pub(super) struct Snapshot<'a> {
    /// Where there are any, in order.
    pub(super) paths: &'a [RepoPath],
    /// What is in one of them; nothing for those that cannot be read.
    pub(super) bytes: &'a (dyn Fn(RepoPath) -> Option<Vec<u8>> + Sync),
}

impl Snapshot<'_> {
    /// Whether there is a file at `path`.
    pub(super) fn contains(&self, path: RepoPath) -> bool {
        self.paths.binary_search(&path).is_ok()
    }
}
