//! Batches -> one dictionary of words, and one of beginnings that too many words share.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::batch::{Batch, List};
use super::bytes::count;
use super::dictionary::Dictionary;
use super::postings::{self, Posting, push_distance};

/// A list of more bytes keeps only its strongest documents.
const LONGEST_LIST: usize = 9_000;

/// So does that of a word in more than a third of all documents: it tells little, and a reader should not pay for it.
const LONGEST_COMMON_LIST: usize = 3_000;

/// The same for the list of a beginning: somebody has only begun to type.
const LONGEST_BEGINNING: usize = 4_000;

/// A beginning whose words fill more shards than this is a word of its own, found in titles and names only.
const MOST_SHARDS: usize = 2;

/// A word in a batch.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place<'a> {
    word: &'a str,
    batch: usize,
    number: u32,
}

impl Place<'_> {
    fn list(self, batches: &[Batch]) -> &List {
        &batches[self.batch].lists[self.number as usize]
    }

    fn postings(self, batches: &[Batch]) -> impl Iterator<Item = Posting> {
        let list = self.list(batches);
        postings::read(list.first, &batches[self.batch].postings[list.range.clone()])
    }
}

/// All words of `batches`, which hold `total` documents, and the beginnings.
pub(super) fn merge(batches: &[Batch], total: u32) -> (Dictionary, Dictionary) {
    let mut places: Vec<Place<'_>> = batches
        .iter()
        .enumerate()
        .flat_map(|(batch, Batch { vocabulary, .. })| {
            (0..).take(vocabulary.len()).map(move |number| Place { word: vocabulary.word(number), batch, number })
        })
        .collect();
    places.par_sort_unstable();
    let mut words = Dictionary::default();
    let mut list = Vec::new();
    for same in places.chunk_by(|one, other| one.word == other.word) {
        list.clear();
        let mut previous = None;
        let mut documents = 0;
        for place in same {
            let part = place.list(batches);
            push_distance(part.first, previous, &mut list);
            list.extend_from_slice(&batches[place.batch].postings[part.range.clone()]);
            previous = Some(part.last);
            documents += part.documents;
        }
        let longest = if documents > total / 3 { LONGEST_COMMON_LIST } else { LONGEST_LIST };
        if list.len() > longest {
            let all = same.iter().flat_map(|place| place.postings(batches)).collect();
            let strongest = postings::strongest(all, longest);
            words.push(same[0].word, documents, false, &strongest);
        } else {
            words.push(same[0].word, documents, true, &list);
        }
    }
    let beginnings = beginnings(&words.firsts, &places, batches);
    (words, beginnings)
}

/// What reads like a word and stands for the names that begin with it.
fn beginnings(firsts: &[String], places: &[Place<'_>], batches: &[Batch]) -> Dictionary {
    let mut found: Vec<&str> = Vec::new();
    for window in firsts.windows(MOST_SHARDS) {
        let (one, other) = (&window[0], &window[MOST_SHARDS - 1]);
        let shared = one.char_indices().zip(other.chars()).take_while(|((_, one), other)| one == other);
        found.extend(shared.map(|((start, character), _)| &one[..start + character.len_utf8()]));
    }
    found.sort_unstable();
    found.dedup();
    let mut dictionary = Dictionary::default();
    for beginning in found {
        let start = places.partition_point(|place| place.word < beginning);
        let length = places[start..].partition_point(|place| place.word.starts_with(beginning));
        let mut names: Vec<Posting> = places[start..start + length]
            .iter()
            .filter(|place| place.list(batches).is_name && place.word.contains("::") == beginning.contains("::"))
            .flat_map(|place| place.postings(batches))
            .filter(Posting::is_name)
            .collect();
        // Names stand in a document's first section: of several that begin alike, the strongest counts.
        names.sort_by_key(|posting| (posting.document, Reverse(posting.first())));
        names.dedup_by_key(|posting| posting.document);
        let documents = count(names.len());
        dictionary.push(beginning, documents, false, &postings::strongest(names, LONGEST_BEGINNING));
    }
    dictionary
}
