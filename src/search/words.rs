//! Text -> the words by which it is found. The client splits queries by the same rules.
//!
//! A *token* is a run of letters, digits and `_`. It falls into *parts* at `_`, between letters and digits, and at the
//! humps of `camelCase` and `HTTPServer`. A token of several parts is found whole (`getorder`) and by each part (`get`,
//! `order`); so `getOrder`, `get_order` and `get order` meet. A number is found without its leading zeros. Scripts
//! without spaces are found by pairs of neighbouring characters.

use super::classes::Classes;
use super::fold::{fold, is_bigram_script, is_mark};
use super::word::{ShortWord, Word, WordList};

/// Longer words are cut here: digests, keys and Base64 are still found by their beginning.
const LONGEST_WORD: usize = 40;

/// A token of more parts is found whole only: it is no name that somebody would type in pieces.
const MOST_PARTS: usize = 8;

/// Adds each word of `text` to `found`, in order; a token's whole comes before its parts.
pub(super) fn words(text: &str, found: &mut WordList) {
    let classes = Classes::of(text.as_bytes());
    let mut splitter = Splitter::default();
    let mut at = 0;
    while at < text.len() {
        let (start, length) = (at, classes.inside(at));
        if length == 0 {
            at += classes.outside(at);
        } else if let Some(word) = plain(text.as_bytes(), &classes, start, length) {
            found.push(Word::Short(word));
            // What follows is none, or the text is at its end.
            at += length + 1;
        } else {
            while classes.inside(at) > 0 {
                at += classes.inside(at);
            }
            splitter.split(&text[start..at], |token| push(token, found));
        }
    }
}

/// Adds the words by which a token is found.
fn push(token: Token<'_>, found: &mut WordList) {
    match token {
        Token::Name { folded, ends } => {
            found.push(Word::new(cut(folded)));
            if (2..=MOST_PARTS).contains(&ends.len()) {
                let mut start = 0;
                for &end in ends {
                    found.push(Word::new(cut(&folded[start..end])));
                    start = end;
                }
            }
        }
        Token::Script(characters) => {
            let starts: Vec<usize> =
                characters.char_indices().map(|(start, _)| start).chain([characters.len()]).collect();
            if starts.len() == 2 {
                found.push(Word::new(characters));
            }
            starts.windows(3).for_each(|pair| found.push(Word::new(&characters[pair[0]..pair[2]])));
        }
    }
}

/// All of `name` as one word: `GET /orders/{id}` is `getordersid`, `ADR-0007` is `adr7`. Of a path the parts stay apart, so
/// that `shop` is not the beginning of `shop::order`. Empty when there are no letters.
pub(super) fn key(name: &str) -> String {
    let mut key = String::new();
    let mut splitter = Splitter::default();
    for part in name.split("::") {
        let mut is_apart = !key.is_empty();
        splitter.split(part, |token| {
            if std::mem::take(&mut is_apart) {
                key.push_str("::");
            }
            match token {
                Token::Name { folded, .. } => key.push_str(folded),
                Token::Script(characters) => key.push_str(characters),
            }
        });
    }
    key.truncate(cut(&key).len());
    key
}

/// What stands between two separators.
enum Token<'a> {
    /// Folded, and where each of its parts ends.
    Name { folded: &'a str, ends: &'a [usize] },
    /// Characters of a script without spaces.
    Script(&'a str),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Separator,
    Lower,
    Upper,
    Digit,
    Underscore,
}

/// The token of `length` bytes at `start` as a word, when it is one like most: ASCII, short, and of one part.
#[inline]
fn plain(text: &[u8], classes: &Classes, start: usize, length: usize) -> Option<ShortWord> {
    let is_plain = length <= ShortWord::LONGEST
        && (classes.is_plain(start, length) || (classes.is_number(start, length) && text[start] != b'0'));
    // Small letters and digits have the bit that capital letters lack.
    is_plain.then(|| match text[start..].first_chunk() {
        Some(bytes) => ShortWord::first_of(bytes, length, 0x20),
        None => ShortWord::first_of(&padded(&text[start..]), length, 0x20),
    })
}

