//! What a type's page says of its implementations, and a trait's of its implementors.

use super::definitions::{Page, implementation_scope};
use super::deref;
use super::derived::{self, Declared};
use super::links::{Scope, known};
use super::page::Draft;
use super::rows::Rows;
use crate::extract::rust::resolve::{
    ImplementationSite, Namespace, Resolution, implementation, items_within, segments,
};
use crate::extract::rust::scan::{Item, ItemKind, Signature, span_in};
use crate::graph::{Block, Need, NodeId, Prose, Relation};

/// Adds the sections on implementations to the page.
pub(super) fn write(page: &Page<'_>, draft: &mut Draft, item: &Item, members: &mut Vec<Draft>) {
    let krate = page.publication.krate;
    let sites = page.publication.members.of_type(page.id).iter().map(|&index| &krate.implementations[index]);
    let sites: Vec<_> = sites.filter(|site| !site.item.attributes.hidden).collect();
    let of_trait = |site: &&ImplementationSite<'_>| implementation(site).is_some_and(|of| of.of_trait.is_some());
    let (traits, inherent): (Vec<_>, Vec<_>) = sites.into_iter().partition(of_trait);
    write_inherent(page, draft, &inherent, members);
    if !matches!(item.kind, ItemKind::Trait) {
        write_traits(page, draft, item, &traits);
    }
    if matches!(item.kind, ItemKind::Trait) {
        write_implementors(page, draft);
    }
}

fn write_inherent(page: &Page<'_>, draft: &mut Draft, sites: &[&ImplementationSite<'_>], members: &mut Vec<Draft>) {
    let mut is_first = true;
    for site in sites {
        let items = items_within(site.item, &page.publication.krate.source.environment);
        let shown: Vec<&Item> = items.into_iter().filter(|item| page.identity(item).is_some()).collect();
        if shown.is_empty() {
            continue;
        }
        if is_first {
            draft.push_heading(2, "implementations", Prose::text("Implementations"));
            is_first = false;
        }
        let scope = implementation_scope(page, site);
        // A plain `impl Order` says nothing that the page does not.
        if site.item.signature.text != format!("impl {}", page.title) || !site.item.attributes.docs.is_empty() {
            let header = draft.foreign_signature(page.publication, &site.item.signature, &scope);
            draft.node.body.push(Block::Signature(header));
            let documented = crate::extract::rust::resolve::Documented {
                file: site.file,
                parts: &site.item.attributes.docs,
                scope: site.module,
            };
            let text = draft.docs(page.publication, &documented, &scope, 4, "impl-");
            draft.node.body.extend(text.blocks);
        }
        for item in shown {
            page.associated(draft, item, scope, (site.file, Some(&site.item.attributes)), members);
        }
    }
}

/// The traits that a type implements, those derived and those written out.
fn write_traits(page: &Page<'_>, draft: &mut Draft, item: &Item, sites: &[&ImplementationSite<'_>]) {
    let mut rows = Rows::default();
    let derives = &item.attributes.derives;
    let declared = derives.first().and_then(|_| Declared::of(item));
    for path in derives {
        write_derived(page, draft, declared.as_ref(), path, &mut rows);
    }
    for site in sites {
        let Some(of) = implementation(site) else { continue };
        let scope = implementation_scope(page, site);
        let span = span_in(site.file, &site.item.place);
        let trait_path = of.of_trait.as_deref().unwrap_or_default();
        if !of.negative
            && let Some(target) = page.publication.signature_way(trait_path, &scope)
            && known(&target).is_some()
        {
            draft.link(Relation::Implements, target, span, Need::May);
        }
        let mut link = |signature: &Signature| draft.foreign_signature(page.publication, signature, &scope);
        rows.push(page.publication, site, &mut link);
    }
    if !rows.is_empty() {
        draft.push_heading(2, "trait-implementations", Prose::text("Trait Implementations"));
        let list = rows.into_list("Auto traits and blanket implementations are not listed.");
        draft.node.body.push(Block::Prose(list));
    }
    deref::write(page, draft, sites);
}

/// The row of `#[derive(path)]` on what is `declared`: what it implements, where that is known.
fn write_derived(page: &Page<'_>, draft: &mut Draft, declared: Option<&Declared<'_>>, path: &str, rows: &mut Rows) {
    let publication = page.publication;
    let segments = segments(path);
    let found = [Namespace::Type, Namespace::Macro].into_iter().find_map(|space| {
        let found = publication.names.resolve(&segments, space, page.scope.module)?;
        Some((publication.target(&found, Some(space))?, found))
    });
    if let Some((_, Resolution::Standard(standard))) = &found
        && let Some(declared) = declared.filter(|_| derived::is_known(standard))
    {
        let head = declared.implementation(path);
        let line = draft.foreign_signature(publication, &head, &page.scope);
        return rows.push_head(&head.text, line);
    }
    let mut line = Prose::text("#[derive(");
    match found {
        Some((target, _)) => {
            let relation = relation_to(known(&target), Relation::Implements);
            let index = draft.link(relation, target, draft.node.span, Need::May);
            line.push_link(index, path);
        }
        None => line.push_text(path),
    }
    line.push_text(")]");
    rows.push_macro(path, line);
}

/// The types of this crate that implement a trait of it.
fn write_implementors(page: &Page<'_>, draft: &mut Draft) {
    let publication = page.publication;
    let sites = publication.members.of_trait(page.id).iter().map(|&index| &publication.krate.implementations[index]);
    let mut rows = Rows::default();
    for site in sites.filter(|site| !site.item.attributes.hidden) {
        let scope = Scope { parameters: [&site.item.parameters, &[]], ..Scope::of_module(site.module) };
        rows.push(publication, site, &mut |signature| ways(page, signature, &scope));
    }
    if !rows.is_empty() {
        draft.push_heading(2, "implementors", Prose::text("Implementors"));
        draft.node.body.push(Block::Prose(rows.into_list("Implementations in other crates are not listed.")));
    }
}

/// A signature whose names lead to pages of this crate without stating that anything refers to them.
pub(super) fn ways(page: &Page<'_>, signature: &Signature, scope: &Scope<'_>) -> Prose {
    let mut prose = Prose::default();
    let mut from = 0;
    for path in &signature.paths {
        let (start, end) = (path.start as usize, path.end as usize);
        let (Some(before), Some(name)) = (signature.text.get(from..start), signature.text.get(start..end)) else {
            continue;
        };
        prose.push_text(before);
        from = end;
        match page.publication.signature_way(name, scope).as_ref().and_then(known) {
            Some(id) => prose.push_way(id, name),
            None => prose.push_text(name),
        }
    }
    prose.push_text(signature.text.get(from..).unwrap_or_default());
    prose
}

fn relation_to(local: Option<NodeId>, relation: Relation) -> Relation {
    if local.is_some() { relation } else { Relation::RefersTo }
}
