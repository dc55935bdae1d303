//! A crate -> the nodes and links that document it.
//!
//! Enters: a resolved [`Crate`]. Leaves: a [`Fragment`]. `reach` decides what is published and where, `identity` what
//! it is called, `links` where names lead; the others write pages.

mod anchors;
mod conditions;
mod coverage;
mod declaration;
mod definitions;
mod deref;
mod derived;
mod docs;
mod handlers;
mod identity;
mod implementations;
mod keys;
mod links;
mod metrics;
mod missing;
mod modules;
mod page;
mod reach;
mod rows;
mod speakers;
mod unexpanded;
mod variables;

use std::collections::HashMap;
use std::sync::Arc;

use super::package::CrateSource;
use super::resolve::{Crate, DefinitionId, Members, Names};
use super::scan::Item;
use super::serve;
use crate::graph::{Fragment, Need, NodeId};
use crate::source::{RepoPath, SourceFile};

use identity::Identities;
use reach::Published;

/// What is known while a crate's pages are written.
pub(super) struct Publication<'a> {
    krate: &'a Crate<'a>,
    names: &'a Names<'a>,
    members: &'a Members,
    published: &'a Published,
    identities: &'a Identities,
    files: &'a HashMap<RepoPath, Arc<SourceFile>>,
}

impl<'a> Publication<'a> {
    fn definition(&self, id: DefinitionId) -> &'a super::resolve::Definition<'a> {
        &self.krate.definitions[id.0 as usize]
    }

    /// The node of a definition, if it is published.
    fn node_of(&self, id: DefinitionId) -> Option<NodeId> {
        self.identities.of_definition.get(&id).map(|identity| identity.id)
    }

    /// The node of the member of `owner` that `item` declares, if it is published.
    fn node_of_member(&self, owner: DefinitionId, item: &Item) -> Option<NodeId> {
        self.identities.member(owner, item).map(|identity| identity.id)
    }
}

/// Writes everything that `krate` publishes. `files` are its sources.
pub(crate) fn publish(krate: &Crate<'_>, files: &HashMap<RepoPath, Arc<SourceFile>>) -> Fragment {
    let names = Names::new(krate);
    let mut published = reach::reach(krate, &names);
    let of_others = published.order.iter().map(|id| &krate.definitions[id.0 as usize]);
    let of_others = of_others.filter(|definition| !std::ptr::eq(krate.source_of(definition.within), krate.source));
    let members = Members::new(krate, &names, &of_others.map(|definition| definition.name).collect());
    let served = serve::served(krate, &names, &members, files);
    handlers::place(krate, &served, &mut published);
    let identities = identity::identify(krate, &published, &members);
    let publication =
        Publication { krate, names: &names, members: &members, published: &published, identities: &identities, files };
    let mut fragment = Fragment { diagnostics: krate.diagnostics.clone(), ..Fragment::default() };
    for &id in &published.order {
        let definition = publication.definition(id);
        if definition.module.is_some() {
            modules::write(&publication, id, &mut fragment);
        } else {
            definitions::write(&publication, id, &mut fragment);
        }
    }
    handlers::link(&publication, &served, &mut fragment);
    metrics::link(&publication, &mut fragment);
    variables::link(&publication, &mut fragment);
    keys::link(&publication, &mut fragment);
    coverage::state(&mut fragment.nodes);
    leave_to_others(krate.source, &mut fragment);
    fragment
}

/// What is wrong in the files of crates that `source` re-exports from is reported where those are published.
fn leave_to_others(source: &CrateSource, fragment: &mut Fragment) {
    let is_foreign = |file: RepoPath| {
        source.inlined.iter().any(|other| other.files.contains(&file)) && !source.files.contains(&file)
    };
    for link in fragment.links.iter_mut().filter(|link| is_foreign(link.span.file)) {
        link.need = Need::May;
    }
    fragment.diagnostics.retain(|diagnostic| diagnostic.span.is_none_or(|span| !is_foreign(span.file)));
}
