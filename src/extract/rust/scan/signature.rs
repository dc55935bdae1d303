//! Declarations, printed the same way however they were written, with the paths in them that may be links.

use std::ops::Range;

use super::super::syntax::{Lexer, Token, TokenKind};

/// A declaration as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signature {
    /// The text.
    pub(crate) text: String,
    /// Where paths stand in it that name things elsewhere, in order.
    pub(crate) paths: Vec<Range<u32>>,
}

/// Wider declarations are broken: one parameter a line.
const WIDEST: usize = 90;

impl Signature {
    /// The declaration that stands in `text[range]`, in one line but for a `where` clause.
    pub(super) fn line(text: &str, range: Range<usize>) -> Self {
        Printer::print(text, range, false)
    }

    /// The same, with one parameter a line when it is long.
    pub(super) fn function(text: &str, range: Range<usize>) -> Self {
        let line = Self::line(text, range.clone());
        let longest = line.text.lines().map(str::len).max().unwrap_or(0);
        if longest > WIDEST { Printer::print(text, range, true) } else { line }
    }

    /// The part of it that is `text[range]`, as far as that is one.
    pub(crate) fn part(&self, range: Range<usize>) -> Self {
        let text = self.text.get(range.clone()).unwrap_or_default().to_owned();
        let within = |path: &&Range<u32>| range.start <= path.start as usize && path.end as usize <= range.end;
        let shift = u32::try_from(range.start).unwrap_or(u32::MAX);
        let paths = self.paths.iter().filter(within).map(|path| path.start - shift..path.end - shift).collect();
        Self { text, paths }
    }

    /// Adds `other` at the end.
    pub(crate) fn push(&mut self, other: &Signature) {
        let shift = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.text.push_str(&other.text);
        self.paths.extend(other.paths.iter().map(|path| path.start + shift..path.end + shift));
    }

    /// Adds `text`, in which nothing is a link.
    pub(crate) fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }
}

/// Whether `word` means something to the language, wherever it stands. The names that paths begin with (`crate`,
/// `self`, `super`, `Self`) are not among them.
pub(crate) fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "as" | "async"
            | "auto"
            | "await"
            | "box"
            | "break"
            | "const"
            | "default"
            | "dyn"
            | "else"
            | "enum"
            | "extern"
            | "fn"
            | "for"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "loop"
            | "macro"
            | "macro_rules"
            | "match"
            | "mod"
            | "move"
            | "mut"
            | "pub"
            | "ref"
            | "return"
            | "safe"
            | "static"
            | "struct"
            | "trait"
            | "type"
            | "union"
            | "unsafe"
            | "use"
            | "where"
            | "while"
            | "_"
            | "true"
            | "false"
    )
}

struct Printer<'a> {
    lexer: Lexer<'a>,
    tokens: Vec<Token>,
    printed: Signature,
}

impl<'a> Printer<'a> {
    fn print(text: &'a str, range: Range<usize>, broken: bool) -> Signature {
        let lexer = Lexer::new(text, range);
        let tokens = without_attributes(&lexer);
        let mut printer = Self { lexer, tokens, printed: Signature::default() };
        printer.run(broken);
        printer.printed
    }

