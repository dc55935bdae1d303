//! Types, bounds and generics of rustdoc's JSON -> Rust as it is written.

use super::document::Made;
use crate::data::Value;

/// A type.
pub(super) fn type_text(value: &Value) -> String {
    let Some(entry) = value.entries().first() else {
        // Only `infer` has nothing to say.
        return "_".to_owned();
    };
    let inner = &entry.value;
    let within = || inner.get("type").map_or_else(String::new, type_text);
    match &*entry.key {
        "resolved_path" => path(inner),
        "dyn_trait" => {
            let lifetime = inner.get("lifetime").and_then(Value::as_str).map(str::to_owned);
            let bounds: Vec<String> = inner.get("traits").map_or(&[][..], Value::items).iter().map(bound).collect();
            format!("dyn {}", bounds.into_iter().chain(lifetime).collect::<Vec<_>>().join(" + "))
        }
        "generic" => text(inner).to_owned(),
        "primitive" if text(inner) == "never" => "!".to_owned(),
        "primitive" => text(inner).to_owned(),
        "function_pointer" => {
            let sig = inner.get("sig");
            let inputs = sig.and_then(|sig| sig.get("inputs")).map_or(&[][..], Value::items);
            let inputs = inputs.iter().filter_map(|input| input.items().get(1)).map(type_text);
            let binder = binder(inner.get("generic_params"));
            let header = inner.get("header").map_or_else(String::new, header);
            format!("{binder}{header}fn({}){}", list(inputs), output(sig.and_then(|sig| sig.get("output"))))
        }
        "tuple" if inner.items().len() == 1 => format!("({},)", list(inner.items().iter().map(type_text))),
        "tuple" => format!("({})", list(inner.items().iter().map(type_text))),
        "slice" => format!("[{}]", type_text(inner)),
        "array" => format!("[{}; {}]", within(), inner.get("len").map_or("", text)),
        "pat" => within(),
        "impl_trait" => format!("impl {}", bounds(inner.items())),
        "raw_pointer" => {
            let kind = if is(inner, "is_mutable") { "mut" } else { "const" };
            format!("*{kind} {}", grouped(inner.get("type")))
        }
        "borrowed_ref" => {
            let lifetime =
                inner.get("lifetime").and_then(Value::as_str).map_or_else(String::new, |name| name.to_owned() + " ");
            let mutable = if is(inner, "is_mutable") { "mut " } else { "" };
            format!("&{lifetime}{mutable}{}", grouped(inner.get("type")))
        }
        "qualified_path" => qualified(inner),
        _ => "_".to_owned(),
    }
}

/// A type behind `&` or `*`, where a sum needs parentheses.
fn grouped(value: Option<&Value>) -> String {
    let text = value.map_or_else(String::new, type_text);
    let is_sum = (text.starts_with("dyn ") || text.starts_with("impl ")) && text.contains(" + ");
    if is_sum { format!("({text})") } else { text }
}

fn qualified(inner: &Value) -> String {
    let name = inner.get("name").map_or("", text);
    let arguments = inner.get("args").map_or_else(String::new, arguments);
    let of = inner.get("self_type");
    let is_parameter = of.is_some_and(|of| of.get("generic").is_some());
    let of = of.map_or_else(String::new, type_text);
    let of_trait = inner.get("trait").map(path).unwrap_or_default();
    match is_parameter || of_trait.is_empty() {
        true => format!("{of}::{name}{arguments}"),
        false => format!("<{of} as {of_trait}>::{name}{arguments}"),
    }
}

/// A path with its arguments.
pub(super) fn path(value: &Value) -> String {
    let name = value.get("path").or_else(|| value.get("name")).map_or("", text);
    name.to_owned() + &value.get("args").map_or_else(String::new, arguments)
}

