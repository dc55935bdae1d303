//! A record whose place another one takes -> its text with that said, in the form in which it writes its status.
//!
//! Nothing else of the text is touched, and what comes out was read again: it says what it should, or there is none.

use std::ops::Range;

use super::find_status::{StatedStatus, StatusPlace};
use super::name::read_name;
use super::outline::plain;
use super::record::{Record, read_record};
use super::relation::{RecordTarget, StatedRelation};
use super::{is_asciidoc, read_text};
use crate::extract::date::Slashes;
use crate::graph::Relation;
use crate::source::{MappedText, SourceFile};

/// A record as others name it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NamedRecord<'a> {
    /// Its number and title: "9. Use CockroachDB".
    pub(crate) title: &'a str,
    /// How a link from the other one leads there: `0009-use-cockroachdb.md`.
    pub(crate) path: &'a str,
}

/// The text of `file` once `newer` supersedes its record. `None` where it cannot be said for certain how: the status stands
/// in another file, or in a form that is not understood.
pub(crate) fn superseded_text(file: &SourceFile, newer: NamedRecord<'_>) -> Option<String> {
    let (text, front_matter) = read_text(file);
    let record = read(file);
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    let places = record
        .statuses
        .iter()
        .filter(|stated| matches!(stated.place, StatusPlace::Section | StatusPlace::Head | StatusPlace::Data));
    for stated in places {
        let range = text.span(stated.range.clone()?).range();
        let range = range.start..range.end;
        let changed = match stated.place {
            StatusPlace::Data if is_asciidoc(file) => attribute(stated, newer),
            StatusPlace::Data => data(file.text(), &front_matter.lines, range.clone(), stated, newer),
            _ => line(file, range.clone(), stated, newer)?,
        };
        if !changes.iter().any(|(known, _)| known.start < range.end && range.start < known.end) {
            changes.push((range, changed));
        }
    }
    if changes.is_empty() {
        changes.push(below_title(file, &text, &record, newer)?);
    }
    let changed = apply(file.text(), changes);
    says(file, &changed, newer.path, true).then_some(changed)
}

/// The text of `file` once it says that its record supersedes `older`: what a newer record leaves out.
pub(crate) fn superseding_text(file: &SourceFile, older: NamedRecord<'_>) -> Option<String> {
    let (text, _) = read_text(file);
    let record = read(file);
    let words = format!("Supersedes {}", link(file, older));
    let in_section = record.statuses.first().filter(|stated| stated.place == StatusPlace::Section);
    let change = match in_section.and_then(|stated| stated.range.clone()) {
        Some(range) => {
            let end = text.span(range).range().end;
            let end = file.text()[end..].find('\n').map_or(file.text().len(), |line| end + line);
            (end..end, format!("\n\n{words}"))
        }
        None => {
            let (place, _) = below_title(file, &text, &record, older)?;
            (place, format!("\n{words}\n"))
        }
    };
    let changed = apply(file.text(), vec![change]);
    says(file, &changed, older.path, false).then_some(changed)
}

fn read(file: &SourceFile) -> Record {
    let (text, front_matter) = read_text(file);
    read_record(text.text(), &front_matter, None, &read_name(file.path().stem()), Slashes::Unknown)
}

/// Whether the record in `changed` says what it should, and nothing else than before.
fn says(file: &SourceFile, changed: &str, path: &str, is_end: bool) -> bool {
    let before = read(file);
    let after = read(&SourceFile::new(file.path(), changed.to_owned()));
    let leads_there = |stated: &StatedRelation| {
        let names = match &stated.target {
            RecordTarget::Path(target) => target == path,
            RecordTarget::Name { name, .. } => path.ends_with(name.as_str()),
            RecordTarget::Address(_) => false,
        };
        names && stated.relation == Relation::Supersedes && stated.flipped == is_end
    };
    let status = |record: &Record| record.statuses.iter().map(|stated| stated.status.clone()).collect::<Vec<_>>();
    let closed = !is_end || status(&after).iter().all(|status| status == "superseded");
    after.relations.iter().any(leads_there) && closed && after.title == before.title && after.date == before.date
}

fn link(file: &SourceFile, record: NamedRecord<'_>) -> String {
    let NamedRecord { title, path } = record;
    if is_asciidoc(file) {
        return format!("xref:{path}[{}]", title.replace(']', "\\]"));
    }
    format!("[{}]({path})", title.replace('[', "\\[").replace(']', "\\]"))
}

