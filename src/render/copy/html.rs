//! HTML with holes -> its pieces: words, tags, holes.
//!
//! The HTML must be as [`Prose`] holds it: `<` only begins tags, attributes stand in double quotes.

use std::iter::Peekable;
use std::slice::Iter;

use memchr::memchr;

use crate::graph::{Hole, Prose, Slot};

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Words, with entities.
    Words(&'a str),
    /// The begin of an element, its attributes as they are written, and the hole in them.
    Open { name: &'a str, attributes: &'a str, hole: Option<&'a Hole> },
    /// The end of an element.
    Close(&'a str),
    /// A hole between words.
    Hole(&'a Hole),
}

/// The pieces of some prose.
pub(super) struct Pieces<'a> {
    html: &'a str,
    at: usize,
    slots: Peekable<Iter<'a, Slot>>,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(prose: &'a Prose) -> Self {
        Self { html: &prose.html, at: 0, slots: prose.slots.iter().peekable() }
    }

    fn tag(&mut self) -> Piece<'a> {
        let rest = &self.html[self.at..];
        let end = tag_end(rest);
        let tag = rest[1..end].trim_end_matches(['>', '/']);
        self.at += end;
        let mut hole = None;
        while let Some(slot) = self.slots.next_if(|slot| (slot.at as usize) < self.at) {
            hole = hole.or(Some(&slot.hole));
        }
        if let Some(name) = tag.strip_prefix('/') {
            return Piece::Close(name);
        }
        let (name, attributes) = tag.split_at(tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len()));
        Piece::Open { name, attributes, hole }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        // A slot that is out of order or within a character would be a fault of an extractor; it then stands late.
        let due = |slot: &&Slot| slot.at as usize <= self.at || self.at >= self.html.len();
        if let Some(slot) = self.slots.next_if(due) {
            return Some(Piece::Hole(&slot.hole));
        }
        let rest = self.html.get(self.at..).filter(|rest| !rest.is_empty())?;
        if rest.starts_with('<') {
            return Some(self.tag());
        }
        let tag = memchr(b'<', rest.as_bytes()).map_or(self.html.len(), |start| self.at + start);
        let hole = self.slots.peek().map(|slot| slot.at as usize);
        let end = hole.filter(|at| *at < tag && self.html.is_char_boundary(*at)).unwrap_or(tag);
        let words = &self.html[self.at..end];
        self.at = end;
        Some(Piece::Words(words))
    }
}

/// The length of the tag with which `text` begins. A `>` in an attribute does not end it.
fn tag_end(text: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The value of the attribute `name`, with entities.
pub(super) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    while let Some(equals) = memchr(b'=', rest.as_bytes()) {
        let (before, value) = (&rest[..equals], rest[equals + 1..].strip_prefix('"')?);
        let end = memchr(b'"', value.as_bytes()).unwrap_or(value.len());
        if before.trim_start() == name {
            return Some(&value[..end]);
        }
        rest = value.get(end + 1..)?;
    }
    None
}

/// What the entity with which `text` begins stands for, and how long it is; anything else is an ampersand.
pub(super) fn entity(text: &str) -> (&'static str, usize) {
    let known = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", "\u{a0}")];
    let found = known.into_iter().find(|(entity, _)| text.starts_with(entity));
    found.map_or(("&", 1), |(entity, decoded)| (decoded, entity.len()))
}

/// Appends `encoded` without entities.
pub(super) fn push_decoded(text: &mut String, mut encoded: &str) {
    while let Some(start) = memchr(b'&', encoded.as_bytes()) {
        text.push_str(&encoded[..start]);
        let (decoded, length) = entity(&encoded[start..]);
        text.push_str(decoded);
        encoded = &encoded[start + length..];
    }
    text.push_str(encoded);
}

#[cfg(test)]
mod tests {
    use super::{Piece, Pieces, attribute};
    use crate::graph::{Hole, LinkIndex, Prose};

    #[test]
    fn words_tags_and_holes() {
        let mut prose = Prose::html("a <b>b</b>");
        prose.push_hole(Hole::Title(LinkIndex(0)));
        prose.html.push_str(" <a");
        prose.push_hole(Hole::Href(LinkIndex(1)));
        prose.html.push_str(" title=\">\">x</a><br>");
        prose.push_hole(Hole::Title(LinkIndex(2)));
        let pieces: Vec<Piece<'_>> = Pieces::new(&prose).collect();
        let open = |name, attributes, hole| Piece::Open { name, attributes, hole };
        let expected = [
            Piece::Words("a "),
            open("b", "", None),
            Piece::Words("b"),
            Piece::Close("b"),
            Piece::Hole(&Hole::Title(LinkIndex(0))),
            Piece::Words(" "),
            open("a", " title=\">\"", Some(&Hole::Href(LinkIndex(1)))),
            Piece::Words("x"),
            Piece::Close("a"),
            open("br", "", None),
            Piece::Hole(&Hole::Title(LinkIndex(2))),
        ];
        assert_eq!(pieces, expected);
        assert_eq!(attribute(" alt=\"a &amp; b\" class=\"x\"", "class"), Some("x"));
        assert_eq!(attribute(" alt=\"class=\" title=\"x\"", "class"), None);
    }
}
