//! Where a record lists others: the lines of a section -> the relations that they state.
//!
//! "Related", "See also" and "Builds on" are followed by records, each with a remark, in a list or in a row. What a remark says is about
//! the other record, so only items that do not begin with a record are read as sentences.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::name::read_name;
use super::super::outline::Line;
use super::super::statement::read_line;
use super::target::{Named, RecordTarget, record_at_address, targets};
use super::verb::{Meaning, relation_of_name};
use super::{StatedIn, StatedRelation, clauses, read_clause, read_sentences, read_value};
use crate::extract::wording::regex;
use crate::graph::Relation;

/// What a section's title says of what is listed in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract::adr) enum Listing {
    /// Every record in it has this relation: "Related", "Builds on".
    Of(Meaning),
    /// Records are listed among others: "Links", "References".
    Among,
    /// It is a section as any.
    None,
}

static SEE_ALSO: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^[\s>*_-]*(?:please\s+)?see\s+also\b:?\s*"));

const RELATED: Meaning = (Relation::RelatesTo, false);

/// What the section called `title`, in lower case, lists.
pub(in crate::extract::adr) fn listing(title: &str) -> Listing {
    match title {
        "relations"
        | "relationships"
        | "relationship to other adrs"
        | "relationship to other decisions"
        | "relation to other adrs"
        | "relation to other decisions" => Listing::Of(RELATED),
        "links"
        | "references"
        | "more information"
        | "further information"
        | "prior art"
        | "enlaces"
        | "liens"
        | "referenzen"
        | "referencias"
        | "referências"
        | "références"
        | "riferimenti"
        | "参考" => Listing::Among,
        title if title.ends_with("references") => Listing::Among,
        // What happened, and what is to be read.
        "updates" | "see" | "existing" | "implements" => Listing::None,
        _ => relation_of_name(title).map_or(Listing::None, Listing::Of),
    }
}

/// An item of a list, or a paragraph.
struct Item {
    range: Range<usize>,
    /// By how much it is indented; a paragraph by nothing.
    indent: usize,
    is_listed: bool,
}

