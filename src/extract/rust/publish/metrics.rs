//! The metrics that a crate names -> links from what is published to them.
//!
//! What is not published is spoken for by the nearest module that is.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::Publication;
use super::handlers::nearest;
use crate::extract::rust::emit::{self, Named};
use crate::extract::rust::resolve::DefinitionId;
use crate::extract::rust::scan::{Item, ItemKind};
use crate::graph::{EMITTED, Fragment, Link, Need, NodeId, Relation, Target};
use crate::source::{Interned, RepoPath, Span};

/// Links those who emit metrics to their names.
pub(super) fn link(publication: &Publication<'_>, fragment: &mut Fragment) {
    let krate = publication.krate;
    if !emit::may_emit(krate.source.dependencies.keys()) {
        return;
    }
    let named: Vec<(RepoPath, Arc<Named>)> =
        krate.source.files.iter().filter_map(|path| Some((*path, emit::named(publication.files.get(path)?)))).collect();
    let used: BTreeMap<&String, &str> =
        named.iter().flat_map(|(_, named)| &named.used).map(|(name, kind)| (name, *kind)).collect();
    if used.is_empty() && named.iter().all(|(_, named)| named.emitted.is_empty()) {
        return;
    }
    let owners = owners(publication);
    let Some(root) = publication.node_of(DefinitionId(0)) else { return };
    let mut add = |from: NodeId, text: String, span: Span| {
        let target = Target::Named { scheme: Interned::new(EMITTED), text };
        fragment.links.push(Link { from, relation: Relation::RefersTo, target, span, need: Need::May, flipped: false });
    };
    let mut namespaces = BTreeSet::new();
    for (file, named) in &named {
        for emitted in &named.emitted {
            let owner = emitted.owner.and_then(|place| owners.get(&(*file, place)).copied());
            let of_file = || owners.get(&(*file, usize::MAX)).copied();
            let span = Span::new(*file, emitted.place.clone());
            namespaces.insert(namespace(&emitted.name));
            add(owner.or_else(of_file).unwrap_or(root), format!("{} {}", emitted.kind, emitted.name), span);
        }
    }
    // Those by which one of the crate's own metrics is named.
    for (file, named) in &named {
        for constant in &named.constants {
            let Some(kind) = used.get(&constant.name) else { continue };
            let owner = owners.get(&(*file, constant.owner)).or_else(|| owners.get(&(*file, usize::MAX)));
            namespaces.insert(namespace(&constant.text));
            let span = Span::new(*file, constant.place.clone());
            add(owner.copied().unwrap_or(root), format!("{kind} {}", constant.text), span);
        }
    }
    // Others that begin alike may be names of metrics, too.
    for (file, named) in &named {
        for possible in named.possible.iter().filter(|possible| namespaces.contains(namespace(possible))) {
            add(root, format!("possible {possible}"), Span::new(*file, 0..0));
        }
    }
}

/// What a name begins with.
fn namespace(name: &str) -> &str {
    name.split(['_', '.', ':', '-', '*']).next().unwrap_or(name)
}

/// The nodes that speak for what is declared at a place of a file, and at the end of all places for the file as a whole.
fn owners(publication: &Publication<'_>) -> HashMap<(RepoPath, usize), NodeId> {
    let krate = publication.krate;
    let mut owners = HashMap::new();
    for (index, definition) in (0_u32..).zip(&krate.definitions) {
        if !std::ptr::eq(krate.source_of(definition.within), krate.source) {
            continue;
        }
        let id = DefinitionId(index);
        let speaker =
            || publication.node_of(id).or_else(|| publication.node_of(nearest(krate, id, publication.published)));
        let Some(node) = speaker() else { continue };
        let file = definition.span.file;
        if let Some(item) = definition.item {
            owners.entry((file, item.place.start as usize)).or_insert(node);
            let mut add = |method: &Item| {
                let own = publication.node_of_member(method).unwrap_or(node);
                owners.entry((file, method.place.start as usize)).or_insert(own);
            };
            item.children.iter().filter(|child| matches!(child.kind, ItemKind::Method { .. })).for_each(&mut add);
        }
        let module = krate.modules[definition.within.0 as usize].definition;
        let of_file =
            publication.node_of(module).or_else(|| publication.node_of(nearest(krate, module, publication.published)));
        if let Some(of_file) = of_file {
            owners.entry((file, usize::MAX)).or_insert(of_file);
        }
    }
    for site in &krate.implementations {
        for method in site.item.children.iter().filter(|child| matches!(child.kind, ItemKind::Method { .. })) {
            if let Some(node) = publication.node_of_member(method) {
                owners.insert((site.file, method.place.start as usize), node);
            }
        }
    }
    owners
}
