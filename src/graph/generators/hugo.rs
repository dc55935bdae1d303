//! Sites that Hugo makes, and what it calls their files.

use super::places::OF_HUGO;
use crate::graph::resolve::Resolver;
use crate::source::RepoPath;

/// Whether there is a file at `path` but for its case, of a site of Hugo's, which writes all paths in lower case (Hugo,
/// "disablePathToLower").
pub(in crate::graph) fn is_in_other_case(resolver: &Resolver<'_>, page: RepoPath, path: RepoPath) -> bool {
    let is_lower = !path.as_str().contains(char::is_uppercase);
    let is_same = |other: RepoPath| other.as_str().eq_ignore_ascii_case(path.as_str());
    is_lower && makes_site(resolver, page) && resolver.files.paths().any(is_same)
}

/// Whether Hugo makes the site of `page`.
pub(super) fn makes_site(resolver: &Resolver<'_>, page: RepoPath) -> bool {
    let has = |folder: RepoPath, name: &str| resolver.files.find(folder, name).is_some();
    let has_settings = |folder| OF_HUGO.iter().any(|name| has(folder, name)) || has(folder, "config/_default");
    page.above().any(|folder| has(folder, "content") && has_settings(folder))
}
