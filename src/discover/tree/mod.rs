//! The files of the repository.

mod later;
mod layout;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::absent::may_tell;
use super::ask::Asked;
use super::entries::{Entries, Entry};
use super::head::Outset;
use super::read::Loaded;
use super::recollection::Remembered;
use super::stamp::{Stamp, now};
use super::walk::is_ignored_by_git;
use super::{Recollection, read};
use crate::config::{Patterns, Project};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{Files, NameSet, RepoPath, Reread, SourceFile, Sources};

pub use later::Rediscovered;

/// All files that git would know, by path, with those that documentation may be read from marked as such. Cheap to
/// clone: clones share what was read.
#[derive(Clone, Debug)]
pub struct SourceTree {
    shared: Arc<Shared>,
    claimed: Arc<NameSet<RepoPath>>,
}

#[derive(Debug)]
struct Shared {
    walk: Arc<Walk>,
    /// What is known now of files that were written since the walk.
    written: BTreeMap<RepoPath, Entry>,
    /// Whether its files outlive a build.
    is_lasting: bool,
    /// When it was made: nothing was read before.
    began: u64,
    problems: Mutex<BTreeMap<RepoPath, Diagnostic>>,
    asked: Asked,
}

/// Which files there are: the same after each edit that only writes into some.
#[derive(Debug)]
struct Walk {
    scope: Scope,
    entries: Entries,
    folders: BTreeSet<RepoPath>,
    /// Folders of submodules that nobody fetched; folders of the repository, too.
    absent_modules: Vec<RepoPath>,
    is_sparse: bool,
    /// What was wrong.
    problems: Diagnostics,
}

/// What was walked.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scope {
    root: PathBuf,
    output_dir: PathBuf,
    exclude: Patterns,
    named: Vec<RepoPath>,
}

impl Scope {
    pub(super) fn of(project: &Project) -> Self {
        let (root, output_dir) = (project.root.clone(), project.site.output_dir.clone());
        Self { root, output_dir, exclude: project.exclude.clone(), named: project.named() }
    }
}

impl SourceTree {
    pub(super) fn new(scope: Scope, entries: Entries, absent_modules: Vec<RepoPath>, walked: Diagnostics) -> Self {
        let mut folders = BTreeSet::from([RepoPath::root()]);
        let parents = entries.iter().map(|(path, _)| path.parent());
        for mut folder in parents.chain(absent_modules.iter().copied()) {
            while folders.insert(folder) {
                folder = folder.parent();
            }
        }
        let is_sparse = entries.iter().any(|(path, entry)| entry.is_absent && may_tell(path));
        let walk = Arc::new(Walk { scope, entries, folders, absent_modules, is_sparse, problems: walked });
        let shared = Shared {
            walk,
            written: BTreeMap::new(),
            is_lasting: false,
            began: now(),
            problems: Mutex::default(),
            asked: Asked::default(),
        };
        Self { shared: Arc::new(shared), claimed: Arc::default() }
    }

    /// The same tree, but files that `recollection` knows and that have not been touched since are taken to be as they were.
    /// Nobody may have read from it yet.
    #[must_use]
    pub fn recalling(self, recollection: &Recollection) -> Self {
        let reread = self.reread_text();
        let is_untouched = |path: RepoPath, remembered: &Remembered| {
            let data = std::fs::symlink_metadata(path.under(self.root())).ok().filter(std::fs::Metadata::is_file);
            remembered.is_settled && data.is_some_and(|data| Stamp::of(&data) == remembered.stamp)
        };
        recollection.files.par_iter().for_each(|(path, remembered)| {
            let Some(entry) = self.shared.walk.entries.get(*path) else { return };
            if is_untouched(*path, remembered) {
                let file = SourceFile::known(*path, Arc::clone(&remembered.known), &reread);
                // Nobody else is here.
                let _ = (entry.text.set(Some(Arc::new(file))), entry.stamp.set(remembered.stamp));
            } else {
                let _ = entry.remembered.set(Arc::clone(&remembered.known));
            }
        });
        self
    }

