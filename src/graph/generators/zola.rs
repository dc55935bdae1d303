//! Places on a page of Zola, beside those that everybody knows.

use crate::graph::Node;
use crate::graph::resolve::Resolver;
use crate::source::{RepoPath, folded};

/// Whether Zola may give the page, some headings of which have emoji, the place `anchor`: it spells those out, `#rust-crab` (Zola, "Heading
/// id and anchor insertion").
pub(super) fn may_have_place(resolver: &Resolver<'_>, page: &Node, anchor: &str) -> bool {
    let has = |folder: RepoPath, name: &str| resolver.files.find(folder, name).is_some();
    let is_site = |folder: RepoPath| has(folder, "config.toml") && has(folder, "content") && has(folder, "templates");
    let wanted = folded(anchor);
    let is_around = |id: &str| !id.is_empty() && (wanted.starts_with(id) || wanted.ends_with(id));
    page.span.file.above().any(is_site) && resolver.anchors.on(page.id).any(|(id, _)| is_around(id))
}