/// What takes the place of the status at `range`: in a section, an item, a line, a table's cell.
fn line(file: &SourceFile, range: Range<usize>, stated: &StatedStatus, newer: NamedRecord<'_>) -> Option<String> {
    let raw = file.text().get(range)?;
    if raw.trim_start().starts_with(['[', '-', '*', '+']) && raw.contains("[x]") {
        return None;
    }
    let link = link(file, newer);
    if stated.status == "superseded" {
        return Some(format!("{} and {link}", raw.trim_end().trim_end_matches('.')));
    }
    let start = raw.len() - behind_marks(raw).len();
    let (marks, status) = raw.split_at(start);
    let bare = status.trim_end();
    let closing: String = marks.chars().rev().take_while(|mark| "*_".contains(*mark)).collect();
    let emphasis = if bare.ends_with(&closing) && !marks.ends_with([' ', '\t']) { closing.as_str() } else { "" };
    Some(format!("{marks}Superseded by {link}{}{emphasis}", remark(bare, &stated.status)))
}

/// What a status said beside its first word, so that nothing is lost.
fn remark(raw: &str, status: &str) -> String {
    let words = plain(raw);
    let words = words.trim_matches(|one: char| one.is_whitespace() || one == '.');
    let letters = |text: &str| text.chars().filter(|one| one.is_alphanumeric()).count();
    // "✅ Accepted" says no more than its word, "Accepted (2020-05-01)" does.
    let first = words.split_whitespace().find(|word| word.chars().any(char::is_alphanumeric)).unwrap_or_default();
    if letters(words) <= letters(first).max(letters(status)) { String::new() } else { format!(" (was: {words})") }
}

/// `raw` behind the marks of a list, the name and the emphasis that stand before a status.
fn behind_marks(raw: &str) -> &str {
    let text = raw.trim_start_matches([' ', '\t', '>']);
    let text = ["- ", "* ", "+ "].iter().find_map(|mark| text.strip_prefix(mark)).unwrap_or(text);
    let unmarked = text.trim_start_matches(['*', '_']);
    let named =
        unmarked.get(..6).filter(|name| name.eq_ignore_ascii_case("status")).map(|name| &unmarked[name.len()..]);
    let named = named.map(|rest| rest.trim_start_matches(['*', '_'])).and_then(|rest| rest.strip_prefix(':'));
    named.map_or(unmarked, |rest| rest.trim_start_matches(['*', '_', ' ']))
}

/// What takes the place of the status in YAML. Where the record has a field for its successor, that is filled, too.
fn data(
    text: &str,
    front_matter: &Range<usize>,
    range: Range<usize>,
    stated: &StatedStatus,
    newer: NamedRecord<'_>,
) -> String {
    let NamedRecord { title, path } = newer;
    let words = match stated.status.as_str() {
        "superseded" => format!("{} and [{title}]({path})", stated.raw.trim()),
        _ => format!("superseded by [{title}]({path})"),
    };
    let quoted = text[range].starts_with(['"', '\'']) || text[front_matter.clone()].starts_with("+++");
    let needs_quotes = words.contains(": ") || words.contains(" #") || words.ends_with(':');
    // JSON's strings are YAML's.
    if quoted || needs_quotes { serde_json::Value::from(words).to_string() } else { words }
}

/// What takes the place of the status in an attribute, which holds no links.
fn attribute(stated: &StatedStatus, newer: NamedRecord<'_>) -> String {
    match stated.status.as_str() {
        "superseded" => stated.raw.clone(),
        _ => format!("superseded\n:superseded-by: {}", newer.path),
    }
}

/// A line of its own below the title, for records that state no status.
fn below_title(
    file: &SourceFile,
    text: &MappedText,
    record: &Record,
    newer: NamedRecord<'_>,
) -> Option<(Range<usize>, String)> {
    let heading = text.span(record.heading.clone()?).range();
    let start = heading.start;
    let end = file.text()[start..].find('\n').map_or(file.text().len(), |line| start + line + 1);
    // An underlined heading ends a line later.
    let below = file.text()[end..].lines().next().unwrap_or_default();
    let is_underline =
        below.len() > 1 && (below.bytes().all(|one| one == b'=') || below.bytes().all(|one| one == b'-'));
    let end = if is_underline { (end + below.len() + 1).min(file.text().len()) } else { end };
    // A header of AsciiDoc goes on to the first empty line.
    let header =
        file.text()[end..].split_inclusive('\n').take_while(|line| is_asciidoc(file) && !line.trim().is_empty());
    let end = end + header.map(str::len).sum::<usize>();
    Some((end..end, format!("\nSuperseded by {}\n", link(file, newer))))
}

