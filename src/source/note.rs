//! What a text told, as bytes: kept from one run to the next, so that whoever decides something by a file need not read it
//! again.

use std::sync::{Mutex, PoisonError};

use super::{Interned, SourceFile, Stored, Unread};

/// Something that a file tells ([`SourceFile::noted`]) and that is kept with what is known of the file.
pub trait Note: Stored<()> + PartialEq + Send + Sync + 'static {
    /// Its name among all notes.
    const NAME: &'static str;

    /// What `file` tells. It must depend on the path and text alone.
    fn of(file: &SourceFile) -> Self;
}

/// The notes on one file, by name. There are a handful of them, so a list is the quickest map.
#[derive(Debug, Default)]
pub(super) struct Notes(Mutex<List>);

type List = Vec<(&'static str, Box<[u8]>)>;

impl Notes {
    /// Adds `note`.
    pub(super) fn keep<N: Note>(&self, note: &N) {
        let mut bytes = Vec::new();
        note.write(&mut bytes);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((N::NAME, bytes.into_boxed_slice()));
    }

    /// The note `N`.
    pub(super) fn get<N: Note>(&self) -> Option<N> {
        let list = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, bytes) = list.iter().find(|(name, _)| *name == N::NAME)?;
        let mut unread = Unread::new(bytes, ());
        N::read(&mut unread).filter(|_| unread.is_empty())
    }

    /// All of them, each once and by name, so that they do not depend on who asked first.
    fn sorted(&self) -> List {
        let mut list = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        list.sort();
        list.dedup_by_key(|(name, _)| *name);
        list
    }
}

impl Notes {
    /// These and `others`.
    pub(super) fn with(&self, others: &Self) -> Self {
        Self(Mutex::new([self.sorted(), others.sorted()].concat()))
    }

    pub(super) fn are_none(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }
}

impl PartialEq for Notes {
    fn eq(&self, other: &Self) -> bool {
        self.sorted() == other.sorted()
    }
}

impl Stored<()> for Notes {
    fn write(&self, bytes: &mut Vec<u8>) {
        let list = self.sorted();
        Stored::<()>::write(&(list.len() as u64), bytes);
        for (name, note) in &list {
            Stored::<()>::write(name, bytes);
            Stored::<()>::write(&(note.len() as u64), bytes);
            bytes.extend_from_slice(note);
        }
    }

    fn read(bytes: &mut Unread<'_, ()>) -> Option<Self> {
        let mut list = List::new();
        for _ in 0..u64::read(bytes)? {
            let name = Interned::read(bytes)?.as_str();
            let length = usize::try_from(u64::read(bytes)?).ok()?;
            list.push((name, bytes.take(length)?.into()));
        }
        Some(Self(Mutex::new(list)))
    }
}
