//! Lines that differ -> the things that are written in them.

use std::collections::{BTreeMap, BTreeSet};

use crate::discover::EditedFile;
use crate::graph::{Graph, Node, NodeId};
use crate::source::{RepoPath, SourceFile, Sources};

/// The nodes that are written in lines that differ. Each is taken to reach from its head to the next one in its file; what has no
/// lines of its own, as a page, is all of its file.
pub(super) fn touched(graph: &Graph, sources: &dyn Sources, edits: &[EditedFile]) -> BTreeSet<NodeId> {
    let mut by_file: BTreeMap<RepoPath, Vec<&Node>> = BTreeMap::new();
    let edited: BTreeSet<RepoPath> = edits.iter().map(|edit| edit.path).collect();
    for node in graph.nodes().filter(|node| edited.contains(&node.span.file)) {
        by_file.entry(node.span.file).or_default().push(node);
    }
    let mut found = BTreeSet::new();
    for edit in edits {
        let (Some(nodes), Some(file)) = (by_file.get_mut(&edit.path), sources.source(edit.path)) else { continue };
        nodes.sort_by_key(|node| (node.span.start, node.id));
        let heads: Vec<u32> = nodes.iter().map(|node| head(&file, file.line(node.span.start))).collect();
        for (place, node) in nodes.iter().enumerate() {
            let next = heads[place..].iter().find(|head| **head > heads[place]);
            let end = next.map_or(u32::MAX, |next| next - 1);
            if edit.lines.iter().any(|(from, to)| *from <= end && *to >= heads[place]) {
                found.insert(node.id);
            }
        }
    }
    found
}

/// The line in which what is said of the thing in `line` begins: its comments and attributes stand above it.
fn head(file: &SourceFile, line: u32) -> u32 {
    let is_head = |line: &u32| {
        let text = file.text().get(file.line_span(*line).range()).unwrap_or_default().trim_start();
        ["///", "#[", "//", "/**", "* ", "*/", "@"].iter().any(|start| text.starts_with(start))
    };
    let above = (1..line).rev().take_while(is_head).last();
    above.unwrap_or(line)
}
