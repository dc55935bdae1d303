//! Addresses that pages give themselves -> those pages.
//!
//! A `slug` in the front matter is a page's address on its site, below wherever the site has pages of that sort: `faq` is at `/docs/faq`
//! and at `/docs/v9/faq` (Docusaurus, "slug"). So is a `permalink` (Jekyll), which is a name that begins with a slash.

use std::collections::HashMap;

use super::generators::without_numbers;
use super::lookup::shared_folders;
use super::{Graph, Home, Node, NodeId};
use crate::source::RepoPath;

/// Pages by the last part of the address that they give themselves, each with the whole of it, in lower case.
#[derive(Debug)]
pub(super) struct Slugs(HashMap<String, Vec<(String, NodeId)>>);

impl Slugs {
    /// Those of `graph`.
    pub(super) fn of(graph: &Graph) -> Self {
        let mut slugs: HashMap<String, Vec<(String, NodeId)>> = HashMap::new();
        for node in graph.nodes().filter(|node| node.kind.scheme == "guide") {
            let permalinks = node.names.iter().filter_map(|name| name.as_str().strip_prefix('/'));
            for slug in own_address(node).into_iter().chain(permalinks).chain(own_id(node)) {
                let slug = slug.to_lowercase();
                slugs.entry(last_part(&slug).to_owned()).or_default().push((slug, node.id));
            }
        }
        Self(slugs)
    }

    /// The page below `site` at `address`, in lower case: the one that says most of it for itself, of several the one that shares most
    /// folders with the file `from`.
    pub(super) fn find(&self, graph: &Graph, address: &str, from: RepoPath, site: RepoPath) -> Option<NodeId> {
        let says = |slug: &str| {
            let rest = address.strip_suffix(slug)?;
            (rest.is_empty() || rest.ends_with('/')).then_some(slug.len())
        };
        let nearness = |id: NodeId| {
            let file = graph.node(id)?.span.file;
            file.is_below(site).then(|| shared_folders(file, from))
        };
        let pages = self.0.get(last_part(address)).into_iter().flatten();
        let found = pages.filter_map(|(slug, id)| Some(((says(slug)?, nearness(*id)?), *id)));
        // The first of those that are as good as each other.
        found.reduce(|best, other| if other.0 > best.0 { other } else { best }).map(|(_, id)| id)
    }
}

/// The part of the address of `node` that its file does not say: `faq` of `guides/faq` for `docs/further/faq.md`. `None` when the file
/// says all of it.
pub(super) fn own_address(node: &Node) -> Option<&str> {
    let Home::Page { route, .. } = &node.home else { return None };
    let mut address = route.split_once('/')?.1.trim_matches('/');
    let mut name = node.id.name();
    if address.is_empty() || address == name || address == without_numbers(name) {
        return None;
    }
    while let Some(((folder, below), (first, rest))) = name.split_once('/').zip(address.split_once('/'))
        && folder == first
    {
        (name, address) = (below, rest);
    }
    Some(address)
}

/// What the page calls itself, which to Docusaurus is the last part of its address (Docusaurus, "id"): no name of a file or folder.
fn own_id(node: &Node) -> Option<&str> {
    let file = node.span.file;
    let is_id = |name: &str| !name.contains(['/', '.']) && name != file.stem() && name != file.parent().as_str();
    node.names.iter().map(|name| name.as_str()).find(|name| is_id(name))
}

fn last_part(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or(address)
}
