//! Documents, as they come -> an [`Index`].

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Document;
use super::index::{Content, Index};
use super::invert::{Alphabet, Row, invert};
use super::inverted::Inverted;
use super::manifest;
use super::reader::Reader;
use super::renumbering::Renumbering;
use super::stored::{Stored, push_record};
use crate::graph::Kind;
use crate::source::ContentHash;

/// More threads than this take turns, because each needs a vocabulary of its own.
const MOST_READERS: usize = 8;

/// An index in the making. Documents may come from any thread and in any order; their texts are not kept.
pub struct Gathering<'a> {
    previous: Option<&'a Index>,
    /// As the manifest has them.
    kinds: Vec<u8>,
    /// For each item the number of its document.
    numbers: Vec<u32>,
    /// By number: the item.
    items: Vec<usize>,
    /// By number: which document of the previous index it is.
    kept: Vec<Option<u32>>,
    readers: Vec<Mutex<Reader>>,
}

impl<'a> Gathering<'a> {
    /// Begins an index of documents of these kinds. `known` is an earlier index and for each item its key, which is another
    /// whenever the document is: what it knows already need not be gathered again.
    ///
    /// Equally good results stand in the order of sections and kinds, and then in that of the items.
    pub fn new(items: &[&'static Kind], known: Option<(&'a Index, &[ContentHash])>) -> Self {
        let mut ordered: Vec<usize> = (0..items.len()).collect();
        // The documents of a kind are a run of numbers: a filter by kind then costs nothing.
        ordered.sort_by_key(|&item| {
            let kind = items[item];
            (kind.section.order, kind.section.slug, kind.order, kind.name)
        });
        let mut numbers = vec![0; items.len()];
        for (number, &item) in (0..).zip(&ordered) {
            numbers[item] = number;
        }
        let kept = match known {
            Some((index, keys)) => {
                let mut known: HashMap<ContentHash, u32> = index.content.keys.iter().copied().zip(0..).collect();
                ordered.iter().map(|&item| known.remove(&keys[item])).collect()
            }
            None => vec![None; items.len()],
        };
        let kinds = manifest::kinds(&ordered.iter().map(|&item| items[item]).collect::<Vec<_>>());
        let readers = rayon::current_num_threads().clamp(1, MOST_READERS);
        let readers = (0..readers).map(|_| Mutex::default()).collect();
        Self { previous: known.map(|(index, _)| index), kinds, numbers, items: ordered, kept, readers }
    }

    /// Whether the document of that item must be added.
    pub fn needs(&self, item: usize) -> bool {
        self.numbers.get(item).is_some_and(|&number| self.kept[number as usize].is_none())
    }

    /// Reads the document of that item. One that is not needed is left alone.
    pub fn add(&self, item: usize, document: &Document) {
        if self.needs(item) {
            self.reader().read(self.numbers[item], document);
        }
    }

    /// The reader of this thread, or another one that is free.
    fn reader(&self) -> MutexGuard<'_, Reader> {
        let own = rayon::current_thread_index().unwrap_or(0);
        let readers = (0..self.readers.len()).map(|step| &self.readers[(own + step) % self.readers.len()]);
        let mut free = readers.filter_map(|reader| reader.try_lock().ok());
        free.next()
            .unwrap_or_else(|| self.readers[own % self.readers.len()].lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The index of all documents, of which `keys` are the keys by item. One that was needed and never added is empty.
    pub fn finish(self, keys: &[ContentHash]) -> Index {
        let Self { previous, kinds, items, kept, readers, .. } = self;
        let keys: Vec<ContentHash> = items.iter().map(|&item| keys[item]).collect();
        if let Some(previous) = previous
            && (&previous.content.keys, &previous.content.kinds) == (&keys, &kinds)
        {
            return previous.clone();
        }
        let mut readers: Vec<Reader> =
            readers.into_iter().map(|reader| reader.into_inner().unwrap_or_else(PoisonError::into_inner)).collect();
        let (stored, mut words, mut names) = join(&mut readers, &kept, previous.map(|index| &index.content.stored));
        drop(readers);
        if let Some(Index { content, .. }) = previous {
            let renumbering = Renumbering::new(&kept, content.keys.len());
            (words, names) = rayon::join(
                || content.words.update(&renumbering, &words),
                || content.names.update(&renumbering, &names),
            );
        }
        Index::new(Content { kinds, keys, stored, words, names }, previous)
    }
}

/// What the readers know: the documents as results show them, together with those that are `kept` out of `old`; the words; the names.
fn join(readers: &mut [Reader], kept: &[Option<u32>], old: Option<&Stored>) -> (Stored, Inverted, Inverted) {
    let alphabet = Alphabet::of(readers);
    let mut fresh: Vec<Fresh<'_>> = (0..).zip(&*readers).flat_map(|(number, reader)| read(number, reader)).collect();
    fresh.sort_by_key(|fresh| fresh.words.document);
    fresh.dedup_by_key(|fresh| fresh.words.document);
    let (words, names) = rayon::join(
        || invert(&alphabet, &fresh.iter().map(|fresh| fresh.words).collect::<Vec<_>>()),
        || invert(&alphabet, &fresh.iter().map(|fresh| fresh.names).collect::<Vec<_>>()),
    );
    (stored(&fresh, kept, old), words, names)
}

/// What a reader knows of a document.
struct Fresh<'a> {
    words: Row<'a>,
    names: Row<'a>,
    record: &'a [u8],
}

/// Everything that `reader`, which is that of several, knows.
fn read(number: usize, reader: &Reader) -> impl Iterator<Item = Fresh<'_>> {
    let (mut words, mut names, mut record) = (0, 0, 0);
    reader.documents.iter().map(move |read| {
        let row = |words| Row { document: read.document, reader: number, words };
        let fresh = Fresh {
            words: row(&reader.words[words..read.words]),
            names: row(&reader.names[names..read.names]),
            record: &reader.records[record..read.records],
        };
        (words, names, record) = (read.words, read.names, read.records);
        fresh
    })
}

/// Every document as results show it: those that are `kept` out of `old`.
fn stored(fresh: &[Fresh<'_>], kept: &[Option<u32>], old: Option<&Stored>) -> Stored {
    let mut empty = Vec::new();
    push_record(&Document::default(), &mut empty);
    let mut fresh = fresh.iter().peekable();
    let mut stored = Stored::default();
    for (number, kept) in (0..).zip(kept) {
        let kept = kept.and_then(|kept| Some(old?.get(kept as usize)));
        let fresh = fresh.next_if(|fresh| fresh.words.document == number).map(|fresh| fresh.record);
        stored.push(kept.or(fresh).unwrap_or(&empty));
    }
    stored
}
