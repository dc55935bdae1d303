//! A tree, and what happened to its files since -> a tree, with all that was read of files that nothing happened to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Scope, Shared, SourceTree};
use crate::diagnostic::Diagnostic;
use crate::discover::Changes;
use crate::discover::entries::Entry;
use crate::discover::skip::decides_what_is_read;
use crate::discover::stamp::now;
use crate::source::{Files, RepoPath, Sources};

/// A tree after [`Changes`].
#[derive(Debug)]
pub struct Rediscovered {
    /// The files as they are now.
    pub tree: SourceTree,
    /// Which of them are written anew, when the same files are there. `None` when others may be.
    pub written: Option<BTreeSet<RepoPath>>,
}

impl SourceTree {
    /// This tree, but what `changes` may have touched is read again. `None` when it cannot be told without another walk which
    /// files there are now.
    pub(in crate::discover) fn reread(&self, scope: &Scope, changes: &Changes) -> Option<Rediscovered> {
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
            let is_file = known.is_some_and(|entry| entry.stands_for.is_none() && !entry.is_absent)
                && data.is_ok_and(|data| data.is_file());
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
            asked: self.shared.asked.after(&touched),
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
    pub(in crate::discover) fn take_over(mut self, before: &Self, changes: &Changes) -> Self {
        let root = self.root().to_path_buf();
        let is_touched = |path: RepoPath| changes.touch(&path.under(&root));
        let known = |path: RepoPath| before.own_entry(path).filter(|_| !is_touched(path));
        if let Some(shared) = Arc::get_mut(&mut self.shared) {
            shared.is_lasting = before.shared.is_lasting;
            let mut problems = before.problems_but(is_touched);
            problems.retain(|path, _| shared.walk.entries.get(*path).is_some());
            shared.problems = Mutex::new(problems);
            let is_new = |path: &RepoPath| is_touched(*path) || before.own_entry(*path).is_none();
            let paths = shared.walk.entries.iter().map(|(path, _)| path);
            shared.asked = before.shared.asked.after(&paths.filter(is_new).collect());
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

    fn problems_but(&self, is_touched: impl Fn(RepoPath) -> bool) -> BTreeMap<RepoPath, Diagnostic> {
        let mut problems = self.shared.problems.lock().unwrap_or_else(PoisonError::into_inner).clone();
        problems.retain(|path, _| !is_touched(*path));
        problems
    }
}
