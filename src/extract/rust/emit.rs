//! The files of a crate -> the metrics that it registers or counts in, by their names.
//!
//! Known are the macros of `metrics` (`counter!`), those and the types of `prometheus` (`register_int_counter!`, `Opts::new`),
//! `registry.register` of `prometheus-client`, the meters of `opentelemetry` (`u64_counter`), and wrappers around them that
//! are called for what they make: whatever takes the name as a literal in the first place. Only crates that depend on such a
//! library are looked at. Names that are put together are told by their beginnings, and other texts that may be names as such.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use regex::Regex;

use super::constants::{Constant, constants};
use super::declared::Declared;
use super::syntax::TokenKind;
use super::tokens::Tokens;
use crate::extract::wording::regex;
use crate::source::SourceFile;

/// What crates are called whose users have metrics.
const LIBRARIES: &[&str] = &["metric", "prometheus", "prometheus_client", "opentelemetry", "measured"];

/// Parts of the names of whatever takes the name of a metric, and the type that they tell; `untyped` for any.
const MAKERS: &[(&str, &str)] = &[
    ("counter", "counter"),
    ("gauge", "gauge"),
    ("histogram", "histogram"),
    ("summary", "summary"),
    ("opts", "untyped"),
    ("register", "untyped"),
];

/// A metric that is named in code.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Emitted {
    /// `counter`, `gauge`, `histogram`, `summary` or `untyped`.
    pub(super) kind: &'static str,
    /// As it is written, with the namespace and subsystem that are given to it.
    pub(super) name: String,
    /// Where the name stands.
    pub(super) place: Range<usize>,
    /// Where the name of the function, static or constant begins in which it stands.
    pub(super) owner: Option<usize>,
}

/// What a file says of metrics.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub(super) emitted: Vec<Emitted>,
    /// Texts that may be names as well; those that end with `*` are beginnings.
    pub(super) possible: BTreeSet<String>,
    /// What libraries are told to begin their metrics with.
    pub(super) lent: BTreeSet<String>,
    /// The constants by which metrics are named, and the type of those.
    pub(super) used: BTreeMap<String, &'static str>,
    /// Constants that are texts which may be names.
    pub(super) constants: Vec<Constant>,
}

/// Whether a crate with these dependencies may have metrics.
pub(super) fn may_emit<'n>(mut dependencies: impl Iterator<Item = &'n String>) -> bool {
    dependencies.any(|name| LIBRARIES.iter().any(|library| name.contains(library)))
}

/// The metrics that are named in `file`.
pub(super) fn named(file: &SourceFile) -> Arc<Named> {
    file.derived(|file| {
        let text = file.text();
        let is_telling = MAKERS.iter().any(|(part, _)| text.contains(part));
        let named = if is_telling { emitted(text) } else { Named::default() };
        Named { possible: possible(text), lent: lent(text), constants: constants(text), ..named }
    })
}

