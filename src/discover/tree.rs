//! The files of the repository.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::entries::{Entries, Entry};
use super::walk::decides_what_is_read;
use super::{Changes, read};
use crate::config::{Patterns, Project};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{Files, NameSet, RepoPath, SourceFile, Sources};

/// All files that git would know, by path, with those that documentation may be read from marked as such. Cheap to
/// clone: clones share what was read.
#[derive(Clone, Debug)]
pub struct SourceTree {
    shared: Arc<Shared>,
    claimed: Arc<NameSet<RepoPath>>,
}

#[derive(Debug)]
struct Shared {
    scope: Scope,
    entries: Entries,
    folders: BTreeSet<RepoPath>,
    /// Whether its files outlive a build.
    is_lasting: bool,
    /// What the walk found.
    walked: Diagnostics,
    problems: Mutex<BTreeMap<RepoPath, Diagnostic>>,
}

/// What was walked.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scope {
    root: PathBuf,
    output_dir: PathBuf,
    exclude: Patterns,
}

impl Scope {
    pub(super) fn of(project: &Project) -> Self {
        let (root, output_dir) = (project.root.clone(), project.site.output_dir.clone());
        Self { root, output_dir, exclude: project.exclude.clone() }
    }
}

impl SourceTree {
    pub(super) fn new(scope: Scope, entries: Entries, walked: Diagnostics) -> Self {
        let mut folders = BTreeSet::from([RepoPath::root()]);
        for (path, _) in entries.iter() {
            let mut folder = path.parent();
            while folders.insert(folder) {
                folder = folder.parent();
            }
        }
        let shared = Shared { scope, entries, folders, is_lasting: false, walked, problems: Mutex::default() };
        Self { shared: Arc::new(shared), claimed: Arc::default() }
    }

    /// The same tree, for a preview: what is derived from its files is kept with them ([`SourceFile::derived`]), and so it is
    /// in the trees that come out of it by [`rediscover`](super::rediscover). Nobody may have read from it yet.
    #[must_use]
    pub fn lasting(mut self) -> Self {
        if let Some(shared) = Arc::get_mut(&mut self.shared) {
            shared.is_lasting = true;
        }
        self
    }

    /// This tree, but what `changes` may have touched will be read again. `None` when it cannot be told without another
    /// walk which files there are now.
    pub(super) fn reread(&self, scope: &Scope, changes: &Changes) -> Option<Self> {
        let Changes::Paths(paths) = changes else { return None };
        if self.shared.scope != *scope {
            return None;
        }
        let mut changed = NameSet::default();
        for path in paths {
            let path = RepoPath::below(self.root(), path)?;
            let data = std::fs::symlink_metadata(path.under(self.root()));
            let known = self.shared.entries.get(path);
            if known.is_none() && data.is_err() && !self.is_folder(path) {
                // It came and went: a file beside the one that an editor is about to replace.
                continue;
            }
            let is_file =
                known.is_some_and(|entry| entry.stands_for.is_none()) && data.is_ok_and(|data| data.is_file());
            if !is_file || decides_what_is_read(path.file_name()) {
                return None;
            }
            changed.insert(path);
        }
        let mut entries = self.shared.entries.clone();
        for (_, entry) in entries.iter_mut().filter(|(path, _)| changed.contains(path)) {
            (entry.text, entry.head) = Default::default();
        }
        let shared = Shared {
            scope: self.shared.scope.clone(),
            entries,
            folders: self.shared.folders.clone(),
            is_lasting: self.shared.is_lasting,
            walked: self.shared.walked.clone(),
            problems: Mutex::new(self.problems_but(|path| changed.contains(&path))),
        };
        Some(Self { shared: Arc::new(shared), claimed: Arc::default() })
    }

    /// Takes over from `before` what was read of files that `changes` did not touch.
    pub(super) fn take_over(mut self, before: &Self, changes: &Changes) -> Self {
        let root = self.root().to_path_buf();
        let is_touched = |path: RepoPath| changes.touch(&path.under(&root));
        if let Some(shared) = Arc::get_mut(&mut self.shared) {
            shared.is_lasting = before.shared.is_lasting;
            for (path, entry) in shared.entries.iter_mut() {
                if let Some(old) = before.shared.entries.get(path).filter(|_| !is_touched(path)) {
                    entry.text.clone_from(&old.text);
                    entry.head.clone_from(&old.head);
                }
            }
            let mut problems = before.problems_but(is_touched);
            problems.retain(|path, _| shared.entries.get(*path).is_some());
            shared.problems = Mutex::new(problems);
        }
        self
    }

    /// The file that `path` stands for, and what is known of it.
    fn entry(&self, path: RepoPath) -> Option<(RepoPath, &Entry)> {
        let entry = self.shared.entries.get(path)?;
        match entry.stands_for {
            None => Some((path, entry)),
            Some(other) => Some((other, self.shared.entries.get(other)?)),
        }
    }

