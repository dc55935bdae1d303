//! A value and its place.

use std::sync::Arc;

use crate::source::Span;

/// A value read from YAML, JSON or TOML. Cheap to clone: clones share what they hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// What it is.
    pub data: Data,
    /// Where it is written, for a string with its quotes.
    pub span: Span,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// `null`, `~`, or nothing where a value is due.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number that fits.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    String(Arc<str>),
    /// Values in order.
    List(Arc<[Value]>),
    /// Named values in order. A name that stands twice is there twice, and a diagnostic says so.
    Map(Arc<[Entry]>),
}

/// A named value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The name. Keys that are no strings are written out as they stand.
    pub key: Arc<str>,
    /// Where the name is written.
    pub key_span: Span,
    /// The value.
    pub value: Value,
}

impl Value {
    /// The value named `key`, when this is a map that has one; the first of several.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries().iter().find(|entry| &*entry.key == key).map(|entry| &entry.value)
    }

    /// The text, when this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.data {
            Data::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth, when this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.data {
            Data::Bool(truth) => Some(truth),
            _ => None,
        }
    }

    /// The number, when this is a whole one.
    pub fn as_integer(&self) -> Option<i64> {
        match self.data {
            Data::Integer(number) => Some(number),
            _ => None,
        }
    }

    /// A scalar as text, whatever its type: a version that is written `3.0`, a status `yes`. `None` for lists, maps, null.
    pub fn to_text(&self) -> Option<String> {
        match &self.data {
            Data::Bool(truth) => Some(truth.to_string()),
            Data::Integer(number) => Some(number.to_string()),
            Data::Float(number) => Some(number.to_string()),
            Data::String(text) => Some(text.to_string()),
            Data::Null | Data::List(_) | Data::Map(_) => None,
        }
    }

    /// The values, when this is a list; else none.
    pub fn items(&self) -> &[Value] {
        match &self.data {
            Data::List(items) => items,
            _ => &[],
        }
    }

    /// The named values, when this is a map; else none.
    pub fn entries(&self) -> &[Entry] {
        match &self.data {
            Data::Map(entries) => entries,
            _ => &[],
        }
    }
}
