//! The site as it stands at one moment, and the board on which each new one is pinned.

use std::sync::{Arc, PoisonError, RwLock};

use serde::Serialize;
use tokio::sync::broadcast;

use crate::diagnostic::{Diagnostic, Level};
use crate::output::Site;
use crate::source::Sources;

/// A site and what is wrong with it.
#[derive(Clone, Default)]
pub(super) struct Snapshot {
    pub(super) site: Site,
    /// Whether the site was made without an error.
    pub(super) good: bool,
    pub(super) problems: Vec<Problem>,
}

/// A finding, as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// `warn` or `error`.
    pub level: Level,
    /// The code's name.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// `docs/a.md:3:7`; empty when it has no place.
    pub place: String,
    /// The line it is about; empty when it cannot be shown.
    pub line: String,
    /// What to do about it; empty for none.
    pub hint: String,
}

impl Problem {
    /// `found` with its place looked up.
    pub(super) fn new(found: &Diagnostic, sources: &dyn Sources) -> Self {
        let file = found.span.and_then(|span| sources.source(span.file));
        let place = found.span.map(|span| match &file {
            Some(file) => {
                let position = file.position(span.start);
                format!("{}:{}:{}", span.file, position.line, position.column)
            }
            None => span.file.to_string(),
        });
        let line = found.span.zip(file).map(|(span, file)| {
            let line = file.line_span(file.position(span.start).line);
            file.text().get(line.range()).unwrap_or_default().chars().take(200).collect()
        });
        Self {
            level: found.level,
            code: found.code.name(),
            message: found.message.clone(),
            place: place.unwrap_or_default(),
            line: line.unwrap_or_default(),
            hint: found.hint.clone(),
        }
    }
}

/// What open pages are told.
#[derive(Clone, Debug, Serialize)]
pub(super) struct News {
    /// Counts the snapshots of this server.
    pub(super) version: u64,
    /// Files that are not what they were in the snapshot before.
    pub(super) changed: Vec<String>,
    pub(super) problems: Vec<Problem>,
}

/// The current snapshot, and everybody who waits for the next.
pub(super) struct Board {
    current: RwLock<(u64, Arc<Snapshot>)>,
    listeners: broadcast::Sender<Arc<News>>,
}

impl Board {
    pub(super) fn new(first: Snapshot) -> Self {
        let (listeners, _) = broadcast::channel(16);
        Self { current: RwLock::new((1, Arc::new(first))), listeners }
    }

    pub(super) fn current(&self) -> Arc<Snapshot> {
        Arc::clone(&self.read().1)
    }

    /// The state of things, for a page that just opened, and what comes after it.
    pub(super) fn subscribe(&self) -> (News, broadcast::Receiver<Arc<News>>) {
        let receiver = self.listeners.subscribe();
        let current = self.read();
        (News { version: current.0, changed: Vec::new(), problems: current.1.problems.clone() }, receiver)
    }

    /// Pins `next`, and tells everybody what is new.
    pub(super) fn publish(&self, next: Snapshot) {
        let changed = self.current().site.changes(&next.site);
        let changed = changed.iter().map(|path| path.as_str().to_owned()).collect();
        let problems = next.problems.clone();
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        *current = (current.0 + 1, Arc::new(next));
        // Nobody listening is no failure.
        let _ = self.listeners.send(Arc::new(News { version: current.0, changed, problems }));
    }

    /// Keeps the site and tells everybody that it is not what the sources say.
    pub(super) fn publish_problems(&self, problems: Vec<Problem>) {
        let Snapshot { site, good, .. } = (*self.current()).clone();
        self.publish(Snapshot { site, good, problems });
    }

    /// Pins `next`; if it has errors and the current site has none, only what is wrong with it: readers keep the last
    /// good site. A repository that had errors from the start has none to keep, and is followed as it is.
    pub(super) fn publish_if_good(&self, next: Snapshot) {
        if next.good || !self.current().good {
            self.publish(next);
        } else {
            self.publish_problems(next.problems);
        }
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, (u64, Arc<Snapshot>)> {
        // The lock is poisoned only if a swap of two values panicked.
        self.current.read().unwrap_or_else(PoisonError::into_inner)
    }
}
