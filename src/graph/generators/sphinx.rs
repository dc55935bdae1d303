//! Places on a page that Sphinx makes of Markdown (MyST), beside those that everybody knows.

use std::collections::BTreeSet;

use crate::graph::Node;
use crate::graph::resolve::Resolver;
use crate::source::{SourceFile, folded};

/// Whether Sphinx gives the page a place called `anchor`: by the id of docutils, which begins with a letter (docutils, `make_id`), or by a
/// heading in the text of a directive, which looks like a listing, or by a target above something, `(limits)=`.
pub(super) fn has_place(resolver: &Resolver<'_>, page: &Node, anchor: &str) -> bool {
    let has_settings = page.span.file.above().any(|folder| resolver.files.find(folder, "conf.py").is_some());
    if !has_settings {
        return false;
    }
    let wanted = folded(anchor);
    let in_text =
        || resolver.files.source(page.span.file).is_some_and(|file| file.told(read_targets).0.contains(&wanted));
    resolver.anchors.on(page.id).any(|(id, _)| without_number(id) == wanted) || in_text()
}

/// What a text calls places that Sphinx gives it beside those of headings, without case and punctuation.
#[derive(PartialEq)]
pub(super) struct Targets(BTreeSet<String>);

pub(super) fn read_targets(file: &SourceFile) -> Targets {
    let mut targets = BTreeSet::new();
    let mut is_in_directive = false;
    for line in file.text().lines() {
        let text = line.trim_start();
        let rest = text.trim_start_matches(['`', ':']);
        let is_fence = text.len() - rest.len() >= 3;
        let name = match line.strip_prefix('(').and_then(|line| line.strip_suffix(")=")) {
            None if is_in_directive => text.strip_prefix('#'),
            target => target,
        };
        is_in_directive = if is_fence { rest.starts_with('{') } else { is_in_directive };
        targets.extend(name.map(|name| without_number(&folded(name)).to_owned()));
    }
    Targets(targets)
}

fn without_number(id: &str) -> &str {
    id.trim_start_matches(|first: char| first.is_ascii_digit())
}
