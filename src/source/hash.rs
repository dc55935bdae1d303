//! The hash that cache keys and change detection stand on: stable across runs, machines and versions of Rust.

use std::fmt;
use std::hash::Hasher;

use serde::{Serialize, Serializer};
use xxhash_rust::xxh3::Xxh3;

/// The 128-bit XXH3 hash of some bytes. For telling contents apart, not for security.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentHash(u128);

impl ContentHash {
    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(xxhash_rust::xxh3::xxh3_128(bytes))
    }

    /// The hash as bytes, for keeping.
    pub fn to_bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }

    /// The hash that [`ContentHash::to_bytes`] gave.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_le_bytes(bytes))
    }

    /// The first eight hexadecimal digits: enough to tell the versions of one file apart in a file name.
    pub fn short(self) -> String {
        format!("{:032x}", self.0)[..8].to_owned()
    }
}

/// Puts a [`ContentHash`] together from many pieces. Pieces that are not of one length should say how long they are, as
/// `#[derive(Hash)]` and [`ContentHasher::piece`] do.
#[derive(Clone, Default)]
pub struct ContentHasher(Xxh3);

impl ContentHasher {
    /// Adds `bytes` and how many they are.
    pub fn piece(&mut self, bytes: &[u8]) {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    /// Adds another hash.
    pub fn hash(&mut self, hash: ContentHash) {
        self.0.update(&hash.0.to_le_bytes());
    }

    /// The hash of all pieces.
    pub fn content_hash(&self) -> ContentHash {
        ContentHash(self.0.digest128())
    }
}

/// For values that derive `Hash`: the same on every machine as far as their parts are of one size everywhere.
impl Hasher for ContentHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        self.0.digest()
    }
}

/// For values that are told apart by how they are printed.
impl fmt::Write for ContentHasher {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:032x}", self.0)
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Serialize for ContentHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
