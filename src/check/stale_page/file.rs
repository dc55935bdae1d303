//! A page and two states of a file that it refers to -> what it shows of the file that stands there no longer.
//!
//! A page shows what it has between backticks and in listings beside the link, and the line that the link numbers
//! (`deploy.sh#L12`). That a file changed elsewhere says nothing about a page that only points to it.

use std::collections::BTreeSet;

use super::blank::telling_lines;
use super::change::form;
use super::passage::{Page, Passage, in_backticks, is_telling};
use super::stated::{is_stated, values};
use crate::check::word::has_word;
use crate::source::RepoPath;

/// Shorter lines stand in many files.
const SHORTEST_LINE: usize = 12;

/// Shorter words are about anything.
const SHORTEST_WORD: usize = 4;

/// So many lines of a file make a listing an excerpt of it.
const EXCERPT: usize = 2;

/// A line that is so near has not moved.
const NEAR: usize = 3;

/// Two states of a file.
pub(super) struct States<'t> {
    pub(super) path: RepoPath,
    pub(super) then: &'t str,
    pub(super) now: &'t str,
}

/// What the page that says `page` shows of a file, to which it refers at `offset`, that the file has no more, nor any other of which
/// `is_anywhere` knows. `anchor` is the place in it that the page refers to, as in `#L12`.
pub(super) fn gone(
    (page, offset): (&str, usize),
    anchor: &str,
    states: &States<'_>,
    is_anywhere: impl Fn(&str) -> bool,
) -> Option<String> {
    if let Some(line) = by_line(anchor, states) {
        return Some(line);
    }
    let page = Page::new(page);
    let block = page.block(offset);
    let then: BTreeSet<String> = telling_lines(states.then, states.path).into_iter().collect();
    let code = then.iter().map(String::as_str).collect::<Vec<_>>().join("\n");
    let is_gone =
        |name: &&str| has_word(code.as_bytes(), name) && !has_word(states.now.as_bytes(), name) && !is_anywhere(name);
    let named = in_backticks(&block.text).filter(|name| is_telling(name)).find(is_gone);
    let stood = |line: &&str| is_line(line) && then.contains(line.trim_end_matches(','));
    let is_line_gone = |line: &&str| stood(line) && !states.now.contains(*line) && !is_anywhere(line);
    let beside = || block.listing.lines().map(str::trim).find(is_line_gone);
    // Of a listing that is an excerpt it does not matter where on the page it stands.
    let is_excerpt = |lines: &Vec<&str>| lines.iter().filter(|line| stood(line)).count() >= EXCERPT;
    let elsewhere = || page.listings().filter(is_excerpt).find_map(|lines| lines.into_iter().find(is_line_gone));
    let valued = || another_value(&block, &then, &telling_lines(states.now, states.path).into_iter().collect());
    named.or_else(beside).or_else(elsewhere).map(str::to_owned).or_else(valued)
}

/// The line of `then` that says another value `now`, where `block` is about the same and states the old one.
fn another_value(block: &Passage, then: &BTreeSet<String>, now: &BTreeSet<String>) -> Option<String> {
    let text = block.text.to_lowercase();
    let forms: BTreeSet<String> = now.difference(then).map(|line| form(line)).collect();
    let is_of_block = |line: &str| {
        let names = line.split(|one: char| !one.is_alphabetic()).filter(|name| name.len() >= SHORTEST_WORD);
        names.map(str::to_lowercase).any(|name| has_word(text.as_bytes(), &name))
    };
    let is_now = |value: &str| now.iter().any(|line| values(line).any(|other| other == value));
    let mut gone = then.difference(now).filter(|line| {
        let form = form(line);
        let is_stated = |value: &str| !value.contains(' ') && is_stated(block, value) && !is_now(value);
        forms.contains(&form) && is_of_block(&form) && values(line).any(is_stated)
    });
    gone.next().cloned()
}

/// Whether a line says so much that it is not in every file.
fn is_line(line: &str) -> bool {
    let words = line.split(|one: char| !one.is_alphanumeric()).filter(|word| !word.is_empty());
    line.len() >= SHORTEST_LINE && words.count() > 1
}

/// The text of the line that `anchor` numbers, when it stands elsewhere now, or nowhere. One that only says something else about the
/// same has not moved.
fn by_line(anchor: &str, states: &States<'_>) -> Option<String> {
    let mut numbers = anchor.split(|end: char| !end.is_ascii_digit()).filter_map(|number| number.parse::<usize>().ok());
    let first = numbers.next()?.checked_sub(1)?;
    let last = numbers.next().map_or(first, |last| last.max(first + 1) - 1);
    if !anchor.trim_start_matches('#').trim_start_matches('L').starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let (then, now) =
        (states.then.lines().nth(first)?.trim(), states.now.lines().nth(first).unwrap_or_default().trim());
    let reach = NEAR.max(last - first);
    let is_near =
        states.now.lines().skip(first.saturating_sub(reach)).take(2 * reach + 1).any(|line| line.trim() == then);
    let key = |line: &str| line.split([':', '=', '(']).next().unwrap_or_default().trim().to_owned();
    (then.contains(char::is_alphanumeric) && !is_near && key(then) != key(now)).then(|| then.to_owned())
}
