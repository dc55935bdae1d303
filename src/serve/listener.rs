//! An open page that listens, and what it is told.

use std::sync::Arc;

use serde::Serialize;
use tokio::sync::watch;

use super::address::{Target, address_of, find};
use super::board::{Board, Snapshot, lock};
use super::problem::Problems;
use super::shelf::{File, Shelf};
use crate::output::SitePath;
use crate::source::ContentHash;

/// What an open page is told.
#[derive(Debug, Serialize)]
pub(super) struct News {
    /// Counts what was pinned since the server began.
    version: u64,
    /// The files that were edited since the page was told last.
    changed: Vec<String>,
    /// The hash of what now stands at the page's address.
    page: Option<String>,
    /// That itself, when it is not what it was and not too much: then it need not be asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    html: Option<String>,
    /// Where the page should go: to what was edited.
    follow: Option<String>,
    #[serde(flatten)]
    problems: Problems,
}

/// An open page that listens. It is forgotten when dropped.
pub(super) struct Listener {
    board: Arc<Board>,
    number: u64,
    /// The path of its address.
    address: String,
    receiver: watch::Receiver<Option<Arc<Snapshot>>>,
    /// The version that it was told last, if it knows any.
    told: Option<u64>,
    /// The hash of what stood at its address then.
    page: Option<ContentHash>,
}

/// Pages that have more bytes are not sent with the news.
const MOST: usize = 256 * 1024;

impl Listener {
    /// The page at `address` (a path, as browsers write it), which knows of the version that `seen` names.
    pub(super) fn new(board: Arc<Board>, address: String, seen: &str) -> Self {
        let told = board.version_of(seen);
        let receiver = board.current.subscribe();
        let number = {
            let mut listeners = lock(&board.listeners);
            let number = listeners.last_key_value().map_or(0, |(last, _)| last + 1);
            listeners.insert(number, page_at(&address));
            number
        };
        let mut listener = Self { board, number, address, receiver, told, page: None };
        // Whatever stands now is news.
        listener.receiver.mark_changed();
        listener
    }

    /// Waits until there is something to tell, and gives it with the name of the version that the page then knows.
    /// `None`: there will be nothing more.
    pub(super) async fn next(&mut self) -> Option<(String, News)> {
        let now = loop {
            self.receiver.changed().await.ok()?;
            if let Some(snapshot) = self.receiver.borrow_and_update().clone() {
                break snapshot;
            }
        };
        let mut changed = self.told.map_or_else(Vec::new, |told| self.board.edited_between(told, now.version));
        // What was edited may be gone by now.
        changed.retain(|file| now.shelf.contains(file));
        self.told = Some(now.version);
        let file = self.file(&now.shelf).await;
        let before = std::mem::replace(&mut self.page, file.as_ref().map(|file| file.hash));
        let is_new = |file: &&File| before.is_some_and(|hash| hash != file.hash) && file.bytes.len() <= MOST;
        let news = News {
            version: now.version,
            page: self.page.map(|hash| hash.to_string()),
            html: file.as_ref().filter(is_new).map(|file| String::from_utf8_lossy(&file.bytes).into_owned()),
            follow: self.follow(&changed).map(|page| address_of(&page)),
            changed: changed.into_iter().map(|file| file.as_str().to_owned()).collect(),
            problems: now.problems.clone(),
        };
        Some((self.board.token(now.version), news))
    }

    /// What stands at the page's address.
    async fn file(&self, shelf: &Arc<Shelf>) -> Option<File> {
        match find(&self.address, |file| shelf.contains(file)) {
            Target::File(file) => shelf.file(&file).await,
            Target::Folder(_) | Target::Nothing => shelf.missing().await,
            Target::Invalid => None,
        }
    }

    /// The page to go to, of those that were edited: the first one, unless somebody looks at one of them already. Of
    /// several open pages, the one that was looked at last goes.
    fn follow(&self, edited: &[SitePath]) -> Option<SitePath> {
        let listeners = lock(&self.board.listeners);
        let pages: Vec<&SitePath> = edited.iter().filter(|file| file.as_str().ends_with(".html")).collect();
        let is_last = listeners.last_key_value().is_some_and(|(last, _)| *last == self.number);
        let is_open = listeners.values().flatten().any(|open| pages.contains(&open));
        (self.board.navigate && is_last && !is_open).then(|| pages.first().map(|page| (*page).clone()))?
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        lock(&self.board.listeners).remove(&self.number);
    }
}

/// The file that a page at `address` would be.
fn page_at(address: &str) -> Option<SitePath> {
    match find(address, |_| true) {
        Target::File(file) => Some(file),
        Target::Folder(_) | Target::Nothing | Target::Invalid => None,
    }
}
