//! Attributes and doc comments: what they mean for documentation.

use std::cell::Cell;
use std::ops::Range;

use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Meta, Token};

use super::cfg::Features;
use super::deprecation::{Deprecation, deprecation};
use super::{Cfg, Environment, Lints, doc_value};

/// What the attributes of an item say.
#[derive(Debug, Default)]
pub(crate) struct Attributes {
    /// Its documentation, piece by piece.
    pub(crate) docs: Vec<DocPart>,
    /// How many of these stand within the braces of a module: names in them are those of the module.
    pub(crate) inner_docs: usize,
    /// `#[cfg(…)]`: all must hold.
    pub(crate) cfg: Vec<Cfg>,
    /// Whether all of `cfg` holds, once that is settled.
    pub(crate) settled: Option<bool>,
    /// `#[doc(cfg(…))]`: what readers are told instead.
    pub(crate) told_cfg: Vec<Cfg>,
    /// `#[doc(hidden)]`.
    pub(crate) hidden: bool,
    /// `#[doc(inline)]`, `#[doc(no_inline)]`.
    pub(crate) inline: Option<Inline>,
    /// `#[deprecated]`.
    pub(crate) deprecated: Option<Deprecation>,
    /// `#[non_exhaustive]`.
    pub(crate) non_exhaustive: bool,
    /// `#[must_use]`.
    pub(crate) must_use: bool,
    /// `#[macro_export]`.
    pub(crate) macro_export: bool,
    /// `#[path = "…"]`.
    pub(crate) path: Option<String>,
    /// Paths under conditions of which nobody knows whether they hold.
    pub(crate) possible_paths: Vec<String>,
    /// The paths in `#[derive(…)]`.
    pub(crate) derives: Vec<String>,
    /// The names in `#[doc(alias = "…")]`.
    pub(crate) aliases: Vec<String>,
    /// Whether a macro among them may add items beside this one.
    pub(crate) may_generate: bool,
    /// For a function of a procedural macro crate: what it is.
    pub(crate) procedural: Option<Procedural>,
    /// `#[allow(rustdoc::…)]`.
    pub(crate) lints: Lints,
}

/// Derives that only implement traits.
const KNOWN_DERIVES: [&str; 24] = [
    "Args",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deserialize",
    "Display",
    "Eq",
    "Error",
    "From",
    "FromRow",
    "Hash",
    "Into",
    "JsonSchema",
    "Ord",
    "Parser",
    "PartialEq",
    "PartialOrd",
    "Serialize",
    "Subcommand",
    "ToSchema",
    "Type",
    "ValueEnum",
    "Zeroize",
];

/// Attributes that are the compiler's own, or inert.
const KNOWN_ATTRIBUTES: [&str; 49] = [
    "allow",
    "arg",
    "automatically_derived",
    "borrow",
    "cfg",
    "cfg_attr",
    "clap",
    "clippy",
    "cold",
    "command",
    "default",
    "deny",
    "deprecated",
    "derive",
    "display",
    "doc",
    "error",
    "expect",
    "export_name",
    "feature",
    "forbid",
    "from",
    "global_allocator",
    "inline",
    "link",
    "link_name",
    "link_section",
    "macro_export",
    "macro_use",
    "must_use",
    "no_mangle",
    "non_exhaustive",
    "path",
    "proc_macro",
    "proc_macro_attribute",
    "proc_macro_derive",
    "repr",
    "rustfmt",
    "schema",
    "serde",
    "skip",
    "source",
    "sqlx",
    "target_feature",
    "test",
    "track_caller",
    "used",
    "value",
    "warn",
];

/// A piece of documentation. Pieces are joined by line ends.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum DocPart {
    /// A doc comment: its place in the file, slashes and stars included.
    Comment(Range<u32>),
    /// `#[doc = "…"]`: the text, and the place of the literal.
    Text(String, Range<u32>),
    /// `#[doc = include_str!("…")]`: the path, and its place.
    Include(String, Range<u32>),
}

