//! What everybody who writes Rust knows by name: the places on rustdoc's pages, the modules of the standard library.

use super::lookup::{Found, Lookup, is_called};
use super::resolve::Resolver;
use super::{Graph, Home, Link, Node, NodeId};
use crate::source::{RepoPath, SourceFile};

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

/// Methods of the standard library's traits, which rustdoc shows on the pages of those that implement them.
#[rustfmt::skip]
const OF_TRAITS: &[&str] = &[
    "as_ref", "borrow", "clone", "cmp", "default", "deref", "deref_mut", "drop", "eq", "fmt", "flush", "from", "from_str", "hash", "index",
    "into", "into_future", "into_iter", "next", "partial_cmp", "poll", "read", "try_from", "write",
];

/// Whether rustdoc gives the place `anchor` to the page of `node`.
pub(super) fn has_place(node: &Node, anchor: &str) -> bool {
    // What is implemented for `dyn Trait` is shown on the page of the trait.
    let is_of_object = node.kind.name == "trait" && anchor.starts_with("method.");
    let is_of_std = anchor.strip_prefix("method.").is_some_and(|method| OF_TRAITS.contains(&method));
    let is_known = OF_RUSTDOC.contains(&anchor) || anchor.starts_with("impl-") || is_of_object || is_of_std;
    node.kind.scheme == "rust" && is_known
}

/// Whether a program may give the page, of whose file the link is, the place `anchor`: a macro makes a part of its text
/// (`#[doc = made!()]`), it has a field of this name, as a manual of settings calls it (`#index-url`), or a program makes such a manual of its comments.
pub(super) fn may_have_own_place(resolver: &Resolver<'_>, page: &Node, link: &Link, anchor: &str) -> bool {
    const KNOWN: &[&str] = &["concat", "env", "include_str", "stringify"];
    if page.kind.scheme != "rust" || link.span.file != page.span.file {
        return false;
    }
    let has_fields = !matches!(page.kind.name, "crate" | "module");
    let Some(file) = resolver.files.source(page.span.file) else { return false };
    let is_of_path = |character: char| character.is_alphanumeric() || matches!(character, '_' | ':');
    let is_made = || {
        file.text().match_indices("[doc = ").any(|(place, mark)| {
            // What begins a file is of no item in it.
            let is_of_page = page.kind.name == "crate" || !file.text()[..place].ends_with('!');
            let name = file.text()[place + mark.len()..].split_once('!').map_or("", |(name, _)| name);
            let is_name = !name.is_empty() && name.chars().all(is_of_path);
            is_of_page && is_name && !KNOWN.contains(&name.rsplit("::").next().unwrap_or(name))
        })
    };
    let is_plain = anchor.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    // A schema or a reference of settings is made of such comments.
    let is_published = || ["JsonSchema", "OptionsMetadata"].iter().any(|name| file.text().contains(name));
    let is_field = || file.text().contains(&format!(" {}:", anchor.replace('-', "_"))) || is_published();
    has_fields && is_plain && is_field() || is_made()
}

/// Whether a macro may give the page of a type the method that `anchor` names: a file around has a function of this name.
pub(super) fn may_have_method(resolver: &Resolver<'_>, page: &Node, anchor: &str) -> bool {
    let Some(method) = anchor.strip_prefix("method.").filter(|_| page.kind.scheme == "rust") else { return false };
    let own = [format!("fn {method}("), format!("fn {method}<")];
    let has = |text: &str| own.iter().any(|sign| text.contains(sign.as_str()));
    // What a macro in another file of the crate writes.
    let is_around = |path: &RepoPath| path.has_extension(&["rs"]) && path.is_below(page.span.file.parent());
    let by_macro = |path: RepoPath| {
        let file = resolver.files.source(path);
        file.is_some_and(|file| file.text().contains("macro_rules!") && has(file.text()))
    };
    let is_here =
        |name: &str| resolver.graph.nodes().any(|node| node.kind.scheme == "rust" && node.title.as_str() == name);
    let file = resolver.files.source(page.span.file);
    let may_here = file.is_some_and(|file| {
        let text = file.text();
        // What it derefs to may be of a crate that is not here.
        let derefs = text.split_once(&format!("Deref for {}", page.title)).is_some_and(|(_, rest)| {
            let target = rest.split_once("type Target =").map_or("", |(_, target)| target);
            let path = target.split(['<', ';']).next().unwrap_or_default().trim();
            !is_here(path.rsplit("::").next().unwrap_or(path))
        });
        // A macro may put the name together: `fn [<with_ $name>]` (paste).
        let is_put_together = text.contains("fn [<");
        // A trait of the standard library provides it.
        let provides = |(of, methods): &(&str, &[&str])| {
            methods.contains(&method) && text.contains(&format!("{of} for {}", page.title))
        };
        has(text) || derefs || is_put_together || PROVIDED.iter().any(provides)
    });
    may_here || resolver.files.paths().filter(is_around).any(by_macro)
}

/// Methods that traits of the standard library provide to who implements them.
#[rustfmt::skip]
const PROVIDED: &[(&str, &[&str])] = &[
    ("BufRead", &["lines", "read_line", "read_until", "skip_until", "split"]),
    ("Iterator", &[
        "all", "any", "by_ref", "chain", "cloned", "collect", "copied", "count", "cycle", "enumerate", "filter", "filter_map", "find",
        "flat_map", "fold", "for_each", "fuse", "inspect", "last", "map", "max", "min", "nth", "partition", "peekable", "position",
        "product", "reduce", "rev", "scan", "size_hint", "skip", "skip_while", "step_by", "sum", "take", "take_while", "unzip", "zip",
    ]),
    ("Ord", &["clamp", "max", "min"]),
    ("Read", &["by_ref", "bytes", "chain", "read_exact", "read_to_end", "read_to_string", "read_vectored", "take"]),
    ("Seek", &["rewind", "seek_relative", "stream_len", "stream_position"]),
    ("Write", &["by_ref", "write_all", "write_fmt", "write_vectored"]),
];

