//! The descriptors of a catalog -> whose the folders are in which they stand.

use std::collections::BTreeMap;

use super::catalog::Entity;
use super::people::People;
use crate::graph::NodeId;
use crate::source::{RepoPath, Span};

/// What stands in a folder is code first; the others are mostly what it belongs to.
const KINDS: [&str; 6] = ["component", "system", "domain", "resource", "api", "template"];

/// Who owns each folder in which descriptors stand, as far as these agree: where they describe the things of several owners, nobody
/// knows whose the folder is.
pub(super) fn owners_of_folders<'a>(
    entities: impl Iterator<Item = (RepoPath, &'a Entity)>,
    people: &People<'_>,
) -> BTreeMap<RepoPath, (NodeId, Span)> {
    let mut folders: BTreeMap<RepoPath, Vec<&Entity>> = BTreeMap::new();
    for (file, entity) in entities {
        folders.entry(file.parent()).or_default().push(entity);
    }
    let owned = |(folder, entities): (RepoPath, Vec<&Entity>)| Some((folder, owner_of_folder(&entities, people)?));
    folders.into_iter().filter_map(owned).collect()
}

fn owner_of_folder(entities: &[&Entity], people: &People<'_>) -> Option<(NodeId, Span)> {
    let owners = |is_asked: &dyn Fn(&Entity) -> bool| -> BTreeMap<NodeId, Span> {
        let owners = entities.iter().filter(|entity| is_asked(entity)).filter_map(|entity| entity.owner.as_ref());
        let owners = owners.filter(|owner| owner.name.is_owner());
        owners.filter_map(|owner| Some((people.meant(&owner.name).id()?, owner.span))).collect()
    };
    // Whoever says that its documents are here speaks for the folder.
    let documented = owners(&|entity| entity.documents.as_ref().is_some_and(|(place, _)| is_here(place)));
    let by_kind = KINDS.iter().map(|kind| owners(&|entity| entity.name.kind == *kind));
    let owners = std::iter::once(documented).chain(by_kind).find(|owners| !owners.is_empty())?;
    (owners.len() == 1).then(|| owners.into_iter().next()).flatten()
}

fn is_here(place: &str) -> bool {
    matches!(place.trim_end_matches('/'), "." | "")
}
