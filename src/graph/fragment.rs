//! What one extractor made of one input.

use super::{Link, Node, NodeId};
use crate::diagnostic::Diagnostics;
use crate::source::{RepoPath, Span};

/// Nodes, the links they state, and what was wrong with the input. Self-contained: it can be cached and joined with
/// others in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fragment {
    /// In the source's order.
    pub nodes: Vec<Node>,
    /// In the source's order; holes in a body count the links of their own node in this order.
    pub links: Vec<Link>,
    /// The files that readers may want to see as they are written, in the source's order.
    pub files: Vec<ShownFile>,
    /// Whose files of the repository are, by path and owner.
    pub owned: Vec<OwnedFile>,
    /// In the source's order.
    pub diagnostics: Diagnostics,
}

impl Fragment {
    /// The same fragment for a run that shows nothing of it: without the blocks of its bodies, and no larger than it must be.
    #[must_use]
    pub fn unshown(mut self) -> Self {
        self.nodes.iter_mut().for_each(|node| {
            node.body.forget();
            node.facts.shrink_to_fit();
            node.names.shrink_to_fit();
        });
        self.nodes.shrink_to_fit();
        self.links.shrink_to_fit();
        self
    }
}

/// A text file of the repository that has a page on which it is shown as it is written. It is no node: nothing links to it but
/// what is written in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownFile {
    /// The file.
    pub path: RepoPath,
    /// The address of the page below the site's root, without a leading slash: `rust/src/shop/orders.rs.html`.
    pub route: String,
    /// The node that it is a part of, which has a page.
    pub of: NodeId,
}

/// A file of the repository, and who answers for what is written in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnedFile {
    /// The team or the person: a node. `None` when it is said that nobody answers for it.
    pub owner: Option<NodeId>,
    /// The file.
    pub path: RepoPath,
    /// Where that is said.
    pub span: Span,
}
