//! What git remembers of a file -> what its page says about its last change.

use super::standpoint::Standpoint;
use super::view::ChangeView;
use crate::source::RepoPath;

/// So many authors are named,
const AUTHORS: usize = 3;

/// of so many commits.
const COMMITS: usize = 20;

/// The last change of the file at `path`, when it is known.
pub(super) fn last_change<'a>(from: Standpoint<'a>, path: RepoPath) -> Option<ChangeView<'a>> {
    let history = from.pages.history?;
    let last = history.changes(path).next()?;
    let mut authors: Vec<&str> = Vec::new();
    for commit in history.changes(path).take(COMMITS) {
        if authors.len() < AUTHORS && !authors.contains(&commit.author.as_str()) {
            authors.push(&commit.author);
        }
    }
    let forge = from.pages.project.forge.as_ref();
    Some(ChangeView { day: &last.day, authors, url: forge.map(|forge| forge.commit(&last.id)).unwrap_or_default() })
}
