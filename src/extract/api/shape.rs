//! The type of a schema in a few words, with links on the names of schemas: "array of `Order`", "string (date) or null".

use super::document::{Named, reference_of};
use super::page::Page;
use crate::data::{Data, Value};
use crate::graph::{Prose, Relation};
use crate::source::Span;

/// How deep a type is spelt out; `array of array of …` ends here.
const DEEPEST: usize = 6;

/// How many alternatives are spelt out.
const MOST_ALTERNATIVES: usize = 4;

/// How many alternatives are looked at.
const MOST_READ: usize = 1_000;

/// Writes the type of `schema`. Links on schemas' names state `relation`, if any.
pub(super) fn shape<'d>(page: &mut Page<'d>, schema: &'d Value, relation: Option<Relation>) -> Prose {
    let mut prose = Prose::default();
    write(page, &mut prose, schema, relation, 0);
    prose
}

fn write<'d>(page: &mut Page<'d>, prose: &mut Prose, schema: &'d Value, relation: Option<Relation>, depth: usize) {
    let document = page.document();
    let (named, value) = document.schema(schema);
    if let Some(named) = named {
        page.push_schema(prose, named, relation, written(schema));
        if nullable(schema) {
            prose.push_text(" or null");
        }
        // A name alone does not say what to write, where that is one value.
        if depth == 0 && is_plain(value) {
            prose.push_text(" · ");
            write(page, prose, value, None, depth + 1);
        }
        return;
    }
    if let (Some(reference), true) = (reference_of(schema), std::ptr::eq(schema, value)) {
        // It leads nowhere; its last part says what was meant.
        prose.push_text(reference.rsplit(['/', '#']).find(|part| !part.is_empty()).unwrap_or(reference));
        return;
    }
    match value.data {
        Data::Bool(true) => return prose.push_text("any value"),
        Data::Bool(false) => return prose.push_text("no value"),
        _ => {}
    }
    if depth >= DEEPEST || !page.take_step() {
        return prose.push_text("…");
    }
    for (key, word) in [("oneOf", "one of "), ("anyOf", "any of ")] {
        let alternatives = value.get(key).map_or(&[][..], Value::items);
        if !alternatives.is_empty() {
            write_alternatives(page, prose, alternatives, word, relation, depth);
            return write_null(prose, value);
        }
    }
    let parts = value.get("allOf").map_or(&[][..], Value::items);
    if let Some(first) = only_reference(page, parts) {
        write(page, prose, first, relation, depth + 1);
        return write_null(prose, value);
    }
    if write_parts(page, prose, parts, relation) {
        return write_null(prose, value);
    }
    let types = types(value);
    if types.is_empty() {
        prose.push_text(implied(value));
        return write_null(prose, value);
    }
    for (index, &name) in types.iter().enumerate() {
        if index > 0 {
            prose.push_text(" or ");
        }
        match name {
            "array" if value.get("items").is_some_and(|items| items.as_bool() != Some(false)) => {
                prose.push_text("array of ");
                if let Some(items) = value.get("items") {
                    write_inner(page, prose, items, relation, depth);
                }
            }
            "object" if is_map(value) => {
                prose.push_text("map of ");
                match value.get("additionalProperties") {
                    Some(values) => write_inner(page, prose, values, relation, depth),
                    None => prose.push_text("any value"),
                }
            }
            name => prose.push_text(name),
        }
    }
    if let Some(format) = value.get("format").and_then(Value::as_str) {
        prose.push_text(&format!(" ({format})"));
    }
    write_null(prose, value);
}

/// Whether `value` is a single value or a list, and says so by its type alone.
fn is_plain(value: &Value) -> bool {
    let types = types(value);
    let is_composed = ["oneOf", "anyOf", "allOf", "$ref"].iter().any(|key| value.get(key).is_some());
    !types.is_empty() && !is_composed && !types.contains(&"object")
}

/// Writes what a list or map has, in parentheses when it is something or null: the list may be null as well.
fn write_inner<'d>(
    page: &mut Page<'d>,
    prose: &mut Prose,
    schema: &'d Value,
    relation: Option<Relation>,
    depth: usize,
) {
    let mut inner = Prose::default();
    write(page, &mut inner, schema, relation, depth + 1);
    let is_grouped = inner.html.ends_with(" or null");
    if is_grouped {
        prose.push_text("(");
    }
    prose.append(inner);
    if is_grouped {
        prose.push_text(")");
    }
}

fn write_alternatives<'d>(
    page: &mut Page<'d>,
    prose: &mut Prose,
    alternatives: &'d [Value],
    word: &str,
    relation: Option<Relation>,
    depth: usize,
) {
    // `oneOf: [Order, {type: "null"}]` is how OpenAPI 3.1 says "Order or null".
    let is_null = |value: &&'d Value| value.get("type").and_then(Value::as_str) == Some("null");
    let (nulls, others): (Vec<&Value>, Vec<&Value>) = alternatives.iter().take(MOST_READ).partition(is_null);
    // Constants with words of their own are an enumeration.
    let are_constants = others.iter().all(|value| value.get("const").is_some());
    let shown = if are_constants { 1 } else { MOST_ALTERNATIVES };
    if others.len() > 1 && !are_constants {
        prose.push_text(word);
    }
    for (index, alternative) in others.iter().take(shown).enumerate() {
        if index > 0 {
            prose.push_text(", ");
        }
        write(page, prose, alternative, relation, depth + 1);
    }
    if others.len() > shown && !are_constants {
        prose.push_text(&format!(" and {} more", others.len() - shown));
    }
    if !nulls.is_empty() {
        prose.push_text(if others.is_empty() { "null" } else { " or null" });
    }
}

