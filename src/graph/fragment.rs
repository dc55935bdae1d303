//! What one extractor made of one input.

use super::{Link, Node};
use crate::diagnostic::Diagnostics;

/// Nodes, the links they state, and what was wrong with the input. Self-contained: it can be cached and joined with
/// others in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fragment {
    /// In the source's order.
    pub nodes: Vec<Node>,
    /// In the source's order; holes in a body count the links of their own node in this order.
    pub links: Vec<Link>,
    /// In the source's order.
    pub diagnostics: Diagnostics,
}
