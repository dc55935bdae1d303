//! An operation that a specification promises and that no code is known to serve.

use std::collections::{BTreeMap, BTreeSet};

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::{Fact, Node, NodeId, Relation, edges_of, specification_of};

/// Operations without a handler in specifications of which most operations have one: others describe what somebody else serves,
/// or what is served in a way that cannot be read.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let handled: BTreeSet<NodeId> = edges_of(subject.resolved, Relation::Handles).iter().map(|edge| edge.to).collect();
    if handled.is_empty() {
        return Diagnostics::new();
    }
    let mut specifications: BTreeMap<NodeId, Vec<&Node>> = BTreeMap::new();
    let graph = &subject.resolved.graph;
    for operation in graph.nodes().filter(|node| node.kind.name == "operation") {
        if let Some(specification) = specification_of(graph, operation) {
            specifications.entry(specification).or_default().push(operation);
        }
    }
    // A route that several specifications describe is told of none of them.
    let mut described: BTreeMap<[&str; 2], usize> = BTreeMap::new();
    for operation in specifications.values().flatten() {
        *described.entry(route(operation)).or_default() += 1;
    }
    let mut found = Diagnostics::new();
    for operations in specifications.into_values() {
        let (with, without): (Vec<&Node>, Vec<&Node>) =
            operations.into_iter().partition(|operation| handled.contains(&operation.id));
        if with.len() < 2 || with.len() <= without.len() {
            continue;
        }
        let without = without.into_iter().filter(|operation| described.get(&route(operation)) == Some(&1));
        found.extend(without.map(|operation| {
            let message = format!("no function is known that serves `{}`", operation.id);
            Diagnostic::new(Code::ApiOperationWithoutHandler, message, operation.span)
                .hint("name it with `x-livedoc-handler: path::of::function`, or remove what is no longer served")
        }));
    }
    found
}

/// The method and the path of `operation`.
fn route(operation: &Node) -> [&str; 2] {
    ["method", "path"].map(|name| match operation.facts.get(name) {
        Some(Fact::Text(text)) => text,
        _ => "",
    })
}
