//! Values of a specification as readers see them: examples as listings, defaults and constants in a line.

use crate::data::{Data, Value};
use crate::graph::Code;

/// How many values a listing shows.
const MOST_VALUES: usize = 1_500;

/// How long a value in a line may be.
const LONGEST: usize = 120;

/// An example as a listing. Takes what it shows from `left`, which all listings of a specification share.
pub(super) fn listing(value: &Value, media_type: &str, title: &str, left: &mut usize) -> Code {
    let (language, text) = match &value.data {
        Data::String(text) => {
            *left = left.saturating_sub(cost(text));
            (language(media_type), text.trim_end().to_owned())
        }
        _ => {
            let most = MOST_VALUES.min(*left);
            let mut writer = Writer { text: String::new(), left: most, pretty: true };
            writer.value(value, 0);
            *left -= most - writer.left;
            ("json", writer.text)
        }
    };
    Code { language: language.to_owned(), text, title: title.to_owned() }
}

/// A long text counts as several values.
fn cost(text: &str) -> usize {
    1 + text.len() / 64
}

/// The language of a media type's text.
fn language(media_type: &str) -> &'static str {
    let kind = media_type.split(';').next().unwrap_or_default().trim();
    let kind = kind.rsplit(['/', '+']).next().unwrap_or_default();
    match kind {
        "json" | "x-ndjson" | "jsonlines" => "json",
        "xml" => "xml",
        "html" => "html",
        "yaml" | "x-yaml" => "yaml",
        _ => "",
    }
}

/// `value` in a line, cut where it gets long.
pub(super) fn inline(value: &Value) -> String {
    let text = match &value.data {
        Data::String(text) if text.is_empty() => "\"\"".to_owned(),
        Data::String(text) => text.chars().take(2 * LONGEST).collect(),
        _ => {
            let mut writer = Writer { text: String::new(), left: LONGEST, pretty: false };
            writer.value(value, 0);
            writer.text
        }
    };
    let mut line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(LONGEST) {
        line.truncate(end);
        line.push('…');
    }
    line
}

struct Writer {
    text: String,
    /// How many more values are written. Aliases can make a small text stand for very much.
    left: usize,
    pretty: bool,
}

impl Writer {
    fn value(&mut self, value: &Value, depth: usize) {
        if self.left == 0 {
            return self.text.push('…');
        }
        let cost = value.as_str().map_or(1, cost);
        self.left = self.left.saturating_sub(cost);
        match &value.data {
            Data::Null => self.text.push_str("null"),
            Data::Bool(_) | Data::Integer(_) | Data::Number(_) => {
                self.text.push_str(&value.to_text().unwrap_or_default());
            }
            Data::String(text) => self.text.push_str(&quoted(text)),
            Data::List(items) => {
                self.open('[');
                for (index, item) in items.iter().enumerate() {
                    if !self.separate(index, depth) {
                        break;
                    }
                    self.value(item, depth + 1);
                }
                self.close(']', items.is_empty(), depth);
            }
            Data::Map(map) => {
                self.open('{');
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

    fn open(&mut self, bracket: char) {
        self.text.push(bracket);
    }

    /// Between two values, or before the first. False when there is no room for another.
    fn separate(&mut self, index: usize, depth: usize) -> bool {
        if index > 0 {
            self.text.push(',');
        }
        if self.pretty {
            self.line(depth + 1);
        } else if index > 0 {
            self.text.push(' ');
        }
        if self.left == 0 {
            self.text.push('…');
        }
        self.left > 0
    }

    fn close(&mut self, bracket: char, empty: bool, depth: usize) {
        if self.pretty && !empty {
            self.line(depth);
        }
        self.text.push(bracket);
    }

    fn line(&mut self, depth: usize) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n("  ", depth));
    }
}

/// `text` as a JSON string.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{inline, listing};
    use crate::data::read_yaml;
    use crate::source::{RepoPath, SourceFile};

    #[test]
    fn values() {
        let cases = [
            (
                "{a: [1, 2.50, null], b: {}}",
                "{\"a\": [1, 2.50, null], \"b\": {}}",
                "{\n  \"a\": [\n    1,\n    2.50,\n    null\n  ],\n  \"b\": {}\n}",
            ),
            ("\"a\\nb\"", "a b", "a\nb"),
            ("''", "\"\"", ""),
        ];
        for (text, line, example) in cases {
            let file = SourceFile::new(RepoPath::new("a.yaml").unwrap(), text.to_owned());
            let (values, _) = read_yaml(&file, 0..text.len());
            let shown = listing(&values[0], "text/plain", "", &mut 100).text;
            assert_eq!((inline(&values[0]), shown), (line.to_owned(), example.to_owned()));
        }
    }
}
