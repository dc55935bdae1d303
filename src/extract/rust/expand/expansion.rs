//! The text that a call stands for, and which of it comes from the call.

use std::ops::Range;

/// What a call of a macro stands for.
#[derive(Debug, Default)]
pub(crate) struct Expansion {
    /// Rust, as if it stood in place of the call.
    pub(crate) text: String,
    /// Pieces that were copied from the call, in order: where each stands here, and where it begins there.
    copied: Vec<(Range<usize>, usize)>,
}

impl Expansion {
    /// Where `range` of the text stands in the text of the call; `None` when it does not come from there as a whole.
    pub(crate) fn origin(&self, range: Range<usize>) -> Option<Range<usize>> {
        let behind = self.copied.partition_point(|(piece, _)| piece.start <= range.start);
        let (piece, start) = self.copied.get(behind.checked_sub(1)?)?;
        let shift = |offset: usize| offset - piece.start + start;
        (range.end <= piece.end).then(|| shift(range.start)..shift(range.end))
    }

    /// Adds what the macro says itself.
    pub(super) fn push_own(&mut self, text: &str) {
        self.separate(text);
        self.text.push_str(text);
    }

    /// Adds `call[range]`, with the white space before it when what is before it there is before it here.
    pub(super) fn push_call(&mut self, call: &str, range: Range<usize>) {
        let text = call.get(range.clone()).unwrap_or_default();
        let before = self.copied.last().filter(|(piece, _)| piece.end == self.text.len());
        let before = before.map(|(piece, start)| start + piece.len()..range.start);
        match before.and_then(|gap| call.get(gap)).filter(|gap| gap.trim().is_empty()) {
            Some(gap) => self.text.push_str(gap),
            None => self.separate(text),
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.copied.push((start..self.text.len(), range.start));
    }

    /// Two words stay two.
    fn separate(&mut self, next: &str) {
        let is_word = |character: char| character.is_alphanumeric() || character == '_';
        if self.text.ends_with(is_word) && next.starts_with(is_word) {
            self.text.push(' ');
        }
    }
}
