//! What a crate publishes, and where.
//!
//! As rustdoc does it: what is public where it is defined is published there; what is public only through re-exports is
//! published at the shortest of them. Programs publish everything, because nothing in them is public.

use std::collections::{HashSet, VecDeque};

use crate::extract::rust::package::TargetKind;
use crate::extract::rust::resolve::{
    Binding, Crate, DefinitionId, Documented, ModuleId, Names, Namespace, Reach, Resolution,
};
use crate::extract::rust::scan::{Imported, Inline, ItemKind};
use crate::source::{Interned, NameMap};

/// Everything that a crate publishes.
pub(super) struct Published {
    pub(super) places: NameMap<DefinitionId, Place>,
    /// Modules before what is in them.
    pub(super) order: Vec<DefinitionId>,
    /// What modules re-export without holding it, by module and in order.
    pub(super) re_exports: NameMap<DefinitionId, Vec<ReExport>>,
}

/// Where a definition is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// As a user would import it: `shop::orders::Order`.
    pub(super) path: String,
    /// The module whose page lists it.
    pub(super) parent: DefinitionId,
    /// Its name there.
    pub(super) name: Interned,
    /// The other paths by which it can be imported.
    pub(super) also: Vec<String>,
    /// The re-export that shows it there: the module that stands in, and its place among the module's imports.
    pub(super) through: Option<(ModuleId, usize)>,
    /// Whether it is there only because it serves a route: code cannot import it.
    pub(super) is_handler: bool,
}

impl Place {
    /// What the re-export says about it, which readers see before what it says itself.
    pub(super) fn docs<'a>(&self, krate: &Crate<'a>) -> Option<Documented<'a>> {
        let (module, index) = self.through?;
        let site = &krate.modules[module.0 as usize].imports[index];
        Some(Documented { file: site.file, parts: &site.attributes.docs, scope: module })
    }
}

/// A `pub use` of something that has its place elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ReExport {
    /// The module that it stands in, and its place among the module's imports.
    pub(super) import: (ModuleId, usize),
    /// The name that it gives; `None` for everything in something.
    pub(super) name: Option<Interned>,
    /// What it leads to, if that is known.
    pub(super) target: Option<Resolution>,
}

/// What `krate` publishes.
pub(super) fn reach(krate: &Crate<'_>, names: &Names<'_>) -> Published {
    let root = DefinitionId(0);
    let mut reacher = Reacher {
        krate,
        names,
        everything: krate.source.target == TargetKind::Program,
        published: Published { places: NameMap::default(), order: Vec::new(), re_exports: NameMap::default() },
        waiting: VecDeque::new(),
        used: HashSet::new(),
        also: Vec::new(),
        seen: HashSet::new(),
    };
    let name = Interned::new(&krate.source.name);
    reacher.place(
        root,
        Place { path: name.to_string(), parent: root, name, also: Vec::new(), through: None, is_handler: false },
    );
    while let Some(id) = reacher.waiting.pop_front() {
        reacher.module(id);
    }
    let Reacher { mut published, also, .. } = reacher;
    for (id, path) in also {
        if let Some(place) = published.places.get_mut(&id)
            && place.path != path
            && !place.also.contains(&path)
        {
            place.also.push(path);
        }
    }
    published
}

struct Reacher<'a> {
    krate: &'a Crate<'a>,
    names: &'a Names<'a>,
    /// Whether visibility does not count.
    everything: bool,
    published: Published,
    /// Modules whose content is still to be published.
    waiting: VecDeque<DefinitionId>,
    /// Paths that are taken. Of what is called the same, under different conditions, the first is published.
    used: HashSet<(Namespace, String)>,
    /// Further paths of what has its place elsewhere.
    also: Vec<(DefinitionId, String)>,
    /// Re-exports that are listed.
    seen: HashSet<(DefinitionId, Interned, String)>,
}

