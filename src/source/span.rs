//! A place in a file.

use std::ops::Range;

use super::RepoPath;

/// A range of bytes in the text of a file: `start` up to, not including, `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: RepoPath,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `range` of `file`. Offsets beyond four gigabytes, which no file that is read has, end at that bound.
    pub fn new(file: RepoPath, range: Range<usize>) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: clamp(range.start), end: clamp(range.end.max(range.start)) }
    }

    /// The very beginning of `file`: for what concerns the whole of it.
    pub fn start_of(file: RepoPath) -> Self {
        Self { file, start: 0, end: 0 }
    }

    /// The span as a range of offsets.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}
