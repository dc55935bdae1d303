//! Places on a page that Sphinx makes of Markdown (MyST), beside those that everybody knows.

use super::folders_above;
use crate::graph::Node;
use crate::graph::resolve::Resolver;
use crate::source::folded;

/// Whether Sphinx gives the page a place called `anchor`: by the id of docutils, which begins with a letter (docutils, `make_id`), or by a
/// heading in the text of a directive, which looks like a listing, or by a target above something, `(limits)=`.
pub(in crate::graph) fn has_place(resolver: &Resolver<'_>, page: &Node, anchor: &str) -> bool {
    let has_settings = folders_above(page.span.file)
        .any(|folder| folder.join("conf.py").is_some_and(|path| resolver.files.contains(path)));
    if !has_settings {
        return false;
    }
    let wanted = folded(anchor);
    let is_it = |id: &str| id.trim_start_matches(|first: char| first.is_ascii_digit()) == wanted;
    let in_text = || {
        let file = resolver.files.source(page.span.file)?;
        let target = |line: &str| Some(folded(line.strip_prefix('(')?.strip_suffix(")=")?));
        let heading = |line: &str| Some(folded(line.trim_start().strip_prefix('#')?));
        Some(file.text().lines().any(|line| target(line).or_else(|| heading(line)).is_some_and(|id| is_it(&id))))
    };
    resolver.anchors.on(page.id).any(|(id, _)| is_it(id)) || in_text().unwrap_or(false)
}
