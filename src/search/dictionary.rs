//! Sorted words with their posting lists -> shards, and where each begins.
//!
//! A shard is the build (4 bytes), then for each word: the word as what it shares with the one before and the rest, the number of documents that
//! hold it doubled (plus 1 when the list has only the strongest of them), the length of its list, the list.

use super::bytes::{count, push_front_coded, push_varint};

/// A shard is closed before it outgrows this size. What a word of a query costs the reader.
const SHARD: usize = 6_000;

/// Words in alphabetical order (by code point), in shards.
#[derive(Default)]
pub(super) struct Dictionary {
    /// The first word of each shard.
    pub(super) firsts: Vec<String>,
    /// The shards.
    pub(super) shards: Vec<Vec<u8>>,
    last: String,
}

impl Dictionary {
    /// Adds a word that sorts behind those before it, with its list.
    pub(super) fn push(&mut self, word: &str, documents: u32, is_complete: bool, list: &[u8]) {
        match self.shards.last_mut() {
            // Neighbours of a long list do not share its shard: who asks for them should not pay for it.
            Some(shard) if shard.len() + word.len() + list.len() <= SHARD => {
                push_front_coded(word, &self.last, shard);
            }
            _ => {
                self.firsts.push(word.to_owned());
                self.shards.push(Vec::with_capacity(SHARD));
                if let Some(shard) = self.shards.last_mut() {
                    push_front_coded(word, "", shard);
                }
            }
        }
        let Some(shard) = self.shards.last_mut() else { return };
        push_varint(documents << 1 | u32::from(!is_complete), shard);
        push_varint(count(list.len()), shard);
        shard.extend_from_slice(list);
        self.last.clear();
        self.last.push_str(word);
    }
}
