//! Places that Python-Markdown, which MkDocs reads its pages with, makes beside those of headings that everybody knows.

use std::collections::BTreeSet;

use crate::graph::Node;
use crate::graph::resolve::Resolver;
use crate::source::{RepoPath, folded};

/// Whether Python-Markdown gives the page a place called `anchor`: a tab (PyMdown Extensions, "tabbed"), `__tabbed_1_2`, one of
/// `headings`, which are those without a space behind their signs, or a heading by its letters of ASCII alone (Python-Markdown, `slugify`).
pub(super) fn has_place(resolver: &Resolver<'_>, page: &Node, headings: &BTreeSet<String>, anchor: &str) -> bool {
    let is_project = |folder: RepoPath| {
        ["mkdocs.yml", "mkdocs.yaml", "zensical.toml"].iter().any(|name| resolver.files.find(folder, name).is_some())
    };
    let is_left = |id: &str| !id.is_ascii() && is_plain(id, anchor);
    let is_heading = || is_plain("", anchor) || resolver.anchors.on(page.id).any(|(id, _)| is_left(id));
    (is_tab(anchor) || headings.contains(&folded(anchor)) || is_heading()) && page.span.file.above().any(is_project)
}

/// Whether `anchor` is what is left of the folded `id` without what is not ASCII, and perhaps a number: `pull-requests-prufen` of
/// "Pull Requests prüfen", `_2` of the second heading of which nothing is left.
fn is_plain(id: &str, anchor: &str) -> bool {
    let (words, number) = anchor.rsplit_once('_').unwrap_or((anchor, ""));
    let words = if number.bytes().all(|byte| byte.is_ascii_digit()) { words } else { anchor };
    let words = folded(words);
    // Of a heading of signs nothing is left here, either.
    if words.is_empty() {
        return true;
    }
    // How much of it may be read when as much of the id is.
    let mut read = BTreeSet::from([0]);
    for letter in id.chars() {
        read = read.into_iter().flat_map(|at| reads(letter, &words, at)).collect();
    }
    read.contains(&words.len())
}

/// Where `words` may go on behind `at` when `letter` is read: a letter with a mark is taken for one or two without.
fn reads(letter: char, words: &str, at: usize) -> Vec<usize> {
    let rest = &words.as_bytes()[at..];
    if letter.is_ascii() {
        return if rest.first().is_some_and(|next| char::from(*next) == letter) { vec![at + 1] } else { Vec::new() };
    }
    let is_latin = matches!(letter, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    let longest = if is_latin { rest.len().min(2) } else { 0 };
    (0..=longest).map(|length| at + length).collect()
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
    use super::{is_plain, is_tab, tight_heading};

    #[test]
    fn what_python_markdown_makes() {
        assert!(is_tab("__tabbed_1_12"));
        assert!(!is_tab("__tabbed_1"));
        let cases = [
            ("pullrequestsprüfen", "pull-requests-prufen", true),
            ("tags参数", "tags", true),
            ("tags参数", "tags_2", true),
            ("参数", "_4", true),
            ("参数", "-", true),
            ("参数", "tags", false),
            ("prüfen", "prufung", false),
        ];
        for (id, anchor, expected) in cases {
            assert_eq!(is_plain(id, anchor), expected, "{id} {anchor}");
        }
        assert_eq!(tight_heading("###`limits.small`").as_deref(), Some("limitssmall"));
        assert_eq!(tight_heading("###"), None);
        assert_eq!(tight_heading("### limits"), None);
        assert_eq!(tight_heading("#limits"), None);
    }
}
