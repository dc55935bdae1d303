//! A vocabulary counts its words and finds them again, however many there are.

use crate::search::vocabulary::Vocabulary;

#[test]
fn words_keep_their_numbers() {
    let words: Vec<String> = (0..20_000).map(|number: u32| format!("{number:x}")).chain([String::new()]).collect();
    let mut vocabulary = Vocabulary::new();
    for _ in 0..2 {
        for (number, word) in (0..).zip(&words) {
            assert_eq!(vocabulary.number(word), number);
        }
    }
    assert_eq!(vocabulary.len(), words.len());
    assert_eq!((vocabulary.word(0), vocabulary.word(255), vocabulary.word(20_000)), ("0", "ff", ""));
}
