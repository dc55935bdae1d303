//! A site as a map from path to bytes.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::source::{Stored, Unread, write_text};

/// The path of a file below the site's root, with `/`, never leaving it: `adr/0007-use-postgresql/index.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// The path `text`. Parts that would climb out of the site are dropped.
    pub fn new(text: &str) -> Self {
        let parts: Vec<&str> = text.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
        Self(parts.join("/").into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<C> Stored<C> for SitePath {
    fn write(&self, bytes: &mut Vec<u8>) {
        write_text(self.as_str(), bytes);
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        bytes.text().map(Self::new)
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Every file of the site. Cheap to clone: clones share the bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    files: BTreeMap<SitePath, Arc<[u8]>>,
}

impl Site {
    /// Adds a file; one that is already there gives way.
    pub fn insert(&mut self, path: SitePath, bytes: impl Into<Arc<[u8]>>) {
        self.files.insert(path, bytes.into());
    }

    /// The bytes of the file at `path`.
    pub fn get(&self, path: &SitePath) -> Option<&Arc<[u8]>> {
        self.files.get(path)
    }

    /// Every file, by path.
    pub fn files(&self) -> impl Iterator<Item = (&SitePath, &Arc<[u8]>)> {
        self.files.iter()
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The files that are not the same in `newer`: changed, added or gone, by path.
    pub fn changes(&self, newer: &Site) -> Vec<SitePath> {
        let changed = newer.files.iter().filter(|(path, bytes)| self.files.get(*path) != Some(bytes));
        let gone = self.files.keys().filter(|path| !newer.files.contains_key(*path));
        let mut changes: Vec<SitePath> = changed.map(|(path, _)| path).chain(gone).cloned().collect();
        changes.sort();
        changes
    }
}
