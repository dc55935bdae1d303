//! The files of a crate -> the keys of configuration files that its structures are read from by serde
//! (<https://serde.rs/attributes.html>).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::syntax::TokenKind;
use super::tokens::Tokens;
use super::variables::test;
use crate::graph::{Content, ReadKey, is_configuration};
use crate::source::SourceFile;

/// Types without keys.
#[rustfmt::skip]
const VALUES: &[&str] = &[
    "String", "str", "bool", "char", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64",
    "PathBuf", "Utf8PathBuf", "Duration", "IpAddr", "SocketAddr", "Url", "NonZeroU8", "NonZeroU16", "NonZeroU32", "NonZeroU64", "NonZeroUsize",
];

/// Types that are read as what is in them.
const WRAPPERS: &[&str] = &["Option", "Box", "Arc", "Rc", "Vec", "Cow"];

/// Attributes of structures that leave their fields as they are.
#[rustfmt::skip]
const HARMLESS: &[&str] = &[
    "derive", "serde", "doc", "cfg", "cfg_attr", "allow", "expect", "warn", "non_exhaustive", "must_use", "deprecated", "schemars", "serde_as",
    "serde_with", "skip_serializing_none", "clap", "command", "arg", "group", "repr", "derivative", "educe", "typeshare", "validate", "garde",
];

/// The keys in a file.
#[derive(Debug, Default)]
pub(super) struct Keys {
    pub(super) list: Vec<Key>,
}

/// One of them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) read: ReadKey,
    /// Where its field is named.
    pub(super) place: Range<usize>,
    /// Where the name of its structure begins.
    pub(super) owner: usize,
}

/// The keys that structures of `file` are read from.
pub(super) fn keys(file: &SourceFile) -> Arc<Keys> {
    file.derived(|file| {
        let text = file.text();
        let is_test = file.path().as_str().split('/').any(|part| matches!(part, "tests" | "tests.rs" | "test.rs"));
        let is_telling = !is_test && memchr::memmem::find(text.as_bytes(), b"Deserialize").is_some();
        Keys { list: if is_telling { read(text) } else { Vec::new() } }
    })
}

/// Those of `keys` whose structures are called configurations, or are parts of such.
pub(super) fn of_configurations<'k>(keys: impl Iterator<Item = &'k Key> + Clone) -> BTreeSet<&'k str> {
    let mut inner: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for key in keys {
        let inner = inner.entry(&key.read.structure).or_default();
        if let Content::Structure(name) = &key.read.content {
            inner.push(name);
        }
    }
    let mut found = BTreeSet::new();
    let mut waiting: Vec<&str> = inner.keys().copied().filter(|name| is_configuration(name)).collect();
    while let Some(name) = waiting.pop() {
        if found.insert(name) {
            waiting.extend(inner.get(name).into_iter().flatten());
        }
    }
    found
}

fn read(text: &str) -> Vec<Key> {
    let tokens = Tokens::of(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(end) = test(&tokens, at) {
            at = end;
            continue;
        }
        let (attributes, item) = attributes(&tokens, at);
        if attributes.is_empty() {
            at += 1;
            continue;
        }
        let item = behind_visibility(&tokens, item);
        if tokens.at(item) == "struct" {
            structure(&tokens, &attributes, item + 1, &mut found);
        }
        at = item;
    }
    found
}

/// What stands between the brackets of the attributes at `at`, and what stands behind them.
fn attributes(tokens: &Tokens<'_>, mut at: usize) -> (Vec<Range<usize>>, usize) {
    let mut found = Vec::new();
    while tokens.at(at) == "#" && tokens.at(at + 1) == "[" {
        found.push(tokens.within(at + 1));
        at = tokens.behind(at + 1);
    }
    (found, at)
}

fn behind_visibility(tokens: &Tokens<'_>, at: usize) -> usize {
    if tokens.at(at) != "pub" {
        return at;
    }
    if tokens.at(at + 1) == "(" { tokens.behind(at + 1) } else { at + 1 }
}

