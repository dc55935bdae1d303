//! Many small pieces in one file, found by an index beside it: what earlier runs left is on a [`Shelf`], what this one adds
//! goes behind it.
//!
//! New pieces are added at the end; the index is replaced when the pack is closed. A run that is stopped before leaves
//! bytes behind that no index knows of. Pieces that no run asks for any longer go when they outgrow what may be spared.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};

use xxhash_rust::xxh3::xxh3_64;

use super::Store;
use super::shelf::{Place, Reading, Shelf};
use crate::source::{ContentHash, Stored};

/// Pieces under keys.
#[derive(Debug)]
pub struct Pack<'s> {
    store: &'s Store,
    name: String,
    spare: u64,
    shelf: Arc<Shelf>,
    added: Mutex<Added>,
}

/// What this run adds.
#[derive(Debug, Default)]
struct Added {
    /// `None` until the first piece, and when nothing may be written.
    out: Option<BufWriter<File>>,
    end: u64,
    places: BTreeMap<ContentHash, Place>,
}

impl<'s> Pack<'s> {
    pub(super) fn open(store: &'s Store, name: &str, spare: u64, reading: Reading) -> Self {
        let shelf = Arc::new(Shelf::open(store, name, reading));
        Self { store, name: name.to_owned(), spare, shelf, added: Mutex::default() }
    }

    /// The pieces of earlier runs.
    pub fn shelf(&self) -> &Arc<Shelf> {
        &self.shelf
    }

    /// Keeps `bytes` under `key`, unless they are kept. That they cannot be kept costs the next run time and nothing else.
    pub fn put(&self, key: ContentHash, bytes: &[u8]) {
        if self.store.may_write() && !self.shelf.holds(key) {
            let mut added = self.added.lock().unwrap_or_else(PoisonError::into_inner);
            // See above. A piece that was written in part is not in the index.
            let _ = added.push(&self.store.path(&self.name), key, bytes);
        }
    }

    /// Throws all pieces away, unless another run is writing.
    pub fn forget(self) {
        if self.store.may_write() {
            for name in [&self.name, &format!("{}.index", self.name)] {
                // What stays is found to be damaged again.
                let _ = fs::remove_file(self.store.path(name));
            }
        }
    }

    /// Writes down what there is now.
    pub fn close(self) {
        let Added { out, end, places } = self.added.into_inner().unwrap_or_else(PoisonError::into_inner);
        // A run that learnt nothing leaves everything as it is.
        if !self.store.may_write() || places.is_empty() {
            return;
        }
        let is_written = out.is_none_or(|mut out| out.flush().is_ok());
        let mut index: BTreeMap<ContentHash, (Place, u64)> = BTreeMap::new();
        #[allow(clippy::iter_over_hash_type, reason = "it goes into a sorted map")]
        for (key, kept) in &self.shelf.known {
            let unused = if kept.is_asked_for.load(Ordering::Relaxed) { 0 } else { u64::from(kept.unused) + 1 };
            index.insert(*key, (kept.place, unused));
        }
        if is_written {
            index.extend(places.into_iter().map(|(key, place)| (key, (place, 0))));
        }
        let path = self.store.path(&self.name);
        let size = fs::metadata(&path).map_or(end, |data| data.len());
        if outgrows(&mut index, size, self.spare) && compact(&path, &mut index).is_err() {
            // What the file holds now is not known: better nothing than half.
            let _ = fs::remove_file(&path);
            index.clear();
        }
        self.store.save(&format!("{}.index", self.name), &write_index(&index));
    }
}

impl Added {
    fn push(&mut self, path: &std::path::Path, key: ContentHash, bytes: &[u8]) -> io::Result<()> {
        if self.out.is_none() {
            let mut file = File::options().create(true).append(true).open(path)?;
            self.end = file.seek(SeekFrom::End(0))?;
            self.out = Some(BufWriter::with_capacity(1 << 18, file));
        }
        let Some(out) = self.out.as_mut().filter(|_| !self.places.contains_key(&key)) else { return Ok(()) };
        out.write_all(bytes)?;
        let length = bytes.len() as u64;
        self.places.insert(key, Place { start: self.end, length, checksum: xxh3_64(bytes) });
        self.end += length;
        Ok(())
    }
}

/// Drops those pieces that too many runs have not asked for, the longest unused first, until what is unused fits into
/// `spare` bytes. Whether the file, of `size` bytes, holds so much that is not in the index that it should be rewritten.
fn outgrows(index: &mut BTreeMap<ContentHash, (Place, u64)>, size: u64, spare: u64) -> bool {
    let mut unused: Vec<(u64, ContentHash, u64)> = index
        .iter()
        .filter(|(_, (_, unused))| *unused > 0)
        .map(|(key, (place, unused))| (*unused, *key, place.length))
        .collect();
    unused.sort_unstable();
    let mut room = spare;
    for (_, key, length) in unused {
        match room.checked_sub(length) {
            Some(rest) => room = rest,
            None => {
                room = 0;
                index.remove(&key);
            }
        }
    }
    let live: u64 = index.values().map(|(place, _)| place.length).sum();
    size - live.min(size) > live.max(spare / 4)
}

/// Rewrites the file at `path` with the pieces of `index` only.
fn compact(path: &std::path::Path, index: &mut BTreeMap<ContentHash, (Place, u64)>) -> io::Result<()> {
    let mut old = File::open(path)?;
    let beside = path.with_extension("new");
    let mut new = BufWriter::with_capacity(1 << 18, File::create(&beside)?);
    let mut end = 0;
    let mut by_place: Vec<&mut Place> = index.values_mut().map(|(place, _)| place).collect();
    by_place.sort_by_key(|place| place.start);
    for place in by_place {
        old.seek(SeekFrom::Start(place.start))?;
        if io::copy(&mut (&old).take(place.length), &mut new)? < place.length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        place.start = end;
        end += place.length;
    }
    new.flush()?;
    fs::rename(beside, path)
}

fn write_index(index: &BTreeMap<ContentHash, (Place, u64)>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(index.len() * 40);
    Stored::<()>::write(index, &mut bytes);
    bytes
}
