//! Every word with its complete list of postings.
//!
//! A word is: what it shares with the one before it and the rest, the number of documents that hold it doubled, the length
//! of its list, the list. Words stand in alphabetical order (by code point), one behind the other.

use super::bytes::{count, push_front_coded, push_varint, read_bytes, read_varint};
use super::postings::{ListWriter, documents, postings};
use super::renumbering::Renumbering;

/// The words of some documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Inverted(pub(super) Vec<u8>);

/// A word's place among others, and its list.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    /// Where it begins.
    pub(super) start: usize,
    /// Where what follows its spelling begins.
    pub(super) spelt: usize,
    /// How many documents hold it.
    pub(super) documents: u32,
    pub(super) list: &'a [u8],
    /// Where it ends.
    pub(super) end: usize,
}

/// Goes from word to word.
pub(super) struct Words<'a> {
    all: &'a [u8],
    rest: &'a [u8],
    /// How the word that was read last is spelt.
    pub(super) spelling: Vec<u8>,
}

impl Inverted {
    pub(super) fn words(&self) -> Words<'_> {
        Words { all: &self.0, rest: &self.0, spelling: Vec::new() }
    }

    /// As it is when the documents change: without those that are gone, the others under their new numbers, and with
    /// those in `fresh`, which has the new numbers already.
    pub(super) fn update(&self, renumbering: &Renumbering, fresh: &Inverted) -> Inverted {
        let mut updated = Writer { bytes: Vec::with_capacity(self.0.len() + fresh.0.len()), last: Vec::new() };
        let mut list = ListWriter::default();
        let mut kept = Vec::new();
        let mut new = fresh.words();
        let mut next_new = new.next();
        let mut old = self.words();
        while let Some(entry) = old.next() {
            while let Some(entry) = next_new.filter(|_| new.spelling < old.spelling) {
                updated.push(&new.spelling, entry.documents, [entry.list, &[]]);
                next_new = new.next();
            }
            let fresh = next_new.filter(|_| new.spelling == old.spelling);
            if fresh.is_none() && renumbering.keeps(documents(entry.list, entry.documents)) {
                updated.push(&old.spelling, entry.documents, [entry.list, &[]]);
                continue;
            }
            kept.clear();
            let old_postings = postings(entry.list, entry.documents);
            kept.extend(old_postings.filter_map(|(document, hits)| Some((renumbering.of(document)?, hits))));
            if !kept.is_sorted() {
                kept.sort_unstable();
            }
            let mut kept = kept.iter().copied().peekable();
            for (document, hits) in fresh.iter().flat_map(|fresh| postings(fresh.list, fresh.documents)) {
                while let Some((document, hits)) = kept.next_if(|(kept, _)| *kept < document) {
                    list.push(document, hits);
                }
                list.push(document, hits);
            }
            kept.for_each(|(document, hits)| list.push(document, hits));
            if list.documents > 0 {
                list.finish(|documents, list| updated.push(&old.spelling, documents, list));
            }
            if fresh.is_some() {
                next_new = new.next();
            }
        }
        while let Some(entry) = next_new {
            updated.push(&new.spelling, entry.documents, [entry.list, &[]]);
            next_new = new.next();
        }
        Inverted(updated.bytes)
    }
}

impl<'a> Words<'a> {
    /// Reads the next word.
    pub(super) fn next(&mut self) -> Option<Entry<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let start = self.all.len() - self.rest.len();
        let (shared, length) = (read_varint(&mut self.rest), read_varint(&mut self.rest));
        self.spelling.truncate(shared as usize);
        self.spelling.extend_from_slice(read_bytes(&mut self.rest, length));
        let spelt = self.all.len() - self.rest.len();
        let documents = read_varint(&mut self.rest) >> 1;
        let length = read_varint(&mut self.rest);
        let list = read_bytes(&mut self.rest, length);
        Some(Entry { start, spelt, documents, list, end: self.all.len() - self.rest.len() })
    }
}

/// Writes words in their order.
struct Writer {
    bytes: Vec<u8>,
    last: Vec<u8>,
}

impl Writer {
    fn push(&mut self, word: &[u8], documents: u32, list: [&[u8]; 2]) {
        push_front_coded(word, &self.last, &mut self.bytes);
        push_varint(documents << 1, &mut self.bytes);
        push_varint(count(list[0].len() + list[1].len()), &mut self.bytes);
        self.bytes.extend_from_slice(list[0]);
        self.bytes.extend_from_slice(list[1]);
        self.last.clear();
        self.last.extend_from_slice(word);
    }
}
