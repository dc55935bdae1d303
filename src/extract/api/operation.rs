//! The page of an operation or webhook.

use super::call::{Call, place};
use super::content::{self, of_media_types, of_swagger};
use super::document::{Document, Version};
use super::fields::{Rows, notes};
use super::generated::Direction;
use super::kind::OPERATION;
use super::page::{Context, Page};
use super::status::reason;
use super::{security, server};
use crate::data::{Entry, Value};
use crate::graph::{Block, Fact, Field, Fragment, Home, Link, Need, Node, NodeId, Prose, Relation, Target};
use crate::source::Interned;

/// The places of parameters, in the order in which a request is written.
const PLACES: &[(&str, &str)] =
    &[("path", "Path"), ("query", "Query"), ("querystring", "Query"), ("header", "Header"), ("cookie", "Cookie")];

/// Where a call stands among the others.
pub(super) struct Place<'a> {
    /// The page that it is below: that of a tag, or the overview.
    pub(super) below: NodeId,
    /// The heading above it there; empty for none.
    pub(super) heading: &'a str,
    /// What else it is a part of.
    pub(super) part_of: Vec<NodeId>,
}

/// Adds the node of `call` to `fragment`.
pub(super) fn add<'d>(
    context: &'d Context<'d>,
    call: &Call<'d>,
    place: &Place<'_>,
    order: i64,
    fragment: &mut Fragment,
) {
    let document = context.document;
    let title = title(call);
    let mut node = Node::new(call.id, call.kind, title, call.span, Home::page(call.route.clone()));
    node.parent = Some(place.below);
    place.heading.clone_into(&mut node.group);
    node.order = Some(order);
    let mut names = vec![call.signature(), format!("{}/{}", document.name, call.signature())];
    names.extend(call.operation_id.map(str::to_owned));
    if !std::ptr::eq(call.kind, &OPERATION) {
        names.push(call.path.to_owned());
    }
    names.extend(server::bases(document, call).iter().map(|base| format!("{} {base}{}", call.method, call.path)));
    node.names = names.iter().map(|name| Interned::new(name)).collect();
    node.facts.insert("method", Fact::from(call.method.as_str()));
    node.facts.insert("path", Fact::from(call.path));
    if let Some(id) = call.operation_id {
        node.facts.insert("operation_id", Fact::from(id));
    }
    if let Some(deprecated) = call.deprecated() {
        node.facts.insert("deprecated", Fact::from(deprecated));
    }
    node.facts.insert("documented", Fact::from(call.is_documented()));
    if call.value.get("tags").is_some() {
        node.facts.insert("tags", Fact::from(call.tags.clone()));
    }

    let mut page = Page::new(context, call.id);
    page.body.push(Block::Operation {
        method: call.method.clone(),
        path: call.path.to_owned(),
        deprecated: call.deprecated() == Some(true),
    });
    let item_text = call.items.iter().find_map(|item| item.get("description"));
    node.summary = page.markdown(call.value.get("description").or(item_text), 2);
    more(&mut page, call.value);
    parameters(&mut page, call);
    body(&mut page, call);
    request(&mut page, call);
    responses(&mut page, call.value);
    callbacks(&mut page, call.value);
    security::show_requirements(&mut page, call.value);
    server::show(&mut page, call.servers());
    page.finish(node, fragment);
    fragment.links.extend(place.part_of.iter().map(|&whole| Link {
        from: call.id,
        relation: Relation::PartOf,
        target: Target::Known(whole),
        span: call.span,
        need: Need::May,
        flipped: false,
    }));
    fragment.links.extend(handler(call));
}

/// The function that serves the operation, when the specification names it.
fn handler(call: &Call<'_>) -> Option<Link> {
    let named = call.value.get("x-livedoc-handler")?;
    let text = named.as_str()?.trim().trim_start_matches("rust:").to_owned();
    let target = Target::Named { scheme: Interned::new("rust"), text };
    Some(Link { from: call.id, relation: Relation::Handles, target, span: named.span, need: Need::Must, flipped: true })
}

/// The summary, when it is a line; else method and path.
fn title(call: &Call<'_>) -> String {
    let summary = call.value.get("summary").and_then(Value::as_str).map(str::trim).unwrap_or_default();
    let line = summary.lines().next().unwrap_or_default().trim();
    if !line.is_empty() && line.chars().count() <= 120 {
        return line.to_owned();
    }
    if std::ptr::eq(call.kind, &OPERATION) { call.signature() } else { call.path.to_owned() }
}

