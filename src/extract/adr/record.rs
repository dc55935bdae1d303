//! One file of a log -> what it states: title, status, date, relations. Its text is left as it is.

use std::collections::BTreeSet;
use std::ops::Range;

use super::name::{RecordName, read_title, without_label};
use super::outline::{Line, Section, outline, plain};
use super::relation::{RecordTarget, StatedRelation, read_sentences, read_value, relation_of_name};
use super::statement::{Statement, find, is_statement, read_statements};
use super::status::{is_superseded, is_usual, read_section, read_status};
use crate::data::{Data, Value};
use crate::extract::date::{Slashes, read_date};
use crate::extract::front_matter::FrontMatter;
use crate::extract::wording::title_of_words;
use crate::source::SourceFile;

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
    pub(super) status: Option<String>,
    /// ISO 8601, as far as stated.
    pub(super) date: Option<String>,
    pub(super) relations: Vec<StatedRelation>,
    /// Where a summary may be taken from: the first paragraph that is no statement.
    pub(super) paragraph: Option<Range<usize>>,
}

const STATUS_NAMES: [&str; 6] =
    ["status", "decision status", "adr status", "rfc status", "current status", "proposal status"];

/// In front matter other words cannot be about anything else.
const GIVEN_STATUS_NAMES: [&str; 4] = ["status", "state", "stage", "adr status"];

const DATE_NAMES: [&str; 14] = [
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
];

/// Reads the record in `file`, whose name says `name`; `aside` is what a data file beside it states.
pub(super) fn read_record(
    file: &SourceFile,
    front_matter: &FrontMatter,
    aside: Option<&Value>,
    name: &RecordName,
    slashes: Slashes,
) -> Record {
    let text = file.text();
    let sections = outline(text, front_matter.end);
    let statements = read_statements(text, &head(text, front_matter, &sections));
    let given = Given { front_matter: front_matter.values.as_ref(), aside };
    let mut record = Record::default();
    read_heading(&sections, &statements, &given, name, text, &mut record);
    record.status = find_status(text, &sections, &statements, &given);
    record.date = find_date(text, &sections, &statements, &given, slashes).or_else(|| name.date.clone());
    record.relations = find_relations(text, front_matter, &sections, &statements, &given);
    record.paragraph = first_paragraph(text, &sections);
    record
}

/// What is given as data.
struct Given<'a> {
    front_matter: Option<&'a Value>,
    aside: Option<&'a Value>,
}

impl Given<'_> {
    fn entries(&self) -> impl Iterator<Item = (String, &Value)> {
        let values = self.front_matter.into_iter().chain(self.aside);
        values.flat_map(Value::entries).map(|entry| (entry.key.to_lowercase().replace(['-', '_'], " "), &entry.value))
    }

    fn text(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.entries().find(|(key, _)| key == name).and_then(|(_, value)| value.to_text()))
    }
}

/// The lines in which a record states its facts: those before its first heading, those between its title and the next
/// one, those below "Meta", and, where front matter is broken as data, its lines.
fn head<'a>(text: &'a str, front_matter: &FrontMatter, sections: &[Section<'a>]) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    if !front_matter.diagnostics.is_empty() {
        let broken = outline(&text[..front_matter.lines.end], front_matter.lines.start);
        lines.extend(broken.into_iter().flat_map(|section| section.lines));
    }
    lines.extend(sections[0].lines.iter().copied());
    let meta = |section: &Section<'_>| matches!(folded(section.title).as_str(), "meta" | "metadata");
    let (title, others) = (sections.get(1), sections.iter().skip(2).filter(|section| meta(section)));
    lines.extend(title.into_iter().chain(others).flat_map(|section| section.lines.iter().copied()));
    lines
}

/// Whether `heading` names a part that records have in common, and so is nobody's title.
pub(super) fn is_part(heading: &str) -> bool {
    const PARTS: [&str; 29] = [
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
        // One word is the name of a feature, not a title.
        given.text(&["title"]).or(stated.filter(|title| title.trim().contains(' ')))
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
    }
    let written = written.unwrap_or_default();
    let (title, number) = read_title(written.trim(), name.number);
    record.number = number;
    record.title = match title.is_empty() {
        false => title,
        true if name.is_numbered() && !name.words.is_empty() => title_of_words(&name.words),
        true if !name.words.is_empty() => title_of_words(without_label(&name.words)),
        true => written.trim().to_owned(),
    };
}

fn is_status_heading(section: &Section<'_>) -> bool {
    matches!(folded(section.title).as_str(), "status" | "decision status" | "current status" | "adr status")
}

/// The sections that state the record's status: those of that name that are no part of something else.
fn status_sections<'s, 'a>(sections: &'s [Section<'a>]) -> impl Iterator<Item = &'s Section<'a>> {
    let highest = sections.iter().skip(1).map(|section| section.level).min().unwrap_or(1);
    sections.iter().filter(move |section| is_status_heading(section) && section.level <= highest + 1)
}

