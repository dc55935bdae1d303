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

/// Where the scans of a crate wait for the crates that re-export from it, and for itself.
#[derive(Clone, Default)]
pub(crate) struct SharedScans(Arc<Mutex<Kept>>);

/// Scans, what they depend on beside their own files, and those files' hashes.
#[derive(Default)]
struct Kept {
    context: Option<ContentHash>,
    scans: HashMap<RepoPath, (ContentHash, Arc<Scan>)>,
}

impl SharedScans {
    /// Those of `source`, of which `files` are the files. In them it is settled what is there: whoever asks has other
    /// features.
    pub(super) fn of(&self, source: &CrateSource, files: &HashMap<RepoPath, Arc<SourceFile>>) -> Scans {
        let files: Vec<&Arc<SourceFile>> = source.files.iter().filter_map(|path| files.get(path)).collect();
        let has_macros = |file: &&&Arc<SourceFile>| memmem::find(file.text().as_bytes(), b"macro_rules").is_some();
        let with_macros: Vec<&Arc<SourceFile>> = files.iter().filter(has_macros).copied().collect();
        let mut hasher = ContentHasher::default();
        hasher.piece(format!("{:?}", source.environment).as_bytes());
        with_macros.iter().for_each(|file| hasher.hash(file.hash()));
        let context = hasher.content_hash();
        // Nothing is done side by side while it is locked: a thread that helped others meanwhile might want the lock again.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.context != Some(context) {
            *kept = Kept { context: Some(context), scans: HashMap::new() };
        }
        let is_new =
            |file: &&&Arc<SourceFile>| kept.scans.get(&file.path()).is_none_or(|(hash, _)| *hash != file.hash());
        let new: Vec<&Arc<SourceFile>> = files.iter().filter(is_new).copied().collect();
        if !new.is_empty() {
            let known: Vec<(&Arc<SourceFile>, Arc<Scan>)> =
                with_macros.into_iter().map(|file| (file, Arc::new(scan(file, false)))).collect();
            let macros = Macros::of(known.iter().map(|(file, scan)| (*file, scan)), &source.environment);
            for file in new {
                let scan = scan_in(file, &source.environment, &macros, false).settled(&source.environment);
                kept.scans.insert(file.path(), (file.hash(), Arc::new(scan)));
            }
        }
        let scan = |file: &Arc<SourceFile>| Some((file.path(), Arc::clone(&kept.scans.get(&file.path())?.1)));
        files.into_iter().filter_map(scan).collect()
    }
}

/// It says nothing that its crate does not: it is no part of a cache key.
impl fmt::Debug for SharedScans {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SharedScans")
    }
}
