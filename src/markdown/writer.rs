//! Markdown events -> HTML with holes, in one pass that never recurses.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, RefDefs, Tag, TagEnd};

use super::draft::{Draft, Section};
use super::footnotes::Footnotes;
use super::inline::Inline;
use super::slug::Slugs;
use super::summary::Summary;
use super::{Options, fence, math, raw_html};
use crate::graph::Hole;
use crate::source::MappedText;

/// Containers inside more of them than this are written without their own element: nobody sees the difference, and
/// browsers stop at 512.
const DEEPEST: usize = 100;

/// Writes what the events say.
pub(super) struct Writer<'a> {
    text: &'a MappedText,
    options: &'a Options<'a>,
    pub(super) slugs: Slugs<'a>,
    pub(super) inline: Inline<'a>,
    pub(super) summary: Summary,
    /// Where raw HTML stands in the text, piece by piece. When there is any, the draft must be sanitised.
    pub(super) raw: Vec<Range<usize>>,
    /// Whether raw HTML is shown as the text it is.
    raw_is_text: bool,
    /// Whether a heading or words have come: what follows is no title.
    pub(super) has_begun: bool,
    /// How many containers are open: quotes, lists, tables, footnotes.
    depth: usize,
    heading: Option<Heading>,
    /// The info string and text of the listing that is open.
    listing: Option<(Option<String>, MappedText)>,
    /// The block of raw HTML that is open.
    html_block: Option<String>,
    table: Table,
    footnotes: Footnotes,
    open_footnotes: Vec<String>,
    /// The page; above it what is put elsewhere: a heading, footnotes.
    drafts: Vec<Draft>,
}

/// A heading that is open; its words are in the draft on top.
struct Heading {
    level: u8,
    id: Option<String>,
    opens: bool,
}

