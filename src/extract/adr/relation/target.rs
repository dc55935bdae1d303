//! How people name another record: by a link, a path, an address, "ADR-7", a number.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::name::read_name;
use super::super::outline::link;
use crate::extract::wording::regex;

/// The other record, as it is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract::adr) enum RecordTarget {
    /// A relative path, of a link or as it is.
    Path(String),
    /// A whole address.
    Address(String),
    /// A number, or a file's stem, in the same log; `label` is what the number is called, in lower case: `rfc`.
    Name { label: Option<String>, name: String },
}

/// What people call records; a number behind another word is something else.
const LABEL: &str = r"(m?adr|edr|tdr|pdr|rfc|rfd|kep|jep|pep|eip|decision)s?";

/// A label of some log's own, before a number: whether it is that of a log is known where the record is looked up.
const OWN_LABEL: &str = r"(?-i:([A-Z]{1,10}(?:-[A-Z]+){0,2})[-_]?(\d{1,6}))\b";

pub(super) type Named = (RecordTarget, Range<usize>);

/// The records that `clause` names: links, paths, addresses, "ADR-7", stems. `whole`: the clause is nothing but names,
/// so bare numbers are some, too.
pub(super) fn targets(clause: &str, whole: bool) -> Vec<Named> {
    static PLAIN: LazyLock<Regex> = LazyLock::new(|| {
        regex(&format!(
            r#"(?i)\bhttps?://[^\s)\]>,"']+|[\w./-]*[\w-]\.(?:md|adoc|markdown)\b|\b[a-z]{{2,8}}-\d{{4}}-\d{{2}}-\d{{2}}[\w-]*|\b{LABEL}[\s#:_-]*(\d{{1,6}})(?:\b(?:/\d{{1,6}}\b)*|_[a-z][\w-]*)|\b{OWN_LABEL}|(?:/[\w.-]+)+/?|\b\d[\w-]*-[a-z][\w-]+"#
        ))
    });
    let mut named = Vec::new();
    let mut at = 0;
    while at < clause.len() {
        let open = clause[at..].find('[').map_or(clause.len(), |open| at + open);
        for found in PLAIN.captures_iter(&clause[at..open]) {
            let Some(all) = found.get(0).filter(|all| !is_part_of_word(clause, at + all.start(), all.as_str())) else {
                continue;
            };
            let own = found.get(3).zip(found.get(4));
            // "ADR-3 decision #3" is a part of ADR-3.
            let is_decision = found.get(1).is_some_and(|label| label.as_str().eq_ignore_ascii_case("decision"));
            let has_own_label = |(target, _): &Named| matches!(target, RecordTarget::Name { label: Some(label), .. } if label != "decision");
            let above = named.last().map(|(_, range): &Named| range.end);
            let is_below = || above.is_some_and(|end| clause[end..at + all.start()].trim().is_empty());
            if is_decision && (is_below() || named.iter().any(has_own_label)) {
                continue;
            }
            let target = match found.get(1).zip(found.get(2)).or(own) {
                Some((label, number)) => labelled(label.as_str(), number.as_str()),
                None => plain_target(all.as_str()),
            };
            let end = found.get(2).map_or(all.end(), |number| number.end());
            named.push((target, at + all.start()..at + end));
            // "ADR 18 & 19"
            if let Some(label) = found.get(1).filter(|_| whole && end == all.end()) {
                let further = bare_numbers(clause, at + end..open);
                let further = further.into_iter().map(|(target, range)| match target {
                    RecordTarget::Name { name, .. } => (labelled(label.as_str(), &name), range),
                    target => (target, range),
                });
                named.extend(further);
            }
            // "ADR-3/4"
            let others = found.get(1).map_or("", |_| &clause[at + end..at + all.end()]);
            for (slash, number) in others.split('/').skip(1).scan(end, |start, number| {
                let at = *start + 1;
                *start = at + number.len();
                Some((at, number))
            }) {
                let label = found.get(1).map_or("", |label| label.as_str());
                named.push((labelled(label, number), at + slash..at + slash + number.len()));
            }
        }
        if open == clause.len() {
            break;
        }
        at = open + 1;
        if let Some((words, destination, behind)) = link(&clause[at..]) {
            let end = clause.len() - behind.len();
            if let Some(target) = link_target(words, destination) {
                named.push((target, open..end));
            }
            at = end;
        }
    }
    if whole && named.is_empty() {
        named = bare_numbers(clause, 0..clause.len());
    }
    named
}

