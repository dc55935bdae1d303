//! Fragments -> one graph in which every identity is settled.
//!
//! Enters: the extractors' fragments, in any order. Leaves: a [`Graph`], the same for every order of the fragments, and
//! a diagnostic for each id that two sources claim.
//!
//! A graph is its fragments and, apart from them, how they hang together, which graphs of one shape share
//! (`reassemble.rs`).

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::ownership::ownership;
use super::{Fragment, Hole, Home, Link, LinkIndex, Node, NodeId, Target};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{NameMap, Span};

/// All nodes and the links that they state. Nodes and links stay in the fragments that they came in, which caches share.
#[derive(Debug, Default)]
pub struct Graph {
    pub(super) fragments: Vec<Arc<Fragment>>,
    pub(super) shape: Arc<Shape>,
    pub(super) stated: Arc<Stated>,
}

/// How the nodes of a graph hang together: the same after each edit within the text of some.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// By id.
    nodes: Vec<Entry>,
    /// For each node those that name it as their parent.
    children: Vec<Vec<usize>>,
    index: NameMap<NodeId, usize>,
}

/// Which node states which links.
#[derive(Debug, Default)]
pub(super) struct Stated {
    /// By the node that states them, then in the order of its fragment.
    links: Vec<Entry>,
    /// For each node the range of its links.
    ranges: Vec<Range<usize>>,
}

/// Where a node or a link stands: its fragment, and its place there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) fragment: u32,
    pub(super) place: u32,
}

impl Entry {
    /// Neither fragments nor what is in them come near the limit: their texts would have to fill 4 GB.
    fn new(fragment: usize, place: usize) -> Self {
        let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        Self { fragment: number(fragment), place: number(place) }
    }
}

impl Graph {
    /// Every node, by id.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = &Node> + DoubleEndedIterator + Clone {
        self.shape.nodes.iter().map(|entry| self.entered(*entry))
    }

    /// Every link, by the node that states it and then in its source's order.
    pub fn links(&self) -> impl ExactSizeIterator<Item = &Link> + DoubleEndedIterator + Clone {
        (0..self.stated.links.len()).map(|position| self.link(position))
    }

    /// The node at that place of [`Graph::nodes`], which must be one.
    pub fn node_at(&self, position: usize) -> &Node {
        self.entered(self.shape.nodes[position])
    }

    /// The link at that place of [`Graph::links`], which must be one.
    pub fn link(&self, position: usize) -> &Link {
        let Entry { fragment, place } = self.stated.links[position];
        &self.fragments[fragment as usize].links[place as usize]
    }

    /// In which fragment the link at that place of [`Graph::links`] stands, and where there.
    pub(super) fn place_of_link(&self, position: usize) -> Option<Entry> {
        self.stated.links.get(position).copied()
    }

    /// The node called `id`.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.position(id).map(|position| self.node_at(position))
    }

    /// Where the node called `id` stands in [`Graph::nodes`].
    pub fn position(&self, id: NodeId) -> Option<usize> {
        self.shape.index.get(&id).copied()
    }

    /// The number of the fragment that holds the node at that place of [`Graph::nodes`]: its place in the order in which
    /// [`Graph::fragments`] gives them.
    pub fn fragment_of(&self, position: usize) -> usize {
        self.shape.nodes[position].fragment as usize
    }

    /// The fragments that the graph is made of, by the place of their first node.
    pub fn fragments(&self) -> &[Arc<Fragment>] {
        &self.fragments
    }

    /// Where the links that `id` states stand in [`Graph::links`].
    pub fn links_from(&self, id: NodeId) -> Range<usize> {
        self.position(id).map_or(0..0, |position| self.stated.ranges[position].clone())
    }

    /// Where the link that a hole in the body of `id` refers to stands in [`Graph::links`].
    pub fn link_of_hole(&self, id: NodeId, index: LinkIndex) -> Option<usize> {
        let range = self.links_from(id);
        let position = range.start + index.0 as usize;
        range.contains(&position).then_some(position)
    }

    /// The nodes that name `id` as their parent, by order, then title, then id.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = &Node> {
        let children = self.position(id).map_or(&[][..], |position| &self.shape.children[position]);
        children.iter().map(|&child| self.node_at(child))
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

    fn entered(&self, Entry { fragment, place }: Entry) -> &Node {
        &self.fragments[fragment as usize].nodes[place as usize]
    }
}

