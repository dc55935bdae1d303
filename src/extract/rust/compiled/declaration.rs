//! Items of rustdoc's JSON -> Rust that declares them, for the reader of files.

use std::fmt::Write;

use super::document::{Document, Made};
use super::mentions::imports;
use super::type_text::{bounds, clauses, header, is, list, output, parameters, path, text, type_text};
use crate::data::Value;
use crate::extract::rust::syntax::{Lexer, Token};

/// Deeper modules are left out.
const DEEPEST: usize = 64;

/// Declares `item`, a thing that stands in a module, with all that is in it but its implementations. `None` for what has
/// no declaration.
fn declaration(document: &Document<'_>, item: Made<'_>, depth: usize) -> Option<String> {
    let name = name(item.name());
    let (inner, generics, clauses) = (item.inner, parameters(item), clauses(item));
    let of_type = || inner.get("type").map_or_else(String::new, type_text);
    let declared = match item.kind {
        "module" if depth < DEEPEST => {
            let within: Vec<Made<'_>> = document.listed(inner, "items").filter(Made::is_public).collect();
            let is_own = |name: &str| within.iter().any(|item| item.name() == name);
            let imports = imports(document, within.iter().copied(), is_own);
            let within: Vec<String> =
                within.iter().flat_map(|item| with_implementations(document, *item, depth + 1)).collect();
            format!("pub mod {name} {{\n{imports}{}\n}}", within.join("\n"))
        }
        "use" => {
            let source = inner.get("source").map_or("", text);
            match (is(inner, "is_glob"), inner.get("name").map_or("", text)) {
                (true, _) => format!("pub use {source}::*;"),
                (false, name) if source.rsplit("::").next() == Some(name) => format!("pub use {source};"),
                (false, name) => format!("pub use {source} as {name};"),
            }
        }
        "struct" => match inner.get("kind") {
            Some(kind) if kind.get("tuple").is_some() => {
                format!("pub struct {name}{generics}{}{clauses};", tuple(document, kind, "pub "))
            }
            Some(kind) if kind.get("plain").is_some() => {
                let plain = kind.get("plain").map_or_else(String::new, |plain| fields(document, plain, "pub "));
                format!("pub struct {name}{generics}{clauses} {{ {plain} }}")
            }
            _ => format!("pub struct {name}{generics}{clauses};"),
        },
        "union" => format!("pub union {name}{generics}{clauses} {{ {} }}", fields(document, inner, "pub ")),
        "enum" => {
            let variants: Vec<String> =
                document.listed(inner, "variants").map(|variant| self::variant(document, variant)).collect();
            format!("pub enum {name}{generics}{clauses} {{\n{}\n}}", variants.join(",\n"))
        }
        "trait" => {
            let words = [("is_unsafe", "unsafe "), ("is_auto", "auto ")]
                .map(|(key, word)| if is(inner, key) { word } else { "" });
            let above = bounds(inner.get("bounds").map_or(&[][..], Value::items));
            let above = if above.is_empty() { above } else { format!(": {above}") };
            let items: Vec<String> = document.listed(inner, "items").filter_map(|item| member(item, "")).collect();
            format!("pub {}trait {name}{generics}{above}{clauses} {{\n{}\n}}", words.concat(), items.join("\n"))
        }
        "function" => format!("pub {} {{}}", function(item)),
        "type_alias" => format!("pub type {name}{generics}{clauses} = {};", of_type()),
        "constant" => {
            let value = inner.get("const").map_or("_", |value| worked_out(value));
            format!("pub const {name}: {} = {value};", of_type())
        }
        "static" => {
            let mutable = if is(inner, "is_mutable") { "mut " } else { "" };
            format!("pub static {mutable}{name}: {} = {};", of_type(), expression(inner.get("expr").map_or("", text)))
        }
        "macro" => format!("#[macro_export]\n{}", inner.as_str()?),
        _ => return None,
    };
    Some(attributes(item) + &declared)
}

/// `item`, which so many modules are around, and what is implemented for it. Calls itself for modules.
pub(super) fn with_implementations(document: &Document<'_>, item: Made<'_>, depth: usize) -> Vec<String> {
    let implementations = document.listed(item.inner, "impls").filter(|item| is_shown(*item));
    let implementations = implementations.map(|item| implementation(document, item, |_| true));
    declaration(document, item, depth).into_iter().chain(implementations).collect()
}

/// Whether an implementation is listed: auto traits and blanket implementations are not.
pub(super) fn is_shown(item: Made<'_>) -> bool {
    item.kind == "impl"
        && !item.is("is_synthetic")
        && item.inner.get("blanket_impl").is_none_or(|of| of.entries().is_empty())
}

