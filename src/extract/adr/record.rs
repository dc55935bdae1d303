//! One file of a log -> what it states: title, status, date, relations. Its text is left as it is.

use std::collections::BTreeSet;
use std::ops::Range;

use super::find_date::find_date;
use super::find_relations::find_relations;
use super::find_status::{StatedStatus, StatusPlace, find_statuses, is_status_heading};
use super::given::Given;
use super::listed;
use super::name::{RecordName, date_behind, is_numbered, read_title, without_label};
use super::outline::{Line, Section, outline, plain};
use super::relation::{RecordTarget, StatedRelation, read_sentences};
use super::statement::{Statement, find, is_statement, read_statements};
use super::status::is_choice;
use crate::data::Value;
use crate::extract::date::Slashes;
use crate::extract::front_matter::FrontMatter;
use crate::extract::wording::title_of_words;

/// What a record states about itself.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) title: String,
    /// Where the title stands as a heading.
    pub(super) heading: Option<Range<usize>>,
    /// That heading as it is written, with its number.
    pub(super) heading_words: String,
    /// In the heading.
    pub(super) number: Option<u32>,
    /// Whether the headings beside it are numbered, so that its number is a chapter's.
    pub(super) has_chapters: bool,
    /// In the data.
    pub(super) given_number: Option<u32>,
    /// The one that counts first.
    pub(super) statuses: Vec<StatedStatus>,
    /// ISO 8601, as far as stated.
    pub(super) date: Option<String>,
    pub(super) deciders: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) relations: Vec<StatedRelation>,
    /// Where a summary may be taken from: the first paragraph that is no statement.
    pub(super) paragraph: Option<Range<usize>>,
}

/// Reads the record in `text`, whose file's name says `name`; `aside` is what a data file beside it states.
pub(super) fn read_record(
    text: &str,
    front_matter: &FrontMatter,
    aside: Option<&Value>,
    name: &RecordName,
    slashes: Slashes,
) -> Record {
    let sections = outline(text, front_matter.end);
    let statements = read_statements(text, &head(&sections));
    let given = Given::new(text, front_matter, aside);
    let mut record = Record::default();
    read_heading(&sections, &statements, &given, name, text, &mut record);
    record.statuses = find_statuses(text, &sections, &statements, &given);
    record.date = find_date(text, &sections, &statements, &given, slashes)
        .or_else(|| name.date.clone())
        .or_else(|| date_behind(&name.words));
    record.deciders = listed::deciders(text, &sections, &statements, &given);
    record.tags = listed::tags(text, &statements, &given);
    record.relations = find_relations(text, front_matter, &sections, &statements, &given);
    let status = given.find(&["status"]).and_then(Value::as_str);
    if status.is_some_and(is_choice) {
        // A template that nobody has filled in says nothing about other records, either.
        let is_given = |stated: &StatedRelation| {
            stated.text_range().is_some_and(|range| front_matter.lines.contains(&range.start))
        };
        record.relations.retain(|stated| !is_given(stated));
    }
    record.paragraph = first_paragraph(text, &sections);
    if record.statuses.is_empty()
        && let Some(stated) = record.relations.iter().find(|stated| stated.is_end() && is_told(stated, front_matter))
    {
        // "This RFC has been superseded by …", where nothing else states a status.
        let (status, place) = ("superseded".to_owned(), StatusPlace::Banner);
        record.statuses.push(StatedStatus { raw: status.clone(), status, place, range: stated.text_range() });
    }
    record
}

/// Whether a relation is sure enough to be the record's status: a form's front matter names a record that nobody has, `our-past-effort.md`.
fn is_told(stated: &StatedRelation, front_matter: &FrontMatter) -> bool {
    let is_given = stated.text_range().is_some_and(|range| front_matter.lines.contains(&range.start));
    let is_counted = match &stated.target {
        RecordTarget::Name { .. } => true,
        RecordTarget::Path(target) | RecordTarget::Address(target) => {
            target.rsplit('/').next().is_some_and(|name| is_numbered(name.split('.').next().unwrap_or(name)))
        }
    };
    !is_given || is_counted
}

