//! Where an API is served.

use std::collections::BTreeSet;

use super::call::Call;
use super::document::{Document, Version};
use super::page::Page;
use crate::data::{Entry, Value};
use crate::graph::request_form::{Input, Server};
use crate::graph::{Block, Field, Prose};

/// The addresses that the specification as a whole is served at.
pub(super) fn addresses(document: &Document<'_>) -> Vec<String> {
    match document.version {
        Version::Swagger => swagger_addresses(document.root),
        Version::V30 | Version::V31 => {
            let servers = document.root.get("servers").map_or(&[][..], Value::items);
            servers.iter().filter_map(|server| server.get("url")?.to_text()).collect()
        }
    }
}

/// The paths below which `call` is served, without those that are the root or depend on a variable.
pub(super) fn bases(document: &Document<'_>, call: &Call<'_>) -> BTreeSet<String> {
    let addresses = match call.servers() {
        Some(own) => own.items().iter().filter_map(|server| server.get("url")?.to_text()).collect(),
        None => addresses(document),
    };
    let base = |address: String| {
        let path = match address.split_once("//") {
            Some((_, rest)) => rest.find('/').map_or("", |slash| &rest[slash..]),
            None => address.as_str(),
        };
        let path = path.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
        (!path.is_empty() && !path.contains('{')).then(|| format!("/{path}"))
    };
    addresses.into_iter().filter_map(base).collect()
}

/// Swagger 2.0 writes an address in three parts, each of which may be missing.
fn swagger_addresses(root: &Value) -> Vec<String> {
    let text = |key: &str| root.get(key).and_then(Value::as_str).unwrap_or_default();
    let (host, base) = (text("host"), text("basePath"));
    if host.is_empty() {
        return if base.is_empty() { Vec::new() } else { vec![base.to_owned()] };
    }
    let schemes: Vec<&str> =
        root.get("schemes").map_or(&[][..], Value::items).iter().filter_map(Value::as_str).collect();
    if schemes.is_empty() {
        return vec![format!("//{host}{base}")];
    }
    schemes.iter().map(|scheme| format!("{scheme}://{host}{base}")).collect()
}

/// Longer words about a server stand on the overview's page only. In bytes.
const LONGEST_REMARK: usize = 80;

/// How many servers, variables of one and values of those can be chosen from.
const MOST_CHOICES: usize = 30;

/// The servers that requests can be sent to, with their variables: those of the first of `places` that has any.
pub(super) fn choices<'d>(document: &Document<'d>, places: [&'d Value; 4]) -> Vec<Server> {
    if document.version == Version::Swagger {
        let url = |url: String| Server { url, ..Server::default() };
        return addresses(document).into_iter().take(MOST_CHOICES).map(url).collect();
    }
    let stated = places.into_iter().map(|place| place.get("servers").map_or(&[][..], Value::items));
    let stated = stated.into_iter().find(|servers| !servers.is_empty()).unwrap_or_default();
    stated.iter().take(MOST_CHOICES).filter_map(choice).collect()
}

fn choice(server: &Value) -> Option<Server> {
    let variable = |entry: &Entry| {
        let choices = entry.value.get("enum").map_or(&[][..], Value::items).iter().take(MOST_CHOICES);
        Input {
            name: entry.key.to_string(),
            required: true,
            value: entry.value.get("default").and_then(Value::to_text),
            choices: choices.filter_map(Value::to_text).collect(),
            ..Input::default()
        }
    };
    let about = server.get("description").and_then(Value::as_str).unwrap_or_default().trim();
    let about = about.lines().next().filter(|line| line.len() <= LONGEST_REMARK).unwrap_or_default();
    let variables = server.get("variables").map_or(&[][..], Value::entries).iter().take(MOST_CHOICES);
    Some(Server {
        url: server.get("url")?.to_text()?,
        about: about.to_owned(),
        variables: variables.map(variable).collect(),
    })
}

/// Shows the servers of the specification.
pub(super) fn show_all(page: &mut Page<'_>) {
    let document = page.document();
    if document.version == Version::Swagger {
        let fields: Vec<Field> =
            addresses(document).into_iter().map(|name| Field { name, ..Field::default() }).collect();
        if !fields.is_empty() {
            page.heading(2, "Servers");
            page.body.push(Block::Fields(fields));
        }
        return;
    }
    show(page, document.root.get("servers"));
}

/// Shows the servers that `servers` lists, with their variables.
pub(super) fn show<'d>(page: &mut Page<'d>, servers: Option<&'d Value>) {
    let servers = servers.map_or(&[][..], Value::items);
    if servers.is_empty() {
        return;
    }
    page.heading(2, "Servers");
    let mut fields = Vec::new();
    for server in servers {
        let description = page.cell(server.get("description"));
        let mut children = Vec::new();
        for variable in server.get("variables").map_or(&[][..], Value::entries) {
            let notes = super::notes::notes(&variable.value);
            let description = page.cell(variable.value.get("description"));
            let kind = Prose::text("variable");
            children.push(Field { name: variable.key.to_string(), kind, notes, description, ..Field::default() });
        }
        let name = server.get("url").and_then(Value::to_text).unwrap_or_default();
        // OpenAPI 3.2 lets servers be called something.
        let kind = Prose::text(server.get("name").and_then(Value::as_str).unwrap_or_default());
        fields.push(Field { name, kind, description, children, ..Field::default() });
    }
    page.body.push(Block::Fields(fields));
}
