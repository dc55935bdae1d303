//! Posting lists: which documents hold a word, in which of their sections, and how much it means there.
//!
//! A list is first its documents by ascending number, each as the distance to the one before it (varint; from -1 for the
//! first), then, in the same order, the hits of each: up to four by ascending section. A hit is a byte: from the highest
//! bit, 1 bit "last hit of the document", 2 bits field, 3 bits impact, 2 bits distance to the section of the hit before
//! it less one (from -1 for the first); where those are 3, a varint that adds to them follows.

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
    pub(super) const LEVELS: usize = 32;

    pub(super) fn new(field: Field, impact: u8) -> Self {
        Self((field as u8) << 3 | impact.min(7))
    }

    pub(super) fn of_level(level: u8) -> Self {
        Self(level)
    }

    /// From 0 up to [`Strength::LEVELS`].
    pub(super) fn level(self) -> u8 {
        self.0
    }

    fn of(hit: u8) -> Self {
        Self(hit >> 2 & 31)
    }
}

/// The bit of a document's last hit.
const LAST: u8 = 0x80;

/// Of a document, so many hits are kept.
const MOST_HITS: usize = 4;

/// A word in a section of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) section: u32,
    pub(super) strength: Strength,
}

/// Adds the strongest of the `hits` of one document, which are by ascending section, and empties them.
pub(super) fn push_hits(hits: &mut Vec<Hit>, bytes: &mut Vec<u8>) {
    if hits.len() > MOST_HITS {
        hits.sort_by_key(|hit| (std::cmp::Reverse(hit.strength), hit.section));
        hits.truncate(MOST_HITS);
        hits.sort_by_key(|hit| hit.section);
    }
    let mut next = 0;
    for (index, hit) in hits.iter().enumerate() {
        let gap = hit.section - next;
        let last = if index + 1 == hits.len() { LAST } else { 0 };
        bytes.push(last | hit.strength.0 << 2 | gap.min(3) as u8);
        if gap >= 3 {
            push_varint(gap - 3, bytes);
        }
        next = hit.section + 1;
    }
    hits.clear();
}

/// Adds the only hit of a document, in its first section.
pub(super) fn push_first_hit(strength: Strength, bytes: &mut Vec<u8>) {
    bytes.push(LAST | strength.0 << 2);
}

/// Takes the hits of a document from the front of `hits`.
#[inline]
pub(super) fn read_hits<'a>(hits: &mut &'a [u8]) -> &'a [u8] {
    let all = *hits;
    while let Some((&hit, rest)) = hits.split_first() {
        *hits = rest;
        if hit & 3 == 3 {
            read_varint(hits);
        }
        if hit & LAST != 0 {
            break;
        }
    }
    &all[..all.len() - hits.len()]
}

/// What the first of the `hits` of a document means: of names, the only one.
pub(super) fn first_strength(hits: &[u8]) -> Strength {
    hits.first().map_or_else(Strength::default, |&hit| Strength::of(hit))
}

/// Whether the first of the `hits` of a document is its title or another name.
pub(super) fn is_name(hits: &[u8]) -> bool {
    first_strength(hits) >= Strength::new(Field::Name, 0)
}

/// The strongest of the `hits` of a document.
fn strength(mut hits: &[u8]) -> Strength {
    let mut strongest = Strength::default();
    while let Some((&hit, rest)) = hits.split_first() {
        hits = rest;
        strongest = strongest.max(Strength::of(hit));
        if hit & 3 == 3 {
            read_varint(&mut hits);
        }
    }
    strongest
}

/// A list that is being written.
#[derive(Default)]
pub(super) struct ListWriter {
    /// The document behind the last one.
    next: u32,
    /// How many documents were pushed.
    pub(super) documents: u32,
    distances: Vec<u8>,
    hits: Vec<u8>,
}

impl ListWriter {
    pub(super) fn push(&mut self, document: u32, hits: &[u8]) {
        push_varint(document - self.next, &mut self.distances);
        self.hits.extend_from_slice(hits);
        self.next = document + 1;
        self.documents += 1;
    }

    /// Ends the list, whose parts go one behind the other, and makes room for the next.
    pub(super) fn finish(&mut self, list: impl FnOnce(u32, [&[u8]; 2])) {
        list(self.documents, [&self.distances, &self.hits]);
        self.clear();
    }

    fn clear(&mut self) {
        self.next = 0;
        self.documents = 0;
        self.distances.clear();
        self.hits.clear();
    }
}

/// The documents of a list.
pub(super) fn documents(list: &[u8], documents: u32) -> impl Iterator<Item = u32> {
    let (mut distances, mut next) = (list, 0_u32);
    (0..documents).map(move |_| {
        let document = next.wrapping_add(read_varint(&mut distances));
        next = document.wrapping_add(1);
        document
    })
}

/// The documents of a list, each with its hits.
pub(super) fn postings(list: &[u8], documents: u32) -> impl Iterator<Item = (u32, &[u8])> {
    let mut hits = hits(list, documents);
    self::documents(list, documents).map(move |document| (document, read_hits(&mut hits)))
}

/// The part of a list that follows its documents.
fn hits(list: &[u8], documents: u32) -> &[u8] {
    let mut ends = list.iter().enumerate().filter(|(_, byte)| **byte < 0x80).map(|(at, _)| at + 1);
    let start = documents.checked_sub(1).map_or(0, |before| ends.nth(before as usize).unwrap_or(list.len()));
    &list[start..]
}

/// Writes the strongest of a list of `documents`, so many that they take about `room` bytes; of equally strong ones the first.
pub(super) fn strongest(list: &[u8], documents: u32, room: u32, writer: &mut ListWriter) {
    let size = |hits: &[u8]| hits.len() as u32 + 2;
    let mut sizes = [0; Strength::LEVELS];
    let mut rest = hits(list, documents);
    while !rest.is_empty() {
        let hits = read_hits(&mut rest);
        sizes[usize::from(strength(hits).level())] += size(hits);
    }
    let mut threshold = Threshold::new(sizes, room);
    for (document, hits) in postings(list, documents) {
        if threshold.admits(strength(hits), size(hits)) {
            writer.push(document, hits);
        }
    }
}

/// What is strong enough when there is not room for all.
pub(super) struct Threshold {
    /// Whatever is as strong as this fits.
    weakest: usize,
    /// What is left for those that are one level weaker.
    room: u32,
}

impl Threshold {
    /// For postings of which those of each level take `sizes` bytes.
    pub(super) fn new(sizes: [u32; Strength::LEVELS], mut room: u32) -> Self {
        let mut weakest = Strength::LEVELS;
        while weakest > 0 && sizes[weakest - 1] <= room {
            weakest -= 1;
            room -= sizes[weakest];
        }
        Self { weakest, room }
    }

    /// Whether the next posting is kept.
    pub(super) fn admits(&mut self, strength: Strength, size: u32) -> bool {
        let level = usize::from(strength.level());
        let fits = level + 1 == self.weakest && size <= self.room;
        if fits {
            self.room -= size;
        }
        fits || level >= self.weakest
    }
}
