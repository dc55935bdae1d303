//! The pages of crates and modules.

use super::Publication;
use super::conditions;
use super::links::Scope;
use super::page::{Draft, as_code};
use super::reach::ReExport;
use super::unexpanded;
use crate::extract::rust::package::TargetKind;
use crate::extract::rust::resolve::DefinitionId;
use crate::extract::rust::scan::ItemKind;
use crate::graph::{Block, Fragment, Need, Prose, Relation, escape};
use crate::source::{Interned, Span};

/// Writes the page of the module `id`; what is in it has pages of its own.
pub(super) fn write(publication: &Publication<'_>, id: DefinitionId, fragment: &mut Fragment) {
    let definition = publication.definition(id);
    let (Some(identity), Some(place)) =
        (publication.identities.of_definition.get(&id), publication.published.places.get(&id))
    else {
        return;
    };
    // A module in a file of its own is written there, not where it is declared.
    let is_elsewhere = definition.item.is_none_or(|item| matches!(item.kind, ItemKind::Module { elsewhere: true, .. }));
    let span = match definition.docs.last() {
        Some(inner) if is_elsewhere => Span::start_of(inner.file),
        _ => definition.span,
    };
    let mut draft = Draft::new(identity, place.name.to_string(), span, None);
    let source = publication.krate.source;
    match definition.item {
        Some(item) => {
            draft.state(item, &item.signature.text);
            draft.push_deprecation(
                publication,
                &item.attributes,
                &Scope::of_module(definition.within),
                definition.span.file,
            );
            draft.state_condition(conditions::of_definition(publication, id));
            draft.state_origin(publication, id, place);
            draft.node.parent = publication.node_of(place.parent);
            draft.node.group = identity.kind.plural.to_owned();
        }
        None => {
            let target = match source.target {
                TargetKind::Library => "library",
                TargetKind::ProceduralMacro => "procedural macro",
                TargetKind::Program => "program",
            };
            let facts = [("package", &source.package), ("version", &source.version)];
            let stated = facts.into_iter().filter(|(_, value)| !value.is_empty());
            draft.node.facts.extend(stated.map(|(name, value)| (name, value.as_str().into())));
            draft.node.facts.insert("target", target.into());
        }
    }
    draft.node.names.extend(place.also.iter().map(|path| Interned::new(path)));
    let mut documented = false;
    for docs in place.docs(publication.krate).iter().chain(&definition.docs) {
        let scope = Scope { lints: definition.lints, ..Scope::of_module(docs.scope) };
        let text = draft.docs(publication, docs, &scope, 2, "");
        documented |= !text.blocks.is_empty();
        draft.push_text(text);
    }
    draft.node.facts.insert("documented", documented.into());
    if definition.item.is_none() && !documented && !source.description.is_empty() {
        draft.node.summary.clone_from(&source.description);
        draft.node.body.push(Block::Prose(Prose::html(format!("<p>{}</p>", escape(&source.description)))));
    }
    if let Some(exports) = publication.published.re_exports.get(&id) {
        draft.push_heading(2, "reexports", Prose::text("Re-exports"));
        let list = re_exports(publication, &mut draft, exports);
        draft.node.body.push(Block::Prose(list));
    }
    let module = definition.module.map(|module| &publication.krate.modules[module.0 as usize]);
    unexpanded::tell(&mut draft, module.into_iter().flat_map(|module| module.unexpanded.iter().copied()));
    draft.finish(fragment);
}

fn re_exports(publication: &Publication<'_>, draft: &mut Draft, exports: &[ReExport]) -> Prose {
    let mut list = Prose::html("<ul>");
    for export in exports {
        let (module, index) = export.import;
        let site = &publication.krate.modules[module.0 as usize].imports[index];
        let span = crate::extract::rust::scan::span_in(site.file, &site.import.place);
        let mut path: Vec<&str> = site.import.path.iter().map(|segment| segment.as_str()).collect();
        let is_glob = site.import.brings == crate::extract::rust::scan::Imported::Glob;
        let name = export.name.map_or("*", Interned::as_str);
        if is_glob && export.name.is_some() {
            path.push(name);
        }
        let target = export.target.as_ref().and_then(|target| publication.target(target, None));
        let mut line = Prose::text("pub use ");
        let written = path.join("::");
        match target {
            Some(target) => {
                let index = draft.link(Relation::ReExports, target, span, Need::May);
                line.push_link(index, &written);
            }
            None => line.push_text(&written),
        }
        match export.name {
            None => line.push_text("::*"),
            Some(name) if path.last() != Some(&name.as_str()) => line.push_text(&format!(" as {name}")),
            Some(_) => {}
        }
        list.html.push_str("<li>");
        list.append(as_code(line));
        list.html.push_str("</li>");
    }
    list.html.push_str("</ul>");
    list
}
