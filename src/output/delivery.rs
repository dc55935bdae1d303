//! Files as they are made -> a folder on disk in which only what changed is written.
//!
//! What is new waits in a folder beside the site until everything is there, and is then renamed into place, file by file;
//! a build that is stopped half-way leaves the old site. A first build is one rename. Only files that livedoc wrote are
//! replaced or removed: the manifest in the folder names them, and while a site changes it names both the old and the new.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::error::failed;
use super::record::{FileRecord, Record, Stamp};
use super::staging::{Staging, first_file};
use super::{Sink, SitePath, WriteError, manifest};
use crate::source::ContentHash;

/// What writing changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have new bytes.
    pub changed: usize,
    /// Files that are gone.
    pub removed: usize,
    /// All files of the site.
    pub files: usize,
    /// All bytes of the site.
    pub bytes: u64,
}

/// A site on its way into a folder.
pub struct Delivery<'r> {
    folder: PathBuf,
    /// Whether there is a site already.
    exists: bool,
    /// The files that livedoc wrote into the folder.
    own: BTreeSet<String>,
    before: &'r Record,
    by_key: HashMap<ContentHash, Vec<(&'r SitePath, &'r FileRecord)>>,
    staging: OnceLock<Staging>,
    opening: Mutex<()>,
    /// By thread, so that threads do not wait for each other.
    taken: Vec<Mutex<Vec<Taken>>>,
}

struct Taken {
    path: SitePath,
    record: FileRecord,
    is_new: bool,
}

impl<'r> Delivery<'r> {
    /// A delivery to `folder`, in which the last build left what `before` says. `sources` is the repository's root, which
    /// the folder must not hold.
    ///
    /// # Errors
    /// The folder is not livedoc's to write to, or cannot be read.
    pub fn begin(folder: &Path, sources: &Path, before: &'r Record) -> Result<Self, WriteError> {
        // A link to the output folder stays a link.
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
        if sources.canonicalize().unwrap_or_else(|_| sources.to_path_buf()).starts_with(&folder) {
            return Err(WriteError::HoldsSources(folder));
        }
        let own = match manifest::read(&folder).map_err(failed(&folder))? {
            Some(own) => own,
            None => match first_file(&folder)? {
                Some(example) => return Err(WriteError::HoldsOthers { folder, example }),
                None => BTreeSet::new(),
            },
        };
        let exists = folder.is_dir();
        let by_key = if exists { before.by_key() } else { HashMap::new() };
        let taken = (0..=rayon::current_num_threads()).map(|_| Mutex::default()).collect();
        let (staging, opening) = (OnceLock::new(), Mutex::default());
        Ok(Self { folder, exists, own, before, by_key, staging, opening, taken })
    }

    /// Puts what was taken in the place of the old site, in which afterwards stands nothing else of livedoc's. With nothing to
    /// change nothing is written.
    ///
    /// # Errors
    /// The machine failed.
    pub fn finish(self) -> Result<(Written, Record), WriteError> {
        let taken = self.taken.into_iter().flat_map(|taken| taken.into_inner().unwrap_or_else(PoisonError::into_inner));
        let mut taken: Vec<Taken> = taken.collect();
        taken.sort_unstable_by(|left, right| left.path.cmp(&right.path));
        let paths: BTreeSet<&str> = taken.iter().map(|taken| taken.path.as_str()).collect();
        let removed: Vec<&str> = self.own.iter().map(String::as_str).filter(|path| !paths.contains(path)).collect();
        let new: Vec<&SitePath> = taken.iter().filter(|taken| taken.is_new).map(|taken| &taken.path).collect();
        let written = Written {
            changed: new.len(),
            removed: removed.len(),
            files: taken.len(),
            bytes: taken.iter().map(|taken| taken.record.stamp.length()).sum(),
        };
        let text = manifest::compose(paths.iter().copied());
        if !self.exists {
            let staging = self.staging.into_inner().map_or_else(|| Staging::begin(&self.folder), Ok)?;
            staging.become_site(&text, &self.folder)?;
        } else if written.changed + written.removed > 0 {
            let both: BTreeSet<&str> = paths.iter().copied().chain(removed.iter().copied()).collect();
            manifest::write(&self.folder, &manifest::compose(both.into_iter()))?;
            remove(&removed, &self.folder)?;
            if let Some(staging) = &self.staging.into_inner() {
                move_in(staging, &new, &self.folder)?;
            }
            manifest::write(&self.folder, &text)?;
        }
        let record = Record::of(taken.into_iter().map(|Taken { path, record, .. }| (path, record)));
        Ok((written, record))
    }

    fn staging(&self) -> Result<&Staging, WriteError> {
        if let Some(staging) = self.staging.get() {
            return Ok(staging);
        }
        let _one = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(staging) = self.staging.get() {
            return Ok(staging);
        }
        let staging = Staging::begin(&self.folder)?;
        Ok(self.staging.get_or_init(|| staging))
    }