/// The lines in which a record states its facts: those before its first heading, those between its title and the next
/// one, and those below "Meta".
fn head<'a>(sections: &[Section<'a>]) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = sections[0].lines.clone();
    let meta = |section: &Section<'_>| is_meta(&folded(section.title));
    let (title, others) = (sections.get(1), sections.iter().skip(2).filter(|section| meta(section)));
    lines.extend(title.into_iter().chain(others).flat_map(|section| section.lines.iter().copied()));
    lines
}

/// Whether a section of that title says what a record is, rather than what it decides.
fn is_meta(title: &str) -> bool {
    matches!(
        title,
        "meta"
            | "metadata"
            | "meta data"
            | "decision log"
            | "information"
            | "info"
            | "adr information"
            | "document information"
            | "details"
            | "properties"
            | "header"
    )
}

/// Whether `heading` names a part that records have in common, and so is nobody's title.
pub(super) fn is_part(heading: &str) -> bool {
    const PARTS: [&str; 30] = [
        "status",
        "context",
        "decision",
        "consequences",
        "summary",
        "meta",
        "metadata",
        "motivation",
        "abstract",
        "introduction",
        "overview",
        "background",
        "problem",
        "problem statement",
        "context and problem statement",
        "proposal",
        "rationale",
        "toc",
        "table of contents",
        "contents",
        "superseded",
        "date",
        "goals",
        "deciders",
        "tldr",
        "considered options",
        "release signoff checklist",
        "current status",
        "decision outcome",
        "draft",
    ];
    PARTS.contains(&folded(heading).as_str())
}

/// A heading in lower case, without what is no letter at its ends: "1. Context:" is `context`.
pub(super) fn folded(heading: &str) -> String {
    let plain = plain(heading).to_lowercase();
    plain.trim_matches(|character: char| !character.is_alphabetic()).to_owned()
}

fn read_heading(
    sections: &[Section<'_>],
    statements: &[Statement],
    given: &Given<'_>,
    name: &RecordName,
    text: &str,
    record: &mut Record,
) {
    let proper = |section: &&Section<'_>| !is_part(section.title) && !plain(section.title).is_empty();
    // A heading of the first level below "## Summary" is a chapter's.
    let chapters = sections.iter().skip(1).take_while(|section| section.level == 1 || !is_part(section.title));
    let first = chapters.into_iter().find(|section| section.level == 1).filter(proper);
    let of_first_level = sections.iter().filter(|section| section.level == 1).count();
    // Where the data gives a title, several headings of the first level are chapters.
    let first = first.filter(|_| of_first_level < 3 || given.text(&["title"]).is_none());
    let named = || {
        const NAMES: [&str; 6] = ["title", "feature name", "feature", "proposal name", "rfc name", "name"];
        let of_lines =
            |from: &[Statement], names: &[&str]| find(from, names).map(|found| plain(&text[found.value.clone()]));
        // One word is the name of a feature, not a title.
        let says_more = |title: &String| title.trim().contains(' ');
        let is_title = given.text(&["title"]).map(|title| plain(&title)).or_else(|| of_lines(&given.lines, &["title"]));
        is_title
            .or_else(|| given.text(&NAMES).map(|name| plain(&name)).filter(says_more))
            .or_else(|| of_lines(&given.lines, &NAMES).filter(says_more))
            .or_else(|| of_lines(statements, &NAMES).filter(says_more))
    };
    let asked = first.and_then(line_asked_for);
    let is_asked = asked.is_some();
    let (mut heading, mut written) =
        (first, asked.clone().or_else(|| first.map(|section| plain(section.title))).or_else(named));
    if written.is_none() {
        // Where nothing else is, a heading of a lower level with which the file begins is the title, if it says so.
        let begins = sections[0].lines.iter().all(Line::is_blank);
        let is_alone = of_first_level == 0;
        let says_so = |section: &&Section<'_>| {
            let words = plain(section.title);
            name.words.is_empty()
                || read_title(&words, name.number).0 != words
                || is_alone && (shared_words(&words, &name.words) > 1 || words.split_whitespace().count() > 2)
        };
        heading = sections.get(1).filter(|section| begins && section.level == 2).filter(proper).filter(says_so);
        written = heading.map(|section| plain(section.title));
    }
    if let Some(section) = heading {
        record.heading = Some(section.heading.clone());
        record.heading_words = asked.unwrap_or_else(|| section.title.to_owned());
        let others = sections.iter().filter(|other| other.level == section.level && other.heading != section.heading);
        record.has_chapters =
            others.filter(|other| plain(other.title).starts_with(|first: char| first.is_ascii_digit())).count() > 1;
    }
    let written = written.unwrap_or_default();
    let (title, number) = read_title(written.trim(), name.number);
    // "# Title [ADR-2]"
    let bracketed = || read_title(heading?.title.split_once('[')?.1.trim_end_matches(']'), None).1;
    let number = number.or_else(|| is_asked.then(bracketed).flatten());
    let given_number = || {
        let names = ["number", "adr", "rfc", "rfd", "kep number", "jep", "pep", "eip", "id"];
        let lines = find(&given.lines, &names).map(|found| text[found.value.clone()].to_owned());
        given.text(&names).or(lines).and_then(|value| number_of(&value))
    };
    record.number = number;
    record.given_number = given_number();
    record.title = match title.is_empty() {
        false => title,
        true if name.is_numbered() && !name.words.is_empty() => title_of_words(&name.words),
        true if !name.words.is_empty() => title_of_words(without_label(&name.words)),
        // "NIP-01", and its title below.
        true => {
            let below =
                heading.and_then(|own| sections.iter().find(|section| section.heading.start >= own.heading.end));
            let below = below.filter(proper).map(|section| plain(section.title));
            below.unwrap_or_else(|| written.trim().to_owned())
        }
    };
}

