//! What an extractor is.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::{Debug, Write};
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::ExtractorOptions;
use crate::discover::SourceTree;
use crate::graph::{Contracts, Fragment, Kind};
use crate::source::{ContentHash, ContentHasher, NameSet, RepoPath, SourceFile, Sources};

/// How an extractor presents itself.
#[derive(Debug)]
pub struct ExtractorSpec {
    /// Its name: the folder under `extract/`, and its table under `[extract]` in the configuration.
    pub name: &'static str,
    /// Raised whenever the same input gives another fragment: part of every cache key.
    pub version: u32,
    /// What its nodes can be.
    pub kinds: &'static [&'static Kind],
    /// The extensions of the files that its nodes' contracts are made of; none when they have none.
    pub contracts_from: &'static [&'static str],
}

/// One unit of extraction: the files that are needed to say what it means, and what the tree told about them.
#[derive(Clone, Debug)]
pub struct Input<A> {
    /// The files that it is made of, the leading one first. Never empty.
    pub files: Vec<Arc<SourceFile>>,
    /// Why it was claimed, in a few words: "in a folder named `adr`".
    pub reason: &'static str,
    /// What the extractor learnt from where the files stand: ids, titles and order from a summary.
    pub about: A,
}

/// A file that an extractor took for its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claim {
    /// The file.
    pub file: RepoPath,
    /// The extractor's name.
    pub extractor: &'static str,
    /// Why.
    pub reason: &'static str,
}

/// Reads one kind of source.
///
/// Sources of several files are read in two steps: `scan` looks at each file on its own, `extract` joins what was seen.
/// An edit then costs one scan, however large the unit. Sources of one file use `()` for `Scan`.
pub trait Extractor: Send + Sync {
    /// What the tree tells about an input, beyond its text. Its `Debug` output is part of the cache key.
    type About: Clone + Debug + Send + Sync;
    /// What one file says on its own.
    type Scan: Send + Sync + 'static;

    /// Who this is.
    fn spec(&self) -> &'static ExtractorSpec;

    /// The inputs it claims among `tree.files()`, decided by path and, where needed, by content. Files that earlier
    /// extractors claimed are not among them. Deterministic, sorted as the tree is. Content is asked only by
    /// [`SourceFile::told`], [`SourceFile::noted`] where many files are asked, and [`SourceTree::of_head`]: as long as all tell
    /// the same, the preview does not ask again.
    fn inputs(&self, tree: &SourceTree, options: &ExtractorOptions) -> Vec<Input<Self::About>>;

    /// What `file` says on its own. Pure, never fails: what cannot be read becomes a diagnostic in the fragment.
    fn scan(&self, file: &Arc<SourceFile>) -> Self::Scan;

    /// What the input says. `scans` are those of `input.files`, in their order. Pure, never fails.
    fn extract(&self, input: &Input<Self::About>, scans: &[Arc<Self::Scan>]) -> Fragment;

    /// What those of its nodes that others rely on promise them. Pure, never fails. Asked only when revisions are compared.
    fn contracts(&self, _input: &Input<Self::About>, _scans: &[Arc<Self::Scan>]) -> Contracts {
        Contracts::new()
    }
}

/// An [`Extractor`] without its types, so that different ones stand in one list.
pub trait RegisteredExtractor: Send + Sync {
    /// Who this is.
    fn spec(&self) -> &'static ExtractorSpec;

    /// What it claims, as units that can be read, and the files that they are made of.
    fn units(&'static self, tree: &SourceTree, options: &ExtractorOptions) -> (Vec<Unit>, Vec<Claim>);
}

/// An input with the extractor that claimed it: a [`Fragment`] that can be made whenever it is wanted.
pub struct Unit {
    /// What its fragment depends on, as one hash: extractor, version, what the tree told, paths and texts.
    pub key: ContentHash,
    input: Box<dyn AnyInput>,
}

impl Unit {
    fn new<E: Extractor>(extractor: &'static E, input: Input<E::About>) -> Self {
        Self { key: key(Extractor::spec(extractor), &input), input: Box::new(Claimed { extractor, input }) }
    }

    /// How many files it is made of.
    pub fn files(&self) -> usize {
        self.input.files()
    }

    /// What the input says. Pure, never fails.
    pub fn read(&self) -> Fragment {
        self.input.read()
    }

    /// What its nodes promise. Pure, never fails.
    pub fn contracts(&self) -> Contracts {
        self.input.contracts()
    }