    fn note(&self, taken: Taken) {
        let thread = rayon::current_thread_index().map_or(0, |index| index + 1) % self.taken.len();
        self.taken[thread].lock().unwrap_or_else(PoisonError::into_inner).push(taken);
    }

    /// The stamp of the file at `path`, when it is livedoc's own and has these bytes.
    fn holds(&self, path: &SitePath, content: ContentHash, bytes: &[u8]) -> Option<Stamp> {
        if !self.exists {
            return None;
        }
        let place = self.folder.join(path.as_str());
        let stamp = Stamp::of_file(&place).filter(|stamp| stamp.length() == bytes.len() as u64)?;
        let is_same = match self.before.file(path).filter(|before| before.stamp == stamp) {
            Some(before) => before.content == content,
            None => fs::read(&place).is_ok_and(|old| old == bytes),
        };
        is_same.then_some(stamp)
    }

    /// `record` as it holds for the file at `path` now; `None` when that has other bytes. A file that was copied, as build
    /// servers do, has another time and must be looked at.
    fn as_left(&self, path: &SitePath, record: FileRecord) -> Option<FileRecord> {
        let place = self.folder.join(path.as_str());
        let stamp = Stamp::of_file(&place)?;
        let is_same = stamp == record.stamp
            || (stamp.length() == record.stamp.length()
                && fs::read(&place).is_ok_and(|bytes| ContentHash::of(&bytes) == record.content));
        is_same.then_some(FileRecord { stamp, ..record })
    }

    /// Whether somebody else's file stands at `path`. A folder goes with the old files in it, or else refuses the rename.
    fn is_taken_by_others(&self, path: &SitePath) -> bool {
        let is_file = || self.folder.join(path.as_str()).symlink_metadata().is_ok_and(|data| !data.is_dir());
        self.exists && !self.own.contains(path.as_str()) && is_file()
    }
}

impl Sink for Delivery<'_> {
    fn has_pages(&self) -> bool {
        !self.by_key.is_empty()
    }

    fn keeps(&self, key: ContentHash) -> bool {
        let Some(files) = self.by_key.get(&key) else { return false };
        let mut kept = Vec::with_capacity(files.len());
        for &(path, record) in files {
            let Some(record) = self.as_left(path, *record) else { return false };
            kept.push(Taken { path: path.clone(), record, is_new: false });
        }
        kept.into_iter().for_each(|taken| self.note(taken));
        true
    }

    fn take(&self, key: Option<ContentHash>, path: SitePath, bytes: Vec<u8>) -> Result<(), WriteError> {
        let content = ContentHash::of(&bytes);
        if let Some(stamp) = self.holds(&path, content, &bytes) {
            self.note(Taken { path, record: FileRecord { key, content, stamp }, is_new: false });
            return Ok(());
        }
        if self.is_taken_by_others(&path) {
            let example = path.as_str().to_owned();
            return Err(WriteError::HoldsOthers { folder: self.folder.clone(), example });
        }
        let stamp = self.staging()?.write(&path, &bytes)?;
        self.note(Taken { path, record: FileRecord { key, content, stamp }, is_new: true });
        Ok(())
    }
}

/// Renames what waits in `staging` into `folder`: whole folders where there are none yet. What stood in its way has been
/// removed.
fn move_in(staging: &Staging, paths: &[&SitePath], folder: &Path) -> Result<(), WriteError> {
    let first = |path: &SitePath| path.as_str().split('/').next().unwrap_or_default().to_owned();
    let firsts: BTreeSet<String> = paths.iter().map(|path| first(path)).collect();
    let absent: BTreeSet<String> =
        firsts.into_iter().filter(|name| folder.join(name).symlink_metadata().is_err()).collect();
    for name in &absent {
        let place = folder.join(name);
        fs::rename(staging.place(&SitePath::new(name)), &place).map_err(failed(&place))?;
    }
    let rest: Vec<&SitePath> = paths.iter().copied().filter(|path| !absent.contains(&first(path))).collect();
    let parents: BTreeSet<PathBuf> =
        rest.iter().filter_map(|path| folder.join(path.as_str()).parent().map(Path::to_path_buf)).collect();
    for parent in parents {
        fs::create_dir_all(&parent).map_err(failed(&parent))?;
    }
    rest.par_iter().try_for_each(|path| {
        let place = folder.join(path.as_str());
        fs::rename(staging.place(path), &place).map_err(failed(&place))
    })
}

/// Removes the files at `paths`, and the folders that are empty then.
fn remove(paths: &[&str], folder: &Path) -> Result<(), WriteError> {
    for path in paths {
        let place = folder.join(path);
        match fs::remove_file(&place) {
            Ok(()) => {}
            // Somebody was faster.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
            Err(error) => return Err(WriteError::Io { path: place, error }),
        }
        let above = place.ancestors().skip(1).take_while(|above| *above != folder);
        for above in above {
            // A folder that holds something else stays.
            if fs::remove_dir(above).is_err() {
                break;
            }
        }
    }
    Ok(())
}
