//! Places in a specification that spec-md makes one page of (<https://spec-md.com>).

use crate::graph::Node;
use crate::graph::resolve::Resolver;

/// Whether `anchor` is the id of a section, `sec-Limits` or below another `sec-Orders.Limits`, of which a file beside `page` or below has
/// the heading.
pub(super) fn has_place(resolver: &Resolver<'_>, page: &Node, anchor: &str) -> bool {
    let Some(name) = anchor.strip_prefix("sec-") else { return false };
    let name = name.rsplit('.').next().unwrap_or(name);
    let folder = page.span.file.parent();
    let mut pages = resolver.graph.nodes().filter(|node| node.span.file.is_below(folder));
    pages.any(|node| resolver.anchors.find(node.id, name).is_some())
}
