//! An index <-> bytes, for keeping it between builds.
//!
//! The bytes are the hash of all that follows, then [`FORMAT`], then the parts of the [`Index`], each after its length:
//! the kinds; the keys; the records and where each ends; the words; the names; the manifest; and for each folder its files.

use std::sync::Arc;

use super::bytes::{count, push_varint, read_bytes, read_varint};
use super::index::{Content, Index};
use super::inverted::Inverted;
use super::packed::Packed;
use super::stored::Stored;
use crate::source::ContentHash;

/// Another number whenever the same documents may have another index: its files, or what it is kept as.
const FORMAT: u32 = 1;

/// The bytes of a [`ContentHash`].
const HASH: u32 = 16;

impl Index {
    /// The index as bytes, which [`Index::from_bytes`] understands.
    pub fn to_bytes(&self) -> Vec<u8> {
        let Content { kinds, keys, stored, words, names } = &*self.content;
        let packed: usize = self.folders.iter().flatten().map(|file| file.bytes.len() + 32).sum();
        let size = kinds.len() + keys.len() * 16 + stored.len() + words.0.len() + names.0.len() + packed;
        let mut bytes = Vec::with_capacity(size + size / 16 + 256);
        bytes.resize(HASH as usize, 0);
        push_varint(FORMAT, &mut bytes);
        push_part(kinds, &mut bytes);
        push_varint(count(keys.len()), &mut bytes);
        keys.iter().for_each(|key| bytes.extend(key.to_bytes()));
        stored.iter().for_each(|record| push_part(record, &mut bytes));
        for part in [&words.0, &names.0, &*self.manifest] {
            push_part(part, &mut bytes);
        }
        for folder in &*self.folders {
            push_varint(count(folder.len()), &mut bytes);
            for Packed { source, hash, bytes: packed } in folder {
                bytes.extend(source.to_le_bytes());
                bytes.extend(hash.to_bytes());
                push_part(packed, &mut bytes);
            }
        }
        let hash = ContentHash::of(&bytes[HASH as usize..]);
        bytes[..HASH as usize].copy_from_slice(&hash.to_bytes());
        bytes
    }

    /// The index that `bytes` are; `None` when they were damaged, or are another version's.
    pub fn from_bytes(bytes: &[u8]) -> Option<Index> {
        let (hash, mut bytes) = bytes.split_first_chunk()?;
        if ContentHash::of(bytes) != ContentHash::from_bytes(*hash) || read_varint(&mut bytes) != FORMAT {
            return None;
        }
        let kinds = read_part(&mut bytes).to_vec();
        let documents = read_varint(&mut bytes);
        let keys = (0..documents).map(|_| read_hash(&mut bytes)).collect::<Option<_>>()?;
        let mut stored = Stored::default();
        (0..documents).for_each(|_| stored.push(read_part(&mut bytes)));
        let [words, names] = [(); 2].map(|()| Inverted(read_part(&mut bytes).to_vec()));
        let manifest = read_part(&mut bytes).into();
        let mut folders = [(); 3].map(|()| Vec::new());
        for folder in &mut folders {
            for _ in 0..read_varint(&mut bytes) {
                let source = u64::from_le_bytes(*read_bytes(&mut bytes, 8).first_chunk()?);
                folder.push(Packed { source, hash: read_hash(&mut bytes)?, bytes: Arc::from(read_part(&mut bytes)) });
            }
        }
        let content = Arc::new(Content { kinds, keys, stored, words, names });
        Some(Index { content, manifest, folders: Arc::new(folders) })
    }
}

fn push_part(part: &[u8], bytes: &mut Vec<u8>) {
    push_varint(count(part.len()), bytes);
    bytes.extend_from_slice(part);
}

fn read_part<'a>(bytes: &mut &'a [u8]) -> &'a [u8] {
    let length = read_varint(bytes);
    read_bytes(bytes, length)
}

fn read_hash(bytes: &mut &[u8]) -> Option<ContentHash> {
    read_bytes(bytes, HASH).try_into().ok().map(ContentHash::from_bytes)
}
