//! Values -> literals of the languages that readers write: JSON, and what departs from it.

use crate::data::{Data, Value};

/// How a value is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form<'a> {
    pub(super) language: Language,
    /// What stands before each line but the first; `None` for one line.
    pub(super) indent: Option<&'a str>,
    /// Whether `…` stands for what there is no room for; else it is missing, and the literal can be read by a machine.
    pub(super) marks: bool,
}

impl Form<'static> {
    /// JSON in one line, for machines.
    pub(super) const LINE: Self = Self { language: Language::Json, indent: None, marks: false };
}

/// Whose literal it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// JSON, which JavaScript takes as it is.
    Json,
    /// Python: `True`, `False`, `None`.
    Python,
}

/// `value` as a literal. Takes the values that it writes from `left`, of which a long text counts as several: aliases can
/// make a small text stand for very much.
pub(super) fn write(value: &Value, form: Form<'_>, left: &mut usize) -> String {
    let mut writer = Writer { text: String::new(), form, left: *left };
    writer.value(value, 0);
    *left = writer.left;
    writer.text
}

/// How many values [`write`] would take for `value`, but no more than `most`.
pub(super) fn cost(value: &Value, most: usize) -> usize {
    let mut cost = 0;
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        cost += value.as_str().map_or(1, cost_of_text);
        if cost >= most {
            return most;
        }
        waiting.extend(value.items());
        waiting.extend(value.entries().iter().map(|entry| &entry.value));
    }
    cost
}

/// What a text takes.
pub(super) fn cost_of_text(text: &str) -> usize {
    1 + text.len() / 64
}

/// `text` in double quotes, escaped as in JSON: JavaScript, Python, Go, Java and Rust read it alike, but for control
/// characters in Rust.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

struct Writer<'a> {
    text: String,
    form: Form<'a>,
    left: usize,
}

impl Writer<'_> {
    /// Calls itself for what is within; no value that was read is deep.
    fn value(&mut self, value: &Value, depth: usize) {
        if self.left == 0 && self.form.marks {
            return self.text.push('…');
        }
        self.left = self.left.saturating_sub(value.as_str().map_or(1, cost_of_text));
        match (&value.data, self.form.language) {
            (Data::Null, Language::Python) => self.text.push_str("None"),
            (Data::Null, Language::Json) => self.text.push_str("null"),
            (Data::Bool(truth), Language::Python) => self.text.push_str(if *truth { "True" } else { "False" }),
            (Data::Bool(_) | Data::Integer(_) | Data::Number(_), _) => {
                self.text.push_str(&value.to_text().unwrap_or_default());
            }
            (Data::String(text), _) => self.text.push_str(&quoted(text)),
            (Data::List(items), _) => {
                self.text.push('[');
                for (index, item) in items.iter().enumerate() {
                    if !self.separate(index, depth) {
                        break;
                    }
                    self.value(item, depth + 1);
                }
                self.close(']', items.is_empty(), depth);
            }
            (Data::Map(map), _) => {
                self.text.push('{');
                for (index, entry) in map.iter().enumerate() {
                    if !self.separate(index, depth) {
                        break;
                    }
                    self.text.push_str(&quoted(&entry.key));
                    self.text.push_str(": ");
                    self.value(&entry.value, depth + 1);
                }
                self.close('}', map.is_empty(), depth);
            }
        }
    }

    /// Between two values, or before the first. False when there is no room for another.
    fn separate(&mut self, index: usize, depth: usize) -> bool {
        let has_room = self.left > 0;
        if !has_room && !self.form.marks {
            return false;
        }
        if index > 0 {
            self.text.push(',');
        }
        if self.form.indent.is_some() {
            self.line(depth + 1);
        } else if index > 0 {
            self.text.push(' ');
        }
        if !has_room {
            self.text.push('…');
        }
        has_room
    }

    fn close(&mut self, bracket: char, is_empty: bool, depth: usize) {
        if !is_empty && self.form.indent.is_some() {
            self.line(depth);
        }
        self.text.push(bracket);
    }

    fn line(&mut self, depth: usize) {
        self.text.push('\n');
        self.text.push_str(self.form.indent.unwrap_or_default());
        self.text.extend(std::iter::repeat_n("  ", depth));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{Form, Language, cost, write};
    use crate::data::read_yaml;
    use crate::source::{RepoPath, SourceFile};

    #[test]
    fn literals() {
        let text = "{a: [1, 2.50, null, true], b: {}, c: 'x\"'}";
        let file = SourceFile::new(RepoPath::new("a.yaml").unwrap(), text.to_owned());
        let value = read_yaml(&file, 0..text.len()).0.remove(0);
        let cases = [
            (Language::Json, None, true, 9, "{\"a\": [1, 2.50, null, true], \"b\": {}, \"c\": \"x\\\"\"}"),
            (Language::Python, None, true, 9, "{\"a\": [1, 2.50, None, True], \"b\": {}, \"c\": \"x\\\"\"}"),
            (Language::Json, None, true, 4, "{\"a\": [1, 2.50, …], …}"),
            (Language::Json, None, false, 4, "{\"a\": [1, 2.50]}"),
            (
                Language::Json,
                Some("  "),
                false,
                9,
                "{\n    \"a\": [\n      1,\n      2.50,\n      null,\n      true\n    ],\n    \"b\": {},\n    \"c\": \"x\\\"\"\n  }",
            ),
        ];
        for (language, indent, marks, mut left, expected) in cases {
            assert_eq!(write(&value, Form { language, indent, marks }, &mut left), expected);
        }
        assert_eq!((cost(&value, 100), cost(&value, 3)), (8, 3));
    }
}
