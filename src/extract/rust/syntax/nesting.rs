//! How deep a recursive parser would go for a run of tokens.
//!
//! syn parses by recursive descent, without a limit. Brackets are not all that makes it recurse: so do `&&&T`,
//! `a::b::c` in a `use`, `A<B<C<…` and `a = b = c`. This counts every token since the last separator of each open
//! bracket, which is at least the depth that any of these can reach.

use super::lexer::{Token, TokenKind};

/// Deeper declarations are refused. Hand-written and generated code stays far below; the stack of a worker thread
/// holds twice as much even without optimisation: blocks within blocks cost the most.
pub(super) const DEEPEST: usize = 128;

/// The depth at one place.
#[derive(Debug)]
pub(super) struct Nesting {
    /// The open brackets, below them one for what stands in none.
    levels: Vec<Level>,
    depth: usize,
    /// The token before.
    last: Last,
}

#[derive(Debug, Default)]
struct Level {
    bracket: Bracket,
    /// Tokens since the last separator.
    run: usize,
    /// Whether those tokens are a value, in which `<` may compare.
    value: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Bracket {
    #[default]
    None,
    Angle,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    /// Something that can be compared.
    Operand,
    /// A `<` that compared or began to shift, and where it ends.
    Less(usize),
    Other,
}

impl Nesting {
    pub(super) fn new() -> Self {
        Self { levels: vec![Level::default()], depth: 0, last: Last::Other }
    }

    /// Whether this place is directly inside angle brackets.
    pub(super) fn in_angles(&self) -> bool {
        self.levels.last().is_some_and(|level| level.bracket == Bracket::Angle)
    }

    /// Takes the next token, which reads `text`; whether this is still shallow enough.
    pub(super) fn admits(&mut self, token: Token, text: &str) -> bool {
        let compares = text == "<" && self.compares(token);
        match (token.kind, text) {
            (TokenKind::OuterDoc | TokenKind::InnerDoc | TokenKind::Literal, _) => {}
            (TokenKind::Open, _) => self.open(Bracket::Other),
            (TokenKind::Close, _) => {
                while self.in_angles() {
                    self.close();
                }
                self.close();
            }
            (_, "<") if !compares => self.open(Bracket::Angle),
            (_, ">") if self.in_angles() => self.close(),
            (_, "," | ";") => self.separate(),
            // Bounds are read in a loop: `A + B + …`.
            (_, "+") if self.levels.last().is_some_and(|level| !level.value) => self.separate(),
            // Bounds are read in a loop: `A + B + …`.
            (_, "+") if self.levels.last().is_some_and(|level| !level.value) => self.separate(),
            (_, text) => {
                if let Some(level) = self.levels.last_mut() {
                    level.value |= text == "=" && level.bracket == Bracket::Other;
                    level.run += 1;
                    self.depth += 1;
                }
            }
        }
        self.last = match token.kind {
            TokenKind::Word | TokenKind::Literal | TokenKind::Close => Last::Operand,
            _ if compares => Last::Less(token.end),
            _ => Last::Other,
        };
        self.depth <= DEEPEST
    }

    /// Whether `<` is an operator here: in a value, behind an operand. Generic arguments stand behind `::` there, and a
    /// qualified type where an operand is due.
    fn compares(&self, token: Token) -> bool {
        let shifts = self.last == Last::Less(token.start);
        self.levels.last().is_some_and(|level| level.value) && (self.last == Last::Operand || shifts)
    }

    fn open(&mut self, bracket: Bracket) {
        self.levels.push(Level { bracket, ..Level::default() });
        self.depth += 1;
    }

    fn close(&mut self) {
        if self.levels.len() > 1
            && let Some(level) = self.levels.pop()
        {
            self.depth -= level.run + 1;
        }
    }

    fn separate(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            self.depth -= level.run;
            level.run = 0;
            level.value = false;
        }
    }
}