    fn problems_but(&self, is_touched: impl Fn(RepoPath) -> bool) -> BTreeMap<RepoPath, Diagnostic> {
        let mut problems = self.shared.problems.lock().unwrap_or_else(PoisonError::into_inner).clone();
        problems.retain(|path, _| !is_touched(*path));
        problems
    }

    /// The repository's root on this machine.
    pub fn root(&self) -> &Path {
        &self.shared.scope.root
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.shared.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.shared.entries.len() == 0
    }

    /// The files that documentation may be read from and that nobody has claimed, sorted.
    pub fn files(&self) -> impl Iterator<Item = RepoPath> {
        let entries = self.shared.entries.iter();
        entries.filter(|(path, entry)| entry.readable && !self.claimed.contains(path)).map(|(path, _)| path)
    }

    /// The same tree, of which `files()` no longer lists those in `claimed`. Their text can still be had.
    pub fn without(&self, claimed: &NameSet<RepoPath>) -> Self {
        Self { shared: Arc::clone(&self.shared), claimed: Arc::new(claimed.clone()) }
    }

    /// The folders that hold files of which documentation may be read, the root among them: what a preview watches.
    pub fn read_folders(&self) -> BTreeSet<RepoPath> {
        let mut folders = BTreeSet::from([RepoPath::root()]);
        for (path, _) in self.shared.entries.iter().filter(|(_, entry)| entry.readable) {
            let mut folder = path.parent();
            while folders.insert(folder) {
                folder = folder.parent();
            }
        }
        folders
    }

    /// The texts of `paths`, read side by side. Files that are not text are left out.
    pub fn sources(&self, paths: &[RepoPath]) -> Vec<Arc<SourceFile>> {
        paths.par_iter().filter_map(|&path| self.source(path)).collect()
    }

    /// What `judge` makes of the first `length` bytes of the file at `path`, as far as they are text: for telling from many
    /// files the few that are worth reading. A lasting tree keeps what is made of the first one who asks.
    pub fn of_head<T: Send + Sync + 'static>(
        &self,
        path: RepoPath,
        length: usize,
        judge: impl FnOnce(&str) -> T,
    ) -> Option<Arc<T>> {
        let (path, entry) = self.entry(path)?;
        if let Some(kept) = entry.head.get().and_then(|kept| Arc::clone(kept).downcast().ok()) {
            return Some(kept);
        }
        let head = match entry.text.get() {
            Some(read) => {
                let text = read.as_ref()?.text();
                String::from_utf8_lossy(&text.as_bytes()[..length.min(text.len())]).into_owned()
            }
            None => read::head(&path.under(self.root()), length)?,
        };
        let made = Arc::new(judge(&head));
        if self.shared.is_lasting {
            // Whoever was faster has kept the same.
            let _ = entry.head.set(Arc::<T>::clone(&made));
        }
        Some(made)
    }

    /// The bytes of the file at `path`, for what goes into the site as it is. `None` when it cannot be read.
    pub fn bytes(&self, path: RepoPath) -> Option<Vec<u8>> {
        let path = self.follow(path);
        self.shared.entries.get(path).is_some().then(|| std::fs::read(path.under(self.root())).ok()).flatten()
    }

    /// What was wrong with the walk, and with the files that have been read so far, by path.
    pub fn diagnostics(&self) -> Diagnostics {
        let problems = self.shared.problems.lock().unwrap_or_else(PoisonError::into_inner);
        self.shared.walked.iter().chain(problems.values()).cloned().collect()
    }
}

impl Sources for SourceTree {
    fn source(&self, path: RepoPath) -> Option<Arc<SourceFile>> {
        let path = self.follow(path);
        let (path, entry) = self.entry(path)?;
        let load = || {
            let (file, problem) = read::read(self.root(), path);
            if let Some(problem) = problem {
                self.shared.problems.lock().unwrap_or_else(PoisonError::into_inner).insert(path, problem);
            }
            file.map(Arc::new)
        };
        entry.text.get_or_init(load).clone()
    }
}

impl Files for SourceTree {
    fn contains(&self, path: RepoPath) -> bool {
        self.shared.entries.get(path).is_some() || self.is_folder(path)
    }

    fn is_folder(&self, path: RepoPath) -> bool {
        self.shared.folders.contains(&path)
    }

    fn follow(&self, path: RepoPath) -> RepoPath {
        self.shared.entries.get(path).and_then(|entry| entry.stands_for).unwrap_or(path)
    }

    fn is_beside(&self, folder: RepoPath, relative: &str) -> bool {
        let Ok(target) = folder.under(self.root()).join(relative).canonicalize() else { return false };
        let top = self.root().ancestors().find(|folder| folder.join(".git").exists());
        top.and_then(|top| top.canonicalize().ok()).is_some_and(|top| target.starts_with(top))
    }

    fn paths(&self) -> Box<dyn Iterator<Item = RepoPath> + '_> {
        Box::new(self.shared.entries.iter().map(|(path, _)| path).chain(self.shared.folders.iter().copied()))
    }
}
