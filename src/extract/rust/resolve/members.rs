//! What belongs to types: their implementations, and the methods, constants, fields and variants in them.

use super::krate::{Crate, ImplementationSite};
use super::names::{Names, Resolution, segments};
use super::{DefinitionId, ModuleId, Namespace};
use crate::extract::rust::scan::{Environment, Implementation, Item, ItemKind};
use crate::source::{Interned, NameMap, NameSet};

/// The implementations of a crate, by what they are for.
#[derive(Default)]
pub(crate) struct Members {
    /// By the type: places in [`Crate::implementations`].
    by_type: NameMap<DefinitionId, Vec<usize>>,
    /// By the trait, when it is of this crate.
    by_trait: NameMap<DefinitionId, Vec<usize>>,
}

/// Something with a name that belongs to a type or trait.
#[derive(Clone, Copy)]
pub(crate) struct Member<'a> {
    /// The type or trait on whose page it is shown.
    pub(crate) owner: DefinitionId,
    pub(crate) item: &'a Item,
}

impl Members {
    /// Those of the crate itself; of what stands in other crates, those for the types that `shown` names.
    pub(crate) fn new(krate: &Crate<'_>, names: &Names<'_>, shown: &NameSet<Interned>) -> Self {
        let mut members = Self::default();
        for (index, site) in krate.implementations.iter().enumerate() {
            let Some(implementation) = implementation(site) else { continue };
            let is_own = krate.modules[site.module.0 as usize].root == ModuleId(0);
            let last = implementation.of.rsplit("::").next().unwrap_or_default();
            if !is_own && !shown.contains(&Interned::new(last)) {
                continue;
            }
            let resolve = |path: &str| match names.resolve(&segments(path), Namespace::Type, site.module) {
                Some(Resolution::Definition(id)) => Some(id),
                _ => None,
            };
            let owner = resolve(&implementation.of).map(|id| names.behind_aliases(id));
            if let Some(owner) = owner.filter(|_| !site.item.parameters.contains(&Interned::new(&implementation.of))) {
                members.by_type.entry(owner).or_default().push(index);
            }
            if let Some(of_trait) = implementation.of_trait.as_deref().and_then(resolve) {
                members.by_trait.entry(of_trait).or_default().push(index);
            }
        }
        members
    }

    /// The implementations for a type, in the crate's order.
    pub(crate) fn of_type(&self, id: DefinitionId) -> &[usize] {
        self.by_type.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The implementations of a trait, in the crate's order.
    pub(crate) fn of_trait(&self, id: DefinitionId) -> &[usize] {
        self.by_trait.get(&id).map_or(&[], Vec::as_slice)
    }

    /// What `name` means behind a type or trait: its own member, or one that a trait of this crate gives it.
    pub(crate) fn find<'a>(
        &self,
        krate: &Crate<'a>,
        names: &Names<'_>,
        owner: DefinitionId,
        name: Interned,
        fits: &dyn Fn(&Item) -> bool,
    ) -> Option<Member<'a>> {
        let environment = &krate.source.environment;
        let item = krate.definitions[owner.0 as usize].item?;
        let matches = |item: &&Item| item.name == name && fits(item);
        let inherent = self.of_type(owner).iter().map(|&index| &krate.implementations[index]);
        let inherent = inherent.filter(|site| implementation(site).is_some_and(|of| of.of_trait.is_none()));
        let mut own =
            inherent.flat_map(|site| items_within(site.item, environment)).chain(items_within(item, environment));
        if let Some(item) = own.find(matches) {
            return Some(Member { owner, item });
        }
        self.of_type(owner).iter().find_map(|&index| {
            let site = &krate.implementations[index];
            let path = implementation(site)?.of_trait.as_deref()?;
            match names.resolve(&segments(path), Namespace::Type, site.module)? {
                Resolution::Definition(of_trait) => {
                    let item = krate.definitions[of_trait.0 as usize].item?;
                    let item = items_within(item, environment).into_iter().find(matches)?;
                    Some(Member { owner: of_trait, item })
                }
                _ => None,
            }
        })
    }
}

/// What a site implements.
pub(crate) fn implementation<'a>(site: &ImplementationSite<'a>) -> Option<&'a Implementation> {
    match &site.item.kind {
        ItemKind::Implementation(implementation) => Some(implementation),
        _ => None,
    }
}

/// The members that stand in an item, those in macro calls included, without those that are not there.
pub(crate) fn items_within<'a>(item: &'a Item, environment: &Environment) -> Vec<&'a Item> {
    let mut found = Vec::new();
    let mut waiting: Vec<&Item> = item.children.iter().rev().collect();
    while let Some(item) = waiting.pop() {
        if !item.attributes.is_present(environment) {
            continue;
        }
        match item.kind {
            ItemKind::MacroCall(_) => waiting.extend(item.children.iter().rev()),
            _ => found.push(item),
        }
    }
    found
}