/// A link to documentation elsewhere.
pub(super) fn more(page: &mut Page<'_>, value: &Value) {
    let Some(documentation) = value.get("externalDocs") else { return };
    let Some(url) = documentation.get("url") else { return };
    let words = documentation.get("description").and_then(Value::as_str).or(url.as_str()).unwrap_or_default();
    let mut prose = Prose::html("<p>See also ");
    page.push_web(&mut prose, url, words.trim());
    prose.html.push_str("</p>");
    page.prose(prose);
}

fn parameters<'d>(page: &mut Page<'d>, call: &Call<'d>) {
    let parameters = call.parameters(page.document());
    let mut rows = Rows::of_operation(Relation::Accepts);
    let mut has_heading = false;
    for (name, label) in PLACES {
        let fields: Vec<Field> = parameters
            .iter()
            .filter(|parameter| place(parameter) == *name)
            .filter_map(|parameter| parameter_row(page, &mut rows, parameter))
            .collect();
        if fields.is_empty() {
            continue;
        }
        if !has_heading {
            page.heading(2, "Parameters");
            has_heading = true;
        }
        page.heading_of(3, &format!("{name}-parameters"), Prose::text(label));
        page.body.push(Block::Fields(fields));
    }
}

/// The row of a parameter or header whose schema may be around it (Swagger 2.0), in it, or in its content.
fn parameter_row<'d>(page: &mut Page<'d>, rows: &mut Rows<'d>, parameter: &'d Value) -> Option<Field> {
    let name = parameter.get("name").and_then(Value::to_text).unwrap_or_default();
    let mut field = value_row(page, rows, &name, parameter)?;
    field.anchor = page.anchor(&format!("{}-{name}", place(parameter)));
    Some(field)
}

fn value_row<'d>(page: &mut Page<'d>, rows: &mut Rows<'d>, name: &str, parameter: &'d Value) -> Option<Field> {
    let content = parameter.get("content").and_then(|content| content.entries().first());
    let content_schema = content.and_then(|entry| entry.value.get("schema"));
    let schema = parameter.get("schema").or(content_schema).unwrap_or(parameter);
    let mut field = rows.field(page, name, schema, 0)?;
    if !std::ptr::eq(schema, parameter) {
        if let Some(description) = parameter.get("description") {
            field.description = page.cell(Some(description));
        }
        if parameter.get("deprecated").and_then(Value::as_bool) == Some(true) {
            field.marks.push("deprecated".to_owned());
            field.marks.dedup();
        }
        let example = |note: &(String, String)| note.0 == "example";
        let named = parameter.get("examples").and_then(|examples| examples.entries().first());
        let named = named.and_then(|entry| page.document().follow(&entry.value).get("value"));
        let named = named.map(|value| ("example".to_owned(), super::example::inline(value)));
        if let Some(own) = notes(parameter).into_iter().find(example).or(named) {
            field.notes.retain(|note| !example(note));
            field.notes.push(own);
        }
    }
    if parameter.get("required").and_then(Value::as_bool) == Some(true) {
        field.marks.insert(0, "required".to_owned());
    }
    Some(field)
}

/// The request: as a form to send it with, and in several languages. A webhook is no request to the service.
fn request<'d>(page: &mut Page<'d>, call: &Call<'d>) {
    if std::ptr::eq(call.kind, &OPERATION) {
        let parameters = call.parameters(page.document());
        let form = super::request_form::form(page, call, &parameters);
        page.body.extend(form.map(|form| Block::RequestForm(Box::new(form))));
        let samples = super::sample::samples(page, call, &parameters);
        if !samples.is_empty() {
            page.heading(2, "Code samples");
            page.body.push(Block::Samples(samples));
        }
    }
}

fn body<'d>(page: &mut Page<'d>, call: &Call<'d>) {
    let mut rows = Rows::of_operation(Relation::Accepts);
    if page.document().version == Version::Swagger {
        return swagger_body(page, call, &mut rows);
    }
    let Some(body) = call.value.get("requestBody").map(|body| page.document().follow(body)) else { return };
    show_body(page, body, &mut rows, 2);
}

fn body_heading(page: &mut Page<'_>, level: u8, required: bool) {
    let words = if required { "Request body (required)" } else { "Request body" };
    page.heading_of(level, "request-body", Prose::text(words));
}

