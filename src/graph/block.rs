//! What a page is made of. Closed: rendering and search handle every variant.

use super::{LinkIndex, NodeId, RequestForm};
use crate::source::RepoPath;

/// One piece of a node's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading; opens a section of the page.
    Heading {
        /// 1 to 6; a page's own title is not a block, so bodies start at 2.
        level: u8,
        /// The id of the section on its page, unique there.
        anchor: String,
        /// The words, as they are shown.
        content: Prose,
    },
    /// Running text: paragraphs, lists, tables, quotes.
    Prose(Prose),
    /// A listing on its own.
    Code(Code),
    /// The declaration of an item: preformatted, with links on the names in it.
    Signature(Prose),
    /// An HTTP method and a path.
    Operation {
        /// In upper case.
        method: String,
        /// With its parameters in braces, as written.
        path: String,
        /// Whether it is marked as deprecated.
        deprecated: bool,
    },
    /// The same in several languages, of which a reader sees one: what each is called stands in its title.
    Samples(Vec<Code>),
    /// What a script needs to let readers send a request. Nothing is seen of it without one.
    RequestForm(Box<RequestForm>),
    /// A tree of named values: parameters, properties, struct fields, enum variants.
    Fields(Vec<Field>),
}

/// One named value in [`Block::Fields`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// The name as code.
    pub name: String,
    /// The id of its row on the page; empty for none.
    pub anchor: String,
    /// Its type, possibly with links.
    pub kind: Prose,
    /// Short marks behind the type: "required", "deprecated", "read-only".
    pub marks: Vec<String>,
    /// Constraints and defaults: ("default", "20"); values are shown as code.
    pub notes: Vec<(String, String)>,
    /// What it means.
    pub description: Prose,
    /// What it consists of.
    pub children: Vec<Field>,
}

/// Sanitised HTML with holes: places that are filled when the page is rendered, because only then is it known where a
/// link leads, or because the work is shared between pages (highlighting).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// HTML without the holes' contents. Balanced: every element that it opens it closes.
    pub html: String,
    /// The holes, by ascending offset. Several at one offset are filled in order.
    pub slots: Vec<Slot>,
    /// Ids that stand in `html` itself (footnotes, `<a id=…>`), beside the anchors of headings.
    pub anchors: Vec<String>,
}

/// A hole in [`Prose`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Offset into the HTML.
    pub at: u32,
    /// What belongs there.
    pub hole: Hole,
}

/// What fills a hole. An index counts the links of the node that holds the prose, in the order of its fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hole {
    /// The attributes of an `<a`: ` href="…"`, or a class that marks it as broken. Stands right behind `<a`.
    Href(LinkIndex),
    /// Likewise, but leads to a node that the same fragment made and states nothing: the graph has no edge for it. For
    /// lists of what a node has, and for names that are shown because something else refers to them.
    Page(NodeId),
    /// The ` src="…"` of an image. Stands right behind `<img`.
    Source(LinkIndex),
    /// The title of the link's target, escaped: for references written without words of their own. Falls back to the
    /// text of the reference.
    Title(LinkIndex),
    /// A highlighted listing, with its frame.
    Code(Box<Code>),
    /// Words that are no part of what is said: shown, but neither searched nor copied into listings.
    Remark(String),
    /// A link to the line in which something is written, where a page shows that; nothing where none does.
    Line {
        /// The file.
        file: RepoPath,
        /// From 1.
        line: u32,
    },
}

/// A listing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code {
    /// The language as the author named it, in lower case; empty when not named.
    pub language: String,
    /// The text, without a final line end.
    pub text: String,
    /// Words for the bar above it (a file name); empty for none.
    pub title: String,
}

impl Block {
    /// Calls `visit` with all prose in the block.
    pub fn visit_prose<'a>(&'a self, visit: &mut dyn FnMut(&'a Prose)) {
        match self {
            Block::Heading { content, .. } => visit(content),
            Block::Prose(prose) | Block::Signature(prose) => visit(prose),
            Block::Fields(fields) => {
                // In any order, and without recursion: trees may be deep.
                let mut waiting: Vec<&Field> = fields.iter().collect();
                while let Some(field) = waiting.pop() {
                    visit(&field.kind);
                    visit(&field.description);
                    waiting.extend(&field.children);
                }
            }
            Block::Code(_) | Block::Samples(_) | Block::RequestForm(_) | Block::Operation { .. } => {}
        }
    }

