//! The head of an implementation -> its id on a page, as rustdoc makes it: `impl-Clone-for-Order%3CT%3E`.

/// The id of the implementation whose head is `head`: without parameters, bounds, the modules of paths and the lifetimes of
/// references. What may not stand in an address is encoded.
pub(super) fn of_implementation(head: &str) -> String {
    let head = head.strip_prefix("unsafe ").unwrap_or(head);
    let head = behind_parameters(head.strip_prefix("impl").unwrap_or(head)).trim_start_matches([' ', '!']);
    let mut id = String::with_capacity("impl-".len() + head.len() + 8);
    id.push_str("impl-");
    let bytes = head.as_bytes();
    // Where the name that is being written begins.
    let mut name = id.len();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' => {
                id.push(char::from(byte));
                continue;
            }
            // A `where` clause has lines of its own.
            b'\n' => break,
            b':' if bytes.get(at) == Some(&b':') => {
                id.truncate(name);
                at += 1;
            }
            b'&' if bytes.get(at) == Some(&b'\'') => {
                id.push_str("%26");
                at = bytes[at..].iter().position(|byte| *byte == b' ').map_or(bytes.len(), |length| at + length + 1);
            }
            b' ' if bytes[at..].starts_with(b"for ") => {
                id.push_str("-for-");
                at += "for ".len();
            }
            b' ' => id.push('+'),
            b'-' | b'.' | b',' | b'~' | b'!' | b'\'' | b'(' | b')' | b'*' | b'/' | b';' | b':' | b'?' | b'=' => {
                id.push(char::from(byte));
            }
            _ => {
                let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0').to_ascii_uppercase();
                id.extend(['%', digit(byte >> 4), digit(byte & 15)]);
                // What is not ASCII is a part of a name.
                if !byte.is_ascii() {
                    continue;
                }
            }
        }
        name = id.len();
    }
    id
}

/// What follows the `<…>` with which `text` may begin.
fn behind_parameters(text: &str) -> &str {
    let mut depth = 0_usize;
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        match letter {
            '<' => depth += 1,
            '>' if before != '-' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return &text[at + usize::from(letter == '>')..];
        }
        before = letter;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::of_implementation;

    #[test]
    fn ids_are_those_of_rustdoc() {
        let cases = [
            ("impl<'a> fmt::Display for a::Unexpected<'a>", "impl-Display-for-Unexpected%3C'a%3E"),
            (
                "impl<'de> Deserialize<'de> for &'de [u8]\nwhere\n    'de: 'a",
                "impl-Deserialize%3C'de%3E-for-%26%5Bu8%5D",
            ),
            ("unsafe impl<F: Fn() -> u8> Send for Map<F, (A, B)>", "impl-Send-for-Map%3CF,+(A,+B)%3E"),
            ("impl !Sync for B", "impl-Sync-for-B"),
            ("impl a::Größe for b::B", "impl-Gr%C3%B6%C3%9Fe-for-B"),
            ("impl From<std::io::Error> for Error", "impl-From%3CError%3E-for-Error"),
        ];
        for (head, id) in cases {
            assert_eq!(of_implementation(head), id, "{head}");
        }
    }
}
