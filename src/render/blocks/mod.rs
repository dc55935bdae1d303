//! Blocks -> HTML.
//!
//! Enters: the body of a node and of what is within it. Leaves: one text of HTML, and the headings in it.

mod code;
mod fields;
mod prose;
mod request_form;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::address::Way;
use super::links::{push_attribute, push_source};
use super::text::{Text, What, anchor_of};
use crate::graph::{Block, NodeId, push_text};

/// The text of a page as HTML.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// All of it.
    pub(super) html: String,
    /// Its headings, in order.
    pub(super) headings: Vec<Heading>,
}

/// A heading in the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) level: u8,
    pub(super) anchor: String,
    /// The words, as HTML without links.
    pub(super) title: String,
}

/// The HTML of `text`.
pub(super) fn body(text: &Text<'_>) -> Body {
    // Links and colours add to it.
    let html = String::with_capacity(text.length() * 5 / 4 + 256);
    let mut writer = Writer { text, sources: text.sources(), body: Body { html, headings: Vec::new() }, samples: 0 };
    for piece in text.pieces() {
        match piece.what {
            What::Block(block) => writer.block(piece.node.id, block),
            What::Title { level } => {
                let mut title = String::new();
                push_text(&mut title, &piece.node.title);
                writer.heading(level, anchor_of(piece.node), &title);
            }
        }
    }
    writer.body
}

struct Writer<'a, 't> {
    text: &'t Text<'a>,
    /// Where that is written which headings are the places of.
    sources: HashMap<&'a str, Way<'static>>,
    body: Body,
    /// How many groups of samples there are.
    samples: usize,
}

impl<'a> Writer<'a, '_> {
    fn block(&mut self, owner: NodeId, block: &'a Block) {
        let (links, html) = (&self.text.links, &mut self.body.html);
        match block {
            Block::Heading { level, anchor, content } => {
                let content = prose::filled(content, owner, links);
                self.heading(*level, anchor, &content);
            }
            Block::Prose(content) => {
                prose::fill(html, content, owner, links);
                if !html.ends_with('\n') {
                    html.push('\n');
                }
            }
            Block::Code(listing) => code::write(html, listing),
            Block::Samples(samples) => {
                self.samples += 1;
                code::write_samples(html, samples, self.samples);
            }
            Block::RequestForm(form) => request_form::write(html, form),
            Block::Signature(content) => {
                html.push_str("<pre class=\"signature\"><code>");
                prose::fill(html, content, owner, links);
                html.push_str("</code></pre>\n");
            }
            Block::Operation { method, path, deprecated } => self.operation(method, path, *deprecated),
            Block::Fields(fields) => fields::write(html, fields, owner, links),
        }
    }

    fn heading(&mut self, level: u8, anchor: &str, content: &str) {
        let level = char::from(b'0' + level.clamp(1, 6));
        let html = &mut self.body.html;
        html.extend(["<h", level.encode_utf8(&mut [0; 4])]);
        if !anchor.is_empty() {
            push_attribute(html, " id=\"", anchor, "\"");
        }
        html.push('>');
        html.push_str(content);
        if let Some(source) = self.sources.get(anchor) {
            push_source(source, html);
        }
        html.extend(["</h", level.encode_utf8(&mut [0; 4]), ">\n"]);
        if !anchor.is_empty() {
            let level = u8::try_from(level.to_digit(10).unwrap_or(6)).unwrap_or(6);
            let title = prose::without_links(content);
            self.body.headings.push(Heading { level, anchor: anchor.to_owned(), title });
        }
    }

    fn operation(&mut self, method: &str, path: &str, deprecated: bool) {
        let html = &mut self.body.html;
        html.push_str("<p class=\"operation\"><span class=\"method method-");
        html.extend(method.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()));
        html.push_str("\">");
        push_text(html, method);
        html.push_str("</span> <code>");
        push_path(html, path);
        html.push_str("</code>");
        html.push_str(if deprecated { " <span class=\"badge tone-bad\">deprecated</span></p>\n" } else { "</p>\n" });
    }
}

/// Appends `/orders/{id}` with `{id}` marked as a variable, escaped.
fn push_path(html: &mut String, path: &str) {
    for part in path.split_inclusive(['{', '}']) {
        push_text(html, part.strip_suffix(['{', '}']).unwrap_or(part));
        html.push_str(match part.as_bytes().last() {
            Some(b'{') => "<var>{",
            Some(b'}') => "}</var>",
            _ => "",
        });
    }
}
