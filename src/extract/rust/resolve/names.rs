//! What names and paths mean, looked up when asked for and remembered.
//!
//! The rules are those of the language (<https://doc.rust-lang.org/reference/names/name-resolution.html>) without
//! hygiene. Circles of imports and of globs end at a name that is already being looked up.

use std::cell::RefCell;

use super::krate::{Binding, Crate, Definition, Module, Reach};
use super::{DefinitionId, ModuleId, Namespace, std_items};
use crate::extract::rust::package::Dependency;
use crate::extract::rust::scan::{Item, ItemKind};
use crate::source::{Interned, NameMap, NameSet};

/// What a path means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Resolution {
    /// Something in this crate.
    Definition(DefinitionId),
    /// A variant of an enum in this crate: its place among them.
    Variant(DefinitionId, usize),
    /// Something in another crate: the root of the crate that depends on it, and the path, which begins with its name there.
    External(ModuleId, String),
    /// Something in the standard library: the path below `std`.
    Standard(String),
}

/// Longer chains of imports lead nowhere.
const LONGEST: usize = 128;

/// Looks names up in a crate.
pub(crate) struct Names<'a> {
    krate: &'a Crate<'a>,
    state: RefCell<State>,
}

type Key = (ModuleId, Namespace, Interned, bool);

#[derive(Default)]
struct State {
    known: NameMap<Key, Option<Resolution>>,
    /// Names that are being looked up.
    active: NameSet<Key>,
    /// Names that were not found since the outermost look-up began.
    failed: NameSet<Key>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(krate: &'a Crate<'a>) -> Self {
        Self { krate, state: RefCell::default() }
    }

    fn module(&self, id: ModuleId) -> &'a Module<'a> {
        &self.krate.modules[id.0 as usize]
    }

    pub(super) fn definition(&self, id: DefinitionId) -> &'a Definition<'a> {
        &self.krate.definitions[id.0 as usize]
    }

    /// What `path` means in `module`, as code writes it. A first segment without text stands for a leading `::`.
    pub(crate) fn resolve(&self, path: &[Interned], namespace: Namespace, module: ModuleId) -> Option<Resolution> {
        self.walk(path, namespace, module, false)
    }

    /// What a `use` of `path` in `module` brings in.
    pub(crate) fn resolve_import(
        &self,
        path: &[Interned],
        namespace: Namespace,
        module: ModuleId,
    ) -> Option<Resolution> {
        self.walk(path, namespace, module, true)
    }

    fn walk(&self, path: &[Interned], namespace: Namespace, module: ModuleId, in_use: bool) -> Option<Resolution> {
        let (first, rest) = path.split_first()?;
        let root = self.module(module).root;
        let from_root = in_use && self.krate.source_of(module).paths_from_root;
        let space = if rest.is_empty() { namespace } else { Namespace::Type };
        let mut rest = rest;
        let mut found = match first.as_str() {
            "crate" | "$crate" => self.root_of(module),
            "self" => Resolution::Definition(self.module(module).definition),
            "super" => {
                let mut above = self.module(module).parent?;
                while let Some((next, behind)) = rest.split_first()
                    && next.as_str() == "super"
                {
                    above = self.module(above).parent?;
                    rest = behind;
                }
                Resolution::Definition(self.module(above).definition)
            }
            "" => {
                let (next, behind) = rest.split_first()?;
                rest = behind;
                let space = if rest.is_empty() { namespace } else { Namespace::Type };
                let local = if self.krate.source_of(module).paths_from_root {
                    self.lookup(root, space, *next, true)
                } else {
                    None
                };
                local.or_else(|| self.external(*next, module))?
            }
            _ if from_root => self.lookup(root, space, *first, true).or_else(|| self.lexical(module, space, *first))?,
            _ => self.lexical(module, space, *first)?,
        };
        for (index, segment) in rest.iter().enumerate() {
            let space = if index + 1 == rest.len() { namespace } else { Namespace::Type };
            found = self.step(found, *segment, space, module)?;
        }
        Some(found)
    }

    /// The crate that `module` belongs to.
    fn root_of(&self, module: ModuleId) -> Resolution {
        Resolution::Definition(self.module(self.module(module).root).definition)
    }

