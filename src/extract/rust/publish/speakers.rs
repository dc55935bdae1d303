//! Places in the files of a crate -> the nodes that speak for what is declared there.
//!
//! What is not published is spoken for by the nearest module that is.

use std::collections::HashMap;

use super::Publication;
use super::handlers::nearest;
use crate::extract::rust::resolve::DefinitionId;
use crate::extract::rust::scan::{Item, ItemKind};
use crate::graph::NodeId;
use crate::source::RepoPath;

/// The nodes that speak for what is declared at a place of a file, and at the end of all places for the file as a whole.
pub(super) struct Speakers(HashMap<(RepoPath, usize), NodeId>);

impl Speakers {
    pub(super) fn of(publication: &Publication<'_>) -> Self {
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
                    let own = publication.node_of_member(id, method).unwrap_or(node);
                    owners.entry((file, method.place.start as usize)).or_insert(own);
                };
                item.children.iter().filter(|child| matches!(child.kind, ItemKind::Method { .. })).for_each(&mut add);
            }
            let module = krate.modules[definition.within.0 as usize].definition;
            let of_file = publication
                .node_of(module)
                .or_else(|| publication.node_of(nearest(krate, module, publication.published)));
            if let Some(of_file) = of_file {
                owners.entry((file, usize::MAX)).or_insert(of_file);
            }
        }
        for site in &krate.implementations {
            for method in site.item.children.iter().filter(|child| matches!(child.kind, ItemKind::Method { .. })) {
                if let Some(identity) = publication.identities.some_member(method) {
                    owners.insert((site.file, method.place.start as usize), identity.id);
                }
            }
        }
        Self(owners)
    }

    /// Who speaks for what is declared at `place` of `file`, or else for the file.
    pub(super) fn speaker(&self, file: RepoPath, place: Option<usize>) -> Option<NodeId> {
        let declared = place.and_then(|place| self.0.get(&(file, place)));
        declared.or_else(|| self.0.get(&(file, usize::MAX))).copied()
    }
}
