//! What a page depends on -> a hash, so that a build can tell without making a page whether it is the same as last time.

use std::hash::{Hash, Hasher};

use crate::source::ContentHash;

/// The hash of everything in `view`, the same in every run on one kind of machine.
pub(super) fn hash_of(view: &impl Hash) -> ContentHash {
    let mut recorder = Recorder::default();
    view.hash(&mut recorder);
    ContentHash::of(&recorder.0)
}

/// What a value says about itself when it is hashed. One hash of all of it costs less than one of each piece.
#[derive(Default)]
struct Recorder(Vec<u8>);

impl Hasher for Recorder {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        xxhash_rust::xxh3::xxh3_64(&self.0)
    }
}
