//! Words -> small numbers, each word stored once.

use xxhash_rust::xxh3::xxh3_64;

use super::bytes::count;

/// The words met so far. A table of our own because nearly every look-up is of a short word that is known already:
/// one hash, one comparison, nothing allocated.
pub(super) struct Vocabulary {
    text: String,
    ends: Vec<usize>,
    hashes: Vec<u64>,
    /// Open addressing; a slot is empty or holds a word's number. Its length is a power of two.
    slots: Vec<u32>,
}

const EMPTY: u32 = u32::MAX;

impl Vocabulary {
    pub(super) fn new() -> Self {
        Self { text: String::new(), ends: Vec::new(), hashes: Vec::new(), slots: vec![EMPTY; 1 << 12] }
    }

    /// The number of `word`: those of new words count up from 0.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        let hash = xxh3_64(word.as_bytes());
        let mut slot = self.slot(hash);
        while self.slots[slot] != EMPTY {
            let number = self.slots[slot];
            if self.hashes[number as usize] == hash && self.word(number) == word {
                return number;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        let number = count(self.ends.len());
        self.slots[slot] = number;
        self.text.push_str(word);
        self.ends.push(self.text.len());
        self.hashes.push(hash);
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    /// The word of `number`.
    pub(super) fn word(&self, number: u32) -> &str {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.text[start..self.ends[number]]
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Where the search for a hash begins.
    fn slot(&self, hash: u64) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    fn grow(&mut self) {
        self.slots = vec![EMPTY; self.slots.len() * 4];
        for number in 0..self.hashes.len() {
            let mut slot = self.slot(self.hashes[number]);
            while self.slots[slot] != EMPTY {
                slot = (slot + 1) & (self.slots.len() - 1);
            }
            self.slots[slot] = count(number);
        }
    }
}
