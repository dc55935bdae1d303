//! A request's body -> ways to write it: as text with an example to begin with, as the fields of a form, as a file.

use std::collections::HashSet;

use super::input::{is_bytes, meant, of_schema, of_stated, style};
use crate::data::{Data, Entry, Value};
use crate::extract::api::call::{Call, place};
use crate::extract::api::carried;
use crate::extract::api::content::{is_json, swagger_media_types};
use crate::extract::api::direction::Direction;
use crate::extract::api::document::{Document, Version};
use crate::extract::api::literal::{self, Form};
use crate::extract::api::made;
use crate::graph::request_form::{Content, Input, Payload, Place, Shape};

/// So many media types can be chosen from.
const MOST_CONTENTS: usize = 12;

/// Fields beyond these have no input.
const MOST_FIELDS: usize = 150;

/// Examples that would be longer are left out: readers find them on the page.
const MOST_VALUES: usize = 400;

/// So many parts of a schema are looked into for fields.
const MOST_PARTS: usize = 40;

/// The media type of what a form sends unless something else is said.
const URL_ENCODED: &str = "application/x-www-form-urlencoded";

/// The ways to write the body of `call`, and whether there has to be one.
pub(super) fn bodies<'d>(document: &Document<'d>, call: &Call<'d>, parameters: &[&'d Value]) -> (Vec<Content>, bool) {
    if document.version == Version::Swagger {
        return of_swagger(document, call.value, parameters);
    }
    let Some(body) = call.value.get("requestBody").map(|body| document.follow(body)) else {
        return (Vec::new(), false);
    };
    let mut bodies: Vec<Content> = Vec::new();
    for entry in body.get("content").map_or(&[][..], Value::entries).iter().take(MOST_CONTENTS) {
        let media = document.follow(&entry.value);
        add(&mut bodies, entry.key.to_string(), payload(document, &entry.key, media));
    }
    bodies.sort_by_key(|content| !content.types.iter().any(|media_type| is_json(media_type)));
    (bodies, body.get("required").and_then(Value::as_bool) == Some(true))
}

/// Media types that are written alike stand together.
fn add(bodies: &mut Vec<Content>, media_type: String, payload: Payload) {
    match bodies.iter_mut().find(|known| known.payload == payload) {
        Some(known) => known.types.push(media_type),
        None => bodies.push(Content { types: vec![media_type], payload }),
    }
}

fn payload<'d>(document: &Document<'d>, media_type: &str, media: &'d Value) -> Payload {
    let schema = media.get("schema").or_else(|| media.get("itemSchema"));
    if is_form(media_type) {
        let fields = schema.map(|schema| fields(document, schema, media, media_type)).unwrap_or_default();
        let is_typed = fields.is_empty() && !media_type.starts_with("multipart/");
        return if is_typed { Payload::Text(String::new()) } else { Payload::Fields(fields) };
    }
    let json = is_json(media_type);
    let of_schema = schema.map(|schema| of_schema(document, "", schema));
    let is_file = of_schema.is_some_and(|input| input.shape == Shape::File);
    if !json && (is_file || is_bytes(media_type)) {
        return Payload::File;
    }
    let given = carried::example(document, media).cloned();
    let value = given.or_else(|| made::draft(document, schema.filter(|_| json)?, Direction::Request));
    Payload::Text(value.map(|value| text(&value, json)).unwrap_or_default())
}

/// `value` as the text of a body. Nothing where it would be long.
fn text(value: &Value, json: bool) -> String {
    if literal::cost(value, MOST_VALUES) >= MOST_VALUES {
        return String::new();
    }
    match (&value.data, json) {
        (Data::String(text), false) => text.to_string(),
        (Data::Map(_) | Data::List(_), false) => String::new(),
        _ => literal::write(value, Form::LINE, &mut MOST_VALUES.clone()),
    }
}

fn is_form(media_type: &str) -> bool {
    let kind = media_type.split(';').next().unwrap_or_default().trim();
    kind == URL_ENCODED || kind == "multipart/form-data" || kind == "multipart/mixed"
}

