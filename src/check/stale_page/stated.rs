//! A number, a duration or a text of code, and a passage -> whether the passage states it, as people write it.

use std::sync::LazyLock;

use regex::Regex;

use super::passage::Passage;
use crate::check::word::has_word;

/// Shorter texts stand everywhere.
const SHORTEST_TEXT: usize = 3;

/// Words for small numbers; "two" is said of too much.
#[rustfmt::skip]
const WORDS: &[(&str, &str)] = &[
    ("three", "3"), ("four", "4"), ("five", "5"), ("six", "6"), ("seven", "7"), ("eight", "8"), ("nine", "9"), ("ten", "10"),
    ("twelve", "12"), ("fifteen", "15"), ("twenty", "20"), ("thirty", "30"), ("sixty", "60"), ("hundred", "100"),
];

/// Units of durations, and how their words begin.
#[rustfmt::skip]
const UNITS: &[(&str, &str)] = &[
    ("ms", "millisec"), ("s", "sec"), ("m", "min"), ("h", "hour"), ("d", "day"), ("w", "week"), ("y", "year"),
];

/// What a line says of how much, how long, where to: numbers, durations, texts.
pub(super) fn values(line: &str) -> impl Iterator<Item = &str> {
    static VALUE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#""((?:[^"\\]|\\.)+)"|\b(\d[\d_]*(?:\.\d[\d_]*)?[A-Za-z]*)"#).ok());
    let found = VALUE.iter().flat_map(move |value| value.captures_iter(line));
    found.filter_map(|found| found.get(1).or_else(|| found.get(2))).map(|value| value.as_str())
}

/// Whether `passage` states `value`.
pub(super) fn is_stated(passage: &Passage, value: &str) -> bool {
    let Some((amount, unit)) = measure(value) else {
        let is_word = value.bytes().all(|byte| byte.is_ascii_lowercase());
        let text = if is_word { &passage.code } else { &passage.text };
        return value.len() >= SHORTEST_TEXT && has_word(text.as_bytes(), value);
    };
    let is_same = |said: &(f64, &str, bool)| {
        let (said, behind, is_amount) = *said;
        let behind_is = |unit: &str| begins_with_unit(behind, unit);
        let is_near = |other: f64| (said - other).abs() <= other.abs() * 1e-9;
        let is_alike = |wanted: &str| match wanted {
            "" => is_amount,
            unit => behind_is(unit),
        };
        is_near(amount) && is_alike(unit)
            || unit.is_empty()
                && amount < 1.0
                && is_near(amount * 100.0)
                && (behind.starts_with('%') || behind.starts_with("percent"))
            || unit.is_empty() && amount >= 60.0 && is_near(amount / 60.0) && behind_is("m")
            || unit.is_empty() && amount >= 1000.0 && is_near(amount / 1000.0) && behind_is("s")
            || unit == "s" && is_near(amount / 60.0) && behind_is("m")
            || unit == "m" && is_near(amount / 60.0) && behind_is("h")
            || unit == "h" && is_near(amount / 24.0) && behind_is("d")
    };
    said(&passage.text).any(|said| is_same(&said))
}

/// `300`, `10_000u64`, `0.05`, `5m` as how much of what; `None` for what is no number.
fn measure(value: &str) -> Option<(f64, &str)> {
    let end = value.find(|one: char| !(one.is_ascii_digit() || matches!(one, '_' | '.'))).unwrap_or(value.len());
    let digits: String = value[..end].chars().filter(|one| *one != '_').collect();
    let unit = &value[end..];
    let is_unit = UNITS.iter().any(|(name, _)| *name == unit);
    let is_type = unit
        .strip_prefix(['f', 'i', 'u'])
        .is_some_and(|bits| !bits.is_empty() && bits.bytes().all(|bit| bit.is_ascii_digit()))
        || unit.ends_with("size");
    let unit = if is_type { "" } else { unit };
    if !unit.is_empty() && !is_unit { None } else { Some((digits.parse().ok()?, unit)) }
}