/// Whether a macro makes text of the page of a crate, which its README may be a part of, with headings of its own: that of the crate
/// `document-features` makes them of the comments in a `Cargo.toml`.
pub(super) fn is_made_by_macro(resolver: &Resolver<'_>, page: &Node) -> bool {
    let file = match page.span.file {
        file if page.kind.name == "crate" => Some(file),
        file if file.stem().eq_ignore_ascii_case("readme") => resolver.files.find(file.parent(), "src/lib.rs"),
        _ => None,
    };
    file.and_then(|file| resolver.files.source(file)).is_some_and(|file| has_features_from_macro(&file))
}

/// Whether the text of a crate has that crate's macro make a part of its page.
pub(super) fn has_features_from_macro(file: &SourceFile) -> bool {
    file.text().contains("document_features!(")
}

/// The page of code that `written` leads to from the page of `from`, as rustdoc lays them out: a folder is that of a module.
pub(super) fn beside_own_page(resolver: &Resolver<'_>, from: &Node, written: &str) -> Option<NodeId> {
    let page = resolver.graph.page_of(from.id).filter(|page| page.kind.scheme == "rust")?;
    let Home::Page { route, .. } = &page.home else { return None };
    let (folder, _) = route.rsplit_once('/').filter(|_| !written.starts_with('/'))?;
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    resolver.lookup.by_route(&parts.join("/"))
}

/// The item that `written` names in the README of a crate, which is the page of the crate, too: `[select](select)`.
pub(super) fn item_of_readme(resolver: &Resolver<'_>, from: &Node, written: &str) -> Option<NodeId> {
    let own = crate_of_readme(resolver, from, written)?;
    NodeId::known("rust", &format!("{}::{written}", own.name())).filter(|id| resolver.graph.node(*id).is_some())
}

/// Whether `written` is in such a README how a type is called: one that is there only with a feature has no page.
pub(super) fn may_be_item_of_readme(resolver: &Resolver<'_>, from: &Node, written: &str) -> bool {
    let is_type = written.starts_with(|first: char| first.is_ascii_uppercase()) && written.contains(char::is_lowercase);
    is_type && crate_of_readme(resolver, from, written).is_some()
}

fn crate_of_readme(resolver: &Resolver<'_>, from: &Node, written: &str) -> Option<NodeId> {
    let is_path = written.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':'));
    let readme = Some(from.span.file).filter(|file| is_path && file.stem().eq_ignore_ascii_case("readme"))?;
    resolver.lookup.by_file(resolver.files.find(readme.parent(), "src/lib.rs")?)
}

/// Whether rustdoc calls the page of an item so: `struct.Order.html`. A Markdown file that has a link to it is a part of the item's
/// documentation.
pub(super) fn is_page_name(name: &str) -> bool {
    #[rustfmt::skip]
    const KINDS: &[&str] =
        &["attr", "constant", "derive", "enum", "fn", "keyword", "macro", "primitive", "static", "struct", "trait", "traitalias", "type", "union"];
    let item = name.strip_suffix(".html").and_then(|name| name.split_once('.'));
    item.is_some_and(|(kind, item)| KINDS.contains(&kind) && !item.is_empty())
}

/// The item that `link` in a comment means by the place `anchor`, as specifications write it: `#TextEdit.newText`.
pub(super) fn item_meant(graph: &Graph, lookup: Lookup<'_>, link: &Link, anchor: &str) -> Option<String> {
    graph.node(link.from).filter(|from| from.kind.scheme == "rust")?;
    let (owner, member) = anchor.split_once('.').map_or((None, anchor), |(owner, member)| (Some(owner), member));
    let in_snake_case: String = member
        .chars()
        .flat_map(|character| character.is_uppercase().then_some('_').into_iter().chain(character.to_lowercase()))
        .collect();
    let paths = match owner {
        Some(owner) => vec![format!("{owner}::{member}"), format!("{owner}::{in_snake_case}")],
        None => vec![member.to_owned()],
    };
    let is_item = |path: &String| match lookup.find("rust", path, link.span.file) {
        Found::One(id) => graph.node(id).is_some_and(|node| is_called(node, path)),
        Found::Several(_) | Found::None => false,
    };
    paths.into_iter().find(is_item)
}

/// Whether `path` is one of the standard library, after `use std::fs`: `fs::read`.
pub(super) fn is_of_std(path: &str) -> bool {
    path.split_once("::").is_some_and(|(first, _)| OF_STD.contains(&first))
}

/// The page that stands where rustdoc's output, which projects publish beside their manual, would have it:
/// `../rustdoc/shop/orders/struct.Order.html`.
pub(super) fn page_beside_manual(resolver: &Resolver<'_>, whole: RepoPath) -> Option<NodeId> {
    let path = whole.as_str();
    // The crate itself: `../api/shop`, `../api/shop/index.html`.
    let krate = path.trim_end_matches("/index.html").rsplit('/').next().unwrap_or_default();
    let is_made = !resolver.files.is_folder(whole.parent());
    if let Some(id) = resolver.lookup.by_route(&format!("rust/{krate}")).filter(|_| is_made) {
        return Some(id);
    }
    let starts = std::iter::once(0).chain(path.match_indices('/').map(|(slash, _)| slash + 1));
    let mut tails = starts.filter(|_| path.ends_with(".html")).map(|start| &path[start..]);
    tails.find_map(|tail| resolver.lookup.by_route(&format!("rust/{tail}")))
}
