//! The page of an operation or webhook.

use super::call::{self, Call, place};
use super::content::{self, of_media_types, of_swagger, swagger_media_types};
use super::direction::Direction;
use super::document::Version;
use super::fields::Rows;
use super::kind::OPERATION;
use super::page::{Context, Page};
use super::{parameter, response, security, server};
use crate::data::Value;
use crate::graph::{Block, Fact, Field, Fragment, Home, Link, Need, Node, NodeId, Prose, Relation, Target};
use crate::source::Interned;

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
    let parameters = call::parameters(page.document(), call.value, call.items);
    parameter::show(&mut page, &parameters, 2);
    body(&mut page, call);
    request(&mut page, call);
    response::show(&mut page, call.value, 2);
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

/// What the service calls back: each call with what it sends and what it takes for an answer.
fn callbacks<'d>(page: &mut Page<'d>, operation: &'d Value) {
    let document = page.document();
    let entries = operation.get("callbacks").map_or(&[][..], Value::entries);
    if entries.is_empty() {
        return;
    }
    page.heading(2, "Callbacks");
    for entry in entries {
        page.heading_of(3, &format!("callback-{}", entry.key), Prose::text(&entry.key));
        let addresses = document.follow(&entry.value).entries().iter().filter(|entry| !entry.key.starts_with("x-"));
        for address in addresses {
            let items = [&address.value, document.follow(&address.value)];
            for (method, entry) in super::call::methods(items) {
                let call = document.follow(&entry.value);
                if !page.take_step() {
                    return;
                }
                page.body.push(Block::Operation {
                    method,
                    path: address.key.to_string(),
                    deprecated: call.get("deprecated").and_then(Value::as_bool) == Some(true),
                });
                page.markdown(call.get("description").or_else(|| call.get("summary")), 4);
                parameter::show(page, &call::parameters(document, call, items), 4);
                if let Some(body) = call.get("requestBody") {
                    show_body(page, body, &mut Rows::of_operation(Relation::RefersTo), 4);
                }
                response::show(page, call, 4);
            }
        }
    }
}

fn body<'d>(page: &mut Page<'d>, call: &Call<'d>) {
    let mut rows = Rows::of_operation(Relation::Accepts);
    if page.document().version == Version::Swagger {
        return swagger_body(page, call, &mut rows);
    }
    let Some(body) = call.value.get("requestBody") else { return };
    show_body(page, body, &mut rows, 2);
}

fn body_heading(page: &mut Page<'_>, level: u8, required: bool) {
    let words = if required { "Request body (required)" } else { "Request body" };
    page.heading_of(level, "request-body", Prose::text(words));
}

fn show_body<'d>(page: &mut Page<'d>, body: &'d Value, rows: &mut Rows<'d>, level: u8) {
    let description = page.document().said(body, "description");
    let body = page.document().follow(body);
    let required = body.get("required").and_then(Value::as_bool) == Some(true);
    body_heading(page, level, required);
    page.markdown(description, level + 1);
    let contents = of_media_types(page, body);
    content::show(page, contents, rows, Direction::Request);
}

/// Swagger 2.0 has its bodies among the parameters: one as a whole, or fields of a form.
fn swagger_body<'d>(page: &mut Page<'d>, call: &Call<'d>, rows: &mut Rows<'d>) {
    let parameters = call.parameters(page.document());
    let media_types = swagger_media_types(page.document(), call.value, "consumes");
    if let Some(body) = parameters.iter().find(|parameter| place(parameter) == "body") {
        let required = body.get("required").and_then(Value::as_bool) == Some(true);
        body_heading(page, 2, required);
        page.markdown(body.get("description"), 3);
        return content::show(page, of_swagger(media_types, body), rows, Direction::Request);
    }
    let form = parameters.iter().filter(|parameter| place(parameter) == "formData");
    let fields: Vec<Field> = form.filter_map(|parameter| parameter::row(page, rows, parameter)).collect();
    if !fields.is_empty() {
        body_heading(page, 2, false);
        page.body.push(Block::Fields(fields));
    }
}
