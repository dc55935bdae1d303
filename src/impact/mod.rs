//! What changed -> the documents and the people that depend on it.
//!
//! Enters: the [`ResolvedGraph`] and the lines that differ ([`EditedFile`]). Leaves: [`Impact`]: guides, runbooks, decisions and
//! owners, the shortest dependency first, each with the way from what changed to it.
//!
//! What is written in lines that differ has changed. From there dependencies are followed backwards: who mentions, mitigates,
//! accepts or refers to something depends on it, a whole depends on its parts, an operation on the function that handles it.

mod touched;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::discover::EditedFile;
use crate::graph::{Edge, End, Node, NodeId, Relation, ResolvedGraph, Target, edges, path_named};
use crate::source::{RepoPath, Sources};

use touched::touched;

/// What people read and keep true.
const DOCUMENTS: &[&str] = &["guide", "runbook", "adr"];

/// Whom to ask.
const OWNERS: &[&str] = &["team", "user"];

/// Longer ways say nothing.
const FARTHEST: usize = 5;

/// Something that depends on what changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependent {
    /// The document or the owner.
    pub id: NodeId,
    /// From what changed to this, both included; the file's path where it is a file without a node.
    pub way: Vec<Stop>,
    /// Whether it is changed as well.
    pub is_changed: bool,
}

/// A thing on a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stop {
    /// A node.
    Node(NodeId),
    /// A file that has none.
    File(RepoPath),
}

/// What depends on a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Impact {
    /// Guides, runbooks and decisions, by the length of their way and then by id; those that are changed as well last.
    pub documents: Vec<Dependent>,
    /// Those who own what changed or a document that depends on it, likewise.
    pub owners: Vec<Dependent>,
}

/// What depends on `edits`.
pub fn impact(resolved: &ResolvedGraph, sources: &dyn Sources, edits: &[EditedFile]) -> Impact {
    let graph = &resolved.graph;
    let changed = touched(graph, sources, edits);
    let dependencies = dependencies(resolved);
    let mut ways: BTreeMap<Stop, Option<Stop>> = BTreeMap::new();
    let mut waiting: VecDeque<(Stop, usize)> = VecDeque::new();
    let files = edits.iter().map(|edit| Stop::File(edit.path));
    for stop in changed.iter().map(|id| Stop::Node(*id)).chain(files) {
        ways.insert(stop, None);
        waiting.push_back((stop, 0));
    }
    while let Some((stop, distance)) = waiting.pop_front() {
        // Documents are where ways end: what is said of a document is said of no code.
        let is_end =
            |id: NodeId| graph.node(id).is_some_and(|node| DOCUMENTS.contains(&node.kind.name)) && distance > 0;
        if distance == FARTHEST || matches!(stop, Stop::Node(id) if is_end(id)) {
            continue;
        }
        for dependent in dependencies.get(&stop).into_iter().flatten() {
            let next = Stop::Node(*dependent);
            if let Entry::Vacant(free) = ways.entry(next) {
                free.insert(Some(stop));
                waiting.push_back((next, distance + 1));
            }
        }
    }
    let reached = |kinds: &[&str]| -> Vec<Dependent> {
        let ids = ways.keys().filter_map(|stop| if let Stop::Node(id) = stop { Some(*id) } else { None });
        let wanted = ids.filter(|id| graph.node(*id).is_some_and(|node| kinds.contains(&node.kind.name)));
        let dependent =
            |id: NodeId| Dependent { id, way: way(&ways, Stop::Node(id)), is_changed: changed.contains(&id) };
        let mut found: Vec<Dependent> = wanted.map(dependent).collect();
        found.sort_by_key(|found| (found.is_changed, found.way.len(), found.id));
        found
    };
    let documents = reached(DOCUMENTS);
    let owners = owners(resolved, &changed, &documents);
    Impact { documents, owners }
}

