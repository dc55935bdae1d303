//! Posting lists keep what they are given, and of long ones the strongest.

use crate::search::postings::{
    Field, Hit, Posting, Strength, keep_strongest, push_distance, push_hits, read, strongest, write,
};

fn hit(section: u32, field: Field, impact: u8) -> Hit {
    Hit { section, strength: Strength::new(field, impact) }
}

/// As a batch writes them: the distance of the first document is not in the list.
fn list(documents: &[(u32, Vec<Hit>)]) -> (u32, Vec<u8>) {
    let (mut bytes, mut previous) = (Vec::new(), None);
    for (document, hits) in documents {
        if previous.is_some() {
            push_distance(*document, previous, &mut bytes);
        }
        push_hits(hits, &mut bytes);
        previous = Some(*document);
    }
    (documents[0].0, bytes)
}

fn told(postings: impl Iterator<Item = Posting>) -> Vec<(u32, Vec<Hit>)> {
    postings.map(|posting| (posting.document, posting.hits().to_vec())).collect()
}

#[test]
fn lists_are_read_as_they_were_written() {
    let documents = vec![
        (0, vec![hit(0, Field::Key, 7)]),
        (1, vec![hit(0, Field::Name, 0), hit(1, Field::Text, 3), hit(2, Field::Heading, 7), hit(5, Field::Text, 0)]),
        (130, vec![hit(3, Field::Text, 1), hit(4, Field::Text, 1), hit(200, Field::Text, 1)]),
        (20_000_000, vec![hit(70_000, Field::Heading, 2)]),
    ];
    let (first, bytes) = list(&documents);
    assert_eq!(told(read(first, &bytes)), documents);
    let whole = write(&read(first, &bytes).collect::<Vec<_>>());
    assert_eq!(whole[0], 0, "a whole list begins with the distance of the first document");
    assert_eq!(whole[1..], bytes);
}

#[test]
fn of_many_hits_in_a_document_the_strongest_are_kept() {
    let mut hits: Vec<Hit> = (0..9).map(|section| hit(section, Field::Text, (section % 5) as u8)).collect();
    hits[7] = hit(7, Field::Heading, 0);
    keep_strongest(&mut hits);
    assert_eq!(hits.iter().map(|hit| hit.section).collect::<Vec<_>>(), [3, 4, 7, 8]);
}

#[test]
fn of_many_documents_the_strongest_are_kept_and_of_equal_ones_the_first() {
    let documents: Vec<(u32, Vec<Hit>)> = (0..100)
        .map(|document| {
            (document, vec![hit(0, if document == 90 { Field::Name } else { Field::Text }, (document % 2) as u8)])
        })
        .collect();
    let (first, bytes) = list(&documents);
    let kept = strongest(read(first, &bytes).collect(), 18);
    // The list's first byte is the distance of its first document, 1.
    let kept: Vec<u32> = read(1, &kept[1..]).map(|posting| posting.document).collect();
    assert_eq!(kept, [1, 3, 5, 7, 9, 90]);
    assert_eq!(
        strongest(read(first, &bytes).collect(), 1_000_000).len(),
        bytes.len() + 1,
        "nothing is lost without need"
    );
}
