//! The pages of items: types, traits, functions, constants, macros.

use super::Publication;
use super::conditions;
use super::declaration::declaration;
use super::handlers;
use super::identity::{Identity, named_fields};
use super::implementations;
use super::links::Scope;
use super::page::{Draft, code, inline};
use super::unexpanded;
use crate::extract::rust::resolve::{DefinitionId, Documented, ImplementationSite, items_within};
use crate::extract::rust::scan::{Attributes, Item, ItemKind, Signature, Visibility};
use crate::graph::{Block, Field, Fragment, NodeId, Prose};
use crate::source::{Interned, RepoPath};

/// Writes the page of `id`, and the nodes of its members.
pub(super) fn write(publication: &Publication<'_>, id: DefinitionId, fragment: &mut Fragment) {
    let definition = publication.definition(id);
    let (Some(identity), Some(place), Some(item)) =
        (publication.identities.of_definition.get(&id), publication.published.places.get(&id), definition.item)
    else {
        return;
    };
    let whole = handlers::whole(publication, definition, item);
    let item = whole.as_ref().unwrap_or(item);
    let mut draft = Draft::new(identity, place.name.to_string(), definition.span, None);
    draft.node.parent = publication.node_of(place.parent);
    draft.node.group = if place.is_handler { handlers::GROUP } else { identity.kind.plural }.to_owned();
    draft.node.names.extend(place.also.iter().map(|path| Interned::new(path)));
    let self_type = matches!(
        item.kind,
        ItemKind::Struct | ItemKind::Enum | ItemKind::Union | ItemKind::Trait | ItemKind::TypeAlias
    );
    let scope = Scope {
        module: definition.within,
        self_type: self_type.then_some(id),
        parameters: [&item.parameters, &[]],
        lints: definition.lints,
    };
    let declared = declaration(publication, item, place.name);
    draft.state(item, &declared.whole.text);
    draft.push_deprecation(publication, &item.attributes, &scope, definition.span.file);
    if place.is_handler && item.visibility == Visibility::Public {
        draft.node.facts.insert("visibility", "crate".into());
    }
    draft.state_condition(conditions::of_definition(publication, id));
    draft.state_origin(publication, id, place);
    let signature = draft.declaration(publication, &declared, &scope);
    draft.node.body.push(Block::Signature(signature));
    let mut documented = false;
    let unread = whole.as_ref().map(|item| definition.documented_by(item));
    for docs in place.docs(publication.krate).iter().chain(&definition.docs).chain(&unread) {
        // A macro is published at the root, and its words are those of where it is written.
        let scope = Scope { module: docs.scope, ..scope };
        let text = draft.docs(publication, docs, &scope, 2, "");
        documented |= !text.blocks.is_empty();
        draft.push_text(text);
    }
    draft.node.facts.insert("documented", documented.into());
    let mut members = Vec::new();
    let page = Page { publication, id, node: identity.id, title: place.name, scope, file: definition.span.file };
    match item.kind {
        ItemKind::Struct | ItemKind::Union => page.fields(&mut draft, item, &mut members),
        ItemKind::Enum => page.variants(&mut draft, item, &mut members),
        ItemKind::Trait => page.trait_items(&mut draft, item, &mut members),
        _ => {}
    }
    implementations::write(&page, &mut draft, item, &mut members);
    let sites = publication.members.of_type(id).iter().map(|&index| publication.krate.implementations[index].item);
    let called = sites.chain([item]).flat_map(unexpanded::called_in);
    let is_complete = publication.krate.is_complete(definition.within);
    let called = called.filter(|name| !is_complete && !publication.krate.wrapping.contains(name));
    unexpanded::tell(&mut draft, called);
    draft.finish(fragment);
    for member in members {
        member.finish(fragment);
    }
}

/// An anchor, a heading, and what stands below it.
type TraitSection = (&'static str, &'static str, fn(&ItemKind) -> bool);

/// The page that is being written.
pub(super) struct Page<'p> {
    pub(super) publication: &'p Publication<'p>,
    pub(super) id: DefinitionId,
    pub(super) node: NodeId,
    pub(super) title: Interned,
    pub(super) scope: Scope<'p>,
    pub(super) file: RepoPath,
}

