//! Places on a page that Sphinx makes of Markdown (MyST), beside those that everybody knows.

use super::folders_above;
use crate::graph::Node;
use crate::graph::resolve::Resolver;
use crate::source::folded;

/// Whether Sphinx gives the page a place called `anchor`: by the id of docutils, which begins with a letter (docutils, `make_id`), or by a
/// heading in the text of a directive, which looks like a listing.
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
        let headings = file.text().lines().filter_map(|line| line.trim_start().strip_prefix('#'));
        Some(headings.into_iter().any(|heading| is_it(&folded(heading))))
    };
    resolver.anchors.on(page.id).any(|(id, _)| is_it(id)) || in_text().unwrap_or(false)
}
