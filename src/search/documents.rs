//! The graph -> what search finds: every page, and every thing that has a place of its own on one.

use std::collections::HashSet;
use std::ops::Range;

use super::{Document, Section};
use crate::graph::{
    Block, Code, End, Fact, Field, Graph, Hole, Home, Kind, Node, NodeId, Prose, ResolvedGraph, push_words,
};
use crate::plan::SitePlan;

/// Fields within fields deeper than this are not searched; no page shows them open.
const DEEPEST_FIELD: u8 = 12;

/// Where the text of something stands in the Markdown copy of its page.
#[derive(Clone, Copy)]
pub struct PageCopy<'a> {
    /// The copy's address, relative to the site's root; empty when there is none.
    pub address: &'a str,
    /// Which bytes of the copy are the text of the section with an anchor; asked with "" for what stands before the first.
    pub range: &'a dyn Fn(&str) -> Range<u32>,
}

impl PageCopy<'_> {
    /// There is no copy.
    pub const NONE: PageCopy<'static> = PageCopy { address: "", range: &|_| 0..0 };
}

/// Everything that is shown somewhere, by id.
pub fn found_in(graph: &Graph, plan: &SitePlan) -> Vec<(&'static Kind, NodeId)> {
    let shown = graph.nodes().filter(|node| plan.place(node.id).is_some());
    shown.map(|node| (node.kind, node.id)).collect()
}

/// What search knows about `id`, which is one of [`found_in`] and stands in `copy`.
pub fn describe(resolved: &ResolvedGraph, plan: &SitePlan, id: NodeId, copy: PageCopy<'_>) -> Document {
    let graph = &resolved.graph;
    let (Some(node), Some(place)) = (graph.node(id), plan.place(id)) else { return Document::default() };
    let anchor = place.anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
    Document {
        url: format!("{}{anchor}", place.route.encoded()),
        title: node.title.clone(),
        context: context(graph, node),
        copy: copy.address.to_owned(),
        names: names(node),
        sections: sections(resolved, node, copy.range),
    }
}

/// The endpoint or the path that tells things of one title apart, else what the node is a part of.
fn context(graph: &Graph, node: &Node) -> String {
    let parent = || node.parent.and_then(|parent| graph.node(parent)).map(|parent| parent.title.clone());
    endpoint(node).or_else(|| code_path(node).map(str::to_owned)).or_else(parent).unwrap_or_default()
}

/// What people call it beside its title. Of an id with folders in it only the last part is a name.
fn names(node: &Node) -> Vec<String> {
    let mut names = vec![node.id.name().rsplit('/').next().unwrap_or_default().to_owned()];
    names.extend(node.names.iter().map(|name| name.as_str().to_owned()));
    if let (Some(endpoint), Some(Fact::Text(path))) = (endpoint(node), node.facts.get("path")) {
        names.extend([endpoint, path.clone()]);
    }
    names.extend(code_path(node).map(str::to_owned));
    if let Some(Fact::Text(operation)) = node.facts.get("operation_id") {
        names.push(operation.clone());
    }
    if let Some(Fact::Number(number)) = node.facts.get("number") {
        names.push(format!("{} {number}", node.kind.scheme));
    }
    names.sort();
    names.dedup();
    names
}

fn endpoint(node: &Node) -> Option<String> {
    match (node.facts.get("method"), node.facts.get("path")) {
        (Some(Fact::Text(method)), Some(Fact::Text(path))) => Some(format!("{method} {path}")),
        _ => None,
    }
}

fn code_path(node: &Node) -> Option<&str> {
    match node.facts.get("path") {
        Some(Fact::Text(path)) if path.contains("::") => Some(path),
        _ => None,
    }
}