    /// Calls `change` with all prose in the block.
    pub(super) fn each_prose(&mut self, change: &mut dyn FnMut(&mut Prose)) {
        match self {
            Block::Heading { content, .. } => change(content),
            Block::Prose(prose) | Block::Signature(prose) => change(prose),
            Block::Fields(fields) => fields.iter_mut().for_each(|field| field.each_prose(change)),
            Block::Code(_) | Block::Samples(_) | Block::RequestForm(_) | Block::Operation { .. } => {}
        }
    }
}

impl Field {
    fn each_prose(&mut self, change: &mut dyn FnMut(&mut Prose)) {
        change(&mut self.kind);
        change(&mut self.description);
        self.children.iter_mut().for_each(|child| child.each_prose(change));
    }
}

impl Prose {
    /// Prose that is `text`, escaped.
    pub fn text(text: &str) -> Self {
        Self { html: escape(text), ..Self::default() }
    }

    /// Prose that is `html`, which must be safe to show as it is.
    pub fn html(html: impl Into<String>) -> Self {
        Self { html: html.into(), ..Self::default() }
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.html.is_empty() && self.slots.is_empty()
    }

    /// Opens a hole at the end of what there is.
    pub fn push_hole(&mut self, hole: Hole) {
        self.slots.push(Slot { at: u32::try_from(self.html.len()).unwrap_or(u32::MAX), hole });
    }

    /// Adds a link on `text`, which is escaped.
    pub fn push_link(&mut self, index: LinkIndex, text: &str) {
        self.html.push_str("<a");
        self.push_hole(Hole::Href(index));
        self.html.push('>');
        push_escaped(&mut self.html, text);
        self.html.push_str("</a>");
    }

    /// Adds a link on `text`, which is escaped, to a node of the same fragment, without stating anything.
    pub fn push_way(&mut self, id: NodeId, text: &str) {
        self.html.push_str("<a");
        self.push_hole(Hole::Page(id));
        self.html.push('>');
        self.html.push_str(&escape(text));
        self.html.push_str("</a>");
    }

    /// Adds `text`, escaped.
    pub fn push_text(&mut self, text: &str) {
        push_escaped(&mut self.html, text);
    }

    /// Adds all of `other` at the end.
    pub fn append(&mut self, other: Prose) {
        let shift = u32::try_from(self.html.len()).unwrap_or(u32::MAX);
        self.html.push_str(&other.html);
        self.slots.extend(other.slots.into_iter().map(|slot| Slot { at: slot.at.saturating_add(shift), ..slot }));
        self.anchors.extend(other.anchors);
    }
}

/// `text` with `& < > " '` written as entities.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    push_escaped(&mut escaped, text);
    escaped
}

/// Adds `text` to `html` with `& < >` written as entities: enough between tags, where quotes stand for themselves.
pub fn push_text(html: &mut String, text: &str) {
    push_encoded(html, text, |byte| (byte == b'&') | (byte == b'<') | (byte == b'>'));
}

/// Adds `text` to `html` with `& < > " '` written as entities.
pub fn push_escaped(html: &mut String, text: &str) {
    let is_special = |byte| (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == b'"') | (byte == b'\'');
    push_encoded(html, text, is_special);
}

/// Adds `text` with an entity for each byte that `is_special`.
#[inline]
fn push_encoded(html: &mut String, text: &str, is_special: impl Fn(u8) -> bool) {
    let bytes = text.as_bytes();
    let (mut from, mut at) = (0, 0);
    for run in bytes.chunks(16) {
        // Most text has nothing to write otherwise, which is seen for many bytes at once.
        if run.iter().fold(false, |found, &byte| found | is_special(byte)) {
            for (place, &byte) in (at..).zip(run) {
                if let Some(entity) = entity(byte).filter(|_| is_special(byte)) {
                    html.push_str(&text[from..place]);
                    html.push_str(entity);
                    from = place + 1;
                }
            }
        }
        at += run.len();
    }
    html.push_str(&text[from..]);
}

/// What is written for a byte that means something in HTML.
fn entity(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        _ => None,
    }
}
