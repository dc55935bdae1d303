//! An alert that wakes somebody up and tells them nothing.

use std::collections::BTreeSet;

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Level};
use crate::graph::{Fact, Node, NodeId, Relation, edges_of};
use crate::source::folded;

/// Severities of alerts that wake somebody up.
const URGENT: &[&str] = &["critical", "page", "paging", "emergency", "fatal", "p1", "s1", "sev1", "disaster"];

/// Folders of alerts that wake nobody up.
const TRIALS: &[&str] = &["demo", "demos", "e2e", "example", "examples", "hack", "sample", "samples", "test", "tests"];

/// Alerts that no runbook mitigates and that name none elsewhere.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let mitigated: BTreeSet<NodeId> =
        edges_of(subject.resolved, Relation::Mitigates).iter().map(|edge| edge.to).collect();
    let graph = &subject.resolved.graph;
    // A repository that has no runbooks at all keeps them elsewhere.
    if mitigated.is_empty() {
        return Diagnostics::new();
    }
    // Programs add runbooks to all of their alerts where nobody sees it.
    let is_made = |node: &&Node| node.span.file.has_extension(&["jsonnet", "libsonnet"]);
    let is_trial =
        |node: &&Node| node.span.file.folders().any(|folder| TRIALS.contains(&folder.to_lowercase().as_str()));
    let alone = graph.nodes().filter(|node| node.kind.name == "alert" && !is_made(node) && !is_trial(node));
    // Of several that are called like it nobody can tell which is meant, but there is one.
    let runbooks = graph.nodes().filter(|node| node.kind.name == "runbook");
    let runbooks: BTreeSet<String> = runbooks.map(|node| folded(node.span.file.stem())).collect();
    let has_one = |node: &Node| names_one(node) || runbooks.contains(&folded(&node.title));
    let alone = alone.filter(|node| !has_one(node) && !is_of_nothing(node) && !mitigated.contains(&node.id));
    let finding = |alert: &Node| {
        let message = format!("no runbook says what to do about the alert `{}`", alert.title);
        let mut found = Diagnostic::new(Code::AlertWithoutRunbook, message, alert.span)
            .hint("name one in the alert's `runbook_url` annotation, or list the alert in a runbook's front matter");
        if is_urgent(alert) {
            found.level = Level::Error;
        }
        found
    };
    alone.map(finding).collect()
}

/// Whether one of the alert's rules says where its runbook is.
fn names_one(alert: &Node) -> bool {
    let says = |fact: Option<&Fact>| matches!(fact, Some(Fact::Text(url)) if !url.is_empty());
    let rules = match alert.facts.get("rules") {
        Some(Fact::List(rules)) => rules.as_slice(),
        _ => &[],
    };
    let rule_says = |rule: &Fact| matches!(rule, Fact::Map(facts) if says(facts.get("runbook_url")));
    says(alert.facts.get("runbook_url")) || rules.iter().any(rule_says)
}

/// Whether the alert looks at nothing: `vector(1)` tries whether alerts arrive.
fn is_of_nothing(alert: &Node) -> bool {
    let says_nothing = |facts: &Fact| match facts {
        Fact::Map(facts) => matches!(facts.get("expr"), Some(Fact::Text(expression)) if is_constant(expression)),
        _ => false,
    };
    match (alert.facts.get("rules"), alert.facts.get("expr")) {
        (Some(Fact::List(rules)), _) => rules.iter().all(says_nothing),
        (_, Some(Fact::Text(expression))) => is_constant(expression),
        _ => false,
    }
}

/// Whether an expression is made of `vector`, numbers and what compares them.
fn is_constant(expression: &str) -> bool {
    let mut words = expression.split(|end: char| !end.is_alphanumeric() && end != '_').filter(|word| !word.is_empty());
    expression.contains("vector(")
        && words.all(|word| word == "vector" || word.starts_with(|first: char| first.is_ascii_digit()))
}

fn is_urgent(alert: &Node) -> bool {
    let is_such =
        |fact: &Fact| matches!(fact, Fact::Text(severity) if URGENT.contains(&severity.to_lowercase().as_str()));
    match alert.facts.get("severity") {
        Some(Fact::List(severities)) => severities.iter().any(is_such),
        Some(severity) => is_such(severity),
        None => false,
    }
}
