//! Markdown -> blocks, headings and links, in the one dialect that every kind of source shares.
//!
//! Enters: [`MappedText`], so that findings point into the file that somebody can open. Leaves: a [`Document`]: blocks
//! of sanitised HTML with holes, and the links that fill them. Nothing is looked up here.

mod admonition;
mod bare_url;
mod code_span;
mod command;
mod destination;
mod draft;
mod fence;
mod footnotes;
mod heading;
mod inline;
mod keys;
mod links;
mod math;
mod pasted;
mod raw_html;
mod sanitised;
mod schemes;
mod shell;
mod slug;
mod summary;
#[cfg(test)]
mod tests;
mod way;
mod writer;

use std::cell::Cell;
use std::fmt;

use pulldown_cmark::{BrokenLink, CowStr, LinkType, Options as Extensions, Parser};

use self::draft::Draft;
pub use self::pasted::pasted;
pub use self::schemes::Schemes;
pub use self::way::{way_from_root, way_to};
use self::writer::Writer;
use crate::diagnostic::Diagnostics;
use crate::graph::{Block, Link, Need, NodeId, Relation, Target};
use crate::source::{MappedText, Span};

/// How a text is to be read.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The schemes by which references name nodes.
    pub schemes: &'a Schemes,
    /// Where the text comes from.
    pub dialect: Dialect,
    /// Whether a first heading is the title and leaves the body.
    pub first_heading: FirstHeading<'a>,
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

/// What becomes of a heading with which a text begins, when it has level 1 or is above every other heading.
#[derive(Clone, Copy)]
pub enum FirstHeading<'a> {
    /// It is the title: [`Document::title`], not in the body.
    IsTitle,
    /// It is the title when its words are such; else a heading like the others.
    IsTitleWhen(&'a dyn Fn(&str) -> bool),
    /// It is a heading like the others.
    IsHeading,
}

impl fmt::Debug for FirstHeading<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::IsTitle => "IsTitle",
            Self::IsTitleWhen(_) => "IsTitleWhen",
            Self::IsHeading => "IsHeading",
        })
    }
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

impl WrittenLink {
    /// What it says when `from` writes it: that it mentions the target.
    pub fn mention(self, from: NodeId) -> Link {
        let Self { target, need, span } = self;
        Link { from, relation: Relation::Mentions, target, span, need, flipped: false }
    }
}

/// Reads `text`. Takes time and memory in proportion to its length, whatever stands in it.
pub fn read(text: &MappedText, options: &Options<'_>) -> Document {
    let rewritten = if options.dialect == Dialect::Page { admonition::as_alerts(text) } else { None };
    let text = rewritten.as_ref().unwrap_or(text);
    let closed = fence::without_tabs(text);
    let text = closed.as_ref().unwrap_or(text);
    let headed = heading::with_blanks(text);
    read_with(headed.as_ref().unwrap_or(text), options, &|_| true)
}

/// Reads a comment in code. Brackets without a destination whose content may be a path are a link when `is_path` says
/// so, and else the text that they are: `array[index]`.
pub fn read_code_comment(text: &MappedText, options: &Options<'_>, is_path: &dyn Fn(&str) -> bool) -> Document {
    read_with(text, options, is_path)
}

fn read_with(text: &MappedText, options: &Options<'_>, is_path: &dyn Fn(&str) -> bool) -> Document {
    let (mut writer, mut draft) = write(text, options, is_path, false);
    let mut title = None;
    let is_title = TitleRule::new(options.first_heading);
    if !writer.raw.is_empty() && raw_html::is_too_much(&draft.prose.html) {
        (writer, draft) = write(text, options, is_path, true);
    } else if !writer.raw.is_empty() {
        (draft, title) = sanitised::sanitise(draft, &mut writer, text, options, &is_title);
    }
    if title.is_none() {
        title = draft.take_title(&is_title);
    }
    writer.inline.links.prefix_anchors(|anchor| writer.slugs.has(anchor));
    Document {
        title,
        summary: writer.summary.finish(),
        body: draft.into_blocks(options.top_level),
        links: writer.inline.links.finish(),
        diagnostics: Diagnostics::new(),
    }
}

/// Decides about headings that may be the title.
struct TitleRule<'a> {
    first_heading: FirstHeading<'a>,
    /// Whether one was refused: none behind it is the title, then.
    has_refused: Cell<bool>,
}

impl<'a> TitleRule<'a> {
    fn new(first_heading: FirstHeading<'a>) -> Self {
        Self { first_heading, has_refused: Cell::new(false) }
    }

    /// Whether the heading that reads `words` is the title.
    fn admits(&self, words: &str) -> bool {
        let admitted = !self.has_refused.get()
            && match self.first_heading {
                FirstHeading::IsTitle => true,
                FirstHeading::IsTitleWhen(is_such) => is_such(words),
                FirstHeading::IsHeading => false,
            };
        self.has_refused.set(!admitted);
        admitted
    }
}

/// The text as HTML. `raw_is_text` shows raw HTML as it is written.
fn write<'a>(
    text: &'a MappedText,
    options: &'a Options<'a>,
    is_path: &dyn Fn(&str) -> bool,
    raw_is_text: bool,
) -> (Writer<'a>, Draft) {
    let source = text.text();
    let mut broken_link = |link: BrokenLink<'_>| {
        let explicit = link.link_type == LinkType::Reference;
        let is_image = source[..link.span.start].ends_with('!');
        let found = if is_image { None } else { destination::of_brackets(&link.reference, explicit, options) };
        let found = found.filter(|found| !destination::is_code(found) || is_path(&link.reference));
        found.map(|_| (CowStr::from(link.reference.to_string()), CowStr::from("")))
    };
    let mut events =
        Parser::new_with_broken_link_callback(source, extensions(), Some(&mut broken_link)).into_offset_iter();
    let mut writer = Writer::new(text, options, raw_is_text);
    while let Some((event, range)) = events.next() {
        writer.event(event, range, events.reference_definitions());
    }
    if options.dialect == Dialect::RustDoc {
        writer.inline.links.unused(events.reference_definitions());
    }
    let draft = writer.finish();
    (writer, draft)
}

/// CommonMark, what GitHub adds to it, and what documentation tools agree on beyond.
fn extensions() -> Extensions {
    Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_HEADING_ATTRIBUTES
        | Extensions::ENABLE_GFM
        | Extensions::ENABLE_DEFINITION_LIST
        | Extensions::ENABLE_MATH
}
