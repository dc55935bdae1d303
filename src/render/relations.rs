//! Edges -> what each node and each page is connected with.

use std::collections::{BTreeSet, HashMap};

use super::links::href;
use super::view::{LinkView, RelationView};
use crate::graph::{Node, NodeId, Relation, ResolvedGraph, edges};
use crate::plan::SitePlan;

/// Of one relation this many are shown at once,
const SHOWN: usize = 8;

/// and this many at all.
const LISTED: usize = 200;

/// A connection as seen from one of its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Connection {
    /// Place in [`Relation::ALL`], so that connections sort in the order in which pages show them.
    rank: usize,
    /// Whether the relation leads here from the other end.
    incoming: bool,
    /// The other end.
    pub(super) other: NodeId,
}

impl Connection {
    fn new(relation: Relation, incoming: bool, other: NodeId) -> Self {
        Self { rank: relation as usize, incoming, other }
    }

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

/// The connections of every node.
pub(super) struct Connections(HashMap<NodeId, Vec<Connection>>);

impl Connections {
    /// Those of `resolved`. What is part of something is shown by the navigation, and not here.
    pub(super) fn new(resolved: &ResolvedGraph) -> Self {
        let graph = &resolved.graph;
        let mut connections: HashMap<NodeId, Vec<Connection>> = HashMap::new();
        for edge in edges(resolved) {
            let is_parent = || graph.node(edge.from).is_some_and(|node| node.parent == Some(edge.to));
            if edge.relation == Relation::PartOf && is_parent() {
                continue;
            }
            connections.entry(edge.from).or_default().push(Connection::new(edge.relation, false, edge.to));
            connections.entry(edge.to).or_default().push(Connection::new(edge.relation, true, edge.from));
        }
        Self(connections)
    }

    /// The other ends of the connections of `id` that a column about the relation `name` shows, in order.
    pub(super) fn about(&self, id: NodeId, name: &str) -> Vec<NodeId> {
        let own = self.0.get(&id).into_iter().flatten();
        let mut ends: Vec<NodeId> =
            own.filter(|connection| connection.is_about(name)).map(|found| found.other).collect();
        ends.sort();
        ends.dedup();
        ends
    }

    /// What the page that shows `nodes` is connected with, by relation. A thing that a stronger relation names is not
    /// said to be mentioned as well.
    pub(super) fn of_page(&self, nodes: &[&Node], resolved: &ResolvedGraph, plan: &SitePlan) -> Vec<RelationView> {
        let own: BTreeSet<NodeId> = nodes.iter().map(|node| node.id).collect();
        let all = nodes.iter().filter_map(|node| self.0.get(&node.id)).flatten().copied();
        let all: BTreeSet<Connection> = all.filter(|connection| !own.contains(&connection.other)).collect();
        let is_mention = |connection: &Connection| connection.relation() == Relation::Mentions;
        let named: BTreeSet<NodeId> = all.iter().filter(|found| !is_mention(found)).map(|found| found.other).collect();
        let shown: Vec<Connection> =
            all.into_iter().filter(|found| !is_mention(found) || !named.contains(&found.other)).collect();
        let same = |left: &Connection, right: &Connection| left.label() == right.label();
        shown.chunk_by(same).map(|run| relation_view(run, resolved, plan)).collect()
    }
}

fn relation_view(run: &[Connection], resolved: &ResolvedGraph, plan: &SitePlan) -> RelationView {
    let mut nodes: Vec<&Node> = run.iter().filter_map(|connection| resolved.graph.node(connection.other)).collect();
    nodes.sort_by_key(|node| (node.kind.section.order, node.kind.order, node.title.to_lowercase(), node.id));
    let mut links: Vec<LinkView> = nodes.iter().take(LISTED).filter_map(|node| link(node, plan)).collect();
    let more = if links.len() > SHOWN + 2 { links.split_off(SHOWN) } else { Vec::new() };
    let label = run.first().map_or("", |connection| connection.label());
    RelationView { label, links, more, left_out: nodes.len().saturating_sub(LISTED) }
}

/// A link to `node` that says what kind of thing it is.
pub(super) fn link(node: &Node, plan: &SitePlan) -> Option<LinkView> {
    Some(LinkView { title: node.title.clone(), href: href(plan, node.id)?, label: node.kind.label })
}
