//! What a line of AsciiDoc is, judged by itself.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::extract::wording::regex;

/// The level of a heading, one for the document's title, and where its words stand.
pub(super) fn heading(line: &str) -> Option<(usize, Range<usize>)> {
    static HEADING: LazyLock<Regex> = LazyLock::new(|| regex(r"^(={1,6}|#{1,6})[ \t]+(\S.*?)(?:[ \t]+=+)?$"));
    let found = HEADING.captures(line)?;
    Some((found.get(1)?.len(), found.get(2)?.range()))
}

/// The level of a heading that `below` underlines.
pub(super) fn underlined(line: &str, below: &str) -> Option<usize> {
    let level = match below.bytes().next()? {
        b'=' => 1,
        b'-' => 2,
        b'~' => 3,
        b'^' => 4,
        b'+' => 5,
        _ => return None,
    };
    let alike = below.len() >= 4 && below.bytes().all(|byte| byte == below.as_bytes()[0]);
    let as_long = line.chars().count().abs_diff(below.len()) <= 1;
    (alike && as_long && line.starts_with(char::is_alphanumeric)).then_some(level)
}

/// What stands in brackets on a line of its own: the attributes of the block below.
pub(super) fn bracketed(line: &str) -> Option<&str> {
    let words = line.strip_prefix('[')?.strip_suffix(']')?;
    // `[[id]]` and `[#id]`, but not a line of text that is a link by chance.
    let begins =
        words.is_empty() || words.starts_with(|first: char| first.is_alphanumeric() || "[#.%,\"'".contains(first));
    (begins && !words.contains("](")).then_some(words)
}

/// The id in the brackets above a block.
pub(super) fn explicit_id(words: &str) -> Option<&str> {
    static ID: LazyLock<Regex> =
        LazyLock::new(|| regex(r#"^(?:\[([\w:.-]+)(?:,.*)?\]$|\w*#([\w:-]+)|.*\bid="?([\w:.-]+))"#));
    let found = ID.captures(words)?;
    found.get(1).or(found.get(2)).or(found.get(3)).map(|id| id.as_str())
}

/// The id that Asciidoctor makes from a heading.
pub(super) fn generated_id(title: &str) -> String {
    let mut id = String::from("_");
    for character in title.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() || character == '_' {
            id.push(character);
        } else if matches!(character, ' ' | '-' | '.') && !id.ends_with('_') {
            id.push('_');
        }
    }
    id.trim_end_matches('_').to_owned()
}

/// The kind of an admonition that brackets name.
pub(super) fn admonition(style: &str) -> Option<&str> {
    matches!(style, "NOTE" | "TIP" | "IMPORTANT" | "WARNING" | "CAUTION").then_some(style)
}

/// Whether `line` is a comment of one line.
pub(super) fn is_comment(line: &str) -> bool {
    line.starts_with("//") && !line.starts_with("///")
}

/// Whether `line` begins or ends a block.
pub(super) fn is_delimiter(line: &str) -> bool {
    let run = line.len() >= 4
        && line
            .bytes()
            .next()
            .is_some_and(|first| b"-.+=*_/".contains(&first) && line.bytes().all(|byte| byte == first));
    run || matches!(line, "|===" | "!===" | ",===" | ":===" | "--") || line.starts_with("```")
}
