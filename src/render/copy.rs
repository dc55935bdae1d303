//! The text of a page -> the same in Markdown.

use std::ops::Range;

use crate::graph::NodeId;

/// A page in Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copy {
    /// All of it.
    pub text: String,
    /// Where it has the text of what, in order.
    pub places: Vec<CopyPlace>,
}

/// Where a copy has the text of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyPlace {
    /// The node that says it: the page's own, or one within it.
    pub node: NodeId,
    /// The id of the section's heading on the page; empty for what stands before the first.
    pub anchor: String,
    /// In bytes; the heading is not part of it.
    pub range: Range<u32>,
}
