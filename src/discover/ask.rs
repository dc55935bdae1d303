//! A question about the bytes of many files -> what they say to it; kept for a preview, which asks it again after each edit.

use std::any::{Any, TypeId};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::SourceTree;
use crate::source::RepoPath;

/// Larger files are data that nobody wrote. In bytes.
const LARGEST: u64 = 16 * 1024 * 1024;

/// What is asked of files, whether anybody reads them or not.
pub trait Question: Clone + PartialEq + Send + Sync + 'static {
    /// Whether the file at `path` is asked.
    fn concerns(&self, path: RepoPath) -> bool;

    /// What a file with these bytes says. The same bytes say the same.
    fn answer(&self, bytes: &[u8]) -> BTreeSet<String>;
}

/// What was asked last, by the type of the question.
#[derive(Debug, Default)]
pub(super) struct Asked {
    all: Mutex<BTreeMap<TypeId, Kept>>,
}

#[derive(Clone)]
struct Kept {
    /// An [`Answered`].
    answered: Arc<dyn Any + Send + Sync>,
    /// Files that were written since.
    written: BTreeSet<RepoPath>,
}

struct Answered<Q> {
    question: Q,
    /// By file, of those that say something.
    answers: BTreeMap<RepoPath, BTreeSet<String>>,
}

impl Asked {
    /// The same after the files of `written` were.
    pub(super) fn after(&self, written: &BTreeSet<RepoPath>) -> Self {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner).clone();
        all.values_mut().for_each(|kept| kept.written.extend(written));
        Self { all: Mutex::new(all) }
    }
}

impl SourceTree {
    /// What the files of the tree say to `question`.
    pub fn ask<Q: Question>(&self, question: &Q) -> BTreeSet<String> {
        let asked = &self.asked().all;
        let kept = asked.lock().unwrap_or_else(PoisonError::into_inner).get(&TypeId::of::<Q>()).cloned();
        let known = kept.and_then(|kept| Some((kept.answered.downcast::<Answered<Q>>().ok()?, kept.written)));
        let (mut answers, unknown) = match known.filter(|(answered, _)| answered.question == *question) {
            Some((answered, written)) => {
                let holds = |path: &RepoPath| !written.contains(path) && self.has_file(*path);
                let held = answered.answers.iter().filter(|(path, _)| holds(path));
                let written = written.iter().copied().filter(|path| self.has_file(*path)).collect();
                (held.map(|(path, answer)| (*path, answer.clone())).collect(), written)
            }
            None => (BTreeMap::new(), self.own_files().collect::<Vec<_>>()),
        };
        let unknown: Vec<RepoPath> = unknown.into_iter().filter(|path| question.concerns(*path)).collect();
        let answer = |path: &RepoPath| Some((*path, question.answer(&self.bytes_up_to(*path, LARGEST)?)));
        answers.par_extend(unknown.par_iter().filter_map(answer).filter(|(_, answer)| !answer.is_empty()));
        let all = answers.values().flatten().cloned().collect();
        if self.is_lasting() {
            let answered = Arc::new(Answered { question: question.clone(), answers });
            let kept = Kept { answered, written: BTreeSet::new() };
            asked.lock().unwrap_or_else(PoisonError::into_inner).insert(TypeId::of::<Q>(), kept);
        }
        all
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Kept").field("written", &self.written).finish_non_exhaustive()
    }
}
