//! Where a finding stands, as people count: lines and columns from 1, columns in characters.

use crate::source::{Position, RepoPath, Sources, Span};

/// A span with its lines and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) file: RepoPath,
    pub(super) start: Position,
    /// Behind the last character.
    pub(super) end: Position,
}

impl Place {
    /// The place of `span`; the beginning of the file when it cannot be read.
    pub(super) fn of(span: Span, sources: &dyn Sources) -> Self {
        let first = Position { line: 1, column: 1 };
        let (start, end) = sources
            .source(span.file)
            .map_or((first, first), |file| (file.position(span.start), file.position(span.end.max(span.start))));
        Self { file: span.file, start, end }
    }
}
