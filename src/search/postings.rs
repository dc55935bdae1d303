//! Posting lists: which documents hold a word, in which of their sections, and how much it means there.
//!
//! A list is a row of documents by ascending number. Each is the distance to the one before it (varint; from -1 for the
//! first) and up to four hits by ascending section. A hit is a byte: from the highest bit, 1 bit "last hit of the
//! document", 2 bits field, 3 bits impact, 2 bits distance to the section of the hit before it less one (from -1 for the
//! first); where those are 3, a varint that adds to them follows.

use super::bytes::{push_varint, read_varint};

/// Where a word stands, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    /// In running text.
    Text = 0,
    /// In a section's heading, or in the path that leads to a name.
    Heading = 1,
    /// In the title or another name.
    Name = 2,
    /// It is the title or another name, as [`super::words::key`] writes it.
    Key = 3,
}

/// What a word means in a section, strongest highest: the field, and the impact from 0 to 7.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Strength(u8);

impl Strength {
    /// How many there are.
    const LEVELS: usize = 32;

    pub(super) fn new(field: Field, impact: u8) -> Self {
        Self((field as u8) << 3 | impact.min(7))
    }
}

/// Of a document, so many hits are kept.
const MOST_HITS: usize = 4;

/// A word in a section of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) section: u32,
    pub(super) strength: Strength,
}

/// A word in a document.
#[derive(Clone, Copy)]
pub(super) struct Posting {
    pub(super) document: u32,
    hits: [Hit; MOST_HITS],
    length: usize,
}

impl Posting {
    /// Whether the word is in the document's title or another name.
    pub(super) fn is_name(&self) -> bool {
        self.first() >= Some(Strength::new(Field::Name, 0))
    }

    /// What it means in the first section that it is in: of names, the only one.
    pub(super) fn first(&self) -> Option<Strength> {
        self.hits().first().map(|hit| hit.strength)
    }

    /// By ascending section.
    pub(super) fn hits(&self) -> &[Hit] {
        &self.hits[..self.length]
    }
}

/// Of `hits`, by ascending section, the strongest are kept.
pub(super) fn keep_strongest(hits: &mut Vec<Hit>) {
    if hits.len() > MOST_HITS {
        hits.sort_by_key(|hit| (std::cmp::Reverse(hit.strength), hit.section));
        hits.truncate(MOST_HITS);
        hits.sort_by_key(|hit| hit.section);
    }
}

/// Adds the hits of one document, by ascending section.
pub(super) fn push_hits(hits: &[Hit], list: &mut Vec<u8>) {
    let mut next = 0;
    for (index, hit) in hits.iter().enumerate() {
        let gap = hit.section - next;
        let last = u8::from(index + 1 == hits.len());
        list.push(last << 7 | hit.strength.0 << 2 | gap.min(3) as u8);
        if gap >= 3 {
            push_varint(gap - 3, list);
        }
        next = hit.section + 1;
    }
}

/// Adds a document behind `previous`.
pub(super) fn push_distance(document: u32, previous: Option<u32>, list: &mut Vec<u8>) {
    push_varint(previous.map_or(document, |previous| document - previous - 1), list);
}

/// The postings of a list whose first document's distance has been read already.
pub(super) fn read(first: u32, mut list: &[u8]) -> impl Iterator<Item = Posting> {
    let mut document = Some(first);
    std::iter::from_fn(move || {
        let current = document?;
        let mut posting = Posting { document: current, hits: [Hit::default(); MOST_HITS], length: 0 };
        read_hits(&mut list, &mut posting);
        document = (!list.is_empty()).then(|| current + 1 + read_varint(&mut list));
        Some(posting)
    })
}

fn read_hits(list: &mut &[u8], posting: &mut Posting) {
    let mut next = 0;
    while let Some((&byte, rest)) = list.split_first()
        && posting.length < MOST_HITS
    {
        *list = rest;
        let gap = u32::from(byte & 3);
        let section = next + if gap == 3 { 3 + read_varint(list) } else { gap };
        posting.hits[posting.length] = Hit { section, strength: Strength(byte >> 2 & 31) };
        posting.length += 1;
        next = section + 1;
        if byte >> 7 == 1 {
            break;
        }
    }
}

/// A whole list of `postings`.
pub(super) fn write(postings: &[Posting]) -> Vec<u8> {
    let mut list = Vec::new();
    let mut previous = None;
    for posting in postings {
        push_distance(posting.document, previous, &mut list);
        push_hits(posting.hits(), &mut list);
        previous = Some(posting.document);
    }
    list
}

/// A list of the strongest of `postings`, of about `room` bytes; of equally strong ones the first.
pub(super) fn strongest(mut postings: Vec<Posting>, mut room: usize) -> Vec<u8> {
    let level = |posting: &Posting| posting.hits().iter().map(|hit| usize::from(hit.strength.0)).max().unwrap_or(0);
    let size = |posting: &Posting| posting.hits().len() + 2;
    let mut sizes = [0; Strength::LEVELS];
    for posting in &postings {
        sizes[level(posting)] += size(posting);
    }
    let mut weakest = Strength::LEVELS;
    while weakest > 0 && sizes[weakest - 1] <= room {
        weakest -= 1;
        room -= sizes[weakest];
    }
    postings.retain(|posting| {
        let fits = level(posting) + 1 == weakest && size(posting) <= room;
        if fits {
            room -= size(posting);
        }
        fits || level(posting) >= weakest
    });
    write(&postings)
}
