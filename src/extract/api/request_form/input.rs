//! A parameter, or a field of a form -> an input: what it consists of, how it is written, what stands there at first.

use crate::data::{Data, Value};
use crate::extract::api::carried::{self, Writing, writing};
use crate::extract::api::content::is_json;
use crate::extract::api::document::Document;
use crate::extract::api::literal::{self, Form};
use crate::extract::api::shape::types;
use crate::graph::request_form::{Input, Place, Shape, Style};

/// Schemas within schemas are looked into this deep, for what they come down to.
const DEEPEST: usize = 6;

/// Values that can be chosen from; where there are more, readers type.
const MOST_CHOICES: usize = 80;

/// A value that stands there at first is left out when it would be longer.
const MOST_VALUES: usize = 60;

/// The input for a parameter. `None` for what is no part of an address or a head.
pub(super) fn of_parameter<'d>(document: &Document<'d>, parameter: &'d Value) -> Option<Input> {
    let place = match parameter.get("in").and_then(Value::as_str)? {
        "path" => Place::Path,
        "query" => Place::Query,
        "querystring" => Place::QueryString,
        "header" => Place::Header,
        "cookie" => Place::Cookie,
        _ => return None,
    };
    let mut input = of_stated(document, parameter, place);
    input.required |= place == Place::Path;
    Some(input)
}

/// The input for what says its own name, whatever its place.
pub(super) fn of_stated<'d>(document: &Document<'d>, parameter: &'d Value, place: Place) -> Input {
    let name = parameter.get("name").and_then(Value::to_text).unwrap_or_default();
    let mut input = Input { place, ..of_schema(document, &name, carried::schema(document, parameter)) };
    input.required = parameter.get("required").and_then(Value::as_bool) == Some(true);
    let content = carried::content(document, parameter);
    let of_content = || carried::example(document, content?.1);
    if let Some(example) = carried::example(document, parameter).or_else(of_content) {
        input.value = written(example, input.shape);
    }
    match content {
        Some((media_type, _)) if is_json(media_type) => (input.shape, input.style) = (Shape::Json, Style::Json),
        Some(_) => input.shape = Shape::Text,
        None => style(&mut input, parameter),
    }
    input
}

/// The input for a field called `name` whose schema is `schema`.
pub(super) fn of_schema<'d>(document: &Document<'d>, name: &str, schema: &'d Value) -> Input {
    let meant = meant(document, schema);
    let item = meant.get("items").map(|items| self::meant(document, items));
    let shape = match (kind(meant), item.map(kind)) {
        (Kind::File, _) => Shape::File,
        (Kind::List, Some(Kind::File)) => Shape::Files,
        (Kind::List, Some(Kind::Value) | None) => Shape::List,
        (Kind::Object | Kind::List, _) => Shape::Json,
        (Kind::Value, _) => Shape::Text,
    };
    let of_choices = item.filter(|_| shape == Shape::List).unwrap_or(meant);
    let stated = stated(document.follow(schema)).or_else(|| stated(meant));
    Input {
        name: name.to_owned(),
        value: stated.and_then(|value| written(value, shape)),
        choices: if matches!(shape, Shape::Text | Shape::List) { choices(of_choices) } else { Vec::new() },
        shape,
        ..Input::default()
    }
}

/// Writes down how a value is written, where `stated` (a parameter, the encoding of a field) says so.
pub(super) fn style(input: &mut Input, stated: &Value) {
    let place = match input.place {
        Place::Path => "path",
        Place::Header => "header",
        _ => "query",
    };
    let Writing { style, explode } = writing(stated, place);
    input.style = match style {
        "label" => Style::Label,
        "matrix" => Style::Matrix,
        "spaceDelimited" => Style::Spaces,
        "tabDelimited" => Style::Tabs,
        "pipeDelimited" => Style::Pipes,
        "deepObject" => Style::Deep,
        _ => Style::Usual,
    };
    // What goes without saying is left out: single values are written alike.
    let is_usual = input.style == Style::Usual && place == "query";
    let has_parts = matches!(input.shape, Shape::List | Shape::Json);
    input.explode = Some(explode).filter(|explode| has_parts && *explode != is_usual && input.style != Style::Deep);
}

