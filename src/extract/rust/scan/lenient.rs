//! A declaration that rustc takes and syn may not -> its tree, if need be that of one of the same length that syn takes, too.
//!
//! Known are a visibility before `impl`, which an attribute macro takes away (`#[extension] pub impl X for Y`), functions and statics
//! of foreign blocks that are safe (`safe fn`, Rust 1.82), traits that are constant or that few may implement (`const trait`,
//! `[const] Bound`, `impl(self) trait`, of nightly compilers), paths from the root in the braces of a `use`, and types with arguments in
//! parentheses (`TypePathFn` of the grammar: `Reference([u8])`), which macros put others for, and parameters without a name
//! (of traits' functions in edition 2015).

use std::sync::LazyLock;

use regex::Regex;
use syn::Token;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;

use crate::extract::rust::syntax::{Lexer, TokenKind};
use crate::extract::wording::regex;

/// So many types with arguments in parentheses are read over in one declaration.
const MOST_ARGUMENTS: usize = 64;

/// What `parser` makes of `source`. Calls itself for arguments within arguments.
///
/// # Errors
/// Those of `source` as it is written.
pub(super) fn parse<T>(source: &str, parser: &dyn Fn(ParseStream<'_>) -> syn::Result<T>) -> syn::Result<T> {
    let error = match parser.parse_str(source) {
        Ok(tree) => return Ok(tree),
        Err(error) => error,
    };
    let mut place = error.span().byte_range().start;
    let without = |source: &str, place| without_arguments(source, place).or_else(|| without_nameless(source, place));
    let mut mended = without_novelties(source).or_else(|| without(source, place));
    for _ in 0..MOST_ARGUMENTS {
        let Some(text) = mended else { break };
        match parser.parse_str(&text) {
            Ok(tree) => return Ok(tree),
            Err(next) => place = next.span().byte_range().start,
        }
        mended = without(&text, place);
    }
    Err(error)
}

/// `source` without the arguments that begin at `place`, behind the name of a type, and without the type that they lead to; `None` when
/// there are none.
fn without_arguments(source: &str, place: usize) -> Option<String> {
    let before = source.get(..place)?.trim_end();
    if !before.ends_with(|last: char| last.is_alphanumeric() || matches!(last, '_' | ':')) {
        return None;
    }
    let mut lexer = Lexer::new(source, place..source.len());
    lexer.next().filter(|open| lexer.text(*open) == "(")?;
    let close = lexer.close()?;
    parse(&source[place + 1..close.start], &Punctuated::<syn::Type, Token![,]>::parse_terminated).ok()?;
    let mut end = close.end;
    if let Some(arrow) = lexer.next().filter(|next| source.get(next.range()) == Some("->")) {
        end = arrow.end;
        let mut depth = 0_usize;
        for token in lexer {
            let text = &source[token.range()];
            match text {
                "(" | "[" | "<" => depth += 1,
                _ if depth == 0 && matches!(text, "," | ";" | "=" | "{" | ")" | "]" | ">" | "where") => break,
                ")" | "]" | ">" => depth -= 1,
                _ => {}
            }
            end = token.end;
        }
    }
    Some([&source[..place], &" ".repeat(end - place), &source[end..]].concat())
}

/// `source` without the parameter that ends at `place`, which is a type alone; `None` when it is none.
fn without_nameless(source: &str, place: usize) -> Option<String> {
    let end = source.get(place..)?;
    let mut starts = Vec::new();
    for token in Lexer::new(source, 0..place) {
        match (token.kind, starts.last_mut()) {
            (TokenKind::Open, _) => starts.push(token.end),
            (TokenKind::Close, _) => drop(starts.pop()),
            (_, Some(start)) if &source[token.range()] == "," => *start = token.end,
            _ => {}
        }
    }
    let start = starts.pop()?;
    parse(&source[start..place], &<syn::Type as syn::parse::Parse>::parse).ok()?;
    let end = match end.chars().next()? {
        ',' => place + 1,
        ')' => place,
        _ => return None,
    };
    Some([&source[..start], &" ".repeat(end - start), &source[end..]].concat())
}

/// `source` without what syn does not know; `None` when there is nothing of the kind.
fn without_novelties(source: &str) -> Option<String> {
    const NAMES: [&str; 7] = ["visibility", "restriction", "constant", "constant_of", "bound", "safe", "root"];
    static NOVELTY: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?x)
            (?P<visibility>\bpub(?:\s*\([^()]*\))?)\s+(?:unsafe\s+|default\s+)*impl\b\s*[^\s(]
            | (?P<restriction>\bimpl\s*\([^()]*\))\s+(?:unsafe\s+|auto\s+)*trait\b
            | (?P<constant>\bconst)\s+(?:unsafe\s+|auto\s+)*(?:trait|impl)\b
            | (?:\bimpl|>)\s+(?P<constant_of>const)\s+[\w:]
            | (?P<bound>~\s*const|\[\s*const\s*\])\s+[\w:]
            | (?P<safe>\bsafe)\s+(?:fn|static)\b
            | [{,]\s*(?P<root>::)\s*\w",
        )
    });
    let mut mended = String::with_capacity(source.len());
    let mut from = 0;
    for found in NOVELTY.captures_iter(source) {
        let Some(novelty) = NAMES.iter().find_map(|name| found.name(name)) else { continue };
        mended.push_str(&source[from..novelty.start()]);
        mended.extend(std::iter::repeat_n(' ', novelty.len()));
        from = novelty.end();
    }
    mended.push_str(&source[from..]);
    (from > 0).then_some(mended)
}