    fn text(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |token| self.lexer.text(*token))
    }

    fn kind(&self, index: usize) -> Option<TokenKind> {
        self.tokens.get(index).map(|token| token.kind)
    }

    fn run(&mut self, broken: bool) {
        // The parentheses of the parameters, when each gets a line.
        let parameters = if broken { self.parameters() } else { 0..0 };
        // Without any there is nothing to break.
        let broken = !parameters.is_empty();
        let (mut angles, mut brackets) = (0_usize, 0_usize);
        let mut index = 0;
        let mut in_where = false;
        while index < self.tokens.len() {
            let text = self.text(index);
            let outermost = angles == 0 && brackets == 0;
            if self.is_trailing_comma(index) && !(broken && index + 1 == parameters.end) {
                index += 1;
                continue;
            }
            if text == "where" && outermost {
                in_where = true;
                self.printed.text.truncate(self.printed.text.trim_end().len());
                self.printed.push_str("\nwhere\n    ");
                index += 1;
                continue;
            }
            if broken && index == parameters.end {
                self.printed.push_str(if self.text(index - 1) == "," { "\n" } else { ",\n" });
            } else if self.spaced(index) && !self.printed.text.is_empty() && !self.printed.text.ends_with([' ', '\n']) {
                self.printed.push_str(" ");
            }
            match text {
                "<" => angles += 1,
                ">" => angles = angles.saturating_sub(1),
                "(" | "[" | "{" => brackets += 1,
                ")" | "]" | "}" => brackets = brackets.saturating_sub(1),
                _ => {}
            }
            let length = self.path_length(index);
            if length > 0 {
                self.push_path(index, length);
                index += length;
                continue;
            }
            self.printed.push_str(text);
            let breaks_parameters = broken
                && (index == parameters.start
                    || parameters.contains(&index)
                        && text == ","
                        && angles == 0
                        && brackets == 1
                        && index + 1 != parameters.end);
            if breaks_parameters
                || in_where && text == "," && angles == 0 && brackets == 0 && index + 1 < self.tokens.len()
            {
                self.printed.push_str("\n    ");
            }
            index += 1;
        }
        let length = self.printed.text.trim_end_matches([' ', '\n', ',']).len();
        self.printed.text.truncate(length);
    }

    /// The tokens of the first parentheses outside of other brackets, both included but for the end. `0..0` for none.
    fn parameters(&self) -> Range<usize> {
        let mut angles = 0_usize;
        let mut open = None;
        let mut depth = 0_usize;
        for index in 0..self.tokens.len() {
            match self.text(index) {
                "<" => angles += 1,
                ">" => angles = angles.saturating_sub(1),
                "(" if angles == 0 && depth == 0 && self.text(index.saturating_sub(1)) != "pub" => {
                    open = Some(index);
                    depth = 1;
                }
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => {
                    depth = depth.saturating_sub(1);
                    if let (0, Some(open)) = (depth, open) {
                        return if open + 1 == index { 0..0 } else { open..index };
                    }
                }
                _ => {}
            }
        }
        0..0
    }

    /// A comma and blanks before a closing bracket: put there by a formatter, not needed in one line. `(T,)` is a tuple.
    fn is_trailing_comma(&self, index: usize) -> bool {
        let closes = matches!(self.text(index + 1), ")" | "]" | "}" | ">");
        self.text(index) == "," && closes && {
            let between = self.tokens[index].end..self.tokens[index + 1].start;
            self.lexer.slice(between).contains([' ', '\n'])
        }
    }

    fn push_path(&mut self, index: usize, length: usize) {
        let start = self.printed.text.len();
        for token in index..index + length {
            let text = self.text(token);
            self.printed.push_str(text);
        }
        let range = start..self.printed.text.len();
        let short = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        self.printed.paths.push(short(range.start)..short(range.end));
    }

    /// How many tokens from `index` on are a path that names something elsewhere; 0 when there is none.
    fn path_length(&self, index: usize) -> usize {
        let mut end = index;
        if self.text(end) == "::" {
            // `<T as Trait>::Name` goes on with the type; a path that begins with `::` does not.
            if index > 0 && (self.text(index - 1) == ">" || self.is_name(index - 1)) {
                return 0;
            }
            end += 1;
        } else if index > 0 && matches!(self.text(index - 1), "::" | "." | "$") {
            return 0;
        }
        if !self.is_name(end) {
            return 0;
        }
        end += 1;
        while self.text(end) == "::" && self.is_name(end + 1) {
            end += 2;
        }
        let single = end == index + 1;
        let is_pointer = index > 1 && self.text(index - 2) == "*";
        let declared = index > 0
            && !is_pointer
            && matches!(
                self.text(index - 1),
                "fn" | "struct"
                    | "enum"
                    | "union"
                    | "trait"
                    | "type"
                    | "mod"
                    | "static"
                    | "const"
                    | "macro_rules"
                    | "macro"
            );
        let named = matches!(self.text(end), ":" | "=" | "!" | "@");
        let alone = matches!(self.text(index), "self" | "crate" | "super");
        if single && (declared || named || alone) { 0 } else { end - index }
    }

    fn is_name(&self, index: usize) -> bool {
        self.kind(index) == Some(TokenKind::Word) && !is_keyword(self.text(index))
    }

    /// Whether a space stands before the token at `index`.
    fn spaced(&self, index: usize) -> bool {
        if index == 0 {
            return false;
        }
        let (before, text) = (self.text(index - 1), self.text(index));
        let behind_name = self.kind(index - 1) == Some(TokenKind::Word) && !is_keyword(before);
        match (before, text) {
            (_, "," | ";" | ")" | "]" | ">" | "." | ":") => false,
            ("(" | "[" | "<" | "&" | "::" | "!" | "?" | "*" | "$" | "#" | "~" | "." | "..", _) => false,
            ("{", "}") => false,
            ("}", _) => true,
            (">", "(" | "::") => false,
            (_, "::") => !behind_name && before != ">",
            (_, "<") => {
                !(behind_name
                    || matches!(before, "impl" | "for" | "fn" | "union" | "auto" | "default" | "safe" | "use"))
            }
            // The type of a field may be a tuple.
            ("pub", "(") => !matches!(self.text(index + 1), "crate" | "self" | "super" | "in"),
            (_, "(") => !(behind_name || matches!(before, "fn" | ")" | "]" | "auto" | "default" | "union" | "safe")),
            (_, "[") => !behind_name,
            (_, "!") => !behind_name,
            ("-", _) => index > 1 && self.kind(index - 2) != Some(TokenKind::Punctuation),
            (":", "=") => false,
            _ => true,
        }
    }
}

/// The tokens without doc comments, `#[…]` and marks of bindings.
fn without_attributes(lexer: &Lexer<'_>) -> Vec<Token> {
    let mut kept = Vec::new();
    // How deep in the brackets of an attribute this is.
    let mut depth = 0_usize;
    let mut tokens = lexer.clone().peekable();
    while let Some(token) = tokens.next() {
        match token.kind {
            TokenKind::OuterDoc | TokenKind::InnerDoc => {}
            TokenKind::Open if depth > 0 => depth += 1,
            TokenKind::Close if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            TokenKind::Punctuation if lexer.text(token) == "#" => {
                if tokens.peek().is_some_and(|next| lexer.text(*next) == "[") {
                    tokens.next();
                    depth = 1;
                }
            }
            _ => {
                kept.push(token);
                remove_mark_of_binding(&mut kept, lexer);
            }
        }
    }
    kept
}

/// Removes the `mut` of `(mut name:` and `(mut self`, with which `tokens` may end: callers need not know that a parameter is
/// changed.
fn remove_mark_of_binding(tokens: &mut Vec<Token>, lexer: &Lexer<'_>) {
    let text = |behind: usize| tokens.len().checked_sub(behind).map_or("", |index| lexer.text(tokens[index]));
    let place = match text(1) {
        ":" => 3,
        "self" => 2,
        _ => return,
    };
    if text(place) == "mut" && matches!(text(place + 1), "(" | ",") {
        tokens.remove(tokens.len() - place);
    }
}

#[cfg(test)]
#[path = "signature_tests.rs"]
mod tests;
