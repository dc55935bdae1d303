//! Rust text -> what each piece of it is to a reader, for colouring. By its tokens alone, so that a part of a program, or one
//! with a mistake in it, is read as well as a whole one.

use std::ops::Range;

use super::{Lexer, Token, TokenKind};

/// What a piece of Rust is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// White space, punctuation, names of which nothing is known.
    Nothing,
    /// A comment, documentation included.
    Comment,
    /// A keyword or a lifetime.
    Keyword,
    /// A string or character.
    Text,
    /// A number, `true`, `A_CONSTANT`.
    Constant,
    /// The name of a function or macro where it is defined or called.
    Function,
    /// A type, trait or variant.
    Type,
    /// `#[inline]`.
    Attribute,
}

/// Keywords of all editions: <https://doc.rust-lang.org/reference/keywords.html>.
#[rustfmt::skip]
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "macro_rules", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

#[rustfmt::skip]
const PRIMITIVES: &[&str] = &[
    "bool", "char", "f128", "f16", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "isize", "str", "u128", "u16", "u32",
    "u64", "u8", "usize",
];

/// Whether `word` is among `words`, of which few begin like it.
fn is_one_of(words: &[&str], word: &str) -> bool {
    let first = word.as_bytes().first();
    words.iter().any(|other| other.as_bytes().first() == first && *other == word)
}

/// All of `text`, piece by piece.
pub(crate) fn marks(text: &str) -> Vec<(Mark, Range<usize>)> {
    let tokens: Vec<Token> = Lexer::new(text, 0..text.len()).collect();
    let marks = Vec::with_capacity(tokens.len() * 2);
    let mut reader = Reader { text, tokens: &tokens, marks };
    let (mut at, mut behind) = (0, 0);
    while let Some(&token) = tokens.get(at) {
        reader.between(behind..token.start);
        let (mark, last) = reader.mark(at);
        behind = tokens[last].end;
        reader.marks.push((mark, token.start..behind));
        at = last + 1;
    }
    reader.between(behind..text.len());
    reader.marks
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    marks: Vec<(Mark, Range<usize>)>,
}

impl<'a> Reader<'a> {
    /// What stands between two tokens: white space, with comments in it.
    fn between(&mut self, range: Range<usize>) {
        let text = &self.text[range.clone()];
        let start = range.start + (text.len() - text.trim_start().len());
        let end = (range.start + text.trim_end().len()).max(start);
        for (mark, part) in
            [(Mark::Nothing, range.start..start), (Mark::Comment, start..end), (Mark::Nothing, end..range.end)]
        {
            if !part.is_empty() {
                self.marks.push((mark, part));
            }
        }
    }

    /// What the token at `at` is, and the last token of that piece.
    fn mark(&self, at: usize) -> (Mark, usize) {
        let token = self.tokens[at];
        match token.kind {
            TokenKind::OuterDoc | TokenKind::InnerDoc => (Mark::Comment, at),
            TokenKind::Lifetime => (Mark::Keyword, at),
            TokenKind::Literal if self.at(at).starts_with(|first: char| first.is_ascii_digit()) => (Mark::Constant, at),
            TokenKind::Literal => (Mark::Text, at),
            TokenKind::Word => self.word(at),
            TokenKind::Punctuation if self.at(at) == "#" => match self.attribute_end(at) {
                Some(end) => (Mark::Attribute, end),
                None => (Mark::Nothing, at),
            },
            TokenKind::Punctuation | TokenKind::Open | TokenKind::Close => (Mark::Nothing, at),
        }
    }

    fn word(&self, at: usize) -> (Mark, usize) {
        let word = self.at(at);
        let is_macro = self.follows(at, "!") && matches!(self.kind(at + 2), Some(TokenKind::Open | TokenKind::Word));
        let is_called = self.follows(at, "(");
        let first = word.chars().next().unwrap_or('_');
        let mark = match word {
            _ if is_macro => return (Mark::Function, at + 1),
            "true" | "false" => Mark::Constant,
            _ if is_one_of(KEYWORDS, word) => Mark::Keyword,
            _ if is_one_of(PRIMITIVES, word) => Mark::Type,
            _ if at > 0 && self.at(at - 1) == "fn" => Mark::Function,
            _ if first.is_uppercase() && (word.len() == 1 || word.contains(char::is_lowercase)) => Mark::Type,
            _ if first.is_uppercase() => Mark::Constant,
            _ if is_called => Mark::Function,
            _ => Mark::Nothing,
        };
        (mark, at)
    }

    /// The bracket that ends the attribute whose `#` is at `at`; `None` when none begins there.
    fn attribute_end(&self, at: usize) -> Option<usize> {
        let open = if self.at(at + 1) == "!" { at + 2 } else { at + 1 };
        if self.at(open) != "[" {
            return None;
        }
        let mut depth = 0_usize;
        for (place, token) in self.tokens.iter().enumerate().skip(open) {
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(place);
            }
        }
        None
    }

    /// Whether `text` stands right behind the token at `at`.
    fn follows(&self, at: usize, text: &str) -> bool {
        self.at(at + 1) == text && self.tokens[at + 1].start == self.tokens[at].end
    }

    fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    /// The text of the token at `at`; empty when there is none.
    fn at(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| &self.text[token.range()])
    }
}

#[cfg(test)]
mod tests {
    use super::{KEYWORDS, Mark, PRIMITIVES, marks};

    #[test]
    fn words_are_what_they_are_to_readers() {
        let cases: &[(&str, &[(Mark, &str)])] = &[
            (
                "pub fn run<'a>(a: &'a str) -> Option<T> { go(a) }",
                &[
                    (Mark::Keyword, "pub"),
                    (Mark::Keyword, "fn"),
                    (Mark::Function, "run"),
                    (Mark::Keyword, "'a"),
                    (Mark::Keyword, "'a"),
                    (Mark::Type, "str"),
                    (Mark::Type, "Option"),
                    (Mark::Type, "T"),
                    (Mark::Function, "go"),
                ],
            ),
            (
                "#[derive(Debug, Clone)]\n/// d\nstruct S; // e\n/* f */",
                &[
                    (Mark::Attribute, "#[derive(Debug, Clone)]"),
                    (Mark::Comment, "/// d"),
                    (Mark::Keyword, "struct"),
                    (Mark::Type, "S"),
                    (Mark::Comment, "// e\n/* f */"),
                ],
            ),
            (
                "assert!(a != MAX, \"x\\n\"); # hidden\nlet b = 1.5; b.len",
                &[
                    (Mark::Function, "assert!"),
                    (Mark::Constant, "MAX"),
                    (Mark::Text, "\"x\\n\""),
                    (Mark::Keyword, "let"),
                    (Mark::Constant, "1.5"),
                ],
            ),
            ("macro_rules! m { () => { r#type } }", &[(Mark::Function, "macro_rules!")]),
            ("#[open", &[]),
            ("]} \"open", &[(Mark::Text, "\"open")]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            let all = marks(text);
            let joined: String = all.iter().map(|(_, range)| &text[range.clone()]).collect();
            assert_eq!(joined, *text, "nothing is left out");
            let found: Vec<_> = all.into_iter().filter(|(mark, _)| *mark != Mark::Nothing).collect();
            let found: Vec<_> = found.into_iter().map(|(mark, range)| (mark, &text[range])).collect();
            assert_eq!(found, *expected, "{text}");
        }
    }

    #[test]
    fn lists_are_sorted() {
        assert!(KEYWORDS.is_sorted() && PRIMITIVES.is_sorted());
    }
}
