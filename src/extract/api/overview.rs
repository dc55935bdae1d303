//! The page of a specification as a whole: what it is, where it is served, who may call, and every call by its tag.

use std::collections::{BTreeMap, BTreeSet};

use super::call::Call;
use super::content::push_code;
use super::document::Version;
use super::kind::{API, WEBHOOK};
use super::operation::more;
use super::page::{Context, Page};
use super::{security, server};
use crate::data::Value;
use crate::graph::{Block, Fact, Fragment, Home, Node, Prose};
use crate::source::Interned;

/// The heading for operations without a tag, where others have one.
const UNTAGGED: &str = "Other operations";

/// Calls that are listed under one heading.
pub(super) struct Group<'d> {
    /// What readers see.
    pub(super) label: String,
    /// The tag, where it is declared.
    pub(super) tag: Option<&'d Value>,
    /// Places among the specification's calls.
    pub(super) calls: Vec<usize>,
}

/// The calls by their first tag: declared tags in their order, then others as they are met, then calls without any,
/// then webhooks without any.
pub(super) fn groups<'d>(root: &'d Value, calls: &[Call<'d>]) -> Vec<Group<'d>> {
    let mut groups: Vec<Group<'d>> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for tag in root.get("tags").map_or(&[][..], Value::items) {
        let Some(name) = tag.get("name").and_then(Value::as_str) else { continue };
        let shown = ["x-displayName", "summary"].iter().find_map(|key| tag.get(key)?.as_str());
        places.entry(name).or_insert_with(|| {
            groups.push(Group { label: shown.unwrap_or(name).to_owned(), tag: Some(tag), calls: Vec::new() });
            groups.len() - 1
        });
    }
    let is_webhook = |call: &Call<'_>| std::ptr::eq(call.kind, &WEBHOOK);
    for (index, call) in calls.iter().enumerate() {
        if let Some(&tag) = call.tags.first() {
            let place = *places.entry(tag).or_insert_with(|| {
                groups.push(Group { label: tag.to_owned(), tag: None, calls: Vec::new() });
                groups.len() - 1
            });
            groups[place].calls.push(index);
        }
    }
    let untagged = |webhooks: bool| {
        let calls = calls.iter().enumerate();
        let calls = calls.filter(|(_, call)| call.tags.is_empty() && is_webhook(call) == webhooks);
        calls.map(|(index, _)| index).collect::<Vec<_>>()
    };
    let tagged = groups.iter().any(|group| !group.calls.is_empty());
    let label = if tagged { UNTAGGED } else { "Operations" };
    groups.push(Group { label: label.to_owned(), tag: None, calls: untagged(false) });
    groups.push(Group { label: "Webhooks".to_owned(), tag: None, calls: untagged(true) });
    groups.retain(|group| !group.calls.is_empty() || group.tag.is_some());
    groups
}