    /// What `name` means within `owner`, seen from `from`.
    fn step(&self, owner: Resolution, name: Interned, namespace: Namespace, from: ModuleId) -> Option<Resolution> {
        match owner {
            Resolution::Definition(id) => {
                let definition = self.definition(id);
                if let Some(module) = definition.module {
                    return self.lookup(module, namespace, name, self.is_within(from, module));
                }
                let item = definition.item?;
                match item.kind {
                    ItemKind::Enum => variant(item, name).map(|index| Resolution::Variant(id, index)),
                    ItemKind::TypeAlias => {
                        let target = self.alias_target(definition)?;
                        self.step(target, name, namespace, definition.within)
                    }
                    _ => None,
                }
            }
            Resolution::Variant(..) => None,
            Resolution::External(user, path) => Some(Resolution::External(user, format!("{path}::{name}"))),
            Resolution::Standard(path) if path.is_empty() => Some(Resolution::Standard(name.to_string())),
            Resolution::Standard(path) => Some(Resolution::Standard(format!("{path}::{name}"))),
        }
    }

    /// What `path` means within `module` to who may see everything.
    pub(crate) fn within(&self, module: ModuleId, path: &[Interned], namespace: Namespace) -> Option<Resolution> {
        let mut found = Resolution::Definition(self.module(module).definition);
        for (index, name) in path.iter().enumerate() {
            let space = if index + 1 == path.len() { namespace } else { Namespace::Type };
            let inner = match &found {
                Resolution::Definition(id) => self.definition(*id).module,
                _ => None,
            };
            found = match inner {
                Some(inner) => self.lookup(inner, space, *name, true)?,
                None => self.step(found, *name, space, module)?,
            };
        }
        Some(found)
    }

    /// Whether `inner` is `outer` or within it.
    pub(crate) fn is_within(&self, inner: ModuleId, outer: ModuleId) -> bool {
        let mut here = Some(inner);
        while let Some(module) = here {
            if module == outer {
                return true;
            }
            here = self.module(module).parent;
        }
        false
    }

    /// What `name` alone means in `module`.
    fn lexical(&self, module: ModuleId, namespace: Namespace, name: Interned) -> Option<Resolution> {
        let root = self.module(module).root;
        if let Some(found) = self.lookup(module, namespace, name, true) {
            return Some(found);
        }
        if namespace == Namespace::Type {
            if let Some(found) = self.external(name, module) {
                return Some(found);
            }
            if std_items::is_primitive(&name) {
                return Some(Resolution::Standard(name.to_string()));
            }
        }
        // Macros stand in the scope of what follows them, at the root when they are exported.
        let exported = (namespace == Namespace::Macro).then(|| self.lookup(root, namespace, name, true)).flatten();
        exported.or_else(|| std_items::in_prelude(&name, namespace).map(|path| Resolution::Standard(path.to_owned())))
    }

    /// The crate that code in `module` calls `name`.
    fn external(&self, name: Interned, module: ModuleId) -> Option<Resolution> {
        let source = self.krate.source_of(module);
        match name.as_str() {
            "std" | "core" | "alloc" => Some(Resolution::Standard(String::new())),
            text if source.dependencies.contains_key(text) => {
                Some(Resolution::External(self.module(module).root, text.to_owned()))
            }
            text if text == source.name => Some(self.root_of(module)),
            _ => None,
        }
    }

    /// What `name` means as a name of `module` itself; `inside` when whoever asks may see what is private there.
    pub(crate) fn lookup(
        &self,
        module: ModuleId,
        namespace: Namespace,
        name: Interned,
        inside: bool,
    ) -> Option<Resolution> {
        let key = (module, namespace, name, inside);
        let outermost = {
            let mut state = self.state.borrow_mut();
            if let Some(known) = state.known.get(&key) {
                return known.clone();
            }
            if state.active.len() > LONGEST || state.failed.contains(&key) || !state.active.insert(key) {
                return None;
            }
            state.active.len() == 1
        };
        let found = self.search(module, namespace, name, inside);
        let mut state = self.state.borrow_mut();
        state.active.remove(&key);
        if found.is_some() || outermost {
            state.known.insert(key, found.clone());
        } else {
            state.failed.insert(key);
        }
        if outermost {
            state.failed.clear();
        }
        found
    }

