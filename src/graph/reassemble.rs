//! A graph, and fragments that say something else than before -> the graph with those.
//!
//! Most edits change a text and nothing of how the nodes hang together: no name, no address, no order. Then all of that is
//! shared with the graph before. Where a title or a heading changes, it says so, for those who link there.

use std::sync::Arc;

use super::assemble::{index_links, rank};
use super::{Fragment, Graph, Hole, Home, Node, NodeId, compare_siblings};

/// A graph of the same shape as another one, and what is new in it.
pub struct Reassembled {
    /// The graph.
    pub graph: Graph,
    /// The fragments that are others, by number, ascending.
    pub replaced: Vec<usize>,
    /// The nodes that have another title, or other places in their text.
    pub relabelled: Vec<NodeId>,
}

impl Graph {
    /// This graph with others in place of some of its fragments: pairs of one that it was assembled from and the one that is
    /// read now. `None` when what that changes is more than the text of nodes.
    pub fn reassemble(&self, rewritten: &[(&Arc<Fragment>, &Arc<Fragment>)]) -> Option<Reassembled> {
        let mut fragments = self.fragments.clone();
        let mut replaced = Vec::with_capacity(rewritten.len());
        let mut relabelled = Vec::new();
        let mut retitled = 0;
        let mut states_the_same = true;
        for (old, new) in rewritten {
            // One that had to be renamed is not found.
            let number = match old.nodes.first() {
                Some(node) => self.fragment_of(self.position(node.id)?),
                None => fragments.iter().position(|fragment| Arc::ptr_eq(fragment, old))?,
            };
            let is_laid_out_alike =
                old.nodes.len() == new.nodes.len() && old.files == new.files && old.owned == new.owned;
            if !Arc::ptr_eq(&fragments[number], old) || !is_laid_out_alike {
                return None;
            }
            for (old, new) in old.nodes.iter().zip(&new.nodes) {
                if outside(old) != outside(new) || pages_of(old) != pages_of(new) {
                    return None;
                }
                if old.title != new.title {
                    retitled += 1;
                    if retitled > 1 || !self.stays_in_order(old, new) {
                        return None;
                    }
                }
                if old.title != new.title || anchors_of(old) != anchors_of(new) {
                    relabelled.push(old.id);
                }
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
        Some(Reassembled { graph, replaced, relabelled })
    }

    /// Whether `new`, of another title, stands among the others where `old` stands, wherever both may be listed.
    fn stays_in_order(&self, old: &Node, new: &Node) -> bool {
        let is_page = |node: &Node| matches!(node.home, Home::Page { .. });
        let is_root = |node: &Node| {
            let parent = node.parent.and_then(|parent| self.node(parent));
            !parent.is_some_and(|parent| is_page(parent) && parent.kind.section == node.kind.section)
        };
        let outer = |node: &Node| match &node.home {
            Home::Page { .. } => None,
            Home::Within { node, .. } => Some(*node),
        };
        let own = (is_root(old), outer(old));
        let is_beside = |other: &&Node| {
            other.id != old.id
                && (other.parent == old.parent
                    || own.0 && is_root(other)
                    || own.1.is_some_and(|own| outer(other) == Some(own)))
        };
        let mut beside = self.nodes().filter(is_beside);
        beside.all(|other| compare_siblings(other, old) == compare_siblings(other, new))
    }
}

/// What the shape of the graph depends on, beside the title.
fn outside(node: &Node) -> impl PartialEq {
    let Node { id, kind, title: _, summary: _, facts, body: _, span, home, parent, group, order, names } = node;
    ((id, kind, span.file), (home, parent, group, order, names), facts.get("owner"))
}

/// The nodes that its text lists, which need no other list.
fn pages_of(node: &Node) -> Vec<NodeId> {
    let holes = node.body.holes().iter();
    holes.filter_map(|hole| if let Hole::Page(id) = hole { Some(*id) } else { None }).collect()
}

/// The places in its text, each with an end.
fn anchors_of(node: &Node) -> String {
    let mut anchors = String::new();
    node.body.each_anchor(&mut |anchor| {
        anchors.push_str(anchor);
        anchors.push('\0');
    });
    anchors
}
