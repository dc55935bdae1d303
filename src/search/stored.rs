//! Documents as results show them, in chunks that a few neighbours share.
//!
//! A chunk is, for each document: address, context, title, number of sections, and for each of those anchor, heading and
//! text; strings with their length before them; then how many chunks its further sections fill and how many each of
//! those holds. A chunk of further sections holds nothing else, and follows the chunk of its document.

use super::bytes::{count, push_string, push_varint};
use super::deflate::deflate;
use super::{Document, Section};

/// A chunk holds about so many bytes before it is packed: what a result costs the reader.
const CHUNK: usize = 11_000;

/// Of a section, only so much is kept for excerpts; words behind it are found all the same.
const LONGEST_TEXT: usize = 6_000;

/// A part of the stored documents.
pub(super) struct Chunk {
    /// How many documents begin in it.
    pub(super) documents: u32,
    /// Packed.
    pub(super) bytes: Vec<u8>,
}

/// Packs documents into chunks, in order.
#[derive(Default)]
pub(super) struct Store {
    open: Vec<u8>,
    documents: u32,
    chunks: Vec<Chunk>,
}

impl Store {
    pub(super) fn push(&mut self, document: &Document) {
        let parts = split(&document.sections);
        let [first, further @ ..] = parts.as_slice() else { return };
        if self.documents > 0 && self.open.len() + first.iter().map(size).sum::<usize>() > CHUNK {
            self.close();
        }
        for text in [&document.url, &document.context, &document.title] {
            push_string(text, &mut self.open);
        }
        push_varint(count(first.len()), &mut self.open);
        self.push_sections(first);
        push_varint(count(further.len()), &mut self.open);
        for part in further {
            push_varint(count(part.len()), &mut self.open);
        }
        self.documents += 1;
        for part in further {
            self.close();
            self.push_sections(part);
        }
        if !further.is_empty() {
            self.close();
        }
    }

    pub(super) fn finish(mut self) -> Vec<Chunk> {
        self.close();
        self.chunks
    }

    fn push_sections(&mut self, sections: &[Section]) {
        for Section { anchor, heading, text } in sections {
            push_string(anchor, &mut self.open);
            push_string(heading, &mut self.open);
            push_string(beginning(text), &mut self.open);
        }
    }

    fn close(&mut self) {
        if !self.open.is_empty() {
            self.chunks.push(Chunk { documents: self.documents, bytes: deflate(&self.open) });
            self.open.clear();
            self.documents = 0;
        }
    }
}

/// Neighbouring sections that fill a chunk. There is one part even when there are no sections.
fn split(sections: &[Section]) -> Vec<&[Section]> {
    let mut parts = Vec::new();
    let (mut start, mut length) = (0, 0);
    for (index, section) in sections.iter().enumerate() {
        if index > start && length + size(section) > CHUNK {
            parts.push(&sections[start..index]);
            (start, length) = (index, 0);
        }
        length += size(section);
    }
    parts.push(&sections[start..]);
    parts
}

fn beginning(text: &str) -> &str {
    let end = (0..=LONGEST_TEXT.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}

fn size(section: &Section) -> usize {
    section.anchor.len() + section.heading.len() + beginning(&section.text).len()
}