/// What serde is told of a structure or a field: each of its arguments, with what it is set to.
fn told<'t>(tokens: &Tokens<'t>, attributes: &[Range<usize>]) -> Vec<(&'t str, Option<String>)> {
    let mut found = Vec::new();
    let serde =
        attributes.iter().filter(|range| tokens.at(range.start) == "serde" && tokens.at(range.start + 1) == "(");
    for argument in serde.flat_map(|range| tokens.arguments(tokens.within(range.start + 1))) {
        let name = tokens.at(argument.start);
        if tokens.at(argument.start + 1) == "(" {
            // `rename(deserialize = "x")`
            for inner in tokens.arguments(tokens.within(argument.start + 1)) {
                if tokens.at(inner.start) == "deserialize" {
                    found.push((name, tokens.string(inner.start + 2..inner.end)));
                }
            }
        } else {
            let is_set = tokens.at(argument.start + 1) == "=";
            found.push((name, if is_set { tokens.string(argument.start + 2..argument.end) } else { None }));
        }
    }
    found
}

/// Adds the keys of the structure whose name is at `name`.
fn structure(tokens: &Tokens<'_>, attributes: &[Range<usize>], name: usize, found: &mut Vec<Key>) {
    let is_read = attributes.iter().any(|range| {
        matches!(tokens.at(range.start), "derive" | "cfg_attr")
            && range.clone().any(|at| tokens.at(at) == "Deserialize")
    });
    if !is_read || tokens.at(name + 1) != "{" {
        return;
    }
    let structure = tokens.at(name).to_owned();
    let owner = tokens.start(name);
    let mut push = |key: String, content: Content, place: Range<usize>| {
        let read = ReadKey { structure: structure.clone(), key, content };
        found.push(Key { read, place, owner });
    };
    let told_of_all = told(tokens, attributes);
    let is_known = |name: &str| {
        matches!(name, "default" | "deny_unknown_fields" | "rename_all" | "rename" | "crate" | "bound" | "expecting")
    };
    let is_open = attributes.iter().any(|range| !HARMLESS.contains(&tokens.at(range.start)))
        || told_of_all.iter().any(|(name, _)| !is_known(name));
    if is_open {
        push(String::new(), Content::Unknown, tokens.place(name..name + 1));
    }
    let case = told_of_all.iter().find(|(name, _)| *name == "rename_all").and_then(|(_, case)| case.clone());
    let within = tokens.within(name + 1);
    let mut at = within.start;
    while at < within.end {
        let (attributes, field) = self::attributes(tokens, at);
        let field = behind_visibility(tokens, field);
        if tokens.kind(field) != Some(TokenKind::Word) || tokens.at(field + 1) != ":" {
            // Not what it looks like: a macro's.
            push(String::new(), Content::Unknown, tokens.place(name..name + 1));
            return;
        }
        let end = end_of_type(tokens, field + 2, within.end);
        let place = tokens.place(field..field + 1);
        let told = told(tokens, &attributes);
        let has = |names: &[&str]| told.iter().any(|(name, _)| names.contains(name));
        let content =
            match has(&["with", "deserialize_with", "from", "try_from"]) || has_other_reader(tokens, &attributes) {
                true => Content::Unknown,
                false => content(tokens, field + 2..end),
            };
        if has(&["flatten"]) {
            let content = if content == Content::Value { Content::Unknown } else { content };
            push(String::new(), content, place);
        } else if !has(&["skip", "skip_deserializing"]) {
            let renamed = told.iter().find(|(name, _)| *name == "rename").and_then(|(_, name)| name.clone());
            let own = tokens.at(field).trim_start_matches("r#");
            let key = renamed.unwrap_or_else(|| in_case(own, case.as_deref()));
            let others = told.iter().filter(|(name, _)| *name == "alias").filter_map(|(_, name)| name.clone());
            for key in std::iter::once(key).chain(others) {
                push(key, content.clone(), place.clone());
            }
        }
        at = end + 1;
    }
}

