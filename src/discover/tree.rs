//! The files of the repository.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::entries::{Entries, Entry};
use super::head::Outset;
use super::read::Loaded;
use super::recollection::Remembered;
use super::skip::decides_what_is_read;
use super::stamp::{Stamp, now};
use super::walk::is_ignored_by_git;
use super::{Changes, Recollection, read};
use crate::config::{Patterns, Project};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{Files, NameSet, RepoPath, Reread, SourceFile, Sources};

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
}

/// Which files there are: the same after each edit that only writes into some.
#[derive(Debug)]
struct Walk {
    scope: Scope,
    entries: Entries,
    folders: BTreeSet<RepoPath>,
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

/// A tree after [`Changes`].
#[derive(Debug)]
pub struct Rediscovered {
    /// The files as they are now.
    pub tree: SourceTree,
    /// Which of them are written anew, when the same files are there. `None` when others may be.
    pub written: Option<BTreeSet<RepoPath>>,
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
        let walk = Arc::new(Walk { scope, entries, folders, problems: walked });
        let shared =
            Shared { walk, written: BTreeMap::new(), is_lasting: false, began: now(), problems: Mutex::default() };
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
            if let Some(entry) = self.shared.walk.entries.get(*path)
                && is_untouched(*path, remembered)
            {
                let file = SourceFile::known(*path, Arc::clone(&remembered.known), &reread);
                // Nobody else is here.
                let _ = (entry.text.set(Some(Arc::new(file))), entry.stamp.set(remembered.stamp));
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

    /// This tree, but what `changes` may have touched is read again. `None` when it cannot be told without another walk which
    /// files there are now.
    pub(super) fn reread(&self, scope: &Scope, changes: &Changes) -> Option<Rediscovered> {
        let Changes::Paths(paths) = changes else { return None };
        if self.shared.walk.scope != *scope {
            return None;
        }
        let mut touched = BTreeSet::new();
        for path in paths {
            let path = RepoPath::below(self.root(), path)?;
            let data = std::fs::symlink_metadata(path.under(self.root()));
            let known = self.own_entry(path);
            if known.is_none() && data.is_err() && !self.is_folder(path) {
                // It came and went: a file beside the one that an editor is about to replace.
                continue;
            }
            let is_file =
                known.is_some_and(|entry| entry.stands_for.is_none()) && data.is_ok_and(|data| data.is_file());
            if !is_file || decides_what_is_read(path.file_name()) {
                return None;
            }
            touched.insert(path);
        }
        let mut written = self.shared.written.clone();
        let readable = |path| self.own_entry(path).is_some_and(|entry| entry.readable);
        written.extend(touched.iter().map(|&path| (path, Entry { readable: readable(path), ..Entry::default() })));
        let problems = Mutex::new(self.problems_but(|path| touched.contains(&path)));
        let shared = Shared {
            walk: Arc::clone(&self.shared.walk),
            written,
            is_lasting: self.shared.is_lasting,
            began: now(),
            problems,
        };
        let mut tree = Self { shared: Arc::new(shared), claimed: Arc::default() };
        let (same, changed): (BTreeSet<_>, _) = touched.into_iter().partition(|path| tree.says_as(self, *path));
        if let Some(shared) = Arc::get_mut(&mut tree.shared) {
            // With all that was derived from it.
            shared.written.extend(same.iter().filter_map(|&path| Some((path, self.own_entry(path)?.clone()))));
        }
        Some(Rediscovered { tree, written: Some(changed) })
    }

    /// Whether the text at `path` is known to be the same as in `before`.
    fn says_as(&self, before: &Self, path: RepoPath) -> bool {
        let Some(old) = before.own_entry(path) else { return false };
        let text = before.known_source(path);
        let new = text.as_ref().and_then(|_| self.source(path));
        // The beginning may have been read before the rest was written.
        text.zip(new).is_some_and(|(old, new)| old.text() == new.text()) && old.heads.are_told_by(self, path)
    }

    /// The text at `path`, if anybody has asked for it.
    pub fn known_source(&self, path: RepoPath) -> Option<Arc<SourceFile>> {
        self.own_entry(path)?.text.get()?.clone()
    }

    /// Whether the file at `path` tells those who decide about others by it the same as it told them in `before`
    /// ([`SourceFile::told`], [`SourceTree::of_head`]).
    pub fn tells_as(&self, before: &Self, path: RepoPath) -> bool {
        let Some(old) = before.own_entry(path) else { return false };
        let heads = old.heads.are_told_by(self, path);
        let text = old.text.get().is_none_or(|old| match (old, self.source(path)) {
            (Some(old), Some(new)) => new.tells_as(old),
            (old, new) => old.is_none() && new.is_none(),
        });
        heads && text
    }

    /// Takes over from `before` what was read of files that `changes` did not touch.
    pub(super) fn take_over(mut self, before: &Self, changes: &Changes) -> Self {
        let root = self.root().to_path_buf();
        let is_touched = |path: RepoPath| changes.touch(&path.under(&root));
        let known = |path: RepoPath| before.own_entry(path).filter(|_| !is_touched(path));
        if let Some(shared) = Arc::get_mut(&mut self.shared) {
            shared.is_lasting = before.shared.is_lasting;
            let mut problems = before.problems_but(is_touched);
            problems.retain(|path, _| shared.walk.entries.get(*path).is_some());
            shared.problems = Mutex::new(problems);
            if let Some(walk) = Arc::get_mut(&mut shared.walk) {
                for (path, entry) in walk.entries.iter_mut() {
                    if let Some(old) = known(path) {
                        entry.text.clone_from(&old.text);
                        entry.heads.clone_from(&old.heads);
                    }
                }
            }
        }
        self
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

    fn problems_but(&self, is_touched: impl Fn(RepoPath) -> bool) -> BTreeMap<RepoPath, Diagnostic> {
        let mut problems = self.shared.problems.lock().unwrap_or_else(PoisonError::into_inner).clone();
        problems.retain(|path, _| !is_touched(*path));
        problems
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

    /// What was wrong with the walk, and with the files that have been read so far, by path.
    pub fn diagnostics(&self) -> Diagnostics {
        let problems = self.shared.problems.lock().unwrap_or_else(PoisonError::into_inner);
        self.shared.walk.problems.iter().chain(problems.values()).cloned().collect()
    }
}

impl Sources for SourceTree {
    fn source(&self, path: RepoPath) -> Option<Arc<SourceFile>> {
        let path = self.follow(path);
        let entry = self.own_entry(path)?;
        let load = || {
            let Loaded { file, problem, stamp } = read::read(self.root(), path);
            if let Some(stamp) = stamp {
                // The text is read once.
                let _ = entry.stamp.set(stamp);
            }
            if let Some(problem) = problem {
                self.shared.problems.lock().unwrap_or_else(PoisonError::into_inner).insert(path, problem);
            }
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

    fn is_ignored(&self, path: RepoPath) -> bool {
        is_ignored_by_git(self.root(), path)
    }

    fn paths(&self) -> Box<dyn Iterator<Item = RepoPath> + '_> {
        Box::new(self.shared.walk.entries.iter().map(|(path, _)| path).chain(self.shared.walk.folders.iter().copied()))
    }
}
