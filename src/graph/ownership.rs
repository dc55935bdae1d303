//! Fragments that say whose files are -> who owns which nodes.
//!
//! An owner of a file owns what is written in it: each node that is a part of no other one in the same file. What is within
//! belongs to who owns that. A node that states its owner itself, as its fact `owner`, belongs to that one as well, when it is
//! the name of a team or a person.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Fact, Fragment, Link, Need, Node, NodeId, Relation, Target};
use crate::source::{NameMap, RepoPath};

/// The kinds that own things.
const OWNERS: &[&str] = &["team", "user"];

/// The links of all owners to what is theirs, as a fragment without nodes. `None` when nobody owns anything.
pub(super) fn ownership(fragments: &[Arc<Fragment>]) -> Option<Fragment> {
    let nodes = || fragments.iter().flat_map(|fragment| &fragment.nodes);
    let owners = called(nodes());
    if owners.is_empty() {
        return None;
    }
    let files: NameMap<NodeId, RepoPath> = nodes().map(|node| (node.id, node.span.file)).collect();
    let mut outermost: NameMap<RepoPath, Vec<NodeId>> = NameMap::default();
    // Whoever says whose files are says whose the things are that it describes.
    let others = fragments.iter().filter(|fragment| fragment.owned.is_empty());
    for node in others.flat_map(|fragment| &fragment.nodes) {
        let around = node.parent.and_then(|parent| files.get(&parent));
        if around != Some(&node.span.file) {
            outermost.entry(node.span.file).or_default().push(node.id);
        }
    }
    let by_file = fragments.iter().flat_map(|fragment| &fragment.owned).flat_map(|owned| {
        let nodes = outermost.get(&owned.path).map_or(&[][..], Vec::as_slice);
        nodes.iter().filter_map(move |node| Some((owned.owner?, *node, owned.span)))
    });
    let by_name = nodes().flat_map(|node| {
        let stated = stated_owners(node).filter_map(|name| owners.get(&name.to_lowercase()).copied());
        stated.map(|owner| (owner, node.id, node.span)).collect::<Vec<_>>()
    });
    let mut known = BTreeSet::new();
    let links = by_file.chain(by_name).filter(|(owner, node, _)| owner != node && known.insert((*owner, *node)));
    let links = links.map(|(from, node, span)| Link {
        from,
        relation: Relation::Owns,
        target: Target::Known(node),
        span,
        need: Need::May,
        flipped: false,
    });
    Some(Fragment { links: links.collect(), ..Fragment::default() })
}

/// The owners by each of their names in lower case; a team before a person.
fn called<'n>(nodes: impl Iterator<Item = &'n Node>) -> BTreeMap<String, NodeId> {
    let mut found: Vec<&Node> = nodes.filter(|node| OWNERS.contains(&node.kind.name)).collect();
    found.sort_by_key(|node| node.id);
    let mut owners = BTreeMap::new();
    for node in found {
        let names = node.names.iter().map(|name| name.as_str()).chain([node.id.name(), node.id.as_str()]);
        for name in names {
            owners.entry(name.to_lowercase()).or_insert(node.id);
        }
    }
    owners
}

/// The owners that `node` states.
pub(super) fn stated_owners(node: &Node) -> impl Iterator<Item = &str> {
    let texts = match node.facts.get("owner") {
        Some(Fact::List(values)) => values.as_slice(),
        Some(fact) => std::slice::from_ref(fact),
        None => &[],
    };
    let texts = texts.iter().filter_map(|fact| if let Fact::Text(text) = fact { Some(text.as_str()) } else { None });
    texts.flat_map(|text| text.split(',')).map(str::trim).filter(|name| !name.is_empty())
}
