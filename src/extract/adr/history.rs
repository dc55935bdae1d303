//! The history that a record keeps of itself: "2024-03-01: Accepted", a table of revisions.

use std::sync::LazyLock;

use regex::Regex;

use super::find_status::{StatedStatus, StatusPlace};
use super::outline::{Line, Section, plain};
use super::record::folded;
use super::status_words::normal;
use crate::extract::date::{Slashes, read_date};
use crate::extract::wording::regex;

/// Whether a section keeps the record's history.
pub(super) fn is_history(section: &Section<'_>) -> bool {
    matches!(
        folded(section.title).as_str(),
        "changelog"
            | "change log"
            | "history"
            | "revision history"
            | "version history"
            | "document history"
            | "status history"
            | "decision history"
            | "record history"
            | "revisions"
    )
}

/// The entries of a history: its lines with a date, each with that date.
fn entries<'a>(sections: &[Section<'a>], slashes: Slashes) -> impl Iterator<Item = (String, Line<'a>)> {
    let lines = sections.iter().filter(|section| is_history(section)).flat_map(|section| section.lines.iter().copied());
    lines.filter_map(move |line| {
        let words = plain(line.text);
        let first: String = words.trim_start_matches(|first: char| !first.is_alphanumeric()).chars().take(60).collect();
        let own = first.split('|').find_map(|cell| read_date(cell.trim(), slashes));
        own.or_else(|| read_date(&first, slashes)).map(|date| (date, line))
    })
}

/// The status that the latest entry with one gives.
pub(super) fn last_status(text: &str, sections: &[Section<'_>]) -> Option<StatedStatus> {
    static CHANGED: LazyLock<Regex> =
        LazyLock::new(|| regex(r#"(?i)\bstatus\b[^.;|]{0,30}?\bto\W+(\w+)|\b(?:moved|changed|set) to\W+(\w+)"#));
    let mut last: Option<(String, StatedStatus)> = None;
    for (date, line) in entries(sections, Slashes::Unknown) {
        let words = plain(&text[line.range()]).to_lowercase();
        let changed = CHANGED.captures(&words).and_then(|found| Some(found.get(1).or(found.get(2))?.as_str()));
        // A cell, or what stands behind the date, that is nothing but a status.
        let parts = words.split(['|', ':', '–', '—', ',', '(', '.']).chain(words.split(" - "));
        let alone = parts.map(|part| part.trim_matches(|character: char| !character.is_alphabetic()));
        let status = changed.and_then(normal).or_else(|| alone.filter_map(normal).next());
        let Some(status) = status else { continue };
        if last.as_ref().is_none_or(|(known, _)| *known <= date) {
            let (status, raw, range) = (status.to_owned(), status.to_owned(), Some(line.range()));
            last = Some((date, StatedStatus { status, raw, place: StatusPlace::History, range }));
        }
    }
    last.map(|(_, stated)| stated)
}

/// The date of the record: that of the last entry that says that it was accepted, else of the first, when it was begun.
pub(super) fn date(sections: &[Section<'_>], slashes: Slashes) -> Option<String> {
    let accepted = entries(sections, slashes).filter(|(_, line)| {
        let words = plain(line.text).to_lowercase();
        let mut words = words.split(|one: char| !one.is_alphanumeric()).filter(|word| !word.is_empty());
        let word = words.find(|word| word.starts_with(char::is_alphabetic));
        word.is_some_and(|word| normal(word) == Some("accepted"))
    });
    accepted.map(|(date, _)| date).max().or_else(|| entries(sections, slashes).map(|(date, _)| date).min())
}
