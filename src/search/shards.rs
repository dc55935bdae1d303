//! Every word with its list -> shards of a few kilobytes, as browsers read them.
//!
//! A shard is words as [`super::inverted`] writes them, the first of them spelt out. Of a list that is too long for readers
//! only the strongest documents are there; the number of documents that hold the word is then odd, for one is added, and
//! the list begins with the number of those listed (varint).

use std::ops::Range;

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::bytes::{count, push_front_coded, push_varint, shared, varint_length};
use super::inverted::Inverted;
use super::postings::{ListWriter, strongest};

/// A shard of more bytes is closed when chance says so, ...
const SMALL_SHARD: usize = 3_000;

/// ... at one word in so many, ...
const CHANCE: u64 = 32;

/// ... and before it outgrows this size: what a word of a query costs the reader.
const LARGE_SHARD: usize = 6_000;

/// A list of more bytes keeps only its strongest documents.
const LONGEST_LIST: u32 = 9_000;

/// So does that of a word in more than a third of all documents: it tells little, and a reader should not pay for it.
const LONGEST_COMMON_LIST: u32 = 3_000;

/// Which words stand together.
#[derive(Default)]
pub(super) struct Shard {
    /// The shortest text that is behind the words before and not behind the first.
    pub(super) separator: Vec<u8>,
    /// The first word.
    first: Vec<u8>,
    /// Where what follows its spelling stands among all words, as far as the last word reaches.
    rest: Range<usize>,
    /// Lists that are too long.
    long: Vec<Long>,
}

/// A list that keeps so many bytes.
struct Long {
    /// Where the number of its documents stands.
    start: usize,
    documents: u32,
    list: Range<usize>,
    room: u32,
}

/// Shards of all `words` of `total` documents. Where one ends depends on few words around that place, so that far from
/// what changed the shards stay as they were.
pub(super) fn cut(words: &Inverted, total: u32) -> Vec<Shard> {
    let mut shards: Vec<Shard> = Vec::new();
    let mut size = 0;
    let mut last = Vec::new();
    let mut reader = words.words();
    while let Some(entry) = reader.next() {
        let word = &reader.spelling;
        let end = entry.end;
        let list = end - entry.list.len()..end;
        let room = if entry.documents > total / 3 { LONGEST_COMMON_LIST } else { LONGEST_LIST };
        let length = list.start - entry.start + list.len().min(room as usize);
        match shards.last_mut() {
            Some(shard) if !is_full(size, length, word) => shard.rest.end = end,
            _ => {
                let separator = separator(&last, word);
                shards.push(Shard { separator, first: word.clone(), rest: entry.spelt..end, long: Vec::new() });
                size = 0;
            }
        }
        size += length;
        if list.len() > room as usize
            && let Some(shard) = shards.last_mut()
        {
            shard.long.push(Long { start: entry.spelt, documents: entry.documents, list, room });
        }
        last.clone_from(word);
    }
    shards
}

/// Whether a shard of `size` is closed before `word`, which adds `length`. Neighbours of a long list do not share its
/// shard: who asks for them should not pay for it.
pub(super) fn is_full(size: usize, length: usize, word: &[u8]) -> bool {
    size + length > LARGE_SHARD || (size > SMALL_SHARD && xxh3_64(word).is_multiple_of(CHANCE))
}

/// The shortest beginning of `word` that is behind `last`; whole characters.
pub(super) fn separator(last: &[u8], word: &[u8]) -> Vec<u8> {
    let is_boundary = |&end: &usize| word.get(end).is_none_or(|byte| byte & 0xc0 != 0x80);
    let end = (shared(last, word) + 1..word.len()).find(is_boundary);
    word[..end.unwrap_or(word.len())].to_vec()
}

impl Shard {
    /// What tells what the shard is made of from every other.
    pub(super) fn source(&self, words: &Inverted) -> u64 {
        let mut hasher = Xxh3::new();
        hasher.update(&count(self.first.len()).to_le_bytes());
        hasher.update(&self.first);
        hasher.update(&words.0[self.rest.clone()]);
        self.long.iter().for_each(|long| hasher.update(&long.room.to_le_bytes()));
        hasher.digest()
    }

    /// The shard's bytes.
    pub(super) fn write(&self, words: &Inverted) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(LARGE_SHARD + 64);
        push_front_coded(&self.first, b"", &mut bytes);
        let mut at = self.rest.start;
        let mut list = ListWriter::default();
        for long in &self.long {
            bytes.extend_from_slice(&words.0[at..long.start]);
            strongest(&words.0[long.list.clone()], long.documents, long.room, &mut list);
            push_partial(long.documents, &mut list, &mut bytes);
            at = long.list.end;
        }
        bytes.extend_from_slice(&words.0[at..self.rest.end]);
        bytes
    }
}

/// Adds what follows the spelling of a word that `documents` hold, of which only those in `list` are told.
pub(super) fn push_partial(documents: u32, list: &mut ListWriter, bytes: &mut Vec<u8>) {
    push_varint(documents << 1 | 1, bytes);
    list.finish(|listed, [distances, hits]| {
        push_varint(varint_length(listed) + count(distances.len() + hits.len()), bytes);
        push_varint(listed, bytes);
        bytes.extend_from_slice(distances);
        bytes.extend_from_slice(hits);
    });
}