/// The fields of a form.
fn fields<'d>(document: &Document<'d>, schema: &'d Value, media: &'d Value, media_type: &str) -> Vec<Input> {
    let followed = document.follow(schema);
    let has_fields = ["properties", "allOf"].iter().any(|key| followed.get(key).is_some());
    let mut waiting = vec![if has_fields { followed } else { meant(document, schema) }];
    let (mut fields, mut required): (Vec<Input>, HashSet<&str>) = (Vec::new(), HashSet::new());
    for at in 0..MOST_PARTS {
        let Some(part) = waiting.get(at) else { break };
        let named = part.get("required").map_or(&[][..], Value::items).iter().take(MOST_FIELDS);
        required.extend(named.filter_map(Value::as_str));
        for entry in part.get("properties").map_or(&[][..], Value::entries).iter().take(MOST_FIELDS) {
            let is_known = fields.len() >= MOST_FIELDS || fields.iter().any(|field| *field.name == *entry.key);
            let is_given = document.follow(&entry.value).get("readOnly").and_then(Value::as_bool) == Some(true);
            if !is_known && !is_given {
                fields.push(field(document, entry, media, media_type));
            }
        }
        let parts = part.get("allOf").map_or(&[][..], Value::items).iter().take(MOST_PARTS);
        waiting.extend(parts.map(|part| document.follow(part)));
    }
    for field in &mut fields {
        field.required = required.contains(field.name.as_str());
    }
    fields
}

/// The field of a form that the property `entry` is.
fn field<'d>(document: &Document<'d>, entry: &'d Entry, media: &'d Value, media_type: &str) -> Input {
    let mut field = of_schema(document, &entry.key, &entry.value);
    let encoding = media.get("encoding").and_then(|encodings| encodings.get(&entry.key));
    if let Some(encoding) = encoding {
        style(&mut field, encoding);
    }
    let called = encoding.and_then(|encoding| encoding.get("contentType")).and_then(Value::as_str);
    // A part about which nothing is said is a file (OpenAPI 3.1, 4.8.14.4).
    let says_nothing = meant(document, &entry.value).entries().iter().all(|entry| &*entry.key == "description");
    let is_part = field.shape == Shape::Text && media_type.starts_with("multipart/");
    if is_part && (says_nothing || called.is_some_and(is_bytes)) {
        field.shape = Shape::File;
        field.value = None;
    }
    field
}

/// Swagger 2.0 has its bodies among the parameters: one as a whole, or fields of a form.
fn of_swagger<'d>(document: &Document<'d>, operation: &'d Value, parameters: &[&'d Value]) -> (Vec<Content>, bool) {
    let is_required = |parameter: &Value| parameter.get("required").and_then(Value::as_bool) == Some(true);
    let mut consumes = swagger_media_types(document, operation, "consumes");
    consumes.truncate(MOST_CONTENTS);
    if let Some(body) = parameters.iter().find(|parameter| place(parameter) == "body") {
        let types = if consumes.is_empty() { vec!["application/json"] } else { consumes };
        let mut bodies = Vec::new();
        for media_type in types.into_iter().filter(|media_type| !is_form(media_type)) {
            add(&mut bodies, media_type.to_owned(), payload(document, media_type, body));
        }
        return (bodies, is_required(body));
    }
    let fields = parameters.iter().filter(|parameter| place(parameter) == "formData");
    let fields = fields.take(MOST_FIELDS).map(|field| of_stated(document, field, Place::Around));
    let fields: Vec<Input> = fields.collect();
    if fields.is_empty() {
        return (Vec::new(), false);
    }
    let has_file = fields.iter().any(|field| matches!(field.shape, Shape::File | Shape::Files));
    let mut types: Vec<String> = consumes.iter().filter(|name| is_form(name)).map(|name| (*name).to_owned()).collect();
    types.retain(|name| !has_file || name != URL_ENCODED);
    if types.is_empty() {
        types.push(if has_file { "multipart/form-data" } else { URL_ENCODED }.to_owned());
    }
    let needs_body = fields.iter().any(|field| field.required);
    (vec![Content { types, payload: Payload::Fields(fields) }], needs_body)
}
