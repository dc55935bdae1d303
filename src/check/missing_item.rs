//! A Rust path in backticks whose last name nothing in the code has.

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;

use super::Subject;
use super::document::tells_of_now;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, NearestNames, did_you_mean};
use crate::graph::{End, Fact, Link, Node, Target};
use crate::source::{Files, RepoPath};

/// Paths that begin with a crate of the repository and end with a name that stands in none of its Rust files. Whatever a macro
/// makes or a private module hides has its name somewhere.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let graph = &subject.resolved.graph;
    let paths = |node: &Node| match node.facts.get("path") {
        Some(Fact::Text(path)) => Some(path.clone()),
        _ => None,
    };
    let crates: BTreeSet<String> = graph.nodes().filter(|node| node.kind.name == "crate").filter_map(paths).collect();
    let candidate = |(link, end): (&'_ Link, &End)| -> Option<(crate::source::Span, String)> {
        let Target::Named { scheme, text } = &link.target else { return None };
        let page = graph.node(link.from).filter(|_| scheme.as_str() == "code" && *end == End::Nowhere)?;
        let path = text.trim_end_matches("()").trim_end_matches('!');
        let first = path.split("::").next()?;
        let is_meant = tells_of_now(page) && path.contains("::") && crates.contains(first);
        is_meant.then(|| (link.span, path.to_owned()))
    };
    let candidates: Vec<(crate::source::Span, String)> = subject.resolved.links().filter_map(candidate).collect();
    if candidates.is_empty() {
        return Diagnostics::new();
    }
    let last = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
    let mut found: BTreeMap<String, bool> = candidates.iter().map(|(_, path)| (last(path), false)).collect();
    let sources: Vec<RepoPath> = subject.tree.paths().filter(|path| path.extension() == "rs").collect();
    // As bytes: a file that nobody reads has no findings of its own.
    for text in sources.into_iter().filter_map(|path| subject.tree.bytes(path)) {
        for (name, is_there) in found.iter_mut().filter(|(_, is_there)| !**is_there) {
            *is_there = has_word(&text, name);
        }
    }
    let known: Vec<String> = graph.nodes().filter(|node| node.kind.scheme == "rust").filter_map(paths).collect();
    let near = NearestNames::new(known.iter().map(String::as_str));
    let gone = candidates.into_iter().filter(|(_, path)| found.get(&last(path)) == Some(&false));
    let finding = |(span, path): (crate::source::Span, String)| {
        let hint = match near.find(&path).as_slice() {
            [] => "name what took its place, or take the sentence out".to_owned(),
            near => did_you_mean(near),
        };
        Diagnostic::new(Code::MissingItem, format!("nothing in the code is called `{}`", last(&path)), span).hint(hint)
    };
    gone.map(finding).collect()
}

/// Whether `name` stands in a text with nothing beside it that would make it longer.
fn has_word(bytes: &[u8], name: &str) -> bool {
    let is_part = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    memmem::find_iter(bytes, name.as_bytes()).any(|at| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        !is_part(before) && !is_part(bytes.get(at + name.len()))
    })
}
