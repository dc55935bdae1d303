//! Offsets -> lines and columns, in a time that does not grow with the length of the lines; and lines of a text that is not
//! there, from a byte or two for each.

use std::ops::Range;

use super::{Position, Stored, Unread};

/// Characters are counted ahead up to the beginning of each so many bytes.
const BLOCK: usize = 1024;

/// Where the lines of a text begin, and how many characters stand before each of its blocks.
#[derive(Debug)]
pub(super) struct Lines {
    starts: Vec<u32>,
    characters: Vec<u32>,
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts = std::iter::once(0).chain(ends.map(|index| number(index + 1))).collect();
        let mut counted = 0;
        let blocks = text.as_bytes().chunks(BLOCK).map(|block| {
            let before = counted;
            counted += count(block);
            number(before)
        });
        let characters = blocks.collect();
        Self { starts, characters }
    }

    /// The place of `offset`; the last one for an offset behind the text.
    pub(super) fn position(&self, text: &str, offset: usize) -> Position {
        let offset = offset.min(text.len());
        let line = self.line(offset);
        let column = self.characters_before(text, offset) - self.characters_before(text, self.starts[line] as usize);
        Position { line: number(line + 1), column: number(column + 1) }
    }

    /// The number of the line that `offset` is on, from 1.
    pub(super) fn number(&self, offset: usize) -> u32 {
        number(self.line(offset) + 1)
    }

    /// The bytes of the line of that index, without its line end. The text's end when there is no such line.
    pub(super) fn range(&self, text: &str, index: usize) -> Range<usize> {
        let start = self.starts.get(index).map_or(text.len(), |&start| start as usize);
        let end = self.starts.get(index + 1).map_or(text.len(), |&next| next as usize - 1);
        start..end.max(start)
    }

    /// The index of the line that `offset` is on.
    fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start as usize <= offset).saturating_sub(1)
    }

    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let block = (offset / BLOCK).min(self.characters.len().saturating_sub(1));
        let before = self.characters.get(block).map_or(0, |&before| before as usize);
        before + count(text.as_bytes().get(block * BLOCK..offset).unwrap_or_default())
    }
}

/// How long the lines of a text are, as LEB128 numbers: for telling lines without the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LineLengths(Box<[u8]>);

impl LineLengths {
    pub(super) fn of(text: &str) -> Self {
        let mut lengths = Vec::with_capacity(text.len() / 32);
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', text.as_bytes()) {
            Stored::<()>::write(&((end - start) as u64), &mut lengths);
            start = end + 1;
        }
        Self(lengths.into_boxed_slice())
    }

    /// The number of the line that `offset` is on, from 1; the last one for an offset behind the text.
    pub(super) fn number(&self, offset: u32) -> u32 {
        number(self.ends().take_while(|end| *end <= offset).count() + 1)
    }

    /// Whether it takes long to count them.
    pub(super) fn are_many(&self) -> bool {
        self.0.len() > BLOCK
    }

    /// Where each line that another one follows ends, its line end included.
    pub(super) fn ends(&self) -> impl Iterator<Item = u32> {
        let (mut unread, mut end) = (Unread::new(&self.0, ()), 0);
        std::iter::from_fn(move || {
            end += u64::read(&mut unread)? + 1;
            Some(u32::try_from(end).unwrap_or(u32::MAX))
        })
    }
}

impl<C> Stored<C> for LineLengths {
    fn write(&self, bytes: &mut Vec<u8>) {
        Stored::<C>::write(&(self.0.len() as u64), bytes);
        bytes.extend_from_slice(&self.0);
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        let length = usize::try_from(u64::read(bytes)?).ok()?;
        Some(Self(bytes.take(length)?.into()))
    }
}

/// The characters that begin in `bytes`.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| (byte & 0xC0) != 0x80).count()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, LineLengths, Lines, Position};

    #[test]
    fn places_in_long_lines_are_counted_as_in_short_ones() {
        let text = format!("ä\n{}\nend", "äb".repeat(BLOCK));
        let lines = Lines::of(&text);
        for (offset, _) in text.char_indices().filter(|(offset, _)| offset % 7 == 0 || offset % BLOCK < 4) {
            let before = &text[..offset];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
            let expected = Position { line: super::number(line), column: super::number(column) };
            assert_eq!(lines.position(&text, offset), expected, "{offset}");
        }
    }

    #[test]
    fn lines_are_told_without_the_text() {
        for text in ["", "one", "\n", "one\n\ntwo\n", "one\ntwo", &"a line of text\n".repeat(99), &"x".repeat(700)] {
            let (lines, lengths) = (Lines::of(text), LineLengths::of(text));
            for offset in 0..=text.len() + 2 {
                let expected = lines.number(offset.min(text.len()));
                assert_eq!(lengths.number(super::number(offset)), expected, "{text:?} {offset}");
            }
        }
    }
}
