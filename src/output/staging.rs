//! The folder beside the site in which what is new waits until all of it is there.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::error::failed;
use super::record::Stamp;
use super::{SitePath, WriteError, manifest};

/// A folder of waiting files. Removed when it is given up.
pub(super) struct Staging {
    folder: PathBuf,
    /// Locked while the site is being written; the system lets go of it when the process ends, however it ends.
    lock: File,
    /// Folders that were made already.
    made: Mutex<HashSet<PathBuf>>,
}

impl Staging {
    /// An empty staging folder for the site at `target`.
    pub(super) fn begin(target: &Path) -> Result<Self, WriteError> {
        let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = target.with_file_name(format!(".{name}.livedoc-new"));
        fs::create_dir_all(&folder).map_err(failed(&folder))?;
        let marker = folder.join(manifest::NAME);
        if !marker.exists()
            && let Some(example) = first_file(&folder)?
        {
            return Err(WriteError::HoldsOthers { folder, example });
        }
        let lock = File::options().create(true).append(true).open(&marker).map_err(failed(&marker))?;
        if lock.try_lock().is_err() {
            return Err(WriteError::Busy(target.to_path_buf()));
        }
        let staging = Self { folder, lock, made: Mutex::default() };
        staging.clear()?;
        Ok(staging)
    }

    /// Removes what a build that was stopped left here.
    fn clear(&self) -> Result<(), WriteError> {
        for entry in fs::read_dir(&self.folder).map_err(failed(&self.folder))? {
            let path = entry.map_err(failed(&self.folder))?.path();
            if path.file_name().is_some_and(|name| name == manifest::NAME) {
                continue;
            }
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.map_err(failed(&path))?;
        }
        self.lock.set_len(0).map_err(failed(&self.folder))
    }

    /// Where the file at `path` waits.
    pub(super) fn place(&self, path: &SitePath) -> PathBuf {
        self.folder.join(path.as_str())
    }

    /// Writes a waiting file.
    pub(super) fn write(&self, path: &SitePath, bytes: &[u8]) -> Result<Stamp, WriteError> {
        let place = self.place(path);
        if let Some(parent) = place.parent() {
            self.make(parent).map_err(failed(parent))?;
        }
        let written = File::create(&place).and_then(|mut file| {
            file.write_all(bytes)?;
            file.metadata()
        });
        written.map(|data| Stamp::of(&data)).map_err(failed(&place))
    }

    fn make(&self, folder: &Path) -> io::Result<()> {
        if self.made.lock().unwrap_or_else(PoisonError::into_inner).contains(folder) {
            return Ok(());
        }
        fs::create_dir_all(folder)?;
        self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_path_buf());
        Ok(())
    }

    /// Turns the whole folder, with `manifest`, into the site at `target`, where there is nothing.
    pub(super) fn become_site(mut self, manifest: &str, target: &Path) -> Result<(), WriteError> {
        self.lock.write_all(manifest.as_bytes()).map_err(failed(&self.folder))?;
        self.lock.sync_all().map_err(failed(&self.folder))?;
        fs::rename(&self.folder, target).map_err(failed(target))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What is left after a failure is harmless and found again.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The first file below `folder`, relative to it; `None` when there is none, or no such folder.
pub(super) fn first_file(folder: &Path) -> Result<Option<String>, WriteError> {
    let mut waiting = vec![(folder.to_path_buf(), String::new())];
    while let Some((place, prefix)) = waiting.pop() {
        let entries = match fs::read_dir(&place) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound && prefix.is_empty() => break,
            Err(error) => return Err(WriteError::Io { path: place, error }),
        };
        for entry in entries {
            let entry = entry.map_err(failed(&place))?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type().map_err(failed(&place))?.is_dir() {
                waiting.push((entry.path(), format!("{name}/")));
            } else {
                return Ok(Some(name));
            }
        }
    }
    Ok(None)
}
