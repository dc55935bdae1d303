//! A value and its place.

use std::fmt;
use std::ops::Deref;
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
    /// Any other number, as it is written: a version `1.10` is not `1.1`.
    Number(Arc<str>),
    /// Text.
    String(Arc<str>),
    /// Values in order.
    List(Arc<[Value]>),
    /// Named values.
    Map(Map),
}

/// Named values in order. A name that stands twice is there twice, and a diagnostic has said so.
#[derive(Clone, PartialEq)]
pub struct Map(Arc<Entries>);

struct Entries {
    entries: Vec<Entry>,
    /// Places in `entries`, by key and then by place. Empty for maps so small that looking through them is quicker.
    index: Vec<u32>,
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

/// Maps with more entries get an index.
const SMALL: usize = 16;

impl Map {
    /// The map of `entries`.
    pub fn new(entries: Vec<Entry>) -> Self {
        let mut index = Vec::new();
        if entries.len() > SMALL {
            index.extend(0..u32::try_from(entries.len()).unwrap_or(u32::MAX));
            index.sort_by(|&a, &b| entries[a as usize].key.cmp(&entries[b as usize].key));
        }
        Self(Arc::new(Entries { entries, index }))
    }

    /// The entry named `key`; the first of several. Takes logarithmic time.
    pub fn find(&self, key: &str) -> Option<&Entry> {
        let Entries { entries, index } = &*self.0;
        if index.is_empty() {
            return entries.iter().find(|entry| &*entry.key == key);
        }
        let place = index.partition_point(|&place| &*entries[place as usize].key < key);
        index.get(place).map(|&place| &entries[place as usize]).filter(|entry| &*entry.key == key)
    }

    /// Entries whose name an earlier one has, each with the first of that name.
    pub(super) fn repeated(&self) -> Vec<(&Entry, &Entry)> {
        let Entries { entries, index } = &*self.0;
        let mut repeated: Vec<(&Entry, &Entry)> = Vec::new();
        if index.is_empty() {
            for (place, entry) in entries.iter().enumerate() {
                if let Some(first) = entries[..place].iter().find(|earlier| earlier.key == entry.key) {
                    repeated.push((entry, first));
                }
            }
            return repeated;
        }
        let mut sorted = index.iter().map(|&place| &entries[place as usize]);
        let Some(mut first) = sorted.next() else { return repeated };
        for entry in sorted {
            if entry.key == first.key {
                repeated.push((entry, first));
            } else {
                first = entry;
            }
        }
        repeated.sort_by_key(|(entry, _)| entry.key_span);
        repeated
    }
}

impl Deref for Map {
    type Target = [Entry];
    fn deref(&self) -> &[Entry] {
        &self.0.entries
    }
}

impl PartialEq for Entries {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl fmt::Debug for Map {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.iter().map(|entry| (&entry.key, &entry.value))).finish()
    }
}

impl Value {
    /// The value named `key`, when this is a map that has one; the first of several.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry named `key`, when this is a map that has one; the first of several.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.data {
            Data::Map(map) => map.find(key),
            _ => None,
        }
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
            Data::Number(text) | Data::String(text) => Some(text.to_string()),
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