    fn search(&self, id: ModuleId, namespace: Namespace, name: Interned, inside: bool) -> Option<Resolution> {
        let module = self.module(id);
        let visible = |reach: Reach| inside || reach != Reach::Within(id);
        // An import may bring a name into tables in which it means nothing; a definition certainly is in its own.
        let bindings = || module.names.get(&(namespace, name)).into_iter().flatten();
        let is_definition = |binding: &&Binding| matches!(binding, Binding::Definition(_));
        let sorted = bindings().filter(is_definition).chain(bindings().filter(|binding| !is_definition(binding)));
        let mut elsewhere = None;
        for binding in sorted {
            let found = match binding {
                Binding::Definition(definition) => {
                    let found = self.definition(*definition);
                    if !visible(found.reach) {
                        continue;
                    }
                    match found.item.map(|item| &item.kind) {
                        Some(ItemKind::ExternCrate { original }) if original.as_str() == "self" => {
                            Some(self.root_of(id))
                        }
                        Some(ItemKind::ExternCrate { original }) => self.external(*original, id),
                        _ => Some(Resolution::Definition(*definition)),
                    }
                }
                Binding::Import(index) => {
                    let site = &module.imports[*index];
                    if !visible(site.reach) {
                        continue;
                    }
                    self.resolve_import(&site.import.path, namespace, id)
                }
            };
            match found {
                // In which tables another crate has the name is not known: that of a derive often is a trait's of this one.
                Some(Resolution::External(..)) => elsewhere = elsewhere.or(found),
                Some(_) => return found,
                None => {}
            }
        }
        for index in &module.globs {
            let site = &module.imports[*index];
            if !visible(site.reach) {
                continue;
            }
            let found = match self.resolve_import(&site.import.path, Namespace::Type, id) {
                Some(Resolution::Standard(path)) => {
                    let path = if path.is_empty() { name.to_string() } else { format!("{path}::{name}") };
                    std_items::has_page(&path, namespace).then_some(Resolution::Standard(path))
                }
                Some(Resolution::External(..)) | None => None,
                Some(owner) => self.step(owner, name, namespace, id),
            };
            if found.is_some() {
                return found;
            }
        }
        elsewhere
    }

    /// The re-export in another module by which a `use` in `module` reaches what it names, if it does so by one: the
    /// module, and the place among its imports.
    pub(crate) fn next_import(
        &self,
        path: &[Interned],
        namespace: Namespace,
        module: ModuleId,
    ) -> Option<(ModuleId, usize)> {
        let (name, owner) = path.split_last()?;
        let owner = if owner.is_empty() {
            module
        } else {
            match self.resolve_import(owner, Namespace::Type, module)? {
                Resolution::Definition(id) => self.definition(id).module?,
                _ => return None,
            }
        };
        let content = self.module(owner);
        let bindings = content.names.get(&(namespace, *name)).into_iter().flatten();
        for binding in bindings {
            match binding {
                Binding::Definition(_) => return None,
                Binding::Import(index) => {
                    let found = self.resolve_import(&content.imports[*index].import.path, namespace, owner);
                    if found.is_some() {
                        return Some((owner, *index));
                    }
                }
            }
        }
        content
            .globs
            .iter()
            .copied()
            .find(|&index| {
                let target = self.resolve_import(&content.imports[index].import.path, Namespace::Type, owner);
                matches!(target, Some(Resolution::Definition(id)) if self.definition(id).module.is_some_and(|inner| {
                    self.lookup(inner, namespace, *name, self.is_within(owner, inner)).is_some()
                }))
            })
            .map(|index| (owner, index))
    }

    /// What a re-export of `path`, in another crate than that of `user`, shows in its place. `None` when that crate is not
    /// among those whose items are.
    pub(crate) fn inlined(&self, user: ModuleId, path: &str, namespace: Namespace) -> Option<Resolution> {
        let (dependency, rest) = self.dependency(user, path)?;
        let (_, root) = self.krate.inlined.iter().find(|(source, _)| dependency.is(source))?;
        let names: Vec<Interned> = rest.split("::").filter(|name| !name.is_empty()).map(Interned::new).collect();
        let mut found = Resolution::Definition(self.module(*root).definition);
        for (index, name) in names.iter().enumerate() {
            let space = if index + 1 == names.len() { namespace } else { Namespace::Type };
            found = match self.step(found, *name, space, user)? {
                Resolution::External(user, path) => self.inlined(user, &path, space)?,
                found => found,
            };
        }
        Some(found)
    }

    /// The crate that `path` begins with in the crate of `user`, and the rest of the path.
    pub(crate) fn dependency<'p>(&self, user: ModuleId, path: &'p str) -> Option<(&'a Dependency, &'p str)> {
        let (name, rest) = path.split_once("::").unwrap_or((path, ""));
        Some((self.krate.source_of(user).dependencies.get(name)?, rest))
    }
}

/// Where the variant `name` stands among those of an enum.
fn variant(item: &Item, name: Interned) -> Option<usize> {
    item.children.iter().position(|variant| variant.name == name)
}

/// A path as its segments; a leading `::` becomes a first segment without text.
pub(crate) fn segments(path: &str) -> Vec<Interned> {
    path.split("::").map(|segment| Interned::new(segment.trim().trim_start_matches("r#"))).collect()
}
