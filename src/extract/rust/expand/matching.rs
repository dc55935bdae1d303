//! Patterns and the tokens of a call -> what the macro's variables stand for.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fragment::FragmentKind;
use super::rules::{Pattern, Times};
use super::tokens::Tokens;
use crate::extract::rust::syntax::TokenKind;

/// What the variables of a rule stand for.
pub(super) type Bindings<'a> = BTreeMap<&'a str, Bound>;

/// The same while it is written: of what is repeated, one.
pub(super) type View<'v> = BTreeMap<&'v str, &'v Bound>;

/// What a variable stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// Tokens of the call.
    Tokens(Range<usize>),
    /// A doc comment, which stands for `doc = "…"`: the place of its token.
    Comment(usize),
    /// A part of what a doc comment stands for.
    Text(String),
    /// One for each repetition.
    Repeated(Vec<Bound>),
}

/// What the variables in `patterns` stand for, when they fit all of `tokens`.
pub(super) fn matched<'a>(patterns: &[Pattern<'a>], tokens: &Tokens<'_>) -> Option<Bindings<'a>> {
    let mut bound = Bindings::new();
    let end = tokens.all.len();
    (sequence(patterns, tokens, 0, end, &mut bound)? == end).then_some(bound)
}

/// Fits `patterns` to the tokens from `start` on; gives the place behind.
fn sequence<'a>(
    patterns: &[Pattern<'a>],
    tokens: &Tokens<'_>,
    start: usize,
    end: usize,
    bound: &mut Bindings<'a>,
) -> Option<usize> {
    let mut place = start;
    let mut index = 0;
    while let Some(pattern) = patterns.get(index) {
        index += 1;
        match pattern {
            Pattern::Token("#") if place < end && tokens.kind(place) == Some(TokenKind::OuterDoc) => {
                // A doc comment is an attribute to macros.
                let Some(Pattern::Group("[", inner)) = patterns.get(index) else { return None };
                comment(inner, tokens, place, bound)?;
                index += 1;
                place += 1;
            }
            Pattern::Token(text) => {
                if place >= end || tokens.text(place) != *text {
                    return None;
                }
                place += 1;
            }
            Pattern::Group(open, inner) => {
                let group = tokens.group(place).filter(|_| place < end && tokens.text(place) == *open)?;
                if sequence(inner, tokens, group.start, group.end, bound)? != group.end {
                    return None;
                }
                place = group.end + 1;
            }
            Pattern::Fragment(name, kind) => {
                let behind = kind.end(tokens, place, end)?;
                bound.insert(name, Bound::Tokens(place..behind));
                place = behind;
            }
            Pattern::Repetition(inner, separator, times) => {
                place = repetition(inner, *separator, *times, tokens, place, end, bound)?;
            }
        }
    }
    Some(place)
}

/// Fits what stands in the brackets of an attribute to the doc comment at `place`, which is `doc = "…"` to macros.
fn comment<'a>(inner: &[Pattern<'a>], tokens: &Tokens<'_>, place: usize, bound: &mut Bindings<'a>) -> Option<()> {
    if let [Pattern::Fragment(name, FragmentKind::Meta)] = inner {
        bound.insert(name, Bound::Comment(place));
        return Some(());
    }
    let words = ["doc".to_owned(), "=".to_owned(), comment_literal(tokens.text(place))];
    let text = |word: &String| Bound::Text(word.clone());
    let mut rest = words.as_slice();
    for pattern in inner {
        match pattern {
            Pattern::Token(token) => rest = rest.split_first().filter(|(word, _)| word == token)?.1,
            Pattern::Fragment(name, kind) => {
                let (word, behind) = rest.split_first()?;
                let fits = match kind {
                    FragmentKind::Tree => true,
                    FragmentKind::Identifier => word == "doc",
                    FragmentKind::Literal | FragmentKind::Expression => behind.is_empty(),
                    _ => false,
                };
                bound.insert(name, text(fits.then_some(word)?));
                rest = behind;
            }
            Pattern::Repetition(each, None, _) => {
                let [Pattern::Fragment(name, FragmentKind::Tree)] = each.as_slice() else { return None };
                bound.insert(name, Bound::Repeated(std::mem::take(&mut rest).iter().map(text).collect()));
            }
            Pattern::Group(..) | Pattern::Repetition(..) => return None,
        }
    }
    rest.is_empty().then_some(())
}

/// The words of a doc comment as a literal.
pub(super) fn comment_literal(comment: &str) -> String {
    let said = comment.strip_prefix("///").or_else(|| comment.strip_prefix("/**")?.strip_suffix("*/"));
    format!("{:?}", said.unwrap_or(comment))
}

fn repetition<'a>(
    inner: &[Pattern<'a>],
    separator: Option<&str>,
    times: Times,
    tokens: &Tokens<'_>,
    start: usize,
    end: usize,
    bound: &mut Bindings<'a>,
) -> Option<usize> {
    let mut place = start;
    let mut rounds: Vec<Bindings<'a>> = Vec::new();
    loop {
        let mut next = place;
        if let Some(separator) = separator.filter(|_| !rounds.is_empty()) {
            if next >= end || tokens.text(next) != separator {
                break;
            }
            next += 1;
        }
        let mut round = Bindings::new();
        match sequence(inner, tokens, next, end, &mut round) {
            // What takes nothing would be taken for ever.
            Some(behind) if behind > place => {
                place = behind;
                rounds.push(round);
            }
            _ => break,
        }
        if times == Times::AtMostOnce {
            break;
        }
    }
    if times == Times::Some && rounds.is_empty() {
        return None;
    }
    let mut names = Vec::new();
    collect_names(inner, &mut names);
    for name in names {
        let values = rounds.iter().map(|round| round.get(name).cloned()).collect::<Option<Vec<_>>>()?;
        bound.insert(name, Bound::Repeated(values));
    }
    Some(place)
}

fn collect_names<'a>(patterns: &[Pattern<'a>], names: &mut Vec<&'a str>) {
    for pattern in patterns {
        match pattern {
            Pattern::Token(_) => {}
            Pattern::Fragment(name, _) => names.push(name),
            Pattern::Group(_, inner) | Pattern::Repetition(inner, ..) => collect_names(inner, names),
        }
    }
}
