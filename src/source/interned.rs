//! One copy of each distinct string for the life of the process.
//!
//! A graph repeats few names very often (ids, paths, anchors). An interned name is sixteen bytes, is copied without
//! counting and compares by address. Names are never freed: a preview that runs all day adds only the names it has
//! not met before.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::ops::Deref;
use std::sync::{Mutex, OnceLock, PoisonError};

use serde::{Serialize, Serializer};

/// A string of which the process holds one copy. Orders by its text, so sorted output does not depend on allocation.
#[derive(Clone, Copy)]
pub struct Interned(&'static str);

/// Locks are split so that extractors running side by side rarely wait for each other.
pub(super) const SHARDS: usize = 32;

type Shard = Mutex<HashSet<&'static str, BuildHasherDefault<NameHasher>>>;

/// The one copy of the empty string, which is asked for most.
static EMPTY: &str = "";

fn shards() -> &'static [Shard; SHARDS] {
    static TABLE: OnceLock<[Shard; SHARDS]> = OnceLock::new();
    TABLE.get_or_init(|| std::array::from_fn(|_| Mutex::default()))
}

/// XXH3 of a name: many times quicker than the hash that maps have by default, and equally even.
#[derive(Default)]
pub(super) struct NameHasher(u64);

impl Hasher for NameHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxhash_rust::xxh3::xxh3_64(bytes);
    }

    /// What ends a string: there is but one in each name.
    fn write_u8(&mut self, _end: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Where `text` is kept, by bits of its hash that the set there does not place it by.
pub(super) fn shard(text: &str) -> usize {
    (xxhash_rust::xxh3::xxh3_64(text.as_bytes()) >> 40) as usize % SHARDS
}

impl Interned {
    /// The one copy of `text`.
    pub fn new(text: &str) -> Self {
        if text.is_empty() {
            return Self(EMPTY);
        }
        // A poisoned lock only means that another thread panicked between two insertions: the set is still sound.
        let mut names = shards()[shard(text)].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&known) = names.get(text) {
            return Self(known);
        }
        let kept: &'static str = Box::leak(text.into());
        names.insert(kept);
        Self(kept)
    }

    /// Likewise, if anybody has asked for it before: of what only may be something nothing is kept so.
    pub fn known(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self(EMPTY));
        }
        shards()[shard(text)].lock().unwrap_or_else(PoisonError::into_inner).get(text).map(|known| Self(known))
    }

    /// The text, for as long as the process lives.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl Deref for Interned {
    type Target = str;
    fn deref(&self) -> &str {
        self.0
    }
}

impl From<&str> for Interned {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Interned {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl PartialEq for Interned {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Interned {}

impl Hash for Interned {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.0.as_ptr() as usize).hash(state);
        self.0.len().hash(state);
    }
}

impl PartialOrd for Interned {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Interned {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        if self == other { std::cmp::Ordering::Equal } else { self.0.cmp(other.0) }
    }
}

impl fmt::Display for Interned {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

impl fmt::Debug for Interned {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0, formatter)
    }
}

impl Serialize for Interned {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Interned;

    #[test]
    fn equal_texts_are_one_and_order_is_by_text() {
        let (first, again, later) = (Interned::new("adr:0001"), Interned::new("adr:0001"), Interned::new("adr:0002"));
        assert_eq!(first, again);
        assert!(std::ptr::eq(first.as_str(), again.as_str()));
        assert!(first < later);
    }

    #[test]
    fn the_empty_string_is_a_name_too() {
        assert_eq!(Interned::new(""), Interned::new(""));
        assert_ne!(Interned::new(""), Interned::new("a"));
    }
}
