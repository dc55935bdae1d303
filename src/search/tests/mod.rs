//! The client is tested against the same tables and against indexes that were built here: `tests/browser/search*`.

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
