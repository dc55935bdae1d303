//! What was read, by document -> every word with its documents.

use super::bytes::{count, push_front_coded, push_varint, read_varint, varint_length};
use super::inverted::Inverted;
use super::postings::read_hits;
use super::reader::Reader;
use super::vocabulary::Vocabulary;
use super::word::Word;

/// The words of some readers together.
pub(super) struct Alphabet {
    /// Those of the first reader under their numbers, and behind them what else the others have: most frequent words come
    /// first, so that what is known of them stands close together.
    words: Vocabulary,
    /// For each reader and each number of its vocabulary the number here.
    numbers: Vec<Vec<u32>>,
    /// The numbers in alphabetical order.
    order: Vec<u32>,
}

impl Alphabet {
    /// Leaves the vocabularies empty.
    pub(super) fn of(readers: &mut [Reader]) -> Self {
        let mut words = Vocabulary::default();
        let mut numbers = Vec::new();
        for Reader { vocabulary, .. } in readers {
            let own = std::mem::take(vocabulary);
            if numbers.is_empty() {
                words = own;
                numbers.push((0..count(words.words().len())).collect());
            } else {
                numbers.push(own.words().iter().map(|word| words.number(word)).collect());
            }
        }
        let mut order: Vec<(Word<'_>, u32)> = words.words().iter().zip(0..).collect();
        order.sort_unstable();
        let order = order.into_iter().map(|(_, number)| number).collect();
        Self { words, numbers, order }
    }
}

/// The words of a document that one of the readers read.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) document: u32,
    pub(super) reader: usize,
    pub(super) words: &'a [u8],
}

/// A word's list: at first how long its parts are, then where they go on.
#[derive(Clone, Copy, Default)]
struct List {
    /// The document behind the last one.
    next: u32,
    documents: u32,
    distances: u32,
    hits: u32,
}

/// Every word of `rows`, which are by ascending document.
pub(super) fn invert(alphabet: &Alphabet, rows: &[Row<'_>]) -> Inverted {
    let mut lists = vec![List::default(); alphabet.order.len()];
    for_each(alphabet, rows, |word, document, hits| {
        let list = &mut lists[word];
        list.distances += varint_length(document - list.next);
        list.hits += count(hits.len());
        list.documents += 1;
        list.next = document + 1;
    });
    let mut bytes = lay_out(alphabet, &mut lists);
    for_each(alphabet, rows, |word, document, hits| {
        let list = &mut lists[word];
        let mut distance = document - list.next;
        while distance >= 0x80 {
            bytes[list.distances as usize] = (distance & 0x7f) as u8 | 0x80;
            list.distances += 1;
            distance >>= 7;
        }
        bytes[list.distances as usize] = distance as u8;
        list.distances += 1;
        list.next = document + 1;
        for &hit in hits {
            bytes[list.hits as usize] = hit;
            list.hits += 1;
        }
    });
    Inverted(bytes)
}

fn for_each(alphabet: &Alphabet, rows: &[Row<'_>], mut found: impl FnMut(usize, u32, &[u8])) {
    for row in rows {
        let numbers = &alphabet.numbers[row.reader];
        let mut words = row.words;
        while !words.is_empty() {
            let word = read_varint(&mut words);
            found(numbers[word as usize] as usize, row.document, read_hits(&mut words));
        }
    }
}

/// Writes the words with room for their lists, whose lengths become the places where they begin.
fn lay_out(alphabet: &Alphabet, lists: &mut [List]) -> Vec<u8> {
    let size = lists.iter().map(|list| (list.distances + list.hits) as usize + 12).sum();
    let mut bytes = Vec::with_capacity(size);
    let (mut word, mut last) = (Vec::new(), Vec::new());
    for &number in &alphabet.order {
        let list = &mut lists[number as usize];
        if list.documents == 0 {
            continue;
        }
        alphabet.words.words().get(number as usize).spell(&mut word);
        push_front_coded(&word, &last, &mut bytes);
        push_varint(list.documents << 1, &mut bytes);
        push_varint(list.distances + list.hits, &mut bytes);
        let start = count(bytes.len());
        bytes.resize(bytes.len() + (list.distances + list.hits) as usize, 0);
        *list = List { next: 0, distances: start, hits: start + list.distances, ..*list };
        std::mem::swap(&mut word, &mut last);
    }
    bytes
}
