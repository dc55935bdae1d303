//! Which documents say what is, and not what was or what may come.

use crate::graph::Node;
use crate::source::RepoPath;

/// What people keep true. Decisions are history.
const KEPT_TRUE: &[&str] = &["guide", "runbook"];

/// Beginnings of words in the paths of documents that tell of other times.
const OF_OTHER_TIMES: &[&str] = &[
    "changelog",
    "changes",
    "history",
    "release",
    "archive",
    "migrat",
    "upgrad",
    "postmortem",
    "incident",
    "blog",
    "news",
    "rfc",
    "rfd",
    "proposal",
    "design",
    "roadmap",
    "todo",
    "minutes",
    "meeting",
    "adr",
    "decision",
];

/// Whether `page` is one that people keep true, and not a changelog, a proposal or the like.
pub(super) fn tells_of_now(page: &Node) -> bool {
    KEPT_TRUE.contains(&page.kind.name) && !tells_of_other_times(page.span.file)
}

/// Whether the document at `path` tells what was or what may come: a changelog, a proposal, the minutes of a meeting.
fn tells_of_other_times(path: RepoPath) -> bool {
    let path = path.as_str().to_lowercase().replace("post-mortem", "postmortem");
    let mut words = path.split(|character: char| !character.is_alphanumeric());
    words.any(|word| OF_OTHER_TIMES.iter().any(|beginning| word.starts_with(beginning)))
}
