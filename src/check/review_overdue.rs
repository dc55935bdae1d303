//! A page whose review is due.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::extract::reviewed_at;
use crate::graph::{Fact, Node};
use crate::source::{Day, Sources};

/// What people review. Decisions are history.
const REVIEWED: &[&str] = &["guide", "runbook"];

/// Guides and runbooks that say when they were reviewed and for how long that counts, and it counts no more.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let Some(today) = subject.project.today else { return Diagnostics::new() };
    let pages = subject.resolved.graph.nodes().filter(|node| REVIEWED.contains(&node.kind.name));
    let due = pages.filter_map(|page| Some((page, due(page)?))).filter(|(_, due)| *due < today);
    due.map(|(page, due)| finding(subject, page, due)).collect()
}

/// The last day on which the review of `page` counts.
fn due(page: &Node) -> Option<Day> {
    let (Some(Fact::Text(day)), Some(Fact::Number(days))) =
        (page.facts.get("last_reviewed"), page.facts.get("review_in_days"))
    else {
        return None;
    };
    Some(Day::last_of(day)?.plus(*days))
}

fn finding(subject: Subject<'_>, page: &Node, due: Day) -> Diagnostic {
    let path = page.span.file;
    let place = subject.tree.source(path).and_then(|file| reviewed_at(&file)).unwrap_or(page.span);
    let message = format!("\u{201c}{}\u{201d} was to be reviewed by {due}", page.title);
    Diagnostic::new(Code::ReviewOverdue, message, place)
        .hint(format!("read it again and mend it, or say that it holds: `livedoc review {path}`"))
}