/// What a schema describes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Value,
    List,
    Object,
    File,
}

fn kind(schema: &Value) -> Kind {
    let has = |key: &str| schema.get(key).is_some();
    let text = |key: &str| schema.get(key).and_then(Value::as_str).unwrap_or_default();
    match types(schema).into_iter().find(|name| *name != "null") {
        Some("array") => Kind::List,
        Some("object") => Kind::Object,
        Some("file") => Kind::File,
        Some("string") if text("format") == "binary" || text("contentEncoding") == "binary" => Kind::File,
        Some("string") if !has("contentEncoding") && is_bytes(text("contentMediaType")) => Kind::File,
        Some(_) => Kind::Value,
        None if has("items") || has("prefixItems") => Kind::List,
        None if has("properties") || has("additionalProperties") => Kind::Object,
        None if is_bytes(text("contentMediaType")) => Kind::File,
        None => Kind::Value,
    }
}

/// Whether what is of that media type cannot be typed.
pub(super) fn is_bytes(media_type: &str) -> bool {
    let kind = media_type.split(';').next().unwrap_or_default().trim();
    let (first, second) = kind.split_once('/').unwrap_or_default();
    matches!(first, "image" | "audio" | "video" | "font")
        || matches!(second, "octet-stream" | "pdf" | "zip" | "gzip" | "x-tar" | "x-gzip" | "wasm" | "protobuf" | "*")
}

/// What a schema comes down to: what it refers to, and where it only joins or chooses from others, the first of them.
pub(super) fn meant<'d>(document: &Document<'d>, schema: &'d Value) -> &'d Value {
    let mut schema = document.follow(schema);
    for _ in 0..DEEPEST {
        if ["type", "properties", "items", "enum", "const"].iter().any(|key| schema.get(key).is_some()) {
            break;
        }
        let others = ["allOf", "oneOf", "anyOf"].iter().flat_map(|key| schema.get(key).map_or(&[][..], Value::items));
        let is_null = |of: &&'d Value| types(document.follow(of)) == ["null"];
        match others.into_iter().find(|of| !is_null(of)) {
            Some(first) => schema = document.follow(first),
            None => break,
        }
    }
    schema
}

/// What a schema says itself of its value.
fn stated(schema: &Value) -> Option<&Value> {
    let first = schema.get("examples").and_then(|examples| examples.items().first());
    let found = schema.get("example").or(first).or_else(|| schema.get("const")).or_else(|| schema.get("default"));
    found.filter(|value| !matches!(value.data, Data::Null))
}

/// `value` as it stands in an input of that shape; `None` where it does not fit, or is long.
fn written(value: &Value, shape: Shape) -> Option<String> {
    if matches!(shape, Shape::File | Shape::Files) || literal::cost(value, MOST_VALUES) >= MOST_VALUES {
        return None;
    }
    let json = || literal::write(value, Form::LINE, &mut MOST_VALUES.clone());
    match (shape, &value.data) {
        (Shape::List, Data::List(items)) => {
            let lines: Option<Vec<String>> = items.iter().map(Value::to_text).collect();
            lines.map(|lines| lines.join("\n"))
        }
        (Shape::Json, Data::List(_) | Data::Map(_)) | (Shape::Text, Data::Map(_)) => Some(json()),
        // In a list that is written as text the commas part items, as in the address that it was taken from.
        (Shape::List, Data::String(text)) => Some(text.split(',').collect::<Vec<_>>().join("\n")),
        (Shape::Text, Data::List(items)) => items.first().and_then(Value::to_text),
        _ => value.to_text(),
    }
}

/// The values that a schema allows, where they are few.
fn choices(schema: &Value) -> Vec<String> {
    if types(schema).contains(&"boolean") {
        return vec!["true".to_owned(), "false".to_owned()];
    }
    let listed = schema.get("enum").map_or(&[][..], Value::items);
    if listed.len() > MOST_CHOICES {
        return Vec::new();
    }
    listed.iter().filter_map(Value::to_text).collect()
}
