//! A link to a site that does not answer, which may be a matter of the moment.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Level};
use crate::external::{Address, Answer, written_links};
use crate::graph::Link;

/// Links at whose address nobody answered to several attempts; one finding for all when nobody at all was to be reached.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let Some(answers) = subject.answers else { return Diagnostics::new() };
    if answers.are_of_nobody() {
        let message = "no other site could be reached: whether links to them hold is not known";
        let hint = "look at the network, and at `HTTPS_PROXY` if there is a proxy";
        let finding = Diagnostic::without_place(Code::UnreachableExternalLink, message).hint(hint);
        // Who asked wants to know.
        return vec![Diagnostic { level: Level::Warn, ..finding }];
    }
    let finding = |(link, address): (&Link, Address)| match answers.of(&address)? {
        Answer::Silent(why) => {
            let finding = Diagnostic::new(Code::UnreachableExternalLink, format!("{address}: {why}"), link.span);
            Some(finding.hint("try it again later; `ignore` under `[external]` leaves addresses out"))
        }
        Answer::There | Answer::Gone(_) | Answer::NoHost => None,
    };
    written_links(subject.resolved, subject.tree, &subject.project.external).filter_map(finding).collect()
}
