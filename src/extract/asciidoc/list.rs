//! The lists of AsciiDoc: which mark a line begins with, and how deep that is.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::extract::wording::regex;

/// The lists that are open, the outermost first: their marks, and how far their text is indented in Markdown.
#[derive(Default)]
pub(super) struct Lists(Vec<(String, usize)>);

/// An item of a list: its mark as the list knows it, as Markdown writes it, and where its text begins in the line.
pub(super) struct Item {
    pub(super) kind: String,
    pub(super) mark: &'static str,
    pub(super) text: Range<usize>,
}

impl Lists {
    /// Begins an item of the list `kind`: how far its mark is indented.
    pub(super) fn begin(&mut self, kind: &str, mark: &str) -> usize {
        match self.0.iter().position(|(open, _)| open == kind) {
            Some(depth) => self.0.truncate(depth + 1),
            None => self.0.push((kind.to_owned(), mark.len())),
        }
        self.0.iter().rev().skip(1).map(|(_, width)| width).sum()
    }

    /// How far what belongs to the last item is indented.
    pub(super) fn indent(&self) -> usize {
        self.0.iter().map(|(_, width)| width).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn end(&mut self) {
        self.0.clear();
    }
}

/// Reads a line that begins an item.
pub(super) fn item(line: &str) -> Option<Item> {
    static MARK: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^\s*(\*{1,6}|-|•|\.{1,6}|\d{1,4}\.|[a-zA-Z]\.|<(?:\d{1,3}|\.)>)\s+(\S.*)$"));
    let found = MARK.captures(line)?;
    let (mark, text) = (found.get(1)?.as_str(), found.get(2)?);
    let counts = !mark.starts_with(['*', '-', '•']);
    let kind = match mark.chars().next()? {
        '*' | '.' | '-' | '•' => mark.to_owned(),
        '<' => "<1>".to_owned(),
        first if first.is_ascii_digit() => "1.".to_owned(),
        _ => "a.".to_owned(),
    };
    Some(Item { kind, mark: if counts { "1. " } else { "- " }, text: text.range() })
}

/// Reads a line that begins an item of a list of terms: the mark behind the term, the term, and where its text is.
pub(super) fn term(line: &str) -> Option<(&str, Range<usize>, Range<usize>)> {
    static TERM: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*(\S(?:.*?\S)??)(:{2,4}|;;)(?:\s+(.*))?$"));
    let found = TERM.captures(line)?;
    let text = found.get(3).map_or(line.len()..line.len(), |text| text.range());
    Some((found.get(2)?.as_str(), found.get(1)?.range(), text))
}
