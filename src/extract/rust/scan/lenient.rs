//! A declaration that rustc takes and syn does not -> one of the same length that syn takes, too.
//!
//! Known are a visibility before `impl`, which an attribute macro takes away (`#[extension] pub impl X for Y`), functions and statics
//! of foreign blocks that are safe (`safe fn`, Rust 1.82), and paths from the root in the braces of a `use`.

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::wording::regex;

/// `source` without what syn does not know; `None` when there is nothing of the kind.
pub(super) fn without_novelties(source: &str) -> Option<String> {
    static NOVELTY: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?P<visibility>\bpub(?:\s*\([^()]*\))?)\s+(?:unsafe\s+|default\s+)*impl\b|(?P<safe>\bsafe)\s+(?:fn|static)\b|[{,]\s*(?P<root>::)\s*\w",
        )
    });
    let mut mended = String::with_capacity(source.len());
    let mut from = 0;
    for found in NOVELTY.captures_iter(source) {
        let Some(novelty) = ["visibility", "safe", "root"].iter().find_map(|name| found.name(name)) else { continue };
        mended.push_str(&source[from..novelty.start()]);
        mended.extend(std::iter::repeat_n(' ', novelty.len()));
        from = novelty.end();
    }
    mended.push_str(&source[from..]);
    (from > 0).then_some(mended)
}

#[cfg(test)]
mod tests {
    use super::without_novelties;

    #[test]
    fn what_syn_does_not_know() {
        let cases = [
            ("#[ext] pub impl X {", Some("#[ext]     impl X {")),
            ("pub(crate) unsafe impl X {", Some("           unsafe impl X {")),
            ("pub safe fn a();", Some("pub      fn a();")),
            ("pub use { ::a, b::{c, ::d} };", Some("pub use {   a, b::{c,   d} };")),
            ("pub fn impls() {", None),
            ("fn unsafe_fn(a: ::b::C) {", None),
        ];
        for (source, expected) in cases {
            assert_eq!(without_novelties(source).as_deref(), expected, "{source}");
        }
    }
}
