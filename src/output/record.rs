//! What the last build left in an output folder, so that the next one need not look at it closely.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, Metadata};
use std::path::Path;
use std::time::UNIX_EPOCH;

use super::SitePath;
use crate::source::{ContentHash, Stored, Unread, stored};

/// The files of a build, by path: what is in each, and how the system describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    files: BTreeMap<SitePath, FileRecord>,
}

/// A file as it was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileRecord {
    /// The hash of all that it was made from; `None` for what is always made anew.
    pub(super) key: Option<ContentHash>,
    /// The hash of its bytes.
    pub(super) content: ContentHash,
    pub(super) stamp: Stamp,
}

/// What the system says of a file without opening it: two files that differ in none of this are taken to be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    length: u64,
    /// Nanoseconds since 1970.
    modified: u128,
}

stored! {
    struct FileRecord { key, content, stamp }
    struct Stamp { length, modified }
}

impl Record {
    /// The record as bytes, for keeping.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.files.len() * 128);
        Stored::<()>::write(&self.files, &mut bytes);
        bytes
    }

    /// The record that [`Record::to_bytes`] gave.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut unread = Unread::new(bytes, ());
        let files = Stored::<()>::read(&mut unread)?;
        unread.is_empty().then_some(Self { files })
    }

    pub(super) fn of(files: impl IntoIterator<Item = (SitePath, FileRecord)>) -> Self {
        Self { files: files.into_iter().collect() }
    }

    pub(super) fn file(&self, path: &SitePath) -> Option<&FileRecord> {
        self.files.get(path)
    }

    /// The files that were made under each key.
    pub(super) fn by_key(&self) -> HashMap<ContentHash, Vec<(&SitePath, &FileRecord)>> {
        let mut by_key: HashMap<_, Vec<_>> = HashMap::with_capacity(self.files.len());
        for (path, file) in &self.files {
            if let Some(key) = file.key {
                by_key.entry(key).or_default().push((path, file));
            }
        }
        by_key
    }
}

impl Stamp {
    pub(super) fn of(data: &Metadata) -> Self {
        let modified = data.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self { length: data.len(), modified: modified.map_or(0, |time| time.as_nanos()) }
    }

    /// That of the file at `path`, if it is one.
    pub(super) fn of_file(path: &Path) -> Option<Self> {
        fs::symlink_metadata(path).ok().filter(Metadata::is_file).map(|data| Self::of(&data))
    }

    pub(super) fn length(self) -> u64 {
        self.length
    }
}
