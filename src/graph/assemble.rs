//! Fragments -> one graph in which every identity is settled.
//!
//! Enters: the extractors' fragments, in any order. Leaves: a [`Graph`], the same for every order of the fragments, and
//! a diagnostic for each id that two sources claim.

use std::collections::HashMap;
use std::ops::Range;

use super::{Fragment, Hole, Home, Link, LinkIndex, Node, NodeId, Target};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// All nodes and the links that they state.
#[derive(Debug, Default)]
pub struct Graph {
    /// By id.
    nodes: Vec<Node>,
    /// By the node that states them, then in the order of its fragment.
    links: Vec<Link>,
    /// For each node the range of its links.
    ranges: Vec<Range<usize>>,
    /// For each node those that name it as their parent.
    children: Vec<Vec<usize>>,
    index: HashMap<NodeId, usize>,
}

impl Graph {
    /// Every node, by id.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Every link, by the node that states it and then in its source's order.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The node called `id`.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.position(id).map(|position| &self.nodes[position])
    }

    /// Where the node called `id` stands in [`Graph::nodes`].
    pub fn position(&self, id: NodeId) -> Option<usize> {
        self.index.get(&id).copied()
    }

    /// Where the links that `id` states stand in [`Graph::links`].
    pub fn links_from(&self, id: NodeId) -> Range<usize> {
        self.position(id).map_or(0..0, |position| self.ranges[position].clone())
    }

    /// Where the link that a hole in the body of `id` refers to stands in [`Graph::links`].
    pub fn link_of_hole(&self, id: NodeId, index: LinkIndex) -> Option<usize> {
        let range = self.links_from(id);
        let position = range.start + index.0 as usize;
        range.contains(&position).then_some(position)
    }

    /// The nodes that name `id` as their parent, by order, then title, then id.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = &Node> {
        let children = self.position(id).map_or(&[][..], |position| &self.children[position]);
        children.iter().map(|&child| &self.nodes[child])
    }

    /// The node on whose page `id` is shown: itself, or the one that it is within, however deep.
    pub fn page_of(&self, id: NodeId) -> Option<&Node> {
        let mut node = self.node(id)?;
        // A chain of homes is a handful deep; the bound only stops a circle.
        for _ in 0..16 {
            match &node.home {
                Home::Page { .. } => return Some(node),
                Home::Within { node: outer, .. } => node = self.node(*outer)?,
            }
        }
        None
    }
}

/// Joins `fragments`. Of two nodes with one id the one that stands first in the repository keeps it; the other gets a
/// number behind it, so that both have a page.
pub fn assemble(mut fragments: Vec<Fragment>) -> (Graph, Diagnostics) {
    fragments.sort_by_key(|fragment| fragment.nodes.first().map(|node| (node.span, node.id)));
    let mut diagnostics = Diagnostics::new();
    let mut owners = HashMap::new();
    let mut nodes = Vec::new();
    let mut links: HashMap<NodeId, Vec<Link>> = HashMap::new();
    for mut fragment in fragments {
        diagnostics.append(&mut fragment.diagnostics);
        let renamed = settle_ids(&mut fragment.nodes, &mut owners, &mut diagnostics);
        if !renamed.is_empty() {
            rename(&mut fragment, &renamed);
        }
        nodes.append(&mut fragment.nodes);
        for link in fragment.links {
            links.entry(link.from).or_default().push(link);
        }
    }
    nodes.sort_by_key(|node| node.id);
    (index(nodes, links), diagnostics)
}

/// Who has an id, and how many wanted it so far.
#[derive(Clone, Copy)]
struct Owner {
    span: Span,
    claims: u32,
}

