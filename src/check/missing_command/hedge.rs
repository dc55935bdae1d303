//! Whether a line says that what it names may not be there.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// Whether the line of `text` with `range` in it leaves open whether something is there, or says that it is not.
pub(super) fn is_hedged(text: &str, range: &Range<usize>) -> bool {
    static HEDGES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)\bif (?:it|they|there|one|any|present|available|you have)\b|\bor (?:equivalent|similar)|\b(?:may|might|would|could)\b|\bnot yet\b|n.t exist|not exist|\bthere (?:is|are) no\b|hypothetic|imagin|planned|\btbd\b|\be\.g\.|\bfor example\b|\boptional(?:ly)?\b|\bif added\b|\bfuture work\b|\bo equivalente\b|\bsuch as\b|\bto ?do\b|^\s*[-*] \[ \]",
        )
        .ok()
    });
    let start = text[..range.start].rfind('\n').map_or(0, |end| end + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at);
    HEDGES.as_ref().is_none_or(|hedges| hedges.is_match(&text[start..end]))
}

#[cfg(test)]
mod tests {
    use super::is_hedged;

    #[test]
    fn hedges() {
        let cases = [
            ("run `make x`", false),
            ("run `make x` (if it exists)", true),
            ("`make x` may come\n", true),
            ("- [ ] add `make x`", true),
            ("by a single command (e.g. `make x`)", true),
            ("one may\nrun `make x`", false),
            ("`make x` doesn\u{2019}t exist", true),
        ];
        for (text, expected) in cases {
            let start = text.find('x').unwrap_or_default();
            assert_eq!(is_hedged(text, &(start..start + 1)), expected, "{text}");
        }
    }
}
