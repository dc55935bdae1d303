//! Maps by interned names, whose hash is where their one copy stands in memory.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map whose keys are made of interned names. The order in which it is walked through differs from run to run.
pub type NameMap<K, V> = HashMap<K, V, BuildHasherDefault<AddressHasher>>;

/// A set of what is made of interned names.
pub type NameSet<K> = HashSet<K, BuildHasherDefault<AddressHasher>>;

/// Hashes addresses and lengths: one multiplication each. Nobody outside of the process chooses those.
#[derive(Default)]
pub struct AddressHasher(u64);

/// An odd number without a pattern: 2^64 divided by the golden ratio (Knuth, "The Art of Computer Programming", 6.4).
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

impl Hasher for AddressHasher {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_usize(usize::from(*byte)));
    }

    fn write_usize(&mut self, number: usize) {
        self.0 = (self.0.rotate_left(5) ^ number as u64).wrapping_mul(SPREAD);
    }

    fn write_u32(&mut self, number: u32) {
        self.write_usize(number as usize);
    }

    fn finish(&self) -> u64 {
        // Maps look at the lowest bits, into which a multiplication carries nothing from above.
        self.0.rotate_left(26)
    }
}
