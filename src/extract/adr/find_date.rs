//! Where a record states its date.

use std::sync::LazyLock;

use regex::Regex;

use super::find_status::{STATUS_NAMES, status_sections};
use super::given::Given;
use super::history;
use super::outline::{Line, Section};
use super::record::folded;
use super::statement::{Statement, find, read_statements};
use super::status::{is_usual, last_stage, read_status};
use crate::extract::date::{Slashes, read_date};
use crate::extract::wording::regex;

const DATE_NAMES: [&str; 32] = [
    "date",
    "decision date",
    "date decided",
    "decided on",
    "decided",
    "accepted",
    "approved",
    "created",
    "creation date",
    "created on",
    "date created",
    "start date",
    "proposed",
    "published",
    "first published",
    "revdate",
    "last updated",
    "data",
    "datum",
    "fecha",
    "дата",
    "日付",
    "日期",
    "날짜",
    "決定日",
    "作成日",
    "opened",
    "assigned",
    "introduced",
    "established",
    "proposal date",
    "date proposed",
];

/// A line that is nothing but a date and what was done on it.
static DATED_LINE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\W*(?:accepted|created|decided|drafted|proposed|published|written)\s+(?:on\s+|at\s+)?([\w,./ -]{6,24}?)\W*$",
    )
});

/// A line that is nothing but a date: "August 2022", "2022-08-01".
static ONLY_DATE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\W*(?:\d{4}-\d{2}-\d{2}|(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+\d{1,2}(?:st|nd|rd|th)?,?)?\s+\d{4})\W*$",
    )
});

/// The date of the record, as ISO 8601 and as far as it says.
pub(super) fn find_date(
    text: &str,
    sections: &[Section<'_>],
    statements: &[Statement],
    given: &Given<'_>,
    slashes: Slashes,
) -> Option<String> {
    let in_head = |names: &[&str]| {
        let values = names.iter().filter_map(|name| find(statements, &[name]));
        values.filter_map(|found| read_date(&text[found.value.clone()], slashes)).next()
    };
    let in_data = || {
        let values = DATE_NAMES.iter().filter_map(|name| given.text(&[name]));
        let lines = DATE_NAMES.iter().filter_map(|name| find(&given.lines, &[name]));
        let lines = lines.map(|found| text[found.value.clone()].to_owned());
        values.chain(lines).filter_map(|value| read_date(&value, slashes)).next()
    };
    let first_line = |section: &Section<'_>| {
        section.lines.iter().find(|line| !line.is_blank()).and_then(|line| read_date(line.text, slashes))
    };
    // "Accepted 2024-03-01", but not the days between which something is discussed.
    let decided = |value: &str| {
        let value = last_stage(value);
        // "Invalidated on 2021-08-04" is a decision, too.
        let is_dated =
            |status: &String| !status.contains(' ') && value.to_lowercase().contains(&format!("{status} on "));
        let status = read_status(value).filter(|status| is_usual(status) || is_dated(status));
        // "Accepted (2024-03, in the first release)"
        let month = || read_date(value.split_once('(')?.1, slashes);
        status.and_then(|_| read_date(value, slashes).or_else(month))
    };
    let with_status = |section: &Section<'_>| {
        let first = section.lines.iter().find(|line| !line.is_blank()).and_then(|line| decided(line.text));
        let stated = || {
            let own = read_statements(text, &section.lines);
            let values = DATE_NAMES.iter().filter_map(|name| find(&own, &[name]));
            values.filter_map(|found| read_date(&text[found.value.clone()], slashes)).next()
        };
        first.or_else(stated)
    };
    let beside_status = || find(statements, &STATUS_NAMES).and_then(|found| decided(&text[found.value.clone()]));
    let further_down = || {
        let lines: Vec<Line<'_>> = sections.iter().take(4).flat_map(|section| section.lines.iter().copied()).collect();
        find(&read_statements(text, &lines), &["date"]).and_then(|found| read_date(&text[found.value.clone()], slashes))
    };
    // "#### Date: 2024-03-01"
    let in_headings = || {
        let stated = sections.iter().filter_map(|section| section.title.split_once([':', '：']));
        let values = stated.filter(|(name, _)| DATE_NAMES.contains(&folded(name).as_str()));
        values.filter_map(|(_, value)| read_date(value, slashes)).next()
    };
    // "Created on 08.03.23"
    let in_words = || {
        let lines = sections.iter().take(2).flat_map(|section| &section.lines);
        let dated = lines.filter_map(|line| DATED_LINE.captures(line.text));
        let said = dated.filter_map(|found| read_date(found.get(1)?.as_str(), slashes)).next();
        said.or_else(|| {
            let lines = sections.iter().take(2).flat_map(|section| &section.lines);
            lines.filter(|line| ONLY_DATE.is_match(line.text)).find_map(|line| read_date(line.text, slashes))
        })
    };
    let dated = |section: &&Section<'_>| DATE_NAMES.contains(&folded(section.title).as_str());
    in_head(&DATE_NAMES)
        .or_else(in_data)
        .or_else(|| sections.iter().filter(dated).find_map(first_line))
        .or_else(|| status_sections(sections).find_map(with_status))
        .or_else(beside_status)
        .or_else(in_headings)
        .or_else(further_down)
        .or_else(in_words)
        .or_else(|| history::date(sections, slashes))
}
