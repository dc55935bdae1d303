//! The pieces that earlier runs left in a pack. They can be read as long as anybody holds the shelf, whatever becomes of the
//! pack.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use xxhash_rust::xxh3::xxh3_64;

use super::Store;
use crate::source::{ContentHash, Stored, Unread, stored};

/// Pieces under keys.
#[derive(Debug)]
pub struct Shelf {
    pub(super) known: HashMap<ContentHash, Kept>,
    bytes: Bytes,
}

/// How many of the pieces a run is going to ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Nearly all: they are read at once.
    All,
    /// A few: each is read when it is asked for.
    Some,
}

/// A piece of an earlier run.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) place: Place,
    /// How many runs have not asked for it.
    pub(super) unused: u32,
    pub(super) is_asked_for: AtomicBool,
    /// Set when it was read and is not what was left.
    is_damaged: AtomicBool,
}

/// Where a piece stands in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) start: u64,
    pub(super) length: u64,
    pub(super) checksum: u64,
}

stored! {
    struct Place { start, length, checksum }
}

#[derive(Debug)]
enum Bytes {
    Read(Vec<u8>),
    OnDisk(Mutex<File>),
}

impl Shelf {
    pub(super) fn open(store: &Store, name: &str, reading: Reading) -> Self {
        let index = || read_index(&store.load(&format!("{name}.index"))?);
        let path = store.path(name);
        let bytes = match reading {
            Reading::All => fs::read(path).ok().map(Bytes::Read),
            Reading::Some => File::open(path).ok().map(|file| Bytes::OnDisk(Mutex::new(file))),
        };
        let known = bytes.as_ref().and_then(|_| index()).unwrap_or_default();
        Self { known, bytes: bytes.unwrap_or(Bytes::Read(Vec::new())) }
    }

    /// Whether there is a piece under `key`, which counts as asking for it.
    pub fn holds(&self, key: ContentHash) -> bool {
        let kept = self.known.get(&key).filter(|kept| !kept.is_damaged.load(Ordering::Relaxed));
        kept.inspect(|kept| kept.is_asked_for.store(true, Ordering::Relaxed)).is_some()
    }

    /// What `see` makes of the piece under `key`. `None` when there is none, or when it is damaged.
    pub fn see<T>(&self, key: ContentHash, see: impl FnOnce(&[u8]) -> T) -> Option<T> {
        let kept = self.known.get(&key)?;
        let seen = self.read(kept.place, |bytes| (xxh3_64(bytes) == kept.place.checksum).then(|| see(bytes))).flatten();
        kept.is_asked_for.store(seen.is_some(), Ordering::Relaxed);
        // For good: whoever was told that there is none goes by that.
        kept.is_damaged.fetch_or(seen.is_none(), Ordering::Relaxed);
        seen
    }

    /// Whether any piece that was asked for is damaged.
    pub fn is_damaged(&self) -> bool {
        self.known.values().any(|kept| kept.is_damaged.load(Ordering::Relaxed))
    }

    fn read<T>(&self, place: Place, see: impl FnOnce(&[u8]) -> T) -> Option<T> {
        let length = usize::try_from(place.length).ok()?;
        match &self.bytes {
            Bytes::Read(all) => {
                let start = usize::try_from(place.start).ok()?;
                all.get(start..start.checked_add(length)?).map(see)
            }
            Bytes::OnDisk(file) => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                // A length that was made up reserves nothing.
                let is_inside =
                    file.metadata().is_ok_and(|data| place.start.saturating_add(place.length) <= data.len());
                let mut bytes = vec![0; if is_inside { length } else { return None }];
                file.seek(SeekFrom::Start(place.start)).ok()?;
                file.read_exact(&mut bytes).ok()?;
                drop(file);
                Some(see(&bytes))
            }
        }
    }
}

fn read_index(bytes: &[u8]) -> Option<HashMap<ContentHash, Kept>> {
    let mut unread = Unread::new(bytes, ());
    let index = Vec::<(ContentHash, (Place, u64))>::read(&mut unread)?;
    let kept = |(key, (place, unused)): (ContentHash, (Place, u64))| {
        let unused = u32::try_from(unused).unwrap_or(u32::MAX);
        (key, Kept { place, unused, is_asked_for: AtomicBool::new(false), is_damaged: AtomicBool::new(false) })
    };
    unread.is_empty().then(|| index.into_iter().map(kept).collect())
}
