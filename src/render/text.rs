//! The text of a page: the blocks of its node and of what is within it, in the order in which they are shown.
//!
//! Both forms of a page, HTML and Markdown, are made from a [`Text`] and see nothing else of the graph.

use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};

use super::Common;
use super::address::Way;
use super::links::PageLinks;
use crate::graph::{Block, Field, Graph, Hole, Home, Node, NodeId, Prose};
use crate::source::ContentHash;

/// Nodes within nodes are followed this deep.
const DEEPEST: usize = 16;

/// The text of a page.
pub(super) struct Text<'a> {
    graph: &'a Graph,
    common: &'a Common,
    /// The page's node, then what is within it.
    pub(super) nodes: Vec<&'a Node>,
    pub(super) links: PageLinks<'a>,
}

/// A piece of a text, and the node that says it.
pub(super) struct Piece<'a> {
    pub(super) node: &'a Node,
    pub(super) what: What<'a>,
}

/// What a piece is.
pub(super) enum What<'a> {
    /// The heading of a node that no block of the one around it heads.
    Title {
        level: u8,
    },
    Block(&'a Block),
}

impl<'a> Text<'a> {
    /// What the page of `node` shows, of which `links` are the links.
    pub(super) fn new(graph: &'a Graph, common: &'a Common, node: &'a Node, links: PageLinks<'a>) -> Self {
        let mut text = Self { graph, common, nodes: vec![node], links };
        let mut level = 0..1;
        for _ in 0..DEEPEST {
            for at in level.clone() {
                text.nodes.extend(text.within(text.nodes[at].id));
            }
            level = level.end..text.nodes.len();
        }
        text
    }

    /// What is right within `id`, in order.
    fn within(&self, id: NodeId) -> impl Iterator<Item = &'a Node> + use<'a> {
        let graph = self.graph;
        self.common.within(id).iter().filter_map(move |id| graph.node(*id))
    }

    /// The ways to where the nodes within the page's are written, by their places on it.
    pub(super) fn sources(&self) -> HashMap<&'a str, Way<'static>> {
        let within = self.nodes.iter().skip(1);
        within.filter_map(|node| Some((anchor_of(node), self.links.to_source(node)?))).collect()
    }

    /// About how many bytes it has, without what is around it.
    pub(super) fn length(&self) -> usize {
        let prose = |prose: &Prose| {
            let listings = prose.slots.iter().map(|slot| match &slot.hole {
                Hole::Code(code) => code.text.len(),
                _ => 32,
            });
            prose.html.len() + listings.sum::<usize>()
        };
        let block = |block: &Block| match block {
            Block::Heading { content, .. } | Block::Prose(content) | Block::Signature(content) => prose(content) + 32,
            Block::Code(code) => code.text.len() + 32,
            Block::Samples(samples) => samples.iter().map(|code| 2 * code.text.len() + 256).sum(),
            Block::RequestForm(form) => 32 * form.cost() + 256,
            Block::Operation { .. } | Block::Fields(_) => 256,
        };
        self.nodes.iter().flat_map(|node| node.body.iter()).map(block).sum()
    }

    /// Everything in the order in which it is shown.
    pub(super) fn pieces(&self) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        if let Some(node) = self.nodes.first() {
            self.push(node, 0, &mut pieces);
        }
        pieces
    }

    /// The blocks of `node`. What is within it follows the heading that is its place; without one it comes behind.
    fn push(&self, node: &'a Node, depth: u8, pieces: &mut Vec<Piece<'a>>) {
        let block = |block: &'a Block| Piece { node, what: What::Block(block) };
        let inner: Vec<&'a Node> =
            if usize::from(depth) < DEEPEST { self.within(node.id).collect() } else { Vec::new() };
        if inner.is_empty() {
            pieces.extend(node.body.iter().map(block));
            return;
        }
        let by_anchor: HashMap<&str, &'a Node> = inner.iter().rev().map(|inner| (anchor_of(inner), *inner)).collect();
        let mut placed = HashSet::new();
        for own in &node.body {
            pieces.push(block(own));
            if let Block::Heading { anchor, .. } = own
                && let Some(inner) = by_anchor.get(anchor.as_str())
                && placed.insert(inner.id)
            {
                self.push(inner, depth + 1, pieces);
            }
        }
        if placed.len() == inner.len() {
            return;
        }
        let places = places(node);
        for inner in inner.into_iter().filter(|inner| !placed.contains(&inner.id)) {
            if !places.contains(anchor_of(inner)) {
                pieces.push(Piece { node: inner, what: What::Title { level: (depth + 2).min(6) } });
            }
            self.push(inner, depth + 1, pieces);
        }
    }
}

/// The id of the place of `node` on another one's page; empty for a page of its own.
pub(super) fn anchor_of(node: &Node) -> &str {
    match &node.home {
        Home::Within { anchor, .. } => anchor,
        Home::Page { .. } => "",
    }
}

/// The ids that the blocks of `node` have.
fn places(node: &Node) -> HashSet<&str> {
    let mut places = HashSet::new();
    for block in &node.body {
        match block {
            Block::Heading { anchor, .. } => drop(places.insert(anchor.as_str())),
            Block::Fields(fields) => {
                let mut waiting: Vec<&Field> = fields.iter().collect();
                while let Some(field) = waiting.pop() {
                    places.insert(field.anchor.as_str());
                    waiting.extend(&field.children);
                }
            }
            Block::Prose(_)
            | Block::Signature(_)
            | Block::Code(_)
            | Block::Samples(_)
            | Block::RequestForm(_)
            | Block::Operation { .. } => {}
        }
        block.visit_prose(&mut |prose| places.extend(prose.anchors.iter().map(String::as_str)));
    }
    places
}

/// All that a text depends on, with `body` in the place of what the nodes say.
pub(super) struct TextKey<'a, 'b> {
    pub(super) text: &'a Text<'a>,
    pub(super) body: &'b dyn Fn(NodeId) -> ContentHash,
}

impl Hash for TextKey<'_, '_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for node in &self.text.nodes {
            node.id.as_str().hash(state);
            (self.body)(node.id).hash(state);
            if let Home::Within { node: outer, .. } = &node.home {
                outer.as_str().hash(state);
                self.text.links.to_source(node).hash(state);
            }
            node.body.holes().iter().for_each(|hole| self.text.links.fill(node.id, hole).hash(state));
        }
    }
}
