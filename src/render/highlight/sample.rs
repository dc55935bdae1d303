//! Code samples -> HTML in the same classes as other listings, by what most languages share: strings, numbers, words that are
//! followed by a parenthesis, and a handful of keywords. A page of an operation has seven samples, and grammars would cost more
//! than all else on it.

use super::{KEYWORD, Writer};

/// Keywords of the languages that samples are made in, and of their next of kin.
const KEYWORDS: &[&str] = &[
    "as", "async", "await", "class", "const", "def", "defer", "do", "else", "end", "false", "False", "fn", "for",
    "from", "func", "function", "if", "import", "in", "let", "mut", "new", "nil", "none", "None", "null", "package",
    "private", "public", "require", "return", "static", "true", "True", "try", "use", "using", "val", "var", "void",
    "with",
];

/// Appends `text`, coloured.
pub(in crate::render) fn push_sample(html: &mut String, text: &str) {
    html.reserve(text.len() * 3 / 2);
    let mut writer = Writer { html, open: None };
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let (class, length) = token(rest, text[..at].chars().next_back());
        writer.push(class, &rest[..length]);
        at += length;
    }
    writer.close();
}

/// The class and the length of what `rest` begins with, behind `before`. The length is at least that of one character.
fn token(rest: &str, before: Option<char>) -> (Option<&'static str>, usize) {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let first = rest.chars().next().unwrap_or(' ');
    let behind_word = before.is_some_and(is_word);
    if is_word(first) && !behind_word {
        let length = rest.find(|character| !is_word(character)).unwrap_or(rest.len());
        let class = match &rest[..length] {
            _ if first.is_ascii_digit() => Some("n"),
            word if KEYWORDS.contains(&word) => Some(KEYWORD),
            _ if rest[length..].starts_with('(') => Some("f"),
            _ => None,
        };
        return (class, length);
    }
    let end_of_line = || rest.find('\n').unwrap_or(rest.len());
    match first {
        '"' if rest.starts_with("\"\"\"") => (Some("s"), rest[3..].find("\"\"\"").map_or(rest.len(), |end| end + 6)),
        '"' | '\'' | '`' if !behind_word => string(rest, first).map_or((None, 1), |length| (Some("s"), length)),
        '/' if rest.starts_with("// ") => (Some("c"), end_of_line()),
        '#' if rest.starts_with("# ") && before.is_none_or(|before| before == '\n') => (Some("c"), end_of_line()),
        _ => (None, first.len_utf8()),
    }
}

/// How long the string is that `rest` begins with. `None` when it has no end.
fn string(rest: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' if quote != '`' => escaped = true,
            _ if character == quote => return Some(at + 1),
            // A string of several lines is one of a shell, or a template.
            '\n' if quote == '"' => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::push_sample;

    #[test]
    fn words_carry_what_they_are() {
        let cases = [
            (
                "const a = await fetch(\"x\\\"\");",
                "<b>const </b>a = <b>await </b><i class=f>fetch</i>(<i class=s>\"x\\\"\"</i>);",
            ),
            ("curl --data '{\n\"a\": 1}'", "curl --data <i class=s>'{\n\"a\": 1}'</i>"),
            ("it's <b>", "it's &lt;b&gt;"),
            ("ä1 = 12 // so", "ä1 = <i class=n>12 </i><i class=c>// so</i>"),
            ("x = \"\"\"\n\"a\"\"\"\";", "x = <i class=s>\"\"\"\n\"a\"\"\"</i>\";"),
            ("\"open", "\"open"),
        ];
        for (text, expected) in cases {
            let mut html = String::new();
            push_sample(&mut html, text);
            assert_eq!(html, expected, "{text}");
        }
    }
}
