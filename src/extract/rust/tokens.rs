//! Text -> its tokens, with the bracket that closes each one that opens.

use std::ops::Range;

use super::syntax::{Lexer, Token, TokenKind};
use crate::source::Interned;

/// The tokens of a file.
pub(super) struct Tokens<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    /// For each bracket that opens the place of the one that closes it; the end where none does.
    closes: Vec<usize>,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let is_code = |token: &Token| !matches!(token.kind, TokenKind::OuterDoc | TokenKind::InnerDoc);
        let tokens: Vec<Token> = Lexer::new(text, 0..text.len()).filter(is_code).collect();
        let mut closes = vec![tokens.len(); tokens.len()];
        let mut open = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            match token.kind {
                TokenKind::Open => open.push(at),
                TokenKind::Close => {
                    if let Some(start) = open.pop() {
                        closes[start] = at;
                    }
                }
                _ => {}
            }
        }
        Self { text, tokens, closes }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The text of the token at `at`; empty behind the last.
    pub(super) fn at(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| &self.text[token.range()])
    }

    pub(super) fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    /// Where the token at `at` begins in the file.
    pub(super) fn start(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(self.text.len(), |token| token.start)
    }

    /// The place in the file of the tokens at `range`.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        let start = self.start(range.start);
        let last = range.end.max(range.start + 1) - 1;
        start..self.tokens.get(last).map_or(self.text.len(), |token| token.end).max(start)
    }

    /// What stands between the bracket at `open` and the one that closes it.
    pub(super) fn within(&self, open: usize) -> Range<usize> {
        open + 1..self.close(open).max(open + 1)
    }

    /// The bracket that closes the one at `open`.
    pub(super) fn close(&self, open: usize) -> usize {
        self.closes.get(open).copied().unwrap_or(self.tokens.len())
    }

    pub(super) fn is_open(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Open)
    }

    /// Behind the token at `at`, or behind the brackets that begin there.
    pub(super) fn behind(&self, at: usize) -> usize {
        if self.is_open(at) { self.close(at) + 1 } else { at + 1 }
    }

    /// `range` cut at its commas.
    pub(super) fn arguments(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut arguments = Vec::new();
        let (mut start, mut at) = (range.start, range.start);
        while at < range.end {
            if self.at(at) == "," {
                arguments.push(start..at);
                start = at + 1;
            }
            at = self.behind(at);
        }
        arguments.push(start..range.end);
        arguments.retain(|argument| !argument.is_empty());
        arguments
    }

    /// The text of the string that is all of `range`.
    pub(super) fn string(&self, range: Range<usize>) -> Option<String> {
        if range.len() != 1 || self.kind(range.start) != Some(TokenKind::Literal) {
            return None;
        }
        string(self.at(range.start))
    }

    /// The path that is all of `range`, without generic arguments.
    pub(super) fn path(&self, range: Range<usize>) -> Option<Vec<Interned>> {
        let (path, end) = self.path_at(range.start)?;
        (end == range.end).then_some(path)
    }

    /// The path that begins at `at`, and where it ends.
    pub(super) fn path_at(&self, at: usize) -> Option<(Vec<Interned>, usize)> {
        let mut path = Vec::new();
        let mut at = at;
        if self.at(at) == "::" {
            path.push(Interned::new(""));
            at += 1;
        }
        loop {
            if self.kind(at) != Some(TokenKind::Word) {
                return None;
            }
            path.push(Interned::new(self.at(at).trim_start_matches("r#")));
            at += 1;
            if self.at(at) == "::" && self.at(at + 1) == "<" {
                at = self.behind_angles(at + 1)?;
            }
            if self.at(at) != "::" {
                return Some((path, at));
            }
            at += 1;
        }
    }

    fn behind_angles(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        let mut at = open;
        while at < self.len() {
            match self.at(at) {
                "<" => depth += 1,
                ">" => depth -= 1,
                ";" | "{" => return None,
                _ => {}
            }
            at = self.behind(at);
            if depth == 0 {
                return Some(at);
            }
        }
        None
    }
}

/// What a string says that needs no unescaping: paths do not.
pub(super) fn string(literal: &str) -> Option<String> {
    let raw = literal.strip_prefix('r').map(|raw| raw.trim_matches('#'));
    let text = raw.unwrap_or(literal).strip_prefix('"')?.strip_suffix('"')?;
    (raw.is_some() || !text.contains('\\')).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::Tokens;

    #[test]
    fn strings_and_paths() {
        let cases = [
            ("\"/a\"", Some("/a"), None),
            ("r#\"/a\\d\"#", Some("/a\\d"), None),
            ("\"a\\n\"", None, None),
            ("a::b::<T, (U, V)>", None, Some("a::b")),
            ("::a", None, Some("::a")),
            ("a + b", None, None),
            ("a::<B", None, None),
            ("", None, None),
        ];
        for (text, string, path) in cases {
            let tokens = Tokens::of(text);
            assert_eq!(tokens.string(0..tokens.len()).as_deref(), string, "{text}");
            let found = tokens.path(0..tokens.len());
            let found = found.map(|path| path.iter().map(|name| name.as_str()).collect::<Vec<_>>().join("::"));
            assert_eq!(found.as_deref(), path, "{text}");
        }
    }

    #[test]
    fn brackets_that_nothing_closes_end_with_the_text() {
        let tokens = Tokens::of("f(a, (b");
        assert_eq!(tokens.arguments(tokens.within(1)).len(), 2);
        assert_eq!(tokens.close(1), tokens.len());
    }
}
