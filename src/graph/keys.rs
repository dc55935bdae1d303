//! Keys of configuration files as documents name them, and those that code reads.
//!
//! Enters: links that say which keys a structure of code is read from. Leaves: [`ReadKeys`], which tells whether there is a key.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{Graph, Target};
use crate::source::Span;

/// The scheme of links from documents that name a key of a configuration: `database.max-connections`.
pub const KEY: &str = "configuration-key";

/// The scheme of links that say what a structure of code is read from: a [`ReadKey`].
pub const READ_KEY: &str = "read-key";

/// Endings by which the names of structures say that they are configurations.
const CONFIGURATIONS: &[&str] = &["config", "configuration", "settings", "conf"];

/// What stands under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A value without keys.
    Value,
    /// What a structure of this name is read from.
    Structure(String),
    /// Anything.
    Unknown,
}

/// A key that a structure is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadKey {
    /// The structure.
    pub structure: String,
    /// The key; empty for the keys of another structure, which are its own as well, or any keys.
    pub key: String,
    /// What stands under it.
    pub content: Content,
}

impl ReadKey {
    fn read(text: &str) -> Option<Self> {
        let (structure, rest) = text.split_once('.')?;
        let (key, content) = match rest.split_once(':') {
            None => (rest, Content::Value),
            Some((key, "*")) => (key, Content::Unknown),
            Some((key, structure)) => (key, Content::Structure(structure.to_owned())),
        };
        Some(Self { structure: structure.to_owned(), key: key.to_owned(), content })
    }
}

/// `Config.port`, `Config.database:DatabaseConfig`, `Config.extra:*`, `Config.:Flattened`.
impl fmt::Display for ReadKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.structure, self.key)?;
        match &self.content {
            Content::Value => Ok(()),
            Content::Structure(name) => write!(formatter, ":{name}"),
            Content::Unknown => formatter.write_str(":*"),
        }
    }
}

/// Whether the name of a structure says that it is a configuration.
pub fn is_configuration(structure: &str) -> bool {
    let name = structure.to_lowercase();
    CONFIGURATIONS.iter().any(|ending| name.ends_with(ending))
}

/// The keys that the code of a repository reads, by structure.
#[derive(Debug, Default)]
pub struct ReadKeys {
    structures: BTreeMap<String, Structure>,
    /// Those that are configurations, by the keys that each has.
    configurations: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Default)]
struct Structure {
    /// Where each is read.
    keys: BTreeMap<String, (Content, Span)>,
    /// Other structures whose keys are its own, too.
    flattened: BTreeSet<String>,
    /// Whether it takes keys that nobody knows.
    is_open: bool,
}

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// It is read, or may be.
    Maybe,
    /// It is read.
    Yes,
    /// Everything before its last part is read, and that is not. The keys that are read beside it.
    No(BTreeSet<String>),
    /// Nothing is known of its first part.
    Nothing,
}

impl ReadKeys {
    /// Those of `graph`. Several structures of one name are all of them.
    pub fn of(graph: &Graph) -> Self {
        let mut structures: BTreeMap<String, Structure> = BTreeMap::new();
        for link in graph.fragments().iter().flat_map(|fragment| &fragment.links) {
            let Target::Named { scheme, text } = &link.target else { continue };
            if scheme.as_str() != READ_KEY {
                continue;
            }
            let Some(read) = ReadKey::read(text) else { continue };
            let structure = structures.entry(read.structure).or_default();
            match (read.key.is_empty(), read.content) {
                (true, Content::Structure(other)) => drop(structure.flattened.insert(other)),
                (true, _) => structure.is_open = true,
                (false, content) => {
                    let known = structure.keys.entry(read.key).or_insert_with(|| (content.clone(), link.span));
                    if known.0 != content {
                        known.0 = Content::Unknown;
                    }
                }
            }
        }
        let mut keys = Self { structures, configurations: BTreeMap::new() };
        let mut configurations: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for name in keys.structures.keys().filter(|name| is_configuration(name)) {
            let mut own = BTreeMap::new();
            keys.keys(name, &mut own, &mut BTreeSet::new());
            own.keys().for_each(|key| configurations.entry((*key).to_owned()).or_default().push(name.clone()));
        }
        keys.configurations = configurations;
        keys
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.structures.is_empty()
    }

    /// What is known of `key` in any of the configurations.
    pub fn find(&self, key: &str) -> Known {
        let parts: Vec<&str> = key.split('.').collect();
        let mut found = Known::Nothing;
        for name in self.configurations_with(key) {
            match (self.below(name, &parts, 0), &mut found) {
                (Known::Nothing, _) => {}
                (Known::Yes, _) => return Known::Yes,
                (Known::Maybe, _) => found = Known::Maybe,
                (Known::No(near), Known::No(all)) => all.extend(near),
                (Known::No(near), Known::Nothing) => found = Known::No(near),
                (Known::No(_), _) => {}
            }
        }
        found
    }

    /// The configurations that have the first part of `key`.
    fn configurations_with(&self, key: &str) -> &[String] {
        let first = key.split('.').next().unwrap_or(key);
        self.configurations.get(first).map_or(&[], Vec::as_slice)
    }

    /// What is known of `parts` from the one at `at` on, in a structure.
    fn below(&self, structure: &str, parts: &[&str], at: usize) -> Known {
        let mut keys = BTreeMap::new();
        let is_open = self.keys(structure, &mut keys, &mut BTreeSet::new());
        let Some(part) = parts.get(at) else { return Known::Yes };
        let is_last = at + 1 == parts.len();
        match keys.get(part).map(|(content, _)| content) {
            Some(_) if is_last => Known::Yes,
            Some(Content::Structure(inner)) if self.structures.contains_key(inner) => {
                match self.below(inner, parts, at + 1) {
                    Known::Nothing => Known::Maybe,
                    known => known,
                }
            }
            Some(_) => Known::Maybe,
            None if at == 0 => Known::Nothing,
            None if is_open || !is_last => Known::Maybe,
            None => Known::No(keys.keys().map(|key| (*key).to_owned()).collect()),
        }
    }

    /// The keys below `parent` in each of the configurations that has it, by where they are read: several are one by another
    /// name.
    pub fn keys_below(&self, parent: &str) -> BTreeSet<BTreeMap<Span, BTreeSet<&str>>> {
        let mut found = BTreeSet::new();
        'roots: for root in self.configurations_with(parent) {
            let mut keys = BTreeMap::new();
            self.keys(root, &mut keys, &mut BTreeSet::new());
            for part in parent.split('.') {
                let Some((Content::Structure(inner), _)) = keys.get(part) else { continue 'roots };
                keys = BTreeMap::new();
                self.keys(inner, &mut keys, &mut BTreeSet::new());
            }
            let mut below: BTreeMap<Span, BTreeSet<&str>> = BTreeMap::new();
            for (key, (_, span)) in keys {
                below.entry(*span).or_default().insert(key);
            }
            found.insert(below);
        }
        found
    }

    /// Adds the keys of `structure`; whether there may be others.
    fn keys<'k>(
        &'k self,
        structure: &str,
        keys: &mut BTreeMap<&'k str, &'k (Content, Span)>,
        seen: &mut BTreeSet<String>,
    ) -> bool {
        let Some(known) = self.structures.get(structure) else { return true };
        if !seen.insert(structure.to_owned()) {
            return false;
        }
        keys.extend(known.keys.iter().map(|(key, known)| (key.as_str(), known)));
        known.flattened.iter().fold(known.is_open, |is_open, other| self.keys(other, keys, seen) || is_open)
    }
}
