//! What is written about a thing, taken apart: what its users see, and what it does with which numbers and texts.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::blank::{lines_of, shape, without_comments};
use super::item::Item;

/// What is written about a thing.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Written {
    /// What its users see: parameters, public fields, variants, methods; the lines of a setting.
    pub(super) parts: Vec<String>,
    /// The lines of its inside.
    pub(super) inside: Vec<String>,
    /// How it is called, if it is a function.
    pub(super) call: Option<Call>,
    /// Whether what is inside is all there is to it, as with a constant.
    pub(super) is_value: bool,
    /// Whether nobody outside may use it, or nobody should.
    pub(super) is_out_of_use: bool,
}

/// How a function is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Call {
    /// So many parameters, the receiver aside.
    pub(super) parameters: usize,
    /// Whether there is a receiver, `self`.
    pub(super) is_method: bool,
}

impl Written {
    /// What is written about `item`.
    pub(super) fn of(item: &Item<'_>) -> Self {
        let text = without_comments(item.text);
        let shape = shape(item.text);
        let is_public = item.introduced.is_empty() || item.text.trim_start().starts_with("pub ");
        let mut written = Self { is_out_of_use: item.is_deprecated || !is_public, ..Self::default() };
        let open = open(&shape);
        let (head, body) = shape.split_at(open.unwrap_or(shape.len()));
        match item.introduced {
            "fn" => {
                let (parameters, returned) = signature(head);
                let is_method = parameters.first().is_some_and(|first| is_receiver(first));
                let count = parameters.len() - usize::from(is_method);
                written.call = Some(Call { parameters: count, is_method });
                written.parts.extend(parameters.into_iter().map(seen).filter(|part| part != "self"));
                written.parts.push(format!("-> {}", seen(returned)));
                let inside = &text[open.unwrap_or(text.len())..];
                written.inside = lines_of(inside.trim_start_matches('{').trim_end_matches('}'));
            }
            "struct" | "union" => {
                let fields =
                    if open.is_some() { pieces(inner(body), b",") } else { pieces(in_parentheses(head), b",") };
                let is_public = |field: &&str| without_attributes(field).starts_with("pub ");
                written.parts = fields.into_iter().filter(is_public).map(seen).collect();
            }
            "enum" => written.parts = pieces(inner(body), b",").into_iter().map(seen).collect(),
            "trait" => {
                written.parts = pieces(inner(body), b";}").into_iter().map(|one| seen(before_body(one))).collect()
            }
            "const" | "static" => {
                let (kind, _) = shape.split_once('=').unwrap_or((&shape, ""));
                written.parts.push(seen(kind));
                let value = text.find('=').map_or("", |at| &text[at + 1..]);
                written.inside = lines_of(value.trim_end_matches(';'));
                written.is_value = true;
            }
            "macro_rules!" => written.inside = lines_of(&text),
            _ => written.parts.push(seen(&shape)),
        }
        written.parts.retain(|part| !part.is_empty());
        written
    }

    /// The names in what its users see.
    pub(super) fn names(&self) -> BTreeSet<&str> {
        self.parts.iter().flat_map(|part| names(part)).collect()
    }
}

/// The names in `text`: words, metrics, keys with `-` or `.` in them, paths of an interface.
pub(super) fn names(text: &str) -> impl Iterator<Item = &str> {
    static NAME: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"/[\w/{}.-]*[\w}]|\b[A-Za-z_]\w*(?:[-.:]\w+)*").ok());
    NAME.iter().flat_map(move |name| name.find_iter(text)).map(|found| found.as_str())
}

/// Where the braces open that are an item's own.
fn open(shape: &str) -> Option<usize> {
    let mut depth = 0_usize;
    shape.bytes().position(|byte| {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        byte == b'{' && depth == 0
    })
}

/// What stands between the braces that open and close `body`.
fn inner(body: &str) -> &str {
    let body = body.trim();
    body.strip_prefix('{').unwrap_or(body).strip_suffix('}').unwrap_or(body)
}

