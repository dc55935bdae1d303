//! Posting lists keep what they are given, and of long ones the strongest.

use crate::search::postings::{
    Field, Hit, ListWriter, Strength, documents, first_strength, is_name, postings, push_hits, strongest,
};

fn hit(section: u32, field: Field, impact: u8) -> Hit {
    Hit { section, strength: Strength::new(field, impact) }
}

fn packed(mut hits: Vec<Hit>) -> Vec<u8> {
    let mut bytes = Vec::new();
    push_hits(&mut hits, &mut bytes);
    bytes
}

/// How many documents, and their list.
fn written(writer: &mut ListWriter) -> (u32, Vec<u8>) {
    let mut list = Vec::new();
    writer.finish(|documents, parts| list = [&documents.to_le_bytes(), parts[0], parts[1]].concat());
    let bytes = list.split_off(4);
    (u32::from_le_bytes(list.try_into().unwrap()), bytes)
}

fn list(documents: &[(u32, Vec<u8>)]) -> (u32, Vec<u8>) {
    let mut writer = ListWriter::default();
    documents.iter().for_each(|(document, hits)| writer.push(*document, hits));
    written(&mut writer)
}

fn told(count: u32, list: &[u8]) -> Vec<(u32, Vec<u8>)> {
    postings(list, count).map(|(document, hits)| (document, hits.to_vec())).collect()
}

#[test]
fn lists_are_read_as_they_were_written() {
    let all = [
        (0, packed(vec![hit(0, Field::Key, 7)])),
        (
            1,
            packed(vec![
                hit(0, Field::Name, 0),
                hit(1, Field::Text, 3),
                hit(2, Field::Heading, 7),
                hit(5, Field::Text, 0),
            ]),
        ),
        (130, packed(vec![hit(3, Field::Text, 1), hit(4, Field::Text, 1), hit(200, Field::Text, 1)])),
        (20_000_000, packed(vec![hit(70_000, Field::Heading, 2)])),
    ];
    for length in 0..=all.len() {
        let (count, bytes) = list(&all[..length]);
        assert_eq!(count as usize, length);
        assert_eq!(told(count, &bytes), all[..length]);
        let numbers: Vec<u32> = all[..length].iter().map(|(document, _)| *document).collect();
        assert_eq!(documents(&bytes, count).collect::<Vec<_>>(), numbers);
    }
}

#[test]
fn names_are_told_by_their_first_hit() {
    for (field, expected) in [(Field::Text, false), (Field::Heading, false), (Field::Name, true), (Field::Key, true)] {
        let hits = packed(vec![hit(0, field, 5), hit(1, Field::Text, 1)]);
        assert_eq!((is_name(&hits), first_strength(&hits)), (expected, Strength::new(field, 5)));
    }
}

#[test]
fn of_many_hits_in_a_document_the_strongest_are_kept() {
    let mut hits: Vec<Hit> = (0..9).map(|section| hit(section, Field::Text, (section % 5) as u8)).collect();
    hits[7] = hit(7, Field::Heading, 0);
    let kept = [3, 4, 7, 8].map(|section: usize| hits[section]);
    assert_eq!(packed(hits), packed(kept.to_vec()));
}

#[test]
fn of_many_documents_the_strongest_are_kept_and_of_equal_ones_the_first() {
    let all: Vec<(u32, Vec<u8>)> = (0..100)
        .map(|document| {
            let field = if document == 90 { Field::Name } else { Field::Text };
            (document, packed(vec![hit(0, field, (document % 2) as u8)]))
        })
        .collect();
    let (count, bytes) = list(&all);
    for (room, expected) in [(18, vec![1, 3, 5, 7, 9, 90]), (1_000_000, (0..100).collect()), (0, vec![])] {
        let mut writer = ListWriter::default();
        strongest(&bytes, count, room, &mut writer);
        let (kept, bytes) = written(&mut writer);
        assert_eq!(documents(&bytes, kept).collect::<Vec<_>>(), expected, "{room} bytes");
    }
}