    /// The same tree without the texts that have been read: each is read again when somebody asks for it. Nobody else may hold
    /// the tree.
    #[must_use]
    pub fn at_rest(mut self) -> Self {
        let reread = self.reread_text();
        let Some(shared) = Arc::get_mut(&mut self.shared) else { return self };
        let Some(walk) = Arc::get_mut(&mut shared.walk).filter(|_| !shared.is_lasting) else { return self };
        walk.entries.par_iter_mut().for_each(|(path, entry)| {
            if let Some(Some(file)) = entry.text.get_mut()
                && entry.stamp.get().is_some()
                && file.is_loaded()
            {
                *file = Arc::new(SourceFile::known(*path, file.knowledge(), &reread));
            }
        });
        self
    }

    /// What is known of the files that have been read, or need not be.
    pub fn recollection(&self) -> Recollection {
        let remember = |(path, entry): (RepoPath, &Entry)| {
            let (file, stamp) = (entry.text.get()?.as_ref()?, *entry.stamp.get()?);
            let remembered =
                Remembered { stamp, is_settled: stamp.is_settled(self.shared.began), known: file.knowledge() };
            Some((path, remembered))
        };
        Recollection { files: self.shared.walk.entries.iter().filter_map(remember).collect() }
    }

    fn reread_text(&self) -> Arc<Reread> {
        let root = self.root().to_path_buf();
        Arc::new(move |path| read::read(&root, path).file.map(|file| file.text().to_owned()).unwrap_or_default())
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

    /// The text at `path`, if anybody has asked for it.
    pub fn known_source(&self, path: RepoPath) -> Option<Arc<SourceFile>> {
        self.own_entry(path)?.text.get()?.clone()
    }

    /// What is known of the file at `path` itself.
    fn own_entry(&self, path: RepoPath) -> Option<&Entry> {
        self.shared.written.get(&path).or_else(|| self.shared.walk.entries.get(path))
    }

    /// The file that `path` stands for, and what is known of it.
    fn entry(&self, path: RepoPath) -> Option<(RepoPath, &Entry)> {
        let entry = self.own_entry(path)?;
        match entry.stands_for {
            None => Some((path, entry)),
            Some(other) => Some((other, self.own_entry(other)?)),
        }
    }

    /// The repository's root on this machine.
    pub fn root(&self) -> &Path {
        &self.shared.walk.scope.root
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.shared.walk.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.shared.walk.entries.len() == 0
    }

    /// The files that documentation may be read from and that nobody has claimed, sorted.
    pub fn files(&self) -> impl Iterator<Item = RepoPath> {
        let entries = self.shared.walk.entries.iter();
        entries.filter(|(path, entry)| entry.readable && !self.claimed.contains(path)).map(|(path, _)| path)
    }

    /// The same tree, of which `files()` no longer lists those in `claimed`. Their text can still be had.
    pub fn without(&self, claimed: &NameSet<RepoPath>) -> Self {
        Self { shared: Arc::clone(&self.shared), claimed: Arc::new(claimed.clone()) }
    }

    /// The folders that hold files of which documentation may be read, the root among them: what a preview watches.
    pub fn read_folders(&self) -> BTreeSet<RepoPath> {
        let mut folders = BTreeSet::from([RepoPath::root()]);
        for (path, _) in self.shared.walk.entries.iter().filter(|(_, entry)| entry.readable) {
            let mut folder = path.parent();
            while folders.insert(folder) {
                folder = folder.parent();
            }
        }
        folders
    }

    /// Whether files of the repository that may declare something are not laid out here, as in a sparse checkout: then nobody can tell
    /// what is nowhere in it.
    pub fn is_sparse(&self) -> bool {
        self.shared.walk.is_sparse
    }

    /// The texts of `paths`, read side by side. Files that are not text are left out.
    pub fn sources(&self, paths: &[RepoPath]) -> Vec<Arc<SourceFile>> {
        paths.par_iter().filter_map(|&path| self.source(path)).collect()
    }

    /// What the beginning of the file at `path` tells. A lasting tree keeps it.
    pub fn of_head<T: Outset>(&self, path: RepoPath) -> Option<Arc<T>> {
        let (path, entry) = self.entry(path)?;
        if let Some(kept) = entry.heads.told() {
            return Some(kept);
        }
        let head = match entry.text.get() {
            Some(None) => return None,
            Some(Some(file)) if file.is_loaded() => {
                let text = file.text();
                String::from_utf8_lossy(&text.as_bytes()[..T::LENGTH.min(text.len())]).into_owned()
            }
            _ => read::head(&path.under(self.root()), T::LENGTH)?,
        };
        let told = Arc::new(T::of(&head));
        if self.shared.is_lasting {
            entry.heads.keep(&told);
        }
        Some(told)
    }

    /// The bytes of the file at `path`, for what goes into the site as it is. `None` when it cannot be read.
    pub fn bytes(&self, path: RepoPath) -> Option<Vec<u8>> {
        let path = self.follow(path);
        self.own_entry(path).is_some().then(|| std::fs::read(path.under(self.root())).ok()).flatten()
    }

    /// The same, unless they are more than `most`.
    pub(super) fn bytes_up_to(&self, path: RepoPath, most: u64) -> Option<Vec<u8>> {
        let data = std::fs::metadata(path.under(self.root())).ok()?;
        (data.len() <= most).then(|| self.bytes(path)).flatten()
    }

    /// The files that stand for themselves.
    pub(super) fn own_files(&self) -> impl Iterator<Item = RepoPath> {
        self.shared.walk.entries.iter().filter(|(_, entry)| entry.stands_for.is_none()).map(|(path, _)| path)
    }

    /// Whether `path` is one of them.
    pub(super) fn has_file(&self, path: RepoPath) -> bool {
        self.own_entry(path).is_some_and(|entry| entry.stands_for.is_none())
    }

    pub(super) fn is_lasting(&self) -> bool {
        self.shared.is_lasting
    }

    pub(super) fn asked(&self) -> &Asked {
        &self.shared.asked
    }

    /// What was wrong with the walk, and with the files that have been read so far, by path.
    pub fn diagnostics(&self) -> Diagnostics {
        let problems = self.shared.problems.lock().unwrap_or_else(PoisonError::into_inner);
        self.shared.walk.problems.iter().chain(problems.values()).cloned().collect()
    }
}

impl Sources for SourceTree {
    fn source(&self, path: RepoPath) -> Option<Arc<SourceFile>> {
        let path = self.follow(path);
        let entry = self.own_entry(path).filter(|entry| !entry.is_absent)?;
        let load = || {
            let Loaded { file, problem, stamp } = read::read(self.root(), path);
            if let Some(stamp) = stamp {
                // The text is read once.
                let _ = entry.stamp.set(stamp);
            }
            if let Some(problem) = problem {
                self.shared.problems.lock().unwrap_or_else(PoisonError::into_inner).insert(path, problem);
            }
            let file = file.map(|file| match entry.remembered.get() {
                Some(remembered) => file.recalling(remembered),
                None => file,
            });
            file.map(|file| Arc::new(if self.shared.is_lasting { file.lasting() } else { file }))
        };
        entry.text.get_or_init(load).clone()
    }
}

impl Files for SourceTree {
    fn contains(&self, path: RepoPath) -> bool {
        self.own_entry(path).is_some() || self.is_folder(path)
    }

