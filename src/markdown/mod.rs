//! Markdown -> blocks, headings and links, in the one dialect that every kind of source shares.
//!
//! Enters: [`MappedText`], so that findings point into the file that somebody can open. Leaves: a [`Document`]: blocks
//! of sanitised HTML with holes, and the links that fill them. Nothing is looked up here.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::graph::{Block, Need, Prose, Target};
use crate::source::{MappedText, Span};

/// How a text is to be read.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The schemes by which `[adr:7]`, `<adr:7>` and `[text](adr:7)` name nodes.
    pub schemes: &'a BTreeSet<&'static str>,
    /// Where the text comes from.
    pub dialect: Dialect,
    /// Whether a first heading is the title and leaves the body.
    pub first_heading: FirstHeading,
    /// The level that the text's highest heading gets; 2 on a page whose title is level 1.
    pub top_level: u8,
    /// Stands before every anchor, so that several texts can share a page; empty for none.
    pub anchor_prefix: &'a str,
    /// How many links the node already has: the index of this text's first link.
    pub first_link: u32,
}

/// Where a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// A Markdown file.
    Page,
    /// A description inside another file: no front matter, no includes.
    Description,
    /// A Rust doc comment: code without a language is Rust, `# ` lines of it are hidden, brackets may be code paths.
    RustDoc,
}

/// What becomes of a level-1 heading with which a text begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstHeading {
    /// It is the title: [`Document::title`], not in the body.
    IsTitle,
    /// It is a heading like the others.
    IsHeading,
}

/// What a text says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The first heading, when it is the title: its plain text and place.
    pub title: Option<(String, Span)>,
    /// The first paragraph as plain text, at most about 200 characters; empty for none.
    pub summary: String,
    /// The text.
    pub body: Vec<Block>,
    /// What it refers to; the first one has index `first_link` in the body's holes.
    pub links: Vec<WrittenLink>,
    /// What is wrong with it.
    pub diagnostics: Diagnostics,
}

/// A link as a text writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenLink {
    /// What it names.
    pub target: Target,
    /// Whether it must lead somewhere.
    pub need: Need,
    /// Where it is written.
    pub span: Span,
}

/// Reads `text`.
pub fn read(text: &MappedText, _options: &Options<'_>) -> Document {
    Document { body: vec![Block::Prose(Prose::text(text.text()))], ..Document::default() }
}
