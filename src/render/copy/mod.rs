//! The text of a page -> the same in Markdown, for readers that are programs.
//!
//! Enters: the view of a page and its [`Text`]. Leaves: a [`Copy`], which says at which bytes it has the text of what, so
//! that a part of it can be fetched by itself. One pass over the text; nothing recurses.

mod fields;
mod html;
mod lines;
mod prose;
mod table;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::text::{Piece, Text, What};
use super::view::{ContentView, FactView, NodeView, PageView, TableView, ValueStyle, ValueView};
use crate::graph::{Block, NodeId};
use lines::Lines;

/// A page in Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copy {
    /// All of it.
    pub text: String,
    /// Where it has the text of what, in order. A section into which another node's text is set has several places.
    pub places: Vec<CopyPlace>,
}

/// Where a copy has the text of a section, or of a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyPlace {
    /// The node that says it: the page's own, or one within it.
    pub node: NodeId,
    /// The id of the section's heading on the page; empty for what stands before the first.
    pub anchor: String,
    /// In bytes, from the first word to the last; headings are not part of it.
    pub range: Range<u32>,
}

/// The copy of the page of a node, of which `text` is the text.
pub(super) fn copy(view: &PageView<'_>, text: &Text<'_>) -> Copy {
    let mut writer = Writer { lines: Lines::with_capacity(text.length()), text, open: None, places: Vec::new() };
    if let ContentView::Node(node) = &view.content {
        writer.head(view.page.title, node);
    }
    writer.text();
    if let ContentView::Node(node) = &view.content {
        node.children.iter().for_each(|table| writer.children(table));
    }
    Copy { text: writer.lines.finish(), places: writer.places }
}

struct Writer<'a, 't> {
    lines: Lines,
    text: &'t Text<'a>,
    /// What the place that is open belongs to, and where it begins.
    open: Option<(NodeId, String, usize)>,
    places: Vec<CopyPlace>,
}

impl<'a> Writer<'a, '_> {
    /// The title, and on a line what stands beside it on the page.
    fn head(&mut self, title: &str, node: &NodeView<'_>) {
        self.lines.push("#");
        self.lines.space();
        self.lines.push_words(title);
        self.lines.block();
        let (short, long): (Vec<&FactView<'_>>, Vec<&FactView<'_>>) =
            node.facts.iter().partition(|fact| fact.groups.is_empty());
        if !node.badges.is_empty() || !node.facts.is_empty() {
            self.lines.push_words(node.label);
            for badge in &node.badges {
                self.part();
                self.lines.push_words(&badge.text);
            }
            for fact in short {
                self.part();
                self.fact(fact);
            }
            self.lines.block();
        }
        for fact in long {
            self.fact(fact);
            for group in &fact.groups {
                self.lines.line();
                self.lines.open("- ", "  ");
                for (number, fact) in group.iter().enumerate() {
                    if number > 0 {
                        self.part();
                    }
                    self.fact(fact);
                }
                self.lines.close();
            }
            self.lines.block();
        }
    }

    fn part(&mut self) {
        self.lines.push_behind(" ·");
        self.lines.space();
    }

    fn fact(&mut self, fact: &FactView<'_>) {
        self.lines.push_words(&fact.label);
        self.lines.push_behind(":");
        for (number, value) in fact.values.iter().enumerate() {
            if number > 0 {
                self.lines.push_behind(",");
            }
            self.lines.space();
            self.value(value);
        }
    }

    fn value(&mut self, value: &ValueView<'_>) {
        match value.style {
            ValueStyle::Code => self.lines.push_code(&value.text),
            ValueStyle::Text | ValueStyle::Badge => self.lines.push_words(&value.text),
        }
    }

    /// The text, and where what stands in it.
    fn text(&mut self) {
        let mut owner = None;
        for piece in self.text.pieces() {
            if owner != Some(piece.node.id) && !matches!(piece.what, What::Title { .. }) {
                self.begin_place(piece.node.id, None);
            }
            owner = Some(piece.node.id);
            self.piece(&piece);
        }
        self.end_place();
    }

    fn piece(&mut self, piece: &Piece<'a>) {
        let (owner, links) = (piece.node.id, &self.text.links);
        let block = match piece.what {
            What::Block(block) => block,
            What::Title { level } => {
                self.heading(level);
                self.lines.push_words(&piece.node.title);
                self.lines.block();
                self.begin_place(owner, Some(""));
                return;
            }
        };
        match block {
            Block::Heading { level, anchor, content } => {
                self.heading(*level);
                prose::write(&mut self.lines, content, owner, links);
                self.lines.block();
                self.begin_place(owner, Some(anchor));
            }
            Block::Prose(content) => prose::write(&mut self.lines, content, owner, links),
            Block::Code(code) => {
                if !code.title.is_empty() {
                    self.lines.push_words(&code.title);
                }
                self.lines
                    .push_listing(code.language.split([',', ' ', '{', '\t']).next().unwrap_or_default(), &code.text);
            }
            Block::Samples(samples) => {
                for sample in samples {
                    self.lines.push_words(&sample.title);
                    self.lines.push_listing(&sample.language, &sample.text);
                }
            }
            // A copy is read, not filled in.
            Block::RequestForm(_) => {}
            Block::Signature(content) => {
                let language = if owner.scheme() == "rust" { "rust" } else { "" };
                self.lines.push_listing(language, &fields::verbatim(content, owner, links));
            }
            Block::Operation { method, path, deprecated } => {
                self.lines.push_code(&format!("{method} {path}"));
                if *deprecated {
                    self.lines.space();
                    self.lines.push("(deprecated)");
                }
            }
            Block::Fields(fields) => fields::write(&mut self.lines, fields, owner, links),
        }
        self.lines.block();
    }

    fn heading(&mut self, level: u8) {
        self.end_place();
        self.lines.block();
        self.lines.push(&"######"[6 - usize::from(level.clamp(1, 6))..]);
        self.lines.space();
    }

    /// What is written from here on is the text of the section `anchor` of `node`; `None` for that in which it was.
    fn begin_place(&mut self, node: NodeId, anchor: Option<&str>) {
        self.end_place();
        let known = || self.places.iter().rev().find(|place| place.node == node).map(|place| place.anchor.clone());
        let anchor = anchor.map_or_else(|| known().unwrap_or_default(), str::to_owned);
        self.open = Some((node, anchor, self.lines.len()));
    }

    fn end_place(&mut self) {
        let Some((node, anchor, start)) = self.open.take() else { return };
        let text = self.lines.since(start);
        let begin = start + text.len() - text.trim_start().len();
        let end = (start + text.trim_end().len()).max(begin);
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.places.push(CopyPlace { node, anchor, range: offset(begin)..offset(end) });
    }

    /// What is below the page: a list of links to the copies.
    fn children(&mut self, table: &TableView<'_>) {
        self.lines.block();
        if !table.label.is_empty() {
            self.lines.push("##");
            self.lines.space();
            self.lines.push_words(table.label);
            self.lines.block();
        }
        for row in &table.rows {
            self.lines.line();
            self.lines.push("- [");
            self.lines.push_words(row.title);
            self.lines.push_behind(&format!("]({})", prose::of_copy(&row.to.text())));
            if !row.summary.is_empty() {
                self.lines.push_behind(":");
                self.lines.space();
                self.lines.push_words(row.summary);
            }
        }
    }
}
