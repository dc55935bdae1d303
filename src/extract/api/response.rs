//! The responses of an operation: what each carries, and where it leads on.

use super::content::{self, of_media_types, of_swagger, swagger_media_types};
use super::direction::Direction;
use super::document::Version;
use super::example::inline;
use super::fields::Rows;
use super::page::Page;
use super::parameter::named_row;
use super::status::reason;
use crate::data::{Entry, Value};
use crate::graph::{Block, Field, Prose, Relation};

/// Shows the responses of `operation` by status, below a heading of `level`.
pub(super) fn show<'d>(page: &mut Page<'d>, operation: &'d Value, level: u8) {
    let entries: Vec<&Entry> = operation
        .get("responses")
        .map_or(&[][..], Value::entries)
        .iter()
        .filter(|entry| !entry.key.starts_with("x-"))
        .collect();
    if entries.is_empty() {
        return;
    }
    page.heading(level, "Responses");
    let mut rows = Rows::of_operation(Relation::Returns);
    for entry in entries {
        let response = page.document().follow(&entry.value);
        let mut words = Prose::default();
        content::push_code(&mut words, &entry.key);
        // OpenAPI 3.2 lets a response be called something.
        let summary = page.document().said(&entry.value, "summary").and_then(Value::as_str).map(str::trim);
        if let Some(name) = summary.filter(|summary| !summary.is_empty()).or_else(|| reason(&entry.key)) {
            words.push_text(&format!(" {name}"));
        }
        page.heading_of(level + 1, &format!("response-{}", entry.key), words);
        page.markdown(page.document().said(&entry.value, "description"), level.saturating_add(2));
        headers(page, &mut rows, response);
        let contents = if page.document().version == Version::Swagger {
            of_swagger(swagger_media_types(page.document(), operation, "produces"), response)
        } else {
            of_media_types(page, response)
        };
        content::show(page, contents, &mut rows, Direction::Response);
        links(page, response);
    }
}

fn headers<'d>(page: &mut Page<'d>, rows: &mut Rows<'d>, response: &'d Value) {
    let mut fields = Vec::new();
    for entry in response.get("headers").map_or(&[][..], Value::entries) {
        fields.extend(named_row(page, rows, &entry.key, &entry.value));
    }
    if !fields.is_empty() {
        page.prose(Prose::html("<p class=\"fields-title\">Headers</p>"));
        page.body.push(Block::Fields(fields));
    }
}

/// Where a response leads on: operations that take a part of it.
fn links<'d>(page: &mut Page<'d>, response: &'d Value) {
    let document = page.document();
    let mut fields = Vec::new();
    for entry in response.get("links").map_or(&[][..], Value::entries) {
        let link = document.follow(&entry.value);
        let named = link.get("operationId").and_then(Value::as_str);
        let mut kind = Prose::default();
        match named.and_then(|id| Some((id, page.context.operations.get(id)?))) {
            Some((id, &operation)) => kind.push_way(operation, id),
            None => kind.push_text(named.or_else(|| link.get("operationRef")?.as_str()).unwrap_or_default()),
        }
        let parameters = link.get("parameters").map_or(&[][..], Value::entries).iter();
        let mut notes: Vec<(String, String)> =
            parameters.map(|given| (given.key.to_string(), inline(&given.value))).collect();
        notes.extend(link.get("requestBody").map(|body| ("body".to_owned(), inline(body))));
        let server = link.get("server").and_then(|server| server.get("url")?.to_text());
        notes.extend(server.map(|server| ("server".to_owned(), server)));
        let description = page.cell(document.said(&entry.value, "description"));
        fields.push(Field { name: entry.key.to_string(), kind, notes, description, ..Field::default() });
    }
    if !fields.is_empty() {
        page.prose(Prose::html("<p class=\"fields-title\">Links</p>"));
        page.body.push(Block::Fields(fields));
    }
}
