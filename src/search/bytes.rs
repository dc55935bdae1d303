//! Numbers and strings as bytes: what every file of the index is made of.

/// Adds `number`, seven bits a byte, lowest first; the high bit says that another follows.
pub(super) fn push_varint(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes a number from the front of `bytes`, which [`push_varint`] wrote.
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
pub(super) fn push_front_coded(text: &str, previous: &str, bytes: &mut Vec<u8>) {
    let shared = text.bytes().zip(previous.bytes()).take_while(|(one, other)| one == other).count();
    push_varint(count(shared), bytes);
    push_varint(count(text.len() - shared), bytes);
    bytes.extend_from_slice(&text.as_bytes()[shared..]);
}
