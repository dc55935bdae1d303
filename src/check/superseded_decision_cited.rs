//! A superseded decision that is cited as if it stood.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Subject;
use super::citation::Citations;
use super::decision::{decisions, is_decision, is_superseded, log, successors};
use super::document::is_record_of_changes;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::{End, Link, Node, NodeId};
use crate::source::{RepoPath, Sources};

/// Links from guides, runbooks and code to superseded decisions: not those of other decisions, of pages that list the log, or
/// of words that say that they speak of the past.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let graph = &subject.resolved.graph;
    let closed: BTreeMap<NodeId, &Node> =
        decisions(subject).filter(|node| is_superseded(node)).map(|node| (node.id, node)).collect();
    if closed.is_empty() {
        return Diagnostics::new();
    }
    let successors = successors(subject);
    let citing = |link: &Link| graph.node(link.from).is_some_and(|from| !is_decision(from));
    let mut cited: Vec<(&Link, &Node)> = Vec::new();
    let mut by_page: BTreeMap<NodeId, BTreeSet<NodeId>> = BTreeMap::new();
    for (link, end) in subject.resolved.links() {
        let End::Node { id, .. } = end else { continue };
        let Some(to) = graph.node(*id).filter(|to| is_decision(to) && citing(link)) else { continue };
        by_page.entry(link.from).or_default().insert(to.id);
        if let Some(closed) = closed.get(id) {
            cited.push((link, closed));
        }
    }
    let mut found = Diagnostics::new();
    let mut files: BTreeMap<RepoPath, Option<Arc<Citations>>> = BTreeMap::new();
    for (link, old) in cited {
        let (newer, all) = (successors.get(&old.id), by_page.get(&link.from));
        // Who cites the successor as well knows.
        let knows = newer.into_iter().flatten().any(|newer| all.is_some_and(|all| all.contains(newer)));
        if knows || is_record_of_changes(link.span.file) || lists_the_log(subject, old, link, all) {
            continue;
        }
        let citations = files
            .entry(link.span.file)
            .or_insert_with_key(|path| subject.tree.source(*path).map(|file| file.noted::<Citations>()));
        if citations.as_ref().is_none_or(|citations| citations.is_past(link.span)) {
            continue;
        }
        let newer = newer.into_iter().flatten().filter_map(|id| graph.node(*id));
        let newer: Vec<String> = newer.map(|node| format!("`{}` ({})", node.id, node.title)).collect();
        let message = match newer.as_slice() {
            [] => format!("`{}` is superseded, and cited here as if it stood", old.id),
            newer => format!("`{}` is superseded by {}, and cited here as if it stood", old.id, newer.join(" and ")),
        };
        found.push(
            Diagnostic::new(Code::SupersededDecisionCited, message, link.span)
                .related(old.span, "this is the superseded decision")
                .hint("cite what replaced it, or say that it was replaced"),
        );
    }
    // Once for a page is enough.
    found.sort_by_key(|found| found.span);
    let mut known = BTreeSet::new();
    found.retain(|found| known.insert((found.span.map(|span| span.file), found.message.clone())));
    found
}

/// Whether the page that links is a list of decisions: in the log's folder, or with links to most of the log.
fn lists_the_log(subject: Subject<'_>, old: &Node, link: &Link, cited: Option<&BTreeSet<NodeId>>) -> bool {
    let folder = RepoPath::new(log(old));
    let inside = folder.is_some_and(|log| link.span.file.strip_folder(log).is_some());
    let cited = cited.map_or(0, BTreeSet::len);
    inside || (cited > 3 && cited * 2 > decisions(subject).filter(|node| log(node) == log(old)).count())
}
