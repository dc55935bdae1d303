//! What a type's page says of its implementations, and a trait's of its implementors.

use super::definitions::{Page, implementation_scope};
use super::links::{Scope, known};
use super::page::{Draft, as_code};
use crate::extract::rust::resolve::{ImplementationSite, Namespace, implementation, items_within, segments};
use crate::extract::rust::scan::{Item, ItemKind, Signature, span_in};
use crate::graph::{Block, Need, NodeId, Prose, Relation};

/// More implementations than these are closed at first.
const SHOWN_AT_ONCE: usize = 5;

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
        let scope = implementation_scope(page, site.module, &site.item.parameters);
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

/// The traits that a type implements: those derived first, then those written out.
fn write_traits(page: &Page<'_>, draft: &mut Draft, item: &Item, sites: &[&ImplementationSite<'_>]) {
    let mut list = Prose::default();
    for path in &item.attributes.derives {
        let segments = segments(path);
        let target = [Namespace::Type, Namespace::Macro].iter().find_map(|space| {
            let found = page.publication.names.resolve(&segments, *space, page.scope.module)?;
            page.publication.target(&found, Some(*space))
        });
        let mut line = Prose::text("#[derive(");
        match target {
            Some(target) => {
                let relation = relation_to(known(&target), Relation::Implements);
                let index = draft.link(relation, target, draft.node.span, Need::May);
                line.push_link(index, path);
            }
            None => line.push_text(path),
        }
        line.push_text(")]");
        push_row(&mut list, line);
    }
    for site in sites {
        let Some(of) = implementation(site) else { continue };
        let scope = implementation_scope(page, site.module, &site.item.parameters);
        let span = span_in(site.file, &site.item.place);
        let trait_path = of.of_trait.as_deref().unwrap_or_default();
        if !of.negative
            && let Some(target) = page.publication.signature_way(trait_path, &scope)
            && known(&target).is_some()
        {
            draft.link(Relation::Implements, target, span, Need::May);
        }
        let header = draft.foreign_signature(page.publication, &site.item.signature, &scope);
        push_row(&mut list, header);
    }
    if !list.is_empty() {
        draft.push_heading(2, "trait-implementations", Prose::text("Trait Implementations"));
        push_list(draft, "Auto traits and blanket implementations are not listed.", list);
    }
}

/// The types of this crate that implement a trait of it.
fn write_implementors(page: &Page<'_>, draft: &mut Draft) {
    let publication = page.publication;
    let sites = publication.members.of_trait(page.id).iter().map(|&index| &publication.krate.implementations[index]);
    let mut list = Prose::default();
    for site in sites.filter(|site| !site.item.attributes.hidden) {
        let scope = Scope { module: site.module, self_type: None, parameters: [&site.item.parameters, &[]] };
        let line = ways(page, &site.item.signature, &scope);
        push_row(&mut list, line);
    }
    if !list.is_empty() {
        draft.push_heading(2, "implementors", Prose::text("Implementors"));
        push_list(draft, "Implementations in other crates are not listed.", list);
    }
}

/// A signature whose names lead to pages of this crate without stating that anything refers to them.
fn ways(page: &Page<'_>, signature: &Signature, scope: &Scope<'_>) -> Prose {
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

fn push_row(list: &mut Prose, line: Prose) {
    list.html.push_str("<li>");
    list.append(as_code(line));
    list.html.push_str("</li>");
}

/// Adds `rows`, behind `note`, which says what is not among them. Many are closed until a reader opens them.
fn push_list(draft: &mut Draft, note: &str, rows: Prose) {
    let count = rows.html.matches("<li>").count();
    let is_long = count > SHOWN_AT_ONCE;
    let mut list = Prose::html(format!("<p>{note}</p>"));
    if is_long {
        list.html.push_str(&format!("<details><summary>{count} implementations</summary>"));
    }
    list.html.push_str("<ul>");
    list.append(rows);
    list.html.push_str(if is_long { "</ul></details>" } else { "</ul>" });
    draft.node.body.push(Block::Prose(list));
}
