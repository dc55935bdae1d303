//! A page that other pages show -> the folders of those: its links may be written to be read there.

use super::book;
use crate::graph::resolve::Resolver;
use crate::graph::{Fact, Node};
use crate::source::RepoPath;

/// The fact of a page that names the pages which show it.
pub const SHOWN_ON: &str = "shown_on";

/// The folders of the pages that show `page`.
pub(super) fn folders(page: &Node) -> impl Iterator<Item = RepoPath> {
    paths(page).map(RepoPath::parent)
}

fn paths(page: &Node) -> impl Iterator<Item = RepoPath> {
    let hosts = if let Some(Fact::List(hosts)) = page.facts.get(SHOWN_ON) { hosts.as_slice() } else { &[] };
    hosts.iter().filter_map(|host| if let Fact::Text(path) = host { RepoPath::new(path) } else { None })
}

/// Whether another page shows `page`, of which nobody here knows all places: those of an mdBook are known.
pub(super) fn has_any(resolver: &Resolver<'_>, page: &Node) -> bool {
    paths(page).any(|host| book::book_of(resolver, host).is_none())
}