/// The namespaces that are given away: `pool::metrics::set_namespace(Some("shop"))`.
fn lent(text: &str) -> BTreeSet<String> {
    static LENT: LazyLock<Regex> =
        LazyLock::new(|| regex(r#"\bset_(?:namespace|prefix)\s*\(\s*(?:Some\s*\(\s*)?"([a-z][a-z0-9_]*)""#));
    LENT.captures_iter(text).map(|found| found[1].to_owned()).collect()
}

/// Texts that may be names of metrics, or beginnings of such names.
fn possible(text: &str) -> BTreeSet<String> {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        regex(r#""([a-zA-Z][a-zA-Z0-9]*(?:[_.:][a-zA-Z0-9]+)+|(?:[a-zA-Z][a-zA-Z0-9]*[_.])+[a-zA-Z0-9]*)(["{])"#)
    });
    let found = NAME.captures_iter(text).map(|found| {
        let is_whole = &found[2] == "\"" && !found[1].ends_with(['_', '.']);
        format!("{}{}", &found[1], if is_whole { "" } else { "*" })
    });
    found.chain(below_constants(text)).collect()
}

/// The beginnings of names that are put together below a constant: `format!("{}_{}", PREFIX, name)`.
fn below_constants(text: &str) -> impl Iterator<Item = String> {
    static FORMATTED: LazyLock<Regex> =
        LazyLock::new(|| regex(r#"format!\(\s*"\{\}[_.]\{\}[^"]*",\s*([A-Z][A-Z0-9_]*)\b"#));
    FORMATTED.captures_iter(text).filter_map(move |found| {
        let (_, value) = text.split_once(&format!(" {}: &str = \"", &found[1]))?;
        Some(format!("{}_*", value.split('"').next()?))
    })
}

fn emitted(text: &str) -> Named {
    let tokens = Tokens::of(text);
    let mut used = BTreeMap::new();
    let mut emitted = Vec::new();
    let mut declared = Declared::default();
    let mut prefix: Option<Range<usize>> = None;
    for at in 0..tokens.len() {
        let owner = declared.at(&tokens, at);
        if tokens.kind(at) == Some(TokenKind::Word) && tokens.is_open(at.wrapping_sub(1)) {
            // `counter!(names::ORDERS, …)`.
            let named = tokens.path_at(at).filter(|(_, end)| matches!(tokens.at(*end), "," | ")" | "]"));
            if let (Some((path, _)), Some((kind, _))) = (named, maker(&tokens, at)) {
                used.extend(path.last().map(|name| (name.as_str().to_owned(), kind)));
            }
        }
        if tokens.kind(at) != Some(TokenKind::Literal) {
            continue;
        }
        let Some(name) = tokens.string(at..at + 1).filter(|name| is_name(name)) else { continue };
        let Some((kind, open)) = maker(&tokens, at) else { continue };
        // One call within another is one metric.
        if prefix.as_ref().is_some_and(|range| range.contains(&at)) {
            continue;
        }
        let close = tokens.close(open);
        prefix = Some(open..close);
        let name = with_namespace(&tokens, close, name);
        let place = tokens.place(at..at + 1);
        emitted.push(Emitted { kind, name, place, owner });
    }
    Named { emitted, used, ..Named::default() }
}

/// What takes the literal at `at` as its first argument, if that makes metrics: the type, and its bracket.
fn maker(tokens: &Tokens<'_>, at: usize) -> Option<(&'static str, usize)> {
    let open = at.checked_sub(1).filter(|open| tokens.is_open(*open))?;
    let mut word = open.checked_sub(1)?;
    if tokens.at(word) == "!" {
        word = word.checked_sub(1)?;
    }
    if tokens.at(word) == ">" {
        // `new_counter_vec::<3>("x", …)`
        let angle = (word.saturating_sub(16)..word).rev().find(|at| tokens.at(*at) == "<")?;
        word = angle.checked_sub(if tokens.at(angle.checked_sub(1)?) == "::" { 2 } else { 1 })?;
    }
    let mut name = tokens.at(word).to_lowercase();
    // `IntCounter::new("x", …)` is called for what stands before.
    if matches!(name.as_str(), "new" | "with_opts" | "named" | "builder" | "create")
        && tokens.at(word.checked_sub(1)?) == "::"
    {
        name = tokens.at(word.checked_sub(2)?).to_lowercase();
    }
    let kind = MAKERS.iter().find(|(part, _)| name.contains(part))?.1;
    // `register_handler("x")` registers anything: only of registries, and of what is called for metrics, it is one.
    let is_certain = kind != "untyped" || name.contains("opts") || is_of_registry(tokens, word);
    is_certain.then_some((kind, open))
}

/// Whether the method at `word` is called on a registry.
fn is_of_registry(tokens: &Tokens<'_>, word: usize) -> bool {
    let is_method =
        word >= 2 && tokens.at(word - 1) == "." && matches!(tokens.at(word), "register" | "register_with_unit");
    is_method && tokens.at(word - 2).to_lowercase().contains("registry")
}

/// `name` with what `.namespace("a").subsystem("b")` behind the call add to it.
fn with_namespace(tokens: &Tokens<'_>, close: usize, name: String) -> String {
    let mut parts: [Option<String>; 2] = [None, None];
    let mut at = close + 1;
    while tokens.at(at) == "." && tokens.is_open(at + 2) {
        let slot = ["namespace", "subsystem"].iter().position(|known| *known == tokens.at(at + 1));
        if let (Some(slot), Some(text)) = (slot, tokens.string(tokens.within(at + 2))) {
            parts[slot] = Some(text);
        }
        at = tokens.behind(at + 2);
    }
    let parts: Vec<String> = parts.into_iter().flatten().chain([name]).collect();
    parts.join("_")
}

/// Whether `text` can be the name of a metric.
fn is_name(text: &str) -> bool {
    let is_part =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | ':' | '.' | '-' | '/');
    text.len() > 2
        && text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::{emitted, possible};

    #[test]
    fn metrics_are_named_by_what_makes_them() {
        let text = r#"
            lazy_static! {
                pub static ref ORDERS: IntCounter = register_int_counter!("shop_orders_total", "Orders").unwrap();
                static ref OPEN: IntGauge = IntGauge::with_opts(Opts::new("open", "x").namespace("shop").subsystem("cart")).unwrap();
            }
            static SECONDS: LazyLock<HistogramVec> = LazyLock::new(|| register_histogram_vec!(
                histogram_opts!("shop_seconds", "x"), &["a"]).unwrap());
            fn serve() {
                counter!("shop_requests_total", "a" => "b").increment(1);
                metrics::describe_gauge!("shop_depth", "x");
                let c = meter.u64_counter("shop.paid").build();
                registry.register("shop_items", "x", items.clone());
                router.register("not_this", x);
                try_create_int_gauge("shop_wrapped", "x");
                let by_constant = counter!(names::NAME, "a" => "b");
                new_gauge_vec::<2>("shop_generic", "x");
            }
        "#;
        let named = emitted(text);
        let found: Vec<String> = named
            .emitted
            .iter()
            .map(|it| {
                let owner = it.owner.map_or("", |at| text[at..].split([':', '(']).next().unwrap_or_default());
                format!("{} {} {owner}", it.kind, it.name)
            })
            .collect();
        let expected = [
            "counter shop_orders_total ORDERS",
            "untyped shop_cart_open OPEN",
            "histogram shop_seconds SECONDS",
            "counter shop_requests_total serve",
            "gauge shop_depth serve",
            "counter shop.paid serve",
            "untyped shop_items serve",
            "gauge shop_wrapped serve",
            "gauge shop_generic serve",
        ];
        assert_eq!(found, expected);
        assert_eq!(named.used.into_iter().collect::<Vec<_>>(), [("NAME".to_owned(), "counter")]);
    }

    #[test]
    fn other_texts_may_be_names() {
        let text = r#"const A: &str = "shop_a"; f("plain"); format!("shop_{x}_total"); concat!("shop_b_", "c"); g("shop.c d")"#;
        assert_eq!(possible(text).into_iter().collect::<Vec<_>>(), ["shop_*", "shop_a", "shop_b_*"]);
        let text = "const PREFIX: &str = \"shop\";\nfn f(name: &str) { format!(\n\"{}_{}\",\n PREFIX, name); format!(\"{}-{}\", OTHER, name) }";
        assert_eq!(possible(text).into_iter().collect::<Vec<_>>(), ["shop_*"]);
    }
}