/// The bytes of `text`, which are not so many, and zeros.
fn padded(text: &[u8]) -> [u8; 16] {
    std::array::from_fn(|at| text.get(at).copied().unwrap_or(0))
}

/// Finds the tokens of texts.
#[derive(Default)]
struct Splitter {
    /// The parts of a token, folded, one behind the other.
    folded: String,
    /// Where each of them ends.
    ends: Vec<usize>,
}

impl Splitter {
    /// Calls `found` with each token of `text`.
    fn split(&mut self, text: &str, mut found: impl FnMut(Token<'_>)) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let mut end = token_end(rest);
            if end > 0 {
                self.fold(&rest[..end]);
                if !self.ends.is_empty() {
                    found(Token::Name { folded: &self.folded, ends: &self.ends });
                }
            } else {
                end = script_end(rest);
                if end > 0 {
                    found(Token::Script(&rest[..end]));
                }
            }
            rest = &rest[if end > 0 { end } else { first.len_utf8() }..];
        }
    }

    /// Finds the parts of `token`.
    fn fold(&mut self, token: &str) {
        self.folded.clear();
        self.ends.clear();
        let mut part = 0;
        let mut previous = (0, Class::Separator);
        let mut before = Class::Separator;
        for (at, character) in token.char_indices() {
            let class = match character {
                '_' => Class::Underscore,
                _ if is_mark(character) => continue,
                _ if character.is_numeric() => Class::Digit,
                _ if character.is_uppercase() => Class::Upper,
                _ => Class::Lower,
            };
            let start = match (previous.1, class) {
                (Class::Upper, Class::Lower) if before == Class::Upper => previous.0,
                (Class::Lower, Class::Upper) => at,
                (Class::Separator, _) | (Class::Upper | Class::Lower, Class::Upper | Class::Lower) => part,
                (one, other) if one == other => part,
                _ => at,
            };
            if start > part {
                self.push(&token[part..start]);
                part = start;
            }
            (before, previous) = (previous.1, (at, class));
        }
        self.push(&token[part..]);
    }

    fn push(&mut self, part: &str) {
        let start = self.folded.len();
        fold(part, &mut self.folded);
        let zeros = self.folded.len() - start - significant(&self.folded[start..]).len();
        if zeros > 0 {
            self.folded.replace_range(start..start + zeros, "");
        }
        if self.folded.len() > start {
            self.ends.push(self.folded.len());
        }
    }
}

/// How long the token is with which `text` begins.
fn token_end(text: &str) -> usize {
    let end = text.bytes().position(|byte| !byte.is_ascii_alphanumeric() && byte != b'_').unwrap_or(text.len());
    if text.as_bytes().get(end).is_none_or(u8::is_ascii) {
        return end;
    }
    let is_inside = |character: char| {
        character == '_' || is_mark(character) || (character.is_alphanumeric() && !is_bigram_script(character))
    };
    text[end..].find(|character| !is_inside(character)).map_or(text.len(), |length| end + length)
}

/// How long the run of characters of scripts without spaces is.
fn script_end(text: &str) -> usize {
    let is_inside = |character: char| is_bigram_script(character) && character.is_alphanumeric();
    text.find(|character| !is_inside(character)).unwrap_or(text.len())
}

/// `number` without leading zeros.
fn significant(number: &str) -> &str {
    match number.trim_start_matches('0') {
        "" => &number[number.len().saturating_sub(1)..],
        significant => significant,
    }
}

fn cut(word: &str) -> &str {
    if word.len() <= LONGEST_WORD {
        return word;
    }
    word.char_indices().nth(LONGEST_WORD).map_or(word, |(end, _)| &word[..end])
}