/// How many words `heading` and the name of a file have in common.
fn shared_words(heading: &str, name: &str) -> usize {
    let words = |text: &str| -> BTreeSet<String> {
        let words = text.split(|one: char| !one.is_alphanumeric()).filter(|word| word.len() > 3);
        words.map(str::to_lowercase).collect()
    };
    words(heading).intersection(&words(name)).count()
}

/// The title that stands below a heading that asks for it: "# Name", "# Title \[ADR-2]".
fn line_asked_for(section: &Section<'_>) -> Option<String> {
    let asks = folded(section.title.split('[').next().unwrap_or_default());
    if !matches!(asks.as_str(), "name" | "title" | "feature name" | "rfc name" | "rfc title" | "adr title") {
        return None;
    }
    let mut said = section.lines.iter().skip_while(|line| line.is_blank());
    let line = said.next().filter(|line| !line.text.starts_with(['-', '*', '+', '|', '>', '<', '!']))?;
    let is_alone = said.next().is_none_or(Line::is_blank) && !is_statement(line.text);
    (is_alone && line.text.split_whitespace().count() <= 20).then(|| plain(line.text))
}

/// The number of `7`, `0007` and `ADR-0007`.
fn number_of(value: &str) -> Option<u32> {
    let digits = value.trim().trim_start_matches(|character: char| !character.is_ascii_digit());
    (value.len() < 16 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok()).flatten()
}

/// The first paragraph of prose: no statement, list, table, quote or image, and not how it stands to other records.
fn first_paragraph(text: &str, sections: &[Section<'_>]) -> Option<Range<usize>> {
    let told = sections.iter().filter(|section| !is_status_heading(section) && folded(section.title) != "date");
    told.flat_map(|section| section.lines.split(Line::is_blank)).find_map(|paragraph| {
        let (first, last) = (paragraph.first()?, paragraph.last()?);
        let marked = first.text.trim_start().starts_with(['-', '*', '+', '|', '>', '!', '<', '[', '#', ':']);
        let words = first.text.split_whitespace().count();
        let stated = paragraph.iter().all(|line| is_statement(line.text));
        let range = first.start..last.range().end;
        let relates = || paragraph.len() == 1 && !read_sentences(text, range.clone(), true).is_empty();
        (!marked && words > 1 && !stated && !relates()).then_some(range)
    })
}
