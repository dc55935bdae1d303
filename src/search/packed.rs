//! Bytes -> files of the index, packed, and named by what is in them; what was packed before is not packed again.

use std::collections::HashMap;
use std::sync::Arc;

use super::deflate::deflate;
use crate::source::ContentHash;

/// A file.
#[derive(Clone, Debug)]
pub(super) struct Packed {
    /// Tells what it was made of from everything else.
    pub(super) source: u64,
    /// Of what it holds.
    pub(super) hash: ContentHash,
    /// Raw DEFLATE.
    pub(super) bytes: Arc<[u8]>,
}

impl Packed {
    pub(super) fn new(source: u64, bytes: &[u8]) -> Self {
        Self { source, hash: ContentHash::of(bytes), bytes: deflate(bytes).into() }
    }
}

/// The name of a file: a browser that has a file of that name has what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct FileName(pub(super) u32);

impl FileName {
    /// The path of the file in `folder`.
    pub(super) fn path(self, folder: &str) -> String {
        format!("{folder}/{:08x}.bin", self.0)
    }
}

/// The names of the `files` of a folder: another for each that holds something else.
pub(super) fn name(files: &[Packed]) -> Vec<FileName> {
    let mut owners: HashMap<u32, ContentHash> = HashMap::with_capacity(files.len());
    let name = |file: &Packed| {
        let [a, b, c, d, ..] = file.hash.to_bytes();
        let mut name = u32::from_be_bytes([a, b, c, d]);
        while *owners.entry(name).or_insert(file.hash) != file.hash {
            name = name.wrapping_add(1);
        }
        FileName(name)
    };
    files.iter().map(name).collect()
}
