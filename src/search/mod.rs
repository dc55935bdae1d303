//! Search: documents -> an inverted index in small files, of which a browser reads only those that a query needs.
//!
//! Enters: what is published, as [`Document`]s, which [`describe`] makes of the graph's nodes. Leaves: files for the site's `search/` folder; the client that reads
//! them is the theme's `search.js`. Whoever changes what stands in a file changes it in both.
//!
//! | file | what it holds | read |
//! |---|---|---|
//! | `manifest.bin` | the kinds, and where everything else is | once |
//! | `words/N.bin` | words in alphabetical order with their postings | one or two for each word of a query |
//! | `beginnings/N.bin` | short beginnings that very many words share | while somebody types |
//! | `documents/N.bin` | a few documents as results show them | one for each result |
//!
//! Architecture invariant: the files depend on the documents and their order alone, not on how threads were timed.

mod batch;
mod bytes;
mod deflate;
mod dictionary;
mod documents;
mod fold;
mod manifest;
mod merge;
mod postings;
mod stored;
#[cfg(test)]
mod tests;
mod vocabulary;
mod words;

use rayon::prelude::*;

use crate::graph::Kind;

pub use documents::{describe, found_in};

/// Something that search finds: a page, or a thing that has a place on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its address, relative to the site's root; with an `#anchor` when it is a place on a page.
    pub url: String,
    /// What results show first.
    pub title: String,
    /// What results show beside the title, to tell things of one title apart: `shop::orders`, "Shop API". Not searched.
    pub context: String,
    /// Further names: `ADR-7`, `getOrder`, `GET /orders/{id}`, `shop::orders::Order`.
    pub names: Vec<String>,
    /// Its text. The first section is what stands before the first heading, and has none.
    pub sections: Vec<Section>,
}

/// A part of a document, to which results lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The id of its heading on the page; empty for the beginning.
    pub anchor: String,
    /// The words of its heading.
    pub heading: String,
    /// Its plain text, white space as it is to be shown.
    pub text: String,
}

/// How many documents are read by one thread at a time.
const BATCH: usize = 512;

/// The files of the index, by their path below the site's `search/` folder, in a fixed order.
///
/// Documents are made from `items` when they are needed and dropped when they are read, so that their texts need not
/// stand in memory together. Equally good results stand in the order of sections and kinds, and then in that of `items`.
pub fn index<Item: Sync>(
    items: &[(&'static Kind, Item)],
    document: impl Fn(&Item) -> Document + Sync,
) -> Vec<(String, Vec<u8>)> {
    let mut ordered: Vec<&(&'static Kind, Item)> = items.iter().collect();
    // The documents of a kind are a run of numbers: a filter by kind then costs nothing.
    ordered.sort_by_key(|(kind, _)| (kind.section.order, kind.section.slug, kind.order, kind.name));
    let kinds: Vec<(&Kind, usize)> =
        ordered.chunk_by(|one, other| one.0 == other.0).map(|run| (run[0].0, run.len())).collect();
    let batches: Vec<batch::Batch> = ordered
        .par_chunks(BATCH)
        .enumerate()
        .map(|(number, items)| batch::read(bytes::count(number * BATCH), items.iter().map(|(_, item)| document(item))))
        .collect();
    let (words, beginnings) = merge::merge(&batches, bytes::count(items.len()));
    let chunks: Vec<stored::Chunk> = batches.into_iter().flat_map(|batch| batch.chunks).collect();
    let build = build(&[&words, &beginnings], &chunks);
    let mut files = vec![("manifest.bin".to_owned(), manifest::manifest(build, &kinds, &chunks, &words, &beginnings))];
    for (folder, dictionary) in [("words", words), ("beginnings", beginnings)] {
        let shards: Vec<Vec<u8>> = dictionary
            .shards
            .par_iter()
            .map(|shard| deflate::deflate(&[&build.to_be_bytes(), shard.as_slice()].concat()))
            .collect();
        files.extend((0..).zip(shards).map(|(number, shard)| path(folder, number, shard)));
    }
    files.extend((0..).zip(chunks).map(|(number, chunk)| path("documents", number, chunk.bytes)));
    files
}

fn path(folder: &str, number: u32, bytes: Vec<u8>) -> (String, Vec<u8>) {
    (format!("{folder}/{number}.bin"), bytes)
}

/// What tells this index from every other. The client never joins files of two builds.
fn build(dictionaries: &[&dictionary::Dictionary], chunks: &[stored::Chunk]) -> u32 {
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    dictionaries.iter().flat_map(|dictionary| &dictionary.shards).for_each(|shard| hasher.update(shard));
    chunks.iter().for_each(|chunk| hasher.update(&chunk.bytes));
    (hasher.digest() >> 32) as u32
}
