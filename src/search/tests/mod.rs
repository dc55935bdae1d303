//! The client is tested on the same table, and on indexes that `tests/search.rs` builds: `tests/browser/search*`.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

mod classes;
mod postings;
mod shards;
mod stored;
mod vocabulary;

use super::word::{Word, WordList};
use super::words::{key, words};

#[derive(serde::Deserialize)]
struct Table {
    words: Vec<(String, Vec<String>)>,
    keys: Vec<(String, String)>,
}

fn spelt(word: Word<'_>) -> String {
    let mut bytes = Vec::new();
    word.spell(&mut bytes);
    String::from_utf8(bytes).unwrap()
}

fn words_of(text: &str) -> Vec<String> {
    let mut found = WordList::default();
    words(text, &mut found);
    found.iter().map(spelt).collect()
}

#[test]
fn words_and_keys_are_those_of_the_shared_table() {
    let table: Table = serde_json::from_str(include_str!("../../../tests/search/words.json")).unwrap();
    for (text, expected) in &table.words {
        assert_eq!(words_of(text), *expected, "words of {text:?}");
    }
    for (name, expected) in &table.keys {
        assert_eq!(key(name), *expected, "key of {name:?}");
    }
}

/// Texts are read in blocks of sixty-four bytes: where a word stands in them must not matter.
#[test]
fn words_are_found_wherever_they_stand() {
    let table: Table = serde_json::from_str(include_str!("../../../tests/search/words.json")).unwrap();
    for (text, expected) in table.words.iter().filter(|(_, expected)| !expected.is_empty()) {
        for before in 0..70 {
            let found = words_of(&format!("{}{text}{}", " ".repeat(before), " ".repeat(before % 3)));
            assert_eq!(found, *expected, "words of {text:?} behind {before} spaces");
        }
    }
}

#[test]
fn words_are_ordered_as_their_texts_are() {
    let texts = ["", "a", "ab", "abcdefghijklmno", "abcdefghijklmnop", "abcdefghijklmnoq", "b", "z", "ö", "東京"];
    for (place, one) in texts.iter().enumerate() {
        for (other_place, other) in texts.iter().enumerate() {
            assert_eq!(Word::new(one).cmp(&Word::new(other)), place.cmp(&other_place), "{one:?} and {other:?}");
        }
        assert_eq!(spelt(Word::new(one)), *one);
    }
}
