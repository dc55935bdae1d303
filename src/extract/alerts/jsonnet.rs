//! Jsonnet (`.jsonnet`, `.libsonnet`) -> the values that stand in it as they are.
//!
//! Nothing is evaluated: literals are read, what is joined from literals and names has `%(name)s` in place of the names, and of
//! everything else only the objects and lists are looked at that stand in it. Grammar: <https://jsonnet.org/ref/spec.html>.

use std::ops::Range;
use std::sync::Arc;

use crate::data::{DEEPEST, Data, Entry, Map, Value};
use crate::source::SourceFile;

/// A parser that is called for each level takes this much of the depth that values may have.
const DEEPEST_HERE: usize = DEEPEST / 4;

/// The objects and lists of `file`, as one list.
pub(super) fn read(file: &SourceFile) -> Value {
    let mut reader = Reader { file, text: file.text(), at: 0, depth: 0 };
    let mut values = Vec::new();
    while reader.at < reader.text.len() {
        let before = reader.at;
        values.push(reader.expression());
        // What closes nothing is passed over.
        if reader.at == before || reader.peek().is_some_and(|next| ",;)]}".contains(next)) {
            reader.skip_character();
        }
    }
    Value { data: Data::List(values.into()), span: file.span(0..reader.text.len()) }
}

struct Reader<'t> {
    file: &'t SourceFile,
    text: &'t str,
    at: usize,
    depth: usize,
}

/// A piece of an expression.
enum Piece {
    /// A literal string, and what it is joined or formatted with.
    Text(String),
    /// A number, `true`, `false`.
    Word(String),
    /// An object or a list.
    Value(Value),
    /// `+`.
    Plus,
    /// `%`: what follows fills in the text before.
    Format,
    /// Anything else, as it is written.
    Other(Range<usize>),
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn skip_character(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    fn skip_space(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            let length = match () {
                () if trimmed.starts_with("//") || trimmed.starts_with('#') => {
                    trimmed.find('\n').unwrap_or(trimmed.len())
                }
                () if trimmed.starts_with("/*") => trimmed.find("*/").map_or(trimmed.len(), |end| end + 2),
                () => return,
            };
            self.at += length;
        }
    }

    /// An expression up to what ends it: a comma, a semicolon or a closing bracket.
    fn expression(&mut self) -> Value {
        self.skip_space();
        let start = self.at;
        let mut pieces: Vec<Piece> = Vec::new();
        let mut end = start;
        loop {
            self.skip_space();
            let Some(next) = self.peek() else { break };
            let from = self.at;
            let piece = match next {
                ',' | ';' | ')' | ']' | '}' => break,
                ':' => {
                    self.at += 1;
                    Piece::Other(from..self.at)
                }
                '{' => Piece::Value(self.object()),
                '[' => Piece::Value(self.list(']')),
                // Arguments, or an expression in parentheses.
                '(' => Piece::Value(self.list(')')),
                '"' | '\'' => Piece::Text(self.string(next, false)),
                '@' if self.text[from + 1..].starts_with(['"', '\'']) => {
                    self.at += 1;
                    let quote = self.peek().unwrap_or('"');
                    Piece::Text(self.string(quote, true))
                }
                '|' if self.text[from..].starts_with("|||") => Piece::Text(self.text_block()),
                '+' => {
                    self.at += 1;
                    Piece::Plus
                }
                '%' => {
                    self.at += 1;
                    Piece::Format
                }
                _ => self.word(),
            };
            end = self.at;
            pieces.push(piece);
        }
        Value { data: joined(&pieces, self.text), span: self.file.span(start..end) }
    }