fn arguments(value: &Value) -> String {
    if let Some(inner) = value.get("angle_bracketed") {
        let given = inner.get("args").map_or(&[][..], Value::items).iter().map(argument);
        let constraints = inner.get("constraints").map_or(&[][..], Value::items).iter().map(constraint);
        let all: Vec<String> = given.chain(constraints).collect();
        return if all.is_empty() { String::new() } else { format!("<{}>", all.join(", ")) };
    }
    match value.get("parenthesized") {
        Some(inner) => {
            let inputs = inner.get("inputs").map_or(&[][..], Value::items).iter().map(type_text);
            format!("({}){}", list(inputs), output(inner.get("output")))
        }
        // What is left says `(..)`, or nothing.
        None if value.as_str() == Some("return_type_notation") => "(..)".to_owned(),
        None => String::new(),
    }
}

fn argument(value: &Value) -> String {
    match value.entries().first() {
        Some(entry) if &*entry.key == "type" => type_text(&entry.value),
        Some(entry) if &*entry.key == "const" => constant_argument(&entry.value),
        Some(entry) => text(&entry.value).to_owned(),
        None => "_".to_owned(),
    }
}

/// A value for a const parameter: in braces, unless it is a literal or a name.
fn constant_argument(value: &Value) -> String {
    let written = value.get("expr").map_or("", text);
    let is_word = |text: &str| text.chars().all(|character| character.is_alphanumeric() || character == '_');
    let is_plain = is_word(written.trim_start_matches('-')) || written.starts_with(['{', '"', '\'']);
    if is_plain { written.to_owned() } else { format!("{{ {written} }}") }
}

fn constraint(value: &Value) -> String {
    let name = value.get("name").map_or("", text);
    let arguments = value.get("args").map_or_else(String::new, arguments);
    let binding = value.get("binding");
    let equal = binding.and_then(|binding| binding.get("equality"));
    let term = equal.map(|equal| match (equal.get("type"), equal.get("constant")) {
        (Some(of), _) => type_text(of),
        (None, constant) => constant.map_or_else(String::new, constant_argument),
    });
    match (term, binding.and_then(|binding| binding.get("constraint"))) {
        (Some(term), _) => format!("{name}{arguments} = {term}"),
        (None, Some(of)) => format!("{name}{arguments}: {}", bounds(of.items())),
        (None, None) => name.to_owned(),
    }
}

/// Bounds, joined by `+`.
pub(super) fn bounds(values: &[Value]) -> String {
    let all: Vec<String> = values.iter().map(bound).filter(|bound| !bound.is_empty()).collect();
    all.join(" + ")
}

fn bound(value: &Value) -> String {
    if let Some(lifetime) = value.get("outlives").and_then(Value::as_str) {
        return lifetime.to_owned();
    }
    if let Some(captured) = value.get("use") {
        let names = captured.items().iter().map(|name| match name.entries().first() {
            Some(entry) => text(&entry.value).to_owned(),
            None => text(name).to_owned(),
        });
        return format!("use<{}>", list(names));
    }
    let inner = value.get("trait_bound").unwrap_or(value);
    let mark = match inner.get("modifier").and_then(Value::as_str) {
        Some("maybe") => "?",
        _ => "",
    };
    let of_trait = inner.get("trait").map(path).unwrap_or_default();
    format!("{mark}{}{of_trait}", binder(inner.get("generic_params")))
}

/// `for<'a> `, or nothing.
fn binder(parameters: Option<&Value>) -> String {
    let names: Vec<String> = parameters.map_or(&[][..], Value::items).iter().filter_map(parameter).collect();
    if names.is_empty() { String::new() } else { format!("for<{}> ", names.join(", ")) }
}

/// The parameters of an item in angle brackets, or nothing.
pub(super) fn parameters(item: Made<'_>) -> String {
    let all = item.inner.get("generics").and_then(|generics| generics.get("params"));
    let all: Vec<String> = all.map_or(&[][..], Value::items).iter().filter_map(parameter).collect();
    if all.is_empty() { String::new() } else { format!("<{}>", all.join(", ")) }
}

