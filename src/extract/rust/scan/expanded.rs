//! A call of a macro of the crate -> the items that it stands for, with their places in the file of the call.

use std::ops::Range;

use super::Attributes;
use super::attributes::short;
use super::item::{Item, ItemKind};
use super::reader::{Account, Reader, Within};
use super::{Context, DEEPEST_CALLS, DocPart, Environment, Macros};
use crate::extract::rust::expand::{Expansion, expand};
use crate::extract::rust::syntax::{Chunk, outline};
use crate::source::{Interned, RepoPath};

/// The items that the call in `chunk` of the macro `name` stands for; `place` is where the call is written. `None` when
/// the crate has no such macro, or what that makes is not all items.
pub(super) fn items(
    reader: &Reader<'_>,
    chunk: &Chunk,
    name: Interned,
    place: &Range<u32>,
    within: Within,
) -> Option<Vec<Item>> {
    let known = reader.context.macros.find(name, reader.context.file)?;
    if !reader.account.may_expand(known.rules.len() + chunk.content.len()) {
        return None;
    }
    let expansion = expand(known.file.text(), known.rules.clone(), reader.text, chunk.content.clone())?;
    let text = expansion.text.as_str();
    if !reader.account.may_expand(text.len()) {
        return None;
    }
    let (outline, broken) = outline(text, 0..text.len());
    if broken.is_some() || outline.chunks.iter().any(|chunk| chunk.head.is_none()) {
        return None;
    }
    let mut inner = Reader::new(text, reader.context, reader.account);
    // What cannot be parsed in it is no problem of the file.
    inner.calls = (reader.calls + 1).min(DEEPEST_CALLS);
    let mut items = inner.all(&outline, within);
    if inner.failures > 0 {
        return None;
    }
    let moved = Moved { expansion: &expansion, place: place.clone() };
    items.iter_mut().for_each(|item| moved.item(item));
    Some(items)
}

/// The items that `text` declares, which stands in no file: whoever asks where they stand is told `place` of `file`.
pub(crate) fn made(text: &str, file: RepoPath, place: &Range<u32>, environment: &Environment) -> Vec<Item> {
    let (macros, account) = (Macros::default(), Account::default());
    let (outline, _) = outline(text, 0..text.len());
    let mut reader = Reader::new(text, Context { environment, macros: &macros, file, shows_all: false }, &account);
    let mut items = reader.items(&outline);
    let moved = Moved { expansion: &Expansion::default(), place: place.clone() };
    items.iter_mut().for_each(|item| moved.item(item));
    items
}

/// Places in an expansion -> places in the file of the call: their own for what was copied from there, the call for all
/// else.
struct Moved<'e> {
    expansion: &'e Expansion,
    place: Range<u32>,
}

impl Moved<'_> {
    /// Calls itself for what is within `item`, as deep as items are read.
    fn item(&self, item: &mut Item) {
        item.place = self.range(&item.place);
        self.attributes(&mut item.attributes);
        if let ItemKind::Use(imports) = &mut item.kind {
            for import in imports {
                import.place = self.range(&import.place);
            }
        }
        item.children.iter_mut().for_each(|child| self.item(child));
    }

    fn attributes(&self, attributes: &mut Attributes) {
        for part in &mut attributes.docs {
            match part {
                DocPart::Comment(range) => {
                    let inside = range.start as usize..range.end as usize;
                    *part = match self.expansion.origin(inside.clone()) {
                        Some(origin) => DocPart::Comment(short(origin)),
                        None => {
                            let comment = self.expansion.text.get(inside).unwrap_or_default();
                            DocPart::Text(comment_text(comment), self.place.clone())
                        }
                    };
                }
                DocPart::Text(_, range) | DocPart::Include(_, range) => *range = self.range(range),
            }
        }
    }

    fn range(&self, range: &Range<u32>) -> Range<u32> {
        let origin = self.expansion.origin(range.start as usize..range.end as usize);
        origin.map_or_else(|| self.place.clone(), short)
    }
}

/// The words of a doc comment that stands in no file.
fn comment_text(comment: &str) -> String {
    let line = comment.strip_prefix("///").or_else(|| comment.strip_prefix("//!"));
    let block = || comment.get(3..comment.len().saturating_sub(2)).unwrap_or_default();
    let text = line.unwrap_or_else(block);
    text.strip_prefix(' ').unwrap_or(text).to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use std::sync::Arc;

    use crate::extract::rust::scan::{Environment, Macros, scan, scan_in};
    use crate::source::{RepoPath, SourceFile};

    #[test]
    fn macros_that_grow_without_end_cost_only_themselves() {
        let twice = "macro_rules! a { ($($t:tt)*) => { a! { $($t)* $($t)* } a! { $($t)* } } }";
        let many = format!(
            "macro_rules! b {{ ($($i:item)*) => {{ $($i)* fn more() {{}} }} }} b! {{ {} }}",
            "fn x() {} ".repeat(20_000)
        );
        let text = format!("{many} {twice} a! {{ one two }} pub fn last() {{}}");
        let file = Arc::new(SourceFile::new(RepoPath::new("lib.rs").unwrap(), text));
        let first = Arc::new(scan(&file, true));
        let environment = Environment::default();
        let macros = Macros::of([(&file, &first)].into_iter(), &environment);
        let again = scan_in(&file, &environment, &macros, true);
        assert_eq!(again.items.last().unwrap().name.as_str(), "last");
        let calls: Vec<usize> = again.items.iter().map(|item| item.children.len()).collect();
        assert_eq!(calls, [0, 20_001, 0, 2, 0], "the first macro is expanded, the second has no end");
    }
}
