//! Values as literals of the languages that readers write.

use crate::data::{Data, Value};

/// How a language writes values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// JSON, which JavaScript takes as it is.
    Json,
    /// Python: `True`, `False`, `None`.
    Python,
}

/// So many values of one body are written; what lies behind is left out.
const MOST_VALUES: usize = 400;

/// `value` in several lines, each but the first behind `indent`.
pub(super) fn lines(value: &Value, style: Style, indent: &str) -> String {
    let mut writer = Writer { text: String::new(), style, indent: Some(indent), left: MOST_VALUES };
    writer.value(value, 0);
    writer.text
}

/// `value` in one line, as JSON.
pub(super) fn line(value: &Value) -> String {
    let mut writer = Writer { text: String::new(), style: Style::Json, indent: None, left: MOST_VALUES };
    writer.value(value, 0);
    writer.text
}

struct Writer<'a> {
    text: String,
    style: Style,
    /// `None` for one line.
    indent: Option<&'a str>,
    left: usize,
}

impl Writer<'_> {
    /// Calls itself for what is within; no value that was read is deep.
    fn value(&mut self, value: &Value, depth: usize) {
        self.left = self.left.saturating_sub(1);
        match (&value.data, self.style) {
            (Data::Null, Style::Python) => self.text.push_str("None"),
            (Data::Null, Style::Json) => self.text.push_str("null"),
            (Data::Bool(truth), Style::Python) => self.text.push_str(if *truth { "True" } else { "False" }),
            (Data::Bool(_) | Data::Integer(_) | Data::Number(_), _) => {
                self.text.push_str(&value.to_text().unwrap_or_default());
            }
            (Data::String(text), _) => self.text.push_str(&quoted(text)),
            (Data::List(items), _) => {
                self.text.push('[');
                for (index, item) in items.iter().enumerate().take(self.left) {
                    self.next(index, depth);
                    self.value(item, depth + 1);
                }
                self.close(']', items.is_empty(), depth);
            }
            (Data::Map(entries), _) => {
                self.text.push('{');
                for (index, entry) in entries.iter().enumerate().take(self.left) {
                    self.next(index, depth);
                    self.text.push_str(&quoted(&entry.key));
                    self.text.push_str(": ");
                    self.value(&entry.value, depth + 1);
                }
                self.close('}', entries.is_empty(), depth);
            }
        }
    }

    fn next(&mut self, index: usize, depth: usize) {
        if index > 0 {
            self.text.push(',');
        }
        if self.indent.is_some() {
            self.line(depth + 1);
        } else if index > 0 {
            self.text.push(' ');
        }
    }

    fn close(&mut self, bracket: char, is_empty: bool, depth: usize) {
        if !is_empty && self.indent.is_some() {
            self.line(depth);
        }
        self.text.push(bracket);
    }

    fn line(&mut self, depth: usize) {
        self.text.push('\n');
        self.text.push_str(self.indent.unwrap_or_default());
        self.text.extend(std::iter::repeat_n("  ", depth));
    }
}

/// `text` in double quotes, escaped as JSON: JavaScript, Python, Go, Java and Rust read it alike, apart from what only Java
/// and Rust write otherwise and JSON need not escape.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
