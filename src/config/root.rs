//! Which folder is documented.

use std::path::{Path, PathBuf};

/// The name of the configuration file.
pub const FILE_NAME: &str = "livedoc.toml";

/// How the root was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundBy {
    /// It holds a `livedoc.toml`.
    Configuration,
    /// It is a checkout's top folder.
    Git,
    /// It is the folder that was given.
    Itself,
}

/// The root for `folder`: the nearest folder at or above it that holds a `livedoc.toml`, within the checkout that it is
/// in; else the top of that checkout; else `folder` itself.
pub(super) fn find(folder: &Path) -> (PathBuf, FoundBy) {
    for ancestor in folder.ancestors() {
        if ancestor.join(FILE_NAME).is_file() {
            return (ancestor.to_path_buf(), FoundBy::Configuration);
        }
        if ancestor.join(".git").exists() {
            return (ancestor.to_path_buf(), FoundBy::Git);
        }
    }
    (folder.to_path_buf(), FoundBy::Itself)
}