/// Joins `fragments`. What is found is what is wrong with all of them together; each keeps its own findings. Of two nodes with one id the one that stands first in the repository keeps it; the other gets a
/// number behind it, so that both have a page.
pub fn assemble(mut fragments: Vec<Arc<Fragment>>) -> (Graph, Diagnostics) {
    fragments.sort_by_key(|fragment| rank(fragment));
    let mut diagnostics = Diagnostics::new();
    let mut owners = NameMap::default();
    for fragment in &mut fragments {
        let renamed = settle_ids(fragment, &mut owners, &mut diagnostics);
        if !renamed.is_empty() {
            rename(Arc::make_mut(fragment), &renamed);
        }
    }
    // Without nodes, it stands before the others.
    fragments.splice(0..0, ownership(&fragments).map(Arc::new));
    (index(fragments), diagnostics)
}

/// What fragments are sorted by.
pub(super) fn rank(fragment: &Fragment) -> Option<(Span, NodeId)> {
    fragment.nodes.first().map(|node| (node.span, node.id))
}

/// Who has an id, and how many wanted it so far.
#[derive(Clone, Copy)]
struct Owner {
    span: Span,
    claims: u32,
}

/// Gives every node an id that no earlier one has, and says which ids changed.
fn settle_ids(
    fragment: &mut Arc<Fragment>,
    owners: &mut NameMap<NodeId, Owner>,
    diagnostics: &mut Diagnostics,
) -> HashMap<NodeId, NodeId> {
    let mut renamed = HashMap::new();
    for place in 0..fragment.nodes.len() {
        let node = &fragment.nodes[place];
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
        // Whoever shares the fragment keeps it as it was read.
        let node = &mut Arc::make_mut(fragment).nodes[place];
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
        let holds = |hole: &Hole| matches!(hole, Hole::Page(id) if renamed.contains_key(id));
        if node.body.holes().iter().any(holds) {
            node.body.rename(&new);
        }
    }
    fragment.files.iter_mut().for_each(|file| new(&mut file.of));
    fragment.owned.iter_mut().filter_map(|owned| owned.owner.as_mut()).for_each(new);
    for link in &mut fragment.links {
        new(&mut link.from);
        if let Target::Known(id) = &mut link.target {
            new(id);
        }
    }
}

fn index(fragments: Vec<Arc<Fragment>>) -> Graph {
    let count = fragments.iter().map(|fragment| fragment.nodes.len()).sum();
    let mut nodes = Vec::with_capacity(count);
    for (number, fragment) in fragments.iter().enumerate() {
        nodes.extend((0..fragment.nodes.len()).map(|place| Entry::new(number, place)));
    }
    let mut graph = Graph { fragments, ..Graph::default() };
    nodes.sort_by_key(|entry| graph.entered(*entry).id);
    let index = nodes.iter().enumerate().map(|(position, entry)| (graph.entered(*entry).id, position)).collect();
    graph.shape = Arc::new(Shape { nodes, index, children: Vec::new() });
    graph.stated = Arc::new(index_links(&graph));
    let mut children = vec![Vec::new(); count];
    for (position, node) in graph.nodes().enumerate() {
        if let Some(parent) = node.parent.and_then(|parent| graph.position(parent)) {
            children[parent].push(position);
        }
    }
    for children in &mut children {
        children.sort_by(|&left, &right| compare_siblings(graph.node_at(left), graph.node_at(right)));
    }
    if let Some(shape) = Arc::get_mut(&mut graph.shape) {
        shape.children = children;
    }
    graph
}

/// Links by the node that states them, and which of them are each node's. Those of no node are left out.
pub(super) fn index_links(graph: &Graph) -> Stated {
    let mut stated: Vec<(usize, Entry)> = Vec::new();
    for (number, fragment) in graph.fragments.iter().enumerate() {
        let mut last = None;
        for (place, link) in fragment.links.iter().enumerate() {
            // Links of one node mostly stand together.
            let source = match last {
                Some((id, source)) if id == link.from => source,
                _ => graph.position(link.from),
            };
            last = Some((link.from, source));
            stated.extend(source.map(|source| (source, Entry::new(number, place))));
        }
    }
    stated.sort_by_key(|(source, _)| *source);
    let mut ranges = Vec::with_capacity(graph.shape.nodes.len());
    let mut start = 0;
    for source in 0..graph.shape.nodes.len() {
        let end = start + stated[start..].iter().take_while(|(stated, _)| *stated == source).count();
        ranges.push(start..end);
        start = end;
    }
    Stated { links: stated.into_iter().map(|(_, entry)| entry).collect(), ranges }
}

/// The order in which siblings are listed: by their stated order, those without one last; then by title, then id.
pub fn compare_siblings(left: &Node, right: &Node) -> std::cmp::Ordering {
    let key = |node: &Node| (node.order.is_none(), node.order, node.kind.order);
    key(left)
        .cmp(&key(right))
        .then_with(|| left.title.to_lowercase().cmp(&right.title.to_lowercase()))
        .then_with(|| left.id.cmp(&right.id))
}
