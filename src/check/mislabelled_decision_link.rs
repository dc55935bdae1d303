//! A link that says "ADR-12" and leads to another decision.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Subject;
use super::citation::Citations;
use super::decision::{is_decision, number};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::End;
use crate::source::{RepoPath, Sources};

/// Links to numbered decisions whose words give another number.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let graph = &subject.resolved.graph;
    let mut files: BTreeMap<RepoPath, Option<Arc<Citations>>> = BTreeMap::new();
    let mut found = Diagnostics::new();
    for (link, end) in subject.resolved.links() {
        let End::Node { id, anchor } = end else { continue };
        // "KEP-12 extension" may be a chapter of the record itself.
        let is_chapter = *id == link.from && anchor.is_some();
        let Some(node) = graph.node(*id).filter(|node| is_decision(node) && !is_chapter) else { continue };
        let Some(number) = number(node) else { continue };
        let citations = files
            .entry(link.span.file)
            .or_insert_with_key(|path| subject.tree.source(*path).map(|file| file.noted::<Citations>()));
        let Some(said) = citations.as_ref().and_then(|citations| citations.number(link.span)) else { continue };
        if i64::from(said) == number {
            continue;
        }
        let message = format!("the link says {said} and leads to {number}, \u{201c}{}\u{201d}", node.title);
        let hint = format!("say {number}, or let it lead to {said}");
        found.push(Diagnostic::new(Code::MislabelledDecisionLink, message, link.span).hint(hint));
    }
    // A link can state a relation beside the mention.
    found.sort_by_key(|found| found.span);
    found.dedup_by_key(|found| found.span);
    found
}
