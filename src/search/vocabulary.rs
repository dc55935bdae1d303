//! Words -> small numbers, each word stored once.

use xxhash_rust::xxh3::xxh3_64;

use super::bytes::count;
use super::word::{Word, WordList};

/// The words met so far. A table of our own because nearly every look-up is of a short word that is known already: one
/// multiplication, one comparison, nothing allocated.
pub(super) struct Vocabulary {
    /// By number.
    words: WordList,
    /// Open addressing; a slot is empty, or holds a word's number in the bits that tell one slot from another and bits of
    /// its hash in the others. How many there are is a power of two.
    slots: Vec<u32>,
}

const EMPTY: u32 = u32::MAX;

/// As many slots as there are at first.
const FEWEST: usize = 1 << 10;

impl Default for Vocabulary {
    fn default() -> Self {
        Self { words: WordList::default(), slots: vec![EMPTY; FEWEST] }
    }
}

impl Vocabulary {
    /// The number of `word`: those of new words count up from 0.
    #[inline]
    pub(super) fn number(&mut self, word: Word<'_>) -> u32 {
        let hash = match word {
            Word::Short(word) => word.hash(),
            Word::Long(word) => xxh3_64(word),
        };
        self.find(hash, |number| self.words.get(number) == word).unwrap_or_else(|slot| self.push(word, hash, slot))
    }

    /// The number of the word that has `hash` and that `is_it`, or the slot where it belongs.
    #[inline]
    fn find(&self, hash: u64, is_it: impl Fn(usize) -> bool) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let (numbers, tag) = (mask as u32, (hash >> 32) as u32);
        let mut slot = hash as usize & mask;
        loop {
            let found = self.slots[slot];
            if found == EMPTY {
                return Err(slot);
            }
            let number = found & numbers;
            if (found ^ tag) & !numbers == 0 && is_it(number as usize) {
                return Ok(number);
            }
            slot = (slot + 1) & mask;
        }
    }

    fn push(&mut self, word: Word<'_>, hash: u64, slot: usize) -> u32 {
        let number = count(self.words.len());
        self.words.push(word);
        self.slots[slot] = self.slot(hash, number);
        if self.words.len() * 4 > self.slots.len() * 3 {
            self.grow();
        }
        number
    }

    /// What stands in the slot of a word.
    fn slot(&self, hash: u64, number: u32) -> u32 {
        let numbers = (self.slots.len() - 1) as u32;
        (hash >> 32) as u32 & !numbers | number
    }

    /// Every word, by number.
    pub(super) fn words(&self) -> &WordList {
        &self.words
    }

    /// Forgets all words.
    pub(super) fn clear(&mut self) {
        self.words.clear();
        self.slots.truncate(FEWEST);
        self.slots.fill(EMPTY);
    }

    fn grow(&mut self) {
        self.slots = vec![EMPTY; self.slots.len() * 2];
        for (number, word) in (0..).zip(self.words.iter()) {
            let hash = match word {
                Word::Short(word) => word.hash(),
                Word::Long(word) => xxh3_64(word),
            };
            // No word is there twice.
            if let Err(slot) = self.find(hash, |_| false) {
                self.slots[slot] = self.slot(hash, number);
            }
        }
    }
}
