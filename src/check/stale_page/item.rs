//! A text of Rust and the place of a name in it -> the item that is named there, and the items of that name in another text.

use super::blank::{shape, without_comments};

/// What says what kind of item the name behind it is.
const INTRODUCED: &[&str] =
    &["const", "enum", "fn", "macro_rules!", "mod", "static", "struct", "trait", "type", "union"];

/// Rust, with what its brackets and names are.
pub(super) struct Rust<'t> {
    text: &'t str,
    shape: String,
}

/// An item: its text from the beginning of its line, without what stands above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item<'t> {
    pub(super) text: &'t str,
    /// The keyword before its name; empty for fields and variants.
    pub(super) introduced: &'static str,
    /// Its name.
    pub(super) name: &'t str,
    /// What begins the block in which it stands: `impl Order`.
    around: String,
    /// Whether it is said to be of no use any more.
    pub(super) is_deprecated: bool,
}

impl<'t> Rust<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, shape: shape(text) }
    }

    /// The item whose name stands at `offset`.
    pub(super) fn item(&self, offset: usize) -> Option<Item<'t>> {
        let rest = self.shape.get(offset..)?;
        let length = rest.find(|end: char| !is_of_name(end)).unwrap_or(rest.len());
        let name = self.text.get(offset..offset + length).filter(|name| !name.is_empty())?;
        let start = self.shape[..offset].rfind('\n').map_or(0, |end| end + 1);
        let end = self.end(offset);
        let text = self.text.get(start..end)?;
        let above = self.text[..start].lines().rev().map(str::trim);
        let mut above = above.take_while(|line| line.starts_with("#[") || line.starts_with("//"));
        Some(Item {
            text,
            introduced: self.introduced(offset),
            name,
            around: self.around(offset),
            is_deprecated: above.any(|line| line.starts_with("#[deprecated")),
        })
    }

    /// The item that `other`, of another state of this text, was or has become; `other` itself when one is written like it.
    pub(super) fn same(&self, other: &Item<'_>) -> Option<Item<'t>> {
        let places = self.shape.match_indices(other.name).map(|(place, _)| place);
        let is_whole = |place: &usize| {
            !self.shape[..*place].ends_with(is_of_name)
                && !self.shape[place + other.name.len()..].starts_with(is_of_name)
        };
        let is_like = |place: &usize| match other.introduced {
            // Only the block in which it stands tells a field from a variable.
            "" => self.is_declared(place + other.name.len()) && self.around(*place) == other.around,
            introduced => self.introduced(*place) == introduced,
        };
        let found: Vec<Item<'t>> =
            places.filter(is_whole).filter(is_like).filter_map(|place| self.item(place)).collect();
        let words = |text: &str| -> String { without_comments(text).split_whitespace().collect() };
        let of_other = words(other.text);
        if let Some(item) = found.iter().find(|item| words(item.text) == of_other) {
            return Some(item.clone());
        }
        let mut near = found.iter().filter(|item| item.around == other.around);
        match (near.next(), near.next(), found.as_slice()) {
            (Some(one), None, _) | (None, None, [one]) => Some(one.clone()),
            // Of several, such as those for several platforms, nobody can tell which it was.
            _ => None,
        }
    }

    /// The keyword before the name at `offset`.
    fn introduced(&self, offset: usize) -> &'static str {
        let before = self.shape[..offset].trim_end();
        let is_before =
            |word: &&&str| before.ends_with(**word) && !before[..before.len() - word.len()].ends_with(is_of_name);
        INTRODUCED.iter().find(is_before).copied().unwrap_or_default()
    }

    /// Whether what follows a name at `end` is what follows that of a field or a variant.
    fn is_declared(&self, end: usize) -> bool {
        let rest = self.shape[end..].trim_start();
        rest.starts_with([',', '(', '{', '=', '}']) || rest.starts_with(':') && !rest.starts_with("::")
    }

    /// What begins the innermost block around `offset`.
    fn around(&self, offset: usize) -> String {
        let mut depth = 0_usize;
        let bytes = self.shape.as_bytes();
        let open = (0..offset).rev().find(|place| match bytes[*place] {
            b'}' => {
                depth += 1;
                false
            }
            b'{' if depth > 0 => {
                depth -= 1;
                false
            }
            byte => byte == b'{',
        });
        let Some(open) = open else { return String::new() };
        let start = self.shape[..open].rfind([';', '{', '}', ']']).map_or(0, |end| end + 1);
        self.shape[start..open].split_whitespace().filter(|word| *word != "pub").collect::<Vec<_>>().join(" ")
    }

    /// Where the item ends that is named at `at`: behind its braces, its semicolon, or the comma behind a field.
    fn end(&self, at: usize) -> usize {
        let mut depth = 0_usize;
        let is_field = self.introduced(at).is_empty();
        let mut last = b' ';
        for (place, byte) in self.shape.bytes().enumerate().skip(at) {
            let before = std::mem::replace(&mut last, byte);
            match byte {
                b'<' if is_field => depth += 1,
                b'>' if is_field && !matches!(before, b'-' | b'=') => depth = depth.saturating_sub(1),
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' if depth == 0 => return place,
                b')' | b']' | b'}' => {
                    depth -= 1;
                    if depth == 0 && byte == b'}' {
                        return place + 1;
                    }
                }
                b';' if depth == 0 => return place + 1,
                b',' if depth == 0 && is_field => return place,
                _ => {}
            }
        }
        self.shape.len()
    }
}

fn is_of_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::Rust;

    #[test]
    fn the_same_item_in_another_text() {
        let now = "impl A {\n    fn new(a: u8) {}\n}\nimpl B {\n    fn new() -> u8 { 1 }\n}\nstruct C {\n    a: Map<u8, u8>,\n    b: u8,\n}\n";
        let cases = [
            ("new(a: u8)", "impl A {\n    fn new() {}\n}\nimpl B {\n    fn new() {}\n}\n", Some("    fn new() {}")),
            ("new(a: u8)", "impl Z {\n    fn new(b: u8) {}\n}\n", Some("    fn new(b: u8) {}")),
            ("new(a: u8)", "impl Y {\n    fn new() {}\n}\nimpl Z {\n    fn new() {}\n}\n", None),
            ("new() -> u8", "mod m {\n    fn new() -> u8 { 1 }\n}\n", Some("    fn new() -> u8 { 1 }")),
            ("a: Map", "fn f() { let a: u8; }\nstruct C {\n    a: u16,\n}\n", Some("    a: u16")),
            ("a: Map", "struct D {\n    a: u16,\n}\n", None),
        ];
        for (name, then, expected) in cases {
            let item = Rust::new(now).item(now.find(name).unwrap()).unwrap();
            assert_eq!(Rust::new(then).same(&item).map(|item| item.text), expected, "{name}: {then}");
        }
    }

    #[test]
    fn where_an_item_ends() {
        let cases = [
            (
                "fn it<A, B>(a: [u8; 2]) -> bool { a[0] == b'}' } // x\nfn other() {}",
                "fn it<A, B>(a: [u8; 2]) -> bool { a[0] == b'}' }",
            ),
            ("    it: Vec<(u8, u8)>,\n    other: u8,", "    it: Vec<(u8, u8)>"),
            ("const it: [u8; 2] = [1, 2];\n", "const it: [u8; 2] = [1, 2];"),
            ("type it = u8", "type it = u8"),
        ];
        for (text, expected) in cases {
            assert_eq!(Rust::new(text).item(text.find("it").unwrap()).unwrap().text, expected, "{text}");
        }
    }
}
