//! What entities say of each other -> links, and the names of those that no file of the repository describes.

use std::collections::{BTreeMap, BTreeSet};

use super::catalog::Connection;
use super::said::{Described, Said, at};
use crate::graph::{Fragment, Link, Need, NodeId, Relation, Target};

/// For each entity what it names and the repository does not have: what readers see before the names, and these.
pub(super) type Elsewhere<'a> = BTreeMap<NodeId, Vec<(&'static str, &'a str)>>;

/// What the entities name and none of `nodes` is, nor any file: catalogs span repositories.
pub(super) fn elsewhere<'a>(said: &Said<'a>, nodes: &BTreeSet<NodeId>) -> Elsewhere<'a> {
    let mut found = Elsewhere::new();
    for Described { entity, id, .. } in &said.entities {
        let Some(id) = id else { continue };
        let owner = entity.owner.iter().map(|owner| ("Owner", owner));
        let others = entity.connections.iter().map(|Connection { label, other, .. }| (*label, other));
        let missing = owner.chain(others).filter(|(_, other)| said.target(&other.name, nodes).is_none());
        for (label, other) in missing {
            found.entry(*id).or_default().push((label, other.text.as_str()));
        }
    }
    found
}

/// Adds what connects entities, their owners, and the files that define them.
pub(super) fn connect(said: &Said<'_>, nodes: &BTreeSet<NodeId>, fragment: &mut Fragment) {
    for described in &said.entities {
        let Some(id) = described.id else { continue };
        let entity = described.entity;
        let definition = said.definition(described);
        let mut link = |from, relation, target, flipped, span| {
            fragment.links.push(Link { from, relation, target, span, need: Need::May, flipped });
        };
        let owner =
            entity.owner.iter().filter(|owner| owner.name.is_owner()).map(|named| (Relation::Owns, true, named));
        let others = entity.connections.iter().map(|found| (found.relation, found.is_flipped, &found.other));
        for (relation, is_flipped, named) in owner.chain(others) {
            let Some(other) = said.target(&named.name, nodes) else { continue };
            // A link is stated by a node, and the other one may be a page that somebody else makes.
            if let (Some(path), Target::Known(other)) = (definition, &other) {
                link(*other, relation, at(path), !is_flipped, named.span);
            }
            link(id, relation, other, is_flipped, named.span);
        }
        if let Some(path) = definition {
            link(id, Relation::Documents, at(path), true, entity.span);
        }
    }
}
