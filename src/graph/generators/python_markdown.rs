//! Places that Python-Markdown, which MkDocs reads its pages with, makes beside those of headings that everybody knows.

use std::collections::BTreeSet;

use crate::graph::resolve::Resolver;
use crate::source::{RepoPath, folded};

/// Whether Python-Markdown gives the page at `page` a place called `anchor`: a tab (PyMdown Extensions, "tabbed"), `__tabbed_1_2`, or one
/// of `headings`, which are those without a space behind their signs.
pub(super) fn has_place(resolver: &Resolver<'_>, page: RepoPath, headings: &BTreeSet<String>, anchor: &str) -> bool {
    let is_project =
        |folder: RepoPath| ["mkdocs.yml", "mkdocs.yaml"].iter().any(|name| resolver.files.find(folder, name).is_some());
    (is_tab(anchor) || headings.contains(&folded(anchor))) && page.above().any(is_project)
}

fn is_tab(anchor: &str) -> bool {
    let numbers = anchor.strip_prefix("__tabbed_").and_then(|numbers| numbers.split_once('_'));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    numbers.is_some_and(|(set, tab)| is_number(set) && is_number(tab))
}

/// The folded words of ``##`limits` ``, which is a heading nowhere else. What one sign begins may be a word of its own.
pub(super) fn tight_heading(line: &str) -> Option<String> {
    let words = line.strip_prefix("##")?.trim_start_matches('#');
    let is_tight = !words.is_empty() && !words.starts_with([' ', '\t']);
    is_tight.then(|| folded(words))
}

#[cfg(test)]
mod tests {
    use super::{is_tab, tight_heading};

    #[test]
    fn what_python_markdown_makes() {
        assert!(is_tab("__tabbed_1_12"));
        assert!(!is_tab("__tabbed_1"));
        assert_eq!(tight_heading("###`limits.small`").as_deref(), Some("limitssmall"));
        assert_eq!(tight_heading("###"), None);
        assert_eq!(tight_heading("### limits"), None);
        assert_eq!(tight_heading("#limits"), None);
    }
}