    fn word(&mut self) -> Piece {
        let from = self.at;
        let rest = &self.text[from..];
        let is_part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '$' | '.');
        let length = rest.find(|character: char| !is_part(character)).unwrap_or(rest.len());
        self.at += length.max(self.peek().map_or(0, char::len_utf8));
        let word = &self.text[from..self.at];
        let is_literal = matches!(word, "true" | "false") || word.starts_with(|first: char| first.is_ascii_digit());
        if is_literal { Piece::Word(word.to_owned()) } else { Piece::Other(from..self.at) }
    }

    /// An object, at its brace.
    fn object(&mut self) -> Value {
        let start = self.at;
        self.at += 1;
        let mut entries = Vec::new();
        if self.enter() {
            loop {
                self.skip_space();
                match self.peek() {
                    None => break,
                    Some('}') => {
                        self.at += 1;
                        break;
                    }
                    Some(',' | ';' | ')' | ']') => {
                        self.at += 1;
                        continue;
                    }
                    Some(_) => {}
                }
                let key = self.key();
                let value = self.expression();
                match key {
                    Some((name, range)) => {
                        let key_span = self.file.span(range);
                        entries.push(Entry { key: Arc::from(name.as_str()), key_span, value });
                    }
                    // A local, an assertion, a field whose name is made: objects may stand in it all the same.
                    None => {
                        let key_span = value.span;
                        entries.push(Entry { key: Arc::from(""), key_span, value });
                    }
                }
            }
            self.depth -= 1;
        } else {
            self.skip_brackets(start);
        }
        let span = self.file.span(start..self.at);
        Value { data: Data::Map(Map::new(entries)), span }
    }

    /// The name of a field, behind which the value begins; `None` for what is not one, and then nothing is passed over.
    fn key(&mut self) -> Option<(String, Range<usize>)> {
        let start = self.at;
        let name = match self.peek()? {
            quote @ ('"' | '\'') => self.string(quote, false),
            first if first.is_alphabetic() || first == '_' => {
                let rest = &self.text[self.at..];
                let length = rest.find(|part: char| !(part.is_alphanumeric() || part == '_')).unwrap_or(rest.len());
                self.at += length;
                rest[..length].to_owned()
            }
            _ => return None,
        };
        let range = start..self.at;
        self.skip_space();
        let rest = &self.text[self.at..];
        let behind = rest.strip_prefix('+').unwrap_or(rest);
        let colons = behind.bytes().take_while(|byte| *byte == b':').count();
        if colons == 0 {
            self.at = start;
            // A name that is no field is passed over with its expression.
            return None;
        }
        self.at += rest.len() - behind.len() + colons;
        Some((name, range))
    }

    /// A list or what stands in parentheses, at its bracket: all expressions in it, those of a comprehension as well.
    fn list(&mut self, close: char) -> Value {
        let start = self.at;
        self.at += 1;
        let mut items = Vec::new();
        if self.enter() {
            loop {
                self.skip_space();
                match self.peek() {
                    None => break,
                    Some(next) if next == close => {
                        self.at += 1;
                        break;
                    }
                    Some(',' | ';' | ')' | ']' | '}') => {
                        self.at += 1;
                        continue;
                    }
                    Some(_) => items.push(self.expression()),
                }
            }
            self.depth -= 1;
        } else {
            self.skip_brackets(start);
        }
        Value { data: Data::List(items.into()), span: self.file.span(start..self.at) }
    }

    /// Whether there is room for another level.
    fn enter(&mut self) -> bool {
        if self.depth >= DEEPEST_HERE {
            return false;
        }
        self.depth += 1;
        true
    }

    /// Goes behind the bracket that closes the one at `start`, whatever stands between.
    fn skip_brackets(&mut self, start: usize) {
        self.at = start;
        let mut depth = 0_usize;
        while let Some(next) = self.peek() {
            match next {
                '"' | '\'' => drop(self.string(next, false)),
                '{' | '[' | '(' => {
                    depth += 1;
                    self.at += 1;
                }
                '}' | ']' | ')' => {
                    depth -= 1;
                    self.at += 1;
                    if depth == 0 {
                        return;
                    }
                }
                _ => self.skip_character(),
            }
            self.skip_space();
        }
    }

    /// A string, at its quote.
    fn string(&mut self, quote: char, is_verbatim: bool) -> String {
        let mut said = String::new();
        self.at += 1;
        while let Some(next) = self.peek() {
            self.skip_character();
            if next == quote {
                if is_verbatim && self.peek() == Some(quote) {
                    self.at += 1;
                    said.push(quote);
                    continue;
                }
                break;
            }
            if next != '\\' || is_verbatim {
                said.push(next);
                continue;
            }
            let Some(escaped) = self.peek() else { break };
            self.skip_character();
            match escaped {
                'n' => said.push('\n'),
                't' => said.push('\t'),
                'u' => {
                    let digits = self.text.get(self.at..self.at + 4).unwrap_or_default();
                    if let Some(character) = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32) {
                        said.push(character);
                        self.at += 4;
                    }
                }
                other => said.push(other),
            }
        }
        said
    }

    /// `|||`, lines, `|||`: the lines without the indentation of the first.
    fn text_block(&mut self) -> String {
        let rest = &self.text[self.at..];
        let Some(first) = rest.find('\n') else {
            self.at = self.text.len();
            return String::new();
        };
        let mut said = String::new();
        let mut length = first + 1;
        let mut indent = None;
        for line in rest[length..].split_inclusive('\n') {
            let own = line.len() - line.trim_start_matches([' ', '\t']).len();
            if line.trim_start().starts_with("|||") && indent.is_none_or(|indent| own < indent) {
                self.at += length + own + 3;
                return said;
            }
            if !line.trim().is_empty() {
                let indent = *indent.get_or_insert(own);
                said.push_str(&line[own.min(indent)..]);
            } else {
                said.push('\n');
            }
            length += line.len();
        }
        self.at = self.text.len();
        said
    }
}