/// The numbers in `text`, each with what stands behind it, and whether it says how many or how much.
fn said(text: &str) -> impl Iterator<Item = (f64, &str, bool)> {
    static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:\d[\d_,]*(?:\.\d+)?|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|hundred)").ok()
    });
    static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:\b(?:is|are|to|of|than|most|least|over|above|below|exceed\w*|default\w*|after|for|every|within|only|by|times|max\w*|min\w*|limit\w*)|[=:<>(])[\s`*_~]{0,4}$").ok()
    });
    let found = NUMBER.iter().flat_map(move |number| number.find_iter(text));
    found.filter_map(move |found| {
        let (before, behind) = (&text[..found.start()], &text[found.end()..]);
        let word = found.as_str().to_lowercase();
        let digits = WORDS.iter().find(|(name, _)| *name == word).map_or(word.as_str(), |(_, digits)| digits);
        let digits: String = digits.trim_end_matches(',').chars().filter(|one| !matches!(one, '_' | ',')).collect();
        // A part of a version, of a date or of a name.
        let is_part = before.ends_with(['.', '-', '/', '#', '_']) && before.len() > 1 && !before.ends_with(" -")
            || behind.starts_with(['.', '/']) && behind[1..].starts_with(|next: char| next.is_ascii_digit());
        let behind_it = behind.trim_start_matches([' ', '-', '\u{a0}', '`', '*']);
        let plural = behind_it.split(|end: char| !end.is_alphabetic()).next().unwrap_or_default();
        let is_counted = plural.len() > 2 && plural.ends_with('s') && behind.starts_with([' ', '`', '*']);
        let is_amount =
            digits.len() > 1 || is_counted || BEFORE.as_ref().is_some_and(|lead| lead.is_match(tail(before)));
        (!is_part).then_some((digits.parse().ok()?, behind_it, is_amount))
    })
}

/// The last few characters of `text`.
fn tail(text: &str) -> &str {
    let start = text.char_indices().rev().nth(24).map_or(0, |(start, _)| start);
    &text[start..]
}

/// Whether `text` begins with a unit of that name: `5m`, `5 min`, `5-minute`.
fn begins_with_unit(text: &str, unit: &str) -> bool {
    let word = text.split(|end: char| !end.is_alphabetic()).next().unwrap_or_default();
    let words = UNITS.iter().find(|(name, _)| *name == unit).map_or(unit, |(_, words)| words);
    word == unit || word.to_lowercase().starts_with(words)
}

#[cfg(test)]
mod tests {
    use super::{is_stated, values};
    use crate::check::stale_page::passage::Page;

    #[test]
    fn what_a_line_says_of_how_much() {
        assert_eq!(
            values("let max = 10_000; wait(\"a b\", 0.5, 0..3)").collect::<Vec<_>>(),
            ["10_000", "a b", "0.5", "0", "3"]
        );
    }

    #[test]
    fn values_as_people_write_them() {
        let cases = [
            ("up to 10,000 orders", "10_000", true),
            ("`limit` is 3", "3", true),
            ("retried three times", "3", true),
            ("3. Then restart it", "3", false),
            ("since version 3.1", "3", false),
            ("in ADR-30", "30", false),
            ("for 5 minutes", "5m", true),
            ("for 5 hours", "5m", false),
            ("after five minutes", "300", true),
            ("more than 5% fail", "0.05", true),
            ("more than 5 fail", "0.05", false),
            ("after 2 seconds", "2000", true),
            ("30u64", "30u64", true),
            ("posts to `/v1/orders`", "/v1/orders", true),
            ("the error is told", "error", false),
            ("says `error`", "error", true),
            ("is \u{e9}", "5\u{e9}", false),
        ];
        for (text, value, expected) in cases {
            assert_eq!(is_stated(&Page::new(text).whole(), value), expected, "{text}: {value}");
        }
    }
}
