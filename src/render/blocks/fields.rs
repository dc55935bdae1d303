//! A tree of named values -> nested lists; what a value consists of opens on demand, without a script.

use super::prose;
use crate::graph::{Field, NodeId, escape};
use crate::render::links::PageLinks;

/// Trees are shown this deep. Extractors cut recursion themselves; this only bounds the stack.
pub(super) const DEEPEST: usize = 64;

/// Trees up to this many values are open from the start.
const OPEN: usize = 8;

/// Appends `fields`, which belong to `owner`.
pub(super) fn write(html: &mut String, fields: &[Field], owner: NodeId, links: &PageLinks<'_>) {
    write_level(html, fields, owner, links, 0);
}

/// The ids of `fields` and of what they consist of.
pub(super) fn anchors(fields: &[Field]) -> Vec<&str> {
    let mut anchors = Vec::new();
    let mut waiting: Vec<&Field> = fields.iter().collect();
    while let Some(field) = waiting.pop() {
        anchors.push(field.anchor.as_str());
        waiting.extend(&field.children);
    }
    anchors
}

fn write_level(html: &mut String, fields: &[Field], owner: NodeId, links: &PageLinks<'_>, depth: usize) {
    html.push_str("<ul class=\"fields\">");
    for field in fields {
        write_field(html, field, owner, links, depth);
    }
    html.push_str("</ul>\n");
}

fn write_field(html: &mut String, field: &Field, owner: NodeId, links: &PageLinks<'_>, depth: usize) {
    if field.anchor.is_empty() {
        html.push_str("<li>");
    } else {
        html.push_str(&format!("<li id=\"{}\">", escape(&field.anchor)));
    }
    html.push_str("<p class=\"field\">");
    if !field.name.is_empty() {
        html.push_str(&format!("<code class=\"field-name\">{}</code> ", escape(&field.name)));
    }
    if !field.kind.is_empty() {
        html.push_str("<span class=\"field-type\">");
        prose::fill(html, &field.kind, owner, links);
        html.push_str("</span> ");
    }
    for mark in &field.marks {
        let tone = match mark.as_str() {
            "required" => " tone-warn",
            "deprecated" => " tone-bad",
            _ => "",
        };
        html.push_str(&format!("<span class=\"badge{tone}\">{}</span> ", escape(mark)));
    }
    html.push_str("</p>");
    if !field.description.is_empty() {
        html.push_str("<div class=\"field-text\">");
        prose::fill(html, &field.description, owner, links);
        html.push_str("</div>");
    }
    if !field.notes.is_empty() {
        html.push_str("<p class=\"field-notes\">");
        for (name, value) in &field.notes {
            html.push_str(&format!("<span>{}: <code>{}</code></span> ", escape(name), escape(value)));
        }
        html.push_str("</p>");
    }
    if !field.children.is_empty() && depth < DEEPEST {
        let count = field.children.len();
        let open = if depth == 0 && count <= OPEN { " open" } else { "" };
        let words = if count == 1 { "field" } else { "fields" };
        let name =
            if field.name.is_empty() { String::new() } else { format!(" of <code>{}</code>", escape(&field.name)) };
        html.push_str(&format!("<details{open}><summary>{count} {words}{name}</summary>"));
        write_level(html, &field.children, owner, links, depth + 1);
        html.push_str("</details>");
    }
    html.push_str("</li>");
}
