//! A site -> a folder on disk, all of it or nothing.
//!
//! The new site is put together in a folder beside the old one, where files that did not change are links to those of
//! the old one, and then the two change places. A build that is stopped half-way leaves the old site. Only folders
//! that hold nothing but files of livedoc's own are ever replaced.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::{error, fmt};

use rayon::prelude::*;

use super::manifest;
use super::{Site, SitePath};

/// What writing changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have new bytes.
    pub changed: usize,
    /// Files that are gone.
    pub removed: usize,
}

/// Why a site was not written. The folder is as it was.
#[derive(Debug)]
pub enum WriteError {
    /// The folder is, or holds, the sources themselves.
    HoldsSources(PathBuf),
    /// The folder holds a file that livedoc did not write.
    HoldsOthers {
        /// The folder.
        folder: PathBuf,
        /// The first such file, relative to the folder.
        example: String,
    },
    /// Another build is writing to the same folder.
    Busy(PathBuf),
    /// The machine failed.
    Io {
        /// What was being written or read.
        path: PathBuf,
        /// Why it failed.
        error: io::Error,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::HoldsSources(folder) => {
                write!(formatter, "the output folder `{}` holds the sources; choose another one", folder.display())
            }
            WriteError::HoldsOthers { folder, example } => write!(
                formatter,
                "the output folder `{}` holds `{example}`, which livedoc did not write; choose another folder, or \
                 remove what is in it (files that belong into the site go into the `theme` folder)",
                folder.display()
            ),
            WriteError::Busy(folder) => {
                write!(formatter, "another build is writing to `{}`; wait for it to end", folder.display())
            }
            WriteError::Io { path, error } => write!(formatter, "`{}`: {error}", path.display()),
        }
    }
}

impl error::Error for WriteError {}

/// Writes `site` to `folder`, in which afterwards stands nothing else. `sources` is the repository's root, which the
/// folder must not hold. With nothing to change nothing is written.
///
/// # Errors
/// The folder is not livedoc's to replace, or the machine failed; the folder is as it was.
pub fn write(site: &Site, folder: &Path, sources: &Path) -> Result<Written, WriteError> {
    // A link to the output folder stays a link.
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    if sources.canonicalize().unwrap_or_else(|_| sources.to_path_buf()).starts_with(&folder) {
        return Err(WriteError::HoldsSources(folder));
    }
    let own = own_files(&folder)?;
    let manifest = manifest::compose(site.files().map(|(path, _)| path));
    let changed: BTreeSet<&SitePath> = site
        .files()
        .collect::<Vec<_>>()
        .into_par_iter()
        .filter(|(path, bytes)| !holds(&folder, path, bytes))
        .map(|(path, _)| path)
        .collect();
    let removed = own.iter().filter(|path| site.get(&SitePath::new(path)).is_none()).count();
    let written = Written { changed: changed.len(), removed };
    if written == Written::default() && folder.is_dir() {
        return Ok(written);
    }
    let staging = Staging::begin(&folder)?;
    for parent in site
        .files()
        .map(|(path, _)| staging.place(path))
        .filter_map(|place| place.parent().map(Path::to_path_buf))
        .collect::<BTreeSet<_>>()
    {
        fs::create_dir_all(&parent).map_err(failed(&parent))?;
    }
    site.files().collect::<Vec<_>>().into_par_iter().try_for_each(|(path, bytes)| {
        let place = staging.place(path);
        // A file system without links gets copies.
        if !changed.contains(path) && fs::hard_link(folder.join(path.as_str()), &place).is_ok() {
            return Ok(());
        }
        fs::write(&place, bytes).map_err(failed(&place))
    })?;
    staging.finish(&manifest, &folder)?;
    Ok(written)
}

/// Whether the file at `path` already has these bytes.
fn holds(folder: &Path, path: &SitePath, bytes: &[u8]) -> bool {
    let place = folder.join(path.as_str());
    let same_length = fs::symlink_metadata(&place).is_ok_and(|data| data.is_file() && data.len() == bytes.len() as u64);
    same_length && fs::read(&place).is_ok_and(|old| old == bytes)
}

/// The files in `folder`, all of which must be livedoc's own.
fn own_files(folder: &Path) -> Result<BTreeSet<String>, WriteError> {
    let present = files_below(folder)?;
    let own = manifest::read(folder).map_err(failed(folder))?;
    match (own, present.iter().next()) {
        (_, None) => Ok(BTreeSet::new()),
        (None, Some(example)) => {
            Err(WriteError::HoldsOthers { folder: folder.to_path_buf(), example: example.clone() })
        }
        (Some(own), Some(_)) => match present.iter().find(|path| !own.contains(*path) && *path != manifest::NAME) {
            Some(example) => Err(WriteError::HoldsOthers { folder: folder.to_path_buf(), example: example.clone() }),
            None => Ok(own),
        },
    }
}

/// Every file below `folder`, relative to it; none when there is no such folder.
fn files_below(folder: &Path) -> Result<BTreeSet<String>, WriteError> {
    let mut files = BTreeSet::new();
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
                files.insert(name);
            }
        }
    }
    Ok(files)
}

/// The folder in which the new site is put together. Removed when it is given up.
struct Staging {
    folder: PathBuf,
    /// Locked while the site is being written; the system lets go of it when the process ends, however it ends.
    lock: File,
}

impl Staging {
    fn begin(target: &Path) -> Result<Self, WriteError> {
        let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = target.with_file_name(format!(".{name}.livedoc-new"));
        fs::create_dir_all(&folder).map_err(failed(&folder))?;
        let marker = folder.join(manifest::NAME);
        if !marker.exists() && files_below(&folder)?.iter().next().is_some() {
            let example = files_below(&folder)?.into_iter().next().unwrap_or_default();
            return Err(WriteError::HoldsOthers { folder, example });
        }
        let lock = File::options().create(true).append(true).open(&marker).map_err(failed(&marker))?;
        if lock.try_lock().is_err() {
            return Err(WriteError::Busy(target.to_path_buf()));
        }
        let staging = Self { folder, lock };
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

    fn place(&self, path: &SitePath) -> PathBuf {
        self.folder.join(path.as_str())
    }

    /// Puts the new site in the place of the old one.
    fn finish(mut self, manifest: &str, target: &Path) -> Result<(), WriteError> {
        self.lock.write_all(manifest.as_bytes()).map_err(failed(&self.folder))?;
        self.lock.sync_all().map_err(failed(&self.folder))?;
        if !target.exists() {
            return fs::rename(&self.folder, target).map_err(failed(target));
        }
        exchange(&self.folder, target).map_err(failed(target))?;
        // What stands here now is the old site.
        fs::remove_dir_all(&self.folder).map_err(failed(&self.folder))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After success there is nothing left to remove; after a failure what is left is harmless and found again.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Lets two folders change places: in one step where the system can, else in three renames.
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    let aside = new.with_extension("livedoc-old");
    fs::rename(old, &aside)?;
    if let Err(error) = fs::rename(new, old) {
        fs::rename(&aside, old)?;
        return Err(error);
    }
    fs::rename(&aside, new)
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> WriteError + use<> {
    let path = path.to_path_buf();
    move |error| WriteError::Io { path, error }
}