impl<'p> Page<'p> {
    /// The identity of a member that has a place on this page.
    pub(super) fn identity(&self, item: &Item) -> Option<&'p Identity> {
        self.publication.identities.member(self.id, item)
    }

    /// A member, without text.
    pub(super) fn member(&self, item: &Item, identity: &Identity, file: RepoPath) -> Draft {
        let span = crate::extract::rust::scan::span_in(file, &item.place);
        let mut draft = Draft::new(identity, format!("{}::{}", self.title, item.name), span, Some(self.node));
        draft.state(item, &item.signature.text);
        if matches!(item.visibility, crate::extract::rust::scan::Visibility::Inherited) {
            let owner = self.publication.definition(self.id).item.map(|item| &item.kind);
            if matches!(owner, Some(ItemKind::Enum | ItemKind::Trait)) && !matches!(item.kind, ItemKind::Method { .. })
            {
                draft.node.facts.insert("visibility", "public".into());
            }
        }
        draft.node.parent = Some(self.node);
        draft
    }

    fn fields(&self, draft: &mut Draft, item: &Item, members: &mut Vec<Draft>) {
        let fields = self.rows(draft, items_within(item, &self.publication.krate.source.environment), members);
        if !fields.is_empty() {
            draft.push_heading(2, "fields", Prose::text("Fields"));
            draft.node.body.push(Block::Fields(fields));
        }
    }

    fn variants(&self, draft: &mut Draft, item: &Item, members: &mut Vec<Draft>) {
        let variants = self.rows(draft, items_within(item, &self.publication.krate.source.environment), members);
        if !variants.is_empty() {
            draft.push_heading(2, "variants", Prose::text("Variants"));
            draft.node.body.push(Block::Fields(variants));
        }
    }

    /// Fields or variants as rows, and a node for each.
    fn rows(&self, draft: &mut Draft, items: Vec<&Item>, members: &mut Vec<Draft>) -> Vec<Field> {
        let mut rows = Vec::new();
        for item in items {
            let Some(identity) = self.identity(item) else { continue };
            let mut member = self.member(item, identity, self.file);
            let row = self.row(draft, item, identity.place.clone());
            member.node.facts.insert("documented", (!row.description.is_empty()).into());
            member.node.summary = summary_of(&row.description);
            member.state_condition(conditions::of_member(&[&item.attributes]));
            members.push(member);
            let fields = named_fields(self.publication.krate, item);
            for (field, row) in fields.into_iter().zip(&row.children) {
                let Some(identity) = self.identity(field) else { continue };
                let mut member = self.member(field, identity, self.file);
                member.node.title = format!("{}::{}::{}", self.title, item.name, field.name);
                member.node.facts.insert("visibility", "public".into());
                member.node.facts.insert("documented", (!row.description.is_empty()).into());
                member.node.summary = summary_of(&row.description);
                members.push(member);
            }
            rows.push(row);
        }
        rows
    }

    fn row(&self, draft: &mut Draft, item: &Item, anchor: String) -> Field {
        let publication = self.publication;
        let prefix = format!("{anchor}-");
        let documented = Documented { file: self.file, parts: &item.attributes.docs, scope: self.scope.module };
        let text = draft.docs(publication, &documented, &self.scope.below(&item.attributes), 4, &prefix);
        let is_variant = matches!(item.kind, ItemKind::Variant);
        // What stands behind the name: a field's type, a variant's content.
        let rest = behind_name(&item.signature, item.name, is_variant);
        let kind = draft.signature(publication, &rest, &self.scope);
        let mut marks = Vec::new();
        if item.attributes.deprecated.is_some() {
            marks.push("deprecated".to_owned());
        }
        marks.extend(conditions::of_member(&[&item.attributes]));
        let is_record = is_variant && item.children.first().is_some_and(|field| !is_position(field));
        let children = named_fields(publication.krate, item).into_iter();
        let children: Vec<Field> =
            children.map(|field| self.row(draft, field, format!("{anchor}.field.{}", field.name))).collect();
        Field {
            name: item.name.to_string(),
            anchor,
            kind: if is_record { Prose::default() } else { kind },
            marks,
            notes: Vec::new(),
            description: inline(text.blocks),
            children,
        }
    }

    fn trait_items(&self, draft: &mut Draft, item: &Item, members: &mut Vec<Draft>) {
        let items = items_within(item, &self.publication.krate.source.environment);
        let sections: [TraitSection; 6] = [
            ("required-associated-consts", "Required Associated Constants", |kind| {
                matches!(kind, ItemKind::AssociatedConstant { required: true })
            }),
            ("provided-associated-consts", "Provided Associated Constants", |kind| {
                matches!(kind, ItemKind::AssociatedConstant { required: false })
            }),
            ("required-associated-types", "Required Associated Types", |kind| {
                matches!(kind, ItemKind::AssociatedType { required: true })
            }),
            ("provided-associated-types", "Provided Associated Types", |kind| {
                matches!(kind, ItemKind::AssociatedType { required: false })
            }),
            ("required-methods", "Required Methods", |kind| matches!(kind, ItemKind::Method { required: true })),
            ("provided-methods", "Provided Methods", |kind| matches!(kind, ItemKind::Method { required: false })),
        ];
        for (anchor, title, belongs) in sections {
            let shown: Vec<&&Item> =
                items.iter().filter(|item| belongs(&item.kind) && self.identity(item).is_some()).collect();
            if shown.is_empty() {
                continue;
            }
            draft.push_heading(2, anchor, Prose::text(title));
            for item in shown {
                self.associated(draft, item, self.scope, (self.file, None), members);
            }
        }
    }

    /// A heading on this page, and a node that says the rest. `around` are the attributes of the `impl` around it.
    pub(super) fn associated(
        &self,
        draft: &mut Draft,
        item: &Item,
        scope: Scope<'_>,
        (file, around): (RepoPath, Option<&Attributes>),
        members: &mut Vec<Draft>,
    ) {
        let Some(identity) = self.identity(item) else { return };
        let scope = Scope { parameters: [scope.parameters[0], &item.parameters], ..scope.below(&item.attributes) };
        draft.push_heading(3, &identity.place, code(item.name.as_str()));
        let mut member = self.member(item, identity, file);
        let signature = member.signature(self.publication, &item.signature, &scope);
        member.push_deprecation(self.publication, &item.attributes, &scope, file);
        let attributes: Vec<&Attributes> = around.into_iter().chain([&item.attributes]).collect();
        member.push_condition(conditions::of_member(&attributes));
        member.node.body.push(Block::Signature(signature));
        let documented = Documented { file, parts: &item.attributes.docs, scope: scope.module };
        let text = member.docs(self.publication, &documented, &scope, 4, &format!("{}-", identity.place));
        member.node.facts.insert("documented", (!text.blocks.is_empty()).into());
        member.push_text(text);
        members.push(member);
    }
}

