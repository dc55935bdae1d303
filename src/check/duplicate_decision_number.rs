//! Two decisions of one log with one number.

use std::collections::BTreeMap;

use super::Subject;
use super::decision::{decisions, log, number, status};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::Node;
use crate::source::Sources;

/// Decisions whose number an earlier one of their log has: "ADR 7" means either.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let mut numbered: BTreeMap<(&str, i64, String), Vec<&Node>> = BTreeMap::new();
    for node in decisions(subject) {
        // Nought is often the number of what has none yet.
        if let Some(number) = number(node).filter(|number| *number > 0) {
            numbered.entry((log(node), number, label(node, number))).or_default().push(node);
        }
    }
    let mut found = Diagnostics::new();
    let mut of_logs: BTreeMap<&str, usize> = BTreeMap::new();
    numbered.keys().for_each(|(log, ..)| *of_logs.entry(log).or_default() += 1);
    for ((log, number, _), mut nodes) in numbered {
        // What all records of a folder begin with is none of their own.
        if nodes.len() > 2 && of_logs.get(log) == Some(&1) {
            continue;
        }
        nodes.sort_by_key(|node| node.span.file);
        nodes.retain(|node| !is_forwarding(subject, node) && !is_addition(node));
        let mut known: Vec<&Node> = Vec::new();
        for node in nodes {
            let is_told = |first: &&Node| {
                is_version_of(first, node)
                    || is_part_of_number(first) != is_part_of_number(node)
                    || are_numbered_by_forge(subject, [first, node], number)
                    || are_together(subject, first, node)
            };
            if known.iter().any(is_told) {
                continue;
            }
            if let Some(first) = known.first() {
                let place = if log.is_empty() { "the repository's root".to_owned() } else { format!("`{log}`") };
                let message = format!("two decisions in {place} have the number {number}");
                let hint = "give the later one the next free number, in its file's name and heading";
                found.push(
                    Diagnostic::new(Code::DuplicateDecisionNumber, message, node.span)
                        .related(first.span, format!("{number} is also \u{201c}{}\u{201d}", first.title))
                        .hint(hint),
                );
            }
            known.push(node);
        }
    }
    found
}

/// Whether two files are one record: in two languages (`0007-x.md`, `0007-x.de.md`), or in two formats.
fn is_version_of(left: &Node, right: &Node) -> bool {
    let stem = |node: &Node| node.span.file.stem().split('.').next().unwrap_or_default().to_lowercase();
    let same_folder = left.span.file.parent() == right.span.file.parent();
    let (left_stem, right_stem) = (stem(left), stem(right));
    let is_text = matches!(left_stem.as_str(), "readme" | "index");
    // The same name may stand below folders of languages; a record's own folder holds but one.
    if is_text { same_folder } else { left_stem == right_stem }
}

/// The word of the log's own that counts the record, `be` of `BE-007-x`; empty where it is one that every log has. What different words
/// count is different, `F007-x` and `0007-y`.
fn label(node: &Node, number: i64) -> String {
    const USUAL: &[&str] = &["adr", "dr", "decision", "rfc"];
    let file = node.span.file;
    // A record may have a folder to itself: `CPS-0003/README.md`.
    let is_counted = file.stem().contains(|one: char| one.is_ascii_digit());
    let stem = if is_counted { file.stem() } else { file.parent().file_name() };
    let label = stem.split(|one: char| one.is_ascii_digit()).next().unwrap_or_default();
    let digits = stem[label.len()..].split(|one: char| !one.is_ascii_digit()).next().unwrap_or_default();
    let label = label.trim_end_matches(['-', '_', ' ']).to_lowercase();
    // `use-kafka-3` has its number from its heading.
    let counts = digits.parse() == Ok(number) && !USUAL.contains(&label.as_str());
    if counts { label } else { String::new() }
}

/// Whether a file adds to another of its number: `007-addendum-limits`.
fn is_addition(node: &Node) -> bool {
    let stem = node.span.file.stem().to_lowercase();
    stem.split(['-', '_', '.'])
        .any(|word| matches!(word, "addendum" | "addenda" | "amendment" | "appendix" | "errata" | "erratum"))
}

/// Whether one of them belongs to the other: a plan of how it is done, what was measured. It does not say what became of it, and one of
/// the two texts names the other's file.
fn are_together(subject: Subject<'_>, left: &Node, right: &Node) -> bool {
    let names = |from: &Node, to: &Node| {
        let file = subject.tree.source(from.span.file);
        file.is_some_and(|file| file.text().contains(to.span.file.file_name()))
    };
    status(left).is_some() != status(right).is_some() && (names(left, right) || names(right, left))
}

/// Whether the file or folder of `node` is numbered below another: `0168-2-visibility`.
fn is_part_of_number(node: &Node) -> bool {
    let file = node.span.file;
    let is_digits = |part: &str| !part.is_empty() && part.len() < 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_part = |name: &str| {
        let mut parts = name.split('-');
        parts.next().is_some_and(|first| !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit()))
            && parts.next().is_some_and(is_digits)
            && parts.next().is_some()
    };
    is_part(file.stem()) || is_part(file.parent().file_name())
}

/// So many of the first lines of a text say where it was discussed.
const HEAD: usize = 40;

/// Whether two records have the number of the pull request in which they were discussed, each of another repository: they came from two
/// logs, and their number is none to change.
fn are_numbered_by_forge(subject: Subject<'_>, nodes: [&Node; 2], number: i64) -> bool {
    let address = |node: &Node| -> Option<String> {
        let file = subject.tree.source(node.span.file)?;
        let head = file.text().lines().take(HEAD);
        let words = head.flat_map(|line| line.split(|end: char| end.is_whitespace() || "()<>[]\"'`".contains(end)));
        let mut found = words.filter(|word| {
            let parted = word.trim_end_matches(['/', ',', '.']).rsplit_once('/');
            parted.is_some_and(|(before, last)| {
                ["/pull", "/issues", "/merge_requests"].iter().any(|kind| before.ends_with(kind))
                    && last.parse() == Ok(number)
            })
        });
        found.next().map(str::to_owned)
    };
    let [one, other] = nodes.map(address);
    one.zip(other).is_some_and(|(one, other)| one != other)
}

/// Whether a record is nothing but a link to where it is now.
fn is_forwarding(subject: Subject<'_>, node: &Node) -> bool {
    const SAYS_SO: &[&str] = &["moved", "renumbered", "redirect", "identified as", "renamed to"];
    let Some(file) = subject.tree.source(node.span.file) else { return false };
    let text = file.text().trim();
    let words = text.to_lowercase();
    text.len() < 400 && text.matches("](").count() == 1 && SAYS_SO.iter().any(|says| words.contains(says))
}
