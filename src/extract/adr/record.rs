//! One file of a log -> what it states: title, status, date, relations. Its text is left as it is.

use std::ops::Range;

use super::find_date::find_date;
use super::find_relations::find_relations;
use super::find_status::{StatedStatus, StatusPlace, find_statuses, is_status_heading};
use super::given::Given;
use super::listed;
use super::name::{RecordName, read_title, without_label};
use super::outline::{Line, Section, outline, plain};
use super::relation::{StatedRelation, read_sentences};
use super::statement::{Statement, find, is_statement, read_statements};
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
    record.date = find_date(text, &sections, &statements, &given, slashes).or_else(|| name.date.clone());
    record.deciders = listed::deciders(text, &sections, &statements, &given);
    record.tags = listed::tags(text, &statements, &given);
    record.relations = find_relations(text, front_matter, &sections, &statements, &given);
    record.paragraph = first_paragraph(text, &sections);
    if record.statuses.is_empty()
        && let Some(stated) = record.relations.iter().find(|stated| stated.is_end())
    {
        // "This RFC has been superseded by …", where nothing else states a status.
        let (status, place) = ("superseded".to_owned(), StatusPlace::Banner);
        record.statuses.push(StatedStatus { raw: status.clone(), status, place, range: stated.text_range() });
    }
    record
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
    let first = sections.iter().skip(1).find(|section| section.level == 1).filter(proper);
    let named = || {
        let stated = find(statements, &["title", "name"]).map(|found| plain(&text[found.value.clone()]));
        let lines = find(&given.lines, &["title"]).map(|found| text[found.value.clone()].to_owned());
        // One word is the name of a feature, not a title.
        given
            .text(&["title"])
            .or(lines)
            .map(|title| plain(&title))
            .or(stated.filter(|title| title.trim().contains(' ')))
    };
    let (mut heading, mut written) = (first, first.map(|section| plain(section.title)).or_else(named));
    if written.is_none() {
        // Where nothing else is, a heading of a lower level with which the file begins is the title, if it says so.
        let begins = sections[0].lines.iter().all(Line::is_blank);
        let says_so = |section: &&Section<'_>| {
            let words = plain(section.title);
            name.words.is_empty() || read_title(&words, name.number).0 != words
        };
        heading = sections.get(1).filter(|section| begins && section.level == 2).filter(proper).filter(says_so);
        written = heading.map(|section| plain(section.title));
    }
    if let Some(section) = heading {
        record.heading = Some(section.heading.clone());
        section.title.clone_into(&mut record.heading_words);
        let others = sections.iter().filter(|other| other.level == section.level && other.heading != section.heading);
        record.has_chapters =
            others.filter(|other| plain(other.title).starts_with(|first: char| first.is_ascii_digit())).count() > 1;
    }
    let written = written.unwrap_or_default();
    let (title, number) = read_title(written.trim(), name.number);
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
        true => written.trim().to_owned(),
    };
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
