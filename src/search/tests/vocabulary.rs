//! A vocabulary counts its words and finds them again, however many there are.

use super::spelt;
use crate::search::vocabulary::Vocabulary;
use crate::search::word::Word;

#[test]
fn words_keep_their_numbers() {
    let long = |number: u32| format!("{number:x}-{}", "long".repeat(number as usize % 9 + 4));
    let words = (0..20_000).flat_map(|number| [format!("{number:x}"), long(number)]);
    let words: Vec<String> = words.chain([String::new()]).collect();
    let mut vocabulary = Vocabulary::default();
    for _ in 0..2 {
        for _ in 0..2 {
            for (number, word) in (0..).zip(&words) {
                assert_eq!(vocabulary.number(Word::new(word)), number);
            }
        }
        assert_eq!(vocabulary.words().iter().map(spelt).collect::<Vec<_>>(), words);
        vocabulary.clear();
        assert_eq!(vocabulary.words().len(), 0);
    }
}
