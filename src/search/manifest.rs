//! What the client must know before it can ask: the kinds, and where documents and words are.
//!
//! The manifest is: the build (4 bytes); the number of runs of documents of one kind, and for each its facet, name, label
//! and scheme, whether the kind has a list of its own (1 or 0), and the number of documents; the number of chunks, and
//! for each how many documents begin in it, or 0 and the number of the section with which it goes on; the number of
//! shards of words, and the first word of each; likewise for the beginnings.

use super::bytes::{count, push_front_coded, push_string, push_varint};
use super::deflate::deflate;
use super::dictionary::Dictionary;
use super::stored::Chunk;
use crate::graph::Kind;

/// The manifest's bytes.
pub(super) fn manifest(
    build: u32,
    kinds: &[(&Kind, usize)],
    chunks: &[Chunk],
    words: &Dictionary,
    beginnings: &Dictionary,
) -> Vec<u8> {
    let mut bytes = build.to_be_bytes().to_vec();
    push_varint(count(kinds.len()), &mut bytes);
    for (kind, documents) in kinds {
        for text in [kind.facet, kind.name, kind.label, kind.scheme] {
            push_string(text, &mut bytes);
        }
        push_varint(u32::from(kind.list.is_some()), &mut bytes);
        push_varint(count(*documents), &mut bytes);
    }
    push_varint(count(chunks.len()), &mut bytes);
    for chunk in chunks {
        push_varint(chunk.documents, &mut bytes);
        if chunk.documents == 0 {
            push_varint(chunk.section, &mut bytes);
        }
    }
    for Dictionary { firsts, .. } in [words, beginnings] {
        push_varint(count(firsts.len()), &mut bytes);
        let mut previous = "";
        for first in firsts {
            push_front_coded(first, previous, &mut bytes);
            previous = first;
        }
    }
    deflate(&bytes)
}
