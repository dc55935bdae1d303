//! Metrics by name -> the rule that records them, or the code that emits them.
//!
//! Enters: the name of a metric as an expression has it. Leaves: the recording rule of that name, the nearest of several; or
//! the item of code that registers it, under this name or under that of the family which it is a series of. Libraries and
//! exporters add to names: a type (`_total`, `_bucket`), a unit (`_seconds`), a namespace before it; `.` becomes `_`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::lookup::shared_folders;
use super::{End, Graph, Node, NodeId, Target};

/// The scheme of links that say which metrics an item of code emits: the type, a space, and the name. With `possible` for the
/// type it is a text that may be such a name, and with `*` at its end the beginning of one; with `lent` a namespace that a library is
/// told to use, and with `library` the name of one.
pub const EMITTED: &str = "emitted-metric";

/// What the series of a family may have behind its name.
const SUFFIXES: [&str; 6] = ["_total", "_bucket", "_sum", "_count", "_created", "_info"];

/// Who records or emits what, for links.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    sources: OnceLock<Sources>,
}

#[derive(Debug, Default)]
struct Sources {
    recorded: BTreeMap<String, Vec<NodeId>>,
    /// The first who emits it, and whether he is the only one.
    emitted: BTreeMap<String, (NodeId, bool)>,
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
        let nearest = recorded.rev().max_by_key(nearness).copied();
        match nearest.or_else(|| sources.emitter(metric)) {
            Some(id) => End::Node { id, anchor: None },
            None => End::Nowhere,
        }
    }
}

impl Sources {
    fn of(graph: &Graph) -> Self {
        let mut sources = Self::default();
        for node in graph.nodes().filter(|node| node.kind.name == "recording-rule") {
            sources.recorded.entry(node.title.clone()).or_default().push(node.id);
        }
        for (from, kind, name) in emitted_in(graph) {
            if !matches!(kind, "lent" | "library" | "possible") {
                let entry = sources.emitted.entry(name).or_insert((from, true));
                entry.1 &= entry.0 == from;
            }
        }
        sources
    }

    fn emitter(&self, metric: &str) -> Option<NodeId> {
        let known = |name: &str| self.emitted.get(name).map(|(id, _)| *id);
        // What only a part of the name tells has to be told by one alone.
        let alone = |name: &str| self.emitted.get(name).filter(|(_, is_alone)| *is_alone).map(|(id, _)| *id);
        let is_long = |name: &&str| name.matches('_').count() > 1;
        let behind = || {
            let shorter = names_of_series(metric).filter_map(|name| name.rsplit_once('_')).map(|(name, _)| name);
            shorter.filter(is_long).find_map(alone)
        };
        let before = || {
            let ends = |name| str::match_indices(name, '_').map(move |(at, _)| &name[at + 1..]);
            names_of_series(metric).flat_map(ends).filter(is_long).find_map(alone)
        };
        // A unit behind the name, then a namespace before it.
        names_of_series(metric).find_map(known).or_else(behind).or_else(before)
    }
}

/// Every statement of [`EMITTED`]: who states it, the type, and the name as expressions have it.
fn emitted_in(graph: &Graph) -> impl Iterator<Item = (NodeId, &str, String)> {
    graph.fragments().iter().flat_map(|fragment| &fragment.links).filter_map(|link| {
        let Target::Named { scheme, text } = &link.target else { return None };
        let (kind, name) = text.split_once(' ').filter(|_| scheme.as_str() == EMITTED)?;
        Some((link.from, kind, name.replace(['.', '-', '/'], "_")))
    })
}

/// The names under which a series may be registered: its own, and that of its family.
pub fn names_of_series(metric: &str) -> impl Iterator<Item = &str> {
    std::iter::once(metric).chain(SUFFIXES.iter().filter_map(|suffix| metric.strip_suffix(suffix)))
}

/// The names of metrics that the code of a repository has.
#[derive(Debug, Default)]
pub struct EmittedMetrics {
    /// By name, those that are registered under a literal name.
    pub names: BTreeSet<String>,
    /// Namespaces that other libraries emit metrics in as well.
    lent: BTreeSet<String>,
    /// The libraries that the code is built on.
    libraries: BTreeSet<String>,
    possible: BTreeSet<String>,
    beginnings: Vec<String>,
}

impl EmittedMetrics {
    /// Those of `graph`.
    pub fn of(graph: &Graph) -> Self {
        let mut metrics = Self::default();
        for (_, kind, name) in emitted_in(graph) {
            match (kind, name.strip_suffix('*')) {
                ("possible", Some(beginning)) => metrics.beginnings.push(beginning.to_owned()),
                ("possible", None) => drop(metrics.possible.insert(name)),
                ("lent", _) => drop(metrics.lent.insert(name)),
                ("library", _) => drop(metrics.libraries.insert(name)),
                _ => drop(metrics.names.insert(name)),
            }
        }
        metrics
    }

    /// Whether `metric` begins as a library is called that the code is built on: by its first two words.
    pub fn is_of_library(&self, metric: &str) -> bool {
        let begins = |library: &String| {
            let end = library.match_indices('_').nth(1).map_or(library.len(), |(end, _)| end);
            metric.strip_prefix(&library[..end]).is_some_and(|rest| rest.starts_with('_'))
        };
        // A word of its own that nobody else has is enough.
        const LONG: usize = 8;
        self.libraries.iter().filter(|library| library.contains('_') || library.len() >= LONG).any(begins)
    }

    /// Whether `metric` is one that a library may emit in a namespace that is lent to it: the code emits none of its family, or that is
    /// called as a library is.
    pub fn is_lent(&self, metric: &str) -> bool {
        let mut words = metric.split('_');
        let (namespace, family) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let beginning = format!("{namespace}_{family}");
        let is_of_family =
            |name: &String| name.strip_prefix(&beginning).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
        self.lent.contains(namespace) && (self.libraries.contains(family) || !self.names.iter().any(is_of_family))
    }

    /// Whether something in the code may stand for `metric`: a name, a part of one, or the beginning of one that is put together.
    pub fn may_have(&self, metric: &str) -> bool {
        let known = || self.names.iter().chain(&self.possible);
        let is_part = |name: &String| {
            let longer =
                metric.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
            let ends = metric.strip_suffix(name.as_str()).is_some_and(|rest| rest.ends_with('_'));
            (longer && name.contains('_')) || ends
        };
        names_of_series(metric).any(|name| known().any(|one| one == name))
            || known().any(is_part)
            || self.beginnings.iter().any(|beginning| metric.starts_with(beginning.as_str()))
    }
}
