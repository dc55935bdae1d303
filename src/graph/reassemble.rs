//! A graph, and fragments that say something else than before -> the graph with those.
//!
//! Most edits change a text and nothing that others could see of it: no name, no title, no place that links could lead
//! to. Then everything by which the nodes hang together is shared with the graph before.

use std::sync::Arc;

use super::anchors::each_anchor;
use super::assemble::{index_links, rank};
use super::{Fragment, Graph, Hole, Node, NodeId};

/// A graph of the same shape as another one, and which of its fragments are new, by number.
pub struct Reassembled {
    /// The graph.
    pub graph: Graph,
    /// Ascending.
    pub replaced: Vec<usize>,
}

impl Graph {
    /// This graph with others in place of some of its fragments: pairs of one that it was assembled from and the one that is
    /// read now. `None` when what that changes is more than the text of nodes.
    pub fn reassemble(&self, rewritten: &[(&Arc<Fragment>, &Arc<Fragment>)]) -> Option<Reassembled> {
        let mut fragments = self.fragments.clone();
        let mut replaced = Vec::with_capacity(rewritten.len());
        let mut states_the_same = true;
        for (old, new) in rewritten {
            // One that had to be renamed is not found.
            let number = match old.nodes.first() {
                Some(node) => self.fragment_of(self.position(node.id)?),
                None => fragments.iter().position(|fragment| Arc::ptr_eq(fragment, old))?,
            };
            if !Arc::ptr_eq(&fragments[number], old) || !is_same_outside(old, new) {
                return None;
            }
            states_the_same &= old.links.iter().map(|link| link.from).eq(new.links.iter().map(|link| link.from));
            fragments[number] = Arc::clone(new);
            replaced.push(number);
        }
        replaced.sort_unstable();
        let is_in_order = |&number: &usize| {
            let around = &fragments[number.saturating_sub(1)..(number + 2).min(fragments.len())];
            around.is_sorted_by(|left, right| rank(left) < rank(right) || rank(left).is_none() && rank(right).is_none())
        };
        if !replaced.iter().all(is_in_order) {
            return None;
        }
        let mut graph = Self { fragments, shape: Arc::clone(&self.shape), stated: Arc::clone(&self.stated) };
        if !states_the_same {
            graph.stated = Arc::new(index_links(&graph));
        }
        Some(Reassembled { graph, replaced })
    }
}

/// Whether two fragments differ only in what their nodes say for themselves: everywhere else they are seen alike.
fn is_same_outside(old: &Fragment, new: &Fragment) -> bool {
    old.nodes.len() == new.nodes.len()
        && old.nodes.iter().zip(&new.nodes).all(|(old, new)| {
            outside(old) == outside(new) && pages_of(old) == pages_of(new) && anchors_of(old) == anchors_of(new)
        })
}

/// What others see of a node.
fn outside(node: &Node) -> impl PartialEq {
    let Node { id, kind, title, summary: _, facts: _, body: _, span, home, parent, group, order, names } = node;
    ((id, kind, title, span.file), (home, parent, group, order, names))
}

/// The nodes that its text lists, which need no other list.
fn pages_of(node: &Node) -> Vec<NodeId> {
    let mut pages = Vec::new();
    for block in &node.body {
        block.visit_prose(&mut |prose| {
            pages.extend(prose.slots.iter().filter_map(|slot| match slot.hole {
                Hole::Page(id) => Some(id),
                _ => None,
            }));
        });
    }
    pages
}

/// The places in its text, each with an end.
fn anchors_of(node: &Node) -> String {
    let mut anchors = String::new();
    each_anchor(node, &mut |anchor| {
        anchors.push_str(anchor);
        anchors.push('\0');
    });
    anchors
}
