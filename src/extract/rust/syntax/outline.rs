//! A file's items as chunks of text, found by brackets and keywords alone.
//!
//! Parsing then takes one declaration at a time and no body: what is wrong with one item costs no other, and no tree
//! of a whole file is ever held.

use std::ops::Range;

use super::head::{Head, HeadFinder};
use super::lexer::{Lexer, Token, TokenKind};
use super::nesting::{DEEPEST, Nesting};

/// The items of a file, or of a body.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// The inner attributes and `//!` comments with which it begins.
    pub(crate) inner: Range<usize>,
    /// In order.
    pub(crate) chunks: Vec<Chunk>,
}

/// One item.
#[derive(Debug)]
pub(crate) struct Chunk {
    /// `None` when it is no item at all.
    pub(crate) head: Option<Head>,
    /// Where its doc comments and attributes begin.
    pub(crate) start: usize,
    /// Behind the doc comments with which it begins: its first attribute or keyword.
    pub(crate) attributes: usize,
    /// Behind all doc comments and attributes.
    pub(crate) keywords: usize,
    /// Behind the declaration: where its body, value or `;` begins.
    pub(crate) body: usize,
    /// What stands between the brackets of a function, module, implementation, trait or macro; the value of a constant.
    pub(crate) content: Range<usize>,
    /// The items in its body, when it can have some.
    pub(crate) items: Outline,
    /// Behind it.
    pub(crate) end: usize,
}

/// Why a text cannot be taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) range: Range<usize>,
    pub(crate) message: String,
    pub(crate) label: &'static str,
}

/// Modules within modules within…
const DEEPEST_ITEMS: usize = 64;

/// How often reading goes on behind an item that cannot be delimited. Each attempt may read to the end of the file.
const RESUMES: usize = 16;

/// The items in `text[range]`, and the first thing that is wrong with its brackets. Items around it stay.
pub(crate) fn outline(text: &str, mut range: Range<usize>) -> (Outline, Option<Problem>) {
    if range.start == 0 {
        range.start = behind_shebang(text);
    }
    let mut reader = Reader { lexer: Lexer::new(text, range.clone()), item_start: range.start };
    let mut outline = Outline { inner: range.start..range.start, chunks: Vec::new() };
    let mut first = None;
    for _ in 0..=RESUMES {
        let Err(problem) = reader.items(&mut outline, None, 0) else { break };
        first.get_or_insert(problem);
        let Some(next) = next_item_line(text, &range, reader.item_start) else { break };
        reader.lexer.seek(next);
    }
    if let (None, Some(start)) = (&first, reader.lexer.unterminated) {
        let message = "a comment or string has no end".to_owned();
        first = Some(Problem { range: start..start + 1, message, label: "begins here" });
    }
    (outline, first)
}

/// Where a file goes on behind the line that says who runs it; 0 when it has none, as with `#![no_std]` (Rust Reference, "Shebang").
fn behind_shebang(text: &str) -> usize {
    let is_shebang = text.strip_prefix("#!").is_some_and(|rest| !rest.trim_start().starts_with('['));
    if is_shebang { text.find('\n').unwrap_or(text.len()) } else { 0 }
}

/// The first item in `text[range]`, and nothing of what follows it. `None` when it begins with none.
pub(crate) fn first_item(text: &str, range: Range<usize>) -> Option<Chunk> {
    let mut reader = Reader { lexer: Lexer::new(text, range.clone()), item_start: range.start };
    let first = reader.lexer.next()?;
    reader.chunk(first, 0).ok()?.filter(|chunk| chunk.head.is_some())
}

/// The first line behind the one at `start` that begins, without indentation, as an item does.
fn next_item_line(text: &str, range: &Range<usize>, start: usize) -> Option<usize> {
    const BEGINNINGS: [&str; 17] = [
        "pub ", "pub(", "fn ", "struct ", "enum ", "union ", "trait ", "impl ", "impl<", "mod ", "use ", "type ",
        "const ", "static ", "async ", "#[", "///",
    ];
    let mut line = start;
    loop {
        line += text.get(line..range.end)?.find('\n')? + 1;
        if BEGINNINGS.iter().any(|beginning| text[line..range.end].starts_with(beginning)) {
            return Some(line);
        }
    }
}

