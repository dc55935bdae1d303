//! The graph's public shape -> pictures in words, for Graphviz and Mermaid.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::graph::{GraphExport, NodeId};

/// The DOT language: <https://graphviz.org/doc/info/lang.html>.
pub(super) fn dot(graph: &GraphExport<'_>) -> String {
    let mut text = String::from("digraph livedoc {\n  rankdir=LR;\n  node [shape=box];\n");
    for node in &graph.nodes {
        let label = format!("{}\n{}", node.title, node.id);
        let id = quote(node.id.as_str());
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {id} [label={}, URL={}];", quote(&label), quote(&node.url));
    }
    for edge in &graph.edges {
        let (from, to) = (quote(edge.from.as_str()), quote(edge.to.as_str()));
        let _ = writeln!(text, "  {from} -> {to} [label={}];", quote(edge.relation.active()));
    }
    text + "}\n"
}

/// A Mermaid flowchart: <https://mermaid.js.org/syntax/flowchart.html>.
pub(super) fn mermaid(graph: &GraphExport<'_>) -> String {
    let names: BTreeMap<NodeId, usize> = graph.nodes.iter().enumerate().map(|(name, node)| (node.id, name)).collect();
    let mut text = String::from("flowchart LR\n");
    for node in &graph.nodes {
        // Writing to a string cannot fail.
        let _ =
            writeln!(text, "  n{}[\"{}<br>{}\"]", names[&node.id], entities(node.title), entities(node.id.as_str()));
    }
    for edge in &graph.edges {
        if let (Some(from), Some(to)) = (names.get(&edge.from), names.get(&edge.to)) {
            let _ = writeln!(text, "  n{from} -->|{}| n{to}", edge.relation);
        }
    }
    text
}

/// A quoted string of DOT. A backslash begins an escape in labels, so it is doubled.
fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

/// Text of Mermaid, in which everything that it might read as syntax is an entity code.
fn entities(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            character if character.is_alphanumeric() || " .,:/_-".contains(character) => character.to_string(),
            character => format!("#{};", u32::from(character)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{entities, quote};

    #[test]
    fn nothing_in_a_title_is_syntax() {
        assert_eq!(quote("a \"b\" \\n\nc"), "\"a \\\"b\\\" \\\\n\\nc\"");
        assert_eq!(entities("a \"b\" #1; <i>é"), "a #34;b#34; #35;1#59; #60;i#62;é");
    }
}