    /// Lets go of the texts of many files, as `tree` has: they are read again when it is the unit's turn. That of one file stays, because
    /// reading it twice would cost more.
    pub fn rest(&mut self, tree: &SourceTree) {
        self.input.rest(tree);
    }

    /// The same input with the texts that its files have in `tree`, if any of those at `written` is among them. What the tree
    /// told of where they stand must still hold.
    pub fn rewritten(&self, tree: &SourceTree, written: &BTreeSet<RepoPath>) -> Option<Self> {
        self.input.rewritten(tree, written)
    }
}

/// An [`Input`] without its type.
trait AnyInput: Send + Sync {
    fn files(&self) -> usize;
    fn read(&self) -> Fragment;
    fn contracts(&self) -> Contracts;
    fn rest(&mut self, tree: &SourceTree);
    fn rewritten(&self, tree: &SourceTree, written: &BTreeSet<RepoPath>) -> Option<Unit>;
}

struct Claimed<E: Extractor + 'static> {
    extractor: &'static E,
    input: Input<E::About>,
}

impl<E: Extractor> AnyInput for Claimed<E> {
    fn files(&self) -> usize {
        self.input.files.len()
    }

    fn read(&self) -> Fragment {
        let mut input = Cow::Borrowed(&self.input);
        if !input.files.iter().all(|file| file.is_loaded()) {
            input.to_mut().files.par_iter_mut().for_each(|file| *file = file.awake());
        }
        self.extractor.extract(&input, &scans(self.extractor, &input))
    }

    fn contracts(&self) -> Contracts {
        self.extractor.contracts(&self.input, &scans(self.extractor, &self.input))
    }

    fn rest(&mut self, tree: &SourceTree) {
        if self.input.files.len() > 1 {
            for file in &mut self.input.files {
                *file = tree.source(file.path()).unwrap_or_else(|| Arc::clone(file));
            }
        }
    }

    fn rewritten(&self, tree: &SourceTree, written: &BTreeSet<RepoPath>) -> Option<Unit> {
        if !self.input.files.iter().any(|file| written.contains(&file.path())) {
            return None;
        }
        let text = |file: &Arc<SourceFile>| match written.contains(&file.path()) {
            true => tree.source(file.path()),
            false => Some(Arc::clone(file)),
        };
        let files = self.input.files.iter().filter_map(text).collect();
        let Input { reason, about, .. } = &self.input;
        Some(Unit::new(self.extractor, Input { files, reason, about: about.clone() }))
    }
}

impl<E: Extractor + 'static> RegisteredExtractor for E {
    fn spec(&self) -> &'static ExtractorSpec {
        Extractor::spec(self)
    }

    fn units(&'static self, tree: &SourceTree, options: &ExtractorOptions) -> (Vec<Unit>, Vec<Claim>) {
        let inputs = self.inputs(tree, options);
        let spec = Extractor::spec(self);
        // A file may belong to several inputs.
        let mut seen = NameSet::default();
        let claims = inputs
            .iter()
            .flat_map(|input| {
                let claim =
                    |file: &Arc<SourceFile>| Claim { file: file.path(), extractor: spec.name, reason: input.reason };
                input.files.iter().map(claim)
            })
            .filter(|claim: &Claim| seen.insert(claim.file))
            .collect();
        let units = inputs.into_par_iter().map(|input| Unit::new(self, input)).collect();
        (units, claims)
    }
}

fn scans<E: Extractor + 'static>(extractor: &E, input: &Input<E::About>) -> Vec<Arc<E::Scan>> {
    let scan = |file: &Arc<SourceFile>| {
        let scanned = file.derived(|_| Scanned::<E>(Arc::new(extractor.scan(file))));
        Arc::clone(&scanned.0)
    };
    input.files.par_iter().map(scan).collect()
}

/// What an extractor's `scan` saw in a file: kept with the file in a preview, where most files are what they were.
struct Scanned<E: Extractor>(Arc<E::Scan>);

fn key<A: Debug>(spec: &ExtractorSpec, input: &Input<A>) -> ContentHash {
    let mut hasher = ContentHasher::default();
    hasher.piece(spec.name.as_bytes());
    hasher.piece(&spec.version.to_le_bytes());
    for file in &input.files {
        hasher.piece(file.path().as_str().as_bytes());
        hasher.hash(file.hash());
    }
    // A hasher takes whatever is printed.
    let _ = write!(hasher, "{:?}", input.about);
    hasher.content_hash()
}