/// Whether `path`, which begins at `start`, is no address of a record: it goes on with a word (`I/O`, `pkg/cron`), or has no number
/// and is no document (`/metrics`).
fn is_part_of_word(clause: &str, start: usize, path: &str) -> bool {
    let before = clause[..start].chars().next_back();
    let is_document = [".md", ".adoc", ".markdown"].iter().any(|end| path.ends_with(end));
    let is_named = is_document || path.contains(|one: char| one.is_ascii_digit());
    path.starts_with('/') && (before.is_some_and(char::is_alphanumeric) || !is_named)
}

/// Numbers in a row, nothing but commas and "and" between them, from the start of `range`.
pub(super) fn bare_numbers(clause: &str, range: Range<usize>) -> Vec<Named> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r#"^(?:[\s:,&"'*-]|and\b|numbers?\b)*(\d{1,6})\s*(?:$|[,;:.)&*"'\n](?:\s|$)|\(|(?:and|but|in|on|or|when|if|once)\b)"#,
        )
    });
    let mut named = Vec::new();
    let mut at = range.start;
    while let Some(number) = NUMBER.captures(&clause[at..range.end]).and_then(|found| found.get(1)) {
        named.push((unlabelled(bare(number.as_str())), at + number.start()..at + number.end()));
        at += number.end();
    }
    named
}

/// The record that a value of a data file names: by a path in the repository, a number with or without a label, an address.
pub(in crate::extract::adr) fn read_name_of_record(value: &str) -> Option<RecordTarget> {
    let value = value.trim();
    if value.contains("://") {
        return Some(RecordTarget::Address(value.to_owned()));
    }
    let folder = value.strip_suffix("/README.md").unwrap_or(value).trim_end_matches('/');
    let last = folder.rsplit('/').next().unwrap_or_default();
    let stem = ["md", "markdown", "adoc"].iter().find_map(|end| last.strip_suffix(end)?.strip_suffix('.'));
    let stem = stem.unwrap_or(last);
    let name = read_name(stem);
    let number = name.number?;
    Some(match (name.words.is_empty(), name.label) {
        (true, label) => RecordTarget::Name { label, name: number.to_string() },
        (false, _) => unlabelled(stem.to_lowercase()),
    })
}

/// The record whose file's name ends an address: `https://example.com/rfcs/0226-named-blocks.html`.
pub(in crate::extract::adr) fn record_at_address(target: &RecordTarget) -> Option<RecordTarget> {
    let RecordTarget::Address(address) = target else { return None };
    let path = address.split(['#', '?']).next()?.trim_end_matches('/');
    let last = path.rsplit('/').next()?;
    let stem = ["html", "md", "adoc"].iter().find_map(|end| last.strip_suffix(end)?.strip_suffix('.')).unwrap_or(last);
    let name = read_name(stem);
    (name.number.is_some() && name.words.contains('-')).then(|| unlabelled(stem.to_lowercase()))
}

fn plain_target(text: &str) -> RecordTarget {
    if text.contains("://") {
        return RecordTarget::Address(text.trim_end_matches('.').to_owned());
    }
    match text.contains('/') || text.ends_with(".md") || text.ends_with(".adoc") || text.ends_with(".markdown") {
        true => RecordTarget::Path(text.to_owned()),
        false => unlabelled(text.to_lowercase()),
    }
}

/// What a link means: its destination, or, where that is an address of the published log (`/adr/18`) or nothing that can
/// be followed, the number in it or in its words.
fn link_target(words: &str, destination: &str) -> Option<RecordTarget> {
    static LABELLED: LazyLock<Regex> = LazyLock::new(|| regex(&format!(r"(?i)\b{LABEL}[\s#:_-]*(\d{{1,6}})\b")));
    let path = destination.split(['#', '?']).next().unwrap_or_default();
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    if path.contains("://") {
        return Some(RecordTarget::Address(destination.to_owned()));
    }
    if path.starts_with('/') && !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(unlabelled(bare(last)));
    }
    let scheme = path.split_once(':');
    match scheme {
        Some(("adr", name)) => return Some(unlabelled(bare(name))),
        Some(_) => return None,
        None => {}
    }
    if !path.is_empty() {
        return Some(RecordTarget::Path(destination.to_owned()));
    }
    if let Some(found) = LABELLED.captures(words) {
        return Some(labelled(&found[1], &found[2]));
    }
    let number = read_name(words.trim()).number?;
    Some(unlabelled(number.to_string()))
}

fn labelled(label: &str, number: &str) -> RecordTarget {
    let label = label.to_lowercase();
    // "MADR 7" is a decision in that form.
    let label = if label == "madr" { "adr".to_owned() } else { label };
    RecordTarget::Name { label: Some(label), name: bare(number) }
}

fn unlabelled(name: String) -> RecordTarget {
    RecordTarget::Name { label: None, name }
}

/// `0032` is 32.
fn bare(number: &str) -> String {
    let bare = number.trim_start_matches('0');
    if bare.is_empty() { "0".to_owned() } else { bare.to_owned() }
}
