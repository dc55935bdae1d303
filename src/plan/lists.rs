//! Long lists -> pages of a bearable length.
//!
//! A list that is longer than [`ROWS`] goes on at an address of its own, which no source has claimed.

use std::collections::{BTreeMap, BTreeSet};

use super::addresses::Addresses;
use super::{Page, PageContent, Route, SectionPlan, is_page};
use crate::graph::{Graph, Hole, Node, NodeId};

/// So many rows of tables stand on a page.
pub const ROWS: usize = 500;

/// The addresses of the list of `section`; none when a page of its own stands where it would begin.
pub(super) fn section_pages(section: &SectionPlan, addresses: &mut Addresses) -> Vec<Route> {
    if !addresses.is_free(section.route) {
        return Vec::new();
    }
    let count = section.listed.len().div_ceil(ROWS).max(1);
    (1..=count)
        .map(|number| addresses.take(if number == 1 { section.route } else { section.route.continued(number) }))
        .collect()
}

/// Where the tables of those of `pages` go on that have too much below them.
pub(super) fn continued(graph: &Graph, pages: &[Page], addresses: &mut Addresses) -> BTreeMap<NodeId, Vec<Route>> {
    let mut continued = BTreeMap::new();
    for page in pages {
        let PageContent::Node(id) = page.content else { continue };
        let Some(node) = graph.node(id).filter(|_| graph.children(id).nth(ROWS).is_some()) else { continue };
        let count = children_in_tables(graph, node).len().div_ceil(ROWS);
        let routes: Vec<Route> = (2..=count).map(|number| addresses.take(page.route.continued(number))).collect();
        if !routes.is_empty() {
            continued.insert(id, routes);
        }
    }
    continued
}

/// What is right below `node`, has a page, and is not listed by its text: what tables behind the text list.
pub fn children_in_tables<'a>(graph: &'a Graph, node: &Node) -> Vec<&'a Node> {
    let mut children: Vec<&Node> = graph.children(node.id).filter(|child| is_page(child)).collect();
    if !children.is_empty() {
        let listed = listed(node);
        children.retain(|child| !listed.contains(&child.id));
    }
    children
}

/// The nodes to which the text of `node` leads as a list of what it has: they need no other list on its page.
fn listed(node: &Node) -> BTreeSet<NodeId> {
    let listed = node.body.holes().iter().filter_map(|hole| match hole {
        Hole::Page(id) => Some(*id),
        _ => None,
    });
    listed.collect()
}
