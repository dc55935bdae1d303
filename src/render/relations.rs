//! Links -> what each node and each page is connected with.
//!
//! Works from the links of a node and those that lead to it, so that a page costs what it is connected with.

use std::collections::BTreeSet;

use super::owners::OWNED_BY;
use super::standpoint::Standpoint;
use super::view::{LinkView, RelationView};
use crate::graph::{End, Kind, Node, NodeId, Relation, ResolvedGraph};

/// Of one relation this many are shown at once,
const SHOWN: usize = 8;

/// and this many at all.
const LISTED: usize = 200;

/// What a thing is a part of is followed this far up.
const DEEPEST: usize = 16;

/// A connection as seen from one of its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Connection {
    /// Place in [`Relation::ALL`], so that connections sort in the order in which pages show them.
    rank: usize,
    /// Whether the relation leads here from the other end.
    incoming: bool,
    /// The other end.
    other: NodeId,
}

impl Connection {
    fn relation(self) -> Relation {
        Relation::ALL[self.rank]
    }

    /// The relation as read from this end.
    fn label(self) -> &'static str {
        if self.incoming { self.relation().passive() } else { self.relation().active() }
    }

    /// Whether this is what a column about `name` shows: the relation read from this end, or from the other.
    fn is_about(self, name: &str) -> bool {
        self.label() == name || (self.incoming && self.relation().active() == name)
    }
}

/// The connections of `id`, some of them several times. What is part of something is shown by the navigation, and not
/// here.
fn connections(resolved: &ResolvedGraph, id: NodeId) -> impl Iterator<Item = Connection> {
    let graph = &resolved.graph;
    let stated = graph.links_from(id).filter_map(move |position| {
        let (link, End::Node { id: other, .. }) = (graph.link(position), resolved.end(position)?) else {
            return None;
        };
        Some(Connection { rank: link.relation as usize, incoming: link.flipped, other: *other })
    });
    let incoming = graph.position(id).into_iter().flat_map(|position| resolved.incoming(position));
    let incoming = incoming.map(move |&position| {
        let link = graph.link(position as usize);
        Connection { rank: link.relation as usize, incoming: !link.flipped, other: link.from }
    });
    let above = move |id: &NodeId| graph.node(*id).and_then(|node| node.parent);
    let is_above = move |whole: NodeId, part: NodeId| {
        std::iter::successors(above(&part), above).take(DEEPEST).any(|above| above == whole)
    };
    stated.chain(incoming).filter(move |found| {
        let (part, whole) = if found.incoming { (found.other, id) } else { (id, found.other) };
        found.other != id && !(found.relation() == Relation::PartOf && is_above(whole, part))
    })
}

/// The other ends of the connections of `id` that a column about the relation `name` shows, in order.
pub(super) fn about(resolved: &ResolvedGraph, id: NodeId, name: &str) -> BTreeSet<NodeId> {
    connections(resolved, id).filter(|connection| connection.is_about(name)).map(|found| found.other).collect()
}

/// What `id` superseded, and what superseded it: each as the newer, the older, and whether that is so of the whole.
pub(super) fn supersessions(resolved: &ResolvedGraph, id: NodeId) -> BTreeSet<(NodeId, NodeId, bool)> {
    let all = connections(resolved, id).filter_map(|found| {
        let is_whole = match found.relation() {
            Relation::Supersedes => true,
            Relation::PartlySupersedes => false,
            _ => return None,
        };
        Some(if found.incoming { (found.other, id, is_whole) } else { (id, found.other, is_whole) })
    });
    all.collect()
}

/// What the page that shows `nodes` is connected with, by relation. A thing that a stronger relation names is not said to
/// be mentioned as well.
pub(super) fn of_page<'a>(from: Standpoint<'a>, page: &Node, nodes: &[&'a Node]) -> Vec<RelationView<'a>> {
    let own: BTreeSet<NodeId> = nodes.iter().map(|node| node.id).collect();
    let all = nodes.iter().flat_map(|node| connections(from.pages.resolved, node.id));
    // Owners stand below the title.
    let is_shown = |found: &Connection| !own.contains(&found.other) && found.label() != OWNED_BY;
    let all: BTreeSet<Connection> = all.filter(is_shown).collect();
    let is_mention = |connection: &Connection| connection.relation() == Relation::Mentions;
    let named: BTreeSet<NodeId> = all.iter().filter(|found| !is_mention(found)).map(|found| found.other).collect();
    let shown: Vec<Connection> =
        all.into_iter().filter(|found| !is_mention(found) || !named.contains(&found.other)).collect();
    let same = |left: &Connection, right: &Connection| left.label() == right.label();
    shown.chunk_by(same).map(|run| relation_view(from, page.kind, run)).collect()
}

fn relation_view<'a>(from: Standpoint<'a>, own: &Kind, run: &[Connection]) -> RelationView<'a> {
    let mut nodes: Vec<&Node> = run.iter().filter_map(|connection| from.graph().node(connection.other)).collect();
    nodes.sort_by_cached_key(|node| (node.kind.section.order, node.kind.order, node.title.to_lowercase(), node.id));
    let links = nodes.iter().take(LISTED).filter_map(|node| {
        let link = from.link(node)?;
        // What is of the page's own kind needs no label.
        Some(if node.kind == own { LinkView { label: "", ..link } } else { link })
    });
    let mut links: Vec<LinkView<'a>> = links.collect();
    let more = if links.len() > SHOWN + 2 { links.split_off(SHOWN) } else { Vec::new() };
    let label = run.first().map_or("", |connection| connection.label());
    RelationView { label, links, more, left_out: nodes.len().saturating_sub(LISTED) }
}
