//! What the files say, kept from one edit to the next.
//!
//! Enters: what changed on disk. Leaves: the fragments as they are now. Which files are what is asked again only when that may
//! be different: when there are others, or when one that was written tells something by which others are judged.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Project;
use crate::discover::{Changes, History, NoHistory, Rediscovered, SourceTree, discover, rediscover};
use crate::extract::{Claim, Claimed, Unit, claim};
use crate::graph::{Directions, Fragment};
use crate::source::{ContentHash, Note, RepoPath, SourceFile, Sources};

use super::fragments::NewBodies;
use super::progress::stage;
use super::{Amount, Forgetful, FragmentCache, Progress, Read, fragments, read_with_history};

/// What was read of a project.
pub(super) struct Reading {
    project: Project,
    tree: SourceTree,
    units: Vec<Unit>,
    claims: Vec<Claim>,
    /// By unit.
    fragments: Vec<Arc<Fragment>>,
    history: Result<History, NoHistory>,
}

impl Reading {
    /// Reads everything.
    pub(super) fn begin(project: &Project, progress: &dyn Progress) -> Self {
        let tree = stage!(progress, Discover, discover(project).lasting(), |tree| Amount::items(tree.len()));
        Self::of(project, tree, &Forgetful, None, progress)
    }

    fn of(
        project: &Project,
        tree: SourceTree,
        known: &dyn FragmentCache,
        past: Option<&History>,
        progress: &dyn Progress,
    ) -> Self {
        let claimed = stage!(progress, Claim, claim(&tree, project), |claimed| Amount::items(claimed.claims.len()));
        let Claimed { units, claims } = claimed;
        let (fragments, history) = read_with_history(project, &tree, past, || {
            let read = || fragments::read(&units, known, NewBodies::Shown);
            stage!(progress, Extract, read(), |read| Amount::items(read.len()))
        });
        Self { project: project.clone(), tree, units, claims, fragments, history }
    }

    /// Reads what `changes` touched. Whether the same files are there under the same settings, so that what is known beyond what
    /// they say still holds.
    pub(super) fn again(&mut self, project: &Project, changes: &Changes, progress: &dyn Progress) -> bool {
        let rediscover = || rediscover(project, &self.tree, changes);
        let Rediscovered { tree, written } =
            stage!(progress, Discover, rediscover(), |found| Amount::items(found.tree.len()));
        let written = written.filter(|_| self.project == *project);
        // All are asked: each has to tell what the file before it told.
        let tells_otherwise = |path: &&RepoPath| !tree.tells_as(&self.tree, **path);
        if let Some(written) = &written
            && written.iter().filter(tells_otherwise).count() == 0
        {
            let directs_alike = self.directs_alike(&tree, written);
            self.rewrite(tree, written, progress);
            return directs_alike;
        }
        let is_like_before = written.is_some_and(|written| self.directs_alike(&tree, &written));
        let keys = self.units.iter().map(|unit| unit.key);
        let known: HashMap<ContentHash, Arc<Fragment>> = keys.zip(self.fragments.drain(..)).collect();
        let past = self.history.as_ref().ok().cloned();
        *self = Self::of(project, tree, &known, past.as_ref(), progress);
        is_like_before
    }

    /// Whether the files in `written` are to be completed by another generator exactly when they were.
    fn directs_alike(&self, tree: &SourceTree, written: &BTreeSet<RepoPath>) -> bool {
        let is_alike = |old: Arc<SourceFile>, path| {
            tree.source(path).is_some_and(|new| Directions::of(&old) == Directions::of(&new))
        };
        // What nobody has read directs nothing.
        written.iter().all(|path| self.tree.known_source(*path).is_none_or(|old| is_alike(old, *path)))
    }

    /// Reads those units anew that have one of the files in `written`.
    fn rewrite(&mut self, tree: SourceTree, written: &BTreeSet<RepoPath>, progress: &dyn Progress) {
        let rewrite = || -> Vec<(usize, Unit)> {
            let units = self.units.par_iter().enumerate();
            units.filter_map(|(place, unit)| Some((place, unit.rewritten(&tree, written)?))).collect()
        };
        let rewritten = stage!(progress, Claim, rewrite(), |units| Amount::items(units.len()));
        let read = || -> Vec<Arc<Fragment>> { rewritten.par_iter().map(|(_, unit)| Arc::new(unit.read())).collect() };
        let fragments = stage!(progress, Extract, read(), |read| Amount::items(read.len()));
        for ((place, unit), fragment) in rewritten.into_iter().zip(fragments) {
            self.units[place] = unit;
            self.fragments[place] = fragment;
        }
        self.tree = tree;
        if let Ok(history) = &mut self.history {
            *history = history.clone().with_edits(written);
        }
    }

    pub(super) fn history(&self) -> &Result<History, NoHistory> {
        &self.history
    }

    pub(super) fn tree(&self) -> &SourceTree {
        &self.tree
    }

    pub(super) fn claims(&self) -> &[Claim] {
        &self.claims
    }

    pub(super) fn fragments(&self) -> &[Arc<Fragment>] {
        &self.fragments
    }

    /// All of it, for joining.
    pub(super) fn read(&self) -> Read {
        let Self { tree, claims, fragments, history, .. } = self;
        let (tree, claims, fragments) = (tree.clone(), claims.clone(), fragments.clone());
        Read { tree, claims, fragments, history: history.clone(), basis: None }
    }
}
