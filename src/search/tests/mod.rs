//! The client is tested on the same table, and on indexes that `tests/search.rs` builds: `tests/browser/search*`.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

mod postings;
mod stored;
mod vocabulary;

use super::words::{key, words};

#[derive(serde::Deserialize)]
struct Table {
    words: Vec<(String, Vec<String>)>,
    keys: Vec<(String, String)>,
}

#[test]
fn words_and_keys_are_those_of_the_shared_table() {
    let table: Table = serde_json::from_str(include_str!("../../../tests/search/words.json")).unwrap();
    for (text, expected) in table.words {
        let mut found = Vec::new();
        words(&text, |word| found.push(word.to_owned()));
        assert_eq!(found, expected, "words of {text:?}");
    }
    for (name, expected) in table.keys {
        assert_eq!(key(&name), expected, "key of {name:?}");
    }
}
