//! Items that stand in no source: which module has them, and whose macros are thereby known.

use std::collections::{BTreeMap, HashSet};

use crate::extract::rust::scan::Item;
use crate::source::RepoPath;

/// What is known of crates beside their sources.
#[derive(Debug, Default)]
pub(crate) struct Supplement {
    /// By the module's path: `shop::orders`.
    by_module: BTreeMap<String, Vec<Supplied>>,
    /// The crates of which all is known that macros make.
    complete: HashSet<String>,
}

/// An item that a macro made.
#[derive(Debug)]
pub(crate) struct Supplied {
    pub(crate) item: Item,
    /// The file that its places are in.
    pub(crate) file: RepoPath,
}

impl Supplement {
    /// Adds what is known of the crate `name`, by module.
    pub(crate) fn take(&mut self, name: String, supplied: BTreeMap<String, Vec<Supplied>>) {
        self.by_module.extend(supplied);
        self.complete.insert(name);
    }

    /// What the module at `path` has beside what is written in it.
    pub(super) fn of(&self, path: &str) -> &[Supplied] {
        self.by_module.get(path).map_or(&[], Vec::as_slice)
    }

    /// Whether all is known that macros make in the crate `name`.
    pub(super) fn is_complete(&self, name: &str) -> bool {
        self.complete.contains(name)
    }
}
