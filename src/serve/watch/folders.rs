//! The folders that are watched: by the system as long as it can, the rest by looking at them again and again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use notify::{RecursiveMode, Watcher};

use super::burst::Seen;

/// Folders, each watched on its own, so that build output and the packages of others cost nothing.
pub(super) struct Folders {
    /// What the system has for that. `None` when it has nothing left.
    native: Option<Box<dyn Watcher + Send>>,
    watched: BTreeSet<PathBuf>,
    /// The folders that are looked at, with what was in them.
    polled: BTreeMap<PathBuf, Listing>,
}

/// The entries of a folder.
type Listing = BTreeMap<PathBuf, State>;

/// What changes with a file. Of a folder, only that it is there.
type State = Option<(SystemTime, u64)>;

impl Folders {
    pub(super) fn new(native: Option<Box<dyn Watcher + Send>>) -> Self {
        Self { native, watched: BTreeSet::new(), polled: BTreeMap::new() }
    }

    /// Watches `folders` too. Whether some of them were not watched before.
    pub(super) fn enter<'a>(&mut self, folders: impl IntoIterator<Item = &'a Path>) -> bool {
        let before = self.watched.len() + self.polled.len();
        let new: BTreeSet<&Path> = folders.into_iter().filter(|folder| !self.contains(folder)).collect();
        let refused = self.refused(&new);
        self.watched.extend(new.difference(&refused).map(|folder| folder.to_path_buf()));
        // One that vanished meanwhile needs no watch.
        let polled = refused.iter().filter_map(|folder| Some((folder.to_path_buf(), list(folder)?)));
        self.polled.extend(polled);
        self.watched.len() + self.polled.len() > before
    }

    /// Those of `folders` that the system does not watch.
    fn refused<'a>(&mut self, folders: &BTreeSet<&'a Path>) -> BTreeSet<&'a Path> {
        let Some(native) = self.native.as_mut().filter(|_| !folders.is_empty()) else { return folders.clone() };
        let mut paths = native.paths_mut();
        let refused = folders.iter().filter(|folder| paths.add(folder, RecursiveMode::NonRecursive).is_err());
        let refused = refused.copied().collect();
        if paths.commit().is_ok() { refused } else { folders.clone() }
    }

    /// Forgets `path` and all below it: it is gone.
    pub(super) fn leave(&mut self, path: &Path) {
        let below = |folder: &PathBuf| folder.starts_with(path);
        let gone: Vec<PathBuf> = self.watched.iter().filter(|folder| below(folder)).cloned().collect();
        for folder in gone {
            if let Some(native) = &mut self.native {
                // A folder that was removed took its watch along.
                let _ = native.unwatch(&folder);
            }
            self.watched.remove(&folder);
        }
        self.polled.retain(|folder, _| !below(folder));
    }

    /// Forgets every folder but `folders`.
    pub(super) fn keep(&mut self, folders: &BTreeSet<&Path>) {
        let all = self.watched.iter().chain(self.polled.keys());
        let others: Vec<PathBuf> = all.filter(|folder| !folders.contains(folder.as_path())).cloned().collect();
        for folder in others {
            if let Some(native) = self.native.as_mut().filter(|_| self.watched.remove(&folder)) {
                let _ = native.unwatch(&folder);
            }
            self.polled.remove(&folder);
        }
    }

    pub(super) fn contains(&self, folder: &Path) -> bool {
        self.watched.contains(folder) || self.polled.contains_key(folder)
    }

    /// How many folders have to be looked at.
    pub(super) fn polled(&self) -> usize {
        self.polled.len()
    }

    /// What happened in those folders since they were looked at last; with `true` for what was not there before.
    pub(super) fn look(&mut self) -> Vec<(PathBuf, Seen, bool)> {
        let mut seen = Vec::new();
        for (folder, known) in &mut self.polled {
            let Some(now) = list(folder) else {
                seen.push((folder.clone(), Seen::Gone, false));
                continue;
            };
            let gone = known.keys().filter(|path| !now.contains_key(*path));
            seen.extend(gone.map(|path| (path.clone(), Seen::Gone, false)));
            let changed = now.iter().filter(|(path, state)| known.get(*path) != Some(state));
            seen.extend(changed.map(|(path, _)| (path.clone(), Seen::Changed, !known.contains_key(path))));
            *known = now;
        }
        seen
    }
}

fn list(folder: &Path) -> Option<Listing> {
    let entries = fs::read_dir(folder).ok()?.flatten();
    let states = entries.filter_map(|entry| {
        let data = entry.metadata().ok()?;
        Some((entry.path(), data.modified().ok().filter(|_| !data.is_dir()).map(|time| (time, data.len()))))
    });
    Some(states.collect())
}
