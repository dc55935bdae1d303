//! Headings that Python-Markdown, and so MkDocs, takes for such without a blank behind their marks: `###Order { #order }`.
//!
//! Only those with a place of their own are meant for sure: `#include` is none.

use std::sync::LazyLock;

use regex::Regex;

use crate::source::MappedText;

/// `text` with blanks behind the marks of such headings; `None` when there are none.
pub(super) fn with_blanks(text: &MappedText) -> Option<MappedText> {
    static HEADING: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?m)^(#{1,6})[^#\s][^\n]*\{:?[ ]*#[^\s{}]+[ ]*\}[ \t]*$").ok());
    let source = text.text();
    // Cheap to ask, and seldom so.
    if !source.contains("{ #") && !source.contains("{#") && !source.contains("{: #") {
        return None;
    }
    let mut out = MappedText::new();
    let mut from = 0;
    for found in HEADING.iter().flat_map(|heading| heading.captures_iter(source)) {
        let (start, end) = (found.get(1)?.start(), found.get(1)?.end());
        out.push_part(text, from..start);
        if !source[..start].ends_with("\n\n") {
            // HTML goes on to the next empty line.
            out.push("\n", text.span(start..start));
        }
        out.push_part(text, start..end);
        out.push(" ", text.span(end..end));
        from = end;
    }
    if from == 0 {
        return None;
    }
    out.push_part(text, from..source.len());
    Some(out)
}
