//! Where a fragment of a call ends.
//!
//! The language says what may follow each kind of fragment, so that its end is found without parsing it
//! (<https://doc.rust-lang.org/reference/macro-ambiguity.html>).

use super::tokens::Tokens;
use crate::extract::rust::syntax::{TokenKind, first_item};

/// What a variable of a macro stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FragmentKind {
    Block,
    Expression,
    Identifier,
    Item,
    Lifetime,
    Literal,
    Meta,
    Pattern,
    Tree,
    Type,
    Visibility,
}

impl FragmentKind {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "block" => Self::Block,
            "expr" | "expr_2021" | "stmt" => Self::Expression,
            "ident" => Self::Identifier,
            "item" => Self::Item,
            "lifetime" => Self::Lifetime,
            "literal" => Self::Literal,
            "meta" => Self::Meta,
            "pat" | "pat_param" => Self::Pattern,
            "tt" => Self::Tree,
            "path" | "ty" => Self::Type,
            "vis" => Self::Visibility,
            _ => return None,
        })
    }

    /// The place behind the fragment that begins at `start`; `end` is where its brackets end. `None` when there is none.
    pub(super) fn end(self, tokens: &Tokens<'_>, start: usize, end: usize) -> Option<usize> {
        if self == Self::Visibility {
            return Some(visibility_end(tokens, start, end));
        }
        if start >= end {
            return None;
        }
        let is = |kind: TokenKind| tokens.kind(start) == Some(kind);
        let text = tokens.text(start);
        match self {
            Self::Visibility => None,
            Self::Block => (text == "{").then(|| tokens.behind(start)),
            Self::Identifier => (is(TokenKind::Word) && text != "_").then_some(start + 1),
            Self::Lifetime => is(TokenKind::Lifetime).then_some(start + 1),
            Self::Literal if text == "-" => (tokens.kind(start + 1) == Some(TokenKind::Literal)).then_some(start + 2),
            Self::Literal => (is(TokenKind::Literal) || matches!(text, "true" | "false")).then_some(start + 1),
            Self::Tree => Some(tokens.behind(start)),
            Self::Item => item_end(tokens, start, end),
            Self::Meta => meta_end(tokens, start, end),
            Self::Type => type_end(tokens, start, end),
            Self::Expression => found(start, until(tokens, start, end, &[",", ";", "=>"])),
            Self::Pattern => found(start, until(tokens, start, end, &[",", "=>", "=", "|", "if", "in"])),
        }
    }
}

/// An end, when there is something before it.
fn found(start: usize, end: usize) -> Option<usize> {
    (end > start).then_some(end)
}

fn visibility_end(tokens: &Tokens<'_>, start: usize, end: usize) -> usize {
    if start >= end || tokens.text(start) != "pub" {
        return start;
    }
    let restricts =
        tokens.text(start + 1) == "(" && matches!(tokens.text(start + 2), "crate" | "self" | "super" | "in");
    if restricts { tokens.behind(start + 1) } else { start + 1 }
}

fn item_end(tokens: &Tokens<'_>, start: usize, end: usize) -> Option<usize> {
    let range = tokens.range(start..end);
    let chunk = first_item(tokens.text, range)?;
    let behind = (start..end).find(|place| tokens.all[*place].start >= chunk.end).unwrap_or(end);
    found(start, behind)
}

fn meta_end(tokens: &Tokens<'_>, start: usize, end: usize) -> Option<usize> {
    let mut place = start;
    while place < end && (tokens.kind(place) == Some(TokenKind::Word) || tokens.text(place) == "::") {
        place += 1;
    }
    match tokens.text(place) {
        _ if place >= end => found(start, place),
        "=" => found(start, until(tokens, place, end, &[",", ";"])),
        _ if tokens.kind(place) == Some(TokenKind::Open) => Some(tokens.behind(place)),
        _ => found(start, place),
    }
}

fn type_end(tokens: &Tokens<'_>, start: usize, end: usize) -> Option<usize> {
    let mut place = start;
    let mut angles = 0_usize;
    while place < end {
        let text = tokens.text(place);
        let before = if place > start { tokens.text(place - 1) } else { "" };
        let begins = place == start
            || matches!(before, "&" | "*" | "mut" | "const" | "dyn" | "->" | "<" | "," | "+" | "=" | ";")
            || tokens.kind(place - 1) == Some(TokenKind::Lifetime)
                && place > start + 1
                && tokens.text(place - 2) == "&";
        match text {
            "<" => angles += 1,
            ">" if angles == 0 => break,
            ">" => angles -= 1,
            "," | "=>" | ":" | "=" | ";" | "|" | "as" | "where" if angles == 0 => break,
            "{" | "[" if angles == 0 && !begins => break,
            _ => {}
        }
        place = tokens.behind(place);
    }
    found(start, place)
}

/// The first of `ends` outside of brackets, and of the angles of a path.
fn until(tokens: &Tokens<'_>, start: usize, end: usize, ends: &[&str]) -> usize {
    let mut place = start;
    let mut angles = 0_usize;
    while place < end {
        match tokens.text(place) {
            "<" if angles > 0 || place > start && tokens.text(place - 1) == "::" => angles += 1,
            ">" if angles > 0 => angles -= 1,
            text if angles == 0 && place > start && ends.contains(&text) => break,
            _ => {}
        }
        place = tokens.behind(place);
    }
    place.min(end)
}
