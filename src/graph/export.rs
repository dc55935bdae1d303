//! The resolved graph -> the public JSON contract.
//!
//! Enters: a [`ResolvedGraph`] and the address of each node. Leaves: [`GraphExport`], which serialises to the shape that
//! the book describes and whose schema is versioned. Nodes are sorted by id, edges by (from, relation, to).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{End, Facts, NodeId, Relation, ResolvedGraph};
use crate::source::{Interned, RepoPath, Sources, Span};

/// The graph as others read it.
#[derive(Debug, Serialize)]
pub struct GraphExport<'a> {
    /// The version of this shape.
    pub schema: u32,
    /// Who wrote it: `livedoc 0.1.0`.
    pub generator: &'static str,
    /// Every node, by id.
    pub nodes: Vec<ExportedNode<'a>>,
    /// Every edge once, in its active direction, by (from, relation, to).
    pub edges: Vec<ExportedEdge>,
    /// The last change of each file in which a node is written, by path, where git knows.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<RepoPath, LastChange>,
}

/// The last change of a file as others read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LastChange {
    /// The full name of the commit.
    pub commit: String,
    /// Its day, as ISO 8601 has it.
    pub date: String,
    /// Who wrote commits that changed the file, the last one first, each once.
    pub authors: Vec<String>,
}

/// A node as others read it.
#[derive(Clone, Debug, Serialize)]
pub struct ExportedNode<'a> {
    /// What it is called.
    pub id: NodeId,
    /// The name of its kind.
    pub kind: &'static str,
    /// What readers see.
    pub title: &'a str,
    /// A sentence or two; empty for none.
    pub summary: &'a str,
    /// Its address from the site's root, with a leading slash and an anchor when it is a place on a page.
    pub url: String,
    /// Where it is written.
    pub source: ExportedSource,
    /// What its source states.
    pub facts: &'a Facts,
}

/// An edge as others read it.
#[derive(Clone, Debug, Serialize)]
pub struct ExportedEdge {
    /// Where it starts.
    pub from: NodeId,
    /// Where it leads.
    pub to: NodeId,
    /// What it means.
    pub relation: Relation,
    /// The place on the page, when it leads to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Interned>,
    /// Where it is stated.
    pub source: ExportedSource,
}

/// A line of a file.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ExportedSource {
    /// From the repository's root, with `/`.
    pub path: RepoPath,
    /// From 1.
    pub line: u32,
}

/// The graph in its public shape. `url` gives the address of a node from the site's root, `last_change` what is known of a file.
pub fn export<'a>(
    resolved: &'a ResolvedGraph,
    sources: &dyn Sources,
    url: &dyn Fn(NodeId) -> Option<String>,
    last_change: &dyn Fn(RepoPath) -> Option<LastChange>,
) -> GraphExport<'a> {
    let mut lines = Lines { sources, known: BTreeMap::new() };
    let nodes = resolved
        .graph
        .nodes()
        .map(|node| ExportedNode {
            id: node.id,
            kind: node.kind.name,
            title: &node.title,
            summary: &node.summary,
            url: url(node.id).unwrap_or_default(),
            source: lines.source(node.span),
            facts: &node.facts,
        })
        .collect();
    let edges = edges(resolved).into_iter().map(|edge| ExportedEdge {
        from: edge.from,
        to: edge.to,
        relation: edge.relation,
        anchor: edge.anchor,
        source: lines.source(edge.span),
    });
    let edges = edges.collect();
    let written: BTreeSet<RepoPath> = resolved.graph.nodes().map(|node| node.span.file).collect();
    let files = written.into_iter().filter_map(|path| Some((path, last_change(path)?))).collect();
    GraphExport { schema: 1, generator: concat!("livedoc ", env!("CARGO_PKG_VERSION")), nodes, edges, files }
}

/// A connection between two nodes that holds, in its active direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Where it starts.
    pub from: NodeId,
    /// Where it leads.
    pub to: NodeId,
    /// What it means.
    pub relation: Relation,
    /// The place that the source names: on the target's page; on the other one's, where the target states the edge (an
    /// alert names a section of its runbook).
    pub anchor: Option<Interned>,
    /// Where it is first stated.
    pub span: Span,
}

/// Every edge of the graph once, by (from, relation, to); one to a runbook for each place in it that is named. What is part of
/// something has an edge for it.
pub fn edges(resolved: &ResolvedGraph) -> Vec<Edge> {
    edges_among(resolved, |_| true)
}

/// Those of [`edges`] that mean `relation`.
pub fn edges_of(resolved: &ResolvedGraph, relation: Relation) -> Vec<Edge> {
    edges_among(resolved, |other| other == relation)
}

/// How many [`edges`] there are: without making them, because there may be very many.
pub fn edge_count(resolved: &ResolvedGraph) -> usize {
    let place = |id| resolved.graph.position(id).and_then(|place| u32::try_from(place).ok());
    // Those to a runbook are told apart by its places, too.
    let plain = statements(resolved, |relation| relation != Relation::Mitigates);
    let mut plain: Vec<_> = plain.map(|edge| (place(edge.from), edge.relation as usize, place(edge.to))).collect();
    plain.sort_unstable();
    plain.dedup();
    plain.len() + edges_of(resolved, Relation::Mitigates).len()
}

/// Every edge as often as it is stated.
fn statements(resolved: &ResolvedGraph, is_wanted: impl Fn(Relation) -> bool + Copy) -> impl Iterator<Item = Edge> {
    let graph = &resolved.graph;
    let parents = graph.nodes().filter(move |_| is_wanted(Relation::PartOf)).filter_map(move |node| {
        let to = node.parent.filter(|parent| graph.node(*parent).is_some())?;
        Some(Edge { from: node.id, to, relation: Relation::PartOf, anchor: None, span: node.span })
    });
    let stated = resolved.links().filter(move |(link, _)| is_wanted(link.relation)).filter_map(|(link, end)| {
        let End::Node { id, anchor } = *end else { return None };
        let (from, to) = if link.flipped { (id, link.from) } else { (link.from, id) };
        Some(Edge { from, to, relation: link.relation, anchor, span: link.span })
    });
    parents.chain(stated).filter(|edge| edge.from != edge.to)
}

fn edges_among(resolved: &ResolvedGraph, is_wanted: impl Fn(Relation) -> bool + Copy) -> Vec<Edge> {
    let mut edges: Vec<Edge> = statements(resolved, is_wanted).collect();
    // Of several statements the first counts; of a runbook's, the one that says where to look in it.
    let vague = |edge: &Edge| edge.relation == Relation::Mitigates && edge.anchor.is_none();
    let named = |edge: &Edge| edge.anchor.filter(|_| edge.relation == Relation::Mitigates);
    edges.sort_unstable_by_key(|edge| {
        (edge.from, edge.relation, edge.to, vague(edge), named(edge), edge.span, edge.anchor)
    });
    edges.dedup_by(|next, kept| {
        let is_same = (next.from, next.relation, next.to) == (kept.from, kept.relation, kept.to);
        is_same && (named(next).is_none() || named(next) == named(kept))
    });
    edges
}

/// Offsets -> lines, asking for each file once.
struct Lines<'a> {
    sources: &'a dyn Sources,
    known: BTreeMap<RepoPath, Option<std::sync::Arc<crate::source::SourceFile>>>,
}

impl Lines<'_> {
    fn source(&mut self, span: Span) -> ExportedSource {
        let file = self.known.entry(span.file).or_insert_with(|| self.sources.source(span.file));
        let line = file.as_ref().map_or(1, |file| file.line(span.start));
        ExportedSource { path: span.file, line }
    }
}
