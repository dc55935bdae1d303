//! The methods that a type has because it stands for another one: those of `Deref::Target`, where that has a page here.

use super::definitions::{Page, implementation_scope};
use super::implementations::ways;
use super::links::Scope;
use super::page::{Draft, as_code};
use crate::extract::rust::resolve::{
    DefinitionId, ImplementationSite, Namespace, Resolution, implementation, items_within, segments,
};
use crate::extract::rust::scan::{Item, ItemKind, Signature};
use crate::graph::{Block, Prose};

/// Adds the section; `sites` are the traits that the type implements.
pub(super) fn write(page: &Page<'_>, draft: &mut Draft, sites: &[&ImplementationSite<'_>]) {
    let site_of = |standard: &str| sites.iter().find(|site| implements(page, site, standard));
    let Some(site) = site_of("ops::Deref") else { return };
    let Some((target, written)) = target(page, site) else { return };
    let changes = site_of("ops::DerefMut").is_some();
    let publication = page.publication;
    let inherent = publication.members.of_type(target).iter().map(|&index| &publication.krate.implementations[index]);
    let inherent = inherent.filter(|site| implementation(site).is_some_and(|of| of.of_trait.is_none()));
    let mut rows = Prose::default();
    for site in inherent.filter(|site| !site.item.attributes.hidden) {
        for item in items_within(site.item, &publication.krate.source.environment) {
            let Some(node) = publication.node_of_member(target, item).filter(|_| is_of_reference(item, changes)) else {
                continue;
            };
            let name = item.name.as_str();
            let Some(at) = item.signature.text.find(&format!("fn {name}")).map(|at| at + "fn ".len()) else { continue };
            let scope = implementation_scope(page, site);
            let scope = Scope { self_type: Some(target), parameters: [scope.parameters[0], &item.parameters], ..scope };
            let part = |range| ways(page, &item.signature.part(range), &scope);
            let mut line = part(0..at);
            line.push_way(node, name);
            line.append(part(at + name.len()..item.signature.text.len()));
            rows.html.push_str("<li>");
            rows.append(as_code(line));
            rows.html.push_str("</li>");
        }
    }
    if rows.is_empty() {
        return;
    }
    let title = Prose::text(&format!("Methods from Deref<Target = {}>", written.text));
    draft.push_heading(2, &format!("deref-methods-{}", publication.definition(target).name), title);
    let mut list = Prose::html("<ul class=\"implementations\">");
    list.append(rows);
    list.html.push_str("</ul>");
    draft.node.body.push(Block::Prose(list));
}

/// Whether it implements the trait that is `standard` in the standard library.
fn implements(page: &Page<'_>, site: &ImplementationSite<'_>, standard: &str) -> bool {
    let path = implementation(site).and_then(|of| of.of_trait.as_deref());
    // Most traits have another name, which costs least to find out.
    let path = path.filter(|path| path.rsplit("::").next() == standard.rsplit("::").next());
    let found = path.and_then(|path| page.publication.names.resolve(&segments(path), Namespace::Type, site.module));
    matches!(found, Some(Resolution::Standard(path)) if path == standard)
}

/// What the type stands for, when that is of this crate, and as it is written.
fn target(page: &Page<'_>, site: &ImplementationSite<'_>) -> Option<(DefinitionId, Signature)> {
    let publication = page.publication;
    let set = items_within(site.item, &publication.krate.source.environment);
    let set = set.into_iter().find(|item| item.name.as_str() == "Target")?;
    let start = set.signature.text.find(" = ")? + " = ".len();
    let written = set.signature.part(start..set.signature.text.len());
    // A reference or a tuple begins with something else.
    let path = written.paths.first().filter(|path| path.start == 0)?;
    let path = segments(written.text.get(..path.end as usize)?);
    if site.item.parameters.contains(&path[0]) {
        return None;
    }
    match publication.names.resolve(&path, Namespace::Type, site.module)? {
        Resolution::Definition(id) => Some((publication.names.behind_aliases(id), written)),
        _ => None,
    }
}

/// Whether a method can be called through a reference, one by which things may be changed if `changes`.
fn is_of_reference(item: &Item, changes: bool) -> bool {
    let receiver = item.signature.text.split_once('(').and_then(|(_, rest)| rest.trim_start().split([',', ')']).next());
    let Some(receiver) = receiver.filter(|_| matches!(item.kind, ItemKind::Method { .. })) else { return false };
    receiver.starts_with('&') && receiver.ends_with("self") && (changes || !receiver.ends_with("mut self"))
}