    fn is_folder(&self, path: RepoPath) -> bool {
        self.shared.walk.folders.contains(&path)
    }

    fn follow(&self, path: RepoPath) -> RepoPath {
        self.own_entry(path).and_then(|entry| entry.stands_for).unwrap_or(path)
    }

    fn is_beside(&self, folder: RepoPath, relative: &str) -> bool {
        let Ok(target) = folder.under(self.root()).join(relative).canonicalize() else { return false };
        let top = self.root().ancestors().find(|folder| folder.join(".git").exists());
        top.and_then(|top| top.canonicalize().ok()).is_some_and(|top| target.starts_with(top))
    }

    fn is_absent(&self, path: RepoPath) -> bool {
        let modules = &self.shared.walk.absent_modules;
        // A symbolic link out of the repository is of it, and what it leads to is not.
        let leads_out = || {
            let is_known = self.own_entry(path).is_some() || self.is_folder(path);
            !is_known && std::fs::symlink_metadata(path.under(self.root())).is_ok_and(|data| data.is_symlink())
        };
        self.own_entry(path).is_some_and(|entry| entry.is_absent)
            || modules.iter().any(|module| path.is_below(*module))
            || leads_out()
    }

    fn is_ignored(&self, path: RepoPath) -> bool {
        is_ignored_by_git(self.root(), path)
    }

    fn paths(&self) -> Box<dyn Iterator<Item = RepoPath> + '_> {
        Box::new(self.shared.walk.entries.iter().map(|(path, _)| path).chain(self.shared.walk.folders.iter().copied()))
    }
}
