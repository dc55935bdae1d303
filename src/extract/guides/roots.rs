//! Folders that hold documentation as such: their names say nothing about the pages in them.

use crate::source::RepoPath;

/// Names of documentation folders at the repository's root, the longer before those that they begin with.
const NAMES: [&str; 16] = [
    "docs/book/src",
    "docs/content",
    "docs/docs",
    "docs/src",
    "docs",
    "doc/src",
    "doc",
    "documentation",
    "guides",
    "guide/src",
    "guide",
    "book/src",
    "book",
    "src/content/docs",
    "website/docs",
    "content",
];

/// The documentation folder that the files in `folder` lie in: one of `known` (the sources of books), else one that is called
/// so.
pub(super) fn of_files_in(folder: RepoPath, known: &[RepoPath]) -> Option<RepoPath> {
    let inner = known.iter().filter(|root| folder.is_below(**root)).max_by_key(|root| root.as_str().len());
    inner.copied().or_else(|| RepoPath::new(name(folder)?))
}

/// Whether `folder` is or lies in a folder that is called so.
pub(super) fn is_named(folder: RepoPath) -> bool {
    name(folder).is_some()
}

fn name(folder: RepoPath) -> Option<&'static str> {
    let is_above = |name: &&str| {
        let rest = folder.as_str().strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    NAMES.iter().find(|name| is_above(name)).copied()
}