pub(super) fn is_position(field: &Item) -> bool {
    field.name.as_str().starts_with(|first: char| first.is_ascii_digit())
}

/// The first paragraph of a row's description, as plain text.
fn summary_of(description: &Prose) -> String {
    let html = description.html.split("</p>").next().unwrap_or_default();
    let mut text = String::new();
    let mut in_tag = false;
    for character in html.chars() {
        match character {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if !in_tag => text.push(character),
            _ => {}
        }
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    text.trim().to_owned()
}

/// Of `pub name: Type` the type, of `Name(A, B)` the brackets.
fn behind_name(signature: &Signature, name: Interned, is_variant: bool) -> Signature {
    let text = &signature.text;
    let start = if is_variant {
        text.find(name.as_str()).map_or(0, |at| at + name.len())
    } else {
        // A tuple's field has no name, a type may have a colon.
        let plain = text.strip_prefix("pub ").unwrap_or(text);
        let named =
            plain.split_once(": ").filter(|(before, _)| before.trim_start_matches("r#").ends_with(name.as_str()));
        named.map_or(text.len() - plain.len(), |(before, _)| text.len() - plain.len() + before.len() + 2)
    };
    let start = text.len() - text[start..].trim_start().len();
    signature.part(start..text.len())
}

/// The scope of an implementation's items.
pub(super) fn implementation_scope<'s>(page: &Page<'s>, site: &ImplementationSite<'s>) -> Scope<'s> {
    let ImplementationSite { item, module, .. } = *site;
    Scope { module, self_type: Some(page.id), parameters: [&item.parameters, &[]], lints: item.attributes.lints }
}
