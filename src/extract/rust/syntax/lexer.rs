//! Rust text -> tokens: as much of the lexical grammar as it takes to tell where things begin and end
//! (<https://doc.rust-lang.org/reference/lexical-structure.html>). White space and plain comments are passed over.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// An identifier or keyword; raw ones with their `r#`.
    Word,
    /// `'a`.
    Lifetime,
    /// A string, character or number.
    Literal,
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
    /// One of `::`, `->`, `=>`, `..`, `...`, `..=`, or a single character.
    Punctuation,
    /// `///` or `/** */`.
    OuterDoc,
    /// `//!` or `/*! */`.
    InnerDoc,
}

/// A token and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Token {
    /// Its bytes in the text it was read from.
    pub(crate) fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// The tokens of a part of a text.
#[derive(Clone, Debug)]
pub(crate) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    /// Where a string or comment begins that nothing ends.
    pub(crate) unterminated: Option<usize>,
}

const COMPOUND: [&[u8]; 6] = [b"...", b"..=", b"..", b"::", b"->", b"=>"];

impl<'a> Lexer<'a> {
    /// The tokens of `text[range]`, which must lie on character boundaries; places count from the start of `text`.
    pub(crate) fn new(text: &'a str, range: Range<usize>) -> Self {
        Self { text, at: range.start, end: range.end.min(text.len()), unterminated: None }
    }

