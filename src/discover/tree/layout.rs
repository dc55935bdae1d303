//! A tree -> a hash of all that it tells about where its files lie, so that two runs know whether that is the same.

use std::fmt::Write;

use super::SourceTree;
use crate::discover::skip::decides_what_is_read;
use crate::source::{ContentHash, ContentHasher};

impl SourceTree {
    /// The hash of which files there are, which of them are read, absent or stand for others, and of what says so. `None` when a link
    /// may lead to files beside the tree, of which nobody knows whether they are the same.
    pub fn layout(&self) -> Option<ContentHash> {
        let root = self.root();
        let is_part =
            !root.join(".git").exists() && root.ancestors().skip(1).any(|folder| folder.join(".git").exists());
        if is_part {
            return None;
        }
        let walk = &self.shared.walk;
        let mut hasher = ContentHasher::default();
        for (path, entry) in walk.entries.iter() {
            hasher.piece(path.as_str().as_bytes());
            hasher.piece(&[u8::from(entry.readable), u8::from(entry.is_absent)]);
            if let Some(other) = entry.stands_for {
                hasher.piece(other.as_str().as_bytes());
            }
            if decides_what_is_read(path.file_name()) {
                hasher.piece(&self.bytes(path)?);
            }
        }
        // A hasher takes whatever is printed.
        let _ = write!(hasher, "{:?}", walk.absent_modules);
        Some(hasher.content_hash())
    }

    /// Whether all that was read of it is in its [recollection](SourceTree::recollection): a file that had a problem is not.
    pub fn is_remembered(&self) -> bool {
        let is_remembered = |entry: &super::Entry| entry.text.get().is_none() || entry.stamp.get().is_some();
        self.shared.walk.entries.iter().all(|(_, entry)| is_remembered(entry))
    }
}
