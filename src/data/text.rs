//! The text of a string, with the place of each piece of it: findings in a description point into the line that
//! somebody wrote, not at the whole string.

use std::ops::Range;

use super::Value;
use crate::source::{MappedText, SourceFile};

/// The text of `value`, a string of `file`. Follows the text and its source side by side: quotes, escapes, folded lines
/// and indentation are told apart from what is said. Where the two do not match, the text has one place as a whole.
/// Empty when `value` is no string.
pub fn mapped_text(file: &SourceFile, value: &Value) -> MappedText {
    let Some(text) = value.as_str() else { return MappedText::new() };
    if file.path() != value.span.file {
        return MappedText::at(text, value.span);
    }
    let source = file.text().get(value.span.range()).unwrap_or_default();
    let pairs = align(source, text).unwrap_or_else(|| vec![(0..source.len(), 0..text.len())]);
    let start = value.span.range().start;
    let mut mapped = MappedText::new();
    for (written, said) in pairs {
        mapped.push(&text[said], file.span(written.start + start..written.end + start));
    }
    mapped
}

type Pair = (Range<usize>, Range<usize>);

/// Which bytes of `source` say which bytes of `text`; those of equal length are the same. Covers all of `text`.
fn align(source: &str, text: &str) -> Option<Vec<Pair>> {
    let quote = source.chars().next().filter(|first| matches!(first, '"' | '\'') && source.len() >= 2);
    let source = if quote.is_some() { &source[..source.len() - 1] } else { source };
    let mut pairs: Vec<Pair> = Vec::new();
    let (mut at, mut said) = (usize::from(quote.is_some()), 0);
    if quote.is_none() {
        at += indentation(source, text);
    }
    while said < text.len() {
        let (written, told) = (source.get(at..)?, &text[said..]);
        let next = told.chars().next()?;
        let first = written.chars().next();
        let (from, length) = match first {
            Some('\\') if quote == Some('"') => {
                let length = escape_length(written, next);
                // A line break that is escaped says nothing.
                if written[1..].starts_with('\n') {
                    at += length;
                    continue;
                }
                (length, next.len_utf8())
            }
            Some('\'') if quote == Some('\'') && written.starts_with("''") => (2, 1),
            Some(first) if first == next => (next.len_utf8(), next.len_utf8()),
            // A fold, or the line end that a block scalar has though the file ends before it.
            _ if next.is_whitespace() => (space(written), space(told)),
            Some(first) if first.is_whitespace() => {
                at += space(written);
                continue;
            }
            _ => return None,
        };
        let pair = (at..at + from, said..said + length);
        (at, said) = (pair.0.end, pair.1.end);
        match pairs.last_mut() {
            Some(last) if from == length && last.0.len() == last.1.len() && last.0.end == pair.0.start => {
                (last.0.end, last.1.end) = (at, said);
            }
            _ => pairs.push(pair),
        }
        if first == Some('\n') && next == '\n' && quote.is_none() {
            at += indentation(source.get(at..)?, &text[said..]);
        }
    }
    Some(pairs)
}

/// How much further `source` is indented than `text`.
fn indentation(source: &str, text: &str) -> usize {
    let spaces = |line: &str| line.bytes().take_while(|&byte| byte == b' ').count();
    spaces(source).saturating_sub(spaces(text))
}

fn space(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// How many bytes of `written` the escape at its start takes, given the character it stands for.
fn escape_length(written: &str, meaning: char) -> usize {
    let length = match written.as_bytes().get(1) {
        Some(b'u') if meaning as u32 > 0xFFFF => 12,
        Some(b'u') => 6,
        Some(b'x') => 4,
        Some(b'U') => 10,
        Some(b'\n') => 2 + space(&written[2..]),
        _ => 1 + written[1..].chars().next().map_or(0, char::len_utf8),
    };
    length.min(written.len())
}
