//! Scans -> modules.

use std::collections::HashMap;
use std::sync::Arc;

use super::krate::{Binding, Crate, Definition, Documented, ImplementationSite, ImportSite, Module, Reach, namespaces};
use super::missing::missing_file;
use super::supplement::Supplement;
use super::wrapping::{Wrapping, wrapping_macros};
use super::{DefinitionId, ModuleId, Namespace};
use crate::extract::rust::package::{CrateSource, ModuleFolder};
use crate::extract::rust::scan::{
    Attributes, Call, Cfg, Imported, Item, ItemKind, MacroKind, Scan, Visibility, span_in,
};
use crate::source::{Interned, NameMap, RepoPath, Span};

/// Deeper modules are left out.
const DEEPEST: usize = 128;

/// A file that stands for more modules than this is included in a circle.
const MOST_LOADS: usize = 8;

/// Joins `scans`, the crate's files and what they say, and what is known beside them.
pub(crate) fn build<'a>(
    source: &'a CrateSource,
    scans: &'a HashMap<RepoPath, Arc<Scan>>,
    supplement: Option<&'a Supplement>,
) -> Option<Crate<'a>> {
    let scan = scans.get(&source.root)?;
    let wrapping = wrapping_macros(scans);
    let names = wrapping.keys().copied().collect();
    let mut builder = Builder {
        wrapping,
        loads: NameMap::default(),
        scans,
        built: Crate {
            source,
            inlined: Vec::new(),
            modules: Vec::new(),
            definitions: Vec::new(),
            implementations: Vec::new(),
            wrapping: names,
            supplement,
            diagnostics: Vec::new(),
        },
    };
    let mut waiting = vec![builder.root(source, scan)];
    while let Some(pending) = waiting.pop() {
        builder.fill(pending, &mut waiting);
    }
    for source in &source.inlined {
        let Some(scan) = scans.get(&source.root) else { continue };
        let pending = builder.root(source, scan);
        builder.built.inlined.push((source, pending.module));
        waiting.push(pending);
        while let Some(pending) = waiting.pop() {
            builder.fill(pending, &mut waiting);
        }
    }
    Some(builder.built)
}

/// What is around an item: a file, and perhaps a macro call.
#[derive(Clone, Copy)]
struct Around<'a> {
    /// Whether the item is there under some condition only.
    conditional: bool,
    wrapping: Option<Wrapping<'a>>,
    /// The file that it stands in.
    file: RepoPath,
    /// Where the files of modules are looked for there.
    folder: ModuleFolder,
}

/// A module whose items are still to be entered.
struct Pending<'a> {
    module: ModuleId,
    items: &'a [Item],
    file: RepoPath,
    folder: ModuleFolder,
    depth: usize,
    /// Whether it is there under some condition only.
    conditional: bool,
}

struct Builder<'a> {
    scans: &'a HashMap<RepoPath, Arc<Scan>>,
    wrapping: NameMap<Interned, Vec<Wrapping<'a>>>,
    loads: NameMap<RepoPath, usize>,
    built: Crate<'a>,
}

