//! What a page depends on -> a hash, so that a build can tell without making a page whether it is the same as last time.

use std::cell::Cell;
use std::hash::{Hash, Hasher};

use crate::source::ContentHash;

/// The hash of everything in `view`, the same in every run on one kind of machine.
pub(super) fn hash_of(view: &impl Hash) -> ContentHash {
    // What was said of the page before leaves its room to this one.
    thread_local!(static ROOM: Cell<Vec<u8>> = const { Cell::new(Vec::new()) });
    let mut recorder = Recorder(ROOM.take());
    recorder.0.clear();
    view.hash(&mut recorder);
    let hash = ContentHash::of(&recorder.0);
    ROOM.set(recorder.0);
    hash
}

/// What a value says about itself when it is hashed. One hash of all of it costs less than one of each piece.
struct Recorder(Vec<u8>);

impl Hasher for Recorder {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        xxhash_rust::xxh3::xxh3_64(&self.0)
    }
}
