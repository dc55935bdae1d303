//! Where the standard library's items are documented.
//!
//! `std_items.txt` lists the pages of <https://doc.rust-lang.org/std/all.html> (Rust 1.95): a module a line, and behind
//! it its items as rustdoc names their files. The deprecated modules of the number types are left out.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::Namespace;

const SITE: &str = "https://doc.rust-lang.org";

/// Names that stand in every scope (the prelude of edition 2024) and where they come from.
const PRELUDE: [(&str, &str); 50] = [
    ("AsMut", "convert::AsMut"),
    ("AsRef", "convert::AsRef"),
    ("AsyncFn", "ops::AsyncFn"),
    ("AsyncFnMut", "ops::AsyncFnMut"),
    ("AsyncFnOnce", "ops::AsyncFnOnce"),
    ("Box", "boxed::Box"),
    ("Clone", "clone::Clone"),
    ("Copy", "marker::Copy"),
    ("Debug", "fmt::Debug"),
    ("Default", "default::Default"),
    ("DoubleEndedIterator", "iter::DoubleEndedIterator"),
    ("Drop", "ops::Drop"),
    ("Eq", "cmp::Eq"),
    ("Err", "result::Result::Err"),
    ("ExactSizeIterator", "iter::ExactSizeIterator"),
    ("Extend", "iter::Extend"),
    ("Fn", "ops::Fn"),
    ("FnMut", "ops::FnMut"),
    ("FnOnce", "ops::FnOnce"),
    ("From", "convert::From"),
    ("FromIterator", "iter::FromIterator"),
    ("Future", "future::Future"),
    ("Hash", "hash::Hash"),
    ("Into", "convert::Into"),
    ("IntoFuture", "future::IntoFuture"),
    ("IntoIterator", "iter::IntoIterator"),
    ("Iterator", "iter::Iterator"),
    ("None", "option::Option::None"),
    ("Ok", "result::Result::Ok"),
    ("Option", "option::Option"),
    ("Ord", "cmp::Ord"),
    ("PartialEq", "cmp::PartialEq"),
    ("PartialOrd", "cmp::PartialOrd"),
    ("Result", "result::Result"),
    ("Send", "marker::Send"),
    ("Sized", "marker::Sized"),
    ("Some", "option::Option::Some"),
    ("String", "string::String"),
    ("Sync", "marker::Sync"),
    ("ToOwned", "borrow::ToOwned"),
    ("ToString", "string::ToString"),
    ("TryFrom", "convert::TryFrom"),
    ("TryInto", "convert::TryInto"),
    ("Unpin", "marker::Unpin"),
    ("Vec", "vec::Vec"),
    ("align_of", "mem::align_of"),
    ("align_of_val", "mem::align_of_val"),
    ("drop", "mem::drop"),
    ("size_of", "mem::size_of"),
    ("size_of_val", "mem::size_of_val"),
];

