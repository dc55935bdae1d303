//! Which fragments tell what others are linked by, and which ask: code tells of metrics and variables, rules and documents name them.

use super::metrics::EMITTED;
use super::variables::{READ_VARIABLE, VARIABLE};
use super::{Fragment, NodeId, Target};

/// Whether `old` and `new` tell the same of what their nodes emit, record and read.
pub(super) fn tell_alike(old: &Fragment, new: &Fragment) -> bool {
    told(old).eq(told(new)) && recorded(old).eq(recorded(new))
}

/// Whether a link of `fragment` names a metric or a variable, and leads to whoever tells of it.
pub(super) fn asks(fragment: &Fragment) -> bool {
    named(fragment).any(|(_, scheme, _)| matches!(scheme, "metric" | VARIABLE))
}

fn told(fragment: &Fragment) -> impl Iterator<Item = (NodeId, &str, &str)> {
    named(fragment).filter(|(_, scheme, _)| matches!(*scheme, EMITTED | READ_VARIABLE))
}

fn recorded(fragment: &Fragment) -> impl Iterator<Item = &str> {
    fragment.nodes.iter().filter(|node| node.kind.name == "recording-rule").map(|node| node.title.as_str())
}

fn named(fragment: &Fragment) -> impl Iterator<Item = (NodeId, &str, &str)> {
    fragment.links.iter().filter_map(|link| match &link.target {
        Target::Named { scheme, text } => Some((link.from, scheme.as_str(), text.as_str())),
        Target::Known(_) => None,
    })
}
