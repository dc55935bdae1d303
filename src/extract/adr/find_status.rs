//! Where a record states its status: in a section, in its head, in its data, in its history.

use std::ops::Range;

use super::given::{Given, words};
use super::history;
use super::outline::{Section, plain};
use super::record::folded;
use super::statement::{Statement, find, read_statements};
use super::status::{is_superseded, is_usual, read_section, read_status};
use super::status_words::normal;

/// A status and where it is stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StatedStatus {
    /// In its normal form.
    pub(super) status: String,
    /// As it is written.
    pub(super) raw: String,
    pub(super) place: StatusPlace,
    /// Where it stands in the text; `None` for the file beside the record.
    pub(super) range: Option<Range<usize>>,
}

/// What states a status; the stronger ones come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StatusPlace {
    Section,
    Head,
    Data,
    History,
    Banner,
}

pub(super) const STATUS_NAMES: [&str; 14] = [
    "status",
    "decision status",
    "adr status",
    "rfc status",
    "current status",
    "proposal status",
    "stato",
    "statut",
    "estado",
    "статус",
    "状態",
    "状态",
    "ステータス",
    "상태",
];

/// In data other words cannot be about anything else.
const GIVEN_STATUS_NAMES: [&str; 4] = ["status", "state", "stage", "adr status"];

pub(super) fn is_status_heading(section: &Section<'_>) -> bool {
    // "Status (table)"
    let title = section.title.split_once(" (").map_or(section.title, |(title, _)| title);
    let title = folded(title);
    STATUS_NAMES.contains(&title.as_str()) || matches!(title.as_str(), "status and date" | "state")
}

/// The sections that state the record's status: those of that name that are no part of something else.
pub(super) fn status_sections<'s, 'a>(sections: &'s [Section<'a>]) -> impl Iterator<Item = &'s Section<'a>> {
    let highest = sections.iter().skip(1).map(|section| section.level).min().unwrap_or(1);
    sections.iter().filter(move |section| is_status_heading(section) && section.level <= highest + 1)
}

/// Every status that the record states, the one that counts first: a section's before the head's before the data's before
/// the last of its history. A word that is no usual status only counts where no other place states one, because a
/// section of that name can be about something else.
pub(super) fn find_statuses(
    text: &str,
    sections: &[Section<'_>],
    statements: &[Statement],
    given: &Given<'_>,
) -> Vec<StatedStatus> {
    let stated = |range: Range<usize>, place| {
        let raw = text[range.clone()].to_owned();
        read_status(&raw).map(|status| StatedStatus { status, raw, place, range: Some(range) })
    };
    let in_sections = status_sections(sections).filter_map(|section| {
        let own = read_statements(text, &section.lines);
        let named = find(&own, &STATUS_NAMES).and_then(|found| stated(found.value.clone(), StatusPlace::Section));
        named.or_else(|| {
            let (status, line) = read_section(&section.lines)?;
            let raw = line.text.to_owned();
            Some(StatedStatus { status, raw, place: StatusPlace::Section, range: Some(line.range()) })
        })
    });
    // "## Status: Accepted"
    let in_headings = sections.iter().filter_map(|section| {
        let (name, value) = section.title.split_once(':')?;
        let is_named = STATUS_NAMES.contains(&folded(name).as_str());
        let status = is_named.then(|| read_status(value)).flatten()?;
        let range = Some(section.heading.clone());
        Some(StatedStatus { status, raw: value.trim().to_owned(), place: StatusPlace::Section, range })
    });
    let values = STATUS_NAMES.iter().filter_map(|name| find(statements, &[name]));
    let in_head = values.filter_map(|found| stated(found.value.clone(), StatusPlace::Head));
    // "Stage: 3 (finished)"
    let in_stage = find(statements, &["stage"]).and_then(|found| {
        let raw = text[found.value.clone()].to_owned();
        let inside = raw.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inside, _)| inside);
        let status =
            read_status(inside.unwrap_or(&raw)).filter(|status| !status.contains(|one: char| one.is_ascii_digit()))?;
        Some(StatedStatus { status, raw, place: StatusPlace::Head, range: Some(found.value.clone()) })
    });
    let in_data = GIVEN_STATUS_NAMES.iter().filter_map(|name| {
        let value = given.find(&[name])?;
        let raw = words(value)?;
        let status = read_status(&raw)?;
        let own = given.aside().all(|(_, aside)| aside.span != value.span);
        let range = own.then(|| value.span.range()).filter(|range| text.get(range.clone()).is_some());
        Some(StatedStatus { status, raw, place: StatusPlace::Data, range })
    });
    let in_lines = GIVEN_STATUS_NAMES.iter().filter_map(|name| find(&given.lines, &[name]));
    let in_lines = in_lines.filter_map(|found| stated(found.value.clone(), StatusPlace::Data));
    let in_history = history::last_status(text, sections);
    let lines = sections.iter().take(2).flat_map(|section| &section.lines);
    let in_banner = lines.filter(|line| {
        let line = plain(line.text).to_lowercase();
        let line = line.trim_start_matches(|character: char| !character.is_alphanumeric());
        line.starts_with("super") && line.contains(" by ") && is_superseded(line)
    });
    let in_banner = in_banner.map(|line| StatedStatus {
        status: "superseded".to_owned(),
        raw: line.text.to_owned(),
        place: StatusPlace::Banner,
        range: Some(line.range()),
    });
    let written: Vec<StatedStatus> = in_sections.chain(in_headings).collect();
    let usual = |stated: &StatedStatus| is_usual(&stated.status);
    let others: Vec<StatedStatus> = in_head.chain(in_data).chain(in_lines).chain(in_stage).chain(in_history).collect();
    let (first, last): (Vec<_>, Vec<_>) = written.into_iter().partition(usual);
    first.into_iter().chain(others).chain(last).chain(in_banner).collect()
}

/// The first status that contradicts the one that counts: in another place, and both of them common words.
pub(super) fn contradiction(stated: &[StatedStatus]) -> Option<&StatedStatus> {
    let (first, others) = stated.split_first()?;
    let plain = |stated: &StatedStatus| normal(&stated.status).is_some() || stated.status == "draft";
    let tells = |other: &&StatedStatus| {
        matches!(other.place, StatusPlace::Section | StatusPlace::Head | StatusPlace::Data) && plain(other)
    };
    others.iter().filter(tells).find(|other| plain(first) && other.place != first.place && other.status != first.status)
}
