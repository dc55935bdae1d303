//! Where a record states how it stands to others: in data beside it, its front matter, its first lines, its sections.

use std::collections::BTreeSet;
use std::ops::Range;

use super::find_status::{STATUS_NAMES, is_status_heading};
use super::given::Given;
use super::outline::{Line, Section};
use super::record::folded;
use super::relation::{
    Listing, RecordTarget, StatedIn, StatedRelation, listing, read_entry, read_heading, read_list, read_name_of_record,
    read_related, read_sentences, read_value, relation_of_name,
};
use super::statement::Statement;
use crate::data::{Data, Value};
use crate::extract::front_matter::FrontMatter;
use crate::graph::Relation;

/// Whatever is said in so many bytes behind a name is no running text: "Tickets: #7, refined by [ADR-3](3.md)".
const STATEMENT: usize = 200;

/// The relations that a record states, each once.
pub(super) fn find_relations(
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
                let value = named_in(value).unwrap_or(value);
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
            relations.extend(read_parts(text, statement.value.clone()));
        } else {
            // "Phase: Extends ADR-3"
            let stated = read_sentences(text, statement.value.clone(), statement.value.len() > STATEMENT);
            // "Cites the template of: [ADR-3](0003-x.md)"
            let is_list = stated.is_empty() && !is_denied(&statement.name);
            relations.extend(if is_list { read_list(text, statement.value.clone()) } else { stated });
        }
    }
    // The listing section that the ones below belong to, and its level.
    let mut above: Option<(usize, Listing)> = None;
    for (at, section) in sections.iter().enumerate() {
        let stating = is_status_heading(section);
        let own = if stating { Listing::None } else { listing(&folded(section.title)) };
        above = above.filter(|(level, _)| section.level > *level);
        if own != Listing::None {
            above = Some((section.level, own));
        }
        let listing = above.map_or(own, |(_, listing)| listing);
        if !matches!(listing, Listing::Of(_)) {
            for range in runs(text, &section.lines) {
                let stated = read_sentences(text, range, !stating).into_iter();
                relations
                    .extend(stated.map(|stated| if stating || at < 2 { stated } else { of_its_place(text, stated) }));
            }
        }
        if at > 0 {
            relations.extend(read_heading(text, section.heading.clone()));
        }
        relations.extend(read_related(text, &section.lines, listing));
    }
    without_repeats(relations)
}

/// "> Superseded by [9](9.md)" further down is said of what stands there, unless it names the record: "This ADR is superseded by".
fn of_its_place(text: &str, stated: StatedRelation) -> StatedRelation {
    let start = stated.text_range().map_or(0, |range| range.start);
    let line = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let words = text[line..start].to_lowercase();
    let names_record = ["this adr", "this decision", "this document", "this proposal", "this record", "this rfc"];
    let is_of_all = names_record.iter().any(|name| words.contains(name)) || !stated.is_end();
    if is_of_all { stated } else { StatedRelation { relation: Relation::PartlySupersedes, ..stated } }
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

/// Whether the name of a statement says that there is no relation, or was: "does not supersede".
fn is_denied(name: &str) -> bool {
    const WORDS: &[&str] = &["former", "formerly", "never", "no", "not", "previously", "was", "without"];
    name.split(' ').any(|word| WORDS.contains(&word))
}

/// What a status says between dots: "akzeptiert · Folge aus ADR 3 · …".
fn read_parts(text: &str, value: Range<usize>) -> Vec<StatedRelation> {
    let mut start = value.start;
    let parts = text[value].split('\u{b7}').map(|part| {
        let range = start..start + part.len();
        start = range.end + '\u{b7}'.len_utf8();
        range
    });
    parts.skip(1).flat_map(|part| read_heading(text, part)).collect()
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

/// The value of `entry` in which it names a record: `{ id: DEC-7, name: … }`.
fn named_in(entry: &Value) -> Option<&Value> {
    value_of(entry, &["target", "to", "adr", "id", "ref", "record"])
}

fn value_of<'v>(entry: &'v Value, names: &[&str]) -> Option<&'v Value> {
    let found = entry.entries().iter().find(|entry| names.contains(&entry.key.to_lowercase().as_str()));
    found.map(|entry| &entry.value)
}

/// What an entry of `relations` in the front matter says: `type: amends`, `target: ADR-7`.
fn read_typed(text: &str, front_matter: &FrontMatter, entry: &Value) -> Vec<StatedRelation> {
    let kind = value_of(entry, &["type", "kind", "relation", "rel"]).and_then(Value::to_text);
    match (kind.and_then(|kind| relation_of_name(&kind)), named_in(entry)) {
        (Some(meaning), Some(target)) => read_data(text, front_matter, target, meaning),
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
