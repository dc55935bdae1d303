//! Documents -> their words with what they mean, in a few bytes each; what one thread reads.
//!
//! Of each document there is a row of words: the word's number in the [`Vocabulary`] (varint) and its hits, as
//! [`super::postings`] writes them. A second row has those words only that stand in a title or another name.

use super::bytes::{count, push_varint};
use super::postings::{Field, Hit, Strength, first_strength, is_name, push_first_hit, push_hits};
use super::vocabulary::Vocabulary;
use super::word::{Word, WordList};
use super::words::{key, words};
use super::{Document, Section, stored};

/// What was read so far.
#[derive(Default)]
pub(super) struct Reader {
    /// The words of all documents.
    pub(super) vocabulary: Vocabulary,
    /// The words of all documents.
    pub(super) words: Vec<u8>,
    /// Those of names.
    pub(super) names: Vec<u8>,
    /// The documents as [`stored::push_record`] writes them.
    pub(super) records: Vec<u8>,
    /// The documents, in the order in which they came.
    pub(super) documents: Vec<Read>,
    /// The words of the text that is being read.
    found: WordList,
    /// The words of its document, each once: so few that they stay in the processor's nearest cache.
    own: Vocabulary,
    /// Where they stand in it.
    entries: Vec<Entry>,
    /// For each of them its first and its newest entry.
    ends: Vec<[u32; 2]>,
    /// For each of them its number among the words of all documents.
    numbers: Vec<u32>,
}

/// A document, and where what was read of it ends.
pub(super) struct Read {
    pub(super) document: u32,
    pub(super) words: usize,
    pub(super) names: usize,
    pub(super) records: usize,
}

/// A word in a section.
struct Entry {
    section: u32,
    field: Field,
    /// How often it is there, and once the section is read its impact.
    weight: u32,
    /// Its entry of the next section that holds the word; 0 for none.
    next: u32,
}

/// A section of usual length, in words.
const USUAL_LENGTH: f32 = 120.0;

impl Reader {
    /// Reads the document of that number.
    pub(super) fn read(&mut self, number: u32, document: &Document) {
        self.name(&document.title);
        document.names.iter().for_each(|name| self.name(name));
        let mut start = 0;
        for (section, Section { heading, text, .. }) in (0..).zip(&document.sections) {
            self.phrase(section, Field::Heading, heading);
            let length = self.text(section, Field::Text, text, |_| 1);
            let damping = 1.2 * (0.25 + 0.75 * rounded(length) as f32 / USUAL_LENGTH);
            for entry in self.entries[start..].iter_mut().filter(|entry| entry.field == Field::Text) {
                let frequency = entry.weight as f32;
                entry.weight = (8.0 * frequency / (frequency + damping)) as u32;
            }
            start = self.entries.len();
        }
        self.write();
        stored::push_record(document, &mut self.records);
        let (words, names, records) = (self.words.len(), self.names.len(), self.records.len());
        self.documents.push(Read { document: number, words, names, records });
    }

    /// A title or another name. What leads to it (`shop::orders::` of `shop::orders::Order`) is no name of its own.
    fn name(&mut self, name: &str) {
        let own = name.rfind("::").map_or(0, |separator| separator + 2);
        self.phrase(0, Field::Heading, &name[..own]);
        self.phrase(0, Field::Name, &name[own..]);
        let ways = name.rmatch_indices("::").map(|(separator, _)| separator + 2).take(2);
        for beginning in ways.chain([0]) {
            let key = key(&name[beginning..]);
            if !key.is_empty() {
                // Of names that begin alike, the shorter one is meant.
                let weight = 7_u32.saturating_sub(count(key.len() / 6));
                self.add(Word::new(&key), 0, Field::Key, weight);
            }
        }
    }

    /// Words that mean the more the fewer they are.
    fn phrase(&mut self, section: u32, field: Field, phrase: &str) {
        self.text(section, field, phrase, |length| 8_u32.checked_div(length).unwrap_or(0));
    }

    /// Adds the words of `text`, each with the weight that words of so many have, and says how many there are.
    fn text(&mut self, section: u32, field: Field, text: &str, weight: impl Fn(u32) -> u32) -> u32 {
        let mut found = std::mem::take(&mut self.found);
        words(text, &mut found);
        let length = count(found.len());
        let weight = weight(length);
        found.iter().for_each(|word| self.add(word, section, field, weight));
        found.clear();
        self.found = found;
        length
    }

    fn add(&mut self, word: Word<'_>, section: u32, field: Field, weight: u32) {
        let word = self.own.number(word) as usize;
        let added = count(self.entries.len());
        if let Some([_, newest]) = self.ends.get_mut(word) {
            let known = &mut self.entries[*newest as usize];
            if known.section == section {
                if known.field == field && field == Field::Text {
                    known.weight += weight;
                } else if (known.field, known.weight) < (field, weight) {
                    (known.field, known.weight) = (field, weight);
                }
                return;
            }
            known.next = added;
            *newest = added;
        } else {
            self.ends.push([added; 2]);
        }
        self.entries.push(Entry { section, field, weight, next: 0 });
    }

    /// Adds the document that was read to the rows.
    fn write(&mut self) {
        self.numbers.clear();
        self.numbers.extend(self.own.words().iter().map(|word| self.vocabulary.number(word)));
        let mut hits = Vec::new();
        for (&number, &[first, _]) in self.numbers.iter().zip(&self.ends) {
            push_varint(number, &mut self.words);
            let start = self.words.len();
            let mut next = self.entries.get(first as usize);
            while let Some(entry) = next {
                let strength = Strength::new(entry.field, entry.weight.min(7) as u8);
                hits.push(Hit { section: entry.section, strength });
                next = self.entries.get(entry.next as usize).filter(|_| entry.next > 0);
            }
            push_hits(&mut hits, &mut self.words);
            let written = &self.words[start..];
            if is_name(written) {
                push_varint(number, &mut self.names);
                push_first_hit(first_strength(written), &mut self.names);
            }
        }
        self.own.clear();
        self.entries.clear();
        self.ends.clear();
    }
}

/// `length` to three binary digits, so that what an edit adds to a section seldom changes what its other words mean.
fn rounded(length: u32) -> u32 {
    let dropped = (u32::BITS - length.leading_zeros()).saturating_sub(3);
    length >> dropped << dropped
}