    /// The text of `token`.
    pub(crate) fn text(&self, token: Token) -> &'a str {
        self.slice(token.range())
    }

    /// The text at `range`.
    pub(crate) fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// Where the next token is looked for.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// Goes on at `position`, which must be a character boundary.
    pub(crate) fn seek(&mut self, position: usize) {
        self.at = position.min(self.end);
    }

    /// From `at` to the end of its line.
    pub(crate) fn rest_of_line(&self, at: usize) -> Range<usize> {
        at..self.line_end(at)
    }

    /// The next token, which stays the next one.
    pub(crate) fn peek(&self) -> Option<Token> {
        self.clone().next()
    }

    /// The bracket that closes the one just read; the next token is the one behind it.
    pub(crate) fn close(&mut self) -> Option<Token> {
        let mut depth = 1_usize;
        self.find(|token| {
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth -= 1,
                _ => {}
            }
            depth == 0
        })
    }

    fn byte(&self, at: usize) -> u8 {
        if at < self.end { self.text.as_bytes()[at] } else { 0 }
    }

    fn rest(&self, at: usize) -> &'a [u8] {
        self.text.as_bytes().get(at..self.end).unwrap_or_default()
    }

    /// The first place from `at` on whose byte does not satisfy `fits`.
    fn run(&self, at: usize, fits: impl Fn(u8) -> bool) -> usize {
        self.rest(at).iter().position(|&byte| !fits(byte)).map_or(self.end, |length| at + length)
    }

    /// Behind the line comment at `at`: its line end, or the end.
    fn line_end(&self, at: usize) -> usize {
        self.run(at, |byte| byte != b'\n')
    }

    /// Behind the block comment at `at`; they nest.
    fn block_end(&mut self, at: usize) -> usize {
        let mut depth = 0;
        let mut here = at;
        while here < self.end {
            match (self.byte(here), self.byte(here + 1)) {
                (b'/', b'*') => {
                    depth += 1;
                    here += 2;
                }
                (b'*', b'/') => {
                    depth -= 1;
                    here += 2;
                    if depth == 0 {
                        return here;
                    }
                }
                _ => here += 1,
            }
        }
        self.unterminated.get_or_insert(at);
        self.end
    }

    /// Behind the quoted text whose first character stands at `at`; `start` is where the token begins.
    fn quoted_end(&mut self, start: usize, mut at: usize, quote: u8) -> usize {
        while at < self.end {
            match self.byte(at) {
                b'\\' => at += 2,
                byte if byte == quote => return at + 1,
                _ => at += 1,
            }
        }
        self.unterminated.get_or_insert(start);
        self.end
    }

    /// Behind the raw string whose hashes begin at `at`; `None` when it is none.
    fn raw_end(&mut self, start: usize, at: usize) -> Option<usize> {
        let open = self.run(at, |byte| byte == b'#');
        if self.byte(open) != b'"' {
            return None;
        }
        let hashes = open - at;
        let mut here = open + 1;
        while here < self.end {
            let quote = self.run(here, |byte| byte != b'"');
            let behind = self.run(quote + 1, |byte| byte == b'#').min(quote + 1 + hashes);
            if quote < self.end && behind == quote + 1 + hashes {
                return Some(behind);
            }
            here = quote + 1;
        }
        self.unterminated.get_or_insert(start);
        Some(self.end)
    }

    /// A word, or the literal that it is the prefix of.
    fn word(&mut self, start: usize) -> (TokenKind, usize) {
        let end = self.run(start, is_word_byte);
        let prefix = &self.rest(start)[..end - start];
        let literal = match (prefix, self.byte(end)) {
            (b"b" | b"c", b'"') => Some(self.quoted_end(start, end + 1, b'"')),
            (b"b", b'\'') => Some(self.quoted_end(start, end + 1, b'\'')),
            (b"r" | b"br" | b"cr", b'"' | b'#') => self.raw_end(start, end),
            _ => None,
        };
        match literal {
            Some(end) => (TokenKind::Literal, end),
            None if prefix == b"r" && self.byte(end) == b'#' && is_word_byte(self.byte(end + 1)) => {
                (TokenKind::Word, self.run(end + 1, is_word_byte))
            }
            None => (TokenKind::Word, end),
        }
    }

    /// A character, a lifetime, or a lone quote.
    fn quote(&mut self, start: usize) -> (TokenKind, usize) {
        if self.byte(start + 1) == b'\\' {
            return (TokenKind::Literal, self.quoted_end(start, start + 1, b'\''));
        }
        let Some(first) = self.text.get(start + 1..self.end).and_then(|rest| rest.chars().next()) else {
            return (TokenKind::Punctuation, start + 1);
        };
        let behind = start + 1 + first.len_utf8();
        if self.byte(behind) == b'\'' {
            return (TokenKind::Literal, behind + 1);
        }
        match self.run(start + 1, is_word_byte) {
            end if end > start + 1 => (TokenKind::Lifetime, end),
            end => (TokenKind::Punctuation, end),
        }
    }

    fn number_end(&self, start: usize) -> usize {
        let end = self.run(start, is_word_byte);
        if self.byte(end) == b'.' && self.byte(end + 1).is_ascii_digit() {
            self.run(end + 1, is_word_byte)
        } else {
            end
        }
    }

    /// The comment at `at` if it is documentation, and where it ends.
    fn comment(&mut self, at: usize) -> (Option<TokenKind>, usize) {
        let rest = self.rest(at);
        if rest.starts_with(b"//") {
            let kind = match rest {
                [_, _, b'/', b'/', ..] => None,
                [_, _, b'/', ..] => Some(TokenKind::OuterDoc),
                [_, _, b'!', ..] => Some(TokenKind::InnerDoc),
                _ => None,
            };
            return (kind, self.line_end(at));
        }
        let kind = match rest {
            [_, _, b'*', b'*' | b'/', ..] => None,
            [_, _, b'*', ..] => Some(TokenKind::OuterDoc),
            [_, _, b'!', ..] => Some(TokenKind::InnerDoc),
            _ => None,
        };
        (kind, self.block_end(at))
    }
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let start = self.run(self.at, |byte| byte.is_ascii_whitespace() || byte == 0x0b);
            self.at = start;
            if start >= self.end {
                return None;
            }
            let (kind, end) = match self.byte(start) {
                b'/' if matches!(self.byte(start + 1), b'/' | b'*') => match self.comment(start) {
                    (Some(kind), end) => (kind, end),
                    (None, end) => {
                        self.at = end.min(self.end);
                        continue;
                    }
                },
                b'"' => (TokenKind::Literal, self.quoted_end(start, start + 1, b'"')),
                b'\'' => self.quote(start),
                b'(' | b'[' | b'{' => (TokenKind::Open, start + 1),
                b')' | b']' | b'}' => (TokenKind::Close, start + 1),
                byte if byte.is_ascii_digit() => (TokenKind::Literal, self.number_end(start)),
                byte if is_word_byte(byte) => self.word(start),
                _ => {
                    let rest = self.rest(start);
                    let compound = COMPOUND.iter().find(|compound| rest.starts_with(compound));
                    (TokenKind::Punctuation, start + compound.map_or(1, |compound| compound.len()))
                }
            };
            self.at = end.min(self.end);
            return Some(Token { kind, start, end: self.at });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lexer;

    #[test]
    fn tokens() {
        let cases: &[(&str, &str)] = &[
            ("pub fn f<'a>(&'a self) -> u8 {}", "pub fn f < 'a > ( & 'a self ) -> u8 { }"),
            ("'x' '\\'' 'x b'\\n' '\u{e4}'", "'x' '\\'' 'x b'\\n' '\u{e4}'"),
            (
                r####"r#"a"b"# "\"" br##"}"#}"## r#type r"\" c"x""####,
                r####"r#"a"b"# "\"" br##"}"#}"## r#type r"\" c"x""####,
            ),
            ("/* a /* b */ */ x // y\nz", "x z"),
            ("/// d\n//! i\n/** e */ /*! j */ /**/ //// no\n/*** no */", "/// d //! i /** e */ /*! j */"),
            ("1.5 1..2 0x1f a.0.1 ..= ... a::b", "1.5 1 .. 2 0x1f a . 0.1 ..= ... a :: b"),
            ("\u{fc}ber \u{1f980} '", "\u{fc}ber \u{1f980} '"),
            ("\"open", "\"open"),
            ("\"\\", "\"\\"),
            ("r##\"open\"#", "r##\"open\"#"),
        ];
        for (text, expected) in cases {
            let lexer = Lexer::new(text, 0..text.len());
            let tokens: Vec<_> = lexer.clone().map(|token| lexer.text(token)).collect();
            assert_eq!(tokens.join(" "), *expected, "{text}");
        }
    }

    #[test]
    fn what_nothing_ends_is_told() {
        for (text, expected) in [("a \"b", Some(2)), ("a /* /* */", Some(2)), ("a r#\"b\"", Some(2)), ("a 'b'", None)] {
            let mut lexer = Lexer::new(text, 0..text.len());
            lexer.by_ref().for_each(drop);
            assert_eq!(lexer.unterminated, expected, "{text}");
        }
    }
}
