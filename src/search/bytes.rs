//! Numbers and strings as bytes: what every file of the index, and its kept state, is made of.

/// Adds `number`, seven bits a byte, lowest first; the high bit says that another follows.
pub(super) fn push_varint(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// How many bytes [`push_varint`] adds for `number`.
pub(super) fn varint_length(number: u32) -> u32 {
    // Zero takes a byte like one.
    (38 - (number | 1).leading_zeros()) / 7
}

/// Takes a number from the front of `bytes`, which [`push_varint`] wrote; what is none is read as some number.
#[inline]
pub(super) fn read_varint(bytes: &mut &[u8]) -> u32 {
    let (mut number, mut shift) = (0, 0);
    while let Some((&byte, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 || shift > 28 {
            break;
        }
    }
    number
}

/// Takes `length` bytes from the front of `bytes`, or as many as there are.
#[inline]
pub(super) fn read_bytes<'a>(bytes: &mut &'a [u8], length: u32) -> &'a [u8] {
    let (taken, rest) = bytes.split_at(bytes.len().min(length as usize));
    *bytes = rest;
    taken
}

/// A length as it is written; nothing here comes near the limit.
pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Adds the length of `text` and then its bytes.
pub(super) fn push_string(text: &str, bytes: &mut Vec<u8>) {
    push_varint(count(text.len()), bytes);
    bytes.extend_from_slice(text.as_bytes());
}

/// Adds `text` as what it shares with the string before it, and the rest.
pub(super) fn push_front_coded(text: &[u8], previous: &[u8], bytes: &mut Vec<u8>) {
    let shared = shared(text, previous);
    push_varint(count(shared), bytes);
    push_varint(count(text.len() - shared), bytes);
    bytes.extend_from_slice(&text[shared..]);
}

/// How many bytes two strings begin with alike.
pub(super) fn shared(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| one == other).count()
}
