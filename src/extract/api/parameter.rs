//! The parameters of an operation and the headers of a response, as rows.

use std::collections::HashSet;

use super::call::place;
use super::content::value_of_example;
use super::document::Document;
use super::fields::Rows;
use super::notes::{notes, writing};
use super::page::Page;
use super::shape::meant;
use crate::data::Value;
use crate::graph::{Block, Field, Prose, Relation};

/// The places of parameters, in the order in which a request is written.
const PLACES: &[(&str, &str)] =
    &[("path", "Path"), ("query", "Query"), ("querystring", "Query"), ("header", "Header"), ("cookie", "Cookie")];

/// The parameters of `operation` and of the path items around it, as they are written: possibly as references.
pub(super) fn references<'d>(operation: &'d Value, items: &[&'d Value; 2]) -> Vec<&'d Value> {
    let sources = [operation, items[0], items[1]].into_iter();
    sources.flat_map(|source| source.get("parameters").map_or(&[][..], Value::items)).collect()
}

/// The first of `parameters` with each name and place.
fn different<'d>(document: &Document<'d>, parameters: &[&'d Value]) -> Vec<&'d Value> {
    let mut seen = HashSet::new();
    let is_first = |parameter: &&&'d Value| {
        let parameter = document.follow(parameter);
        seen.insert((parameter.get("name").and_then(Value::to_text), place(parameter)))
    };
    parameters.iter().filter(is_first).copied().collect()
}

/// Shows `parameters` by place, below a heading of `level`.
pub(super) fn show<'d>(page: &mut Page<'d>, parameters: &[&'d Value], level: u8) {
    let document = page.document();
    let parameters = different(document, parameters);
    let mut rows = Rows::of_operation(Relation::Accepts);
    let mut has_heading = false;
    for (name, label) in PLACES {
        let fields: Vec<Field> = parameters
            .iter()
            .filter(|parameter| place(document.follow(parameter)) == *name)
            .filter_map(|parameter| row(page, &mut rows, parameter))
            .collect();
        if fields.is_empty() {
            continue;
        }
        if !has_heading {
            page.heading(level, "Parameters");
            has_heading = true;
        }
        page.heading_of(level + 1, &format!("{name}-parameters"), Prose::text(label));
        page.body.push(Block::Fields(fields));
    }
}

/// The row of a parameter or header whose schema may be around it (Swagger 2.0), in it, or in its content.
pub(super) fn row<'d>(page: &mut Page<'d>, rows: &mut Rows<'d>, reference: &'d Value) -> Option<Field> {
    let parameter = page.document().follow(reference);
    let name = parameter.get("name").and_then(Value::to_text).unwrap_or_default();
    let mut field = named_row(page, rows, &name, reference)?;
    field.anchor = page.anchor(&format!("{}-{name}", place(parameter)));
    Some(field)
}

/// The row of a header, or of a parameter, under `name`.
pub(super) fn named_row<'d>(
    page: &mut Page<'d>,
    rows: &mut Rows<'d>,
    name: &str,
    reference: &'d Value,
) -> Option<Field> {
    let document = page.document();
    let parameter = document.follow(reference);
    let content = parameter.get("content").and_then(|content| content.entries().first());
    let content_schema = content.and_then(|entry| entry.value.get("schema"));
    let schema = parameter.get("schema").or(content_schema).unwrap_or(parameter);
    let mut field = rows.field(page, name, schema, 0)?;
    if !std::ptr::eq(schema, parameter) {
        if let Some(description) = document.said(reference, "description") {
            field.description = page.cell(Some(description));
        }
        if parameter.get("deprecated").and_then(Value::as_bool) == Some(true) {
            field.marks.push("deprecated".to_owned());
            field.marks.dedup();
        }
        let example = |note: &(String, String)| note.0 == "example";
        let named = parameter.get("examples").and_then(|examples| examples.entries().first());
        let named = named.and_then(|entry| value_of_example(document.follow(&entry.value)));
        let named = named.map(|value| ("example".to_owned(), super::example::inline(value)));
        if let Some(own) = notes(parameter).into_iter().find(example).or(named) {
            field.notes.retain(|note| !example(note));
            field.notes.push(own);
        }
    }
    if let Some(media_type) = content.filter(|_| content_schema.is_some()) {
        field.notes.push(("media type".to_owned(), media_type.key.to_string()));
    }
    field.notes.extend(writing(name, parameter, meant(page, schema).1));
    if parameter.get("required").and_then(Value::as_bool) == Some(true) {
        field.marks.insert(0, "required".to_owned());
    }
    Some(field)
}
