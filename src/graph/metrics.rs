//! Metrics by name -> the rule that records them, or the code that emits them.
//!
//! Enters: the name of a metric as an expression has it. Leaves: the recording rule of that name, the nearest of several; or
//! the item of code that registers it, under this name or under that of the family which it is a series of.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::lookup::shared_folders;
use super::{End, Graph, Node, NodeId, Target};

/// The scheme of links that say which metrics an item of code emits: the type, a space, and the name; `*` for any name.
pub(super) const EMITTED: &str = "emitted-metric";

/// The series that a family of a type has beside, or in place of, the one of its own name.
pub(super) const SUFFIXES: [&str; 5] = ["_total", "_bucket", "_sum", "_count", "_created"];

/// Who records or emits what.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    sources: OnceLock<Sources>,
}

#[derive(Debug, Default)]
struct Sources {
    recorded: BTreeMap<String, Vec<NodeId>>,
    emitted: BTreeMap<String, NodeId>,
}

impl Metrics {
    /// Where `metric` comes from, seen from `from`.
    pub(super) fn end(&self, graph: &Graph, from: &Node, metric: &str) -> End {
        let sources = self.sources.get_or_init(|| Sources::of(graph));
        let recorded = sources.recorded.get(metric).into_iter().flatten().filter(|id| **id != from.id);
        let nearness = |id: &&NodeId| {
            let file = graph.node(**id).map(|node| node.span.file);
            file.map(|file| (file == from.span.file, shared_folders(file, from.span.file)))
        };
        // The first of those that are equally near.
        let nearest = recorded.rev().max_by_key(nearness);
        let emitted = || names_of_series(metric).find_map(|name| sources.emitted.get(name));
        match nearest.or_else(emitted) {
            Some(id) => End::Node { id: *id, anchor: None },
            None => End::Nowhere,
        }
    }
}

/// The names under which a series may be registered: its own, and that of its family.
pub(super) fn names_of_series(metric: &str) -> impl Iterator<Item = &str> {
    std::iter::once(metric).chain(SUFFIXES.iter().filter_map(|suffix| metric.strip_suffix(suffix)))
}

impl Sources {
    fn of(graph: &Graph) -> Self {
        let mut sources = Self::default();
        for node in graph.nodes().filter(|node| node.kind.name == "recording-rule") {
            sources.recorded.entry(node.title.clone()).or_default().push(node.id);
        }
        for link in graph.fragments().iter().flat_map(|fragment| &fragment.links) {
            let Target::Named { scheme, text } = &link.target else { continue };
            if scheme.as_str() == EMITTED
                && let Some((_, name)) = text.split_once(' ')
            {
                sources.emitted.entry(name.to_owned()).or_insert(link.from);
            }
        }
        sources
    }
}