/// The way to `stop`, from what changed.
fn way(ways: &BTreeMap<Stop, Option<Stop>>, stop: Stop) -> Vec<Stop> {
    let before = |stop: &Stop| ways.get(stop).copied().flatten();
    let mut way: Vec<Stop> = std::iter::successors(Some(stop), before).take(FARTHEST + 1).collect();
    way.reverse();
    way
}

/// For each thing those that depend on it.
fn dependencies(resolved: &ResolvedGraph) -> BTreeMap<Stop, BTreeSet<NodeId>> {
    let graph = &resolved.graph;
    let mut found: BTreeMap<Stop, BTreeSet<NodeId>> = BTreeMap::new();
    for Edge { from, to, relation, .. } in edges(resolved) {
        let (thing, dependent) = match relation {
            Relation::Owns | Relation::Supersedes | Relation::RelatesTo => continue,
            // A function is what an operation does, and a part is what a whole is made of.
            Relation::Handles | Relation::PartOf => (from, to),
            _ => (to, from),
        };
        // A page that leads to another one, or has it as a chapter, says nothing about it; one that leads to a decision does.
        let is_of = |kinds: &[&str]| graph.node(thing).is_some_and(|node| kinds.contains(&node.kind.name));
        let is_way = match relation {
            Relation::PartOf => is_of(DOCUMENTS),
            Relation::Mentions => is_of(&["guide", "runbook"]),
            _ => false,
        };
        if !is_way {
            found.entry(Stop::Node(thing)).or_default().insert(dependent);
        }
    }
    for (link, _) in resolved.links().filter(|(_, end)| !matches!(end, End::Node { .. })) {
        let Target::Named { scheme, text } = &link.target else { continue };
        let path = graph.node(link.from).filter(|_| scheme.as_str() == "path").and_then(|from| path_named(from, text));
        if let Some(path) = path {
            found.entry(Stop::File(path)).or_default().insert(link.from);
        }
    }
    found
}

/// Who owns what is `changed`, or one of `documents`.
fn owners(resolved: &ResolvedGraph, changed: &BTreeSet<NodeId>, documents: &[Dependent]) -> Vec<Dependent> {
    let graph = &resolved.graph;
    let mut ways: BTreeMap<NodeId, Vec<Stop>> = BTreeMap::new();
    let own = changed.iter().map(|id| (*id, vec![Stop::Node(*id)]));
    let read = documents.iter().filter(|found| !found.is_changed).map(|found| (found.id, found.way.clone()));
    let mut owned: BTreeMap<NodeId, BTreeSet<NodeId>> = BTreeMap::new();
    for edge in crate::graph::edges_of(resolved, Relation::Owns) {
        owned.entry(edge.to).or_default().insert(edge.from);
    }
    for (id, way) in own.chain(read) {
        for owner in outermost(graph.node(id), |id| graph.node(id)).and_then(|id| owned.get(&id)).into_iter().flatten()
        {
            let way = way.iter().copied().chain([Stop::Node(*owner)]).collect::<Vec<_>>();
            let known = ways.entry(*owner).or_insert_with(|| way.clone());
            if way.len() < known.len() {
                *known = way;
            }
        }
    }
    let is_owner = |id: &NodeId| graph.node(*id).is_some_and(|node| OWNERS.contains(&node.kind.name));
    let found = ways.into_iter().filter(|(id, _)| is_owner(id));
    let mut found: Vec<Dependent> = found.map(|(id, way)| Dependent { id, way, is_changed: false }).collect();
    found.sort_by_key(|found| (found.way.len(), found.id));
    found
}

/// What `node` is within, in its own file: who owns that owns it.
fn outermost<'n>(node: Option<&'n Node>, find: impl Fn(NodeId) -> Option<&'n Node>) -> Option<NodeId> {
    let around = |node: &&'n Node| find(node.parent?).filter(|outer| outer.span.file == node.span.file);
    std::iter::successors(node, around).take(16).last().map(|node| node.id)
}
