//! A path in a doc comment that leads nowhere -> whether that is certain, and what is told of it.

use std::collections::BTreeSet;

use super::Publication;
use super::links::{Scope, Way};
use crate::diagnostic::{NearestNames, did_you_mean};
use crate::extract::rust::resolve::{
    Binding, DefinitionId, ModuleId, Namespace, Reach, Resolution, implementation, items_within,
};
use crate::extract::rust::scan::{Call, Item, ItemKind, Lints};
use crate::source::Interned;

/// What is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// `owner` has nothing that is called `name`. What resembles it.
    Name { owner: Interned, name: Interned, near: Vec<String> },
    /// What `owner` has of that name cannot be seen from there. The path by which what is meant can be.
    Private { owner: Interned, name: Interned, seen_as: Option<String> },
    /// Two words say of what kind it is. The first, and the path with one of them.
    KindTwice { kind: String, path: String },
}

impl Missing {
    /// What is wrong, and how it is mended.
    pub(super) fn told(&self) -> (String, String) {
        match self {
            Self::Name { owner, name, near } => {
                let near: Vec<&str> = near.iter().map(String::as_str).collect();
                (format!("`{owner}` has no `{name}`"), did_you_mean(&near))
            }
            Self::Private { owner, name, seen_as: None } => {
                let hint = "make it public, or link to what readers can see".to_owned();
                (format!("`{owner}::{name}` is private and has no page"), hint)
            }
            Self::Private { owner, name, seen_as: Some(path) } => {
                (format!("`{owner}::{name}` is private there"), format!("write `{path}`"))
            }
            Self::KindTwice { kind, path } => {
                (format!("`{kind}@{path}` names nothing"), format!("there is one `@` too many: write `{path}`"))
            }
        }
    }

    /// Whether nobody wants to be told of it under `lints`.
    pub(super) fn is_allowed(&self, lints: Lints) -> bool {
        match self {
            Self::Private { .. } => lints.allow_private(),
            Self::Name { .. } | Self::KindTwice { .. } => lints.allow_broken(),
        }
    }
}