/// What `#[doc(…)]` says about a re-export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inline {
    Yes,
    No,
}

/// What a function of a procedural macro crate is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Procedural {
    Function,
    Attribute,
    /// The name of the derive, and its helper attributes.
    Derive(String, Vec<String>),
}

/// Where the attributes come from: text that was handed to syn, and where it stands in the file.
#[derive(Clone, Copy)]
pub(super) struct Origin<'a> {
    /// The file.
    pub(super) text: &'a str,
    /// Where the parsed text begins in it.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// Under which circumstances conditional attributes are read.
    pub(super) environment: &'a Environment,
    /// Set when what is read depends on features that are not known.
    pub(super) depends: &'a Cell<bool>,
}

impl Origin<'_> {
    /// The place of `span` in the file.
    pub(super) fn range(self, span: proc_macro2::Span) -> Range<usize> {
        let range = span.byte_range();
        let place = |offset: usize| (self.start + offset).min(self.end);
        place(range.start)..place(range.end)
    }

    pub(super) fn place(self, span: proc_macro2::Span) -> Range<u32> {
        short(self.range(span))
    }
}

/// Offsets in files that are short enough to be scanned.
pub(super) fn short(range: Range<usize>) -> Range<u32> {
    let short = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    short(range.start)..short(range.end)
}

impl Attributes {
    /// Takes what `attributes` say.
    pub(super) fn read(&mut self, attributes: &[Attribute], origin: Origin<'_>) {
        for attribute in attributes {
            let range = origin.range(attribute.pound_token.span);
            if origin.text.get(range.clone()).is_some_and(|text| text.starts_with('/')) {
                self.docs.push(DocPart::Comment(short(range)));
            } else {
                self.read_meta(&attribute.meta, origin);
            }
        }
    }

    fn read_meta(&mut self, meta: &Meta, origin: Origin<'_>) {
        let Some(name) = meta.path().segments.last().map(|segment| segment.ident.to_string()) else { return };
        match (name.as_str(), meta) {
            ("doc", Meta::NameValue(pair)) => self.docs.extend(doc_value::part(&pair.value, origin)),
            ("doc", Meta::List(list)) => {
                // What rustdoc does not know is not for us to report.
                let _ = list.parse_nested_meta(|nested| {
                    if nested.path.is_ident("hidden") {
                        self.hidden = true;
                    } else if nested.path.is_ident("inline") {
                        self.inline = Some(Inline::Yes);
                    } else if nested.path.is_ident("no_inline") {
                        self.inline = Some(Inline::No);
                    } else if nested.path.is_ident("cfg") && nested.input.peek(syn::token::Paren) {
                        let content;
                        syn::parenthesized!(content in nested.input);
                        self.told_cfg.push(content.parse()?);
                    } else if nested.path.is_ident("alias") && nested.input.peek(Token![=]) {
                        self.aliases.push(nested.value()?.parse::<LitStr>()?.value());
                    } else if nested.path.is_ident("alias") {
                        let content;
                        syn::parenthesized!(content in nested.input);
                        let names = Punctuated::<LitStr, Token![,]>::parse_terminated(&content)?;
                        self.aliases.extend(names.iter().map(LitStr::value));
                    } else {
                        skip_arguments(nested.input)?;
                    }
                    Ok(())
                });
            }
            ("cfg", Meta::List(list)) => self.cfg.push(list.parse_args::<Cfg>().unwrap_or(Cfg::Unknown)),
            ("cfg_attr", Meta::List(list)) => {
                if let Ok(conditional) = list.parse_args::<Conditional>() {
                    self.read_conditional(&conditional, origin);
                }
            }
            ("allow" | "expect" | "warn" | "deny" | "forbid", Meta::List(list)) => self.lints.read(&name, list),
            ("deprecated", meta) => self.deprecated = Some(deprecation(meta, origin)),
            ("non_exhaustive", _) => self.non_exhaustive = true,
            ("must_use", _) => self.must_use = true,
            ("macro_export", _) => self.macro_export = true,
            ("path", Meta::NameValue(pair)) => self.path = literal(&pair.value).map(LitStr::value),
            ("derive", Meta::List(list)) => {
                let paths = Punctuated::<syn::Path, Token![,]>::parse_terminated.parse2(list.tokens.clone());
                self.derives.extend(paths.iter().flatten().map(path_text));
                self.may_generate |= !self.derives.iter().all(|path| KNOWN_DERIVES.contains(&last_segment(path)));
            }
            ("proc_macro", _) => self.procedural = Some(Procedural::Function),
            ("proc_macro_attribute", _) => self.procedural = Some(Procedural::Attribute),
            ("proc_macro_derive", Meta::List(list)) => self.procedural = list.parse_args_with(derive_arguments).ok(),
            _ => self.may_generate |= is_name_of_macro(&name),
        }
    }

