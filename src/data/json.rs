//! JSON (RFC 8259) with places. A comma too many, a bad escape or a word that is no value is reported and passed over;
//! reading stops where the structure itself is broken, and keeps what stands before.

use std::ops::Range;
use std::sync::Arc;

use super::keys::Keys;
use super::{DEEPEST, Data, Entry, Map, Value, report, report_repeated, too_deep};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceFile, Span};

/// Reads the JSON value in `range` of `file`. `None` when there is none at all.
pub fn read_json(file: &SourceFile, range: Range<usize>) -> (Option<Value>, Diagnostics) {
    let text = file.text().get(..range.end).unwrap_or(file.text());
    let mut reader = Reader {
        file,
        text,
        at: range.start.min(text.len()),
        stopped: false,
        keys: Keys::default(),
        diagnostics: Diagnostics::new(),
    };
    reader.skip_space();
    let value = reader.value(0);
    reader.skip_space();
    if !reader.stopped && reader.at < text.len() {
        let length = text[reader.at..].chars().next().map_or(0, char::len_utf8);
        reader.find("nothing may follow the value".to_owned(), reader.at..reader.at + length);
    }
    (value, reader.diagnostics)
}

struct Reader<'t> {
    file: &'t SourceFile,
    text: &'t str,
    at: usize,
    /// Whether the structure is broken: nothing more is read.
    stopped: bool,
    keys: Keys,
    diagnostics: Diagnostics,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.file.span(range)
    }

    fn skip_space(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
    }

    fn find(&mut self, message: String, range: Range<usize>) {
        let diagnostic = Diagnostic::new(Code::InvalidJson, message, self.span(range));
        report(&mut self.diagnostics, diagnostic);
    }

    /// Reports that something else should stand here, and stops.
    fn stop(&mut self, expected: &str, opening: Option<usize>) {
        self.stopped = true;
        let found = self.text[self.at..].chars().next();
        let (message, length) = match found {
            Some(character) => (format!("expected {expected}, found {character:?}"), character.len_utf8()),
            None => (format!("expected {expected}, but the text ends here"), 0),
        };
        let mut diagnostic = Diagnostic::new(Code::InvalidJson, message, self.span(self.at..self.at + length))
            .label("what follows is left out");
        if let Some(opening) = opening {
            diagnostic = diagnostic.related(self.span(opening..opening + 1), "opened here");
        }
        report(&mut self.diagnostics, diagnostic);
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        let start = self.at;
        let data = match self.peek() {
            Some(b'{' | b'[') if depth >= DEEPEST => {
                self.stopped = true;
                let diagnostic = too_deep(Code::InvalidJson, self.span(start..start + 1));
                report(&mut self.diagnostics, diagnostic);
                return None;
            }
            Some(b'{') => self.map(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => Data::String(Arc::from(self.string()?.as_ref())),
            Some(b'+' | b'-' | b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_') => self.word(),
            _ => {
                self.stop("a value", None);
                return None;
            }
        };
        Some(Value { data, span: self.span(start..self.at) })
    }

    fn map(&mut self, depth: usize) -> Data {
        let opening = self.at;
        let mut entries = Vec::new();
        self.at += 1;
        loop {
            self.skip_space();
            match self.peek() {
                Some(b'}') => {
                    self.at += 1;
                    break;
                }
                Some(b'"') => {}
                _ => {
                    self.stop("a key in quotes or `}`", Some(opening));
                    break;
                }
            }
            let start = self.at;
            let Some(key) = self.string() else { break };
            let (key, key_span) = (self.keys.share(&key), self.span(start..self.at));
            self.skip_space();
            if self.peek() != Some(b':') {
                self.stop("`:` behind the key", None);
                break;
            }
            self.at += 1;
            self.skip_space();
            if let Some(value) = self.value(depth + 1) {
                entries.push(Entry { key, key_span, value });
            }
            if self.stopped || !self.comma(b'}', opening) {
                break;
            }
        }
        let map = Map::new(entries);
        report_repeated(&mut self.diagnostics, &map);
        Data::Map(map)
    }

    fn list(&mut self, depth: usize) -> Data {
        let opening = self.at;
        let mut items = Vec::new();
        self.at += 1;
        self.skip_space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Data::List(Arc::from(items));
        }
        loop {
            self.skip_space();
            if self.peek() == Some(b']') {
                self.at += 1;
                break;
            }
            items.extend(self.value(depth + 1));
            if self.stopped || !self.comma(b']', opening) {
                break;
            }
        }
        Data::List(Arc::from(items))
    }

    /// Passes the comma between two values. False behind the last one, with its `closing` passed.
    fn comma(&mut self, closing: u8, opening: usize) -> bool {
        self.skip_space();
        match self.peek() {
            Some(b',') => {
                let comma = self.at;
                self.at += 1;
                self.skip_space();
                if self.peek() == Some(closing) {
                    self.find(format!("no comma may stand before `{}`", char::from(closing)), comma..comma + 1);
                }
                true
            }
            Some(byte) if byte == closing => {
                self.at += 1;
                false
            }
            _ => {
                self.stop(&format!("`,` or `{}`", char::from(closing)), Some(opening));
                false
            }
        }
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self) -> Data {
        let start = self.at;
        let rest = &self.text[start..];
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_');
        let word = &rest[..rest.bytes().take_while(is_word).count()];
        self.at += word.len();
        match word {
            "null" => return Data::Null,
            "true" => return Data::Bool(true),
            "false" => return Data::Bool(false),
            _ if !is_number(word) => {
                self.find(format!("`{word}` is no JSON value"), start..self.at);
                return Data::Null;
            }
            _ => {}
        }
        if let Ok(number) = word.parse() {
            return Data::Integer(number);
        }
        if word.parse::<f64>().is_ok_and(f64::is_infinite) {
            self.find(format!("`{word}` is larger than any number that programs can hold"), start..self.at);
        }
        Data::Number(Arc::from(word))
    }

    /// The string that begins here. `None`, with reading stopped, when it does not end.
    fn string(&mut self) -> Option<std::borrow::Cow<'t, str>> {
        let opening = self.at;
        let mut owned: Option<String> = None;
        let mut from = opening + 1;
        let mut control = None;
        self.at = from;
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            self.at += rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20)).count();
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    let text = owned.get_or_insert_default();
                    text.push_str(&self.text[from..self.at]);
                    let character = self.escape();
                    owned.get_or_insert_default().push(character);
                    from = self.at;
                }
                Some(_) => {
                    control.get_or_insert(self.at);
                    self.at += 1;
                }
                None => {
                    self.at = self.text.len();
                    self.stop("`\"` at the end of the string", Some(opening));
                    return None;
                }
            }
        }
        let tail = &self.text[from..self.at];
        self.at += 1;
        if let Some(control) = control {
            let what = self.text.as_bytes()[control];
            let message = format!("the control character U+{what:04X} must be written as an escape");
            self.find(message, control..control + 1);
        }
        Some(match owned {
            None => tail.into(),
            Some(text) => (text + tail).into(),
        })
    }

    /// The character that the escape here stands for; U+FFFD, with a finding, for one that stands for none.
    fn escape(&mut self) -> char {
        let start = self.at;
        let kind = self.text.as_bytes().get(start + 1).copied();
        self.at = (start + 2).min(self.text.len());
        match kind {
            Some(b'n') => return '\n',
            Some(b'"') => return '"',
            Some(b'\\') => return '\\',
            Some(b'/') => return '/',
            Some(b't') => return '\t',
            Some(b'r') => return '\r',
            Some(b'b') => return '\u{8}',
            Some(b'f') => return '\u{c}',
            Some(b'u') => {
                if let Some(high) = self.hexadecimal(start + 2) {
                    self.at = start + 6;
                    let mut units = vec![high];
                    if (0xD800..0xDC00).contains(&high)
                        && self.text.as_bytes().get(self.at..self.at + 2) == Some(b"\\u")
                        && let Some(low @ 0xDC00..0xE000) = self.hexadecimal(self.at + 2)
                    {
                        units.push(low);
                        self.at += 6;
                    }
                    if let Some(Ok(character)) = char::decode_utf16(units).next() {
                        return character;
                    }
                }
            }
            // A character of several bytes is passed whole.
            Some(_) => self.at = start + 1 + self.text[start + 1..].chars().next().map_or(0, char::len_utf8),
            None => {}
        }
        self.find("this escape stands for no character".to_owned(), start..self.at);
        char::REPLACEMENT_CHARACTER
    }

    fn hexadecimal(&self, at: usize) -> Option<u16> {
        let digits = self.text.get(at..at + 4)?;
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok()).flatten()
    }
}

/// Whether `word` is a number by RFC 8259, section 6.
fn is_number(word: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = word.strip_prefix('-').unwrap_or(word);
    let whole = digits(rest);
    if whole == 0 || (whole > 1 && rest.starts_with('0')) {
        return false;
    }
    rest = &rest[whole..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let length = digits(fraction);
        if length == 0 {
            return false;
        }
        rest = &fraction[length..];
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        return !exponent.is_empty() && digits(exponent) == exponent.len();
    }
    rest.is_empty()
}
