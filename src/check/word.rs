//! A name, and whether it stands in a text.

use memchr::memmem;

/// Whether `name` stands in `text` with nothing beside it that would make it longer.
pub(super) fn has_word(text: &[u8], name: &str) -> bool {
    ends(text, name).any(|end| !text.get(end).is_some_and(is_part))
}

/// Where `name` ends in `text`, wherever nothing before it makes it longer.
pub(super) fn ends(text: &[u8], name: &str) -> impl Iterator<Item = usize> {
    let begins = |at: &usize| !at.checked_sub(1).and_then(|before| text.get(before)).is_some_and(is_part);
    memmem::find_iter(text, name).filter(begins).map(|at| at + name.len())
}

fn is_part(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || *byte == b'_'
}
