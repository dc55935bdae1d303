//! Addresses in running text that nobody marked as links, found as GitHub finds them.

use std::ops::Range;

use memchr::memchr_iter;

/// Whether there may be addresses in `text`.
pub(super) fn has_any(text: &str) -> bool {
    memchr_iter(b':', text.as_bytes()).any(|colon| text.as_bytes()[colon + 1..].starts_with(b"//"))
}

/// Where the `http://` and `https://` addresses in `text` stand, by GitHub's rules (GFM 0.29, section 6.9, extended
/// URL autolinks): bounded by blanks and `<`, without punctuation at the end and without a `)` that closes nothing.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(colon) = text[from..].find("://").map(|at| from + at) {
        let start = ["https", "http"].iter().find_map(|scheme| {
            let start = colon.checked_sub(scheme.len()).filter(|&start| start >= from)?;
            text.get(start..colon)?.eq_ignore_ascii_case(scheme).then_some(start)
        });
        from = colon + 3;
        let Some(start) = start else { continue };
        if text[..start].ends_with(|before: char| before.is_alphanumeric()) {
            continue;
        }
        let rest = &text[from..];
        if !rest.starts_with(|first: char| first.is_alphanumeric() || first == '[') {
            continue;
        }
        let end = rest.find(|character: char| character.is_whitespace() || character == '<').unwrap_or(rest.len());
        let length = without_closing_punctuation(&rest[..end]);
        if length > 0 {
            found.push(start..from + length);
            from += length;
        }
    }
    found
}

/// The length of `address` without what belongs to the sentence around it.
fn without_closing_punctuation(address: &str) -> usize {
    let mut surplus = address.bytes().filter(|&byte| byte == b')').count() as isize
        - address.bytes().filter(|&byte| byte == b'(').count() as isize;
    let opens_bracket = address.contains('[');
    let mut end = address.len();
    while let Some(last) = address[..end].chars().next_back() {
        match last {
            '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | '"' => {}
            ']' if !opens_bracket => {}
            ')' if surplus > 0 => surplus -= 1,
            _ => break,
        }
        end -= last.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        let cases: &[(&str, &[&str])] = &[
            ("See https://a.example/x_y?z=1&w=2#f.", &["https://a.example/x_y?z=1&w=2#f"]),
            ("(HTTP://a.example/b_(c)), http://d.example", &["HTTP://a.example/b_(c)", "http://d.example"]),
            ("[https://a.example] http://[::1]", &["https://a.example", "http://[::1]"]),
            ("xhttps://no.example ftp://no.example https:// https://)", &[]),
            ("https://a.example/\u{e9}t\u{e9}", &["https://a.example/\u{e9}t\u{e9}"]),
            ("://https://x.example", &["https://x.example"]),
        ];
        for (text, expected) in cases {
            let found: Vec<_> = addresses(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(&found, expected, "{text}");
        }
    }
}
