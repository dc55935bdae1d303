//! The board on which each new edition is pinned, for requests to be answered from and for pages to hear of.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::edition::Edition;
use super::problem::Problems;
use super::shelf::Shelf;
use crate::output::SitePath;

/// The edition that is shown, and what is wrong with the sources.
pub(super) struct Snapshot {
    /// Counts what was pinned.
    pub(super) version: u64,
    pub(super) shelf: Arc<Shelf>,
    pub(super) problems: Problems,
}

/// The current snapshot, and everybody who waits for the next.
pub(super) struct Board {
    /// Tells this server from the one before it at the same address.
    run: u64,
    /// Whether pages follow to what was edited.
    pub(super) navigate: bool,
    /// The service that pages may send requests to.
    service: Option<String>,
    pub(super) current: watch::Sender<Option<Arc<Snapshot>>>,
    edits: Mutex<Edits>,
    /// The pages that listen, by when they began to.
    pub(super) listeners: Mutex<BTreeMap<u64, Option<SitePath>>>,
}

/// What was edited, and when readers could see it.
#[derive(Default)]
struct Edits {
    seen: Vec<(u64, SitePath)>,
    /// In editions that were not pinned.
    waiting: Vec<SitePath>,
}

impl Board {
    pub(super) fn new(run: u64, navigate: bool, service: Option<String>) -> Self {
        let (current, _) = watch::channel(None);
        Self { run, navigate, service, current, edits: Mutex::default(), listeners: Mutex::default() }
    }

    /// The current snapshot; the first one when it is there.
    pub(super) async fn current(&self) -> Option<Arc<Snapshot>> {
        let mut current = self.current.subscribe();
        // The sender lives as long as the board.
        current.wait_for(Option::is_some).await.ok()?.clone()
    }

    /// Pins `edition` for all to see. If it has errors and the current one has none, only what is wrong with it: readers
    /// keep the last good edition. A repository that had errors from the start has none to keep, and is followed as
    /// it is.
    pub(super) fn publish(&self, edition: Arc<dyn Edition>) {
        let problems = edition.problems().clone();
        let current = self.current.borrow().clone();
        let mut edits = lock(&self.edits);
        edits.waiting.extend_from_slice(edition.edited());
        if problems.errors > 0 && current.is_some_and(|current| current.shelf.is_good()) {
            drop(edits);
            return self.publish_problems(problems);
        }
        let version = self.next_version();
        edits.see(version);
        drop(edits);
        let shelf = Arc::new(Shelf::new(edition, self.token(version), self.service.clone()));
        self.current.send_replace(Some(Arc::new(Snapshot { version, shelf, problems })));
    }

    /// Keeps the edition and tells everybody that it is not what the sources say.
    pub(super) fn publish_problems(&self, problems: Problems) {
        let version = self.next_version();
        self.current.send_if_modified(|current| {
            // Without an edition there is no page to show them.
            let Some(current) = current else { return false };
            *current = Arc::new(Snapshot { version, shelf: Arc::clone(&current.shelf), problems });
            true
        });
    }

    fn next_version(&self) -> u64 {
        self.current.borrow().as_ref().map_or(1, |current| current.version + 1)
    }

    /// How a page says which version it knows.
    pub(super) fn token(&self, version: u64) -> String {
        format!("{}.{version}", self.run)
    }

    pub(super) fn version_of(&self, token: &str) -> Option<u64> {
        let (run, version) = token.split_once('.')?;
        (run == self.run.to_string()).then(|| version.parse().ok())?
    }

    pub(super) fn edited_between(&self, seen: u64, now: u64) -> Vec<SitePath> {
        let edits = lock(&self.edits);
        edits
            .seen
            .iter()
            .filter(|(version, _)| (seen + 1..=now).contains(version))
            .map(|(_, file)| file.clone())
            .collect()
    }
}

impl Edits {
    /// What was waiting is to be seen in `version`.
    fn see(&mut self, version: u64) {
        let mut waiting = HashSet::new();
        let new: Vec<SitePath> = self.waiting.drain(..).filter(|file| waiting.insert(file.clone())).collect();
        self.seen.retain(|(_, file)| !waiting.contains(file));
        self.seen.extend(new.into_iter().map(|file| (version, file)));
    }
}

/// Locks are held for a few moves only; one is poisoned only if such a move panicked.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
