//! Whoever takes the files of a site as they are made.

use std::sync::{Mutex, PoisonError};

use super::{Site, SitePath, WriteError};
use crate::source::ContentHash;

/// Takes files from any thread and in any order. Each path comes once.
pub trait Sink: Sync {
    /// Whether there is any file that was made under a key.
    fn has_pages(&self) -> bool {
        false
    }

    /// Whether the files that were last made under `key`, which is a hash of all that they depend on, are still there: then
    /// they count as taken, and need not be made.
    fn keeps(&self, _key: ContentHash) -> bool {
        false
    }

    /// Takes the file at `path`, which was made under `key`, if it has one.
    ///
    /// # Errors
    /// The file cannot be written.
    fn take(&self, key: Option<ContentHash>, path: SitePath, bytes: Vec<u8>) -> Result<(), WriteError>;
}

/// Takes everything and keeps nothing: for finding out whether a site can be made.
#[derive(Debug)]
pub struct Nowhere;

impl Sink for Nowhere {
    fn take(&self, _key: Option<ContentHash>, _path: SitePath, _bytes: Vec<u8>) -> Result<(), WriteError> {
        Ok(())
    }
}

/// A site that grows in memory.
impl Sink for Mutex<Site> {
    fn take(&self, _key: Option<ContentHash>, path: SitePath, bytes: Vec<u8>) -> Result<(), WriteError> {
        // A poisoned lock only means that another thread panicked between two files.
        self.lock().unwrap_or_else(PoisonError::into_inner).insert(path, bytes);
        Ok(())
    }
}