/// What `pieces` say together.
fn joined(pieces: &[Piece], text: &str) -> Data {
    let has_text = pieces.iter().any(|piece| matches!(piece, Piece::Text(_)));
    let values = || pieces.iter().filter_map(|piece| if let Piece::Value(value) = piece { Some(value) } else { None });
    let holds_structure = || values().any(holds_fields);
    match pieces {
        [] => Data::Null,
        [Piece::Text(said)] | [Piece::Word(said)] => Data::String(Arc::from(said.as_str())),
        [Piece::Value(value)] => value.data.clone(),
        // `%` fills in the text before it, whatever it takes that from.
        [Piece::Text(said), Piece::Format, ..] => Data::String(Arc::from(said.replace("%%", "%").as_str())),
        _ if has_text && !holds_structure() => Data::String(Arc::from(concatenated(pieces, text).as_str())),
        _ => {
            let all: Vec<Value> = values().cloned().collect();
            match all.as_slice() {
                [] => Data::Null,
                _ => Data::List(all.into()),
            }
        }
    }
}

/// Whether an object with a field is in `value`. No deeper than the reader went.
fn holds_fields(value: &Value) -> bool {
    value.entries().iter().any(|entry| !entry.key.is_empty()) || value.items().iter().any(holds_fields)
}

/// Texts joined by `+`, with `%(name)s` for what has a name.
fn concatenated(pieces: &[Piece], text: &str) -> String {
    let mut said = String::new();
    let mut filling = false;
    for piece in pieces {
        match piece {
            Piece::Plus => filling = false,
            _ if filling => {}
            Piece::Text(part) => said.push_str(part),
            Piece::Word(part) => said.push_str(part),
            Piece::Format => filling = true,
            Piece::Other(range) => {
                let name = &text[range.clone()];
                let is_name = name.chars().all(|part| part.is_alphanumeric() || matches!(part, '_' | '.' | '$'));
                if is_name && !said.ends_with(")s") {
                    said.push_str(&format!("%({})s", name.trim_start_matches("$.")));
                }
            }
            Piece::Value(_) => {
                if !said.ends_with(")s") {
                    said.push_str("%(value)s");
                }
            }
        }
    }
    said
}

#[cfg(test)]
#[path = "jsonnet_tests.rs"]
mod tests;
