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

/// The documentation folder that `path` lies in: one of `known` (the sources of books), else one that is called so.
pub(super) fn of(path: RepoPath, known: &[RepoPath]) -> Option<RepoPath> {
    let inner = known.iter().filter(|root| path.is_below(**root)).max_by_key(|root| root.as_str().len());
    inner.copied().or_else(|| {
        let named = NAMES.iter().filter_map(|name| RepoPath::new(name)).find(|root| path.is_below(*root))?;
        (named != path).then_some(named)
    })
}
