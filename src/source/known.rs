//! What is known of a text when the text is not there: enough for whoever does not ask for its letters.

use super::lines::LineLengths;
use super::note::Notes;
use super::{ContentHash, Note, stored};

/// A file without its text.
#[derive(Debug, PartialEq)]
pub struct KnownText {
    pub(super) hash: ContentHash,
    pub(super) lines: LineLengths,
    pub(super) notes: Notes,
}

impl KnownText {
    /// The hash of the text.
    pub fn hash(&self) -> ContentHash {
        self.hash
    }

    /// What it told as the note `N`, if anybody asked.
    pub fn note<N: Note>(&self) -> Option<N> {
        self.notes.get()
    }
}

stored! {
    () => struct KnownText { hash, lines, notes }
}
