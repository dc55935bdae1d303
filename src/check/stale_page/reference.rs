//! What pages refer to outside of documents.

use crate::check::Subject;
use crate::check::document::{is_dated, is_of_one_time, tells_of_now};
use crate::graph::{End, Node, Target, VARIABLE, files_meant, path_named};
use crate::source::{Files, RepoPath, Span};

/// What is a whole file, of which something changes all the time.
const WHOLES: &[&str] = &["api", "crate", "module", "tag"];

/// Endings of files that pages describe: code, settings, scripts.
#[rustfmt::skip]
const SOURCES: &[&str] = &[
    "bash", "bat", "c", "cc", "cfg", "conf", "cpp", "cs", "env", "erl", "ex", "go", "graphql", "h", "hcl", "hpp", "ini", "java",
    "js", "json", "jsonnet", "jsx", "kt", "libsonnet", "lua", "mjs", "mk", "nix", "php", "pl", "proto", "ps1", "py", "rb", "rs",
    "rules", "scala", "sh", "sql", "swift", "tf", "toml", "ts", "tsx", "yaml", "yml", "zig",
];

/// The same without an ending.
const NAMED_SOURCES: &[&str] = &["dockerfile", "jenkinsfile", "justfile", "makefile", "procfile"];

/// What everybody who writes Rust has without bringing it in.
#[rustfmt::skip]
const PRELUDE: &[&str] = &[
    "AsMut", "AsRef", "Box", "Clone", "Copy", "Debug", "Default", "Display", "Drop", "Eq", "Err", "Error", "Fn", "FnMut", "FnOnce",
    "From", "Hash", "Into", "IntoIterator", "Iterator", "None", "Ok", "Option", "Ord", "PartialEq", "PartialOrd", "Result", "Send",
    "Sized", "Some", "String", "Sync", "ToOwned", "ToString", "TryFrom", "TryInto", "Vec",
];

/// What has its name from something else.
const MEMBERS: &[&str] = &["associated-const", "associated-type", "field", "method", "variant"];

/// Files that change with every release.
#[rustfmt::skip]
const EVER_CHANGING: &[&str] = &[
    "cargo.toml", "composer.json", "package.json", "package-lock.json", "pnpm-lock.yaml", "pyproject.toml",
];

/// How it comes that a page is about a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// The page links to it: `[api:POST /orders]`, `rust:shop::refund`.
    Explicit,
    /// The page has its name as code, of which there may be a link in brackets.
    InCode {
        /// Whether it tells where it is: `shop::refund`.
        is_path: bool,
    },
    /// The thing says so, as an alert names its runbook.
    ByThing,
}

/// What a page refers to.
#[derive(Clone, Copy)]
pub(super) struct Reference<'a> {
    pub(super) page: &'a Node,
    pub(super) thing: Thing<'a>,
    /// Where the page says so, or the thing does.
    pub(super) span: Span,
    pub(super) way: Way,
    /// The place in the file, as in `#L12`; empty for none.
    pub(super) anchor: &'a str,
}

impl Reference<'_> {
    /// The file that says what may not hold any more.
    pub(super) fn told_in(&self) -> RepoPath {
        if self.way == Way::ByThing { self.page.span.file } else { self.span.file }
    }

    /// Whether the page, which says `text`, links to it on purpose, and does not only have its name between backticks.
    pub(super) fn is_explicit(&self, text: &str) -> bool {
        match self.way {
            Way::Explicit => true,
            Way::InCode { is_path } => {
                is_path && text.get(self.span.start as usize..).is_some_and(|at| at.starts_with('['))
            }
            Way::ByThing => false,
        }
    }
}

/// A thing outside of documents.
#[derive(Clone, Copy)]
pub(super) enum Thing<'a> {
    /// Something in a file.
    Node(&'a Node),
    /// A file that has no page.
    File(RepoPath),
}

impl Thing<'_> {
    pub(super) fn file(self) -> RepoPath {
        match self {
            Thing::Node(node) => node.span.file,
            Thing::File(path) => path,
        }
    }

    pub(super) fn name(self) -> String {
        match self {
            Thing::Node(node) => format!("`{}`", node.title),
            Thing::File(path) => format!("`{path}`"),
        }
    }

    pub(super) fn span(self) -> Span {
        match self {
            Thing::Node(node) => node.span,
            Thing::File(path) => Span::start_of(path),
        }
    }
}

/// What pages that people keep true refer to outside of documents.
pub(super) fn references(subject: Subject<'_>) -> Vec<Reference<'_>> {
    let graph = &subject.resolved.graph;
    let links = subject.resolved.links().filter_map(|(link, end)| {
        let named = match &link.target {
            Target::Named { scheme, text } => Some((scheme.as_str(), text.as_str())),
            Target::Known(_) => None,
        };
        let from = graph.node(link.from)?;
        match end {
            // Who reads a variable has much else to do.
            End::Node { .. } if named.is_some_and(|(scheme, _)| scheme == VARIABLE) => None,
            End::Node { id, .. } => {
                let to = graph.node(*id)?;
                let (page, thing) = if link.flipped { (to, from) } else { (from, to) };
                let is_thing = is_source(thing.span.file) && !WHOLES.contains(&thing.kind.name);
                let is_meant = !named.is_some_and(|(scheme, text)| is_of_anybody(thing, scheme, text));
                let way = match named {
                    _ if link.flipped => Way::ByThing,
                    Some(("code", text)) => Way::InCode { is_path: text.contains("::") },
                    _ => Way::Explicit,
                };
                let reference = Reference { page, thing: Thing::Node(thing), span: link.span, way, anchor: "" };
                (is_thing && is_meant).then_some(reference)
            }
            End::Nowhere => None,
            _ => {
                let path = file_of(subject, from, named?)?;
                let anchor = named.and_then(|(_, text)| text.split_once(['#', ':'])).map_or("", |(_, anchor)| anchor);
                Some(Reference { page: from, thing: Thing::File(path), span: link.span, way: Way::Explicit, anchor })
            }
        }
    });
    let is_of_then = |path| is_of_one_time(path) || is_dated(subject.tree, path);
    links.filter(|reference| tells_of_now(reference.page) && !is_of_then(reference.page.span.file)).collect()
}

/// Whether a name alone means what everybody has, or one of many things of that name, and not just `thing`.
fn is_of_anybody(thing: &Node, scheme: &str, text: &str) -> bool {
    scheme == "code" && !text.contains("::") && (PRELUDE.contains(&text) || MEMBERS.contains(&thing.kind.name))
}

/// The file without a page to which a link leads that names it by its path.
fn file_of(subject: Subject<'_>, from: &Node, (scheme, text): (&str, &str)) -> Option<RepoPath> {
    let meant = match scheme {
        "path" => path_named(from, text).into_iter().collect(),
        "file-name" => files_meant(from, text),
        _ => Vec::new(),
    };
    let is_file = |path: &RepoPath| subject.tree.contains(*path) && !subject.tree.is_folder(*path);
    meant.into_iter().find(is_file).filter(|path| is_source(*path))
}

/// Whether a file is one that pages describe, and not one of them.
pub(super) fn is_source(path: RepoPath) -> bool {
    let name = path.file_name().to_lowercase();
    (path.has_extension(SOURCES) || NAMED_SOURCES.contains(&name.as_str())) && !EVER_CHANGING.contains(&name.as_str())
}
