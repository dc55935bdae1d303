//! What a source states about a node.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::source::{Stored, Unread};

/// What a source states about a node, by the names of the graph's contract. Few for each node, and there are many nodes: a list, sorted by
/// name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts(Vec<(&'static str, Fact)>);

impl Facts {
    /// No facts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a fact, in place of the one of that name.
    pub fn insert(&mut self, name: &'static str, fact: Fact) {
        match self.0.binary_search_by_key(&name, |(name, _)| name) {
            Ok(place) => self.0[place].1 = fact,
            Err(place) => self.0.insert(place, (name, fact)),
        }
    }

    /// The fact of that name.
    pub fn get(&self, name: &str) -> Option<&Fact> {
        let place = self.0.binary_search_by_key(&name, |(name, _)| name).ok()?;
        Some(&self.0[place].1)
    }

    /// Whether there is one of that name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Fact)> {
        self.0.iter().map(|(name, fact)| (*name, fact))
    }

    /// Gives back the memory that no fact needs.
    pub fn shrink_to_fit(&mut self) {
        self.0.shrink_to_fit();
    }
}

impl Extend<(&'static str, Fact)> for Facts {
    fn extend<T: IntoIterator<Item = (&'static str, Fact)>>(&mut self, facts: T) {
        facts.into_iter().for_each(|(name, fact)| self.insert(name, fact));
    }
}

impl FromIterator<(&'static str, Fact)> for Facts {
    fn from_iter<T: IntoIterator<Item = (&'static str, Fact)>>(stated: T) -> Self {
        let mut facts = Self::new();
        facts.extend(stated);
        facts
    }
}

impl Serialize for Facts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<C> Stored<C> for Facts
where
    Vec<(&'static str, Fact)>: Stored<C>,
{
    fn write(&self, bytes: &mut Vec<u8>) {
        self.0.write(bytes);
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        Some(Self(Stored::read(bytes)?))
    }
}

/// One stated fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Fact {
    /// Words: statuses, dates (ISO 8601), paths.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// Several values, in the source's order.
    List(Vec<Fact>),
    /// Named values: one rule of an alert that has several.
    Map(BTreeMap<String, Fact>),
}

impl From<&str> for Fact {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Fact {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Fact {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Fact {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl<T: Into<Fact>> From<Vec<T>> for Fact {
    fn from(values: Vec<T>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}
