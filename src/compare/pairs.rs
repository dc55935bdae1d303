//! Two graphs -> which of their subjects are the same thing.
//!
//! Specifications are the same when they are one file, else when they have one id, else when most calls of one are calls of the
//! other. Within them calls are the same by method and path, whatever its parameters are called, and schemas by name.

use std::collections::{BTreeMap, BTreeSet};

use super::{State, parts_of};
use crate::graph::{Fact, Node, NodeId, Subject};

/// Which subjects are the same thing.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// Subjects of the state before -> those of the state after.
    after: BTreeMap<Subject, Subject>,
    /// The other way.
    before: BTreeMap<Subject, Subject>,
}

/// What tells a node from its siblings, in both states.
type Key = (&'static str, String);

impl Pairs {
    pub(super) fn of(before: State<'_>, after: State<'_>) -> Self {
        let mut pairs = Self::default();
        for (old, new) in specifications(before, after) {
            pairs.add(Subject::Node(old.id), Subject::Node(new.id));
            let mut waiting: BTreeMap<Key, Vec<NodeId>> = BTreeMap::new();
            for node in parts_of(before, old.id) {
                waiting.entry(key(node)).or_default().push(node.id);
            }
            for node in parts_of(after, new.id) {
                let Some(found) = waiting.get_mut(&key(node)).filter(|found| !found.is_empty()) else { continue };
                pairs.add(Subject::Node(found.remove(0)), Subject::Node(node.id));
            }
        }
        for subject in before.contracts.keys().filter(|subject| matches!(subject, Subject::Place { .. })) {
            if after.contracts.contains_key(subject) {
                pairs.add(*subject, *subject);
            }
        }
        pairs
    }

    fn add(&mut self, before: Subject, after: Subject) {
        self.after.insert(before, after);
        self.before.insert(after, before);
    }

    /// What `before` is in the state after.
    pub(super) fn after(&self, before: Subject) -> Option<Subject> {
        self.after.get(&before).copied()
    }

    /// What `after` was in the state before.
    pub(super) fn before(&self, after: Subject) -> Option<Subject> {
        self.before.get(&after).copied()
    }

    /// All pairs, by what they were.
    pub(super) fn all(&self) -> impl Iterator<Item = (Subject, Subject)> {
        self.after.iter().map(|(before, after)| (*before, *after))
    }
}

/// The nodes that others of a contract are parts of, in pairs.
fn specifications<'a>(before: State<'a>, after: State<'a>) -> Vec<(&'a Node, &'a Node)> {
    let (mut old, mut new) = (wholes(before), wholes(after));
    let mut pairs = Vec::new();
    pair(&mut old, &mut new, &mut pairs, |old, new| old.span.file == new.span.file);
    pair(&mut old, &mut new, &mut pairs, |old, new| old.id == new.id);
    let calls = |state: State<'a>, node: &Node| -> BTreeSet<Key> {
        parts_of(state, node.id).into_iter().filter(|part| part.kind.name != "schema").map(key).collect()
    };
    let old_calls: BTreeMap<NodeId, BTreeSet<Key>> = old.iter().map(|node| (node.id, calls(before, node))).collect();
    let new_calls: BTreeMap<NodeId, BTreeSet<Key>> = new.iter().map(|node| (node.id, calls(after, node))).collect();
    pair(&mut old, &mut new, &mut pairs, |old, new| {
        let (old, new) = (&old_calls[&old.id], &new_calls[&new.id]);
        old.intersection(new).count() * 2 > old.len().max(new.len())
    });
    pairs
}

/// Moves the nodes that are `same` from both lists to `pairs`, each with the first that fits.
fn pair<'a>(
    old: &mut Vec<&'a Node>,
    new: &mut Vec<&'a Node>,
    pairs: &mut Vec<(&'a Node, &'a Node)>,
    same: impl Fn(&Node, &Node) -> bool,
) {
    old.retain(|old| match new.iter().position(|new| same(old, new)) {
        Some(place) => {
            pairs.push((old, new.remove(place)));
            false
        }
        None => true,
    });
}

/// The nodes with a contract that are not part of another one.
pub(super) fn wholes(state: State<'_>) -> Vec<&Node> {
    let nodes = state.contracts.keys().filter_map(|subject| match subject {
        Subject::Node(id) => state.graph.node(*id),
        Subject::Place { .. } => None,
    });
    nodes.filter(|node| node.parent.is_none()).collect()
}

fn key(node: &Node) -> Key {
    let text = |fact: &str| match node.facts.get(fact) {
        Some(Fact::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    let name = match (text("method"), text("path")) {
        (Some(method), Some(path)) => format!("{method} {}", unnamed(path)),
        _ => node.title.clone(),
    };
    (node.kind.name, name)
}

/// A path without the names of its parameters.
fn unnamed(path: &str) -> String {
    let mut text = String::new();
    let mut rest = path.trim_end_matches('/');
    while let Some((outside, inside)) = rest.split_once('{') {
        text.push_str(outside);
        text.push_str("{}");
        rest = inside.split_once('}').map_or("", |(_, rest)| rest);
    }
    text + rest
}