/// Whether `#[serde_as(as = "…")]` or the like reads a field in another way.
fn has_other_reader(tokens: &Tokens<'_>, attributes: &[Range<usize>]) -> bool {
    attributes.iter().any(|range| tokens.at(range.start) == "serde_as")
}

/// The comma behind the type at `at`, or `end`.
fn end_of_type(tokens: &Tokens<'_>, mut at: usize, end: usize) -> usize {
    let mut depth = 0_usize;
    while at < end {
        match tokens.at(at) {
            "<" => depth += 1,
            ">" => depth = depth.saturating_sub(1),
            "," if depth == 0 => return at,
            _ => {}
        }
        at = tokens.behind(at);
    }
    end
}

/// What a field of the type at `range` is read from.
fn content(tokens: &Tokens<'_>, range: Range<usize>) -> Content {
    let angle = range.clone().find(|at| tokens.at(*at) == "<");
    let last = angle.unwrap_or(range.end).saturating_sub(1);
    let is_path = (range.start..=last).all(|at| tokens.kind(at) == Some(TokenKind::Word) || tokens.at(at) == "::");
    let name = tokens.at(last);
    match angle {
        _ if !is_path || range.is_empty() => Content::Unknown,
        Some(angle) if WRAPPERS.contains(&name) => content(tokens, angle + 1..range.end - 1),
        Some(_) => Content::Unknown,
        None if VALUES.contains(&name) => Content::Value,
        None => Content::Structure(name.to_owned()),
    }
}

/// The name of a field, in small letters with `_` between words, as `rename_all` has it.
fn in_case(name: &str, case: Option<&str>) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    match case {
        Some("kebab-case") => name.replace('_', "-"),
        Some("SCREAMING_SNAKE_CASE" | "UPPERCASE") => name.to_uppercase(),
        Some("SCREAMING-KEBAB-CASE") => name.to_uppercase().replace('_', "-"),
        Some("PascalCase") => name.split('_').map(capital).collect(),
        Some("camelCase") => {
            let (first, rest) = name.split_once('_').unwrap_or((name, ""));
            std::iter::once(first.to_owned()).chain(rest.split('_').map(capital)).collect()
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn keys_of_structures() {
        let text = r#"
            #[derive(Debug, Deserialize)]
            #[serde(rename_all = "kebab-case", deny_unknown_fields)]
            pub struct Config {
                /// The port.
                #[serde(default = "port")] pub listen_port: u16,
                #[serde(rename = "db", alias = "database")] pub(crate) store: Option<store::StoreConfig>,
                #[serde(rename(serialize = "x", deserialize = "lists"))] list: Vec<Box<Listener>>,
                map: HashMap<String, Vec<u8>>, #[serde(skip)] not: u8,
                #[serde(flatten)] more: More, #[serde(with = "x")] odd: String, last: [u8; 2],
            }
            #[derive(Deserialize)] #[serde(try_from = "String")] struct Open { a: u8 }
            #[derive(Deserialize)] #[component] struct Made { #[serde(flatten)] rest: Map<A, B> }
            #[derive(Deserialize)] struct Tuple(u8);
            #[derive(Serialize)] struct Written { a: u8 }
            #[cfg(test)] mod tests { #[derive(Deserialize)] struct T { a: u8 } }
        "#;
        let found: Vec<String> = read(text).iter().map(|key| key.read.to_string()).collect();
        let expected = [
            "Config.listen-port",
            "Config.db:StoreConfig",
            "Config.database:StoreConfig",
            "Config.lists:Listener",
            "Config.map:*",
            "Config.:More",
            "Config.odd:*",
            "Config.last:*",
            "Open.:*",
            "Open.a",
            "Made.:*",
            "Made.:*",
        ];
        assert_eq!(found, expected);
    }
}
