//! What everybody who writes Rust knows by name: the places on rustdoc's pages, the modules of the standard library.

use super::Node;

/// Modules of the standard library that people bring in by name.
const OF_STD: &[&str] =
    &["collections", "env", "fmt", "fs", "io", "mem", "net", "path", "process", "ptr", "thread", "time"];

/// Places that rustdoc gives to the lists on its pages.
#[rustfmt::skip]
const OF_RUSTDOC: &[&str] = &[
    "attributes", "blanket-implementations", "constants", "derives", "enums", "fields", "foreign-impls", "functions",
    "implementations", "implementors", "keywords", "macros", "modules", "primitives", "provided-methods", "reexports",
    "required-methods", "statics", "structs", "synthetic-implementations", "trait-implementations", "traits", "types", "unions", "variants",
];

/// Whether rustdoc gives the place `anchor` to the page of `node`.
pub(super) fn has_place(node: &Node, anchor: &str) -> bool {
    node.kind.scheme == "rust" && (OF_RUSTDOC.contains(&anchor) || anchor.starts_with("impl-"))
}

/// Whether `path` is one of the standard library, after `use std::fs`: `fs::read`.
pub(super) fn is_of_std(path: &str) -> bool {
    path.split_once("::").is_some_and(|(first, _)| OF_STD.contains(&first))
}