impl Publication<'_> {
    /// Of which links somebody wants to be told in `scope`.
    pub(super) fn lints(&self, scope: &Scope<'_>) -> Lints {
        let above = std::iter::successors(Some(scope.module), |module| self.krate.modules[module.0 as usize].parent);
        let definitions = above.map(|module| self.krate.modules[module.0 as usize].definition);
        let in_code = definitions.fold(scope.lints, |lints, id| lints.within(self.definition(id).lints));
        in_code.within(self.krate.source_of(scope.module).lints)
    }

    /// A path whose beginning names a module of this crate, and whose end is not in it.
    pub(super) fn missing_item(&self, path: &[Interned], spaces: &[Namespace], module: ModuleId) -> Way {
        for length in (1..path.len()).rev() {
            let Some(found) = self.names.resolve(&path[..length], Namespace::Type, module) else { continue };
            let Resolution::Definition(owner) = found else { return Way::Unknown };
            let definition = self.definition(owner);
            let Some(inner) = definition.module else {
                return if length + 1 == path.len() { self.missing_member(owner, path[length]) } else { Way::Unknown };
            };
            if !self.is_closed(inner, 0) {
                return Way::Unknown;
            }
            return self.missing_in(owner, inner, &path[length..], spaces, module);
        }
        Way::Unknown
    }

    /// The path `rest`, which leads nowhere from the module `inner`, as `from` sees it.
    fn missing_in(
        &self,
        owner: DefinitionId,
        inner: ModuleId,
        rest: &[Interned],
        spaces: &[Namespace],
        from: ModuleId,
    ) -> Way {
        let (owner, name) = (self.definition(owner).name, rest[0]);
        let content = &self.krate.modules[inner.0 as usize];
        let bound = |space| content.names.get(&(space, name)).into_iter().flatten();
        let mut bound = Namespace::ALL.into_iter().flat_map(bound).peekable();
        if bound.peek().is_none() {
            if self.is_imported_below(inner, name, 0) {
                return Way::Unknown;
            }
            let names: BTreeSet<&str> = content.names.keys().map(|(_, name)| name.as_str()).collect();
            let near = near(name, names);
            return Way::Nowhere(Missing::Name { owner, name, near });
        }
        // What is imported, and declared nowhere, a macro makes.
        let is_seen = |reach: Reach| reach != Reach::Within(inner) || self.names.is_within(from, inner);
        let is_made =
            |binding: &Binding| matches!(binding, Binding::Import(index) if is_seen(content.imports[*index].reach));
        if bound.any(is_made) {
            return Way::Unknown;
        }
        Way::Nowhere(Missing::Private { owner, name, seen_as: self.seen_as(inner, rest, spaces) })
    }

    /// How code of the crate can write what `path` means within `module` to who may see everything.
    fn seen_as(&self, module: ModuleId, path: &[Interned], spaces: &[Namespace]) -> Option<String> {
        let seen = |path: &[Interned], space| {
            let Resolution::Definition(id) = self.names.within(module, path, space)? else { return None };
            let (_, path) = self.published.places.get(&id)?.path.split_once("::")?;
            Some(format!("crate::{path}"))
        };
        let member = || {
            let (last, before) = path.split_last().filter(|(_, before)| !before.is_empty())?;
            Some(format!("{}::{last}", seen(before, Namespace::Type)?))
        };
        spaces.iter().find_map(|space| seen(path, *space)).or_else(member)
    }

    /// Whether a module that `module` has all names of imports `name`, which nobody declares: a macro makes what it is.
    fn is_imported_below(&self, module: ModuleId, name: Interned, depth: usize) -> bool {
        let content = &self.krate.modules[module.0 as usize];
        depth < 8
            && content.globs.iter().any(|&index| {
                match self.names.resolve_import(&content.imports[index].import.path, Namespace::Type, module) {
                    Some(Resolution::Definition(id)) => self.definition(id).module.is_some_and(|inner| {
                        let names = &self.krate.modules[inner.0 as usize].names;
                        Namespace::ALL.into_iter().any(|space| names.contains_key(&(space, name)))
                            || self.is_imported_below(inner, name, depth + 1)
                    }),
                    _ => false,
                }
            })
    }

    /// Whether everything in a module is known: nothing comes from macros, or from other crates by globs.
    fn is_closed(&self, module: ModuleId, depth: usize) -> bool {
        let content = &self.krate.modules[module.0 as usize];
        !content.is_opaque
            && depth < 8
            && content.globs.iter().all(|&index| {
                match self.names.resolve_import(&content.imports[index].import.path, Namespace::Type, module) {
                    Some(Resolution::Definition(id)) => {
                        self.definition(id).module.is_none_or(|inner| self.is_closed(inner, depth + 1))
                    }
                    _ => false,
                }
            })
    }

    /// A type of this crate that has no member `name`, unless macros or traits from elsewhere may give it one.
    pub(super) fn missing_member(&self, owner: DefinitionId, name: Interned) -> Way {
        let definition = self.definition(owner);
        let Some(item) = definition.item else { return Way::Unknown };
        let environment = &self.krate.source.environment;
        let is_type = matches!(item.kind, ItemKind::Struct | ItemKind::Enum | ItemKind::Union);
        let sites = self.members.of_type(owner).iter().map(|&index| &self.krate.implementations[index]);
        let sites: Vec<_> = sites.collect();
        let own = sites.iter().all(|site| implementation(site).is_some_and(|of| of.of_trait.is_none()));
        let is_closed = is_type
            && own
            && item.attributes.derives.is_empty()
            && !item.attributes.may_generate
            && sites.iter().all(|site| !has_macro_call(site.item))
            && self.krate.modules.iter().all(|module| !module.is_opaque);
        if !is_closed {
            return Way::Unknown;
        }
        let members =
            sites.iter().flat_map(|site| items_within(site.item, environment)).chain(items_within(item, environment));
        let names: BTreeSet<&str> = members.map(|member| member.name.as_str()).collect();
        let owner = definition.name;
        Way::Nowhere(if names.contains(name.as_str()) {
            Missing::Private { owner, name, seen_as: None }
        } else {
            Missing::Name { owner, name, near: near(name, names) }
        })
    }
}

fn has_macro_call(item: &Item) -> bool {
    item.children.iter().any(|child| matches!(child.kind, ItemKind::MacroCall(Call::Opaque)))
}

fn near(name: Interned, names: BTreeSet<&str>) -> Vec<String> {
    NearestNames::new(names).find(name.as_str()).into_iter().map(str::to_owned).collect()
}
