//! What the rules about decisions ask of them.

use std::collections::BTreeMap;

use super::Subject;
use crate::graph::{Fact, Node, NodeId, Relation, edges_of};

/// Whether `node` is a decision.
pub(super) fn is_decision(node: &Node) -> bool {
    node.kind.name == "adr"
}

/// Every decision, in the graph's order.
pub(super) fn decisions<'a>(subject: Subject<'a>) -> impl Iterator<Item = &'a Node> {
    subject.resolved.graph.nodes().filter(|node| is_decision(node))
}

/// The log that a decision is in.
pub(super) fn log(node: &Node) -> &str {
    text(node, "log").unwrap_or_default()
}

/// Its number.
pub(super) fn number(node: &Node) -> Option<i64> {
    match node.facts.get("number") {
        Some(Fact::Number(number)) => Some(*number),
        _ => None,
    }
}

/// Its status.
pub(super) fn status(node: &Node) -> Option<&str> {
    text(node, "status")
}

/// Whether it is superseded as a whole.
pub(super) fn is_superseded(node: &Node) -> bool {
    status(node) == Some("superseded")
}

fn text<'a>(node: &'a Node, name: &str) -> Option<&'a str> {
    match node.facts.get(name) {
        Some(Fact::Text(text)) => Some(text),
        _ => None,
    }
}

/// What superseded each decision.
pub(super) fn successors(subject: Subject<'_>) -> BTreeMap<NodeId, Vec<NodeId>> {
    let mut successors: BTreeMap<NodeId, Vec<NodeId>> = BTreeMap::new();
    for edge in edges_of(subject.resolved, Relation::Supersedes) {
        successors.entry(edge.to).or_default().push(edge.from);
    }
    successors
}
