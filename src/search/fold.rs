//! A character -> how search spells it, so that `Étude`, `ÉTUDE` and `etude` are one word.
//!
//! The rule, which the client applies too: decompose (Unicode NFKD), drop the combining diacritical marks, lower-case,
//! and write the [`LETTERS`] that do not decompose with plain ones. Characters of [`BIGRAM_SCRIPTS`] stay as they are.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// Latin letters that Unicode does not decompose, and how people type them.
const LETTERS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('ð', "d"),
    ('ø', "o"),
    ('þ', "th"),
    ('đ', "d"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ł', "l"),
    ('œ', "oe"),
];

/// Scripts that are written without spaces between words: South-East Asian ones, kana, Han, Hangul.
const BIGRAM_SCRIPTS: &[(char, char)] = &[
    ('\u{0e00}', '\u{0eff}'),
    ('\u{1000}', '\u{109f}'),
    ('\u{1780}', '\u{17ff}'),
    ('\u{3005}', '\u{3007}'),
    ('\u{3040}', '\u{30ff}'),
    ('\u{31f0}', '\u{31ff}'),
    ('\u{3400}', '\u{4dbf}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{ac00}', '\u{d7af}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{ff66}', '\u{ff9d}'),
    ('\u{20000}', '\u{323af}'),
];

/// The blocks of combining diacritical marks.
const MARKS: &[(char, char)] = &[
    ('\u{0300}', '\u{036f}'),
    ('\u{1ab0}', '\u{1aff}'),
    ('\u{1dc0}', '\u{1dff}'),
    ('\u{20d0}', '\u{20ff}'),
    ('\u{fe20}', '\u{fe2f}'),
];

/// Whether words of the script of `character` are found by pairs of neighbouring characters.
pub(super) fn is_bigram_script(character: char) -> bool {
    character >= '\u{0e00}' && within(BIGRAM_SCRIPTS, character)
}

/// Whether `character` is an accent that search does not see.
pub(super) fn is_mark(character: char) -> bool {
    character >= '\u{0300}' && within(MARKS, character)
}

/// Adds `text`, folded, to `folded`. What is neither letter nor digit after folding is left out.
pub(super) fn fold(text: &str, folded: &mut String) {
    if text.is_ascii() {
        let start = folded.len();
        if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            folded.push_str(text);
            folded[start..].make_ascii_lowercase();
        } else {
            let kept = text.bytes().filter(u8::is_ascii_alphanumeric);
            folded.extend(kept.map(|byte| char::from(byte.to_ascii_lowercase())));
        }
        return;
    }
    for character in DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(text.chars()) {
        if is_mark(character) {
            continue;
        }
        for lower in character.to_lowercase().filter(|&lower| lower.is_alphanumeric() && !is_mark(lower)) {
            match LETTERS.iter().find(|(letter, _)| *letter == lower) {
                Some((_, plain)) => folded.push_str(plain),
                None => folded.push(lower),
            }
        }
    }
}

fn within(ranges: &[(char, char)], character: char) -> bool {
    ranges.iter().any(|&(first, last)| (first..=last).contains(&character))
}
