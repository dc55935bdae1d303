//! A page that other pages show -> the folders of those: its links may be written to be read there.

use crate::graph::{Fact, Node};
use crate::source::RepoPath;

/// The fact of a page that names the pages which show it.
pub const SHOWN_ON: &str = "shown_on";

/// The folders of the pages that show `page`.
pub(super) fn folders(page: &Node) -> impl Iterator<Item = RepoPath> {
    let hosts = if let Some(Fact::List(hosts)) = page.facts.get(SHOWN_ON) { hosts.as_slice() } else { &[] };
    let paths = hosts.iter().filter_map(|host| if let Fact::Text(path) = host { RepoPath::new(path) } else { None });
    paths.map(RepoPath::parent)
}

/// Whether another page shows `page`.
pub(super) fn has_any(page: &Node) -> bool {
    page.facts.contains_key(SHOWN_ON)
}