#[cfg(test)]
mod tests {
    use super::{parse, without_novelties};

    #[test]
    fn arguments_of_types() {
        let cases = [
            ("fn f(x: foo([u8]), y: Option<foo([P])>) -> bar::baz(u8) {}", true),
            ("fn f(x: Name(A, foo(B)) -> Option<(C, D)>, y: E) {}", true),
            ("fn f<F: Fn(A) -> B>(x: X(F)) where F: Send {}", true),
            ("fn f(x: Name(a: u8)) {}", false),
            ("fn f(x: Name(A) B) {}", false),
            ("fn f(x u8) {}", false),
        ];
        for (source, expected) in cases {
            let tree = parse(source, &<syn::ItemFn as syn::parse::Parse>::parse);
            assert_eq!(tree.is_ok(), expected, "{source}");
        }
    }

    #[test]
    fn parameters_without_a_name() {
        let cases = [
            ("fn f(&mut self, a: A, &[u8]);", true),
            ("fn f(A, Option<B>) -> C;", true),
            ("fn f(A, b: B, C,);", true),
            ("fn f(A B);", false),
        ];
        for (source, expected) in cases {
            let tree = parse(source, &<syn::TraitItemFn as syn::parse::Parse>::parse);
            assert_eq!(tree.is_ok(), expected, "{source}");
        }
    }

    #[test]
    fn what_syn_does_not_know() {
        let cases = [
            ("#[ext] pub impl X {", Some("#[ext]     impl X {")),
            ("pub(crate) unsafe impl X {", Some("           unsafe impl X {")),
            ("pub safe fn a();", Some("pub      fn a();")),
            ("pub use { ::a, b::{c, ::d} };", Some("pub use {   a, b::{c,   d} };")),
            ("pub impl(self) unsafe trait A: B {", Some("pub            unsafe trait A: B {")),
            ("pub(super) const trait A: [const] B {", Some("pub(super)       trait A:         B {")),
            ("impl<T: ~const A<B>> const C for D<T> {", Some("impl<T:        A<B>>       C for D<T> {")),
            ("pub fn impls() {", None),
            ("fn unsafe_fn(a: ::b::C) {", None),
        ];
        for (source, expected) in cases {
            assert_eq!(without_novelties(source).as_deref(), expected, "{source}");
        }
    }
}
