//! The tokens of a part of a text, with brackets that know each other.

use std::ops::Range;

use crate::extract::rust::syntax::{Lexer, Token, TokenKind};

/// Tokens and the text that they stand in.
pub(super) struct Tokens<'a> {
    pub(super) text: &'a str,
    pub(super) all: Vec<Token>,
    /// For an opening bracket the place of the closing one; for any other token its own.
    ends: Vec<usize>,
}

impl<'a> Tokens<'a> {
    /// Those of `text[range]`. `None` when brackets do not match.
    pub(super) fn of(text: &'a str, range: Range<usize>) -> Option<Self> {
        let lexer = Lexer::new(text, range);
        let all: Vec<Token> = lexer.collect();
        let mut ends: Vec<usize> = (0..all.len()).collect();
        let mut open = Vec::new();
        for (place, token) in all.iter().enumerate() {
            match token.kind {
                TokenKind::Open => open.push(place),
                TokenKind::Close => ends[open.pop()?] = place,
                _ => {}
            }
        }
        open.is_empty().then_some(Self { text, all, ends })
    }

    pub(super) fn text(&self, place: usize) -> &'a str {
        self.all.get(place).map_or("", |token| self.text.get(token.range()).unwrap_or_default())
    }

    pub(super) fn kind(&self, place: usize) -> Option<TokenKind> {
        self.all.get(place).map(|token| token.kind)
    }

    /// The place behind the token, or behind the brackets that it opens.
    pub(super) fn behind(&self, place: usize) -> usize {
        self.ends.get(place).map_or(place, |end| end + 1)
    }

    /// What stands between the brackets that open at `place`; `None` when none do.
    pub(super) fn group(&self, place: usize) -> Option<Range<usize>> {
        (self.kind(place) == Some(TokenKind::Open)).then(|| place + 1..self.ends[place])
    }

    /// Where the tokens of `places` stand in the text; empty for none.
    pub(super) fn range(&self, places: Range<usize>) -> Range<usize> {
        match (self.all.get(places.start), places.end.checked_sub(1).and_then(|last| self.all.get(last))) {
            (Some(first), Some(last)) if !places.is_empty() => first.start..last.end,
            _ => 0..0,
        }
    }

    /// The text between the token at `place` and the one behind it.
    pub(super) fn gap(&self, place: usize) -> &'a str {
        let gap = self.all.get(place).zip(self.all.get(place + 1)).map(|(token, next)| token.end..next.start);
        gap.and_then(|gap| self.text.get(gap)).unwrap_or_default()
    }
}