/// The sections of its text. The headings of what is found by itself, though it stands on the same page, are left out.
fn sections(resolved: &ResolvedGraph, node: &Node, range: &dyn Fn(&str) -> Range<u32>) -> Vec<Section> {
    let text = Text { resolved, owner: node.id };
    let own: HashSet<&str> = resolved
        .graph
        .children(node.id)
        .filter_map(|child| match &child.home {
            Home::Within { node: page, anchor } if *page == node.id => Some(anchor.as_str()),
            _ => None,
        })
        .collect();
    let mut sections = vec![Section { range: range(""), ..Section::default() }];
    for block in &node.body {
        match (block, sections.last_mut()) {
            (Block::Heading { anchor, .. }, _) if own.contains(anchor.as_str()) => {}
            (Block::Heading { anchor, content, .. }, _) => {
                let heading = text.of(content);
                sections.push(Section { anchor: anchor.clone(), heading, text: String::new(), range: range(anchor) });
            }
            (_, Some(section)) => text.push_block(block, &mut section.text),
            (_, None) => {}
        }
    }
    if let [only] = sections.as_mut_slice()
        && only.text.is_empty()
    {
        only.text.clone_from(&node.summary);
    }
    sections
}

/// What readers see of a node's blocks, as text.
struct Text<'a> {
    resolved: &'a ResolvedGraph,
    owner: NodeId,
}

impl Text<'_> {
    fn push_block(&self, block: &Block, text: &mut String) {
        match block {
            Block::Heading { content, .. } => self.push_prose(content, text),
            Block::Prose(prose) | Block::Signature(prose) => self.push_prose(prose, text),
            Block::Code(code) => push_code(code, text),
            // Nobody searches for what stands on all pages alike.
            Block::Samples(_) | Block::RequestForm(_) => {}
            Block::Operation { method, path, .. } => push_line(&format!("{method} {path}"), text),
            Block::Fields(fields) => self.push_fields(fields, DEEPEST_FIELD, text),
        }
    }

    /// Listings follow the words around them.
    fn push_prose(&self, prose: &Prose, text: &mut String) {
        // Mostly all of it; growing step by step would copy it again and again.
        text.reserve(prose.html.len());
        if !text.is_empty() && !prose.is_empty() {
            text.push('\n');
        }
        self.push_words(prose, text);
        for slot in &prose.slots {
            if let Hole::Code(code) = &slot.hole {
                push_code(code, text);
            }
        }
    }

    fn push_fields(&self, fields: &[Field], depth: u8, text: &mut String) {
        for field in fields {
            push_line(&field.name, text);
            self.push_prose(&field.kind, text);
            self.push_prose(&field.description, text);
            for (name, value) in &field.notes {
                push_line(name, text);
                push_line(value, text);
            }
            if depth > 0 {
                self.push_fields(&field.children, depth - 1, text);
            }
        }
    }

    /// The words of `prose` on one line with single spaces.
    fn of(&self, prose: &Prose) -> String {
        let mut text = String::new();
        self.push_words(prose, &mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Adds the words of `prose`, with the titles of what it refers to without words of its own.
    fn push_words(&self, prose: &Prose, text: &mut String) {
        let mut from = 0;
        for slot in &prose.slots {
            if let Some(title) = self.title(&slot.hole)
                && let Some(before) = prose.html.get(from..slot.at as usize)
            {
                push_words(before, text);
                text.push_str(title);
                from = slot.at as usize;
            }
        }
        push_words(prose.html.get(from..).unwrap_or_default(), text);
    }

    fn title(&self, hole: &Hole) -> Option<&str> {
        let Hole::Title(index) = hole else { return None };
        let graph = &self.resolved.graph;
        match self.resolved.end(graph.link_of_hole(self.owner, *index)?)? {
            End::Node { id, .. } => graph.node(*id).map(|node| node.title.as_str()),
            _ => None,
        }
    }
}

fn push_code(code: &Code, text: &mut String) {
    push_line(&code.title, text);
    push_line(&code.text, text);
}

fn push_line(line: &str, text: &mut String) {
    if !text.is_empty() && !line.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}