    fn read_conditional(&mut self, conditional: &Conditional, origin: Origin<'_>) {
        let holds = conditional.condition.holds(origin.environment);
        if holds.is_none() && origin.environment.features == Features::Unknown {
            origin.depends.set(true);
        }
        for meta in &conditional.then {
            match (holds, meta) {
                (Some(true), meta) => self.read_meta(meta, origin),
                // Where no condition holds, somebody meant one of these.
                (None | Some(false), Meta::NameValue(pair)) if pair.path.is_ident("path") => {
                    self.possible_paths.extend(literal(&pair.value).map(LitStr::value));
                }
                _ => {}
            }
        }
    }

    /// The conditions that readers are told of.
    pub(crate) fn conditions(&self) -> &[Cfg] {
        if self.told_cfg.is_empty() { &self.cfg } else { &self.told_cfg }
    }

    /// Whether the item is there where documentation is made. What cannot be known is taken to be there.
    pub(crate) fn is_present(&self, environment: &Environment) -> bool {
        self.settled.unwrap_or_else(|| self.cfg.iter().all(|condition| condition.holds(environment) != Some(false)))
    }
}

/// Whether `attribute` is a macro, which takes the item that it stands before as it is written.
pub(super) fn is_of_macro(attribute: &Attribute) -> bool {
    let last = attribute.path().segments.last();
    last.is_some_and(|last| is_name_of_macro(&last.ident.to_string()))
}

fn is_name_of_macro(name: &str) -> bool {
    !KNOWN_ATTRIBUTES.contains(&name)
}

fn last_segment(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// A path without generic arguments: `a::B`.
pub(super) fn path_text(path: &syn::Path) -> String {
    let mut text = String::new();
    if path.leading_colon.is_some() {
        text.push_str("::");
    }
    for (index, segment) in path.segments.iter().enumerate() {
        if index > 0 {
            text.push_str("::");
        }
        text.push_str(segment.ident.to_string().trim_start_matches("r#"));
    }
    text
}

struct Conditional {
    condition: Cfg,
    then: Vec<Meta>,
}

impl Parse for Conditional {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let condition = input.parse()?;
        let mut then = Vec::new();
        while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            then.push(input.parse()?);
        }
        Ok(Self { condition, then })
    }
}

fn skip_arguments(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<proc_macro2::TokenTree>()?;
    }
    Ok(())
}

pub(super) fn literal(value: &Expr) -> Option<&LitStr> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(literal), .. }) => Some(literal),
        _ => None,
    }
}

fn derive_arguments(input: ParseStream<'_>) -> syn::Result<Procedural> {
    let name: syn::Ident = input.parse()?;
    let mut helpers = Vec::new();
    if input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
        input.parse::<syn::Ident>()?;
        let content;
        syn::parenthesized!(content in input);
        let names = Punctuated::<syn::Ident, Token![,]>::parse_terminated(&content)?;
        helpers.extend(names.iter().map(ToString::to_string));
    }
    Ok(Procedural::Derive(name.to_string(), helpers))
}
