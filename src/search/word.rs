//! A word as it is compared: most are so short that they fit into two numbers.

use std::cmp::Ordering;

/// A word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word<'a> {
    /// One of up to [`ShortWord::LONGEST`] bytes.
    Short(ShortWord),
    /// The bytes of a longer one.
    Long(&'a [u8]),
}

/// A word of up to [`ShortWord::LONGEST`] bytes, and behind them zeros and its length: sixteen bytes, the lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ShortWord {
    low: u64,
    high: u64,
}

impl ShortWord {
    pub(super) const LONGEST: usize = 15;

    /// The word whose bytes, not more than [`ShortWord::LONGEST`], are the first of `bytes`, each with the bits of `set`.
    #[inline]
    pub(super) fn first_of(bytes: &[u8; 16], length: usize, set: u8) -> Self {
        let mask = (1 << (8 * length)) - 1;
        let word = (u128::from_le_bytes(*bytes) | u128::from_le_bytes([set; 16])) & mask;
        Self { low: word as u64, high: (word >> 64) as u64 | (length as u64) << 56 }
    }

    /// What stands for a longer word: no short one is equal to it.
    fn stand_in(number: u64) -> Self {
        Self { low: number, high: u64::MAX }
    }

    /// What this stands for, when it is a [`ShortWord::stand_in`].
    #[inline]
    fn stands_for(self) -> Option<u64> {
        (self.high == u64::MAX).then_some(self.low)
    }

    fn to_bytes(self) -> [u8; 16] {
        (u128::from(self.low) | u128::from(self.high) << 64).to_le_bytes()
    }

    #[inline]
    pub(super) fn hash(self) -> u64 {
        // One round of wyhash (https://github.com/wangyi-fudan/wyhash).
        let product = u128::from(self.low ^ 0xa076_1d64_78bd_642f) * u128::from(self.high ^ 0xe703_7ed1_a0b4_28db);
        product as u64 ^ (product >> 64) as u64
    }
}

impl<'a> Word<'a> {
    pub(super) fn new(word: &'a str) -> Self {
        let length = word.len();
        if length > ShortWord::LONGEST {
            return Self::Long(word.as_bytes());
        }
        let mut bytes = [0; 16];
        bytes[..length].copy_from_slice(word.as_bytes());
        Self::Short(ShortWord::first_of(&bytes, length, 0))
    }

    /// Puts its bytes, which are text, in the place of what `spelling` holds.
    pub(super) fn spell(self, spelling: &mut Vec<u8>) {
        spelling.clear();
        match self {
            Self::Short(word) => {
                spelling.extend_from_slice(&word.to_bytes()[..ShortWord::LONGEST]);
                spelling.truncate((word.high >> 56) as usize);
            }
            Self::Long(word) => spelling.extend_from_slice(word),
        }
    }
}

/// By code point.
impl Ord for Word<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        // The zeros behind a short word sort before whatever another goes on with.
        match (self, other) {
            (Self::Short(one), Self::Short(other)) => one.to_bytes().cmp(&other.to_bytes()),
            (Self::Short(one), Self::Long(other)) => one.to_bytes()[..ShortWord::LONGEST].cmp(other),
            (Self::Long(one), Self::Short(other)) => one[..].cmp(&other.to_bytes()[..ShortWord::LONGEST]),
            (Self::Long(one), Self::Long(other)) => one.cmp(other),
        }
    }
}

impl PartialOrd for Word<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Words, one behind the other.
#[derive(Default)]
pub(super) struct WordList {
    words: Vec<ShortWord>,
    /// The bytes of long words, each with its length behind it. Such a word's place is taken by what stands for the end.
    long: Vec<u8>,
}

impl WordList {
    /// Adds a word.
    #[inline]
    pub(super) fn push(&mut self, word: Word<'_>) {
        match word {
            Word::Short(word) => self.words.push(word),
            Word::Long(word) => {
                self.long.extend_from_slice(word);
                self.long.extend((word.len() as u32).to_le_bytes());
                self.words.push(ShortWord::stand_in(self.long.len() as u64));
            }
        }
    }

    /// The word at `place`.
    #[inline]
    pub(super) fn get(&self, place: usize) -> Word<'_> {
        let word = self.words[place];
        word.stands_for().map_or(Word::Short(word), |end| Word::Long(self.long_word(end as usize)))
    }

    fn long_word(&self, end: usize) -> &[u8] {
        let (text, length) = self.long[..end].split_last_chunk().unwrap_or((&[], &[0; 4]));
        &text[text.len() - u32::from_le_bytes(*length) as usize..]
    }

    /// Every word.
    #[inline]
    pub(super) fn iter(&self) -> impl Iterator<Item = Word<'_>> {
        (0..self.words.len()).map(|place| self.get(place))
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Takes all words out.
    pub(super) fn clear(&mut self) {
        self.words.clear();
        self.long.clear();
    }
}
