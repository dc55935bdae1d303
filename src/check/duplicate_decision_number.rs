//! Two decisions of one log with one number.

use std::collections::BTreeMap;

use super::Subject;
use super::decision::{decisions, log, number};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::Node;
use crate::source::Sources;

/// Decisions whose number an earlier one of their log has: "ADR 7" means either.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let mut numbered: BTreeMap<(&str, i64), Vec<&Node>> = BTreeMap::new();
    for node in decisions(subject) {
        // Nought is often the number of what has none yet.
        if let Some(number) = number(node).filter(|number| *number > 0) {
            numbered.entry((log(node), number)).or_default().push(node);
        }
    }
    let mut found = Diagnostics::new();
    for ((log, number), mut nodes) in numbered {
        nodes.sort_by_key(|node| node.span.file);
        nodes.retain(|node| !is_forwarding(subject, node));
        let mut known: Vec<&Node> = Vec::new();
        for node in nodes {
            if known.iter().any(|first| is_version_of(first, node)) {
                continue;
            }
            if let Some(first) = known.first() {
                let message = format!("two decisions in `{log}` have the number {number}");
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

/// Whether a record is nothing but a link to where it is now.
fn is_forwarding(subject: Subject<'_>, node: &Node) -> bool {
    let Some(file) = subject.tree.source(node.span.file) else { return false };
    let text = file.text().trim();
    text.lines().count() <= 3 && text.len() < 300 && text.contains("](") && text.to_lowercase().contains("moved")
}
