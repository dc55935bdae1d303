//! A key of a configuration that a document names and that no code reads.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::bytes::{Regex, RegexBuilder};

use super::Subject;
use super::citation::is_about_the_past;
use super::document::tells_of_now;
use super::variable::is_document;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, NearestNames, did_you_mean};
use crate::discover::Question;
use crate::graph::{KEY, Known, ReadKeys, Target};
use crate::source::{RepoPath, Sources, Span};

/// A key that is missing: where it is named, and what is read beside it.
type Missing<'a> = BTreeMap<&'a str, (Vec<Span>, BTreeSet<String>)>;

/// Keys of a configuration whose structure is known, below a first part of which documents name more keys that are read than
/// others, where nothing else in the repository has the name.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let graph = &subject.resolved.graph;
    let named = subject.resolved.links().filter_map(|(link, _)| {
        let Target::Named { scheme, text } = &link.target else { return None };
        let page = graph.node(link.from).filter(|_| scheme.as_str() == KEY)?;
        tells_of_now(page).then_some((text.as_str(), link.span))
    });
    let named: Vec<(&str, Span)> = named.collect();
    let read = ReadKeys::of(graph);
    if named.is_empty() || read.is_empty() {
        return Diagnostics::new();
    }
    // What is read, by its first part and by the file that names it.
    let mut known: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut known_in: BTreeSet<(RepoPath, &str)> = BTreeSet::new();
    let mut missing = Missing::new();
    for (key, span) in named {
        match read.find(key) {
            Known::Yes => {
                known.entry(first(key)).or_default().insert(key);
                known_in.insert((span.file, first(key)));
            }
            Known::No(beside) if is_now(subject, span) => {
                missing.entry(key).or_insert_with(|| (Vec::new(), beside)).0.push(span)
            }
            Known::No(_) | Known::Maybe | Known::Nothing => {}
        }
    }
    let missing_of = |own: &str| missing.keys().filter(|key| first(key) == own).count();
    let is_sure = |key: &str| {
        let known = known.get(first(key)).map_or(0, BTreeSet::len);
        known > 1 && known > missing_of(first(key))
    };
    let wanted: BTreeSet<&str> = missing.keys().copied().filter(|key| is_sure(key)).collect();
    let elsewhere = subject.tree.ask(&Elsewhere::of(wanted.iter().map(|key| last(key))));
    let mut found = Diagnostics::new();
    for (key, (spans, beside)) in
        missing.iter().filter(|(key, _)| wanted.contains(*key) && !elsewhere.contains(last(key)))
    {
        let near = NearestNames::new(beside.iter().map(String::as_str)).find(last(key));
        let before = key.strip_suffix(last(key)).unwrap_or_default();
        let near: Vec<String> = near.iter().map(|near| format!("{before}{near}")).collect();
        let near: Vec<&str> = near.iter().map(String::as_str).collect();
        let hint =
            if near.is_empty() { "read it again, or take it out of the text".to_owned() } else { did_you_mean(&near) };
        let mut seen = BTreeSet::new();
        let is_meant = |span: &&Span| known_in.contains(&(span.file, first(key)));
        for span in spans.iter().filter(is_meant).filter(|span| seen.insert(span.file)) {
            let message = format!("no code reads the configuration key `{key}`");
            found.push(Diagnostic::new(Code::MissingConfigurationKey, message, *span).hint(hint.clone()));
        }
    }
    found
}

fn first(key: &str) -> &str {
    key.split('.').next().unwrap_or(key)
}

fn last(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}

fn is_now(subject: Subject<'_>, span: Span) -> bool {
    subject.tree.source(span.file).is_some_and(|file| !is_about_the_past(file.text(), &span.range()))
}

/// Which of `names` files beside documents have as a word, with `-` or `_`.
#[derive(Clone, PartialEq)]
struct Elsewhere {
    /// With `_`, and as it is written.
    names: BTreeMap<String, String>,
}

impl Elsewhere {
    fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        Self { names: names.map(|name| (name.replace('-', "_"), name.to_owned())).collect() }
    }
}

impl Question for Elsewhere {
    fn concerns(&self, path: RepoPath) -> bool {
        !self.names.is_empty() && !is_document(path)
    }

    fn answer(&self, bytes: &[u8]) -> BTreeSet<String> {
        static WORD: LazyLock<Option<Regex>> =
            LazyLock::new(|| RegexBuilder::new("[A-Za-z][A-Za-z0-9_-]+").unicode(false).build().ok());
        let words = WORD.iter().flat_map(|word| word.find_iter(bytes));
        let words = words.filter_map(|found| std::str::from_utf8(found.as_bytes()).ok());
        words.filter_map(|word| self.names.get(&word.replace('-', "_")).cloned()).collect()
    }
}
