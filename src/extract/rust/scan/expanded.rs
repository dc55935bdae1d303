//! A call of a macro of the crate -> the items that it stands for, with their places in the file of the call.

use std::ops::Range;

use super::Attributes;
use super::attributes::short;
use super::item::{Item, ItemKind};
use super::reader::{Account, Reader, Within};
use super::{Context, DEEPEST_CALLS, DocPart, Environment, Macros};
use crate::extract::rust::expand::{Expansion, expand};
use crate::extract::rust::syntax::{Chunk, Head, Lexer, Outline, outline};
use crate::source::{Interned, RepoPath};

/// So many calls, each all that the one before stands for, are followed: rustc's own limit
/// (<https://doc.rust-lang.org/reference/attributes/limits.html#the-recursion_limit-attribute>).
const LONGEST_CHAIN: usize = 128;

/// The items that the call in `chunk` of the macro `name` stands for; `place` is where the call is written. `None` when
/// the crate has no such macro, or what that makes is not all items.
pub(super) fn items(
    reader: &Reader<'_>,
    chunk: &Chunk,
    name: Interned,
    place: &Range<u32>,
    within: Within,
) -> Option<Vec<Item>> {
    let (mut expansion, mut made) = expand_call(reader, reader.text, chunk, name)?;
    let mut expansions = Vec::new();
    // A macro that takes its tokens apart one by one calls itself for the rest.
    while expansions.len() < LONGEST_CHAIN
        && let [chunk] = made.chunks.as_slice()
        && let Some(name) = called(&expansion.text, chunk)
        && let Some((next, next_made)) = expand_call(reader, &expansion.text, chunk, name)
    {
        expansions.push(std::mem::replace(&mut expansion, next));
        made = next_made;
    }
    let mut inner = Reader::new(&expansion.text, reader.context, reader.account);
    // What cannot be parsed in it is no problem of the file.
    inner.calls = (reader.calls + 1).min(DEEPEST_CALLS);
    let mut items = inner.all(&made, within);
    if inner.failures > 0 {
        return None;
    }
    expansions.push(expansion);
    let moved = Moved { expansions: &expansions, place: place.clone() };
    items.iter_mut().for_each(|item| moved.item(item));
    Some(items)
}

/// What the call in `chunk` of `text` of the macro `name` stands for, and the outline of that, which is all items.
fn expand_call(reader: &Reader<'_>, text: &str, chunk: &Chunk, name: Interned) -> Option<(Expansion, Outline)> {
    let known = reader.context.macros.find(name, reader.context.file)?;
    if !reader.account.may_expand(known.rules.len() + chunk.content.len()) {
        return None;
    }
    let expansion = expand(known.file.text(), known.rules.clone(), text, chunk.content.clone())?;
    if !reader.account.may_expand(expansion.text.len()) {
        return None;
    }
    let (outline, broken) = outline(&expansion.text, 0..expansion.text.len());
    let is_whole = broken.is_none() && outline.chunks.iter().all(|chunk| chunk.head.is_some());
    is_whole.then_some((expansion, outline))
}

/// The macro of the crate of which `chunk` is a call and nothing more.
fn called(text: &str, chunk: &Chunk) -> Option<Interned> {
    let is_bare = chunk.head == Some(Head::MacroCall) && chunk.start == chunk.keywords;
    let lexer = Lexer::new(text, chunk.keywords..chunk.content.start).take(5);
    let words: Vec<&str> = lexer.filter(|_| is_bare).map(|token| &text[token.range()]).collect();
    match words.as_slice() {
        [name, "!", _] | ["crate", "::", name, "!", _] => Some(Interned::new(name)),
        _ => None,
    }
}

/// The items that `text` declares, which stands in no file: whoever asks where they stand is told `place` of `file`.
pub(crate) fn made(text: &str, file: RepoPath, place: &Range<u32>, environment: &Environment) -> Vec<Item> {
    let (macros, account) = (Macros::default(), Account::default());
    let (outline, _) = outline(text, 0..text.len());
    let mut reader = Reader::new(text, Context { environment, macros: &macros, file, shows_all: false }, &account);
    let mut items = reader.items(&outline);
    let moved = Moved { expansions: &[Expansion::default()], place: place.clone() };
    items.iter_mut().for_each(|item| moved.item(item));
    items
}

/// Places in an expansion -> places in the file of the call: their own for what was copied from there, the call for all
/// else.
struct Moved<'e> {
    /// Each of a call in the one before it; at least one.
    expansions: &'e [Expansion],
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
        if let Some(deprecation) = &mut attributes.deprecated {
            deprecation.place = self.range(&deprecation.place);
        }
        for part in &mut attributes.docs {
            match part {
                DocPart::Comment(range) => {
                    let inside = range.start as usize..range.end as usize;
                    *part = match self.origin(inside.clone()) {
                        Some(origin) => DocPart::Comment(short(origin)),
                        None => {
                            let comment = self.expansions.last().and_then(|last| last.text.get(inside));
                            let comment = comment.unwrap_or_default();
                            DocPart::Text(comment_text(comment), self.place.clone())
                        }
                    };
                }
                DocPart::Text(_, range) | DocPart::Include(_, range) => *range = self.range(range),
            }
        }
    }

    fn range(&self, range: &Range<u32>) -> Range<u32> {
        let origin = self.origin(range.start as usize..range.end as usize);
        origin.map_or_else(|| self.place.clone(), short)
    }

    fn origin(&self, range: Range<usize>) -> Option<Range<usize>> {
        self.expansions.iter().rev().try_fold(range, |range, expansion| expansion.origin(range))
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
