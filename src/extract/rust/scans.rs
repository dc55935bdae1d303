//! The files of a crate -> what they say, read with the features and macros of the crate.
//!
//! Most files depend on neither and are read once. The scans of a crate that others re-export from are made once for all
//! of them.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use memchr::memmem;
use rayon::prelude::*;

use super::package::{CrateSource, TargetKind};
use super::scan::{Macros, Scan, scan, scan_in};
use crate::source::{ContentHash, ContentHasher, RepoPath, SourceFile};

/// The scans of a crate, by file.
pub(super) type Scans = HashMap<RepoPath, Arc<Scan>>;

/// What a file says on its own, read when somebody asks.
#[derive(Default)]
pub(crate) struct FirstScan {
    /// For pages that show what is public.
    of_public: OnceLock<Arc<Scan>>,
    /// For pages that show all.
    of_all: OnceLock<Arc<Scan>>,
}

impl FirstScan {
    fn of(&self, file: &SourceFile, shows_all: bool) -> Arc<Scan> {
        let cell = if shows_all { &self.of_all } else { &self.of_public };
        Arc::clone(cell.get_or_init(|| Arc::new(scan(file, shows_all))))
    }
}

/// The scans of the crate `source`, whose `files` have been or will be read once on their own.
pub(super) fn of_crate(source: &CrateSource, files: &[(&Arc<SourceFile>, &Arc<FirstScan>)]) -> Scans {
    let shows_all = source.target == TargetKind::Program;
    let first: Vec<(&Arc<SourceFile>, Arc<Scan>)> =
        files.par_iter().map(|(file, scan)| (*file, scan.of(file, shows_all))).collect();
    let macros = Macros::of(first.iter().map(|(file, scan)| (*file, scan)), &source.environment);
    let again = |(file, scan): (&Arc<SourceFile>, Arc<Scan>)| {
        let depends = scan.depends || macros.are_called(&scan.items);
        let again = || Arc::new(scan_in(file, &source.environment, &macros, shows_all));
        (file.path(), if depends { again() } else { scan })
    };
    first.into_par_iter().map(again).collect()
}

/// Where the scans of a crate wait for the crates that re-export from it.
#[derive(Clone, Default)]
pub(crate) struct SharedScans(Arc<Mutex<Option<Kept>>>);

/// Scans, and the hash of the texts that they are of.
type Kept = (ContentHash, Arc<Scans>);

impl SharedScans {
    /// Those of `source`, of which `files` are the files. Only what is there under its own features is left in them: whoever
    /// asks has others.
    pub(super) fn of(&self, source: &CrateSource, files: &HashMap<RepoPath, Arc<SourceFile>>) -> Arc<Scans> {
        let files: Vec<&Arc<SourceFile>> = source.files.iter().filter_map(|path| files.get(path)).collect();
        let mut hasher = ContentHasher::default();
        files.iter().for_each(|file| hasher.hash(file.hash()));
        let key = hasher.content_hash();
        // Nothing is done side by side while it is locked: a thread that helped others meanwhile might want the lock again.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some((of, scans)) if *of == key => Arc::clone(scans),
            _ => {
                let scans = Arc::new(settled(source, &files));
                *kept = Some((key, Arc::clone(&scans)));
                scans
            }
        }
    }
}

/// It says nothing that its crate does not: it is no part of a cache key.
impl fmt::Debug for SharedScans {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SharedScans")
    }
}

fn settled(source: &CrateSource, files: &[&Arc<SourceFile>]) -> Scans {
    let has_macros = |file: &&&Arc<SourceFile>| memmem::find(file.text().as_bytes(), b"macro_rules").is_some();
    let with_macros: Vec<(&Arc<SourceFile>, Arc<Scan>)> =
        files.iter().filter(has_macros).map(|file| (*file, Arc::new(scan(file, false)))).collect();
    let macros = Macros::of(with_macros.iter().map(|(file, scan)| (*file, scan)), &source.environment);
    let settled = |file: &&Arc<SourceFile>| {
        let scan = scan_in(file, &source.environment, &macros, false).settled(&source.environment);
        (file.path(), Arc::new(scan))
    };
    files.iter().map(settled).collect()
}
