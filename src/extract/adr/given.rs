//! What is given about a record as data: in its front matter, or in a file beside it.

use super::outline::outline;
use super::series;
use super::statement::{Statement, read_statements};
use crate::data::{Data, Value};
use crate::extract::front_matter::FrontMatter;

/// What is given as data.
pub(super) struct Given<'a> {
    front_matter: Option<&'a Value>,
    aside: Option<&'a Value>,
    /// The lines of front matter that is broken as data or is none, and those of a listing in its place.
    pub(super) lines: Vec<Statement>,
}

impl<'a> Given<'a> {
    pub(super) fn new(text: &str, front_matter: &'a FrontMatter, aside: Option<&'a Value>) -> Self {
        let is_data = front_matter.values.is_some() && front_matter.diagnostics.is_empty();
        let mut lines = Vec::new();
        if !is_data {
            for section in outline(&text[..front_matter.lines.end], front_matter.lines.start) {
                lines.extend(read_statements(text, &section.lines));
            }
        }
        if let Some(preamble) = series::preamble(text, front_matter.end) {
            for section in outline(&text[..preamble.end], preamble.start) {
                lines.extend(read_statements(text, &section.lines));
            }
        }
        Self { front_matter: front_matter.values.as_ref(), aside, lines }
    }

    /// Every value with its name in lower case, words separated by spaces.
    pub(super) fn entries(&self) -> impl Iterator<Item = (String, &'a Value)> {
        let values = self.front_matter.into_iter().chain(self.aside);
        values.flat_map(Value::entries).map(|entry| (entry.key.to_lowercase().replace(['-', '_'], " "), &entry.value))
    }

    /// The values of the file beside the record.
    pub(super) fn aside(&self) -> impl Iterator<Item = (String, &'a Value)> {
        let values = self.aside.into_iter().flat_map(Value::entries);
        values.map(|entry| (entry.key.to_lowercase().replace(['-', '_'], " "), &entry.value))
    }

    /// The first value of one of `names`, the earlier names first.
    pub(super) fn find(&self, names: &[&str]) -> Option<&'a Value> {
        names.iter().find_map(|name| self.entries().find(|(key, _)| key == name)).map(|(_, value)| value)
    }

    /// The words of that value.
    pub(super) fn text(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.entries().find(|(key, _)| key == name).and_then(|(_, value)| words(value)))
    }
}

/// The words of a value. People leave the braces of a template around them: `{ accepted }`.
pub(super) fn words(value: &Value) -> Option<String> {
    match (&value.data, value.entries()) {
        (Data::Map(_), [only]) if matches!(only.value.data, Data::Null) => Some(only.key.to_string()),
        _ => value.to_text(),
    }
}
