//! `--supersedes 7`: which decision that is, and both sides of the supersession.

use super::super::Failure;
use crate::extract::{NamedRecord, superseded_text, superseding_text};
use crate::graph::{Fact, Node};
use crate::markdown::way_to;
use crate::pipeline::Analysis;
use crate::source::{RepoPath, SourceFile, Sources};

/// The decision that `wanted` names: by number, `adr:7`, its file's name or its path.
pub(super) fn find_decision<'a>(analysis: &'a Analysis, wanted: &str) -> Result<&'a Node, Failure> {
    let number: Option<i64> = wanted.trim().trim_start_matches(|first: char| !first.is_ascii_digit()).parse().ok();
    let name = wanted.strip_prefix("adr:").unwrap_or(wanted);
    let nodes = || analysis.resolved.graph.nodes().filter(|node| node.kind.name == "adr");
    let exact = |node: &&Node| {
        let path = node.span.file;
        node.id.as_str() == wanted
            || node.id.name() == name
            || path.as_str() == wanted
            || path.file_name() == wanted
            || path.stem() == wanted
    };
    let bears = |node: &&Node| number.is_some() && node.facts.get("number") == number.map(Fact::Number).as_ref();
    let mut found: Vec<&Node> = nodes().filter(exact).collect();
    if found.len() != 1 || name.parse::<i64>().is_ok() {
        // A number means every record that has it, whatever one of them is called.
        found.extend(nodes().filter(bears));
        found.sort_by_key(|node| node.id);
        found.dedup_by_key(|node| node.id);
    }
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(Failure::usage(format!("there is no decision `{wanted}`"))
            .hint("name it by its number, by its id (`adr:7`) or by its file")),
        several => {
            let names: Vec<String> = several.iter().map(|node| format!("`{}` ({})", node.id, node.span.file)).collect();
            Err(Failure::usage(format!("`{wanted}` may be {}", names.join(" or "))).hint("name it by its file"))
        }
    }
}

/// The text of a new record at `path`, with the words that it supersedes `old`, and the old one's text with the words that
/// it is superseded.
pub(super) fn both_sides(
    analysis: &Analysis,
    path: RepoPath,
    text: &str,
    title: &str,
    old: &Node,
) -> Result<(String, (RepoPath, String)), Failure> {
    let file = old.span.file;
    let unsure = || {
        Failure::usage(format!("it is not certain how `{file}` is to say that it is superseded"))
            .hint("change its status yourself, and leave out `--supersedes`")
    };
    let number = match old.facts.get("number") {
        Some(Fact::Number(number)) => format!("{number}. "),
        _ => String::new(),
    };
    let source = analysis.tree.source(file).ok_or_else(unsure)?;
    let to_old = way_to(path.parent(), file);
    let old_title = format!("{number}{}", old.title);
    let text =
        superseding_text(&SourceFile::new(path, text.to_owned()), NamedRecord { title: &old_title, path: &to_old });
    let to_new = way_to(file.parent(), path);
    let changed = superseded_text(&source, NamedRecord { title, path: &to_new });
    Ok((text.ok_or_else(unsure)?, (file, changed.ok_or_else(unsure)?)))
}
