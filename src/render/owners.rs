//! Who owns a thing -> what its page says below its title.

use super::address::Addresses;
use super::relations;
use super::standpoint::Standpoint;
use super::view::{FactView, Tone, ValueStyle, ValueView};
use crate::graph::{Fact, Node, NodeId};

/// The relation of what is owned to its owners.
pub(super) const OWNED_BY: &str = "owned by";

/// The section that lists those who own things.
const OWNERS: &str = "owners";

/// What is within something is followed this far out.
const DEEPEST: usize = 16;

/// Who owns `node`, or what it is a part of in the same file.
pub(super) fn of_node(from: Standpoint<'_>, node: &Node) -> Vec<NodeId> {
    // Most repositories know none, and each page asks.
    if from.plan().section(OWNERS).is_none() {
        return Vec::new();
    }
    let around = |node: &&Node| {
        let outer = node.parent.and_then(|parent| from.graph().node(parent))?;
        (outer.span.file == node.span.file).then_some(outer)
    };
    let owners = |node: &Node| relations::about(from.pages.resolved, node.id, OWNED_BY);
    let found = std::iter::successors(Some(node), around).take(DEEPEST).map(owners).find(|owners| !owners.is_empty());
    found.into_iter().flatten().collect()
}

/// `owners` as a fact; nothing when there are none.
pub(super) fn fact<'a>(from: Standpoint<'a>, owners: &[NodeId]) -> Option<FactView<'a>> {
    let values: Vec<ValueView<'a>> = owners.iter().filter_map(|id| owner(from, *id)).collect();
    let label = if values.len() > 1 { "Owners" } else { "Owner" };
    let is_long = values.len() > 3;
    (!values.is_empty()).then(|| FactView { label: label.to_owned(), values, groups: Vec::new(), is_long })
}

/// Whether what `node` states about its owner is the name of one of `owners`.
pub(super) fn is_stated_by(from: Standpoint<'_>, node: &Node, owners: &[NodeId]) -> bool {
    let Some(Fact::Text(stated)) = node.facts.get("owner") else { return false };
    let is_called = |owner: &Node| {
        let names = owner.names.iter().map(|name| name.as_str());
        names.chain([owner.id.name(), owner.title.as_str()]).any(|name| name.eq_ignore_ascii_case(stated.trim()))
    };
    owners.iter().filter_map(|id| from.graph().node(*id)).any(is_called)
}

fn owner<'a>(from: Standpoint<'a>, id: NodeId) -> Option<ValueView<'a>> {
    let node = from.graph().node(id)?;
    let Addresses { href, to } = from.to_node(id).unwrap_or(Addresses::NOWHERE);
    let text = node.title.as_str().into();
    Some(ValueView { text, style: ValueStyle::Text, tone: Tone::Neutral, href, to, url: "".into() })
}
