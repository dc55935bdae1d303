//! What is known of all documents -> the files of the index.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::beginnings;
use super::bytes::count;
use super::inverted::Inverted;
use super::manifest::manifest;
use super::packed::{Packed, name};
use super::shards;
use super::stored::{Stored, chunks};
use crate::source::ContentHash;

/// An index: its files, and what the next one is made of when some documents have changed. Cheap to clone: clones share it.
#[derive(Clone, Debug, Default)]
pub struct Index {
    pub(super) content: Arc<Content>,
    pub(super) manifest: Arc<[u8]>,
    /// By path without their folders: those of words, of beginnings, of documents.
    pub(super) folders: Arc<[Vec<Packed>; 3]>,
}

/// What is known of all documents.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// As the manifest has them.
    pub(super) kinds: Vec<u8>,
    /// By number of the document.
    pub(super) keys: Vec<ContentHash>,
    pub(super) stored: Stored,
    pub(super) words: Inverted,
    /// Those in titles and other names.
    pub(super) names: Inverted,
}

/// The folders' names.
const FOLDERS: [&str; 3] = ["words", "beginnings", "documents"];

impl Index {
    /// Makes the files; those that `previous` has already are taken from there.
    pub(super) fn new(content: Content, previous: Option<&Index>) -> Self {
        let known: HashMap<u64, &Packed> = previous
            .iter()
            .flat_map(|index| index.folders.iter().flatten())
            .map(|packed| (packed.source, packed))
            .collect();
        let pack = |bytes: &[u8]| {
            let source = xxh3_64(bytes);
            known.get(&source).map_or_else(|| Packed::new(source, bytes), |&packed| packed.clone())
        };
        let total = count(content.keys.len());
        let shards = shards::cut(&content.words, total);
        let words = shards.par_iter().map(|shard| {
            let source = shard.source(&content.words);
            let known = known.get(&source).map(|&packed| packed.clone());
            known.unwrap_or_else(|| Packed::new(source, &shard.write(&content.words)))
        });
        let separators: Vec<&[u8]> = shards.iter().map(|shard| &*shard.separator).collect();
        let beginnings = beginnings::shards(&separators, &content.names, total);
        let chunks = chunks(content.stored.iter());
        let folders: [Vec<Packed>; 3] = [
            words.collect(),
            beginnings.par_iter().map(|(_, bytes)| pack(bytes)).collect(),
            chunks.par_iter().map(|chunk| pack(&chunk.bytes)).collect(),
        ];
        let names: Vec<_> = folders.iter().flat_map(|folder| name(folder)).collect();
        let separators = [&*separators, &beginnings.iter().map(|(separator, _)| &**separator).collect::<Vec<_>>()];
        let manifest = manifest(&names, &content.kinds, separators, &chunks).into();
        Self { content: Arc::new(content), manifest, folders: Arc::new(folders) }
    }

    /// Whether this is `other` or a clone of it.
    pub fn is(&self, other: &Index) -> bool {
        Arc::ptr_eq(&self.content, &other.content)
    }

    /// Every file once, by its path below the site's `search/` folder. The same documents in the same order have the same files,
    /// however the index came about.
    pub fn files(&self) -> impl Iterator<Item = (String, Arc<[u8]>)> {
        let folders = FOLDERS.iter().zip(&*self.folders).flat_map(|(folder, files)| {
            let files = name(files).into_iter().zip(files);
            files.map(move |(name, file)| (name.path(folder), Arc::clone(&file.bytes)))
        });
        [("manifest.bin".to_owned(), Arc::clone(&self.manifest))].into_iter().chain(folders)
    }
}
