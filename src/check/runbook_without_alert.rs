//! A runbook that no alert leads to.

use std::collections::{BTreeMap, BTreeSet};

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::{Fact, Node, NodeId, Relation, edges_of};
use crate::source::{RepoPath, folded};

/// Runbooks that read as those of alerts do and mitigate none, in folders of which at least half of those mitigate one: others are about
/// what people do, not about what wakes them.
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
    // Several may be called like one alert, which leads to one of them.
    let alerts = subject.resolved.graph.nodes().filter(|node| node.kind.name == "alert");
    let alerts: BTreeSet<String> = alerts.map(|node| folded(&node.title)).collect();
    let mut found = Diagnostics::new();
    for runbooks in folders.into_values() {
        let (led, alone): (Vec<&Node>, Vec<&Node>) = runbooks.into_iter().partition(|node| leading.contains(&node.id));
        // What somebody does on a day is not about an alert.
        let is_meant = |node: &&Node| is_about_alert(node) && !alerts.contains(&folded(node.span.file.stem()));
        let alone: Vec<&Node> = alone.into_iter().filter(is_meant).collect();
        if led.len() < alone.len() {
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

/// Whether a runbook has most of the parts that those about alerts have, or is called as alerts are: `DiskFull`, `disk_full`.
fn is_about_alert(runbook: &Node) -> bool {
    let main = ["meaning", "impact", "diagnosis", "mitigation"];
    let is_main = |part: &&Fact| matches!(part, Fact::Text(part) if main.contains(&part.as_str()));
    let parts = match runbook.facts.get("sections") {
        Some(Fact::List(parts)) => parts.iter().filter(is_main).count(),
        _ => 0,
    };
    parts > 2 || parts > 0 && runbook.title.split([' ', '(', ')', '`', ':', ',']).any(is_identifier)
}

fn is_identifier(word: &str) -> bool {
    let is_camel = || {
        let humps =
            word.as_bytes().windows(2).filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
        word.bytes().all(|byte| byte.is_ascii_alphanumeric()) && humps.count() > 0
    };
    let is_snake = || {
        word.trim_matches('_').contains('_') && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    is_camel() || is_snake()
}