/// The relations that `lines` of `text` state, in a section that lists so.
pub(in crate::extract::adr) fn read_related(text: &str, lines: &[Line<'_>], listing: Listing) -> Vec<StatedRelation> {
    let mut found = Vec::new();
    // What a lead-in says of the items below it, and how far in it stands.
    let mut lead: Option<(Meaning, usize, bool)> = None;
    for item in items(lines) {
        if lead.is_some_and(|(_, indent, is_listed)| item.indent <= indent && (is_listed || !item.is_listed)) {
            lead = None;
        }
        let words = &text[item.range.clone()];
        let meaning = match (lead, listing) {
            (Some((meaning, ..)), _) | (None, Listing::Of(meaning)) => Some(meaning),
            (None, Listing::Among) if item.is_listed => Some(RELATED),
            _ => None,
        };
        let first = words.lines().next().unwrap_or_default();
        let statement = read_line(first).and_then(|(name, value)| {
            // "Related cost cuts: ADR-3"
            let is_related = || name.starts_with("related ") && begins_with_record(&first[value.clone()]);
            Some((relation_of_name(&name).or_else(|| is_related().then_some(RELATED))?, value))
        });
        if let Some((named, value)) = statement {
            let value = item.range.start + value.start..item.range.end;
            match text[value.clone()].trim().is_empty() {
                true => lead = Some((named, item.indent, item.is_listed)),
                // "Updates: none" in running text is about something else than records.
                false if meaning.is_some() || begins_with_record(&text[value.clone()]) => {
                    found.extend(read_entry(text, value, named));
                }
                false => {}
            }
            continue;
        }
        if leads_to_records(words) {
            lead = Some((RELATED, item.indent, item.is_listed));
            continue;
        }
        // "See also ADR 18 & 19"
        if let Some(see) = SEE_ALSO.find(words).filter(|_| meaning.is_none())
            && begins_with_record(&words[see.end()..])
        {
            let value = item.range.start + see.end()..item.range.end;
            found.extend(read_entry(text, value, RELATED));
            continue;
        }
        let mut named = targets(words, false);
        if meaning.is_none() && listing == Listing::Among && is_row_of_links(words) {
            found.extend(named.iter().filter_map(|named| state(named, &item, RELATED)));
        }
        let Some(meaning) = meaning else { continue };
        named.splice(0..0, numbered(words).filter(|_| item.is_listed));
        let leading = leading(words, &named);
        if !leading.is_empty() {
            found.extend(leading.iter().filter_map(|named| state(named, &item, meaning)));
            continue;
        }
        let sentences = read_sentences(text, item.range.clone(), false);
        if !sentences.is_empty() {
            found.extend(sentences);
        } else {
            // "The gap that it closes: [ADR 7](0007-x.md)"
            let is_sure = matches!(listing, Listing::Of(_)) || lead.is_some();
            let links = named.iter().filter(|(_, range)| words[range.clone()].starts_with('['));
            let links = links.filter(|(target, _)| is_sure || is_numbered_beside(target));
            found.extend(links.filter_map(|named| state(named, &item, meaning)));
        }
    }
    found
}

/// The relations that a section's heading states: "Relationship to ADR 3 and ADR 4", "Supersedes [3](3.md)".
pub(in crate::extract::adr) fn read_heading(text: &str, heading: Range<usize>) -> Vec<StatedRelation> {
    static RELATION: LazyLock<Regex> =
        LazyLock::new(|| regex(r"(?i)^\W*(?:relation(?:ship)?s?|interplay|interaction)\s+(?:to|with)\b"));
    let words = &text[heading.clone()];
    let named = targets(words, false);
    let Some((_, first)) = named.first() else { return Vec::new() };
    let before = &words[..first.start];
    let meaning = relation_of_name(before).or_else(|| RELATION.is_match(before).then_some(RELATED));
    let item = Item { range: heading, indent: 0, is_listed: false };
    meaning.map_or_else(Vec::new, |meaning| named.iter().filter_map(|named| state(named, &item, meaning)).collect())
}

/// The records with which the value of a statement begins, whose name says no relation, and those of the log that it links to.
pub(in crate::extract::adr) fn read_list(text: &str, value: Range<usize>) -> Vec<StatedRelation> {
    let words = &text[value.clone()];
    let is_item = |line: &str| line.trim_start().starts_with(['-', '*', '+']);
    if words.contains('\n') && words.lines().all(is_item) {
        return listed_below(text, value);
    }
    let named = targets(words, false);
    let first = leading(words, &named).len();
    let is_meant = |at: usize, target: &RecordTarget| at < first || is_numbered_beside(target);
    let item = Item { range: value, indent: 0, is_listed: false };
    let meant = named.iter().enumerate().filter(|(at, (target, _))| first > 0 && is_meant(*at, target));
    meant.filter_map(|(_, named)| state(named, &item, RELATED)).collect()
}

/// The numbered records with which items of a list begin: "Other docs:", and a link in each line.
fn listed_below(text: &str, value: Range<usize>) -> Vec<StatedRelation> {
    let mut start = value.start;
    let mut found = Vec::new();
    for line in text[value].split_inclusive('\n') {
        let item = Item { range: start..start + line.len(), indent: 0, is_listed: true };
        start += line.len();
        let named = targets(line, false);
        // Other documents are linked to in such lists, too.
        let is_record = |(target, _): &&Named| match target {
            RecordTarget::Path(path) => read_name(stem_of(path)).is_numbered(),
            _ => true,
        };
        found.extend(leading(line, &named).iter().filter(is_record).filter_map(|named| state(named, &item, RELATED)));
    }
    found
}

/// The name of the file at `path` without its ending.
fn stem_of(path: &str) -> &str {
    let name = path.split(['#', '?']).next().unwrap_or(path).rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The relations of a statement whose name is the verb: each of its clauses names records, or has a verb of its own.
pub(in crate::extract::adr) fn read_entry(text: &str, value: Range<usize>, meaning: Meaning) -> Vec<StatedRelation> {
    let mut found = Vec::new();
    for (at, clause) in clauses(text, value).into_iter().enumerate() {
        // "Relates to: amends the rule of ADR-3"
        let may_have_own = at > 0 || meaning.0 == Relation::RelatesTo;
        let own = if may_have_own { read_clause(&text[clause.clone()]) } else { Vec::new() };
        // "Extends: ADR-3. Bound by: ADR-4"
        let named = || {
            let (name, value) = read_line(text[clause.clone()].trim_start())?;
            let start = clause.end - text[clause.clone()].trim_start().len();
            Some((relation_of_name(&name)?, start + value.start..clause.end))
        };
        if at > 0
            && own.is_empty()
            && let Some((meaning, value)) = named()
        {
            found.extend(read_value(text, value, meaning));
        } else if !own.is_empty() {
            found.extend(own.into_iter().map(|stated| stated.moved(clause.start)));
        } else if at == 0
            || meaning.0 == Relation::RelatesTo && begins_with_record(&text[clause.clone()])
            || is_list_of_records(&text[clause.clone()])
        {
            found.extend(read_value(text, clause, meaning));
        }
    }
    found
}

/// That the record named in an item stands so to the one that is read; other documents are listed there as well.
fn state((target, range): &Named, item: &Item, (relation, flipped): Meaning) -> Option<StatedRelation> {
    let target = in_log(target.clone());
    let is_record = match &target {
        RecordTarget::Path(path) => may_be_record(path.split(['#', '?']).next().unwrap_or_default()),
        RecordTarget::Address(_) => record_at_address(&target).is_some(),
        RecordTarget::Name { .. } => true,
    };
    let place = StatedIn::Text(item.range.start + range.start..item.range.start + range.end);
    // Nobody said that it must be there.
    is_record.then_some(StatedRelation { relation, flipped, target, place, sure: false })
}

/// Whether the file at `path` may be a record: it has a number, or stands beside this one.
fn may_be_record(path: &str) -> bool {
    let path = path.strip_prefix("./").unwrap_or(path).trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_text = name == stem || name.ends_with(".md") || name.ends_with(".adoc") || name.ends_with(".markdown");
    is_text && !stem.is_empty() && (!path.contains('/') || read_name(stem).is_numbered())
}

/// Whether `target` is a numbered file in the same folder, which is nothing else than another record.
fn is_numbered_beside(target: &RecordTarget) -> bool {
    let RecordTarget::Path(path) = target else { return false };
    let path = path.strip_prefix("./").unwrap_or(path);
    !path.contains('/') && may_be_record(path) && read_name(path).number.is_some()
}

/// A path that is no link is often one from the root of the repository: its file is looked for in the log.
pub(super) fn in_log(target: RecordTarget) -> RecordTarget {
    let RecordTarget::Path(path) = &target else { return target };
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_from_root = path.contains('/') && !path.starts_with(['.', '/']);
    let is_record = stem.starts_with(|first: char| first.is_ascii_digit()) && stem.contains('-');
    match is_from_root && is_record {
        true => RecordTarget::Name { label: None, name: stem.to_lowercase() },
        false => target,
    }
}

/// The records with which an item begins, one behind the other: "ADR-3, ADR-4 (the old one) and ADR-5 \u{2014} why".
fn leading<'n>(words: &str, named: &'n [Named]) -> &'n [Named] {
    static BETWEEN: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*(?:\([^()]*\)\s*)?(?:,|&|/|and\b|,\s*and\b)\s*$"));
    static BEFORE: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^[\s>|]*(?:[-*+]\s+|\d+[.)]\s+)?(?:\[(?:[ xX]|\d{1,2})\]:?\s+)?[*_`(|<\s]*$"));
    let Some((_, first)) = named.first() else { return &[] };
    if !BEFORE.is_match(&words[..first.start]) {
        return &[];
    }
    let pairs = named.windows(2);
    let rows =
        pairs.take_while(|pair| BETWEEN.is_match(words[pair[0].1.end..pair[1].1.start].trim_matches('`'))).count();
    &named[..=rows]
}

