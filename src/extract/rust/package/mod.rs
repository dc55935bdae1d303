//! Which crates a repository has, and which files they are made of.
//!
//! Enters: the [`SourceTree`]. Leaves: a [`CrateSource`] for each library, program and procedural macro crate that
//! `cargo doc` would document. Manifests are read as text; Cargo is not needed.

mod at_hand;
mod crates;
mod flag_aliases;
mod lint_levels;
mod lock;
mod manifest;
mod modules;
mod workspace;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use crate::source::{RepoPath, SourceFile};

use super::scan::{Environment, Lints};
use super::scans::SharedScans;

pub(crate) use crates::{FoundCrate, find_crates};
pub(crate) use manifest::problems as manifest_problems;
pub(crate) use modules::ModuleFolder;

/// What is known of a crate before its code is read.
#[derive(Clone, Debug)]
pub(crate) struct CrateSource {
    /// The name by which code calls it: `shop_client`. Unique in the repository.
    pub(crate) name: String,
    /// What is made of it.
    pub(crate) target: TargetKind,
    /// The package that it belongs to: `shop-client`.
    pub(crate) package: String,
    /// The package's version.
    pub(crate) version: String,
    /// What the package says about itself.
    pub(crate) description: String,
    /// Whether paths in `use` start at the crate's root (edition 2015).
    pub(crate) paths_from_root: bool,
    /// Whether the package has a build script, which may write source files.
    pub(crate) is_generated: bool,
    /// The flags under which docs.rs documents it.
    pub(crate) environment: Environment,
    /// Which broken links its package allows.
    pub(crate) lints: Lints,
    /// The file that it starts with.
    pub(crate) root: RepoPath,
    /// The crates that its code can name.
    pub(crate) dependencies: BTreeMap<String, Dependency>,
    /// Files that doc comments include, by path.
    pub(crate) included: BTreeMap<RepoPath, Included>,
    /// Files of modules that exist but may not be read, or that building makes.
    pub(crate) unread: BTreeSet<RepoPath>,
    /// Its own files.
    pub(crate) files: Vec<RepoPath>,
    /// rustdoc's JSON of it, if there is some to be read.
    pub(crate) compiled: Option<RepoPath>,
    /// The crates whose source is at hand that it re-exports from, and those that they do.
    pub(crate) inlined: Vec<CrateSource>,
    /// Whether it has pages of its own here. Of a dependency only what others re-export from it is shown.
    pub(crate) is_documented: bool,
    /// Whether others show its items as theirs.
    pub(crate) is_inlined: bool,
    /// Its scans, for crates that re-export from it.
    pub(crate) shared: SharedScans,
}

/// What is made of a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TargetKind {
    Library,
    ProceduralMacro,
    Program,
}

/// A crate that code can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dependency {
    /// One of this repository, under its name here.
    Local(String),
    /// One that has no documentation here, most likely of a registry.
    Registry {
        /// The package's name there.
        package: String,
        /// The locked version, or one that docs.rs understands; empty for what no registry has.
        version: String,
        /// The file that it starts with, where something is re-exported from it and the repository has its source.
        root: Option<RepoPath>,
    },
}

impl Dependency {
    /// Whether it is the crate `source`.
    pub(crate) fn is(&self, source: &CrateSource) -> bool {
        match self {
            Self::Local(name) => source.is_documented && source.name == *name,
            Self::Registry { root, .. } => !source.is_documented && *root == Some(source.root),
        }
    }

    /// What it is called itself, whatever it is called where it is used.
    pub(crate) fn library(&self) -> String {
        match self {
            Self::Local(name) => name.clone(),
            Self::Registry { package, .. } => package.replace('-', "_"),
        }
    }
}

/// A file whose text doc comments include. Stands for its bytes in a cache key.
#[derive(Clone)]
pub(crate) struct Included(pub(crate) Arc<SourceFile>);

impl fmt::Debug for Included {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}@{}", self.0.path(), self.0.hash())
    }
}
