//! What is known of a text when the text is not there: enough for whoever does not ask for its letters.

use super::lines::LineLengths;
use super::note::Notes;
use super::{ContentHash, stored};

/// A file without its text.
#[derive(Debug, PartialEq)]
pub struct KnownText {
    pub(super) hash: ContentHash,
    pub(super) lines: LineLengths,
    pub(super) notes: Notes,
}

stored! {
    () => struct KnownText { hash, lines, notes }
}
