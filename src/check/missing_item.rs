//! A Rust path in backticks whose last name nothing in the code has.

use std::collections::BTreeSet;

use super::Subject;
use super::document::{is_dated, is_of_one_time, tells_of_now};
use super::in_code::InCode;
use super::vendored::is_vendored;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, NearestNames, did_you_mean};
use crate::graph::{End, Fact, Link, Node, Target};
use crate::source::{Sources, Span};

/// Paths that begin with a crate of the repository and end with a name that stands in none of its Rust files. Whatever a macro
/// makes or a private module hides has its name somewhere.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let graph = &subject.resolved.graph;
    let paths = |node: &Node| match node.facts.get("path") {
        Some(Fact::Text(path)) => Some(path.clone()),
        _ => None,
    };
    let crates: BTreeSet<String> = graph.nodes().filter(|node| node.kind.name == "crate").filter_map(paths).collect();
    let modules: BTreeSet<String> = graph.nodes().filter(|node| node.kind.name == "module").filter_map(paths).collect();
    let modules: BTreeSet<&str> = modules.iter().filter_map(|path| Some(path.split_once("::")?.1)).collect();
    // `crate::orders::Order` may be of the reader's crate, unless there is such a module here.
    let is_of_crate = |path: &str| {
        let inner = path.strip_prefix("crate::").and_then(|path| path.rsplit_once("::"));
        inner.is_some_and(|(module, _)| modules.contains(module))
    };
    let candidate = |(link, end): (&'_ Link, &End)| -> Option<(Span, String)> {
        let Target::Named { scheme, text } = &link.target else { return None };
        let page = graph.node(link.from).filter(|_| scheme.as_str() == "code" && *end == End::Nowhere)?;
        let path = text.trim_end_matches("()").trim_end_matches('!');
        let first = path.split("::").next()?;
        // `shop::MODULE_NAME::ITEM` stands for any: no module is called so.
        let is_shouted = |part: &str| part.len() > 1 && !part.contains(|letter: char| letter.is_lowercase());
        let is_placeholder = path.rsplit("::").skip(1).any(is_shouted);
        let is_meant = tells_of_now(page) && path.contains("::") && !is_placeholder;
        let is_meant = is_meant && !is_dated(subject.tree, link.span.file) && !is_label(subject, link.span);
        let is_meant = is_meant && !is_of_one_time(link.span.file) && (crates.contains(first) || is_of_crate(path));
        is_meant.then(|| (link.span, path.to_owned()))
    };
    let candidates: Vec<(Span, String)> = subject.resolved.links().filter_map(candidate).collect();
    if candidates.is_empty() {
        return Diagnostics::new();
    }
    let last = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
    // A path may be one of another language as well.
    let found = subject.tree.ask(&InCode { names: candidates.iter().map(|(_, path)| last(path)).collect() });
    let known: Vec<String> = graph.nodes().filter(|node| node.kind.scheme == "rust").filter_map(paths).collect();
    let near = NearestNames::new(known.iter().map(String::as_str));
    let gone =
        candidates.into_iter().filter(|(span, path)| !found.contains(&last(path)) && !is_vendored(subject, span.file));
    let finding = |(span, path): (Span, String)| {
        let hint = match near.find(&path).as_slice() {
            [] => "name what took its place, or take the sentence out".to_owned(),
            near => did_you_mean(near),
        };
        Diagnostic::new(Code::MissingItem, format!("nothing in the code is called `{}`", last(&path)), span).hint(hint)
    };
    gone.map(finding).collect()
}

/// Whether the word behind `span` calls it a label, as GitLab has them: "`priority::high` label".
fn is_label(subject: Subject<'_>, span: Span) -> bool {
    let Some(file) = subject.tree.source(span.file) else { return false };
    let behind = file.text().get(span.range().end..).unwrap_or_default();
    behind.trim_start_matches(['`', ' ', '\n']).starts_with("label")
}
