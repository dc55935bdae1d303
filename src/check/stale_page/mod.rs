//! A page that says something about a thing that has changed since the page was looked at.
//!
//! What counts is what changed, not how old anything is: a page is suspect when a function, a type, an operation or an alert that
//! it refers to has lost, since the page was last changed or reviewed (`last_reviewed`), what the page shows of it: a name, a
//! number, a way to be called. Of what a page links to on purpose it is enough that its users see another thing. That a file was
//! changed elsewhere is nothing; of a file as a whole something has to be gone from the repository that the page shows beside the link.

mod blank;
mod called;
mod change;
mod entry;
mod file;
mod item;
mod passage;
mod proof;
mod reference;
mod stated;
mod written;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::Subject;
use super::word::has_word;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::discover::{Commit, History, Moment, NoHistory};
use crate::graph::{Fact, Node};
use crate::source::{Files, RepoPath, SourceFile, Sources};

use entry::Entries;
use file::{States, gone};
use item::Rust;
use proof::is_touched;
use reference::{Reference, Thing, is_source, references};
use written::Written;

/// What has labels and annotations, which change with those who are told.
const RULES: &[&str] = &["alert", "recording-rule"];

/// So many things are named for a page.
const MOST_NAMED: usize = 3;

/// So many texts of the past are looked at.
const MOST_TEXTS: usize = 5_000;

/// A reference to what may be another thing now.
#[derive(Clone)]
struct Candidate<'a> {
    reference: Reference<'a>,
    /// When the page was last looked at.
    moment: Moment,
    /// Of a whole file what the page shows of it that is gone, or the line that it numbers.
    gone: Option<String>,
}

/// Pages that refer to what has changed since.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let references = references(subject);
    if references.is_empty() {
        return Diagnostics::new();
    }
    match subject.history {
        Ok(history) => stale(subject, history, references),
        Err(reason) => unknown(reason).into_iter().collect(),
    }
}

/// `reference`, when a commit changed the file of what it leads to after the page was looked at, and nobody is working on that.
fn candidate<'a>(history: &History, reference: Reference<'a>) -> Option<Candidate<'a>> {
    let file = reference.told_in();
    let reviewed = match reference.page.facts.get("last_reviewed") {
        Some(Fact::Text(day)) => Some(day.as_str()),
        _ => None,
    };
    let moment = history.last_looked_at(file, reviewed)?;
    // What a program changes by itself, such as the number of a version, nobody has written about.
    let is_meant = |commit: &Commit| !commit.author.ends_with("[bot]") || !matches!(reference.thing, Thing::File(_));
    let is_other = history.changes_after(reference.thing.file(), moment).any(is_meant);
    (is_other && !history.is_edited(file)).then_some(Candidate { reference, moment, gone: None })
}

fn stale(subject: Subject<'_>, history: &History, references: Vec<Reference<'_>>) -> Diagnostics {
    let candidates = references.into_iter().filter_map(|reference| candidate(history, reference)).take(MOST_TEXTS);
    let candidates: Vec<Candidate<'_>> = candidates.collect();
    let wanted: BTreeSet<(Moment, RepoPath)> =
        candidates.iter().map(|found| (found.moment, found.reference.thing.file())).collect();
    let texts = history.texts_at(subject.tree.root(), &wanted);
    let mut suspect: BTreeMap<RepoPath, Vec<Candidate<'_>>> = BTreeMap::new();
    for mut candidate in candidates {
        let Candidate { reference, moment, .. } = candidate;
        let path = reference.thing.file();
        let (Some(then), Some(now)) = (texts.get(&(moment, path)), subject.tree.source(path)) else { continue };
        let Some(page) = subject.tree.source(reference.told_in()) else { continue };
        if **then == *now.text() {
            continue;
        }
        let is_other = match reference.thing {
            Thing::File(_) => {
                let states = States { path, then, now: now.text() };
                let place = (page.text(), reference.span.start as usize);
                candidate.gone = gone(place, reference.anchor, &states, |text| is_anywhere(subject, text));
                candidate.gone.is_some()
            }
            Thing::Node(node) => states_of(node, then, &now).is_some_and(|(then, of_now)| {
                let is_anywhere = |text: &str| is_anywhere(subject, text);
                is_touched((&reference, page.text()), &node.title, (&then, &of_now), now.text(), is_anywhere)
            }),
        };
        if is_other {
            suspect.entry(reference.page.span.file).or_default().push(candidate);
        }
    }
    suspect.into_values().filter_map(|candidates| finding(history, candidates)).collect()
}