fn show_body<'d>(page: &mut Page<'d>, body: &'d Value, rows: &mut Rows<'d>, level: u8) {
    let required = body.get("required").and_then(Value::as_bool) == Some(true);
    body_heading(page, level, required);
    page.markdown(body.get("description"), level + 1);
    let contents = of_media_types(page, body);
    content::show(page, contents, rows, Direction::Request);
}

/// Swagger 2.0 has its bodies among the parameters: one as a whole, or fields of a form.
fn swagger_body<'d>(page: &mut Page<'d>, call: &Call<'d>, rows: &mut Rows<'d>) {
    let parameters = call.parameters(page.document());
    let media_types = media_types(page.document(), call.value, "consumes");
    if let Some(body) = parameters.iter().find(|parameter| place(parameter) == "body") {
        let required = body.get("required").and_then(Value::as_bool) == Some(true);
        body_heading(page, 2, required);
        page.markdown(body.get("description"), 3);
        return content::show(page, of_swagger(media_types, body), rows, Direction::Request);
    }
    let form = parameters.iter().filter(|parameter| place(parameter) == "formData");
    let fields: Vec<Field> = form.filter_map(|parameter| parameter_row(page, rows, parameter)).collect();
    if !fields.is_empty() {
        body_heading(page, 2, false);
        page.body.push(Block::Fields(fields));
    }
}

/// The media types that Swagger 2.0 states under `key` for an operation, or for all.
pub(super) fn media_types<'d>(document: &Document<'d>, operation: &'d Value, key: &str) -> Vec<&'d str> {
    let stated = operation.get(key).or_else(|| document.root.get(key));
    stated.map_or(&[][..], Value::items).iter().filter_map(Value::as_str).collect()
}

fn responses<'d>(page: &mut Page<'d>, operation: &'d Value) {
    let entries: Vec<&Entry> = operation
        .get("responses")
        .map_or(&[][..], Value::entries)
        .iter()
        .filter(|entry| !entry.key.starts_with("x-"))
        .collect();
    if entries.is_empty() {
        return;
    }
    page.heading(2, "Responses");
    let mut rows = Rows::of_operation(Relation::Returns);
    for entry in entries {
        let response = page.document().follow(&entry.value);
        let mut words = Prose::default();
        content::push_code(&mut words, &entry.key);
        words.push_text(&reason(&entry.key).map(|reason| format!(" {reason}")).unwrap_or_default());
        page.heading_of(3, &format!("response-{}", entry.key), words);
        page.markdown(response.get("description"), 4);
        headers(page, &mut rows, response);
        let contents = if page.document().version == Version::Swagger {
            of_swagger(media_types(page.document(), operation, "produces"), response)
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
        let header = page.document().follow(&entry.value);
        fields.extend(value_row(page, rows, &entry.key, header));
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
        let notes = parameters.map(|given| (given.key.to_string(), super::example::inline(&given.value))).collect();
        let description = page.cell(link.get("description"));
        fields.push(Field { name: entry.key.to_string(), kind, notes, description, ..Field::default() });
    }
    if !fields.is_empty() {
        page.prose(Prose::html("<p class=\"fields-title\">Links</p>"));
        page.body.push(Block::Fields(fields));
    }
}

/// What the service calls back, told briefly: what it sends and why.
fn callbacks<'d>(page: &mut Page<'d>, operation: &'d Value) {
    let document = page.document();
    let entries = operation.get("callbacks").map_or(&[][..], Value::entries);
    if entries.is_empty() {
        return;
    }
    page.heading(2, "Callbacks");
    let mut rows = Rows::of_operation(Relation::RefersTo);
    for entry in entries {
        page.heading_of(3, &format!("callback-{}", entry.key), Prose::text(&entry.key));
        for address in document.follow(&entry.value).entries() {
            let item = document.follow(&address.value);
            for method in item.entries().iter().filter(|entry| super::call::is_method(&entry.key)) {
                let call = document.follow(&method.value);
                page.body.push(Block::Operation {
                    method: method.key.to_uppercase(),
                    path: address.key.to_string(),
                    deprecated: call.get("deprecated").and_then(Value::as_bool) == Some(true),
                });
                page.markdown(call.get("description").or_else(|| call.get("summary")), 4);
                if let Some(body) = call.get("requestBody") {
                    show_body(page, document.follow(body), &mut rows, 4);
                }
            }
        }
    }
}