/// The pages of each path below `std`: `struct.HashMap`, with the folder before it.
fn pages() -> &'static HashMap<String, Vec<(&'static str, String)>> {
    static PAGES: OnceLock<HashMap<String, Vec<(&'static str, String)>>> = OnceLock::new();
    PAGES.get_or_init(|| {
        let mut pages: HashMap<String, Vec<(&'static str, String)>> = HashMap::new();
        for line in include_str!("std_items.txt").lines() {
            let mut words = line.split(' ');
            let folder = words.next().filter(|folder| *folder != ".").unwrap_or_default();
            let module = folder.replace('/', "::");
            let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
            if !module.is_empty() {
                pages.entry(module.clone()).or_default().push(("mod", format!("{prefix}index.html")));
            }
            for item in words {
                let Some((kind, name)) = item.split_once('.') else { continue };
                let path = if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") };
                pages.entry(path).or_default().push((kind, format!("{prefix}{item}.html")));
            }
        }
        pages
    })
}

/// The path below `std` of what `name` means where nothing else is called so, if it is in the prelude. A derive macro
/// has the path of its trait.
pub(crate) fn in_prelude(name: &str, namespace: Namespace) -> Option<&'static str> {
    if namespace == Namespace::Macro
        && let Some((path, _)) = pages().get_key_value(name).filter(|(_, pages)| has(pages, "macro"))
    {
        return Some(path);
    }
    let at = PRELUDE.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    let path = PRELUDE[at].1;
    let is_derive = || pages().get(path).is_some_and(|pages| has(pages, "derive"));
    (namespace != Namespace::Macro || is_derive()).then_some(path)
}

/// Whether `name` is a primitive type.
pub(crate) fn is_primitive(name: &str) -> bool {
    pages().get(name).is_some_and(|pages| has(pages, "primitive"))
}

fn has(pages: &[(&str, String)], kind: &str) -> bool {
    pages.iter().any(|(known, _)| *known == kind)
}

/// The address of the item at `path` below `std`, a type's member or a primitive; of the library's front page for the
/// empty path. `None` when there is no such page.
pub(crate) fn address(path: &str, namespace: Option<Namespace>) -> Option<String> {
    if path.is_empty() {
        return Some(format!("{SITE}/std/index.html"));
    }
    if let Some(page) = page(path, namespace) {
        return Some(format!("{SITE}/std/{}", page.1));
    }
    let (owner, member) = path.rsplit_once("::")?;
    let (kind, page) = page(owner, Some(Namespace::Type))?;
    let is_variant = *kind == "enum" && member.starts_with(char::is_uppercase);
    let anchor = match *kind {
        "mod" => return None,
        _ if is_variant => "variant",
        _ if member.chars().all(|character| !character.is_lowercase()) => "associatedconstant",
        _ if member.starts_with(char::is_uppercase) => "associatedtype",
        _ => "method",
    };
    Some(format!("{SITE}/std/{page}#{anchor}.{member}"))
}

/// Whether `path` below `std` has a page in this namespace.
pub(crate) fn has_page(path: &str, namespace: Namespace) -> bool {
    pages().get(path).is_some_and(|pages| pages.iter().any(|(kind, _)| namespace_of(kind) == namespace))
}

fn namespace_of(kind: &str) -> Namespace {
    match kind {
        "fn" | "constant" | "static" => Namespace::Value,
        "macro" | "derive" | "attr" => Namespace::Macro,
        _ => Namespace::Type,
    }
}

/// The page of `path` that fits `namespace` best.
fn page(path: &str, namespace: Option<Namespace>) -> Option<&'static (&'static str, String)> {
    let pages = pages().get(path)?;
    let fitting = pages.iter().find(|(kind, _)| Some(namespace_of(kind)) == namespace);
    fitting.or_else(|| pages.iter().min_by_key(|(kind, _)| namespace_of(kind)))
}

#[cfg(test)]
mod tests {
    use super::{Namespace, PRELUDE, address, in_prelude, is_primitive};

    #[test]
    fn addresses() {
        let cases = [
            ("collections::HashMap", None, Some("collections/struct.HashMap.html")),
            ("vec::Vec::push", None, Some("vec/struct.Vec.html#method.push")),
            ("option::Option::Some", None, Some("option/enum.Option.html#variant.Some")),
            ("iter::Iterator::Item", None, Some("iter/trait.Iterator.html#associatedtype.Item")),
            ("u8", None, Some("primitive.u8.html")),
            ("u8::MAX", None, Some("primitive.u8.html#associatedconstant.MAX")),
            ("vec", Some(Namespace::Macro), Some("macro.vec.html")),
            ("vec", None, Some("vec/index.html")),
            ("fmt::Debug", Some(Namespace::Macro), Some("fmt/derive.Debug.html")),
            ("fmt::Debug", None, Some("fmt/trait.Debug.html")),
            ("", None, Some("index.html")),
            ("no::Such", None, None),
            ("fmt::no_such", None, None),
        ];
        for (path, namespace, expected) in cases {
            let expected = expected.map(|page| format!("https://doc.rust-lang.org/std/{page}"));
            assert_eq!(address(path, namespace), expected, "{path}");
        }
    }

    #[test]
    fn every_name_of_the_prelude_has_a_page() {
        assert!(PRELUDE.is_sorted());
        for (name, path) in PRELUDE {
            assert!(address(path, None).is_some(), "{name}");
        }
        assert_eq!(in_prelude("Vec", Namespace::Type), Some("vec::Vec"));
        assert_eq!(in_prelude("vec", Namespace::Type), None);
        assert_eq!(in_prelude("vec", Namespace::Macro), Some("vec"));
        assert_eq!(in_prelude("Vec", Namespace::Macro), None);
        assert_eq!(in_prelude("Clone", Namespace::Macro), Some("clone::Clone"));
        assert!(is_primitive("str") && !is_primitive("Vec"));
    }
}
