//! What the last run knew of the files, so that those nobody has touched since need not be read.
//!
//! A file that had a problem is not remembered: it is read again, and says so again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::stamp::Stamp;
use crate::source::{KnownText, RepoPath, Stored, Unread, stored};

/// What is known of files, by path.
#[derive(Clone, Debug, Default)]
pub struct Recollection {
    pub(super) files: BTreeMap<RepoPath, Remembered>,
}

/// What is known of one file.
#[derive(Clone, Debug)]
pub(super) struct Remembered {
    pub(super) stamp: Stamp,
    /// Whether the stamp was settled when the file was read.
    pub(super) is_settled: bool,
    pub(super) known: Arc<KnownText>,
}

stored! {
    () => struct Recollection { files }
    () => struct Remembered { stamp, is_settled, known }
}

impl Recollection {
    /// That nothing is known.
    pub const NOTHING: Self = Self { files: BTreeMap::new() };

    /// As bytes, for keeping.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.files.len() * 256);
        self.write(&mut bytes);
        bytes
    }

    /// What [`Recollection::to_bytes`] gave.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut unread = Unread::new(bytes, ());
        Self::read(&mut unread).filter(|_| unread.is_empty())
    }

    /// Whether both say the same of the same files; that a stamp has settled since is nothing new.
    pub fn says_as(&self, other: &Self) -> bool {
        let is_known = |left: &Arc<_>, right: &Arc<_>| Arc::ptr_eq(left, right) || left == right;
        let is_same =
            |left: &Remembered, right: &Remembered| left.stamp == right.stamp && is_known(&left.known, &right.known);
        let pairs = || self.files.iter().zip(&other.files);
        self.files.len() == other.files.len()
            && pairs().all(|((path, left), (other, right))| path == other && is_same(left, right))
    }
}
