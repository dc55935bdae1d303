//! Links of mdBook's pages -> the files that they mean there, and whether a preprocessor decides.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::graph::resolve::Resolver;
use crate::source::{RepoPath, SourceFile, folded};

/// Preprocessors that make no links and no places of their own.
const USUAL: &[&str] = &["admonish", "index", "katex", "links", "mermaid", "tabs", "toc"];

/// What mdBook makes of its pages: `flow.html` is of `flow.md`, and `index.md` of `README.md`.
pub(super) fn pages_meant(resolver: &Resolver<'_>, page: RepoPath, written: &str) -> Vec<RepoPath> {
    let Some(book) = book_of(resolver, page) else { return Vec::new() };
    let html = written.strip_suffix(".html").filter(|stem| !stem.contains('/'));
    let html = html.and_then(|stem| book.join("src")?.join(&format!("{stem}.md")));
    let index = written.strip_suffix("index.md").and_then(|folder| page.parent().join(&format!("{folder}README.md")));
    html.into_iter().chain(index).collect()
}

/// Whether `path` is out of the mdBook of `page`, or no page that anybody writes, and not even its folder is here: it is of what is
/// published beside the book.
pub(super) fn is_beside(resolver: &Resolver<'_>, page: RepoPath, path: RepoPath) -> bool {
    let Some(book) = book_of(resolver, page) else { return false };
    let source = book.join("src").filter(|source| page.is_below(*source)).unwrap_or(book);
    (!path.is_below(source) || path.has_extension(&["html"])) && !resolver.files.is_folder(path.parent())
}

/// Whether `written` is a name that a preprocessor of the book makes a link of: `expr.closure`.
pub(super) fn is_left_to_preprocessor(resolver: &Resolver<'_>, page: RepoPath, written: &str) -> bool {
    let is_word = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let last = written.rsplit('.').next().unwrap_or_default();
    let is_file = matches!(last, "md" | "html" | "png" | "svg" | "rs" | "toml" | "txt");
    written.contains('.') && written.split('.').all(is_word) && !is_file && has_own_preprocessor(resolver, page)
}

/// Whether the book may have a place of this name, which no heading has: a preprocessor made it, or it is a term of a list of definitions
/// (mdBook 0.5).
pub(super) fn may_have_place(resolver: &Resolver<'_>, page: RepoPath, anchor: &str) -> bool {
    let is_term =
        || resolver.files.source(page).is_some_and(|file| file.told(read_terms).0.contains(folded(anchor).as_str()));
    book_of(resolver, page).is_some()
        && (anchor.contains('.') && has_own_preprocessor(resolver, page)
            || is_term()
            || includes_what_is_made(resolver, page))
}

/// Whether the page includes a file that is not there: a build makes it first.
fn includes_what_is_made(resolver: &Resolver<'_>, page: RepoPath) -> bool {
    let Some(file) = resolver.files.source(page) else { return false };
    let named = file.text().split("{{#include ").skip(1).filter_map(|rest| rest.split(['}', ':', ' ']).next());
    let mut paths = named.filter_map(|path| page.parent().join(path));
    paths.any(|path| !resolver.files.contains(path))
}

/// The terms that a page defines, without case and punctuation.
#[derive(Debug, PartialEq)]
pub(super) struct Terms(BTreeSet<String>);

pub(super) fn read_terms(file: &SourceFile) -> Terms {
    let mut before = "";
    let mut terms = |line| {
        let term = std::mem::replace(&mut before, line);
        line.trim_start().starts_with(": ").then(|| folded(term))
    };
    // The first line has none before it.
    Terms(file.text().lines().enumerate().filter_map(|(at, line)| terms(line).filter(|_| at > 0)).collect())
}

fn has_own_preprocessor(resolver: &Resolver<'_>, page: RepoPath) -> bool {
    preprocessors(resolver, page).is_some_and(|settings| settings.has_own)
}

fn preprocessors(resolver: &Resolver<'_>, page: RepoPath) -> Option<Arc<Preprocessors>> {
    let settings = book_of(resolver, page)?.join("book.toml")?;
    Some(resolver.files.source(settings)?.told(read_preprocessors))
}

/// What a `book.toml` says of preprocessors.
#[derive(Debug, PartialEq)]
pub(super) struct Preprocessors {
    /// Whether one of them may make links and places.
    has_own: bool,
    /// Whether it is itself made by a build.
    is_put_together: bool,
}

pub(super) fn read_preprocessors(file: &SourceFile) -> Preprocessors {
    let mut names = file.text().lines().filter_map(|line| line.trim().strip_prefix("[preprocessor."));
    let is_mark = |part: &str| {
        part.len() > 3 && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
    };
    Preprocessors {
        has_own: names.any(|name| !USUAL.contains(&name.split([']', '.']).next().unwrap_or(name))),
        is_put_together: file.text().split('@').skip(1).any(is_mark),
    }
}

/// Whether a build puts the book of `page` together elsewhere before mdBook makes pages: its settings have marks to be replaced, `@SITE@`.
pub(super) fn is_put_together(resolver: &Resolver<'_>, page: RepoPath) -> bool {
    preprocessors(resolver, page).is_some_and(|settings| settings.is_put_together)
}

/// The folder of the book that has `page`.
pub(super) fn book_of(resolver: &Resolver<'_>, page: RepoPath) -> Option<RepoPath> {
    let has_settings = |folder: &RepoPath| resolver.files.find(*folder, "book.toml").is_some();
    page.above().find(has_settings)
}
