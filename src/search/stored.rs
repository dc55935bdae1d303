//! Documents as results show them, in chunks that a few neighbours share.
//!
//! A document is: its address and that of its copy, front-coded; context, title, the number of sections, and for each of
//! those anchor, heading, the distance from the end of the section before it in the copy (zigzag) and the length; strings
//! with their length before them. The sections of a large document go on in chunks of its own that follow the one in
//! which it begins; each repeats what stands before the sections, so that a result costs one chunk.

use xxhash_rust::xxh3::xxh3_64;

use super::bytes::{count, push_front_coded, push_string, push_varint, read_bytes, read_varint};
use super::{Document, Section};

/// A chunk that holds more bytes, before it is packed, is closed when chance says so, ...
const SMALL_CHUNK: usize = 3_000;

/// ... one time in so many documents, ...
const CHANCE: u64 = 8;

/// ... and before it holds more than this: what a result costs the reader.
const LARGE_CHUNK: usize = 8_000;

/// Of titles, contexts and headings, so much is kept.
const LONGEST_TITLE: usize = 400;

/// A part of the stored documents.
#[derive(Clone, Default)]
pub(super) struct Chunk {
    /// How many documents begin in it; none when it goes on with the one before.
    pub(super) documents: u32,
    /// The number of its first section, when it goes on with a document.
    pub(super) section: u32,
    /// What it holds.
    pub(super) bytes: Vec<u8>,
}

/// Documents by number, as [`push_record`] writes them.
#[derive(Clone, Debug, Default)]
pub(super) struct Stored {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Stored {
    pub(super) fn push(&mut self, record: &[u8]) {
        self.bytes.extend_from_slice(record);
        self.ends.push(self.bytes.len());
    }

    /// The document of that number.
    pub(super) fn get(&self, number: usize) -> &[u8] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start..self.ends[number]]
    }

    /// How many bytes there are.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.ends.len()).map(|number| self.get(number))
    }
}

/// Adds `document` as its parts, each after its length and its number of sections; most are of one part.
pub(super) fn push_record(document: &Document, records: &mut Vec<u8>) {
    for sections in parts(document) {
        let mut part = Vec::with_capacity(128 + sections.len() * 48);
        push_part(document, sections, &mut part);
        push_varint(count(part.len()), records);
        push_varint(count(sections.len()), records);
        records.append(&mut part);
    }
}

fn push_part(document: &Document, sections: &[Section], bytes: &mut Vec<u8>) {
    push_front_coded(document.url.as_bytes(), b"", bytes);
    push_front_coded(document.copy.as_bytes(), document.url.as_bytes(), bytes);
    push_string(beginning(&document.context), bytes);
    push_string(beginning(&document.title), bytes);
    push_varint(count(sections.len()), bytes);
    let mut end = 0;
    for Section { anchor, heading, range, .. } in sections {
        push_string(anchor, bytes);
        push_string(beginning(heading), bytes);
        let distance = range.start.wrapping_sub(end).cast_signed();
        push_varint((distance << 1 ^ distance >> 31).cast_unsigned(), bytes);
        push_varint(range.end.saturating_sub(range.start), bytes);
        end = range.end;
    }
}

/// Neighbouring sections that fill a chunk. There is one part even when there are no sections.
fn parts(document: &Document) -> Vec<&[Section]> {
    let sections = document.sections.as_slice();
    let mut parts = Vec::new();
    let (mut start, mut length) = (0, 0);
    for (index, section) in sections.iter().enumerate() {
        let size = section.anchor.len() + beginning(&section.heading).len() + 8;
        if index > start && length + size > LARGE_CHUNK {
            parts.push(&sections[start..index]);
            (start, length) = (index, 0);
        }
        length += size;
    }
    parts.push(&sections[start..]);
    parts
}

/// `text` as far as it is kept.
fn beginning(text: &str) -> &str {
    let end = (0..=LONGEST_TITLE.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}

/// Joins `records`, in order, to chunks. Where a chunk ends depends on few documents around that place, so that far
/// from what changed the chunks stay as they were.
pub(super) fn chunks<'a>(records: impl Iterator<Item = &'a [u8]>) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut open = Chunk::default();
    for mut record in records {
        let mut section = 0;
        while !record.is_empty() {
            let (length, sections) = (read_varint(&mut record), read_varint(&mut record));
            let part = read_bytes(&mut record, length);
            let is_next = section > 0;
            if is_next || (open.documents > 0 && is_full(&open, part)) {
                chunks.push(std::mem::take(&mut open));
            }
            open.bytes.extend_from_slice(part);
            if is_next {
                chunks.push(Chunk { section, ..std::mem::take(&mut open) });
            } else {
                open.documents += 1;
            }
            section += sections;
        }
    }
    chunks.push(open);
    chunks.retain(|chunk| !chunk.bytes.is_empty());
    chunks
}

fn is_full(chunk: &Chunk, next: &[u8]) -> bool {
    chunk.bytes.len() + next.len() > LARGE_CHUNK
        || (chunk.bytes.len() > SMALL_CHUNK && xxh3_64(url(next)).is_multiple_of(CHANCE))
}

fn url(mut part: &[u8]) -> &[u8] {
    let _shared = read_varint(&mut part);
    let length = read_varint(&mut part);
    read_bytes(&mut part, length)
}