/// Adds the node of the whole specification to `fragment`. Gives the places of its page.
pub(super) fn add<'d>(
    context: &'d Context<'d>,
    groups: &[Group<'d>],
    calls: &[Call<'d>],
    fragment: &mut Fragment,
) -> BTreeSet<String> {
    let document = context.document;
    let root = document.root;
    let info = |key: &str| root.get("info").and_then(|info| info.get(key));
    let title = info("title").and_then(Value::to_text).map(|title| title.trim().to_owned());
    let title = title.filter(|title| !title.is_empty()).unwrap_or_else(|| document.name.to_owned());
    let id = document.id();
    let span = root.entries().first().map_or(root.span, |first| first.key_span);
    let mut node = Node::new(id, &API, title, span, Home::page(format!("api/{}/", document.name)));
    node.names = vec![Interned::new(&node.title)];
    let format = if document.version == Version::Swagger { "swagger" } else { "openapi" };
    node.facts.insert("format", Fact::from(format));
    let stated = root.get("openapi").or_else(|| root.get("swagger"));
    if let Some(version) = stated.and_then(Value::to_text) {
        node.facts.insert("spec_version", Fact::from(version));
    }
    if let Some(version) = info("version").and_then(Value::to_text) {
        node.facts.insert("version", Fact::from(version));
    }
    let servers = server::addresses(document);
    if !servers.is_empty() {
        node.facts.insert("servers", Fact::from(servers));
    }

    let mut page = Page::new(context, id);
    about(&mut page);
    node.summary = page.markdown(info("description"), 2);
    if let Some(summary) = info("summary").and_then(Value::as_str) {
        summary.trim().clone_into(&mut node.summary);
    }
    more(&mut page, root);
    server::show_all(&mut page);
    security::show_schemes(&mut page);
    for group in groups {
        page.heading(2, &group.label);
        if let Some(tag) = group.tag {
            page.markdown(tag.get("description"), 3);
            more(&mut page, tag);
        }
        list_calls(&mut page, group.calls.iter().map(|&index| &calls[index]));
    }
    list_schemas(&mut page);
    page.finish(node, fragment)
}

/// Licence and whom to ask, in a line.
fn about(page: &mut Page<'_>) {
    let Some(info) = page.document().root.get("info") else { return };
    let mut parts: Vec<Prose> = Vec::new();
    for (key, words) in [("license", "Licence"), ("contact", "Contact")] {
        let Some(value) = info.get(key) else { continue };
        let text = |key: &str| value.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
        let Some(name) = text("name").or_else(|| text("identifier")).or_else(|| text("email")).or_else(|| text("url"))
        else {
            continue;
        };
        let mut prose = Prose::text(&format!("{words}: "));
        match value.get("url") {
            Some(url) => page.push_web(&mut prose, url, name),
            None => prose.push_text(name),
        }
        parts.push(prose);
    }
    if let Some(terms) = info.get("termsOfService") {
        let mut prose = Prose::default();
        page.push_web(&mut prose, terms, "Terms of service");
        parts.push(prose);
    }
    let Some(mut line) = (!parts.is_empty()).then(|| Prose::html("<p>")) else { return };
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            line.html.push_str(" · ");
        }
        line.append(part);
    }
    line.html.push_str("</p>");
    page.prose(line);
}

fn list_calls<'c, 'd: 'c>(page: &mut Page<'d>, calls: impl Iterator<Item = &'c Call<'d>>) {
    let mut table = Prose::html("<div class=\"table-scroll\"><table><thead><tr><th>Method</th><th>Path</th>");
    table.html.push_str("<th>What it does</th></tr></thead><tbody>");
    let empty = table.html.len();
    for call in calls {
        table.html.push_str("<tr><td>");
        push_code(&mut table, &call.method);
        table.html.push_str("</td><td><code>");
        table.push_way(call.id, call.path);
        table.html.push_str("</code></td><td>");
        let summary = call.value.get("summary").and_then(Value::as_str).unwrap_or_default();
        table.push_text(summary.trim());
        if call.deprecated() == Some(true) {
            table.push_text(if summary.is_empty() { "Deprecated" } else { " (deprecated)" });
        }
        table.html.push_str("</td></tr>");
    }
    if table.html.len() > empty {
        table.html.push_str("</tbody></table></div>");
        page.prose(table);
    }
}

fn list_schemas(page: &mut Page<'_>) {
    let document = page.document();
    if document.schemas.is_empty() {
        return;
    }
    page.heading(2, "Schemas");
    let mut names: Vec<(usize, &str)> =
        document.schemas.iter().enumerate().map(|(index, entry)| (index, &*entry.key)).collect();
    names.sort_by_key(|(index, name)| (name.to_lowercase(), *index));
    let mut list = Prose::html("<ul>");
    for (index, name) in names {
        list.html.push_str("<li>");
        list.push_way(document.schema_id(super::document::Named::Own(index)), name);
        list.html.push_str("</li>");
    }
    list.html.push_str("</ul>");
    page.body.push(Block::Prose(list));
}
