//! Large documents are spread over chunks, small ones share them.

use crate::search::stored::{Chunk, chunks, push_record};
use crate::search::{Document, Section};

fn document(number: usize, sections: usize) -> Document {
    let section = |number| Section { anchor: format!("s{number}"), heading: "é".repeat(50), ..Section::default() };
    Document { url: format!("page-{number}/"), sections: (0..sections).map(section).collect(), ..Document::default() }
}

fn chunked(documents: &[Document]) -> Vec<Chunk> {
    let records = documents.iter().map(|document| {
        let mut record = Vec::new();
        push_record(document, &mut record);
        record
    });
    chunks(records.collect::<Vec<_>>().iter().map(Vec::as_slice))
}

#[test]
fn documents_begin_in_order_and_large_ones_go_on_in_chunks_of_their_own() {
    type Case = (&'static str, Vec<usize>, Vec<(u32, u32)>);
    let cases: [Case; 5] = [
        ("none", vec![], vec![]),
        ("small ones share", vec![2; 5], vec![(5, 0)]),
        ("no sections", vec![0; 3], vec![(3, 0)]),
        ("a large one goes on", vec![1, 170, 1], vec![(2, 0), (0, 72), (0, 143), (1, 0)]),
        ("long headings are cut", vec![70, 70], vec![(1, 0), (1, 0)]),
    ];
    for (name, sections, expected) in cases {
        let documents: Vec<Document> =
            sections.into_iter().enumerate().map(|(number, sections)| document(number, sections)).collect();
        let begun: Vec<(u32, u32)> = chunked(&documents).iter().map(|chunk| (chunk.documents, chunk.section)).collect();
        assert_eq!(begun, expected, "{name}");
    }
}

#[test]
fn a_document_more_changes_few_chunks() {
    let mut documents: Vec<Document> = (0..2_000).map(|number| document(number, number % 5)).collect();
    let before = chunked(&documents);
    documents.insert(700, document(9_999, 3));
    let after = chunked(&documents);
    let changed = after.iter().filter(|chunk| !before.iter().any(|old| old.bytes == chunk.bytes)).count();
    assert!(before.len() > 50 && changed <= 4, "{changed} of {} chunks changed", after.len());
    assert!(after.iter().all(|chunk| chunk.bytes.len() <= 8_200));
}

#[test]
fn very_long_titles_are_cut_between_characters() {
    let document = Document { title: "é".repeat(10_000), ..document(0, 1) };
    let [chunk] = chunked(&[document]).try_into().unwrap_or_else(|_| panic!("one chunk"));
    assert!(String::from_utf8_lossy(&chunk.bytes).contains(&"é".repeat(200)));
    assert!(chunk.bytes.len() < 1_000);
}
