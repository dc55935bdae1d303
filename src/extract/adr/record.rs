//! One file of a log -> what it states: title, status, date, relations. Its text is left as it is.

use std::ops::Range;

use super::name::{RecordName, read_title};
use super::outline::{Line, Section, outline, plain};
use super::relation::{RecordTarget, StatedRelation, read_sentences, read_value, relation_of_name};
use super::statement::{Statement, find, is_statement, read_statements};
use super::status::{is_superseded, read_section, read_status};
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

const STATUS_NAMES: [&str; 8] =
    ["status", "decision status", "adr status", "rfc status", "current status", "proposal status", "state", "stage"];

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
    record.paragraph = first_paragraph(&sections);
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
/// one, and, where front matter is broken as data, its lines.
fn head<'a>(text: &'a str, front_matter: &FrontMatter, sections: &[Section<'a>]) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    if !front_matter.diagnostics.is_empty() {
        let broken = outline(&text[..front_matter.lines.end], front_matter.lines.start);
        lines.extend(broken.into_iter().flat_map(|section| section.lines));
    }
    lines.extend(sections[0].lines.iter().copied());
    let title = sections.get(1);
    lines.extend(title.into_iter().flat_map(|section| section.lines.iter().copied()));
    lines
}

/// Whether `heading` names a part that records have in common, and so is nobody's title.
pub(super) fn is_part(heading: &str) -> bool {
    const PARTS: [&str; 26] = [
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
    let first = sections.iter().skip(1).find(|section| section.level == 1).filter(|section| !is_part(section.title));
    // A first heading of a lower level is the title where there is none of the first.
    let first = first.or_else(|| sections.get(1).filter(|section| section.level == 2 && !is_part(section.title)));
    let named = || {
        let stated =
            find(statements, &["title", "name", "feature name"]).map(|found| plain(&text[found.value.clone()]));
        // One word in snake case is the name of a feature, not a title.
        given.text(&["title"]).or(stated.filter(|title| title.trim().contains(' ')))
    };
    let written = first.map(|section| plain(section.title)).filter(|title| !title.is_empty());
    if let Some(section) = first.filter(|_| written.is_some()) {
        record.heading = Some(section.heading.clone());
        section.title.clone_into(&mut record.heading_words);
    }
    let written = written.or_else(named).unwrap_or_default();
    let (title, number) = read_title(written.trim(), name.number);
    record.number = number;
    record.title = match title.is_empty() {
        false => title,
        true if !name.words.is_empty() => title_of_words(&name.words),
        true => written.trim().to_owned(),
    };
}

fn is_status_heading(section: &Section<'_>) -> bool {
    matches!(folded(section.title).as_str(), "status" | "decision status" | "current status" | "adr status" | "state")
}

fn find_status(text: &str, sections: &[Section<'_>], statements: &[Statement], given: &Given<'_>) -> Option<String> {
    let in_section = || {
        sections.iter().filter(|section| is_status_heading(section)).find_map(|section| {
            let own = read_statements(text, &section.lines);
            let stated = find(&own, &STATUS_NAMES).and_then(|found| read_status(&text[found.value.clone()]));
            stated.or_else(|| read_section(&section.lines).map(|(status, _)| status))
        })
    };
    // "## Status: Accepted"
    let in_heading = || {
        sections.iter().find_map(|section| {
            let (name, value) = section.title.split_once(':')?;
            (folded(name) == "status").then(|| read_status(value)).flatten()
        })
    };
    let in_head = || {
        let values = STATUS_NAMES.iter().filter_map(|name| find(statements, &[name]));
        values.filter_map(|found| read_status(&text[found.value.clone()])).next()
    };
    let in_data = || given.text(&STATUS_NAMES).and_then(|status| read_status(&status));
    let in_banner = || {
        let lines = sections.iter().take(2).flat_map(|section| &section.lines);
        let banner = lines.map(|line| plain(line.text).to_lowercase()).find(|line| {
            let line = line.trim_start_matches(|character: char| !character.is_alphanumeric());
            line.starts_with("supers") && line.contains(" by ") && is_superseded(line)
        });
        banner.map(|_| "superseded".to_owned())
    };
    in_section().or_else(in_heading).or_else(in_head).or_else(in_data).or_else(in_banner)
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
    let of_section =
        |wanted: fn(&Section<'_>) -> bool| sections.iter().filter(|section| wanted(section)).find_map(first_line);
    in_head(&DATE_NAMES)
        .or_else(in_data)
        .or_else(|| of_section(|section| matches!(folded(section.title).as_str(), "date" | "decision date")))
        .or_else(|| of_section(is_status_heading))
        .or_else(|| in_head(&STATUS_NAMES))
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
    let mut known = Vec::new();
    relations.retain(|stated| {
        let key = (stated.relation, stated.flipped, target_key(&stated.target));
        let new = !known.contains(&key);
        known.push(key);
        new
    });
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

/// The first paragraph of prose: no statement, list, table, quote or image.
fn first_paragraph(sections: &[Section<'_>]) -> Option<Range<usize>> {
    let told = sections.iter().filter(|section| !is_status_heading(section) && folded(section.title) != "date");
    told.flat_map(|section| section.lines.split(Line::is_blank)).find_map(|paragraph| {
        let (first, last) = (paragraph.first()?, paragraph.last()?);
        let marked = first.text.trim_start().starts_with(['-', '*', '+', '|', '>', '!', '<', '[', '#', ':']);
        let words = first.text.split_whitespace().count();
        let stated = paragraph.iter().all(|line| is_statement(line.text));
        (!marked && words > 1 && !stated).then(|| first.start..last.range().end)
    })
}
