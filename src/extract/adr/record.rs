//! One file of a log -> what it states: title, status, date, relations. Its text is left as it is.

use std::collections::BTreeSet;
use std::ops::Range;

use super::find_date::find_date;
use super::find_status::{STATUS_NAMES, StatedStatus, StatusPlace, find_statuses, is_status_heading};
use super::given::Given;
use super::listed;
use super::name::{RecordName, read_title, without_label};
use super::outline::{Line, Section, outline, plain};
use super::relation::{
    Listing, RecordTarget, StatedIn, StatedRelation, listing, read_entry, read_name_of_record, read_related,
    read_sentences, read_value, relation_of_name,
};
use super::statement::{Statement, find, is_statement, read_statements};
use crate::data::{Data, Value};
use crate::extract::date::Slashes;
use crate::extract::front_matter::FrontMatter;
use crate::extract::wording::title_of_words;
use crate::graph::Relation;

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
    let (title, number) = read_title(without_brackets(written.trim()), name.number);
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

/// Some fill in the brackets of a template and leave them: `[Use X]`.
fn without_brackets(title: &str) -> &str {
    let inner = title.strip_prefix('[').and_then(|title| title.strip_suffix(']'));
    inner.filter(|inner| !inner.contains(['[', ']'])).unwrap_or(title)
}

/// The number of `7`, `0007` and `ADR-0007`.
fn number_of(value: &str) -> Option<u32> {
    let digits = value.trim().trim_start_matches(|character: char| !character.is_ascii_digit());
    (value.len() < 16 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok()).flatten()
}

fn find_relations(
    text: &str,
    front_matter: &FrontMatter,
    sections: &[Section<'_>],
    statements: &[Statement],
    given: &Given<'_>,
) -> Vec<StatedRelation> {
    let mut relations = Vec::new();
    for (name, value) in given.aside() {
        let Some((relation, flipped)) = relation_of_name(&name) else { continue };
        for value in std::iter::once(value).chain(value.items()) {
            let target = value.to_text().as_deref().and_then(read_name_of_record);
            let place = StatedIn::Aside(value.span.range());
            relations.extend(target.map(|target| StatedRelation { relation, flipped, target, place, sure: false }));
        }
    }
    for (name, value) in given.entries() {
        if let Some(meaning) = relation_of_name(&name) {
            for value in std::iter::once(value).chain(value.items()) {
                relations.extend(read_data(text, front_matter, value, meaning));
            }
        } else if matches!(name.as_str(), "relations" | "relationships" | "links") {
            relations.extend(value.items().iter().flat_map(|item| read_typed(text, front_matter, item)));
        } else if STATUS_NAMES.contains(&name.as_str()) && in_front_matter(front_matter, value) {
            relations.extend(read_sentences(text, value.span.range(), false));
        }
    }
    for statement in statements.iter().chain(&given.lines) {
        if let Some(meaning) = relation_of_name(&statement.name) {
            relations.extend(read_entry(text, with_its_lines(text, &statement.value), meaning));
        } else if STATUS_NAMES.contains(&statement.name.as_str()) || statement.name.starts_with("supersession") {
            relations.extend(read_sentences(text, statement.value.clone(), false));
        } else {
            // "Phase: Extends ADR-3"
            relations.extend(read_sentences(text, statement.value.clone(), true));
        }
    }
    for section in sections {
        let stating = is_status_heading(section);
        let listing = if stating { Listing::None } else { listing(&folded(section.title)) };
        if !matches!(listing, Listing::Of(_)) {
            for range in runs(text, &section.lines) {
                relations.extend(read_sentences(text, range, !stating));
            }
        }
        relations.extend(read_related(text, &section.lines, listing));
    }
    without_repeats(relations)
}

/// Each relation once, and none that says less than another to the same record.
fn without_repeats(relations: Vec<StatedRelation>) -> Vec<StatedRelation> {
    let said: BTreeSet<(Relation, bool, String)> =
        relations.iter().map(|stated| (stated.relation, stated.flipped, target_key(&stated.target))).collect();
    let says_more = |stated: &StatedRelation| {
        let key = target_key(&stated.target);
        match stated.relation {
            Relation::RelatesTo => {
                !said.iter().any(|(relation, _, other)| *relation != Relation::RelatesTo && *other == key)
            }
            Relation::PartlySupersedes => !said.contains(&(Relation::Supersedes, stated.flipped, key)),
            _ => true,
        }
    };
    let mut known = BTreeSet::new();
    let mut relations = relations;
    relations.retain(|stated| {
        says_more(stated) && known.insert((stated.relation, stated.flipped, target_key(&stated.target)))
    });
    relations
}

/// The value of a statement with the indented lines that go on with it.
fn with_its_lines(text: &str, value: &Range<usize>) -> Range<usize> {
    let mut end = value.end;
    let rest = |end: usize| text[end..].split_once('\n');
    while let Some((before, below)) = rest(end) {
        let line = below.lines().next().unwrap_or_default();
        let words = line.trim_start();
        let goes_on =
            line.starts_with([' ', '\t']) && !words.is_empty() && !words.starts_with(['-', '*', '+', '|', '#']);
        if !before.trim_matches(['*', '_', ' ', '\r']).is_empty() || !goes_on {
            break;
        }
        end = text.len() - below.len() + line.len();
    }
    value.start..end
}

/// What an entry of `relations` in the front matter says: `type: amends`, `target: ADR-7`.
fn read_typed(text: &str, front_matter: &FrontMatter, entry: &Value) -> Vec<StatedRelation> {
    let named =
        |names: &[&str]| entry.entries().iter().find(|entry| names.contains(&entry.key.to_lowercase().as_str()));
    let kind = named(&["type", "kind", "relation", "rel"]).and_then(|kind| kind.value.to_text());
    let target = named(&["target", "to", "adr", "id", "ref", "record"]);
    match (kind.and_then(|kind| relation_of_name(&kind)), target) {
        (Some(meaning), Some(target)) => read_data(text, front_matter, &target.value, meaning),
        _ => Vec::new(),
    }
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

fn read_data(text: &str, front_matter: &FrontMatter, value: &Value, meaning: (Relation, bool)) -> Vec<StatedRelation> {
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