/// What was written about `node` when its file said `then`, and what is; `None` when nobody can tell, or it was not there.
fn states_of(node: &Node, then: &str, now: &SourceFile) -> Option<(Written, Written)> {
    let start = node.span.start;
    if now.path().extension() == "rs" {
        let item = Rust::new(now.text()).item(start as usize)?;
        let before = Rust::new(then);
        return Some((Written::of(&before.same(&item)?), Written::of(&item)));
    }
    let are_rules = RULES.contains(&node.kind.name);
    let line = usize::try_from(now.line(start)).ok()?.checked_sub(1)?;
    let entries = Entries::new(now.text(), now.path(), are_rules);
    Some((Entries::new(then, now.path(), are_rules).same(&entries, line)?, entries.at(line)?))
}

/// Whether a source of the repository has `text`, or is called so: it may only stand elsewhere now.
fn is_anywhere(subject: Subject<'_>, text: &str) -> bool {
    if subject.tree.paths().any(|path| path.as_str().ends_with(text)) {
        return true;
    }
    let sources: Vec<RepoPath> = subject.tree.files().filter(|path| is_source(*path)).collect();
    let has = |path: &RepoPath| subject.tree.source(*path).is_some_and(|file| has_word(file.text().as_bytes(), text));
    sources.par_iter().any(has)
}

fn finding(history: &History, mut candidates: Vec<Candidate<'_>>) -> Option<Diagnostic> {
    candidates.sort_by_key(|candidate| (candidate.reference.span, candidate.reference.thing.span()));
    candidates.dedup_by_key(|candidate| candidate.reference.thing.span());
    let Candidate { reference: first, moment, .. } = candidates.first()?;
    let names: Vec<String> = candidates.iter().map(|candidate| candidate.reference.thing.name()).collect();
    let (named, rest) = names.split_at(names.len().min(MOST_NAMED));
    let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
    let day = history.commit(*moment).map_or("", |commit| &commit.day);
    let message = format!(
        "\u{201c}{}\u{201d} refers to what has changed since {day}: {}{more}",
        first.page.title,
        named.join(", ")
    );
    let path = first.page.span.file;
    let place = if first.span.file == path { first.span } else { first.page.span };
    // Of a whole file something may change that nobody wrote about.
    let is_vague = |candidate: &Candidate<'_>| matches!(candidate.reference.thing, Thing::File(_));
    let code = if candidates.iter().all(is_vague) { Code::StaleFileReference } else { Code::StalePage };
    let mut diagnostic = Diagnostic::new(code, message, place);
    for Candidate { reference, moment, gone } in candidates.iter().take(MOST_NAMED) {
        let commits: Vec<&Commit> = history.changes_after(reference.thing.file(), *moment).collect();
        let gone = gone.as_ref().map_or_else(String::new, |gone| format!("`{gone}` stood there then; "));
        diagnostic = diagnostic.related(reference.thing.span(), format!("{gone}{}", told(&commits)));
    }
    Some(diagnostic.hint(format!("read it again and mend it, or say that it holds: `livedoc review {path}`")))
}

/// The commits in which a thing may have changed, in a few words.
fn told(commits: &[&Commit]) -> String {
    let name = |commit: &&Commit| format!("{:.9} ({}, {})", commit.id, commit.day, commit.author);
    match commits {
        [one] => format!("changed in {}: {}", name(one), one.subject),
        [newest, .., oldest] => {
            format!("changed in one of {} commits, {} to {}", commits.len(), name(oldest), name(newest))
        }
        [] => "changed".to_owned(),
    }
}

/// That nobody can tell, and why.
fn unknown(reason: &NoHistory) -> Option<Diagnostic> {
    let (why, hint) = match reason {
        NoHistory::NotAsked => return None,
        NoHistory::NoRepository => ("there is no history of git here", "check a clone of the repository"),
        NoHistory::Shallow => (
            "this clone leaves out old commits",
            "fetch them with `git fetch --unshallow`; in a workflow of GitHub set `fetch-depth: 0`",
        ),
        NoHistory::Failed(said) => (said.as_str(), "see whether `git log` works here"),
    };
    Some(
        Diagnostic::without_place(Code::UnknownHistory, format!("nobody can tell which pages are stale: {why}"))
            .hint(hint),
    )
}