/// Whether a paragraph is nothing but links and addresses, one a line.
fn is_row_of_links(words: &str) -> bool {
    words.lines().map(str::trim).all(|line| {
        let is_link = line.starts_with('[') && line.ends_with(')') && line.matches("](").count() == 1;
        is_link || line.starts_with("http") && !line.contains(' ')
    })
}

/// Whether a clause is nothing but records, each with a remark in brackets: "ADR 21 (structured logging)".
fn is_list_of_records(words: &str) -> bool {
    let named = targets(words, false);
    let leading = leading(words, &named);
    let rest = leading.last().map(|(_, range)| words[range.end..].trim_start());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('('))
}

/// "0011: Use X": an item that begins with a record's number as its file does.
fn numbered(words: &str) -> Option<Named> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*[-*+]\s+(0\d{2,5})\s*(?::|[–—-])\s"));
    let number = NUMBER.captures(words)?.get(1)?;
    let name = number.as_str().trim_start_matches('0');
    (!name.is_empty()).then(|| (RecordTarget::Name { label: None, name: name.to_owned() }, number.range()))
}

fn begins_with_record(words: &str) -> bool {
    !leading(words, &targets(words, false)).is_empty()
}

/// "See related ADRs for how we came here:"
fn leads_to_records(words: &str) -> bool {
    static LEAD: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)^(?:\W|\d)*(?:see\s+)?(?:the\s+)?(?:related|relevant|linked)\s+(?:adr|decision|record|rfc)s?\b[^.]*:\W*$|^\W*this\s+(?:adr|decision|rfc|record)\s+(?:complements|relates\s+to|is\s+related\s+to|follows|works\s+(?:in\s+conjunction\s+|together\s+)?with)\s*:\W*$",
        )
    });
    LEAD.is_match(words)
}

/// The items of lists and the paragraphs in `lines`, with the lines that go on with each.
fn items(lines: &[Line<'_>]) -> Vec<Item> {
    static MARK: LazyLock<Regex> = LazyLock::new(|| regex(r"^[\s>]*(?:[-*+]\s|\d+[.)]\s|\|)"));
    let mut items: Vec<Item> = Vec::new();
    let mut is_open = false;
    for line in lines {
        let is_listed = MARK.is_match(line.text);
        if line.is_blank() {
            is_open = false;
            continue;
        }
        let indent = line.text.len() - line.text.trim_start().len();
        let is_statement = !is_listed && indent == 0 && read_line(line.text).is_some();
        match items.last_mut() {
            Some(last) if is_open && !is_listed && !is_statement => last.range.end = line.range().end,
            _ => items.push(Item { range: line.range(), indent, is_listed }),
        }
        is_open = true;
    }
    items
}
