//! Operations and the functions that serve them -> what the pages of both say below their titles.

use super::address::Addresses;
use super::links::source_place;
use super::relations;
use super::standpoint::Standpoint;
use super::view::{FactView, Tone, ValueStyle, ValueView};
use crate::graph::{Fact, Node};

/// So many are shown; the others stand among the connections.
const SHOWN: usize = 8;

/// Who serves the operation `node`, or what the function `node` serves, if that is known.
pub(super) fn of_node<'a>(from: Standpoint<'a>, node: &'a Node) -> Option<FactView<'a>> {
    let is_operation = node.kind.name == "operation";
    let (label, relation) = if is_operation { ("Handled by", "handled by") } else { ("Handles", "handles") };
    let others = relations::about(from.pages.resolved, node.id, relation);
    let others = others.into_iter().filter_map(|id| from.graph().node(id)).take(SHOWN);
    let values: Vec<ValueView<'a>> = others
        .flat_map(|other| if is_operation { function(from, other) } else { vec![operation(from, other)] })
        .collect();
    let view = FactView { label: label.to_owned(), values, groups: Vec::new(), is_long: true };
    (!view.values.is_empty()).then_some(view)
}

/// The name of a function, and where it is written.
fn function<'a>(from: Standpoint<'a>, node: &'a Node) -> Vec<ValueView<'a>> {
    let name = text(node, "path").unwrap_or(&node.title);
    let named = value(name.to_owned(), from.to_node(node.id).unwrap_or(Addresses::NOWHERE));
    let written = source_place(from.plan(), from.pages.sources, node).map(|place| {
        let line = from.pages.sources.source(node.span.file).map_or(1, |file| file.line(node.span.start));
        value(format!("{}:{line}", node.span.file), from.to_place(place))
    });
    std::iter::once(named).chain(written).collect()
}

/// Method and path of an operation.
fn operation<'a>(from: Standpoint<'a>, node: &'a Node) -> ValueView<'a> {
    let called = text(node, "method").zip(text(node, "path")).map(|(method, path)| format!("{method} {path}"));
    value(called.unwrap_or_else(|| node.title.clone()), from.to_node(node.id).unwrap_or(Addresses::NOWHERE))
}

fn text<'a>(node: &'a Node, fact: &str) -> Option<&'a str> {
    match node.facts.get(fact) {
        Some(Fact::Text(text)) => Some(text),
        _ => None,
    }
}

fn value(text: String, Addresses { href, to }: Addresses<'_>) -> ValueView<'_> {
    ValueView { text: text.into(), style: ValueStyle::Code, tone: Tone::Neutral, href, to, url: "".into() }
}
