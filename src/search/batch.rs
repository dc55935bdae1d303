//! A run of documents -> its words with their postings, and the documents as the client shows them.

use std::ops::Range;

use super::bytes::count;
use super::postings::{Field, Hit, Strength, keep_strongest, push_distance, push_hits};
use super::stored::{Chunk, Store};
use super::vocabulary::Vocabulary;
use super::words::{key, words};
use super::{Document, Section};

/// What a run of documents adds to the index.
pub(super) struct Batch {
    /// Every word once.
    pub(super) vocabulary: Vocabulary,
    /// By number of the word.
    pub(super) lists: Vec<List>,
    /// What the lists are ranges of.
    pub(super) postings: Vec<u8>,
    /// The documents, in order.
    pub(super) chunks: Vec<Chunk>,
}

/// The postings of a word in one batch.
pub(super) struct List {
    /// The first document that holds it; its distance is not written yet.
    pub(super) first: u32,
    /// The last one.
    pub(super) last: u32,
    /// How many there are.
    pub(super) documents: u32,
    /// Whether it is in a title or another name of one of them.
    pub(super) is_name: bool,
    pub(super) range: Range<usize>,
}

/// A word in a section.
struct Entry {
    word: u32,
    document: u32,
    section: u32,
    field: Field,
    /// How often it is there, and once the section is read its impact.
    weight: u32,
}

struct Reader {
    vocabulary: Vocabulary,
    entries: Vec<Entry>,
    /// The newest entry of each word.
    newest: Vec<u32>,
}

/// A section of usual length, in words.
const USUAL_LENGTH: f32 = 120.0;

/// Reads `documents`, the first of which is number `first`.
pub(super) fn read(first: u32, documents: impl Iterator<Item = Document>) -> Batch {
    let mut reader = Reader { vocabulary: Vocabulary::new(), entries: Vec::new(), newest: Vec::new() };
    let mut store = Store::default();
    for (number, document) in (first..).zip(documents) {
        reader.read(number, &document);
        store.push(&document);
    }
    let Reader { vocabulary, entries, .. } = reader;
    let (lists, postings) = invert(&entries, vocabulary.len());
    Batch { vocabulary, lists, postings, chunks: store.finish() }
}

impl Reader {
    fn read(&mut self, number: u32, document: &Document) {
        let start = self.entries.len();
        self.name(number, &document.title);
        document.names.iter().for_each(|name| self.name(number, name));
        for (index, Section { heading, text, .. }) in document.sections.iter().enumerate() {
            let (section, start) = (count(index), if index == 0 { start } else { self.entries.len() });
            self.phrase(number, section, Field::Heading, heading);
            let mut length = 0.0;
            words(text, |word| {
                length += 1.0;
                self.add(word, number, section, Field::Text, 1);
            });
            let damping = 1.2 * (0.25 + 0.75 * length / USUAL_LENGTH);
            for entry in self.entries[start..].iter_mut().filter(|entry| entry.field == Field::Text) {
                let frequency = entry.weight as f32;
                entry.weight = (8.0 * frequency / (frequency + damping)) as u32;
            }
        }
    }

    /// A title or another name. What leads to it (`shop::orders::` of `shop::orders::Order`) is no name of its own.
    fn name(&mut self, number: u32, name: &str) {
        let own = name.rfind("::").map_or(0, |separator| separator + 2);
        self.phrase(number, 0, Field::Heading, &name[..own]);
        self.phrase(number, 0, Field::Name, &name[own..]);
        let mut beginnings = name.rmatch_indices("::").map(|(separator, _)| separator + 2).take(2).collect::<Vec<_>>();
        beginnings.push(0);
        for beginning in beginnings {
            let key = key(&name[beginning..]);
            if !key.is_empty() {
                // Of names that begin alike, the shorter one is meant.
                let weight = 7_u32.saturating_sub(count(key.len() / 6));
                self.add(&key, number, 0, Field::Key, weight);
            }
        }
    }

    /// Words that mean the more the fewer they are.
    fn phrase(&mut self, number: u32, section: u32, field: Field, phrase: &str) {
        let mut length = 0;
        words(phrase, |_| length += 1);
        let weight = 8_u32.checked_div(length).unwrap_or(0);
        words(phrase, |word| self.add(word, number, section, field, weight));
    }

    fn add(&mut self, word: &str, document: u32, section: u32, field: Field, weight: u32) {
        let word = self.vocabulary.number(word);
        let newest = count(self.entries.len());
        let entry = Entry { word, document, section, field, weight };
        if word as usize == self.newest.len() {
            self.newest.push(newest);
            self.entries.push(entry);
            return;
        }
        let known = &mut self.entries[self.newest[word as usize] as usize];
        if (known.document, known.section) != (document, section) {
            self.newest[word as usize] = newest;
            self.entries.push(entry);
        } else if known.field == field && field == Field::Text {
            known.weight += weight;
        } else if (known.field, known.weight) < (field, weight) {
            *known = entry;
        }
    }
}

/// Entries by document -> postings by word.
fn invert(entries: &[Entry], words: usize) -> (Vec<List>, Vec<u8>) {
    let mut ends = vec![0; words + 1];
    for entry in entries {
        ends[entry.word as usize + 1] += 1;
    }
    for word in 0..words {
        ends[word + 1] += ends[word];
    }
    let mut sorted = vec![0; entries.len()];
    let mut next = ends.clone();
    for (index, entry) in entries.iter().enumerate() {
        let place = &mut next[entry.word as usize];
        sorted[*place] = index;
        *place += 1;
    }
    let mut postings = Vec::with_capacity(entries.len() * 3);
    let mut hits = Vec::new();
    let lists = (0..words)
        .map(|word| {
            let own = &sorted[ends[word]..ends[word + 1]];
            let start = postings.len();
            let mut list = List { first: 0, last: 0, documents: 0, is_name: false, range: start..start };
            for same in own.chunk_by(|&one, &other| entries[one].document == entries[other].document) {
                let document = entries[same[0]].document;
                hits.clear();
                hits.extend(same.iter().map(|&index| {
                    let entry = &entries[index];
                    list.is_name |= entry.field >= Field::Name;
                    Hit { section: entry.section, strength: Strength::new(entry.field, entry.weight.min(7) as u8) }
                }));
                keep_strongest(&mut hits);
                if list.documents == 0 {
                    list.first = document;
                } else {
                    push_distance(document, Some(list.last), &mut postings);
                }
                push_hits(&hits, &mut postings);
                list.last = document;
                list.documents += 1;
            }
            list.range.end = postings.len();
            list
        })
        .collect();
    (lists, postings)
}
