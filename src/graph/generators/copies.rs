//! Copies of pages, as packages have the README above them for their registry: where their links lead from.

use crate::graph::resolve::Resolver;
use crate::source::RepoPath;

/// The folders above `page` in which a file of its name says the same.
pub(super) fn originals(resolver: &Resolver<'_>, page: RepoPath) -> Vec<RepoPath> {
    let Some(file) = resolver.files.source(page) else { return Vec::new() };
    let is_same = |folder: &RepoPath| {
        let original = folder.join(page.file_name()).filter(|path| *path != page && resolver.files.contains(*path));
        let original = original.and_then(|path| resolver.files.source(path));
        original.is_some_and(|original| original.hash() == file.hash())
    };
    page.parent().above().filter(is_same).collect()
}
