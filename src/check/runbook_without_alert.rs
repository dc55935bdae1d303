//! A runbook that no alert leads to.

use std::collections::{BTreeMap, BTreeSet};

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::{Fact, Node, NodeId, Relation, edges_of};
use crate::source::RepoPath;

/// Runbooks that mitigate no alert, in folders of which most runbooks mitigate one: others are about what people do, not about
/// what wakes them.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let edges = edges_of(subject.resolved, Relation::Mitigates);
    if edges.is_empty() {
        return Diagnostics::new();
    }
    let leading: BTreeSet<NodeId> = edges.iter().map(|edge| edge.from).collect();
    let mut folders: BTreeMap<RepoPath, Vec<&Node>> = BTreeMap::new();
    for node in subject.resolved.graph.nodes().filter(|node| node.kind.name == "runbook") {
        folders.entry(node.span.file.parent()).or_default().push(node);
    }
    let mut found = Diagnostics::new();
    for runbooks in folders.into_values() {
        let (led, alone): (Vec<&Node>, Vec<&Node>) = runbooks.into_iter().partition(|node| leading.contains(&node.id));
        // What somebody does on a day is not about an alert; what has the parts that the others have is.
        let like_others = led.iter().filter(|node| has_parts(node)).count() * 2 > led.len();
        let alone: Vec<&Node> = alone.into_iter().filter(|node| !like_others || has_parts(node)).collect();
        if led.len() <= alone.len() {
            continue;
        }
        found.extend(alone.into_iter().map(|node| {
            let message = format!("no alert leads to the runbook `{}`", node.title);
            Diagnostic::new(Code::RunbookWithoutAlert, message, node.span)
                .hint("name it in the `runbook_url` of its alert, list the alert in its front matter, or remove it")
        }));
    }
    found
}

/// Whether a runbook has two of the parts that those about alerts have.
fn has_parts(runbook: &Node) -> bool {
    matches!(runbook.facts.get("sections"), Some(Fact::List(sections)) if sections.len() > 1)
}