/// `None` for what stands for `impl Trait`.
fn parameter(value: &Value) -> Option<String> {
    let name = value.get("name").map_or("", text);
    let entry = value.get("kind")?.entries().first()?;
    let inner = &entry.value;
    let colon = |bounds: String| if bounds.is_empty() { bounds } else { format!(": {bounds}") };
    match &*entry.key {
        "lifetime" => {
            let outlives = inner.get("outlives").map_or(&[][..], Value::items).iter().map(text).collect::<Vec<_>>();
            Some(name.to_owned() + &colon(outlives.join(" + ")))
        }
        "type" if is(inner, "is_synthetic") => None,
        "type" => {
            let given = inner.get("default").filter(|default| !default.entries().is_empty());
            let given = given.map_or_else(String::new, |default| format!(" = {}", type_text(default)));
            Some(name.to_owned() + &colon(bounds(inner.get("bounds").map_or(&[][..], Value::items))) + &given)
        }
        _ => {
            let given = inner.get("default").and_then(Value::as_str);
            let given = given.map_or_else(String::new, |default| format!(" = {default}"));
            Some(format!("const {name}: {}{given}", inner.get("type").map_or_else(String::new, type_text)))
        }
    }
}

/// The `where` clause of an item, or nothing.
pub(super) fn clauses(item: Made<'_>) -> String {
    let all = item.inner.get("generics").and_then(|generics| generics.get("where_predicates"));
    let all: Vec<String> = all.map_or(&[][..], Value::items).iter().filter_map(clause).collect();
    if all.is_empty() { String::new() } else { format!(" where {}", all.join(", ")) }
}

fn clause(value: &Value) -> Option<String> {
    let entry = value.entries().first()?;
    let inner = &entry.value;
    match &*entry.key {
        "bound_predicate" => {
            let of = inner.get("type").map_or_else(String::new, type_text);
            let bounds = bounds(inner.get("bounds").map_or(&[][..], Value::items));
            Some(format!("{}{of}: {bounds}", binder(inner.get("generic_params"))))
        }
        "lifetime_predicate" => {
            let outlives: Vec<&str> = inner.get("outlives").map_or(&[][..], Value::items).iter().map(text).collect();
            Some(format!("{}: {}", inner.get("lifetime").map_or("", text), outlives.join(" + ")))
        }
        // Rust has no way to write this yet.
        _ => None,
    }
}

/// `const unsafe extern "C" `, as far as it applies.
pub(super) fn header(value: &Value) -> String {
    let mut words = String::new();
    for (name, word) in [("is_const", "const "), ("is_async", "async "), ("is_unsafe", "unsafe ")] {
        if is(value, name) {
            words.push_str(word);
        }
    }
    let abi = value.get("abi").and_then(|abi| match abi.entries().first() {
        Some(entry) if &*entry.key == "Other" => Some(text(&entry.value).trim_matches('"').to_owned()),
        Some(entry) if is(&entry.value, "unwind") => Some(format!("{}-unwind", entry.key)),
        Some(entry) => Some(entry.key.to_string()),
        None => None,
    });
    match abi {
        Some(abi) if abi.chars().next().is_some_and(char::is_uppercase) && abi != "C" => {
            words.push_str(&format!("extern \"{}\" ", abi.to_lowercase()));
        }
        Some(abi) => words.push_str(&format!("extern \"{abi}\" ")),
        None => {}
    }
    words
}

/// ` -> Type`, or nothing.
pub(super) fn output(value: Option<&Value>) -> String {
    let given = value.filter(|value| !value.entries().is_empty());
    given.map_or_else(String::new, |of| format!(" -> {}", type_text(of)))
}

pub(super) fn list(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join(", ")
}

pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Whether `name` in `value` is true.
pub(super) fn is(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool).unwrap_or(false)
}
