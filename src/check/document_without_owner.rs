//! A document for which nobody answers, where others have somebody.

use std::collections::BTreeSet;

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::{Node, NodeId, Relation, edges_of};
use crate::source::RepoPath;

/// What people write and somebody has to keep true.
const DOCUMENTS: &[&str] = &["guide", "adr", "runbook"];

/// For each document without an owner so many have one.
const MOST_OF: usize = 2;

/// Documents that nobody owns. Where more than a few have none, owners are for something else.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let owned: BTreeSet<NodeId> = edges_of(subject.resolved, Relation::Owns).iter().map(|edge| edge.to).collect();
    if owned.is_empty() {
        return Diagnostics::new();
    }
    let graph = &subject.resolved.graph;
    let files = graph.fragments().iter().flat_map(|fragment| &fragment.owned);
    let left_out: BTreeSet<RepoPath> = files.filter(|file| file.owner.is_none()).map(|file| file.path).collect();
    let is_asked = |node: &&Node| DOCUMENTS.contains(&node.kind.name) && !left_out.contains(&node.span.file);
    let documents = graph.nodes().filter(is_asked);
    let (with, without): (Vec<&Node>, Vec<&Node>) =
        documents.partition(|node| owned.contains(&node.id) || node.facts.contains_key("owner"));
    if with.len() < MOST_OF * without.len() {
        return Diagnostics::new();
    }
    let finding = |node: &Node| {
        let message = format!("nobody owns \u{201c}{}\u{201d}", node.title);
        Diagnostic::new(Code::DocumentWithoutOwner, message, node.span)
            .hint("name an owner for its path in CODEOWNERS, or `owner` in its front matter")
    };
    without.into_iter().map(finding).collect()
}