fn id(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl<'a> Builder<'a> {
    /// Begins a crate.
    fn root(&mut self, source: &CrateSource, scan: &'a Scan) -> Pending<'a> {
        let root = ModuleId(id(self.built.modules.len()));
        let file = source.root;
        let definition = DefinitionId(id(self.built.definitions.len()));
        self.built.definitions.push(Definition {
            item: None,
            name: Interned::new(&source.name),
            within: root,
            module: Some(root),
            reach: Reach::Public,
            is_hidden: false,
            span: Span::start_of(file),
            docs: vec![Documented { file, parts: &scan.attributes.docs, scope: root }],
            conditions: Vec::new(),
            lints: scan.attributes.lints,
        });
        let module = self.module(None, definition, scan.is_partial);
        let folder = ModuleFolder::of_file(file, true);
        Pending { module, items: &scan.items, file, folder, depth: 0, conditional: false }
    }

    fn module(&mut self, parent: Option<ModuleId>, definition: DefinitionId, is_opaque: bool) -> ModuleId {
        let own = ModuleId(id(self.built.modules.len()));
        let root = parent.map_or(own, |parent| self.built.modules[parent.0 as usize].root);
        self.built.modules.push(Module {
            parent,
            root,
            definition,
            definitions: Vec::new(),
            imports: Vec::new(),
            names: NameMap::default(),
            globs: Vec::new(),
            is_opaque,
            unexpanded: Vec::new(),
        });
        own
    }

    fn at(&mut self, module: ModuleId) -> &mut Module<'a> {
        &mut self.built.modules[module.0 as usize]
    }

    /// Enters the items of one module; the modules in it are left in `waiting`.
    fn fill(&mut self, pending: Pending<'a>, waiting: &mut Vec<Pending<'a>>) {
        let Pending { module, depth, conditional, .. } = pending;
        // Macro calls are entered in place: what is still to be done, the next item last.
        let outermost = Around { conditional, wrapping: None, file: pending.file, folder: pending.folder };
        let own = pending.items.iter().rev().map(|item| (item, outermost));
        let supplied = self.built.supplied(module).iter().rev();
        let supplied = supplied.map(|supplied| (&supplied.item, Around { file: supplied.file, ..outermost }));
        let mut items: Vec<(&'a Item, Around<'a>)> = supplied.chain(own).collect();
        while let Some((item, around)) = items.pop() {
            let Around { file, folder, .. } = around;
            if !item.attributes.is_present(&self.built.source_of(module).environment) {
                // What only tests have, no documentation means.
                self.at(module).is_opaque |= !item.attributes.cfg.iter().any(Cfg::is_of_tests);
                continue;
            }
            self.at(module).is_opaque |= item.attributes.may_generate;
            match &item.kind {
                ItemKind::MacroCall(Call::Expanded | Call::Choice) => {
                    items.extend(item.children.iter().rev().map(|child| (child, around)));
                }
                ItemKind::MacroCall(Call::Include(path)) => match self.included(path, file) {
                    Some((included, scan)) => {
                        let folder = ModuleFolder::of_file(included, true);
                        let around = Around { file: included, folder, ..around };
                        items.extend(scan.items.iter().rev().map(|child| (child, around)));
                    }
                    None => self.at(module).is_opaque = true,
                },
                ItemKind::MacroCall(Call::Opaque) => {
                    let wrapping = self.wrapping_of(item.name, file);
                    let environment = &self.built.source_of(module).environment;
                    let is_there = wrapping.is_none_or(|wrapping| wrapping.attributes.is_present(environment));
                    let is_expanded = wrapping.is_some() && !item.children.is_empty();
                    self.at(module).is_opaque |= !is_expanded;
                    if wrapping.is_none() && !self.built.is_complete(module) {
                        self.at(module).unexpanded.push(item.name);
                    }
                    if is_there {
                        let around = Around { conditional: true, wrapping, ..around };
                        items.extend(item.children.iter().rev().map(|child| (child, around)));
                    }
                }
                ItemKind::Implementation(_) => {
                    self.built.implementations.push(ImplementationSite { item, module, file });
                }
                ItemKind::Use(imports) => {
                    let reach = self.reach(&item.visibility, module);
                    for import in imports {
                        self.import(module, ImportSite { import, attributes: &item.attributes, reach, file });
                    }
                }
                ItemKind::Module { elsewhere, path, possible_paths } if depth < DEEPEST => {
                    let conditional = around.conditional || !item.attributes.cfg.is_empty();
                    let content = if *elsewhere {
                        let candidates = folder.candidates(item.name, path.as_deref(), possible_paths);
                        let content = self.content_of(&candidates, file);
                        // Each crate reports for itself.
                        let is_own = self.built.modules[module.0 as usize].root == ModuleId(0);
                        if content.is_none() && !conditional && is_own {
                            let is_read = |path: RepoPath| self.scans.contains_key(&path);
                            let missing = missing_file(item, &candidates, file, self.built.source, is_read);
                            self.built.diagnostics.extend(missing);
                        }
                        content
                    } else {
                        let folder = folder.inline(item.name, path.as_deref());
                        Some(Content { items: &item.children, file, folder, scan: None })
                    };
                    match content {
                        Some(content) => {
                            let inner = self.define_module(module, item, file, &content, around);
                            waiting.extend(inner.map(|module| Pending {
                                module,
                                items: content.items,
                                file: content.file,
                                folder: content.folder,
                                depth: depth + 1,
                                conditional,
                            }));
                        }
                        None => self.at(module).is_opaque = true,
                    }
                }
                ItemKind::Module { .. } => self.at(module).is_opaque = true,
                _ => drop(self.define(module, item, file, around)),
            }
        }
    }

    /// The macro of that name that a call in `file` means: one of the file itself, or else the first of the crate.
    fn wrapping_of(&self, name: Interned, file: RepoPath) -> Option<Wrapping<'a>> {
        let known = self.wrapping.get(&name)?;
        known.iter().find(|wrapping| wrapping.file == file).or_else(|| known.first()).copied()
    }

    fn reach(&self, visibility: &Visibility, module: ModuleId) -> Reach {
        match visibility {
            Visibility::Public => Reach::Public,
            Visibility::Inherited => Reach::Within(module),
            Visibility::Within(path) => {
                let parent = |module: ModuleId| self.built.modules[module.0 as usize].parent.unwrap_or(module);
                match path.as_str() {
                    "self" => Reach::Within(module),
                    "super" => Reach::Within(parent(module)),
                    // `in a::b` is an ancestor of the module: being too generous with it hides nothing.
                    _ => Reach::Within(self.built.modules[module.0 as usize].root),
                }
            }
        }
    }

    fn import(&mut self, module: ModuleId, site: ImportSite<'a>) {
        let module = self.at(module);
        let index = module.imports.len();
        match site.import.brings {
            Imported::Name(name) => {
                for namespace in Namespace::ALL {
                    module.names.entry((namespace, name)).or_default().push(Binding::Import(index));
                }
            }
            Imported::SelfName(name) => {
                module.names.entry((Namespace::Type, name)).or_default().push(Binding::Import(index));
            }
            Imported::Glob => module.globs.push(index),
            Imported::Nothing => return,
        }
        module.imports.push(site);
    }

    fn define(&mut self, module: ModuleId, item: &'a Item, file: RepoPath, around: Around<'a>) -> DefinitionId {
        let given = around.wrapping.map(|wrapping| wrapping.attributes);
        // An exported macro stands at the root, wherever it is written.
        let exported = matches!(item.kind, ItemKind::Macro(_))
            && (item.attributes.macro_export || given.is_some_and(|given| given.macro_export));
        let within = if exported { self.built.modules[module.0 as usize].root } else { module };
        let definition = DefinitionId(id(self.built.definitions.len()));
        let reach = if exported { Reach::Public } else { self.reach(&item.visibility, within) };
        let mut docs = vec![Documented { file, parts: &item.attributes.docs, scope: module }];
        if let Some(wrapping) = around.wrapping.filter(|wrapping| !wrapping.attributes.docs.is_empty()) {
            docs.insert(0, Documented { file: wrapping.file, parts: &wrapping.attributes.docs, scope: module });
        }
        self.built.definitions.push(Definition {
            item: Some(item),
            name: item.name,
            within,
            module: None,
            reach,
            is_hidden: item.attributes.hidden || given.is_some_and(|given| given.hidden),
            span: span_in(file, &item.place),
            docs,
            conditions: given.into_iter().chain([&item.attributes]).flat_map(Attributes::conditions).collect(),
            lints: item.attributes.lints.within(given.map(|given| given.lints).unwrap_or_default()),
        });
        for namespace in namespaces(item) {
            let bindings = self.at(within).names.entry((*namespace, item.name)).or_default();
            bindings.push(Binding::Definition(definition));
        }
        // To its own crate a procedural macro is a function.
        let function = match item.kind {
            ItemKind::Macro(MacroKind::Derive { function }) => Some(function),
            ItemKind::Macro(MacroKind::Function | MacroKind::Attribute) => Some(item.name),
            _ => None,
        };
        if let Some(function) = function {
            let bindings = self.at(within).names.entry((Namespace::Value, function)).or_default();
            bindings.push(Binding::Definition(definition));
        }
        self.at(within).definitions.push(definition);
        definition
    }

    /// `None` when the module is not there for documentation, or there already.
    fn define_module(
        &mut self,
        parent: ModuleId,
        item: &'a Item,
        file: RepoPath,
        content: &Content<'a>,
        around: Around<'a>,
    ) -> Option<ModuleId> {
        let attributes = content.scan.map(|scan| &scan.attributes);
        let environment = &self.built.source_of(parent).environment;
        if attributes.is_some_and(|attributes| !attributes.is_present(environment)) {
            self.at(parent).is_opaque = true;
            return None;
        }
        if self
            .at(parent)
            .names
            .get(&(Namespace::Type, item.name))
            .is_some_and(|bindings| bindings.iter().any(|binding| matches!(binding, Binding::Definition(_))))
        {
            // The same module under another condition.
            return None;
        }
        let definition = self.define(parent, item, file, around);
        let is_partial = item.attributes.may_generate || content.scan.is_some_and(|scan| scan.is_partial);
        let module = self.module(Some(parent), definition, is_partial);
        let defined = &mut self.built.definitions[definition.0 as usize];
        defined.module = Some(module);
        if let Some(own) = defined.docs.last_mut().filter(|_| content.scan.is_none()) {
            // What stands before a module speaks of what is around it.
            let (outer, inner) = own.parts.split_at(own.parts.len() - item.attributes.inner_docs);
            own.parts = outer;
            let file = own.file;
            defined.docs.push(Documented { file, parts: inner, scope: module });
        }
        if let Some(attributes) = attributes {
            defined.is_hidden |= attributes.hidden;
            defined.docs.push(Documented { file: content.file, parts: &attributes.docs, scope: module });
            defined.conditions.extend(attributes.conditions());
            defined.lints = attributes.lints.within(defined.lints);
        }
        Some(module)
    }

    /// The items that `path` in `file` includes.
    fn included(&mut self, path: &str, file: RepoPath) -> Option<(RepoPath, &'a Scan)> {
        let found = file.parent().join(path)?;
        Some((found, self.load(found, file)?))
    }

    /// What the file at `found` says, unless it is included in a circle.
    fn load(&mut self, found: RepoPath, file: RepoPath) -> Option<&'a Scan> {
        let scans: &'a HashMap<RepoPath, Arc<Scan>> = self.scans;
        let scan = scans.get(&found)?;
        let loads = self.loads.entry(found).or_default();
        *loads += 1;
        (*loads <= MOST_LOADS && found != file).then_some(scan)
    }

    fn content_of(&mut self, candidates: &[(RepoPath, bool)], file: RepoPath) -> Option<Content<'a>> {
        let (found, owns_folder) = *candidates.iter().find(|(path, _)| self.scans.contains_key(path))?;
        let scan = self.load(found, file)?;
        let folder = ModuleFolder::of_file(found, owns_folder);
        Some(Content { items: &scan.items, file: found, folder, scan: Some(scan) })
    }
}

/// What stands in a module.
struct Content<'a> {
    items: &'a [Item],
    file: RepoPath,
    folder: ModuleFolder,
    /// The scan of its file, when it has one of its own.
    scan: Option<&'a Scan>,
}
