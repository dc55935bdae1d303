//! The graph -> what search finds: every page, and every thing that has a place of its own on one.

use super::{Document, Section};
use crate::graph::{Block, Code, Fact, Field, Graph, Hole, Kind, Node, NodeId, Prose};
use crate::plan::SitePlan;

/// Fields within fields deeper than this are not searched; no page shows them open.
const DEEPEST_FIELD: u8 = 12;

/// Everything that is shown somewhere, by id.
pub fn found_in(graph: &Graph, plan: &SitePlan) -> Vec<(&'static Kind, NodeId)> {
    let shown = graph.nodes().iter().filter(|node| plan.place(node.id).is_some());
    shown.map(|node| (node.kind, node.id)).collect()
}

/// What search knows about `id`, which is one of [`found_in`].
pub fn describe(graph: &Graph, plan: &SitePlan, id: NodeId) -> Document {
    let (Some(node), Some(place)) = (graph.node(id), plan.place(id)) else { return Document::default() };
    let anchor = place.anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
    Document {
        url: format!("{}{anchor}", place.route.encoded()),
        title: node.title.clone(),
        context: context(graph, node),
        names: names(node),
        sections: sections(node),
    }
}

/// The endpoint or the path that tells things of one title apart, else what the node is a part of.
fn context(graph: &Graph, node: &Node) -> String {
    let parent = || node.parent.and_then(|parent| graph.node(parent)).map(|parent| parent.title.clone());
    endpoint(node).or_else(|| code_path(node).map(str::to_owned)).or_else(parent).unwrap_or_default()
}

/// What people call it beside its title. Of an id with folders in it only the last part is a name.
fn names(node: &Node) -> Vec<String> {
    let mut names = vec![node.id.name().rsplit('/').next().unwrap_or_default().to_owned()];
    names.extend(node.names.iter().map(|name| name.as_str().to_owned()));
    if let (Some(endpoint), Some(Fact::Text(path))) = (endpoint(node), node.facts.get("path")) {
        names.extend([endpoint, path.clone()]);
    }
    names.extend(code_path(node).map(str::to_owned));
    if let Some(Fact::Text(operation)) = node.facts.get("operation_id") {
        names.push(operation.clone());
    }
    if let Some(Fact::Number(number)) = node.facts.get("number") {
        names.push(format!("{} {number}", node.kind.scheme));
    }
    names.sort();
    names.dedup();
    names
}

fn endpoint(node: &Node) -> Option<String> {
    match (node.facts.get("method"), node.facts.get("path")) {
        (Some(Fact::Text(method)), Some(Fact::Text(path))) => Some(format!("{method} {path}")),
        _ => None,
    }
}

fn code_path(node: &Node) -> Option<&str> {
    match node.facts.get("path") {
        Some(Fact::Text(path)) if path.contains("::") => Some(path),
        _ => None,
    }
}

fn sections(node: &Node) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    for block in &node.body {
        if let Block::Heading { anchor, content, .. } = block {
            sections.push(Section { anchor: anchor.clone(), heading: content.plain_text(), text: String::new() });
        } else if let Some(section) = sections.last_mut() {
            push_block(block, &mut section.text);
        }
    }
    if let [only] = sections.as_mut_slice()
        && only.text.is_empty()
    {
        only.text.clone_from(&node.summary);
    }
    sections
}

fn push_block(block: &Block, text: &mut String) {
    match block {
        Block::Heading { content, .. } => push_prose(content, text),
        Block::Prose(prose) | Block::Signature(prose) => push_prose(prose, text),
        Block::Code(code) => push_code(code, text),
        Block::Operation { method, path, .. } => push_line(&format!("{method} {path}"), text),
        Block::Fields(fields) => push_fields(fields, DEEPEST_FIELD, text),
    }
}

fn push_prose(prose: &Prose, text: &mut String) {
    push_line(&prose.plain_text(), text);
    for slot in &prose.slots {
        if let Hole::Code(code) = &slot.hole {
            push_code(code, text);
        }
    }
}

fn push_code(code: &Code, text: &mut String) {
    push_line(&code.title, text);
    push_line(&code.text, text);
}

fn push_fields(fields: &[Field], depth: u8, text: &mut String) {
    for field in fields {
        push_line(&field.name, text);
        push_prose(&field.kind, text);
        push_prose(&field.description, text);
        for (name, value) in &field.notes {
            push_line(name, text);
            push_line(value, text);
        }
        if depth > 0 {
            push_fields(&field.children, depth - 1, text);
        }
    }
}

fn push_line(line: &str, text: &mut String) {
    if !text.is_empty() && !line.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}
