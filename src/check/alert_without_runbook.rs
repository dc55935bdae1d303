//! An alert that wakes somebody up and tells them nothing.

use std::collections::BTreeSet;

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::{Fact, NodeId, Relation, edges_of};

/// Alerts that no runbook mitigates and that name none elsewhere.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let mitigated: BTreeSet<NodeId> =
        edges_of(subject.resolved, Relation::Mitigates).iter().map(|edge| edge.to).collect();
    let graph = &subject.resolved.graph;
    // A repository that has no runbooks at all keeps them elsewhere.
    if mitigated.is_empty() {
        return Diagnostics::new();
    }
    let alone = graph.nodes().filter(|node| {
        let names_one = matches!(node.facts.get("runbook_url"), Some(Fact::Text(url)) if !url.is_empty());
        node.kind.name == "alert" && !names_one && !mitigated.contains(&node.id)
    });
    alone
        .map(|alert| {
            let message = format!("no runbook says what to do about the alert `{}`", alert.title);
            Diagnostic::new(Code::AlertWithoutRunbook, message, alert.span)
                .hint("name one in the alert's `runbook_url` annotation, or list the alert in a runbook's front matter")
        })
        .collect()
}
