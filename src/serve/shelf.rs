//! The files of one edition, made when they are asked for, each once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::body::Bytes;

use super::edition::Edition;
use super::page::with_client;
use crate::output::SitePath;
use crate::source::ContentHash;

/// A file as it is sent.
#[derive(Clone)]
pub(super) struct File {
    /// What is sent: a page has the client in it.
    pub(super) bytes: Bytes,
    /// The hash of the file as it stands in the site.
    pub(super) hash: ContentHash,
    /// The hash of what is sent.
    pub(super) tag: ContentHash,
}

/// Where a file is, or will be once somebody has made it.
type Slot = Arc<OnceLock<Option<File>>>;

/// The files of an edition.
pub(super) struct Shelf {
    edition: Arc<dyn Edition>,
    /// What pages say about the edition that they are from.
    name: String,
    /// The service that pages may send requests to.
    service: Option<String>,
    files: Mutex<HashMap<SitePath, Slot>>,
    missing: Slot,
}

impl Shelf {
    pub(super) fn new(edition: Arc<dyn Edition>, name: String, service: Option<String>) -> Self {
        Self { edition, name, service, files: Mutex::default(), missing: Slot::default() }
    }

    /// Whether the edition was made without an error.
    pub(super) fn is_good(&self) -> bool {
        self.edition.problems().errors == 0
    }

    pub(super) fn contains(&self, path: &SitePath) -> bool {
        self.edition.contains(path)
    }

    /// The file at `path`. While it is being made, others who want it wait; nobody else does.
    pub(super) async fn file(self: &Arc<Self>, path: &SitePath) -> Option<File> {
        // What is not there takes no place.
        if !self.edition.contains(path) {
            return None;
        }
        let slot = self.files.lock().unwrap_or_else(PoisonError::into_inner).entry(path.clone()).or_default().clone();
        let (shelf, path) = (Arc::clone(self), path.clone());
        fill(slot, move || shelf.make(&path, false)).await
    }

    /// What stands for a page that is not there.
    pub(super) async fn missing(self: &Arc<Self>) -> Option<File> {
        let shelf = Arc::clone(self);
        fill(Arc::clone(&self.missing), move || shelf.make(&SitePath::new("404.html"), true)).await
    }

    fn make(&self, path: &SitePath, missing: bool) -> Option<File> {
        let bytes = self.edition.file(path)?;
        let hash = ContentHash::of(&bytes);
        if !path.as_str().ends_with(".html") {
            return Some(File { bytes: Bytes::from_owner(bytes), hash, tag: hash });
        }
        let bytes = with_client(&bytes, hash, &self.name, self.service.as_deref(), missing);
        Some(File { tag: ContentHash::of(&bytes), bytes: bytes.into(), hash })
    }
}

/// What is in `slot`, if need be after `make` has put it there, on a thread that may take its time.
async fn fill(slot: Slot, make: impl FnOnce() -> Option<File> + Send + 'static) -> Option<File> {
    if let Some(file) = slot.get() {
        return file.clone();
    }
    // A file that could not be made (a panic) is not there.
    tokio::task::spawn_blocking(move || slot.get_or_init(make).clone()).await.ok().flatten()
}
