//! Large documents are spread over chunks, small ones share them.

use crate::search::stored::{Chunk, Store};
use crate::search::{Document, Section};

fn document(sections: usize, length: usize) -> Document {
    let section =
        |number| Section { anchor: format!("s{number}"), heading: String::new(), text: "é".repeat(length / 2) };
    Document { url: "page/".to_owned(), sections: (0..sections).map(section).collect(), ..Document::default() }
}

fn begun(documents: &[Document]) -> Vec<u32> {
    let mut store = Store::default();
    documents.iter().for_each(|document| store.push(document));
    store.finish().iter().map(|Chunk { documents, .. }| *documents).collect()
}

#[test]
fn chunks() {
    let cases: [(&str, Vec<Document>, Vec<u32>); 6] = [
        ("none", vec![], vec![]),
        ("small ones share", vec![document(2, 100); 5], vec![5]),
        ("until it is full", vec![document(1, 4_000); 5], vec![2, 2, 1]),
        ("no text, no sections", vec![Document::default(); 3], vec![3]),
        (
            "a large one goes on in chunks of its own",
            vec![document(1, 100), document(12, 2_000), document(1, 100)],
            vec![2, 0, 0, 1],
        ),
        ("of a very long section only the beginning is kept", vec![document(1, 1_000_000); 2], vec![1, 1]),
    ];
    for (name, documents, expected) in cases {
        assert_eq!(begun(&documents), expected, "{name}");
    }
}