struct Reader<'a> {
    lexer: Lexer<'a>,
    /// Where the outermost item that is being read begins.
    item_start: usize,
}

impl Reader<'_> {
    /// Reads items up to the bracket that closes `open`, or to the end. Gives the place of the bracket.
    fn items(&mut self, outline: &mut Outline, open: Option<Token>, depth: usize) -> Result<usize, Problem> {
        while let Some(token) = self.lexer.next() {
            if depth == 0 {
                self.item_start = token.start;
            }
            match (token.kind, self.lexer.text(token)) {
                (TokenKind::Close, "}") if open.is_some() => return Ok(token.start),
                (TokenKind::Close, closing) => {
                    let message = format!("`{closing}` closes nothing");
                    return Err(Problem { range: token.range(), message, label: "" });
                }
                (TokenKind::InnerDoc, _) if outline.chunks.is_empty() => outline.inner.end = token.end,
                (TokenKind::Punctuation, "#") if outline.chunks.is_empty() && self.next_is("!") => {
                    outline.inner.end = self.inner_attribute(token)?;
                }
                (TokenKind::Punctuation, ";") => {}
                _ => outline.chunks.extend(self.chunk(token, depth)?),
            }
        }
        match open {
            Some(open) => Err(unclosed(open, self.lexer.text(open))),
            None => Ok(self.lexer.position()),
        }
    }

    fn next_is(&self, text: &str) -> bool {
        self.lexer.peek().is_some_and(|token| self.lexer.text(token) == text)
    }

    /// Reads `#![…]` whose `#` is given; gives the place behind it. A first line `#!/usr/bin/…` is passed over.
    fn inner_attribute(&mut self, hash: Token) -> Result<usize, Problem> {
        self.lexer.next();
        match self.lexer.peek() {
            Some(open) if open.kind == TokenKind::Open => {
                self.lexer.next();
                self.group(open, Some(&mut Nesting::new()))
            }
            _ => {
                let rest = self.lexer.rest_of_line(hash.start);
                self.lexer.seek(rest.end);
                Ok(hash.start)
            }
        }
    }

    /// Reads the item that begins with `first`. `None` when only comments and attributes are left.
    fn chunk(&mut self, first: Token, depth: usize) -> Result<Option<Chunk>, Problem> {
        let mut nesting = Nesting::new();
        let mut attributes = None;
        let mut token = first;
        let keywords = loop {
            let is_attribute = token.kind == TokenKind::Punctuation && self.lexer.text(token) == "#";
            match token.kind {
                TokenKind::OuterDoc | TokenKind::InnerDoc => {}
                _ if is_attribute => {
                    attributes.get_or_insert(token.start);
                    let next = self.lexer.peek();
                    if next.is_some_and(|next| self.lexer.text(next) == "!") {
                        self.lexer.next();
                    }
                    match self.lexer.peek() {
                        Some(open) if open.kind == TokenKind::Open => {
                            self.lexer.next();
                            self.group(open, Some(&mut nesting))?;
                        }
                        _ => {}
                    }
                }
                _ => break token.start,
            }
            match self.lexer.next() {
                Some(next) => token = next,
                None => return Ok(None),
            }
        };
        self.lexer.seek(keywords);
        if token.kind == TokenKind::Close {
            return Ok(None);
        }
        let chunk = Chunk {
            head: None,
            start: first.start,
            attributes: attributes.unwrap_or(keywords),
            keywords,
            body: keywords,
            content: keywords..keywords,
            items: Outline { inner: keywords..keywords, chunks: Vec::new() },
            end: keywords,
        };
        self.declaration(chunk, nesting, depth).map(Some)
    }

    /// Reads from the item's first keyword to its end.
    fn declaration(&mut self, mut chunk: Chunk, mut nesting: Nesting, depth: usize) -> Result<Chunk, Problem> {
        let mut heads = HeadFinder::default();
        // Set once the body is known to begin somewhere, while a `;` is still due.
        let mut body = None;
        loop {
            let Some(token) = self.lexer.next() else {
                chunk.end = self.lexer.position();
                break;
            };
            let text = self.lexer.text(token);
            let in_angles = nesting.in_angles();
            let head = heads.head;
            match (token.kind, text) {
                (TokenKind::Close, _) => {
                    self.lexer.seek(token.start);
                    chunk.end = token.start;
                    break;
                }
                (TokenKind::Punctuation, ";") => {
                    body.get_or_insert(token.start);
                    chunk.end = token.end;
                    break;
                }
                (TokenKind::Punctuation, "=") if !in_angles && heads.has_value() => {
                    body = Some(token.start);
                    chunk.content = self.value(token.end)?;
                }
                (TokenKind::Open, bracket) if heads.is_macro() => {
                    body.get_or_insert(token.start);
                    chunk.end = self.group(token, None)?;
                    chunk.content = token.end..chunk.end - 1;
                    if bracket == "{" {
                        break;
                    }
                }
                (TokenKind::Open, "{") if !in_angles && head == Some(Head::Function) => {
                    body = Some(token.start);
                    chunk.end = self.group(token, None)?;
                    chunk.content = token.end..chunk.end - 1;
                    break;
                }
                (TokenKind::Open, "{") if !in_angles && heads.holds_items() => {
                    if depth >= DEEPEST_ITEMS {
                        return Err(too_deep(token, DEEPEST_ITEMS));
                    }
                    body = Some(token.start);
                    chunk.items.inner = token.end..token.end;
                    let close = self.items(&mut chunk.items, Some(token), depth + 1)?;
                    chunk.content = token.end..close;
                    chunk.end = close + 1;
                    break;
                }
                (TokenKind::Open, bracket) => {
                    let end = self.group(token, Some(&mut nesting))?;
                    if bracket == "{" && !in_angles && heads.ends_with_braces() {
                        body = Some(token.start);
                        chunk.content = token.end..end - 1;
                        chunk.end = end;
                        break;
                    }
                }
                _ => {
                    heads.take(text, token.kind, || self.lexer.peek().map(|next| (next.kind, self.lexer.text(next))));
                    if !nesting.admits(token, text) {
                        return Err(too_deep(token, DEEPEST));
                    }
                }
            }
        }
        chunk.head = heads.head;
        chunk.body = body.unwrap_or(chunk.end);
        Ok(chunk)
    }

    /// Reads up to the `;` that ends a value, which stays the next token.
    fn value(&mut self, start: usize) -> Result<Range<usize>, Problem> {
        while let Some(token) = self.lexer.next() {
            match (token.kind, self.lexer.text(token)) {
                (TokenKind::Open, _) => {
                    self.group(token, None)?;
                }
                (TokenKind::Close, _) | (_, ";") => {
                    self.lexer.seek(token.start);
                    return Ok(start..token.start);
                }
                _ => {}
            }
        }
        Ok(start..self.lexer.position())
    }

    /// Reads up to the bracket that closes `open`, which has been read; gives the place behind it. What syn will parse
    /// is measured by `nesting`.
    fn group(&mut self, open: Token, mut nesting: Option<&mut Nesting>) -> Result<usize, Problem> {
        let mut stack = vec![open];
        if let Some(nesting) = nesting.as_deref_mut() {
            nesting.admits(open, self.lexer.text(open));
        }
        while let Some(token) = self.lexer.next() {
            let text = self.lexer.text(token);
            if let Some(nesting) = nesting.as_deref_mut()
                && !nesting.admits(token, text)
            {
                return Err(too_deep(token, DEEPEST));
            }
            match token.kind {
                TokenKind::Open => stack.push(token),
                TokenKind::Close => {
                    let Some(open) = stack.pop() else { break };
                    let opening = self.lexer.text(open);
                    if !matches!((opening, text), ("(", ")") | ("[", "]") | ("{", "}")) {
                        let message = format!("`{text}` does not close the `{opening}` before it");
                        return Err(Problem { range: token.range(), message, label: "" });
                    }
                    if stack.is_empty() {
                        return Ok(token.end);
                    }
                }
                _ => {}
            }
        }
        let open = stack.pop().unwrap_or(open);
        Err(unclosed(open, self.lexer.text(open)))
    }
}

fn unclosed(open: Token, text: &str) -> Problem {
    Problem { range: open.range(), message: format!("this `{text}` is never closed"), label: "opened here" }
}

fn too_deep(token: Token, deepest: usize) -> Problem {
    let message = format!("this is nested more than {deepest} levels deep");
    Problem { range: token.range(), message, label: "" }
}

#[cfg(test)]
#[path = "outline_tests.rs"]
mod tests;
