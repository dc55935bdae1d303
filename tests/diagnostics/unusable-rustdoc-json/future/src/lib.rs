//! Words.

/// A thing.
pub struct Thing;