fn in_parentheses(head: &str) -> &str {
    let Some(start) = head.find('(') else { return "" };
    let mut depth = 0_usize;
    let end = head[start..].bytes().position(|byte| {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    head.get(start + 1..start + end.unwrap_or(1)).unwrap_or_default()
}

/// The parameters of a function, and what it returns.
fn signature(head: &str) -> (Vec<&str>, &str) {
    // Bounds have parentheses as well: `<F: Fn(u8)>`.
    let mut angles = 0_usize;
    let mut last = b' ';
    let start = head.bytes().position(|byte| {
        let before = std::mem::replace(&mut last, byte);
        match byte {
            b'<' => angles += 1,
            b'>' if before != b'-' => angles = angles.saturating_sub(1),
            _ => {}
        }
        // `pub(crate)` is no parameter.
        byte == b'(' && angles == 0 && before != b'b'
    });
    let rest = start.map_or("", |start| &head[start..]);
    let parameters = in_parentheses(rest);
    let behind = rest.get(parameters.len() + 2..).unwrap_or_default();
    let returned = behind.split_once("->").map_or("()", |(_, returned)| returned);
    let returned = returned.split("where").next().unwrap_or_default().trim_end_matches(';');
    (pieces(parameters, b","), returned)
}

fn is_receiver(parameter: &str) -> bool {
    seen(parameter) == "self"
}

/// The head of a method, without its body.
fn before_body(method: &str) -> &str {
    open(method).map_or(method, |open| &method[..open])
}

/// `text` between those of `ends` that are in no brackets.
fn pieces<'t>(text: &'t str, ends: &[u8]) -> Vec<&'t str> {
    let mut pieces = Vec::new();
    let (mut depth, mut start, mut last) = (0_usize, 0, b' ');
    // Where there are bodies `<` may be less than.
    let has_types_only = ends == b",";
    for (place, byte) in text.bytes().enumerate() {
        let before = std::mem::replace(&mut last, byte);
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'<' if has_types_only => depth += 1,
            b'>' if has_types_only && !matches!(before, b'-' | b'=') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && ends.contains(&byte) {
            pieces.push(&text[start..place]);
            start = place + 1;
        }
    }
    pieces.push(&text[start..]);
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

fn without_attributes(part: &str) -> &str {
    let mut part = part.trim_start();
    while part.starts_with("#[") {
        let mut depth = 0_usize;
        let end = part.bytes().position(|byte| {
            match byte {
                b'[' => depth += 1,
                b']' => depth -= 1,
                _ => {}
            }
            byte == b']' && depth == 0
        });
        let Some(end) = end else { break };
        part = part[end + 1..].trim_start();
    }
    part
}

/// What users see of a part: neither attributes nor `mut` nor lifetimes, nor from where a type is brought in.
fn seen(part: &str) -> String {
    static SILENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"'\w+\b|\b(?:\w+|\$crate)\s*::\s*|\b(?:async|crate|mut|pub|ref|unsafe)\b|\bpub\s*\([^)]*\)").ok()
    });
    static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\w+|->|=>|[^\s\w]").ok());
    let (Some(silent), Some(word)) = (SILENT.as_ref(), WORD.as_ref()) else { return String::new() };
    let part = silent.replace_all(without_attributes(part), "");
    let words: Vec<&str> = word.find_iter(&part).map(|found| found.as_str()).collect();
    let is_self =
        words.iter().position(|word| *word == "self").is_some_and(|at| words[..at].iter().all(|word| *word == "&"));
    if is_self {
        return "self".to_owned();
    }
    let first = words.first().copied().unwrap_or_default();
    let named = first.trim_start_matches('_');
    let named = if named.is_empty() { first } else { named };
    [named].into_iter().chain(words.into_iter().skip(1)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::Written;
    use crate::check::stale_page::item::Rust;

    #[test]
    fn what_users_see() {
        let cases = [
            (
                "pub fn it<F: Fn(u8) -> u8>(mut a: std::fmt::Result, _b: &'a [u8; 2]) {}",
                "a : Result, b : & [ u8 ; 2 ], -> ( )",
            ),
            ("pub(crate) async fn it(&mut self, a: u8) -> Result<u8> where A: B;", "a : u8, -> Result < u8 >"),
            (
                "pub struct it<T> {\n    /// A.\n    #[x(y)]\n    pub a: Map<u8, u8>,\n    b: u8,\n    pub(crate) c: u8,\n}",
                "a : Map < u8 , u8 >",
            ),
            ("pub struct it(pub u8, u16);", "u8"),
            ("enum it {\n    A,\n    B(u8, u8),\n    C { a: u8 },\n}", "A, B ( u8 , u8 ), C { a : u8 }"),
            (
                "trait it {\n    type A;\n    fn a(&self) -> bool { 1 < 2 }\n    fn b(&self);\n}",
                "type A, fn a ( & self ) -> bool, fn b ( & self )",
            ),
        ];
        for (text, expected) in cases {
            let item = Rust::new(text).item(text.find(" it").unwrap() + 1).unwrap();
            assert_eq!(Written::of(&item).parts.join(", "), expected, "{text}");
        }
    }
}
