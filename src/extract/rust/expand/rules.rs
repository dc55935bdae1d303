//! The text of a macro's rules -> what each takes, and where what it makes is written.

use std::ops::Range;

use super::fragment::FragmentKind;
use super::tokens::Tokens;
use crate::extract::rust::syntax::TokenKind;

/// `(matcher) => { template }`.
pub(super) struct Rule<'a> {
    pub(super) matcher: Vec<Pattern<'a>>,
    /// Places of tokens.
    pub(super) template: Range<usize>,
}

/// What a part of a call must look like.
pub(super) enum Pattern<'a> {
    /// This very token.
    Token(&'a str),
    /// Brackets of this sort around something.
    Group(&'a str, Vec<Pattern<'a>>),
    /// `$name:kind`.
    Fragment(&'a str, FragmentKind),
    /// `$( … ) separator *`.
    Repetition(Vec<Pattern<'a>>, Option<&'a str>, Times),
}

/// How often something is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Times {
    Any,
    Some,
    AtMostOnce,
}

/// Deeper rules are not read.
const DEEPEST: usize = 32;

impl<'a> Rule<'a> {
    /// The rules in `tokens`, in order. `None` when one cannot be read.
    pub(super) fn all(tokens: &Tokens<'a>) -> Option<Vec<Self>> {
        let mut rules = Vec::new();
        let mut place = 0;
        while place < tokens.all.len() {
            let matcher = patterns(tokens, tokens.group(place)?, 0)?;
            place = tokens.behind(place);
            if tokens.text(place) != "=>" {
                return None;
            }
            let template = tokens.group(place + 1)?;
            rules.push(Self { matcher, template });
            place = tokens.behind(place + 1);
            if place < tokens.all.len() {
                if tokens.text(place) != ";" {
                    return None;
                }
                place += 1;
            }
        }
        Some(rules)
    }
}

fn patterns<'a>(tokens: &Tokens<'a>, places: Range<usize>, depth: usize) -> Option<Vec<Pattern<'a>>> {
    if depth > DEEPEST {
        return None;
    }
    let mut found = Vec::new();
    let mut place = places.start;
    while place < places.end {
        let text = tokens.text(place);
        if text == "$" {
            if let Some(inner) = tokens.group(place + 1) {
                let behind = tokens.behind(place + 1);
                let (separator, times, next) = repetition(tokens, behind)?;
                found.push(Pattern::Repetition(patterns(tokens, inner, depth + 1)?, separator, times));
                place = next;
            } else if tokens.text(place + 2) == ":" {
                found.push(Pattern::Fragment(tokens.text(place + 1), FragmentKind::named(tokens.text(place + 3))?));
                place += 4;
            } else {
                return None;
            }
        } else if let Some(inner) = tokens.group(place) {
            found.push(Pattern::Group(text, patterns(tokens, inner, depth + 1)?));
            place = tokens.behind(place);
        } else {
            found.push(Pattern::Token(text));
            place += 1;
        }
    }
    Some(found)
}

/// What stands behind `$( … )`: the separator, how often, and the place behind that.
pub(super) fn repetition<'a>(tokens: &Tokens<'a>, place: usize) -> Option<(Option<&'a str>, Times, usize)> {
    let times = |place: usize| match tokens.text(place) {
        "*" => Some(Times::Any),
        "+" => Some(Times::Some),
        "?" => Some(Times::AtMostOnce),
        _ => None,
    };
    if let Some(separated) = times(place + 1)
        && tokens.kind(place) != Some(TokenKind::Close)
        // `$( … )? *` is an optional something before a star.
        && tokens.text(place) != "?"
        && !(times(place).is_some() && tokens.gap(place).contains(char::is_whitespace))
    {
        return Some((Some(tokens.text(place)), separated, place + 2));
    }
    times(place).map(|times| (None, times, place + 1))
}
