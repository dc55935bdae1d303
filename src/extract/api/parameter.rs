//! The parameters of an operation and the headers of a response, as rows.

use super::call::place;
use super::carried;
use super::example::inline;
use super::fields::Rows;
use super::notes::{may_hold, written};
use super::page::Page;
use super::shape::meant;
use crate::data::Value;
use crate::graph::{Block, Field, Prose, Relation};

/// The places of parameters, in the order in which a request is written.
const PLACES: &[(&str, &str)] =
    &[("path", "Path"), ("query", "Query"), ("querystring", "Query"), ("header", "Header"), ("cookie", "Cookie")];

/// Shows `parameters` (as they are written, possibly as references) by place, below a heading of `level`.
pub(super) fn show<'d>(page: &mut Page<'d>, parameters: &[&'d Value], level: u8) {
    let document = page.document();
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
    let schema = carried::schema(document, parameter);
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
        if let Some(own) = carried::example(document, parameter) {
            field.notes.retain(|note| !example(note));
            field.notes.push(("example".to_owned(), inline(own)));
        }
    }
    match carried::content(document, parameter) {
        Some((media_type, _)) => field.notes.push(("media type".to_owned(), media_type.to_owned())),
        None => field.notes.extend(written(name, parameter, meant(page, schema).1)),
    }
    field.notes.extend(may_hold(parameter));
    if parameter.get("required").and_then(Value::as_bool) == Some(true) {
        field.marks.insert(0, "required".to_owned());
    }
    Some(field)
}
