//! When somebody last said of a page that it holds, and for how long that counts, as front matter states it.
//!
//! Enters: values of front matter. Leaves: the facts `last_reviewed` and `review_in_days`, and where the page says so.

use super::date::{Slashes, read_date};
use super::front_matter;
use crate::graph::Facts;
use crate::source::{SourceFile, Span};

/// Under which names pages say when they were last reviewed.
pub(super) const REVIEWED: &[&str] =
    &["last_reviewed", "last_reviewed_on", "last-reviewed", "last-reviewed-on", "reviewed"];

/// Under which names pages say how long a review counts.
pub(super) const INTERVAL: &[&str] = &["review_in_days", "review_in", "review-in", "review-in-days", "review_interval"];

/// Adds what a page states to its `facts`: the day and the interval as they are written.
pub(super) fn insert(facts: &mut Facts, reviewed: Option<&str>, interval: Option<&str>) {
    if let Some(day) = reviewed.and_then(|day| read_date(day, Slashes::Unknown)) {
        facts.insert("last_reviewed", day.into());
    }
    if let Some(days) = interval.and_then(days) {
        facts.insert("review_in_days", days.into());
    }
}

/// Where the front matter of `file` says when the page was last reviewed.
pub(crate) fn reviewed_at(file: &SourceFile) -> Option<Span> {
    let mut start = 0;
    for line in file.text()[..front_matter::end(file.text())].split_inclusive('\n') {
        let name = line.split([':', '=']).next().unwrap_or_default().trim_end();
        if REVIEWED.contains(&name) {
            return Some(file.span(start..start + line.trim_end().len()));
        }
        start += line.len();
    }
    None
}

/// A length of time in days: "90", "90 days", "6 months".
fn days(interval: &str) -> Option<i64> {
    let interval = interval.trim().to_lowercase();
    let digits = interval.find(|character: char| !character.is_ascii_digit()).unwrap_or(interval.len());
    let count: i64 = interval[..digits].parse().ok().filter(|count| *count <= 100_000)?;
    let unit = match interval[digits..].trim() {
        "" | "d" | "day" | "days" => 1,
        "w" | "week" | "weeks" => 7,
        "m" | "month" | "months" => 30,
        "y" | "year" | "years" => 365,
        _ => return None,
    };
    Some(count * unit)
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn intervals() {
        let cases = [
            ("90", Some(90)),
            ("90d", Some(90)),
            ("90 days", Some(90)),
            ("2w", Some(14)),
            ("6 months", Some(180)),
            ("1 year", Some(365)),
            ("soon", None),
            ("", None),
            ("99999999999999999999", None),
        ];
        for (text, expected) in cases {
            assert_eq!(days(text), expected, "{text}");
        }
    }
}
