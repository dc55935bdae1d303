//! Functions that serve routes of HTTP -> what they are published as, and what they are linked to.
//!
//! Who uses a service reaches them, public or not: those that code cannot import have pages too, below the nearest module that
//! has one.

use std::collections::HashSet;

use super::Publication;
use super::reach::{Place, Published};
use crate::extract::rust::resolve::{Crate, Definition, DefinitionId};
use crate::extract::rust::scan::{Item, Visibility, function_at};
use crate::extract::rust::serve::{Handler, Served};
use crate::graph::{Fragment, Link, Need, Relation, Target};
use crate::source::Interned;

/// The heading under which modules list functions that are published only because they serve routes.
pub(super) const GROUP: &str = "Handlers";

/// Adds to `published` the functions among `served` that it lacks.
pub(super) fn place(krate: &Crate<'_>, served: &[Served], published: &mut Published) {
    // Under different conditions the same function may be written more than once.
    let mut paths = HashSet::new();
    for route in served {
        let Handler::Function(id) = route.handler else { continue };
        let definition = &krate.definitions[id.0 as usize];
        if published.places.contains_key(&id) || definition.is_hidden {
            continue;
        }
        let parent = nearest(krate, id, published);
        let path = krate.defined_path(id);
        if !paths.insert(path.clone()) {
            continue;
        }
        let place = Place { path, parent, name: definition.name, also: Vec::new(), through: None, is_handler: true };
        published.places.insert(id, place);
        published.order.push(id);
    }
}

/// The nearest module around `id` that is published; the root is.
pub(super) fn nearest(krate: &Crate<'_>, id: DefinitionId, published: &Published) -> DefinitionId {
    let mut here = id;
    // As deep as modules go.
    loop {
        here = krate.modules[krate.definitions[here.0 as usize].within.0 as usize].definition;
        if published.places.contains_key(&here) || here == DefinitionId(0) {
            return here;
        }
    }
}

/// All of the function `item`, of which a library's scan knows only the name when it is private.
pub(super) fn whole(publication: &Publication<'_>, definition: &Definition<'_>, item: &Item) -> Option<Item> {
    let is_bare = item.visibility == Visibility::Inherited && item.signature.text.is_empty();
    let file = publication.files.get(&definition.span.file).filter(|_| is_bare)?;
    function_at(file, &publication.krate.source.environment, item.place.start).filter(|whole| whole.name == item.name)
}

/// Links those among `served` that have a page or a place on one to the operations that they serve.
pub(super) fn link(publication: &Publication<'_>, served: &[Served], fragment: &mut Fragment) {
    for route in served {
        let from = match route.handler {
            Handler::Function(id) => publication.node_of(id),
            Handler::Method(item) => publication.identities.some_member(item).map(|identity| identity.id),
        };
        let Some(from) = from else { continue };
        let mut text = format!("{} {}", route.method, route.path.replace(char::is_whitespace, "%20"));
        if let Some(id) = &route.operation_id {
            text.push(' ');
            text.push_str(id);
        }
        let target = Target::Named { scheme: Interned::new("route"), text };
        let link =
            Link { from, relation: Relation::Handles, target, span: route.span, need: Need::May, flipped: false };
        fragment.links.push(link);
    }
}
