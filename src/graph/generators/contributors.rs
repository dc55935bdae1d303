//! The list of contributors that all-contributors writes into a page: what somebody did leads to places that nothing has.

use super::traces::holds;
use crate::graph::resolve::Resolver;
use crate::source::{RepoPath, SourceFile};

/// What begins such a list.
const LIST: &str = "ALL-CONTRIBUTORS-LIST:START";

/// Contributions for which it knows no address (all-contributors, "Emoji key").
#[rustfmt::skip]
const KINDS: &[&str] = &[
    "a11y", "audio", "blog", "business", "content", "data", "design", "eventOrganizing", "example", "financial", "fundingFinding", "ideas",
    "infra", "maintenance", "mentoring", "platform", "plugin", "projectManagement", "promotion", "question", "research", "security", "talk",
    "tool", "translation", "tutorial", "userTesting", "video",
];

/// Whether `anchor` is what the list on the page says of a person: `infra-ada`.
pub(super) fn names_one(resolver: &Resolver<'_>, page: RepoPath, anchor: &str) -> bool {
    let is_one = anchor.split_once('-').is_some_and(|(kind, person)| KINDS.contains(&kind) && !person.is_empty());
    is_one && resolver.files.source(page).is_some_and(|file| file.told(read_list).is_there)
}

/// Whether a text has such a list.
#[derive(Debug, PartialEq)]
pub(super) struct List {
    is_there: bool,
}

pub(super) fn read_list(file: &SourceFile) -> List {
    List { is_there: holds(file.text(), LIST) }
}
