//! Documents as results show them, in chunks that a few neighbours share.
//!
//! A chunk is, for each document: address, context, title, number of sections, and for each of those anchor, heading and
//! text; strings with their length before them. The sections of a large document go on in chunks of its own that follow
//! the one in which it begins; each repeats what stands before the sections, so that a result costs one chunk.

use super::bytes::{count, push_string, push_varint};
use super::deflate::deflate;
use super::{Document, Section};

/// A chunk holds about so many bytes before it is packed: what a result costs the reader.
const CHUNK: usize = 11_000;

/// Of a section, only so much is kept for excerpts; words behind it are found all the same.
const LONGEST_TEXT: usize = 6_000;

/// Likewise of titles, contexts and headings.
const LONGEST_TITLE: usize = 400;

/// A part of the stored documents.
pub(super) struct Chunk {
    /// How many documents begin in it; none when it goes on with the one before.
    pub(super) documents: u32,
    /// The number of its first section, when it goes on with a document.
    pub(super) section: u32,
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
        let mut section = 0;
        for (number, part) in parts.iter().enumerate() {
            if number > 0 || (self.documents > 0 && self.open.len() + part.iter().map(size).sum::<usize>() > CHUNK) {
                self.close(0);
            }
            self.push_part(document, part);
            if number == 0 {
                self.documents += 1;
            } else {
                self.close(section);
            }
            section += count(part.len());
        }
    }

    pub(super) fn finish(mut self) -> Vec<Chunk> {
        self.close(0);
        self.chunks
    }

    fn push_part(&mut self, document: &Document, sections: &[Section]) {
        push_string(&document.url, &mut self.open);
        push_string(beginning(&document.context, LONGEST_TITLE), &mut self.open);
        push_string(beginning(&document.title, LONGEST_TITLE), &mut self.open);
        push_varint(count(sections.len()), &mut self.open);
        for Section { anchor, heading, text } in sections {
            push_string(anchor, &mut self.open);
            push_string(beginning(heading, LONGEST_TITLE), &mut self.open);
            push_string(beginning(text, LONGEST_TEXT), &mut self.open);
        }
    }

    fn close(&mut self, section: u32) {
        if !self.open.is_empty() {
            self.chunks.push(Chunk { documents: self.documents, section, bytes: deflate(&self.open) });
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

/// `text` as far as `longest` bytes reach.
fn beginning(text: &str, longest: usize) -> &str {
    let end = (0..=longest.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}

fn size(section: &Section) -> usize {
    section.anchor.len() + section.heading.len().min(LONGEST_TITLE) + section.text.len().min(LONGEST_TEXT)
}
