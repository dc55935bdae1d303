//! Sixty-four bytes at a time, each is told what it is.

use crate::search::classes::Classes;

#[test]
fn every_byte_is_told_for_what_it_is() {
    // One byte of each value that text can have alone, at many places; and one that only stands in longer characters.
    for byte in (0..0x80_u8).chain([0xc3]) {
        for at in [0, 1, 7, 8, 62, 63, 64, 65, 130] {
            let mut text = vec![b' '; at];
            text.push(byte);
            let classes = Classes::of(&text);
            let is_inside = byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii();
            assert_eq!(classes.inside(at), usize::from(is_inside), "{byte:x} at {at}");
            assert_eq!(classes.outside(at) == 0, is_inside, "{byte:x} at {at}");
            if is_inside {
                assert_eq!(classes.is_plain(at, 1), byte.is_ascii_alphabetic(), "{byte:x} at {at}");
                assert_eq!(classes.is_number(at, 1), byte.is_ascii_digit(), "{byte:x} at {at}");
            }
        }
    }
}

#[test]
fn plain_words_have_no_humps() {
    let cases = [
        ("word", true, false),
        ("Word", true, false),
        ("WORD", true, false),
        ("WOrd", false, false),
        ("woRd", false, false),
        ("wor_", false, false),
        ("wor1", false, false),
        ("worè", false, false),
        ("1234", false, true),
        ("123a", false, false),
    ];
    for (word, is_plain, is_number) in cases {
        for at in [0, 5, 61, 64] {
            let text = format!("{}{word} Behind1", " ".repeat(at));
            let classes = Classes::of(text.as_bytes());
            assert_eq!(classes.inside(at), word.len(), "{word} at {at}");
            assert_eq!(classes.is_plain(at, word.len()), is_plain, "{word} at {at}");
            assert_eq!(classes.is_number(at, word.len()), is_number, "{word} at {at}");
        }
    }
}
