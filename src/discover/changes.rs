//! What happened to the files on disk since they were read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What happened on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changes {
    /// Nobody knows: anything may be different.
    Everything,
    /// These paths (absolute) are not what they were. Each may be a file or a folder, may be new or gone, and a folder
    /// stands for all that is or was in it. A path that nobody reads may be among them.
    Paths(BTreeSet<PathBuf>),
}

impl Changes {
    /// No changes.
    pub fn none() -> Self {
        Self::Paths(BTreeSet::new())
    }

    /// Whether nothing happened.
    pub fn is_none(&self) -> bool {
        matches!(self, Self::Paths(paths) if paths.is_empty())
    }

    /// Whether `path` may be different.
    pub fn touch(&self, path: &Path) -> bool {
        match self {
            Self::Everything => true,
            Self::Paths(paths) => path.ancestors().any(|folder| paths.contains(folder)),
        }
    }

    /// Whether anything in or at `folder` may be different.
    pub fn reach_into(&self, folder: &Path) -> bool {
        match self {
            Self::Everything => true,
            Self::Paths(paths) => paths.iter().any(|path| path.starts_with(folder) || folder.starts_with(path)),
        }
    }

    /// Adds what happened later.
    pub fn add(&mut self, later: Self) {
        match (self, later) {
            (Self::Paths(paths), Self::Paths(later)) => paths.extend(later),
            (this @ Self::Paths(_), Self::Everything) => *this = Self::Everything,
            (Self::Everything, _) => {}
        }
    }
}