/// The status: a section's before the head's before the data's. A word that is no usual status is only one where no
/// other place states one, because a section of that name can be about something else.
fn find_status(text: &str, sections: &[Section<'_>], statements: &[Statement], given: &Given<'_>) -> Option<String> {
    let in_sections = status_sections(sections).filter_map(|section| {
        let own = read_statements(text, &section.lines);
        let stated = find(&own, &STATUS_NAMES).and_then(|found| read_status(&text[found.value.clone()]));
        stated.or_else(|| read_section(&section.lines).map(|(status, _)| status))
    });
    // "## Status: Accepted"
    let in_headings = sections.iter().filter_map(|section| {
        let (name, value) = section.title.split_once(':')?;
        (folded(name) == "status").then(|| read_status(value)).flatten()
    });
    let values = STATUS_NAMES.iter().filter_map(|name| find(statements, &[name]));
    let in_head = values.filter_map(|found| read_status(&text[found.value.clone()]));
    let in_data =
        GIVEN_STATUS_NAMES.iter().filter_map(|name| given.text(&[name])).filter_map(|status| read_status(&status));
    let lines = sections.iter().take(2).flat_map(|section| &section.lines);
    let in_banner = lines.map(|line| plain(line.text).to_lowercase()).filter(|line| {
        let line = line.trim_start_matches(|character: char| !character.is_alphanumeric());
        line.starts_with("super") && line.contains(" by ") && is_superseded(line)
    });
    let written: Vec<String> = in_sections.chain(in_headings).collect();
    let mut others = in_head.chain(in_data);
    if let Some(usual) = written.iter().find(|status| is_usual(status)) {
        return Some(usual.clone());
    }
    let banner = in_banner.map(|_| "superseded".to_owned());
    others.next().or_else(|| written.into_iter().chain(banner).next())
}

fn find_date(
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
        values.filter_map(|value| read_date(&value, slashes)).next()
    };
    let first_line = |section: &Section<'_>| {
        section.lines.iter().find(|line| !line.is_blank()).and_then(|line| read_date(line.text, slashes))
    };
    // "Accepted 2024-03-01", but not the days between which something is discussed.
    let decided =
        |value: &str| read_status(value).filter(|status| is_usual(status)).and_then(|_| read_date(value, slashes));
    let with_status =
        |section: &Section<'_>| section.lines.iter().find(|line| !line.is_blank()).and_then(|line| decided(line.text));
    let beside_status = || find(statements, &STATUS_NAMES).and_then(|found| decided(&text[found.value.clone()]));
    let further_down = || {
        let lines: Vec<Line<'_>> = sections.iter().take(4).flat_map(|section| section.lines.iter().copied()).collect();
        find(&read_statements(text, &lines), &["date"]).and_then(|found| read_date(&text[found.value.clone()], slashes))
    };
    let dated = |section: &&Section<'_>| matches!(folded(section.title).as_str(), "date" | "decision date");
    in_head(&DATE_NAMES)
        .or_else(in_data)
        .or_else(|| sections.iter().filter(dated).find_map(first_line))
        .or_else(|| status_sections(sections).find_map(with_status))
        .or_else(beside_status)
        .or_else(further_down)
}

fn find_relations(
    text: &str,
    front_matter: &FrontMatter,
    sections: &[Section<'_>],
    statements: &[Statement],
    given: &Given<'_>,
) -> Vec<StatedRelation> {
    let mut relations = Vec::new();
    for (name, value) in given.entries() {
        if let Some(meaning) = relation_of_name(&name) {
            for value in std::iter::once(value).chain(value.items()) {
                relations.extend(read_data(text, front_matter, value, meaning));
            }
        } else if STATUS_NAMES.contains(&name.as_str()) && in_front_matter(front_matter, value) {
            relations.extend(read_sentences(text, value.span.range(), false));
        }
    }
    for statement in statements {
        if let Some(meaning) = relation_of_name(&statement.name) {
            relations.extend(read_value(text, statement.value.clone(), meaning));
        } else if STATUS_NAMES.contains(&statement.name.as_str()) {
            relations.extend(read_sentences(text, statement.value.clone(), false));
        }
    }
    for section in sections {
        let stating = is_status_heading(section)
            || matches!(
                folded(section.title).as_str(),
                "links" | "related" | "related decisions" | "related adrs" | "relations"
            );
        for range in runs(text, &section.lines) {
            relations.extend(read_sentences(text, range, !stating));
        }
    }
    let mut known = BTreeSet::new();
    relations.retain(|stated| known.insert((stated.relation, stated.flipped, target_key(&stated.target))));
    relations
}

fn target_key(target: &RecordTarget) -> String {
    match target {
        RecordTarget::Path(path) => path.clone(),
        RecordTarget::Address(address) => address.clone(),
        RecordTarget::Name { name, .. } => format!("={name}"),
    }
}

/// Values of a file beside the record have no place in its text; only paths of the record's own text are followed.
fn in_front_matter(front_matter: &FrontMatter, value: &Value) -> bool {
    !front_matter.lines.is_empty() && front_matter.lines.contains(&value.span.range().start) && value.as_str().is_some()
}

fn read_data(
    text: &str,
    front_matter: &FrontMatter,
    value: &Value,
    meaning: (crate::graph::Relation, bool),
) -> Vec<StatedRelation> {
    let scalar = matches!(value.data, Data::String(_) | Data::Integer(_));
    if !scalar || !front_matter.lines.contains(&value.span.range().start) {
        return Vec::new();
    }
    read_value(text, value.span.range(), meaning)
}

/// The stretches of `lines` that stand together in the file: listings and comments between them are cut out.
fn runs(text: &str, lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for line in lines {
        let range = line.range();
        match runs.last_mut() {
            Some(last) if text[last.end..range.start].trim().is_empty() => last.end = range.end,
            _ => runs.push(range),
        }
    }
    runs
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
