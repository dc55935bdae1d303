//! Text put together from pieces of files, that still knows where each piece came from.
//!
//! A doc comment is a run of lines without their `///`; a description is a YAML string without its indentation; a page
//! may include parts of other files. Findings in such text must point into the file that somebody can open.

use std::ops::Range;

use super::{RepoPath, SourceFile, Span};

/// Text with its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedText {
    text: String,
    /// By ascending start; a piece reaches up to the next one.
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    start: u32,
    origin: Span,
}

impl MappedText {
    /// No text yet.
    pub fn new() -> Self {
        Self { text: String::new(), pieces: Vec::new() }
    }

    /// The whole text of `file`.
    pub fn of_file(file: &SourceFile) -> Self {
        Self::of_range(file, 0..file.text().len())
    }

    /// The bytes `range` of `file`, which must lie on character boundaries.
    pub fn of_range(file: &SourceFile, range: Range<usize>) -> Self {
        let mut mapped = Self::new();
        mapped.push(&file.text()[range.clone()], file.span(range));
        mapped
    }

    /// `text` of which only the place as a whole is known: every finding in it points at `origin`.
    pub fn at(text: impl Into<String>, origin: Span) -> Self {
        Self { text: text.into(), pieces: vec![Piece { start: 0, origin }] }
    }

    /// Adds `text`, which stands at `origin`: byte by byte when both are equally long, else as a whole.
    pub fn push(&mut self, text: &str, origin: Span) {
        let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.pieces.push(Piece { start, origin });
        self.text.push_str(text);
    }

    /// Adds the bytes `range` of `other`, which must lie on character boundaries, with their origin.
    pub fn push_part(&mut self, other: &MappedText, range: Range<usize>) {
        let first = other.pieces.partition_point(|piece| piece.start as usize <= range.start).saturating_sub(1);
        let mut at = range.start;
        for index in first..other.pieces.len() {
            let end = other.pieces.get(index + 1).map_or(other.text.len(), |next| next.start as usize).min(range.end);
            if at < end {
                self.push(&other.text[at..end], other.span(at..end));
                at = end;
            }
        }
    }

    /// The same places with `text`, which is as long and has its characters where they were.
    #[must_use]
    pub fn with_text(&self, text: String) -> Self {
        debug_assert_eq!(text.len(), self.text.len());
        Self { text, pieces: self.pieces.clone() }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The file that the text begins in.
    pub fn file(&self) -> RepoPath {
        self.pieces.first().map_or_else(RepoPath::root, |piece| piece.origin.file)
    }

    /// Where the bytes `range` of the text come from. A range over several pieces gives the part in its first piece.
    pub fn span(&self, range: Range<usize>) -> Span {
        let index = self.pieces.partition_point(|piece| piece.start as usize <= range.start).saturating_sub(1);
        let Some(piece) = self.pieces.get(index) else { return Span::start_of(RepoPath::root()) };
        let end = self.pieces.get(index + 1).map_or(self.text.len(), |next| next.start as usize);
        let origin = piece.origin;
        if end - piece.start as usize != origin.range().len() {
            return origin;
        }
        let shift = |offset: usize| offset.min(end) - piece.start as usize + origin.start as usize;
        Span::new(origin.file, shift(range.start)..shift(range.end.max(range.start)))
    }
}

impl Default for MappedText {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{MappedText, RepoPath, SourceFile, Span};

    #[test]
    fn spans_lead_back_to_the_file() {
        let path = RepoPath::new("lib.rs").unwrap();
        let file = SourceFile::new(path, "/// See [x].\n/// More\n".to_owned());
        let mut mapped = MappedText::new();
        mapped.push("See [x].\n", file.span(4..13));
        mapped.push("More\n", file.span(17..22));
        mapped.push("whole", file.span(0..3));
        let cases = [(4..7, 8..11), (9..13, 17..21), (5..12, 9..13), (14..16, 0..3), (99..100, 0..3)];
        for (range, expected) in cases {
            assert_eq!(mapped.span(range.clone()), Span::new(path, expected), "{range:?}");
        }
        let mut part = MappedText::new();
        part.push_part(&mapped, 4..19);
        assert_eq!(part.text(), "[x].\nMore\nwhole");
        assert_eq!(part.span(6..8), Span::new(path, 18..20));
    }
}
