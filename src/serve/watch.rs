//! Changes on disk -> one wake-up for each burst of them.
//!
//! Only folders that the walk entered are watched, each on its own, so that build output and the packages of others
//! cost nothing.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::discover::{SourceTree, is_skipped};

/// A burst is over when nothing happened for this long: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(15);

/// A burst is taken to be over after this long in any case.
const LONGEST: Duration = Duration::from_millis(400);

/// The folders being watched.
pub(super) struct Watch {
    root: PathBuf,
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    folders: BTreeSet<PathBuf>,
}

impl Watch {
    /// Watches `root` itself; [`Watch::follow`] adds what is below it.
    pub(super) fn begin(root: &Path) -> io::Result<Self> {
        let (sender, events) = channel();
        let mut watcher = notify::recommended_watcher(move |event| {
            // The receiver is gone only when the preview ends.
            let _ = sender.send(event);
        })
        .map_err(io::Error::other)?;
        watcher.watch(root, RecursiveMode::NonRecursive).map_err(io::Error::other)?;
        Ok(Self { root: root.to_path_buf(), watcher, events, folders: BTreeSet::from([root.to_path_buf()]) })
    }

    /// Watches the folders of `tree`, and no longer those that are gone. Whether there were new ones, which may
    /// have changed since they were read.
    pub(super) fn follow(&mut self, tree: &SourceTree) -> bool {
        let gone: Vec<PathBuf> = self.folders.iter().filter(|folder| !folder.is_dir()).cloned().collect();
        for folder in gone {
            // A folder that was removed took its watch along.
            let _ = self.watcher.unwatch(&folder);
            self.folders.remove(&folder);
        }
        let mut new = false;
        for folder in tree.read_folders() {
            new |= self.add(&folder.under(&self.root));
        }
        new
    }

    /// Watches `folder` too. Whether it was not watched yet and can be.
    fn add(&mut self, folder: &Path) -> bool {
        // One that vanished meanwhile, or that the system has no watch left for, is simply not followed.
        !self.folders.contains(folder)
            && self.watcher.watch(folder, RecursiveMode::NonRecursive).is_ok()
            && self.folders.insert(folder.to_path_buf())
    }

    /// Watches the folders that an event tells of and what is in them already: the walk does not know folders that are
    /// still empty.
    fn add_new(&mut self, event: &notify::Result<Event>) {
        let mut waiting: Vec<PathBuf> = event.iter().flat_map(|event| event.paths.iter().cloned()).collect();
        while let Some(path) = waiting.pop() {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            // What is a link is not entered by the walk either.
            let folder = std::fs::symlink_metadata(&path).is_ok_and(|data| data.is_dir());
            if folder && !is_skipped(&name) && self.add(&path) {
                waiting.extend(std::fs::read_dir(&path).into_iter().flatten().flatten().map(|entry| entry.path()));
            }
        }
    }

    /// Waits for a burst of changes and for its end. `false` when there will be no more.
    pub(super) fn wait(&mut self) -> bool {
        loop {
            match self.events.recv() {
                Ok(event) if self.matters(&event) => {
                    self.add_new(&event);
                    break;
                }
                Ok(_) => {}
                Err(_) => return false,
            }
        }
        let latest = Instant::now() + LONGEST;
        let mut quiet_until = Instant::now() + QUIET;
        loop {
            let until = quiet_until.min(latest);
            match self.events.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(event) if self.matters(&event) => {
                    self.add_new(&event);
                    quiet_until = Instant::now() + QUIET;
                }
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return true,
                Err(RecvTimeoutError::Disconnected) => return true,
            }
            if Instant::now() >= latest {
                return true;
            }
        }
    }

    /// Whether the event is about content: reading a file, or what editors and git keep beside it, is not.
    fn matters(&self, event: &notify::Result<Event>) -> bool {
        let Ok(event) = event else { return false };
        let content = !matches!(event.kind, EventKind::Access(_));
        let ours = |path: &PathBuf| {
            let relative = path.strip_prefix(&self.root).unwrap_or(path);
            let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
            let editor = name.ends_with('~') || name.ends_with(".swp") || name.ends_with(".swx") || name == "4913";
            !editor
                && !relative.starts_with(".git")
                && !relative.starts_with(".livedoc")
                && !relative.starts_with("target")
        };
        content && (event.need_rescan() || event.paths.iter().any(ours))
    }
}
