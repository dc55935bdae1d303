//! JSON -> HTML in the same classes as other listings. Every operation of a specification has some, and a grammar would cost a
//! third of such a site's time. Comments, as JSON's kin allow, are told apart too; what is no JSON stays plain.

use super::Writer;

/// Appends `text`, coloured.
pub(super) fn push_json(html: &mut String, text: &str) {
    html.reserve(text.len() * 3 / 2);
    let mut writer = Writer { html, open: None };
    let mut at = 0;
    while let Some(&first) = text.as_bytes().get(at) {
        let rest = &text[at..];
        let (class, length) = match first {
            b'"' => {
                push_string(&mut writer, rest);
                at += string(rest);
                continue;
            }
            b'-' | b'0'..=b'9' | b'a'..=b'z' => word(rest),
            b'/' if rest.starts_with("//") => (Some("c"), rest.find('\n').unwrap_or(rest.len())),
            b'/' if rest.starts_with("/*") => (Some("c"), rest.find("*/").map_or(rest.len(), |end| end + 2)),
            b'/' => (None, 1),
            _ => (
                None,
                rest.find(|next: char| matches!(next, '"' | '-' | '/' | '0'..='9' | 'a'..='z')).unwrap_or(rest.len()),
            ),
        };
        writer.push(class, &rest[..length]);
        at += length;
    }
    writer.close();
}

/// The class and the length of the number or name that `rest` begins with.
fn word(rest: &str) -> (Option<&'static str>, usize) {
    let is_of_word = |character: char| character.is_alphanumeric() || matches!(character, '-' | '+' | '.' | '_');
    let length = rest.find(|character| !is_of_word(character)).unwrap_or(rest.len());
    let word = &rest[..length];
    let is_constant = matches!(word, "true" | "false" | "null") || word.parse::<f64>().is_ok_and(f64::is_finite);
    (is_constant.then_some("n"), length.max(1))
}

/// How long the string is that `rest` begins with; one without an end stops where its line does.
fn string(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while let Some(next) = memchr::memchr3(b'"', b'\\', b'\n', &bytes[at..]).map(|found| at + found) {
        match bytes[next] {
            b'"' => return next + 1,
            b'\n' => return next,
            // What is escaped may be longer than a byte, but holds none of those.
            _ => at = (next + 2).min(bytes.len()),
        }
    }
    bytes.len()
}

/// The string that `rest` begins with: a name when a colon follows. What it escapes has a class of its own.
fn push_string(writer: &mut Writer<'_>, rest: &str) {
    let (text, behind) = rest.split_at(string(rest));
    let class = if behind.trim_start().starts_with(':') { "t" } else { "s" };
    let mut from = 0;
    while let Some(at) = text[from..].find('\\').map(|found| from + found) {
        let escaped = text[at + 1..].chars().next();
        let length = match escaped {
            Some('u') => text[at..].char_indices().nth(6).map_or(text.len() - at, |(end, _)| end),
            Some(character) => 1 + character.len_utf8(),
            None => 1,
        };
        writer.push(Some(class), &text[from..at]);
        writer.push(Some("x"), &text[at..at + length]);
        from = at + length;
    }
    writer.push(Some(class), &text[from..]);
}

#[cfg(test)]
mod tests {
    use super::super::{colour, languages::syntax};
    use super::push_json;

    fn coloured(text: &str) -> String {
        let mut html = String::new();
        push_json(&mut html, text);
        html
    }

    #[test]
    fn values_have_classes() {
        let cases = [
            ("{\"a\": \"b\"}", "{<i class=t>\"a\"</i>: <i class=s>\"b\"</i>}"),
            ("[-1.5e3, true, null]", "[<i class=n>-1.5e3</i>, <i class=n>true</i>, <i class=n>null</i>]"),
            ("\"a\\n\\u00e4\\\"b\"", "<i class=s>\"a</i><i class=x>\\n\\u00e4\\\"</i><i class=s>b\"</i>"),
            (
                "{\"a\" // so\n: /* <x> */ 1}",
                "{<i class=s>\"a\" </i><i class=c>// so</i>\n: <i class=c>/* &lt;x&gt; */ </i><i class=n>1</i>}",
            ),
            ("\"open\n1", "<i class=s>\"open\n</i><i class=n>1</i>"),
            ("{…, nonsense 'a' – \\}", "{…, nonsense 'a' – \\}"),
            ("\"\\", "<i class=s>\"</i><i class=x>\\</i>"),
            ("\"\\u12", "<i class=s>\"</i><i class=x>\\u12</i>"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(coloured(text), expected, "{text}");
        }
    }

    #[test]
    fn it_looks_as_by_the_grammar() {
        let texts = [
            "{\n  \"id\": 11,\n  \"names\": [\"a\", \"b\\tc\"],\n  \"of\": {\"x\": -0.5, \"y\": null, \"z\": {}}\n}\n",
            "[true, false, 1e9, \"<&>\", [], {\"\": \"\"}]",
        ];
        for text in texts {
            assert_eq!(Some(coloured(text)), syntax("json").and_then(|syntax| colour(syntax, text)), "{text}");
        }
    }
}
