//! Prose -> the words in it: for titles, summaries and search.

use memchr::memchr;

use super::Prose;

impl Prose {
    /// The words that readers see, on one line with single spaces; listings and the titles that holes bring are left
    /// out. One pass over the HTML.
    pub fn plain_text(&self) -> String {
        plain_text(&self.html)
    }
}

/// The words in `html`, which must be as [`Prose`] holds it: `<` only begins tags, attributes stand in double quotes.
pub fn plain_text(html: &str) -> String {
    let mut words = Words { text: String::with_capacity(html.len() / 2), space_due: false };
    each_piece(html, |piece| match piece {
        Piece::Text(text) => words.push(text),
        Piece::Gap => words.space_due = true,
    });
    words.text
}

/// Adds the words in `html`, which must be as [`Prose`] holds it, to `text`; white space as it stands there.
pub fn push_words(html: &str, text: &mut String) {
    each_piece(html, |piece| match piece {
        Piece::Text(piece) => text.push_str(piece),
        Piece::Gap => text.push('\n'),
    });
}

/// What HTML consists of for readers.
enum Piece<'a> {
    Text(&'a str),
    /// Words on both sides of it are not parts of one word.
    Gap,
}

fn each_piece(html: &str, mut found: impl FnMut(Piece<'_>)) {
    let mut rest = html;
    while let Some(start) = memchr(b'<', rest.as_bytes()) {
        decode(&rest[..start], &mut found);
        let tag = &rest[start..];
        let end = tag_end(tag);
        if !is_inline(tag_name(&tag[..end])) {
            found(Piece::Gap);
        }
        rest = &tag[end..];
    }
    decode(rest, &mut found);
}

fn decode(mut encoded: &str, found: &mut impl FnMut(Piece<'_>)) {
    while let Some(start) = memchr(b'&', encoded.as_bytes()) {
        found(Piece::Text(&encoded[..start]));
        let (decoded, length) = decode_entity(&encoded[start..]);
        found(Piece::Text(decoded));
        encoded = &encoded[start + length..];
    }
    found(Piece::Text(encoded));
}

struct Words {
    text: String,
    space_due: bool,
}

impl Words {
    fn push(&mut self, text: &str) {
        for part in text.split_inclusive(char::is_whitespace) {
            let word = part.trim_end();
            if !word.is_empty() {
                if self.space_due && !self.text.is_empty() {
                    self.text.push(' ');
                }
                self.text.push_str(word);
                self.space_due = false;
            }
            self.space_due |= word.len() < part.len();
        }
    }
}

/// What the entity with which `text` begins stands for, and how long it is: those that [`super::escape`] and the
/// sanitiser write; anything else is an ampersand.
fn decode_entity(text: &str) -> (&'static str, usize) {
    let known = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", "\u{a0}")];
    known
        .into_iter()
        .find(|(entity, _)| text.starts_with(entity))
        .map_or(("&", 1), |(entity, decoded)| (decoded, entity.len()))
}

/// The length of the tag with which `text` begins. A `>` in an attribute does not end it.
fn tag_end(text: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn tag_name(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    &name[..name.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(name.len())]
}

/// Whether words on both sides of such a tag may be parts of one word.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "math"
            | "mfrac"
            | "mi"
            | "mn"
            | "mo"
            | "mover"
            | "mrow"
            | "msqrt"
            | "mstyle"
            | "msub"
            | "msubsup"
            | "msup"
            | "mtext"
            | "munder"
            | "munderover"
    )
}

#[cfg(test)]
mod tests {
    use super::{plain_text, push_words};

    #[test]
    fn words_of_html() {
        let cases = [
            ("<p>One <em>t</em>wo\n three</p><p>four</p>", "One two three four"),
            ("a&nbsp;b &lt;T&gt; &amp;amp; &copy;", "a b <T> &amp; &copy;"),
            ("<img alt=\"a > b\"> x<br>y", "x y"),
            ("<ul><li>a</li><li>b</li></ul>", "a b"),
            ("x <", "x"),
            ("", ""),
        ];
        for (html, expected) in cases {
            assert_eq!(plain_text(html), expected, "{html}");
            let mut text = String::new();
            push_words(html, &mut text);
            assert_eq!(text.split_whitespace().collect::<Vec<_>>(), expected.split_whitespace().collect::<Vec<_>>());
        }
    }
}
