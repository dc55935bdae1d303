//! Links between pages of Zola, and places on them beside those that everybody knows.

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

/// Where `rest` of `@/rest`, a path from the root of a site's content (Zola, "Internal links"), may lead from the page. Where that root is in
/// another repository, its first folders are none here: `@/docs/orders.md` is `orders.md` in a folder above.
pub(super) fn files_meant(page: RepoPath, rest: &str) -> Vec<RepoPath> {
    let roots: Vec<RepoPath> = page.above().filter(|folder| is_content(*folder)).collect();
    if !roots.is_empty() {
        // A section may be called so, too.
        return roots.into_iter().filter_map(|root| root.join(rest)).collect();
    }
    let tails = std::iter::successors(Some(rest), |tail| tail.split_once('/').map(|(_, tail)| tail));
    let mut folders: Vec<RepoPath> = page.above().collect();
    folders.reverse();
    tails.flat_map(|tail| folders.iter().filter_map(move |folder| folder.join(tail))).collect()
}

/// Whether `written` leads from the root of a content that is in another repository.
pub(super) fn is_elsewhere(page: RepoPath, written: &str) -> bool {
    written.starts_with("@/") && !page.above().any(is_content)
}

fn is_content(folder: RepoPath) -> bool {
    folder.file_name() == "content"
}