/// Gives every node an id that no earlier one has, and says which ids changed.
fn settle_ids(
    nodes: &mut [Node],
    owners: &mut HashMap<NodeId, Owner>,
    diagnostics: &mut Diagnostics,
) -> HashMap<NodeId, NodeId> {
    let mut renamed = HashMap::new();
    for node in nodes {
        let Some(Owner { span: owner, claims }) = owners.get(&node.id).copied() else {
            owners.insert(node.id, Owner { span: node.span, claims: 1 });
            continue;
        };
        let mut free =
            (claims + 1..).map(|count| NodeId::new(node.id.scheme(), &format!("{}~{count}", node.id.name())));
        // The numbers do not end before the nodes do.
        let Some(id) = free.find(|id| !owners.contains_key(id)) else { continue };
        owners.insert(node.id, Owner { span: owner, claims: claims + 1 });
        let message =
            format!("`{}` is the identity of two sources: `{}` and `{}`", node.id, owner.file, node.span.file);
        diagnostics.push(
            Diagnostic::new(Code::DuplicateId, message, node.span)
                .label(format!("is called `{id}` for now"))
                .related(owner, format!("`{}` stands here first", node.id))
                .hint("give one of them another name or number, or a `slug` in its front matter"),
        );
        owners.insert(id, Owner { span: node.span, claims: 1 });
        renamed.insert(node.id, id);
        node.id = id;
        if let Home::Page { route, .. } = &mut node.home {
            *route = suffixed(route, id.name().rsplit('~').next().unwrap_or_default());
        }
    }
    renamed
}

/// `adr/0007-x/` with `2` becomes `adr/0007-x-2/`, `rust/a/struct.B.html` becomes `rust/a/struct.B-2.html`.
pub(crate) fn suffixed(route: &str, suffix: &str) -> String {
    match (route.strip_suffix('/'), route.strip_suffix(".html")) {
        (Some(stem), _) => format!("{stem}-{suffix}/"),
        (None, Some(stem)) => format!("{stem}-{suffix}.html"),
        (None, None) => format!("{route}-{suffix}/").trim_start_matches('-').to_owned(),
    }
}

/// Follows the changed ids through everything else that the fragment says.
fn rename(fragment: &mut Fragment, renamed: &HashMap<NodeId, NodeId>) {
    let new = |id: &mut NodeId| {
        if let Some(changed) = renamed.get(id) {
            *id = *changed;
        }
    };
    for node in &mut fragment.nodes {
        node.parent.as_mut().map(new).unwrap_or_default();
        if let Home::Within { node: outer, .. } = &mut node.home {
            new(outer);
        }
        for block in &mut node.body {
            block.each_prose(&mut |prose| {
                for slot in &mut prose.slots {
                    if let Hole::Page(id) = &mut slot.hole {
                        new(id);
                    }
                }
            });
        }
    }
    for link in &mut fragment.links {
        new(&mut link.from);
        if let Target::Known(id) = &mut link.target {
            new(id);
        }
    }
}

fn index(nodes: Vec<Node>, mut by_source: HashMap<NodeId, Vec<Link>>) -> Graph {
    let index: HashMap<NodeId, usize> = nodes.iter().enumerate().map(|(position, node)| (node.id, position)).collect();
    let mut children = vec![Vec::new(); nodes.len()];
    let mut links = Vec::new();
    let mut ranges = Vec::with_capacity(nodes.len());
    for (position, node) in nodes.iter().enumerate() {
        if let Some(&parent) = node.parent.as_ref().and_then(|parent| index.get(parent)) {
            children[parent].push(position);
        }
        let start = links.len();
        links.append(&mut by_source.remove(&node.id).unwrap_or_default());
        ranges.push(start..links.len());
    }
    for children in &mut children {
        children.sort_by(|&left, &right| compare_siblings(&nodes[left], &nodes[right]));
    }
    Graph { nodes, links, ranges, children, index }
}

/// The order in which siblings are listed: by their stated order, those without one last; then by title, then id.
pub fn compare_siblings(left: &Node, right: &Node) -> std::cmp::Ordering {
    let key = |node: &Node| (node.order.is_none(), node.order, node.kind.order);
    key(left)
        .cmp(&key(right))
        .then_with(|| left.title.to_lowercase().cmp(&right.title.to_lowercase()))
        .then_with(|| left.id.cmp(&right.id))
}
