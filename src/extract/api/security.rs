//! Who may call: the ways to authenticate that a specification knows, and those that a call asks for.

use super::content::push_code;
use super::document::{Document, Version};
use super::page::Page;
use crate::data::Value;
use crate::graph::{Block, Field, Prose};

/// Every way to authenticate that the specification knows, by name.
pub(super) fn schemes<'d>(document: &Document<'d>) -> Option<&'d Value> {
    match document.version {
        Version::Swagger => document.root.get("securityDefinitions"),
        Version::V30 | Version::V31 => document.root.get("components")?.get("securitySchemes"),
    }
}

/// The way to authenticate called `name`.
pub(super) fn scheme<'d>(document: &Document<'d>, name: &str) -> Option<&'d Value> {
    schemes(document)?.get(name).map(|scheme| document.follow(scheme))
}

/// What a call asks for, its own `security` or else the specification's: alternatives, each of which names what has to be
/// shown together.
pub(super) fn required<'d>(document: &Document<'d>, operation: &'d Value) -> &'d [Value] {
    operation.get("security").or_else(|| document.root.get("security")).map_or(&[][..], Value::items)
}

/// Shows every way to authenticate.
pub(super) fn show_schemes(page: &mut Page<'_>) {
    let document = page.document();
    let entries = schemes(document).map_or(&[][..], Value::entries);
    if entries.is_empty() {
        return;
    }
    page.heading(2, "Authentication");
    let mut fields = Vec::new();
    for entry in entries {
        let scheme = document.follow(&entry.value);
        let notes = web_notes(scheme, &[("openIdConnectUrl", "configuration"), ("oauth2MetadataUrl", "metadata")]);
        let anchor = page.anchor(&format!("security-{}", entry.key));
        fields.push(Field {
            name: entry.key.to_string(),
            anchor,
            kind: Prose::text(&kind(scheme)),
            marks: deprecated(scheme),
            notes,
            description: page.cell(scheme.get("description")),
            children: flows(page, scheme),
        });
    }
    page.body.push(Block::Fields(fields));
}

fn deprecated(scheme: &Value) -> Vec<String> {
    let deprecated = scheme.get("deprecated").and_then(Value::as_bool) == Some(true);
    if deprecated { vec!["deprecated".to_owned()] } else { Vec::new() }
}

/// What a scheme is: "HTTP bearer token (JWT)", "API key in the header `X-Key`".
pub(super) fn kind(scheme: &Value) -> String {
    let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
    match text("type") {
        "http" => match text("scheme").to_ascii_lowercase().as_str() {
            "bearer" if text("bearerFormat").is_empty() => "HTTP bearer token".to_owned(),
            "bearer" => format!("HTTP bearer token ({})", text("bearerFormat")),
            "basic" => "HTTP basic: name and password".to_owned(),
            other => format!("HTTP {other}"),
        },
        "basic" => "HTTP basic: name and password".to_owned(),
        "apiKey" => format!("API key in the {} {}", text("in"), text("name")),
        "oauth2" => "OAuth 2.0".to_owned(),
        "openIdConnect" => "OpenID Connect".to_owned(),
        "mutualTLS" => "client certificate".to_owned(),
        other => other.to_owned(),
    }
}

/// The flows of OAuth 2.0, each with its scopes.
fn flows<'d>(page: &mut Page<'d>, scheme: &'d Value) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    // Swagger 2.0 has one flow, written into the scheme itself.
    if let Some(name) = scheme.get("flow").and_then(Value::as_str) {
        fields.push(flow(page, name, scheme));
    }
    for entry in scheme.get("flows").map_or(&[][..], Value::entries) {
        fields.push(flow(page, &entry.key, &entry.value));
    }
    fields
}

fn flow<'d>(page: &mut Page<'d>, name: &str, flow: &'d Value) -> Field {
    let urls = [
        ("authorizationUrl", "authorise at"),
        ("deviceAuthorizationUrl", "authorise devices at"),
        ("tokenUrl", "tokens from"),
        ("refreshUrl", "refresh at"),
    ];
    let mut children = Vec::new();
    for scope in flow.get("scopes").map_or(&[][..], Value::entries) {
        let description = page.cell(Some(&scope.value));
        children.push(Field { name: scope.key.to_string(), description, ..Field::default() });
    }
    Field {
        name: name.to_owned(),
        kind: Prose::text("flow"),
        notes: web_notes(flow, &urls),
        children,
        ..Field::default()
    }
}

fn web_notes(value: &Value, keys: &[(&str, &str)]) -> Vec<(String, String)> {
    let note = |&(key, words): &(&str, &str)| Some((words.to_owned(), value.get(key)?.as_str()?.to_owned()));
    keys.iter().filter_map(note).collect()
}

/// Shows what a call asks for: its own `security`, else the specification's.
pub(super) fn show_requirements(page: &mut Page<'_>, operation: &Value) {
    let stated = operation.get("security").or_else(|| page.document().root.get("security"));
    let Some(alternatives) = stated.map(Value::items) else { return };
    page.heading(2, "Authentication");
    let is_open = |requirement: &Value| requirement.entries().is_empty();
    if alternatives.iter().all(is_open) {
        return page.prose(Prose::html("<p>None needed.</p>"));
    }
    let mut prose = Prose::html(if alternatives.len() > 1 { "<p>One of:</p><ul>" } else { "<ul>" });
    for requirement in alternatives {
        prose.html.push_str("<li>");
        if is_open(requirement) {
            prose.push_text("none");
        }
        for (index, scheme) in requirement.entries().iter().enumerate() {
            if index > 0 {
                prose.push_text(" together with ");
            }
            push_code(&mut prose, &scheme.key);
            let scopes = scheme.value.items().iter().filter_map(Value::as_str);
            for (index, scope) in scopes.enumerate() {
                prose.push_text(if index == 0 { " with " } else { ", " });
                push_code(&mut prose, scope);
            }
        }
        prose.html.push_str("</li>");
    }
    prose.html.push_str("</ul>");
    page.prose(prose);
}
