//! What a forge calls people and teams -> who they are in the graph.
//!
//! A team is called by the last part of its path (`@shop/payments` is `team:payments`), by more where several teams of the repository
//! end alike, and as the catalog calls it where that knows it.

use std::collections::{BTreeMap, BTreeSet};

use super::catalog::Entity;
use super::code_owners::CodeOwners;
use super::name::{EntityName, Owner};

/// The people and teams that a repository speaks of.
pub(super) struct People<'a> {
    /// Those of the catalog by what the forge calls them, or else by their names; by their addresses, too.
    described: BTreeMap<String, &'a EntityName>,
    /// The names of teams by their paths, where the last part is not enough.
    longer: BTreeMap<String, String>,
}

impl<'a> People<'a> {
    /// Those whom the catalog describes and CODEOWNERS names.
    pub(super) fn new(entities: &[&'a Entity], rules: Option<&CodeOwners>) -> Self {
        let people = entities.iter().copied().filter(|entity| entity.name.is_owner());
        let mut described = BTreeMap::new();
        for entity in people.clone() {
            let slug = if entity.slug.is_empty() { &entity.name.name } else { &entity.slug };
            described.insert(slug.to_lowercase(), &entity.name);
        }
        for entity in people {
            let address = entity.facts.iter().find(|(name, _)| *name == "email");
            if let Some((_, address)) = address {
                described.entry(address.to_lowercase()).or_insert(&entity.name);
            }
        }
        let named = rules.iter().flat_map(|rules| &rules.rules).flat_map(|rule| &rule.owners);
        let named = named.filter(|owner| owner.scheme == "team").map(path);
        let paths: BTreeSet<String> =
            named.chain(described.keys().cloned()).filter(|path| path.contains('/')).collect();
        Self { described, longer: longer_names(&paths) }
    }

    /// `owner` as the catalog knows it, or as it is told from others: some forges write groups as they write people.
    pub(super) fn known(&self, owner: &Owner) -> Owner {
        let path = path(owner);
        if let Some(name) = self.described.get(&path) {
            return called(name, owner);
        }
        if let Some(name) = self.longer.get(&path) {
            return Owner { name: name.clone(), ..owner.clone() };
        }
        self.described.get(&owner.name).map_or_else(|| owner.clone(), |name| called(name, owner))
    }

    /// The entity that `name` means: whom the catalog describes may be named by an address.
    pub(super) fn meant<'n>(&'n self, name: &'n EntityName) -> &'n EntityName {
        let is_address = name.kind == "user" && name.name.contains('@');
        self.described.get(&name.name).copied().filter(|_| is_address).unwrap_or(name)
    }
}

/// `owner` by the name that the catalog has for it.
fn called(name: &EntityName, owner: &Owner) -> Owner {
    let scheme = if name.kind == "user" { "user" } else { "team" };
    Owner { scheme, name: name.name.clone(), ..owner.clone() }
}

fn path(owner: &Owner) -> String {
    owner.handle.trim_start_matches('@').to_lowercase()
}

/// For each of `paths` that ends like another one as many of its last parts as tell them apart.
fn longer_names(paths: &BTreeSet<String>) -> BTreeMap<String, String> {
    fn ends(path: &str) -> impl Iterator<Item = &str> {
        path.rmatch_indices('/').map(|(slash, _)| &path[slash + 1..]).chain([path])
    }
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for end in paths.iter().flat_map(|path| ends(path)) {
        *counts.entry(end).or_default() += 1;
    }
    let longer = |path: &String| {
        let name = ends(path).find(|end| counts[end] == 1).unwrap_or(path);
        (name.contains('/')).then(|| (path.clone(), name.to_owned()))
    };
    paths.iter().filter_map(longer).collect()
}

#[cfg(test)]
mod tests {
    use super::longer_names;

    #[test]
    fn names_that_end_alike_get_longer() {
        let paths = ["a/b/x", "a/c/x", "a/y", "d/a/y", "x/z"].map(str::to_owned);
        let found: Vec<(String, String)> = longer_names(&paths.into()).into_iter().collect();
        let expected = [("a/b/x", "b/x"), ("a/c/x", "c/x"), ("a/y", "a/y"), ("d/a/y", "d/a/y")];
        assert_eq!(found, expected.map(|(path, name)| (path.to_owned(), name.to_owned())));
    }
}
