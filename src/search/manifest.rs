//! What the client must know before it can ask: the kinds, and where documents and words are.
//!
//! The manifest is: the number of files, and the name of each (4 bytes): those of words, of beginnings, of documents.
//! Then, packed: the number of runs of documents of one kind, and for each its facet, name, label and scheme, whether the
//! kind has a list of its own (1 or 0), and the number of documents; the number of files of words and the separator that
//! each begins behind; likewise for the beginnings; the number of files of documents, and for each how many documents begin
//! in it, or 0 and the number of the section with which it goes on.

use super::bytes::{count, push_front_coded, push_string, push_varint};
use super::deflate::deflate;
use super::packed::FileName;
use super::stored::Chunk;
use crate::graph::Kind;

/// How many documents there are of each kind, as the manifest has it.
pub(super) fn kinds(documents: &[&Kind]) -> Vec<u8> {
    let runs: Vec<&[&Kind]> = documents.chunk_by(|one, other| one == other).collect();
    let mut bytes = Vec::new();
    push_varint(count(runs.len()), &mut bytes);
    for run in runs {
        let kind = run[0];
        for text in [kind.facet, kind.name, kind.label, kind.scheme] {
            push_string(text, &mut bytes);
        }
        push_varint(u32::from(kind.list.is_some()), &mut bytes);
        push_varint(count(run.len()), &mut bytes);
    }
    bytes
}

/// The manifest's bytes.
pub(super) fn manifest(names: &[FileName], kinds: &[u8], separators: [&[&[u8]]; 2], chunks: &[Chunk]) -> Vec<u8> {
    let mut bytes = kinds.to_vec();
    for separators in separators {
        push_varint(count(separators.len()), &mut bytes);
        let mut last: &[u8] = b"";
        for separator in separators {
            push_front_coded(separator, last, &mut bytes);
            last = separator;
        }
    }
    push_varint(count(chunks.len()), &mut bytes);
    for chunk in chunks {
        push_varint(chunk.documents, &mut bytes);
        if chunk.documents == 0 {
            push_varint(chunk.section, &mut bytes);
        }
    }
    let mut manifest = Vec::new();
    push_varint(count(names.len()), &mut manifest);
    manifest.extend(names.iter().flat_map(|name| name.0.to_be_bytes()));
    manifest.extend(deflate(&bytes));
    manifest
}
