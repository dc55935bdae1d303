//! `#[derive(Trait)]` on a type -> the head of the implementation that it stands for.

use std::ops::Range;

use crate::extract::rust::scan::{Item, Signature};

/// The traits of the standard library that a type gets from a derive when its type parameters have them
/// (<https://doc.rust-lang.org/reference/attributes/derive.html>).
const PLAIN: [&str; 9] = ["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// Whether it is known what the derive of the trait that is `standard` in the standard library implements.
pub(super) fn is_known(standard: &str) -> bool {
    standard.rsplit("::").next().is_some_and(|name| PLAIN.contains(&name))
}

/// The declaration of a type, as far as implementations repeat it.
pub(super) struct Declared<'i> {
    signature: &'i Signature,
    /// Where its name stands.
    name: Range<usize>,
    parameters: Vec<Range<usize>>,
    /// Where its `where` clause begins.
    clause: usize,
}

impl<'i> Declared<'i> {
    /// What `item` declares. `None` when it is no type.
    pub(super) fn of(item: &'i Item) -> Option<Self> {
        let text = &item.signature.text;
        let keyword = |word: &str| text.find(word).map(|at| at + word.len());
        let start = ["struct ", "enum ", "union "].into_iter().find_map(keyword)?;
        let length = text[start..].find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '#');
        let end = length.map_or(text.len(), |length| start + length);
        let parameters = if text[end..].starts_with('<') { parameters(text, end + 1)? } else { Vec::new() };
        let clause = text[end..].find('\n').map_or(text.len(), |at| end + at);
        Some(Self { signature: &item.signature, name: start..end, parameters, clause })
    }

    /// The head of the implementation of the trait at `path`.
    pub(super) fn implementation(&self, path: &str) -> Signature {
        let text = &self.signature.text;
        let mut head = Signature::default();
        let mut arguments = Vec::with_capacity(self.parameters.len());
        head.push_str("impl");
        for (index, range) in self.parameters.iter().enumerate() {
            head.push_str(if index == 0 { "<" } else { ", " });
            let declared = text[range.clone()].trim_end();
            let end = range.start + declared.len();
            if let Some(constant) = declared.strip_prefix("const ") {
                arguments.push(constant.split(':').next().unwrap_or_default().trim_end());
                head.push(&self.signature.part(range.start..end));
                continue;
            }
            let name = declared.split([':', ' ']).next().unwrap_or_default();
            arguments.push(name);
            if name.starts_with('\'') {
                head.push(&self.signature.part(range.start..end));
                continue;
            }
            head.push_str(name);
            head.push_str(": ");
            push_path(&mut head, path);
            let bounds = declared[name.len()..].trim_start_matches([':', ' ']);
            if !bounds.is_empty() {
                head.push_str(" + ");
                head.push(&self.signature.part(end - bounds.len()..end));
            }
        }
        head.push_str(if self.parameters.is_empty() { " " } else { "> " });
        push_path(&mut head, path);
        head.push_str(" for ");
        head.push_str(&text[self.name.clone()]);
        if !arguments.is_empty() {
            head.push_str(&format!("<{}>", arguments.join(", ")));
        }
        if self.clause < text.len() {
            head.push(&self.signature.part(self.clause..text.len()));
        }
        head
    }
}

fn push_path(head: &mut Signature, path: &str) {
    let start = u32::try_from(head.text.len()).unwrap_or(u32::MAX);
    head.push_str(path);
    head.paths.push(start..u32::try_from(head.text.len()).unwrap_or(u32::MAX));
}

/// Where the parameters stand that begin at `start`, without what they are when nobody says. `None` when nothing ends them.
fn parameters(text: &str, start: usize) -> Option<Vec<Range<usize>>> {
    let mut parameters = Vec::new();
    let (mut depth, mut from, mut end, mut before) = (0_usize, start, None, ' ');
    for (at, letter) in text.char_indices().skip_while(|(at, _)| *at < start) {
        match letter {
            '<' | '(' | '[' | '{' => depth += 1,
            '>' if before == '-' => {}
            '>' | ',' if depth == 0 => {
                parameters.push(from..end.take().unwrap_or(at));
                if letter == '>' {
                    parameters.retain(|range: &Range<usize>| !range.is_empty());
                    return Some(parameters);
                }
                from = at + ", ".len();
            }
            '>' | ')' | ']' | '}' => depth = depth.checked_sub(1)?,
            '=' if depth == 0 => {
                end.get_or_insert(at);
            }
            _ => {}
        }
        before = letter;
    }
    None
}
