//! A link to a page that another site says it does not have.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::external::{Address, Answer, written_links};
use crate::graph::Link;

/// Links whose address is gone (404, 410) or is of a host that does not exist.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let Some(answers) = subject.answers.filter(|answers| !answers.are_of_nobody()) else { return Diagnostics::new() };
    let finding = |(link, address): (&Link, Address)| {
        let why = match answers.of(&address)? {
            Answer::Gone(status) => format!("{address} answers {status}"),
            Answer::NoHost => format!("there is no host `{}`", address.host()),
            Answer::There | Answer::Silent(_) => return None,
        };
        let hint =
            "link to where it is now, or to a copy in an archive; `ignore` under `[external]` leaves addresses out";
        Some(Diagnostic::new(Code::BrokenExternalLink, why, link.span).hint(hint))
    };
    written_links(subject.resolved, subject.tree, &subject.project.external).filter_map(finding).collect()
}
