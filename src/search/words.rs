//! Text -> the words by which it is found. The client splits queries by the same rules.
//!
//! A *token* is a run of letters, digits and `_`. It falls into *parts* at `_`, between letters and digits, and at the
//! humps of `camelCase` and `HTTPServer`. A token of several parts is found whole (`getorder`) and by each part (`get`,
//! `order`); so `getOrder`, `get_order` and `get order` meet. A number is found without its leading zeros. Scripts
//! without spaces are found by pairs of neighbouring characters.

use super::fold::{fold, is_bigram_script, is_mark};

/// Longer words are cut here: digests, keys and Base64 are still found by their beginning.
const LONGEST_WORD: usize = 40;

/// A token of more parts is found whole only: it is no name that somebody would type in pieces.
const MOST_PARTS: usize = 8;

/// Calls `found` with each word of `text`, in order; a token's whole comes before its parts.
pub(super) fn words(text: &str, mut found: impl FnMut(&str)) {
    runs(text, |run| match run {
        Run::Token { folded, ends } => {
            found(cut(folded));
            if (2..=MOST_PARTS).contains(&ends.len()) {
                let mut start = 0;
                for &end in ends {
                    found(cut(&folded[start..end]));
                    start = end;
                }
            }
        }
        Run::Script(characters) => {
            let starts: Vec<usize> =
                characters.char_indices().map(|(start, _)| start).chain([characters.len()]).collect();
            if starts.len() == 2 {
                found(characters);
            }
            starts.windows(3).for_each(|pair| found(&characters[pair[0]..pair[2]]));
        }
    });
}

/// All of `name` as one word: `GET /orders/{id}` is `getordersid`, `ADR-0007` is `adr7`. Of a path the parts stay apart, so
/// that `shop` is not the beginning of `shop::order`. Empty when there are no letters.
pub(super) fn key(name: &str) -> String {
    let mut key = String::new();
    for part in name.split("::") {
        let mut is_apart = !key.is_empty();
        runs(part, |run| {
            if std::mem::take(&mut is_apart) {
                key.push_str("::");
            }
            match run {
                Run::Token { folded, .. } => key.push_str(folded),
                Run::Script(characters) => key.push_str(characters),
            }
        });
    }
    key.truncate(cut(&key).len());
    key
}

/// What stands between two separators.
enum Run<'a> {
    /// A token, folded, and where each of its parts ends.
    Token { folded: &'a str, ends: &'a [usize] },
    /// Characters of a script without spaces.
    Script(&'a str),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Separator = 0,
    Lower = 1,
    Upper = 2,
    Digit = 4,
    Underscore = 8,
    Wide = 16,
}

static CLASSES: [Class; 256] = {
    let mut classes = [Class::Separator; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' => Class::Lower,
            b'A'..=b'Z' => Class::Upper,
            b'0'..=b'9' => Class::Digit,
            b'_' => Class::Underscore,
            0x80.. => Class::Wide,
            _ => Class::Separator,
        };
        byte += 1;
    }
    classes
};

/// Most words are ASCII without humps, and most of those are written in lower case: they are not even copied.
fn runs(text: &str, mut found: impl FnMut(Run<'_>)) {
    let bytes = text.as_bytes();
    let (mut folded, mut ends) = (String::new(), Vec::new());
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let first = CLASSES[usize::from(bytes[at])];
        if first == Class::Separator {
            at += 1;
            continue;
        }
        let mut rest = 0;
        if first != Class::Wide {
            at += 1;
            while at < bytes.len() && !matches!(CLASSES[usize::from(bytes[at])], Class::Separator | Class::Wide) {
                rest |= CLASSES[usize::from(bytes[at])] as u8;
                at += 1;
            }
        }
        let wide = wide_end(text, at);
        if wide > at {
            at = wide;
        } else if first == Class::Wide {
            at = script_end(text, start);
            if at > start {
                found(Run::Script(&text[start..at]));
            } else {
                at = start + text[start..].chars().next().map_or(1, char::len_utf8);
            }
            continue;
        } else if let Some(plain) = plain(first, rest, &text[start..at], &mut folded) {
            found(Run::Token { folded: plain, ends: &[plain.len()] });
            continue;
        }
        split(&text[start..at], &mut folded, &mut ends);
        if !ends.is_empty() {
            found(Run::Token { folded: &folded, ends: &ends });
        }
    }
}

/// `token` in lower case, when it is ASCII and of one part.
fn plain<'a>(first: Class, rest: u8, token: &'a str, lower: &'a mut String) -> Option<&'a str> {
    const LOWER: u8 = Class::Lower as u8;
    const UPPER: u8 = Class::Upper as u8;
    const DIGIT: u8 = Class::Digit as u8;
    match (first, rest) {
        (Class::Lower, 0 | LOWER) => Some(token),
        (Class::Upper, 0 | LOWER | UPPER) => {
            lower.clear();
            lower.push_str(token);
            lower.make_ascii_lowercase();
            Some(lower)
        }
        (Class::Digit, 0 | DIGIT) => Some(significant(token)),
        _ => None,
    }
}

/// Where a token that reaches `at`, or begins there, ends when characters beyond ASCII are in it; `at` for none.
fn wide_end(text: &str, at: usize) -> usize {
    if text.as_bytes().get(at).is_none_or(u8::is_ascii) {
        return at;
    }
    let is_inside = |character: char| {
        character == '_' || is_mark(character) || (character.is_alphanumeric() && !is_bigram_script(character))
    };
    text[at..].find(|character| !is_inside(character)).map_or(text.len(), |length| at + length)
}

fn script_end(text: &str, start: usize) -> usize {
    let is_inside = |character: char| is_bigram_script(character) && character.is_alphanumeric();
    text[start..].find(|character| !is_inside(character)).map_or(text.len(), |length| start + length)
}

/// The parts of `token`, folded, one behind the other in `folded`; `ends` says where each ends.
fn split(token: &str, folded: &mut String, ends: &mut Vec<usize>) {
    folded.clear();
    ends.clear();
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
            push_part(&token[part..start], folded, ends);
            part = start;
        }
        (before, previous) = (previous.1, (at, class));
    }
    push_part(&token[part..], folded, ends);
}

fn push_part(part: &str, folded: &mut String, ends: &mut Vec<usize>) {
    let start = folded.len();
    fold(part, folded);
    let zeros = folded.len() - start - significant(&folded[start..]).len();
    folded.replace_range(start..start + zeros, "");
    if folded.len() > start {
        ends.push(folded.len());
    }
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