fn apply(text: &str, mut changes: Vec<(Range<usize>, String)>) -> String {
    changes.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut changed = text.to_owned();
    for (range, words) in changes {
        changed.replace_range(range, &words);
    }
    changed
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{NamedRecord, superseded_text, superseding_text};
    use crate::source::{RepoPath, SourceFile};

    #[test]
    fn the_form_of_a_status_stays() {
        let cases = [
            (
                "# 7. X\n\n## Status\n\nAccepted\n\n## Context\n",
                "# 7. X\n\n## Status\n\nSuperseded by @\n\n## Context\n",
            ),
            ("# X\n\n* Status: accepted\n* Date: 2020\n", "# X\n\n* Status: Superseded by @\n* Date: 2020\n"),
            ("# X\n\n**Status:** Accepted\n\ntext", "# X\n\n**Status:** Superseded by @\n\ntext"),
            ("# X\n\n- **Status**: Accepted\n", "# X\n\n- **Status**: Superseded by @\n"),
            (
                "# X\n\n| Status | Accepted |\n|--|--|\n| Date | 2020 |\n",
                "# X\n\n| Status | Superseded by @ |\n|--|--|\n| Date | 2020 |\n",
            ),
            ("---\nstatus: accepted\ndate: 2020\n---\n# X\n", "---\nstatus: superseded by @\ndate: 2020\n---\n# X\n"),
            ("---\nstatus: \"accepted\"\n---\n# X\n", "---\nstatus: \"superseded by @\"\n---\n# X\n"),
            ("# X\n\n## Status\n\n* Accepted\n", "# X\n\n## Status\n\n* Superseded by @\n"),
            ("# X\n\n## Status\n\n**Accepted**\n", "# X\n\n## Status\n\n**Superseded by @**\n"),
            (
                "# X\n\n## Status\n\nAccepted (2020-05-01)\n",
                "# X\n\n## Status\n\nSuperseded by @ (was: Accepted (2020-05-01))\n",
            ),
            ("# X\n\n## Status\n\n✅ Accepted\n", "# X\n\n## Status\n\nSuperseded by @\n"),
            ("# X\n\n## Status\n\nSuperseded by [8](8.md).\n", "# X\n\n## Status\n\nSuperseded by [8](8.md) and @\n"),
            ("# X\n\n## Context\n\ntext\n", "# X\n\nSuperseded by @\n\n## Context\n\ntext\n"),
            (
                "---\nstatus: accepted\n---\n# X\n\n## Status\n\nAccepted\n",
                "---\nstatus: superseded by @\n---\n# X\n\n## Status\n\nSuperseded by @\n",
            ),
        ];
        for (text, expected) in cases {
            let file = SourceFile::new(RepoPath::new("adr/0007-x.md").unwrap(), text.to_owned());
            let newer = NamedRecord { title: "9. Use Y", path: "0009-use-y.md" };
            let changed = superseded_text(&file, newer);
            assert_eq!(changed.unwrap(), expected.replace('@', "[9. Use Y](0009-use-y.md)"), "{text}");
        }
    }

    #[test]
    fn what_is_not_certain_is_not_changed() {
        for text in ["# X\n\n## Status\n\n- [ ] Proposed\n- [x] Accepted\n", "no heading"] {
            let file = SourceFile::new(RepoPath::new("adr/0007-x.md").unwrap(), text.to_owned());
            assert_eq!(superseded_text(&file, NamedRecord { title: "9. Y", path: "0009-y.md" }), None, "{text}");
        }
    }

    #[test]
    fn asciidoc() {
        let cases = [
            ("= X\n\n== Status\n\nAccepted\n", "= X\n\n== Status\n\nSuperseded by xref:0009-y.adoc[9. Y]\n"),
            ("= X\n:status: accepted\n\ntext\n", "= X\n:status: superseded\n:superseded-by: 0009-y.adoc\n\ntext\n"),
        ];
        for (text, expected) in cases {
            let file = SourceFile::new(RepoPath::new("adr/0007-x.adoc").unwrap(), text.to_owned());
            let changed = superseded_text(&file, NamedRecord { title: "9. Y", path: "0009-y.adoc" });
            assert_eq!(changed.as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn the_newer_one_names_the_older() {
        let cases = [
            (
                "# 9. Y\n\n## Status\n\nAccepted\n\n## Context\n",
                "# 9. Y\n\n## Status\n\nAccepted\n\nSupersedes @\n\n## Context\n",
            ),
            (
                "---\nstatus: accepted\n---\n# Y\n\n## Context\n",
                "---\nstatus: accepted\n---\n# Y\n\nSupersedes @\n\n## Context\n",
            ),
        ];
        for (text, expected) in cases {
            let file = SourceFile::new(RepoPath::new("adr/0009-y.md").unwrap(), text.to_owned());
            let changed = superseding_text(&file, NamedRecord { title: "7. X", path: "0007-x.md" });
            assert_eq!(changed.unwrap(), expected.replace('@', "[7. X](0007-x.md)"), "{text}");
        }
    }
}
