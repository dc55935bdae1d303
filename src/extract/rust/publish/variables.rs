//! The environment variables that a crate reads -> facts of what is published, and links from that to their names.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::Publication;
use super::speakers::Speakers;
use crate::extract::rust::resolve::DefinitionId;
use crate::extract::rust::variables::{Name, Variables, variables};
use crate::graph::{Fact, Fragment, Link, Need, NodeId, READ_VARIABLE, Relation, Target};
use crate::source::{Interned, RepoPath, Span};

/// States who reads which variables.
pub(super) fn link(publication: &Publication<'_>, fragment: &mut Fragment) {
    let krate = publication.krate;
    let files = krate.source.files.iter();
    let of_files: Vec<(RepoPath, Arc<Variables>)> =
        files.filter_map(|path| Some((*path, variables(publication.files.get(path)?)))).collect();
    if of_files.iter().all(|(_, variables)| variables.read.is_empty()) {
        return;
    }
    let Some(root) = publication.node_of(DefinitionId(0)) else { return };
    let speakers = Speakers::of(publication);
    let constants: HashMap<&str, &str> = of_files
        .iter()
        .flat_map(|(_, variables)| &variables.constants)
        .map(|constant| (constant.name.as_str(), constant.text.as_str()))
        .collect();
    let mut by_node: BTreeMap<NodeId, BTreeSet<String>> = BTreeMap::new();
    for (file, variables) in &of_files {
        for read in &variables.read {
            let text = match &read.name {
                Name::Literal(name) => name.clone(),
                Name::Constant(name, rest) => match constants.get(name.as_str()) {
                    Some(text) => format!("{text}{rest}"),
                    None => "*".to_owned(),
                },
            };
            let from = speakers.speaker(*file, read.owner).unwrap_or(root);
            if text.trim_matches('*').len() > 1 {
                by_node.entry(from).or_default().insert(text.clone());
            }
            let target = Target::Named { scheme: Interned::new(READ_VARIABLE), text };
            let span = Span::new(*file, read.place.clone());
            let (relation, need) = (Relation::RefersTo, Need::May);
            fragment.links.push(Link { from, relation, target, span, need, flipped: false });
        }
    }
    for node in &mut fragment.nodes {
        if let Some(names) = by_node.remove(&node.id) {
            let names: Vec<String> = names.into_iter().collect();
            node.facts.insert("reads", Fact::from(names));
        }
    }
}
