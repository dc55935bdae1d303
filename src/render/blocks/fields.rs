//! A tree of named values -> nested lists; what a value consists of opens on demand, without a script.

use super::prose;
use crate::graph::{Field, NodeId, push_text};
use crate::render::links::{PageLinks, push_attribute};

/// Trees are shown this deep. Extractors cut recursion themselves; this only bounds the stack.
pub(super) const DEEPEST: usize = 64;

/// Trees up to this many values are open from the start.
const OPEN: usize = 8;

/// Appends `fields`, which belong to `owner`.
pub(super) fn write<'a>(html: &mut String, fields: &'a [Field], owner: NodeId, links: &PageLinks<'a>) {
    write_level(html, fields, owner, links, 0);
}

fn write_level<'a>(html: &mut String, fields: &'a [Field], owner: NodeId, links: &PageLinks<'a>, depth: usize) {
    html.push_str("<ul class=\"fields\">");
    for field in fields {
        write_field(html, field, owner, links, depth);
    }
    html.push_str("</ul>\n");
}

fn write_field<'a>(html: &mut String, field: &'a Field, owner: NodeId, links: &PageLinks<'a>, depth: usize) {
    if field.anchor.is_empty() {
        html.push_str("<li>");
    } else {
        push_attribute(html, "<li id=\"", &field.anchor, "\">");
    }
    html.push_str("<p class=\"field\">");
    if !field.name.is_empty() {
        push_element(html, "<code class=\"field-name\">", &field.name, "</code> ");
    }
    if !field.kind.is_empty() {
        html.push_str("<span class=\"field-type\">");
        prose::fill(html, &field.kind, owner, links);
        html.push_str("</span> ");
    }
    for mark in &field.marks {
        let badge = match mark.as_str() {
            "required" => "<span class=\"badge tone-warn\">",
            "deprecated" => "<span class=\"badge tone-bad\">",
            _ => "<span class=\"badge\">",
        };
        push_element(html, badge, mark, "</span> ");
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
            push_element(html, "<span>", name, ": ");
            push_element(html, "<code>", value, "</code></span> ");
        }
        html.push_str("</p>");
    }
    if !field.children.is_empty() && depth < DEEPEST {
        let count = field.children.len();
        html.push_str(if depth == 0 && count <= OPEN { "<details open><summary>" } else { "<details><summary>" });
        html.push_str(&count.to_string());
        // What has no types is a list of values, scopes and the like.
        let (one, several) = match field.children.iter().all(|child| child.kind.is_empty()) {
            true => (" entry", " entries"),
            false => (" field", " fields"),
        };
        html.push_str(if count == 1 { one } else { several });
        if !field.name.is_empty() {
            push_element(html, " of <code>", &field.name, "</code>");
        }
        html.push_str("</summary>");
        write_level(html, &field.children, owner, links, depth + 1);
        html.push_str("</details>");
    }
    html.push_str("</li>");
}

fn push_element(html: &mut String, before: &str, text: &str, behind: &str) {
    html.push_str(before);
    push_text(html, text);
    html.push_str(behind);
}