/// The implementation `item`, with those of its items that are `wanted`.
pub(super) fn implementation(document: &Document<'_>, item: Made<'_>, wanted: impl Fn(Made<'_>) -> bool) -> String {
    let (inner, generics, clauses) = (item.inner, parameters(item), clauses(item));
    let of_trait = inner.get("trait").filter(|of| !of.entries().is_empty());
    let of = inner.get("for").map_or_else(String::new, type_text);
    let items = document.listed(inner, "items").filter(|item| wanted(*item));
    let visible = if of_trait.is_some() { "" } else { "pub " };
    let items: Vec<String> = items.filter_map(|item| member(item, visible)).collect();
    let word = if is(inner, "is_unsafe") { "unsafe " } else { "" };
    let not = if is(inner, "is_negative") { "!" } else { "" };
    let of_trait = of_trait.map_or_else(String::new, |of| format!("{not}{} for ", path(of)));
    let text = format!("{}{word}impl{generics} {of_trait}{of}{clauses} {{\n{}\n}}", attributes(item), items.join("\n"));
    detached(&text)
}

/// `text` without the `super::` and `self::` of its paths: nobody knows from which module they lead.
fn detached(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let (mut from, mut tokens) = (0, Lexer::new(text, 0..text.len()).peekable());
    while let Some(token) = tokens.next() {
        let follows = |next: &Token| text.get(next.range()) == Some("::");
        if matches!(text.get(token.range()), Some("super" | "self"))
            && let Some(colons) = tokens.next_if(follows)
        {
            kept.push_str(text.get(from..token.start).unwrap_or_default());
            from = colons.end;
        }
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept
}

/// An item of a trait or an implementation.
fn member(item: Made<'_>, visible: &str) -> Option<String> {
    let (name, inner) = (name(item.name()), item.inner);
    let declared = match item.kind {
        "function" => {
            let body = if item.is("has_body") { " {}" } else { ";" };
            format!("{visible}{}{body}", function(item))
        }
        "assoc_const" => {
            let value = inner.get("value").and_then(Value::as_str);
            let value = value.map_or_else(String::new, |value| format!(" = {}", expression(value)));
            format!("{visible}const {name}: {}{value};", inner.get("type").map_or_else(String::new, type_text))
        }
        "assoc_type" => {
            let above = bounds(inner.get("bounds").map_or(&[][..], Value::items));
            let above = if above.is_empty() { above } else { format!(": {above}") };
            let given = inner.get("type").filter(|of| !of.entries().is_empty());
            let given = given.map_or_else(String::new, |of| format!(" = {}", type_text(of)));
            format!("{visible}type {name}{}{above}{given}{};", parameters(item), clauses(item))
        }
        _ => return None,
    };
    Some(attributes(item) + &declared)
}

fn function(item: Made<'_>) -> String {
    let inner = item.inner;
    let sig = inner.get("sig");
    let inputs = sig.and_then(|sig| sig.get("inputs")).map_or(&[][..], Value::items).iter();
    let mut inputs: Vec<String> = inputs.map(input).collect();
    if sig.is_some_and(|sig| is(sig, "is_c_variadic")) {
        inputs.push("...".to_owned());
    }
    let output = output(sig.and_then(|sig| sig.get("output")));
    let header = inner.get("header").map_or_else(String::new, header);
    let (generics, clauses) = (parameters(item), clauses(item));
    format!("{header}fn {}{generics}({}){output}{clauses}", name(item.name()), inputs.join(", "))
}

fn input(value: &Value) -> String {
    let [called, of] = value.items() else { return String::new() };
    let of = type_text(of);
    let called = text(called);
    if called == "self" {
        return match of.strip_suffix("Self") {
            Some("") => "self".to_owned(),
            Some(reference) if reference.starts_with('&') && !reference.contains(['<', '(']) => {
                format!("{reference}self")
            }
            _ => format!("self: {of}"),
        };
    }
    // A pattern says nothing to a caller.
    let is_word = called.chars().all(|character| character.is_alphanumeric() || character == '_')
        && !called.is_empty()
        && !called.starts_with("__arg");
    format!("{}: {of}", if is_word { name(called) } else { "_".to_owned() })
}

/// Named fields.
fn fields(document: &Document<'_>, holder: &Value, visible: &str) -> String {
    let shown = document.listed(holder, "fields");
    let mut all: Vec<String> = shown
        .map(|field| format!("{}{visible}{}: {}", attributes(field), name(field.name()), type_text(field.inner)))
        .collect();
    if is(holder, "has_stripped_fields") {
        all.push("_private: ()".to_owned());
    }
    all.join(", ")
}

/// Fields by position. What is hidden has no id.
fn tuple(document: &Document<'_>, kind: &Value, visible: &str) -> String {
    let field = |place: &Value| match place.as_integer().and_then(|id| document.item(id)) {
        Some(field) => format!("{}{visible}{}", attributes(field), type_text(field.inner)),
        None => "_".to_owned(),
    };
    format!("({})", list(kind.get("tuple").map_or(&[][..], Value::items).iter().map(field)))
}

fn variant(document: &Document<'_>, item: Made<'_>) -> String {
    let fields = match item.inner.get("kind") {
        Some(kind) if kind.get("tuple").is_some() => tuple(document, kind, ""),
        Some(kind) if kind.get("struct").is_some() => {
            format!(" {{ {} }}", kind.get("struct").map_or_else(String::new, |of| self::fields(document, of, "")))
        }
        _ => String::new(),
    };
    let value = item.inner.get("discriminant").filter(|value| !value.entries().is_empty());
    let value = value.map_or_else(String::new, |value| format!(" = {}", worked_out(value)));
    format!("{}{}{fields}{value}", attributes(item), name(item.name()))
}

/// Documentation, and the attributes that readers are told of.
fn attributes(item: Made<'_>) -> String {
    let mut said = String::new();
    if let Some(docs) = item.item.get("docs").and_then(Value::as_str) {
        // Writing to a string cannot fail.
        let _ = writeln!(said, "#[doc = {docs:?}]");
    }
    if let Some(deprecation) = item.item.get("deprecation").filter(|deprecation| !deprecation.entries().is_empty()) {
        let given =
            |name: &str| deprecation.get(name).and_then(Value::as_str).map(|value| format!("{name} = {value:?}"));
        let _ = writeln!(said, "#[deprecated({})]", list(["since", "note"].into_iter().filter_map(given)));
    }
    for attribute in item.item.get("attrs").map_or(&[][..], Value::items) {
        // A word, a map by the attribute's name, or the attribute as it is written or as the compiler keeps it.
        let named = attribute.entries().first().map_or("", |entry| &*entry.key);
        let written = attribute.as_str().unwrap_or_else(|| attribute.get("other").map_or(named, text));
        for (names, meant) in
            [(["must_use", "MustUse"], "#[must_use]"), (["non_exhaustive", "NonExhaustive"], "#[non_exhaustive]")]
        {
            if names.iter().any(|name| written.contains(name)) {
                let _ = writeln!(said, "{meant}");
            }
        }
    }
    said
}

/// A value as it is written, or as the compiler worked it out where the JSON does not say how it is written.
fn worked_out(value: &Value) -> &str {
    let given = |name| value.get(name).and_then(Value::as_str);
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let is_whole = |written: &&str| written.split(|character| !is_word(character)).all(|word| word != "_");
    let written = given("expr").filter(is_whole);
    expression(written.or(given("value")).or(given("expr")).unwrap_or("_"))
}

/// A value, as far as it can be read.
fn expression(written: &str) -> &str {
    if syn::parse_str::<syn::Expr>(written).is_ok() { written } else { "_" }
}

/// A name, as it is written where keywords are in the way.
fn name(name: &str) -> String {
    let is_plain =
        syn::parse_str::<syn::Ident>(name).is_ok() || ["", "_", "self", "Self", "super", "crate"].contains(&name);
    if is_plain { name.to_owned() } else { format!("r#{name}") }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{detached, with_implementations};
    use crate::data::read_json;
    use crate::extract::rust::compiled::document::Document;
    use crate::source::{RepoPath, SourceFile};

    #[test]
    fn a_module_in_itself_ends() {
        let item = |items: &str| {
            format!(
                r#"{{ "crate_id": 0, "name": "a", "visibility": "public", "inner": {{ "module": {{ "items": [{items}] }} }} }}"#
            )
        };
        let text = format!(r#"{{ "root": 0, "index": {{ "0": {}, "1": {} }} }}"#, item("1"), item("1"));
        let file = SourceFile::new(RepoPath::new("a.json").unwrap(), text);
        let value = read_json(&file, 0..file.text().len()).0.unwrap();
        let document = Document::new(&value).unwrap();
        let texts = with_implementations(&document, document.item(1).unwrap(), 0);
        assert_eq!(texts[0].matches("pub mod a").count(), super::DEEPEST);
    }

    #[test]
    fn paths_lose_what_depends_on_the_module() {
        let cases = [
            ("impl super::A for self::b::C {}", "impl A for b::C {}"),
            (
                "impl A { #[doc = \"super::A\"] fn a(self) -> super::super::B {} }",
                "impl A { #[doc = \"super::A\"] fn a(self) -> B {} }",
            ),
        ];
        for (written, expected) in cases {
            assert_eq!(detached(written), expected);
        }
    }
}
