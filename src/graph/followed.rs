//! Where links lead: what following them comes to, and what one run keeps of it for the next.

use super::NodeId;
use crate::diagnostic::Diagnostics;
use crate::source::{Interned, RepoPath, stored};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// To a node, or a place on its page.
    Node {
        /// The node.
        id: NodeId,
        /// The id of the place; `None` for the node as a whole.
        anchor: Option<Interned>,
    },
    /// To a file of the repository that goes into the site as it is.
    Asset(RepoPath),
    /// To the list of a section, by its slug: what a link to a folder of decisions means.
    Section(&'static str),
    /// To another site. The whole address.
    Web(String),
    /// Nowhere. Its words stand there as plain text.
    Nowhere,
}

/// Where the links of one fragment lead.
#[derive(Debug, Default)]
pub struct FollowedLinks {
    /// In the fragment's order.
    pub(super) ends: Vec<End>,
    pub(super) problems: Diagnostics,
}

stored! {
    struct FollowedLinks { ends, problems }
    enum End { 0 => Nowhere, 1 => Node { id, anchor }, 2 => Asset(path), 3 => Section(slug), 4 => Web(address) }
}