#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(text: &'a MappedText, options: &'a Options<'a>, raw_is_text: bool) -> Self {
        Self {
            text,
            options,
            slugs: Slugs::new(options.anchor_prefix),
            inline: Inline::new(text, options),
            summary: Summary::default(),
            raw: Vec::new(),
            raw_is_text,
            has_begun: false,
            depth: 0,
            heading: None,
            listing: None,
            html_block: None,
            table: Table::default(),
            footnotes: Footnotes::default(),
            open_footnotes: Vec::new(),
            drafts: vec![Draft::of_length(text.text().len())],
        }
    }

    /// Takes the next event.
    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>, definitions: &RefDefs<'_>) {
        match event {
            Event::Text(text) => match &mut self.listing {
                Some((_, listing)) => listing.push(&text, self.text.span(range)),
                None => {
                    self.has_begun |= !self.inline.in_image();
                    self.inline.text(&text, range, &mut self.summary);
                }
            },
            event => {
                let (draft, inline) = (top(&mut self.drafts), &mut self.inline);
                inline.flush(draft);
                self.other(event, range, definitions);
            }
        }
    }

    /// The whole text, with its footnotes.
    pub(super) fn finish(&mut self) -> Draft {
        let mut draft = std::mem::take(&mut self.drafts).into_iter().next().unwrap_or_default();
        self.inline.flush(&mut draft);
        std::mem::take(&mut self.footnotes).write(self.options.anchor_prefix, &mut draft);
        draft
    }

    fn other(&mut self, event: Event<'_>, range: Range<usize>, definitions: &RefDefs<'_>) {
        let draft = top(&mut self.drafts);
        match event {
            Event::Start(tag) if is_block(&tag) => self.start(tag, range.len()),
            Event::End(tag) if is_block_end(tag) => self.end(tag, range),
            Event::Html(html) => match &mut self.html_block {
                Some(block) => block.push_str(&html),
                None => self.raw_html(&html, range),
            },
            Event::InlineHtml(html) => self.raw_html(&html, range),
            Event::FootnoteReference(name) => self.footnotes.mention(&name, self.options.anchor_prefix, draft),
            Event::Rule => draft.push("<hr>\n"),
            Event::TaskListMarker(true) => draft.push("<input type=\"checkbox\" disabled=\"\" checked=\"\"> "),
            Event::TaskListMarker(false) => draft.push("<input type=\"checkbox\" disabled=\"\"> "),
            event => {
                self.has_begun |= matches!(event, Event::Code(_)) && !self.inline.in_image();
                self.inline.event(event, range, definitions, draft, &mut self.summary);
            }
        }
    }

    /// Opens what is written in `length` bytes.
    fn start(&mut self, tag: Tag<'_>, length: usize) {
        match tag {
            Tag::Paragraph => {
                self.push("<p>");
                if self.depth == 0 {
                    self.summary.open();
                }
            }
            Tag::Heading { level, id, attrs, .. } => {
                let opens = !self.has_begun && self.depth == 0;
                self.has_begun = true;
                // `{#limits}`, and `{id="limits"}` as Writerside has it.
                let stated = attrs.iter().find(|(key, _)| &**key == "id").and_then(|(_, value)| value.as_deref());
                let stated = stated.map(|id| id.trim_matches(['"', '\'']).to_owned()).filter(|id| !id.is_empty());
                let id = id.map(|id| id.to_string()).or(stated);
                self.heading = Some(Heading { level: level as u8, id, opens });
                self.drafts.push(Draft::of_length(length));
            }
            Tag::BlockQuote(None) => self.open("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => {
                let (class, label) = alert(kind);
                self.open(&format!("<div class=\"alert {class}\"><p class=\"alert-label\">{label}</p>\n"));
            }
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Indented => None,
                    CodeBlockKind::Fenced(info) => Some(info.to_string()),
                };
                self.listing = Some((info, MappedText::new()));
            }
            Tag::HtmlBlock => self.html_block = Some(String::new()),
            Tag::List(None) => self.open("<ul>\n"),
            Tag::List(Some(1)) => self.open("<ol>\n"),
            Tag::List(Some(first)) => self.open(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => self.open("<li>"),
            Tag::FootnoteDefinition(name) => {
                self.depth += 1;
                self.open_footnotes.push(name.to_string());
                self.drafts.push(Draft::default());
            }
            Tag::DefinitionList => self.open("<dl>\n"),
            Tag::DefinitionListTitle => self.open("<dt>"),
            Tag::DefinitionListDefinition => self.open("<dd>"),
            Tag::Table(alignments) => {
                self.table = Table { alignments, ..Table::default() };
                self.push("<div class=\"table-scroll\"><table>\n");
            }
            Tag::TableHead => {
                self.table = Table { in_head: true, column: 0, ..std::mem::take(&mut self.table) };
                self.push("<thead><tr>");
            }
            Tag::TableRow => {
                self.table.column = 0;
                self.push("<tr>");
            }
            Tag::TableCell => {
                self.push(if self.table.in_head { "<th" } else { "<td" });
                self.push(match self.table.alignments.get(self.table.column) {
                    Some(Alignment::Left) => " align=\"left\">",
                    Some(Alignment::Center) => " align=\"center\">",
                    Some(Alignment::Right) => " align=\"right\">",
                    Some(Alignment::None) | None => ">",
                });
                self.table.column += 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => {
                self.push("</p>\n");
                self.summary.close();
            }
            TagEnd::Heading(_) => self.close_heading(range),
            TagEnd::BlockQuote(None) => self.close("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.close("</div>\n"),
            TagEnd::CodeBlock => self.close_listing(),
            TagEnd::HtmlBlock => {
                let html = self.html_block.take().unwrap_or_default();
                self.raw_html(&html, range);
            }
            TagEnd::List(false) => self.close("</ul>\n"),
            TagEnd::List(true) => self.close("</ol>\n"),
            TagEnd::Item => self.close("</li>\n"),
            TagEnd::FootnoteDefinition => {
                self.depth = self.depth.saturating_sub(1);
                if let (Some(name), Some(text)) = (self.open_footnotes.pop(), self.drafts.pop()) {
                    self.footnotes.define(name, text);
                }
            }
            TagEnd::DefinitionList => self.close("</dl>\n"),
            TagEnd::DefinitionListTitle => self.close("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.close("</dd>\n"),
            TagEnd::Table => self.push("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.push("</tr></thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => self.push(if self.table.in_head { "</th>" } else { "</td>" }),
            _ => {}
        }
    }

    fn push(&mut self, html: &str) {
        top(&mut self.drafts).push(html);
    }

    fn open(&mut self, html: &str) {
        if self.depth < DEEPEST {
            self.push(html);
        }
        self.depth += 1;
    }

    fn close(&mut self, html: &str) {
        self.depth = self.depth.saturating_sub(1);
        if self.depth < DEEPEST {
            self.push(html);
        }
    }

    fn close_heading(&mut self, range: Range<usize>) {
        let Some(Heading { level, id, opens }) = self.heading.take() else { return };
        let words = self.drafts.pop().unwrap_or_default();
        let text = words.prose.plain_text();
        let anchor = match id {
            Some(id) => self.slugs.unique(id),
            None => self.slugs.of_words(&text),
        };
        let draft = top(&mut self.drafts);
        let start = draft.open_heading(level, &anchor);
        let content = draft.len();
        draft.append(words);
        let content = content..draft.len();
        draft.close_heading(level);
        if self.depth == 0 {
            let element = start..draft.len();
            let source = self.text.span(range);
            draft.sections.push(Section { level, anchor, element, content, opens, source });
        } else {
            draft.anchors.push((start, anchor));
            draft.push("\n");
        }
    }

    fn close_listing(&mut self) {
        let Some((info, text)) = self.listing.take() else { return };
        let code = fence::listing(info.as_deref(), text.text(), self.options.dialect);
        self.inline.links.listing(&code, &text);
        let draft = top(&mut self.drafts);
        if code.language == "math" {
            math::push(draft, &code.text, math::Style::Display);
            draft.push("\n");
        } else {
            // What fills it ends its line.
            draft.push_hole(Hole::Code(code.into()));
        }
    }

    fn raw_html(&mut self, html: &str, range: Range<usize>) {
        if self.inline.in_image() || raw_html::is_comment(html) {
            return;
        }
        let draft = top(&mut self.drafts);
        if let Some(element) = raw_html::void_element(html) {
            draft.push(element);
        } else if self.raw_is_text {
            draft.push_text(html);
        } else {
            draft.push(html);
            self.raw.push(range);
        }
    }
}

/// The draft that is written to.
fn top(drafts: &mut Vec<Draft>) -> &mut Draft {
    if drafts.is_empty() {
        drafts.push(Draft::default());
    }
    let last = drafts.len() - 1;
    &mut drafts[last]
}

fn is_block(tag: &Tag<'_>) -> bool {
    is_block_end(tag.to_end())
}

fn is_block_end(tag: TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// The class and the label of an alert.
fn alert(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("alert-note", "Note"),
        BlockQuoteKind::Tip => ("alert-tip", "Tip"),
        BlockQuoteKind::Important => ("alert-important", "Important"),
        BlockQuoteKind::Warning => ("alert-warning", "Warning"),
        BlockQuoteKind::Caution => ("alert-caution", "Caution"),
    }
}