impl Reacher<'_> {
    fn module(&mut self, id: DefinitionId) {
        let Some(module) = self.krate.definitions[id.0 as usize].module else { return };
        let path = self.published.places.get(&id).map(|place| place.path.clone()).unwrap_or_default();
        let content = &self.krate.modules[module.0 as usize];
        for &inner in &content.definitions {
            let definition = &self.krate.definitions[inner.0 as usize];
            if self.is_shown(inner) && !self.published.places.contains_key(&inner) {
                let place = Place {
                    path: format!("{path}::{}", definition.name),
                    parent: id,
                    name: definition.name,
                    also: Vec::new(),
                    through: None,
                    is_handler: false,
                };
                self.place(inner, place);
            }
        }
        for index in 0..content.imports.len() {
            self.import(id, &path, module, index);
        }
    }

    /// Whether `id` is published in its own module, if that is.
    fn is_shown(&self, id: DefinitionId) -> bool {
        let definition = &self.krate.definitions[id.0 as usize];
        let has_page = definition.item.is_some_and(|item| super::super::kinds::of_item(item).is_some());
        has_page && !definition.is_hidden && (self.everything || definition.reach == Reach::Public)
    }

    /// Whether `id` is public all the way down from the root.
    fn is_directly_public(&self, id: DefinitionId) -> bool {
        let mut here = id;
        // As deep as modules go.
        while here != DefinitionId(0) {
            if !self.is_shown(here) {
                return false;
            }
            let within = self.krate.definitions[here.0 as usize].within;
            here = self.krate.modules[within.0 as usize].definition;
        }
        true
    }

    /// Whether a re-export is public all the way down from the root.
    fn is_public_import(&self, (module, index): (ModuleId, usize)) -> bool {
        let content = &self.krate.modules[module.0 as usize];
        let site = &content.imports[index];
        site.reach == Reach::Public && !site.attributes.hidden && self.is_directly_public(content.definition)
    }

    fn place(&mut self, id: DefinitionId, place: Place) {
        let definition = &self.krate.definitions[id.0 as usize];
        let namespace = match definition.item.map(|item| &item.kind) {
            Some(ItemKind::Function | ItemKind::Constant | ItemKind::Static) => Namespace::Value,
            Some(ItemKind::Macro(_)) => Namespace::Macro,
            _ => Namespace::Type,
        };
        if !self.used.insert((namespace, place.path.clone())) {
            return;
        }
        self.published.places.insert(id, place);
        self.published.order.push(id);
        if definition.module.is_some() {
            self.waiting.push_back(id);
        }
    }

    fn import(&mut self, on: DefinitionId, path: &str, module: ModuleId, index: usize) {
        let site = &self.krate.modules[module.0 as usize].imports[index];
        if site.reach != Reach::Public || site.attributes.hidden {
            return;
        }
        let spaces: &[Namespace] = match site.import.brings {
            Imported::Name(_) => &Namespace::ALL,
            Imported::SelfName(_) => &[Namespace::Type],
            Imported::Glob => return self.glob(on, path, module, index),
            Imported::Nothing => return,
        };
        let (Imported::Name(name) | Imported::SelfName(name)) = site.import.brings else { return };
        let mut found: Vec<(Resolution, Namespace)> = Vec::new();
        for &namespace in spaces {
            let target = self.names.resolve_import(&site.import.path, namespace, module);
            let target = target.map(|target| self.inlined(target, namespace, site.attributes.inline));
            let target = target.filter(|target| found.iter().all(|(known, _)| known != target));
            found.extend(target.map(|target| (target, namespace)));
        }
        // A name in another crate stands for itself in every table, until it is found in one.
        if found.iter().any(|(target, _)| !matches!(target, Resolution::External(..))) {
            found.retain(|(target, _)| !matches!(target, Resolution::External(..)));
        }
        if found.is_empty() {
            self.list(on, ReExport { import: (module, index), name: Some(name), target: None });
        }
        for (target, namespace) in found {
            let export = ReExport { import: (module, index), name: Some(name), target: Some(target) };
            let next = self.names.next_import(&site.import.path, namespace, module);
            self.export(on, path, export, next);
        }
    }

    /// What a re-export shows in its place: for something in another crate whose source is at hand, that. A crate as a whole is
    /// shown where it is unless somebody asks for it.
    fn inlined(&self, target: Resolution, namespace: Namespace, inline: Option<Inline>) -> Resolution {
        let Resolution::External(user, path) = &target else { return target };
        if inline == Some(Inline::No) || inline.is_none() && !path.contains("::") {
            return target;
        }
        self.names.inlined(*user, path, namespace).unwrap_or(target)
    }

    /// Publishes what is re-exported, or lists the re-export when that has its place elsewhere. `next` is the re-export
    /// that this one re-exports.
    fn export(&mut self, on: DefinitionId, path: &str, export: ReExport, next: Option<(ModuleId, usize)>) {
        let (module, index) = export.import;
        let inline = self.krate.modules[module.0 as usize].imports[index].attributes.inline;
        let Some(Resolution::Definition(id)) = export.target else { return self.list(on, export) };
        let definition = &self.krate.definitions[id.0 as usize];
        let (Some(name), Some(item)) = (export.name, definition.item) else { return self.list(on, export) };
        // Of several things with one name, a re-export takes along those that may be seen.
        let is_visible = self.everything || definition.reach == Reach::Public;
        if !is_visible || definition.is_hidden && inline != Some(Inline::Yes) {
            return;
        }
        let full = format!("{path}::{name}");
        let is_repeated = inline.is_none() && next.is_some_and(|next| self.is_public_import(next));
        let elsewhere = self.everything || self.is_directly_public(id) || inline == Some(Inline::No) || is_repeated;
        if elsewhere || self.published.places.contains_key(&id) || super::super::kinds::of_item(item).is_none() {
            if self.published.places.get(&id).is_some_and(|place| place.path == full) {
                return;
            }
            self.also.push((id, full));
            return self.list(on, export);
        }
        let through = Some(export.import);
        self.place(id, Place { path: full, parent: on, name, also: Vec::new(), through, is_handler: false });
    }

    fn list(&mut self, on: DefinitionId, export: ReExport) {
        let (module, index) = export.import;
        let import = self.krate.modules[module.0 as usize].imports[index].import;
        let written: Vec<&str> = import.path.iter().map(|segment| segment.as_str()).collect();
        let name = export.name.unwrap_or_else(|| Interned::new("*"));
        if self.seen.insert((on, name, written.join("::"))) {
            self.published.re_exports.entry(on).or_default().push(export);
        }
    }

    /// `pub use a::*`: listed when `a` has a page, else everything public in `a` is published here.
    fn glob(&mut self, on: DefinitionId, path: &str, module: ModuleId, index: usize) {
        let site = &self.krate.modules[module.0 as usize].imports[index];
        let target = self.names.resolve_import(&site.import.path, Namespace::Type, module);
        let inline = site.attributes.inline.or(Some(Inline::Yes));
        let target = target.map(|target| self.inlined(target, Namespace::Type, inline));
        let inner = match &target {
            Some(Resolution::Definition(id)) => {
                let is_public =
                    self.everything || self.is_directly_public(*id) || self.published.places.contains_key(id);
                self.krate.definitions[id.0 as usize].module.filter(|_| !is_public)
            }
            _ => None,
        };
        let Some(inner) = inner else {
            return self.list(on, ReExport { import: (module, index), name: None, target });
        };
        let own = &self.krate.modules[module.0 as usize].names;
        let found = self.public_names(inner).into_iter().filter_map(|(namespace, name)| {
            let target = self.names.lookup(inner, namespace, name, false)?;
            // What the module declares itself goes before, if it has something of the kind.
            let is_own = own.contains_key(&(namespace, name))
                && self.names.lookup(module, namespace, name, true).as_ref() != Some(&target);
            (!is_own).then(|| (name, self.inlined(target, namespace, None)))
        });
        let found: Vec<(Interned, Resolution)> = found.collect();
        let is_found = |(_, target): &&(Interned, Resolution)| !matches!(target, Resolution::External(..));
        let known: HashSet<Interned> = found.iter().filter(is_found).map(|(name, _)| *name).collect();
        for (name, target) in found {
            // As above, of names in other crates.
            if matches!(target, Resolution::External(..)) && known.contains(&name) {
                continue;
            }
            let export = ReExport { import: (module, index), name: Some(name), target: Some(target) };
            self.export(on, path, export, None);
        }
    }

    /// The public names of `module`, those that its globs bring along included.
    fn public_names(&self, module: ModuleId) -> Vec<(Namespace, Interned)> {
        let mut found = Vec::new();
        let mut known = HashSet::new();
        let mut visited = HashSet::new();
        let mut waiting = vec![module];
        while let Some(module) = waiting.pop() {
            if !visited.insert(module) {
                continue;
            }
            let content = &self.krate.modules[module.0 as usize];
            let own =
                content.definitions.iter().filter(|id| self.krate.definitions[id.0 as usize].reach == Reach::Public);
            let own = own.map(|id| self.krate.definitions[id.0 as usize].name);
            let imported = content.imports.iter().filter(|site| site.reach == Reach::Public && !site.attributes.hidden);
            let imported = imported.filter_map(|site| match site.import.brings {
                Imported::Name(name) | Imported::SelfName(name) => Some(name),
                Imported::Glob | Imported::Nothing => None,
            });
            for name in own.chain(imported) {
                for namespace in Namespace::ALL {
                    let bound = content
                        .names
                        .get(&(namespace, name))
                        .is_some_and(|bindings| bindings.iter().any(|binding| self.is_public(module, *binding)));
                    if bound && known.insert((namespace, name)) {
                        found.push((namespace, name));
                    }
                }
            }
            for &index in content.globs.iter().rev() {
                let site = &content.imports[index];
                if site.reach != Reach::Public || site.attributes.hidden {
                    continue;
                }
                let target = self.names.resolve_import(&site.import.path, Namespace::Type, module);
                let target = target.map(|target| self.inlined(target, Namespace::Type, Some(Inline::Yes)));
                if let Some(Resolution::Definition(id)) = target {
                    waiting.extend(self.krate.definitions[id.0 as usize].module);
                }
            }
        }
        found
    }

    fn is_public(&self, module: ModuleId, binding: Binding) -> bool {
        let reach = match binding {
            Binding::Definition(id) => self.krate.definitions[id.0 as usize].reach,
            Binding::Import(index) => self.krate.modules[module.0 as usize].imports[index].reach,
        };
        reach == Reach::Public
    }
}
