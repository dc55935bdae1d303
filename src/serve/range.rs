//! Part of a file: the `Range` header (RFC 9110, section 14).

use std::ops::Range;

/// What a request wants of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it: nothing else was said, or nothing that has to be understood.
    All,
    /// These bytes, at least one.
    Part(Range<usize>),
    /// Bytes that the file does not have.
    Unsatisfiable,
}

/// What `header` wants of a file of `length` bytes. More than one range is answered with the whole, as is allowed.
pub(super) fn wanted(header: &str, length: usize) -> Wanted {
    parse(header, length).unwrap_or(Wanted::All)
}

fn parse(header: &str, length: usize) -> Option<Wanted> {
    let (unit, range) = header.trim().split_once('=')?;
    let (first, last) = range.trim().split_once('-')?;
    if !unit.eq_ignore_ascii_case("bytes") {
        return None;
    }
    let range = match (number(first)?, number(last)?) {
        (Some(first), Some(last)) if last < first => return None,
        (Some(first), last) => first..last.map_or(length, |last| last.saturating_add(1)).min(length),
        (None, Some(count)) => length.saturating_sub(count)..length,
        (None, None) => return None,
    };
    Some(if range.is_empty() { Wanted::Unsatisfiable } else { Wanted::Part(range) })
}

/// `None`: it is no number. `Some(None)`: it is left out. A number that no file is long enough for stands for the largest.
fn number(text: &str) -> Option<Option<usize>> {
    if text.is_empty() {
        return Some(None);
    }
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| Some(text.parse().unwrap_or(usize::MAX)))
}

#[cfg(test)]
mod tests {
    use super::{Wanted, wanted};

    #[test]
    fn one_range_is_understood_and_nonsense_passed_over() {
        use Wanted::{All, Part, Unsatisfiable};
        let cases = [
            ("bytes=0-3", 10, Part(0..4)),
            ("bytes=0-0", 10, Part(0..1)),
            ("Bytes = 2-", 10, All),
            ("bytes=2-", 10, Part(2..10)),
            ("bytes=2-99999999999999999999999", 10, Part(2..10)),
            ("bytes=-3", 10, Part(7..10)),
            ("bytes=-30", 10, Part(0..10)),
            ("bytes=-0", 10, Unsatisfiable),
            ("bytes=10-", 10, Unsatisfiable),
            ("bytes=99999999999999999999999-", 10, Unsatisfiable),
            ("bytes=0-", 0, Unsatisfiable),
            ("bytes=3-2", 10, All),
            ("bytes=0-1,4-5", 10, All),
            ("bytes=-", 10, All),
            ("bytes=", 10, All),
            ("bytes=a-b", 10, All),
            ("bytes=+1-2", 10, All),
            ("lines=0-3", 10, All),
            ("", 10, All),
        ];
        for (header, length, expected) in cases {
            assert_eq!(wanted(header, length), expected, "{header} of {length}");
        }
    }
}
