//! A page that nobody has touched for a long time.

use super::Subject;
use super::document::tells_of_now;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::{Fact, Home, Node};
use crate::source::Day;

/// Pages that people keep true and that were neither changed nor reviewed for as many days as the project says. Unless it says so,
/// age is nothing.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let Some((today, days)) = subject.project.today.zip(subject.project.rules.old_after_days) else {
        return Diagnostics::new();
    };
    let Ok(history) = subject.history else { return Diagnostics::new() };
    let is_page = |page: &&Node| tells_of_now(page) && matches!(page.home, Home::Page { .. });
    let pages = subject.resolved.graph.nodes().filter(is_page);
    let touched = |page: &Node| {
        let changed = history.changes(page.span.file).next().and_then(|commit| Day::last_of(&commit.day))?;
        let reviewed = match page.facts.get("last_reviewed") {
            Some(Fact::Text(day)) => Day::last_of(day),
            _ => None,
        };
        Some(reviewed.map_or(changed, |reviewed| reviewed.max(changed)))
    };
    let touched = pages.filter_map(|page| Some((page, touched(page)?)));
    let old = touched.filter(|(page, day)| day.plus(days.into()) < today && !history.is_edited(page.span.file));
    let finding = |(page, day): (&Node, Day)| {
        let path = page.span.file;
        let message = format!("\u{201c}{}\u{201d} was neither changed nor reviewed since {day}", page.title);
        Diagnostic::new(Code::OldPage, message, page.span)
            .hint(format!("read it again and mend it, or say that it holds: `livedoc review {path}`"))
    };
    old.map(finding).collect()
}