/// The only part of an `allOf` that refers to a schema, when the others add no fields: the usual way to describe a
/// reference in OpenAPI 3.0.
fn only_reference<'d>(page: &Page<'d>, parts: &'d [Value]) -> Option<&'d Value> {
    let document = page.document();
    let parts = &parts[..parts.len().min(MOST_READ)];
    let mut named = parts.iter().filter(|part| document.schema(part).0.is_some());
    let first = named.next()?;
    let adds = |part: &&'d Value| part.get("properties").is_some() || part.get("allOf").is_some();
    (named.next().is_none() && !parts.iter().any(|part| adds(&part))).then_some(first)
}

/// Writes the schemas that an object is put together from. False when none of its parts has a name.
fn write_parts<'d>(page: &mut Page<'d>, prose: &mut Prose, parts: &'d [Value], relation: Option<Relation>) -> bool {
    let document = page.document();
    let parts = &parts[..parts.len().min(MOST_READ)];
    let mut shown = 0;
    for part in parts {
        let (Some(named), _) = document.schema(part) else { continue };
        if shown > 0 {
            prose.push_text(" and ");
        }
        shown += 1;
        page.push_schema(prose, named, relation, written(part));
    }
    if 0 < shown && shown < parts.len() {
        prose.push_text(" and more");
    }
    shown > 0
}

/// Where the reference that `schema` is stands.
pub(super) fn written(schema: &Value) -> Span {
    schema.get("$ref").unwrap_or(schema).span
}

fn write_null(prose: &mut Prose, value: &Value) {
    if nullable(value) && !types(value).contains(&"null") {
        prose.push_text(" or null");
    }
}

/// Whether `null` is allowed by OpenAPI 3.0's `nullable` or the extension that came before it.
fn nullable(value: &Value) -> bool {
    let says = |key| value.get(key).and_then(Value::as_bool) == Some(true);
    says("nullable") || says("x-nullable")
}

/// The types that a schema states.
pub(super) fn types(value: &Value) -> Vec<&str> {
    match value.get("type") {
        Some(stated) => match &stated.data {
            Data::String(name) => vec![name],
            _ => stated.items().iter().filter_map(Value::as_str).collect(),
        },
        None => Vec::new(),
    }
}

/// What a schema without a type must be, by what it says otherwise.
fn implied(value: &Value) -> &'static str {
    let has = |key| value.get(key).is_some();
    if has("properties") || has("allOf") || has("additionalProperties") || has("patternProperties") {
        "object"
    } else if has("items") || has("prefixItems") {
        "array"
    } else if let Some(constant) = value.get("const").or_else(|| value.get("enum")?.items().first()) {
        match constant.data {
            Data::Null => "null",
            Data::Bool(_) => "boolean",
            Data::Integer(_) => "integer",
            Data::Number(_) => "number",
            Data::String(_) => "string",
            Data::List(_) => "array",
            Data::Map(_) => "object",
        }
    } else {
        "any value"
    }
}

/// Whether an object's fields have no fixed names.
pub(super) fn is_map(value: &Value) -> bool {
    let open = value.get("additionalProperties").is_some_and(|values| !matches!(values.data, Data::Bool(_)));
    open && value.get("properties").is_none_or(|properties| properties.entries().is_empty())
}

/// The schema that `schema` stands for, also where it only wraps a reference: its name, if it has one, and what it says.
pub(super) fn meant<'d>(page: &Page<'d>, schema: &'d Value) -> (Option<Named<'d>>, &'d Value) {
    let mut schema = schema;
    for _ in 0..DEEPEST {
        let (named, value) = page.document().schema(schema);
        let parts = value.get("allOf").map_or(&[][..], Value::items);
        match only_reference(page, parts).filter(|_| named.is_none()) {
            Some(part) => schema = part,
            None => return (named, value),
        }
    }
    page.document().schema(schema)
}

/// The schema that a list's items, a map's values or a wrapped reference come down to, when that is all there is to say
/// about the list or map.
pub(super) fn core<'d>(page: &Page<'d>, schema: &'d Value) -> (Option<Named<'d>>, &'d Value) {
    let document = page.document();
    let mut schema = schema;
    for _ in 0..DEEPEST {
        let (named, value) = document.schema(schema);
        if named.is_some() {
            return (named, value);
        }
        let parts = value.get("allOf").map_or(&[][..], Value::items);
        let inner = match (value.get("items"), value.get("additionalProperties")) {
            (Some(items), _) => items,
            (None, Some(values)) if is_map(value) => values,
            _ => match only_reference(page, parts) {
                Some(part) => part,
                None => return (None, value),
            },
        };
        schema = inner;
    }
    (None, document.follow(schema))
}
