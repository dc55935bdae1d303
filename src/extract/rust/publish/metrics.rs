//! The metrics that a crate names -> links from what is published to them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Publication;
use super::speakers::Speakers;
use crate::extract::rust::emit::{self, Named};
use crate::extract::rust::package::Dependency;
use crate::extract::rust::resolve::DefinitionId;
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
    let speakers = Speakers::of(publication);
    let Some(root) = publication.node_of(DefinitionId(0)) else { return };
    let mut add = |from: NodeId, text: String, span: Span| {
        let target = Target::Named { scheme: Interned::new(EMITTED), text };
        fragment.links.push(Link { from, relation: Relation::RefersTo, target, span, need: Need::May, flipped: false });
    };
    let mut namespaces = BTreeSet::new();
    for (file, named) in &named {
        for emitted in &named.emitted {
            let span = Span::new(*file, emitted.place.clone());
            namespaces.insert(namespace(&emitted.name));
            add(
                speakers.speaker(*file, emitted.owner).unwrap_or(root),
                format!("{} {}", emitted.kind, emitted.name),
                span,
            );
        }
    }
    // Those by which one of the crate's own metrics is named.
    for (file, named) in &named {
        for constant in &named.constants {
            let Some(kind) = used.get(&constant.name) else { continue };
            let speaker = speakers.speaker(*file, Some(constant.owner));
            namespaces.insert(namespace(&constant.text));
            let span = Span::new(*file, constant.place.clone());
            add(speaker.unwrap_or(root), format!("{kind} {}", constant.text), span);
        }
    }
    // Libraries that this is built on may emit some of the same namespace under their own names.
    for (name, dependency) in &krate.source.dependencies {
        if !matches!(dependency, Dependency::Local(_)) {
            add(root, format!("library {name}"), Span::new(krate.source.root, 0..0));
        }
    }
    // Others that begin alike may be names of metrics, too.
    for (file, named) in &named {
        for lent in &named.lent {
            add(root, format!("lent {lent}"), Span::new(*file, 0..0));
        }
        for possible in named.possible.iter().filter(|possible| namespaces.contains(namespace(possible))) {
            add(root, format!("possible {possible}"), Span::new(*file, 0..0));
        }
    }
}

/// What a name begins with.
fn namespace(name: &str) -> &str {
    name.split(['_', '.', ':', '-', '*']).next().unwrap_or(name)
}
