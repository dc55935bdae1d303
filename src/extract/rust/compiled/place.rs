//! Where rustdoc says that an item stands -> whether it is written there, or made there by a macro.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::document::Made;
use crate::data::Value;
use crate::extract::rust::package::CrateSource;
use crate::extract::rust::syntax::{Lexer, TokenKind};
use crate::source::{RepoPath, SourceFile};

/// Where an item comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It is written in source: what that says counts.
    Written,
    /// A macro made it, which is called at this place.
    Made(RepoPath, Range<u32>),
    /// It stands in no file of the repository.
    Elsewhere,
    /// There is no such thing where it should stand.
    Gone(RepoPath),
}

/// The files of a crate, by the names that rustdoc has for them.
pub(super) struct Places<'a> {
    source: &'a CrateSource,
    files: &'a HashMap<RepoPath, Arc<SourceFile>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(source: &'a CrateSource, files: &'a HashMap<RepoPath, Arc<SourceFile>>) -> Self {
        Self { source, files }
    }

    /// Where `item` comes from.
    pub(super) fn of(&self, item: Made<'_>) -> Place {
        let Some(span) = item.item.get("span").filter(|span| !span.entries().is_empty()) else { return Place::Written };
        let name = span.get("filename").and_then(Value::as_str).unwrap_or_default().replace('\\', "/");
        let Some(file) = self.file(&name) else { return Place::Elsewhere };
        let offset = |end: &str| {
            let [line, column] = span.get(end)?.items() else { return None };
            offset(file.text(), line.as_integer()?, column.as_integer()?)
        };
        match (offset("begin"), offset("end")) {
            (Some(start), Some(end)) => judge(file, start..end.max(start), item.name()),
            _ => Place::Gone(file.path()),
        }
    }

    /// The file that rustdoc calls `name`, from the folder that the compiler ran in: the workspace's.
    fn file(&self, name: &str) -> Option<&'a Arc<SourceFile>> {
        let is_meant = |path: &&RepoPath| {
            path.as_str().strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        let found = self.source.files.iter().filter(is_meant).min_by_key(|path| path.as_str().len())?;
        self.files.get(found)
    }
}

/// The offset of a place in `text`, whose lines and columns count from 1, the columns in characters.
fn offset(text: &str, line: i64, column: i64) -> Option<usize> {
    let (line, column) = (usize::try_from(line).ok()?.checked_sub(1)?, usize::try_from(column).ok()?.checked_sub(1)?);
    let start = match line {
        0 => 0,
        _ => text.match_indices('\n').nth(line - 1)?.0 + 1,
    };
    let rest = text.get(start..)?;
    let rest = rest.split('\n').next().unwrap_or_default();
    let end = rest.char_indices().map(|(offset, _)| offset).chain([rest.len()]).nth(column)?;
    Some(start + end)
}

fn judge(file: &SourceFile, range: Range<usize>, name: &str) -> Place {
    let text = file.text();
    let said = text.get(range.clone()).unwrap_or_default();
    let short = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    let made = || Place::Made(file.path(), short(range.start)..short(range.end));
    let mut words = Lexer::new(text, range.clone()).filter(|token| token.kind != TokenKind::OuterDoc);
    match words.next() {
        Some(first) if text.get(first.range()) == Some("#") => return made(),
        Some(first) if text.get(first.range()) == Some("macro_rules") => return Place::Written,
        // A path and `!` is a call, unless it is an `impl !Send for …`.
        Some(first) if first.kind == TokenKind::Word => {
            let after = words.find(|token| token.kind != TokenKind::Word && text.get(token.range()) != Some("::"));
            if after.is_some_and(|token| text.get(token.range()) == Some("!")) && !said.starts_with("impl") {
                return made();
            }
        }
        _ => {}
    }
    if is_in_attribute(text, range.start) {
        return made();
    }
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let is_named = said
        .match_indices(name)
        .any(|(start, _)| !said[..start].ends_with(is_word) && !said[start + name.len()..].starts_with(is_word));
    if is_named { Place::Written } else { Place::Gone(file.path()) }
}

/// Whether `offset` lies within `#[…]`.
fn is_in_attribute(text: &str, offset: usize) -> bool {
    let Some(open) = text.get(..offset).and_then(|before| before.rfind("#[")) else { return false };
    let mut depth = 0_usize;
    for token in Lexer::new(text, open..offset) {
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && token.kind == TokenKind::Close {
            return false;
        }
    }
    depth > 0
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{Place, judge, offset};
    use crate::source::{RepoPath, SourceFile};

    #[test]
    fn what_is_written_and_what_is_made() {
        let path = RepoPath::new("lib.rs").unwrap();
        let cases = [
            ("<pub struct A;>", "A", "written"),
            ("<pub struct\n  A {}>", "A", "written"),
            ("<pub struct B;>", "A", "gone"),
            ("<pub struct AB;>", "A", "gone"),
            ("<make!(A);>", "A", "made"),
            ("<some::make! { A }>", "A", "made"),
            ("/// a\n<macro_rules! a { () => {} }>", "a", "written"),
            ("#[derive(Clone, <Builder>)] struct A;", "ABuilder", "made"),
            ("#[derive(Clone)] <struct A;>", "B", "gone"),
            ("<#[make]> fn a() {}", "b", "made"),
            ("<impl Iterator for A { fn next(&mut self) -> u8 { x!() } }>", "", "written"),
            ("<pub fn äa(b: [u8; 2]) { c!() }>", "äa", "written"),
        ];
        for (marked, name, expected) in cases {
            let (start, end) = (marked.find('<').unwrap(), marked.rfind('>').unwrap() - 1);
            let text = marked.replacen('<', "", 1);
            let text = text[..end].to_owned() + &text[end + 1..];
            let found = match judge(&SourceFile::new(path, text), start..end, name) {
                Place::Written => "written",
                Place::Made(..) => "made",
                Place::Elsewhere => "elsewhere",
                Place::Gone(_) => "gone",
            };
            assert_eq!(found, expected, "{marked}");
        }
    }

    #[test]
    fn offsets_count_characters_from_one() {
        let text = "ab\näöü\n";
        let cases = [((1, 1), Some(0)), ((1, 3), Some(2)), ((2, 3), Some(7)), ((2, 4), Some(9)), ((3, 1), Some(10))];
        let missing = [((1, 4), None), ((4, 1), None), ((0, 1), None), ((-1, 7), None)];
        for ((line, column), expected) in cases.into_iter().chain(missing) {
            assert_eq!(offset(text, line, column), expected, "{line}:{column}");
        }
    }
}
