//! A decision that another one replaced and that still looks as if it stood.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::{Fact, Relation, edges_of};

/// Statuses that tell a reader not to follow the decision.
const CLOSED: &[&str] = &["superseded", "deprecated", "rejected", "obsolete", "withdrawn", "retired", "replaced"];

/// Decisions that are superseded by another whose own status does not say so.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let graph = &subject.resolved.graph;
    let supersessions = edges_of(subject.resolved, Relation::Supersedes).into_iter();
    let open = supersessions.filter_map(|edge| {
        let (newer, older) = (graph.node(edge.from)?, graph.node(edge.to)?);
        let Some(Fact::Text(status)) = older.facts.get("status") else { return None };
        // A proposal replaces nothing until it is accepted.
        let proposed =
            matches!(newer.facts.get("status"), Some(Fact::Text(status)) if status == "proposed" || status == "draft");
        (!proposed && !CLOSED.contains(&status.as_str())).then(|| {
            let message =
                format!("`{}` is superseded by `{}`, but its status is \u{201c}{status}\u{201d}", older.id, newer.id);
            Diagnostic::new(Code::SupersessionMismatch, message, older.span)
                .related(edge.span, format!("`{}` supersedes it here", newer.id))
                .hint(format!("set its status to \u{201c}Superseded by {}\u{201d}, with a link", newer.title))
        })
    });
    open.collect()
}
