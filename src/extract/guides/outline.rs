//! Tables of contents that people write by hand: mdBook's and GitBook's `SUMMARY.md`, the `nav` of `mkdocs.yml`.
//!
//! Formats: mdBook user guide, "SUMMARY.md" and "General configuration"; MkDocs user guide, "nav".

use std::sync::Arc;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::claim;
use crate::data::{self, Value};
use crate::discover::SourceTree;
use crate::source::{RepoPath, SourceFile, Sources, Span};

/// A table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outline {
    /// The folder that its pages lie in.
    pub(super) root: RepoPath,
    /// What the book is called; empty when it has no name.
    pub(super) title: String,
    /// The file that it was read from, which is no page.
    pub(super) file: RepoPath,
    /// Whether it is an mdBook, in which every directive counts.
    pub(super) is_book: bool,
    /// In reading order.
    pub(super) entries: Arc<[Entry]>,
}

/// A page in a table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) file: RepoPath,
    pub(super) title: String,
    /// The page that it stands below.
    pub(super) parent: Option<RepoPath>,
    /// The heading that it stands under; empty for none.
    pub(super) group: String,
    /// Where it is listed.
    pub(super) span: Span,
}

/// Deeper lists are read as if they were this deep.
const DEEPEST: usize = 50;

/// The tables of contents in `tree`, by root.
pub(super) fn find(tree: &SourceTree) -> Vec<Outline> {
    let mut outlines: Vec<Outline> = Vec::new();
    for path in tree.files() {
        let read: fn(&SourceTree, RepoPath) -> Option<Outline> = match path.file_name() {
            "book.toml" => book,
            "SUMMARY.md" => |tree, path| summary(tree, path, String::new()),
            "mkdocs.yml" | "mkdocs.yaml" => mkdocs,
            _ => continue,
        };
        let found = if claim::is_test_data(path) { None } else { read(tree, path) };
        // A book's configuration stands before its summary, and knows its name.
        outlines.extend(found.filter(|found| outlines.iter().all(|known| known.file != found.file)));
    }
    outlines.retain(|outline| !outline.entries.is_empty());
    outlines.sort_by_key(|outline| outline.root);
    outlines
}

fn book(tree: &SourceTree, path: RepoPath) -> Option<Outline> {
    let book = tree.source(path)?.told(read_book);
    summary(tree, book.summary?, book.title.clone())
}

/// What a `book.toml` says.
#[derive(PartialEq)]
struct Book {
    summary: Option<RepoPath>,
    title: String,
}

fn read_book(file: &SourceFile) -> Book {
    let (settings, _) = data::read_toml(file, 0..file.text().len());
    let settings = settings.as_ref().and_then(|settings| settings.get("book"));
    let text = |key: &str| settings.and_then(|book| book.get(key)).and_then(Value::as_str);
    let source = text("src").unwrap_or("src");
    let summary = file.path().parent().join(source).and_then(|source| source.join("SUMMARY.md"));
    Book { summary, title: text("title").unwrap_or_default().to_owned() }
}

fn summary(tree: &SourceTree, path: RepoPath, title: String) -> Option<Outline> {
    let Summary(entries) = &*tree.source(path)?.told(read_summary);
    let root = path.parent();
    Some(Outline { root, title, file: path, is_book: true, entries: Arc::clone(entries) })
}

/// The pages that a `SUMMARY.md` lists.
#[derive(PartialEq)]
struct Summary(Arc<[Entry]>);

/// Lists are chapters, one inside another; headings open parts; links outside of lists stand alone.
fn read_summary(file: &SourceFile) -> Summary {
    let folder = file.path().parent();
    let mut entries: Vec<Entry> = Vec::new();
    let mut part = String::new();
    // For each open list the chapter that came last in it.
    let mut open: Vec<Option<RepoPath>> = Vec::new();
    let mut link: Option<(Option<RepoPath>, String)> = None;
    let mut heading: Option<String> = None;
    let mut begun = false;
    for (event, range) in Parser::new(file.text()).into_offset_iter() {
        match event {
            Event::Start(Tag::List(_)) => open.push(None),
            Event::End(TagEnd::List(_)) => drop(open.pop()),
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let words = heading.take().unwrap_or_default();
                // The first heading is the summary's own.
                part = if begun { words } else { String::new() };
                begun = true;
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                begun = true;
                let target = dest_url.split('#').next().filter(|target| !target.is_empty() && !target.contains("://"));
                let target = target.and_then(|target| folder.join(&decoded(target)));
                link = Some((target, String::new()));
            }
            Event::End(TagEnd::Link) => {
                let Some((target, title)) = link.take() else { continue };
                let above = open.len().saturating_sub(1).min(DEEPEST);
                let parent = open[..above.min(open.len())].iter().rev().find_map(|chapter| *chapter);
                if let Some(last) = open.last_mut() {
                    *last = target;
                }
                let group = if open.is_empty() || parent.is_some() { String::new() } else { part.clone() };
                if let Some(target) = target {
                    entries.push(Entry { file: target, title, parent, group, span: file.span(range) });
                }
            }
            Event::Text(text) | Event::Code(text) => match (&mut link, &mut heading) {
                (Some((_, words)), _) | (None, Some(words)) => words.push_str(&text),
                (None, None) => {}
            },
            _ => {}
        }
    }
    Summary(entries.into())
}

fn decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
}

fn mkdocs(tree: &SourceTree, path: RepoPath) -> Option<Outline> {
    Option::clone(&tree.source(path)?.told(read_mkdocs))
}

fn read_mkdocs(file: &SourceFile) -> Option<Outline> {
    let path = file.path();
    let (documents, _) = data::read_yaml(file, 0..file.text().len());
    let settings = documents.into_iter().next()?;
    let text = |key: &str| settings.get(key).and_then(Value::as_str);
    let root = path.parent().join(text("docs_dir").unwrap_or("docs"))?;
    let mut entries = Vec::new();
    read_nav(settings.get("nav")?, root, &mut Vec::new(), &mut entries);
    let title = text("site_name").unwrap_or_default().to_owned();
    Some(Outline { root, title, file: path, is_book: false, entries: entries.into() })
}

/// `nav` is a list of files, of named files, and of named lists. Values are never deep: see [`data::DEEPEST`].
fn read_nav(nav: &Value, root: RepoPath, sections: &mut Vec<String>, entries: &mut Vec<Entry>) {
    for item in nav.items() {
        if let Some(target) = item.as_str() {
            push_page(String::new(), target, item.span, root, sections, entries);
        }
        for named in item.entries() {
            if let Some(target) = named.value.as_str() {
                push_page(named.key.to_string(), target, named.value.span, root, sections, entries);
            } else {
                sections.push(named.key.to_string());
                read_nav(&named.value, root, sections, entries);
                sections.pop();
            }
        }
    }
}

fn push_page(title: String, target: &str, span: Span, root: RepoPath, sections: &[String], entries: &mut Vec<Entry>) {
    let is_markdown = target.ends_with(".md") && !target.contains("://");
    if let Some(file) = root.join(target).filter(|_| is_markdown) {
        entries.push(Entry { file, title, parent: None, group: sections.join(" / "), span });
    }
}
