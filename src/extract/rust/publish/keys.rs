//! The keys that a crate's configurations are read from -> links to their names.

use std::sync::Arc;

use super::Publication;
use super::speakers::Speakers;
use crate::extract::rust::keys::{Key, Keys, keys, of_configurations};
use crate::extract::rust::resolve::DefinitionId;
use crate::graph::{Fragment, Link, Need, READ_KEY, Relation, Target};
use crate::source::{Interned, RepoPath, Span};

/// States what configurations are read from.
pub(super) fn link(publication: &Publication<'_>, fragment: &mut Fragment) {
    let krate = publication.krate;
    let files = krate.source.files.iter();
    let of_files: Vec<(RepoPath, Arc<Keys>)> =
        files.filter_map(|path| Some((*path, keys(publication.files.get(path)?)))).collect();
    let all = || of_files.iter().flat_map(|(_, keys)| &keys.list);
    let wanted = of_configurations(all());
    let Some(root) = publication.node_of(DefinitionId(0)).filter(|_| !wanted.is_empty()) else { return };
    let speakers = Speakers::of(publication);
    for (file, keys) in &of_files {
        for Key { read, place, owner } in keys.list.iter().filter(|key| wanted.contains(key.read.structure.as_str())) {
            let from = speakers.speaker(*file, Some(*owner)).unwrap_or(root);
            let target = Target::Named { scheme: Interned::new(READ_KEY), text: read.to_string() };
            let (relation, need, span) = (Relation::RefersTo, Need::May, Span::new(*file, place.clone()));
            fragment.links.push(Link { from, relation, target, span, need, flipped: false });
        }
    }
}
