//! Beginnings that very many words share -> the names that begin so, in shards of their own.
//!
//! Somebody who begins to type should not load every shard of the words that begin so.

use super::bytes::push_front_coded;
use super::inverted::{Entry, Inverted};
use super::postings::{ListWriter, Strength, Threshold, first_strength, postings, push_first_hit};
use super::shards::{is_full, push_partial, separator};

/// A beginning whose words fill more shards than this is a word of its own, found in titles and names only.
const MOST_SHARDS: usize = 2;

/// A list of more bytes keeps only its strongest documents.
const LONGEST_LIST: u32 = 4_000;

/// What a document costs in a list, about.
const SIZE: u32 = 3;

/// So many documents are looked at together.
const RUN: usize = 64;

/// A beginning, and the names that were found for it.
struct Open<'a> {
    beginning: &'a [u8],
    /// Where its list belongs.
    place: usize,
    /// For each document what the strongest of its names means, plus 1; 0 for none.
    strongest: Vec<u8>,
}

impl Open<'_> {
    /// Paths begin with what leads to a name; that is not the name's beginning.
    fn is_like(&self, word: &[u8]) -> bool {
        is_path(self.beginning) == is_path(word)
    }

    fn add(&mut self, entry: &Entry<'_>) {
        for (document, hits) in postings(entry.list, entry.documents) {
            if let Some(known) = self.strongest.get_mut(document as usize) {
                *known = (*known).max(first_strength(hits).level() + 1);
            }
        }
    }

    /// Adds what follows the spelling of the beginning.
    fn write(&self) -> Vec<u8> {
        let mut sizes = [0; Strength::LEVELS];
        // Most beginnings are those of few names.
        let runs =
            (0..).step_by(RUN).zip(self.strongest.chunks(RUN)).filter(|(_, run)| run.iter().any(|&level| level > 0));
        let found = runs
            .flat_map(|(start, run)| (start..).zip(run))
            .filter_map(|(document, &level)| Some((document, level.checked_sub(1)?)));
        let found: Vec<(u32, u8)> = found.collect();
        found.iter().for_each(|(_, level)| sizes[usize::from(*level)] += SIZE);
        let documents = sizes.iter().sum::<u32>() / SIZE;
        let mut threshold = Threshold::new(sizes, LONGEST_LIST);
        let mut list = ListWriter::default();
        let mut hits = Vec::new();
        for (document, level) in found {
            let strength = Strength::of_level(level);
            if threshold.admits(strength, SIZE) {
                hits.clear();
                push_first_hit(strength, &mut hits);
                list.push(document, &hits);
            }
        }
        let mut bytes = Vec::new();
        push_partial(documents, &mut list, &mut bytes);
        bytes
    }
}

/// The beginnings that words of more than [`MOST_SHARDS`] shards share, `separators` being those of all shards and
/// `names` what `total` documents are called: each shard's separator and bytes.
pub(super) fn shards(separators: &[&[u8]], names: &Inverted, total: u32) -> Vec<(Vec<u8>, Vec<u8>)> {
    let beginnings = shared_by_many(separators);
    let mut lists = vec![Vec::new(); beginnings.len()];
    let mut next = beginnings.iter().enumerate().peekable();
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut words = names.words();
    loop {
        let entry = words.next();
        let word = entry.map(|_| &*words.spelling);
        while let Some((place, beginning)) =
            next.next_if(|(_, beginning)| word.is_none_or(|word| ***beginning <= *word))
        {
            close(&mut open, Some(beginning), &mut lists);
            open.push(Open { beginning, place, strongest: vec![0; total as usize] });
        }
        close(&mut open, word, &mut lists);
        let (Some(entry), Some(word)) = (entry, word) else { break };
        if let Some(innermost) = open.iter_mut().rev().find(|open| open.is_like(word)) {
            innermost.add(&entry);
        }
    }
    let mut shards: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    let mut last: &[u8] = b"";
    for (&beginning, list) in beginnings.iter().zip(&lists) {
        match shards.last_mut() {
            Some((_, shard)) if !is_full(shard.len(), beginning.len() + list.len(), beginning) => {
                push_front_coded(beginning, last, shard);
                shard.extend_from_slice(list);
            }
            _ => {
                let mut shard = Vec::new();
                push_front_coded(beginning, b"", &mut shard);
                shard.extend_from_slice(list);
                shards.push((separator(last, beginning), shard));
            }
        }
        last = beginning;
    }
    shards
}

/// Ends what does not go on with `word`. What was found for a beginning was found for those that it begins with too.
fn close(open: &mut Vec<Open<'_>>, word: Option<&[u8]>, lists: &mut [Vec<u8>]) {
    while let Some(last) = open.pop_if(|open| word.is_none_or(|word| !word.starts_with(open.beginning))) {
        lists[last.place] = last.write();
        if let Some(outer) = open.iter_mut().rev().find(|outer| outer.is_like(last.beginning)) {
            for (known, found) in outer.strongest.iter_mut().zip(&last.strongest) {
                *known = (*known).max(*found);
            }
        }
    }
}

/// What reads like a word and stands for the names that begin with it, in alphabetical order.
fn shared_by_many<'a>(separators: &[&'a [u8]]) -> Vec<&'a [u8]> {
    let mut found: Vec<&[u8]> = Vec::new();
    for window in separators.windows(MOST_SHARDS) {
        let (one, other) = (window[0], window[MOST_SHARDS - 1]);
        let shared = super::bytes::shared(one, other);
        let ends = (1..=shared).filter(|&end| one.get(end).is_none_or(|byte| byte & 0xc0 != 0x80));
        found.extend(ends.map(|end| &one[..end]));
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn is_path(word: &[u8]) -> bool {
    word.windows(2).any(|pair| pair == b"::")
}
