//! Blocks -> HTML.
//!
//! Enters: the body of a node and of what is within it. Leaves: one text of HTML, and the headings in it.

mod code;
mod fields;
mod prose;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::links::PageLinks;
use crate::graph::{Block, Hole, Home, Node, NodeId, escape};

/// Homes within homes are followed this deep.
const DEEPEST: usize = 16;

/// The text of a page.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// All of it.
    pub(super) html: String,
    /// Its headings, in order.
    pub(super) headings: Vec<Heading>,
}

/// A heading in the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) level: u8,
    pub(super) anchor: String,
    /// The words, as HTML without links.
    pub(super) title: String,
}

/// The nodes right within each node, in order.
pub(super) type Within<'a> = BTreeMap<NodeId, Vec<&'a Node>>;

/// The body of `node`'s page: its own blocks, and those of the nodes within it, each at its place.
pub(super) fn body(node: &Node, within: &Within<'_>, links: &PageLinks<'_>) -> Body {
    let mut writer = Writer { links, within, body: Body::default() };
    writer.node(node, 0);
    writer.body
}

/// The nodes to which the text of `node` leads as a list of what it has: they need no other list on its page.
pub(super) fn listed(node: &Node) -> BTreeSet<NodeId> {
    let slots = node.body.iter().flat_map(prose::of_block).flat_map(|prose| &prose.slots);
    slots.filter_map(|slot| if let Hole::Page(id) = slot.hole { Some(id) } else { None }).collect()
}

struct Writer<'a> {
    links: &'a PageLinks<'a>,
    within: &'a Within<'a>,
    body: Body,
}

impl Writer<'_> {
    /// The blocks of `node`. What is within it follows the heading that is its place; without one it comes behind.
    fn node(&mut self, node: &Node, depth: usize) {
        let inner = self.within.get(&node.id).filter(|_| depth < DEEPEST).map_or(&[][..], Vec::as_slice);
        let by_anchor: HashMap<&str, &Node> = inner.iter().rev().map(|inner| (anchor_of(inner), *inner)).collect();
        let mut placed = HashSet::new();
        for block in &node.body {
            self.block(node.id, block);
            if let Block::Heading { anchor, .. } = block
                && let Some(inner) = by_anchor.get(anchor.as_str())
                && placed.insert(inner.id)
            {
                self.node(inner, depth + 1);
            }
        }
        if placed.len() == inner.len() {
            return;
        }
        let places = places(node);
        for inner in inner.iter().filter(|inner| !placed.contains(&inner.id)) {
            if !places.contains(anchor_of(inner)) {
                let level = u8::try_from(depth).unwrap_or(u8::MAX).saturating_add(2).min(6);
                self.heading(level, anchor_of(inner), &escape(&inner.title));
            }
            self.node(inner, depth + 1);
        }
    }

    fn block(&mut self, owner: NodeId, block: &Block) {
        match block {
            Block::Heading { level, anchor, content } => {
                let content = prose::filled(content, owner, self.links);
                self.heading(*level, anchor, &content);
            }
            Block::Prose(content) => {
                prose::fill(&mut self.body.html, content, owner, self.links);
                self.body.html.push('\n');
            }
            Block::Code(listing) => code::write(&mut self.body.html, listing),
            Block::Signature(content) => {
                self.body.html.push_str("<pre class=\"signature\" tabindex=\"0\"><code>");
                prose::fill(&mut self.body.html, content, owner, self.links);
                self.body.html.push_str("</code></pre>\n");
            }
            Block::Operation { method, path, deprecated } => self.operation(method, path, *deprecated),
            Block::Fields(fields) => fields::write(&mut self.body.html, fields, owner, self.links),
        }
    }

    fn heading(&mut self, level: u8, anchor: &str, content: &str) {
        let level = level.clamp(1, 6);
        let html = &mut self.body.html;
        if anchor.is_empty() {
            html.push_str(&format!("<h{level}>{content}</h{level}>\n"));
            return;
        }
        let id = escape(anchor);
        let title = prose::without_links(content);
        html.push_str(&format!(
            "<h{level} id=\"{id}\">{content}<a class=\"anchor\" href=\"#{id}\" aria-label=\"Link to this section\"></a></h{level}>\n"
        ));
        self.body.headings.push(Heading { level, anchor: anchor.to_owned(), title });
    }

    fn operation(&mut self, method: &str, path: &str, deprecated: bool) {
        let class = method.to_lowercase();
        let class: String = class.chars().filter(char::is_ascii_alphabetic).collect();
        let path = marked_parameters(path);
        let mark = if deprecated { " <span class=\"badge tone-bad\">deprecated</span>" } else { "" };
        self.body.html.push_str(&format!(
            "<p class=\"operation\"><span class=\"method method-{class}\">{}</span> <code>{path}</code>{mark}</p>\n",
            escape(method)
        ));
    }
}

/// The ids that the blocks of `node` have.
fn places(node: &Node) -> HashSet<&str> {
    let mut places = HashSet::new();
    for block in &node.body {
        match block {
            Block::Heading { anchor, .. } => drop(places.insert(anchor.as_str())),
            Block::Fields(fields) => places.extend(fields::anchors(fields)),
            Block::Prose(_) | Block::Signature(_) | Block::Code(_) | Block::Operation { .. } => {}
        }
        places.extend(prose::of_block(block).iter().flat_map(|prose| &prose.anchors).map(String::as_str));
    }
    places
}

fn anchor_of(node: &Node) -> &str {
    match &node.home {
        Home::Within { anchor, .. } => anchor,
        Home::Page { .. } => "",
    }
}

/// `/orders/{id}` with `{id}` marked as a variable, escaped.
fn marked_parameters(path: &str) -> String {
    escape(path).replace('{', "<var>{").replace('}', "}</var>")
}
