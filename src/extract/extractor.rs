//! What an extractor is.

use std::collections::HashSet;
use std::fmt::Debug;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::ExtractorOptions;
use crate::discover::SourceTree;
use crate::graph::{Fragment, Kind};
use crate::source::{RepoPath, SourceFile};

/// How an extractor presents itself.
#[derive(Debug)]
pub struct ExtractorSpec {
    /// Its name: the folder under `extract/`, and its table under `[extract]` in the configuration.
    pub name: &'static str,
    /// Raised whenever the same input gives another fragment: part of every cache key.
    pub version: u32,
    /// What its nodes can be.
    pub kinds: &'static [&'static Kind],
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
    type Scan: Send + Sync;

    /// Who this is.
    fn spec(&self) -> &'static ExtractorSpec;

    /// The inputs it claims among `tree.files()`, decided by path and, where needed, by content. Files that earlier
    /// extractors claimed are not among them. Deterministic, sorted as the tree is.
    fn inputs(&self, tree: &SourceTree, options: &ExtractorOptions) -> Vec<Input<Self::About>>;

    /// What `file` says on its own. Pure, never fails: what cannot be read becomes a diagnostic in the fragment.
    fn scan(&self, file: &Arc<SourceFile>) -> Self::Scan;

    /// What the input says. `scans` are those of `input.files`, in their order. Pure, never fails.
    fn extract(&self, input: &Input<Self::About>, scans: &[Arc<Self::Scan>]) -> Fragment;
}

/// An [`Extractor`] without its types, so that different ones stand in one list.
pub trait RegisteredExtractor: Send + Sync {
    /// Who this is.
    fn spec(&self) -> &'static ExtractorSpec;

    /// All its fragments, and the files they were made of.
    fn run(&self, tree: &SourceTree, options: &ExtractorOptions) -> (Vec<Fragment>, Vec<Claim>);
}

impl<E: Extractor> RegisteredExtractor for E {
    fn spec(&self) -> &'static ExtractorSpec {
        Extractor::spec(self)
    }

    fn run(&self, tree: &SourceTree, options: &ExtractorOptions) -> (Vec<Fragment>, Vec<Claim>) {
        let inputs = self.inputs(tree, options);
        let extractor = Extractor::spec(self).name;
        // A file may belong to several inputs.
        let mut seen = HashSet::new();
        let claims = inputs
            .iter()
            .flat_map(|input| {
                input.files.iter().map(|file| Claim { file: file.path(), extractor, reason: input.reason })
            })
            .filter(|claim: &Claim| seen.insert(claim.file))
            .collect();
        let fragments = inputs
            .par_iter()
            .map(|input| {
                let scans: Vec<Arc<E::Scan>> = input.files.par_iter().map(|file| Arc::new(self.scan(file))).collect();
                self.extract(input, &scans)
            })
            .collect();
        (fragments, claims)
    }
}
