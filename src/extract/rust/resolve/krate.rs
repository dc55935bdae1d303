//! A crate, joined from its files: what modules hold, before anything is looked up.

use super::supplement::{Supplement, Supplied};
use super::{DefinitionId, ModuleId, Namespace};
use crate::diagnostic::Diagnostics;
use crate::extract::rust::package::CrateSource;
use crate::extract::rust::scan::{Attributes, Cfg, DocPart, Import, Item, ItemKind, Lints};
use crate::source::{Interned, NameMap, NameSet, RepoPath, Span};

/// A crate, joined from its files.
pub(crate) struct Crate<'a> {
    pub(crate) source: &'a CrateSource,
    /// Crates of the repository that this one re-exports from, and the root of each among the modules: as private modules
    /// of it, whose items are published where it re-exports them.
    pub(crate) inlined: Vec<(&'a CrateSource, ModuleId)>,
    /// The root first; a module stands behind the one that it is in.
    pub(crate) modules: Vec<Module<'a>>,
    pub(crate) definitions: Vec<Definition<'a>>,
    pub(crate) implementations: Vec<ImplementationSite<'a>>,
    /// The macros that make what stands in their calls, and nothing else.
    pub(crate) wrapping: NameSet<Interned>,
    /// What is known beside the sources.
    pub(crate) supplement: Option<&'a Supplement>,
    pub(crate) diagnostics: Diagnostics,
}

impl<'a> Crate<'a> {
    /// The crate that `module` belongs to.
    pub(crate) fn source_of(&self, module: ModuleId) -> &'a CrateSource {
        let root = self.modules[module.0 as usize].root;
        self.inlined.iter().find(|(_, inlined)| *inlined == root).map_or(self.source, |(source, _)| source)
    }

    /// What `module` has beside what is written in it.
    pub(super) fn supplied(&self, module: ModuleId) -> &'a [Supplied] {
        let of =
            |supplement: &'a Supplement| supplement.of(&self.defined_path(self.modules[module.0 as usize].definition));
        self.supplement.map_or(&[], of)
    }

    /// Whether all is known that macros make in the crate of `module`.
    pub(crate) fn is_complete(&self, module: ModuleId) -> bool {
        self.supplement.is_some_and(|supplement| supplement.is_complete(&self.source_of(module).name))
    }

    /// Where `id` is defined, as code of the crate that has it would write it: `shop_types::orders::Order`.
    pub(crate) fn defined_path(&self, id: DefinitionId) -> String {
        let mut names = Vec::new();
        let mut here = id;
        loop {
            let definition = &self.definitions[here.0 as usize];
            names.push(definition.name.as_str());
            let above = self.modules[definition.within.0 as usize].definition;
            // Ends: a module stands behind the one that it is in, and a root in itself.
            if above >= here {
                break;
            }
            here = above;
        }
        names.reverse();
        names.join("::")
    }
}

/// A module.
pub(crate) struct Module<'a> {
    /// The module around it.
    pub(crate) parent: Option<ModuleId>,
    /// The root of the crate that it belongs to.
    pub(crate) root: ModuleId,
    /// Itself as a definition.
    pub(crate) definition: DefinitionId,
    /// What stands in it, in order.
    pub(crate) definitions: Vec<DefinitionId>,
    /// What is brought into it, in order.
    pub(crate) imports: Vec<ImportSite<'a>>,
    /// What its own items and imports are called.
    pub(crate) names: NameMap<(Namespace, Interned), Vec<Binding>>,
    /// Its imports of everything in something: places in `imports`.
    pub(crate) globs: Vec<usize>,
    /// Whether it may hold items that no one can see without compiling: from macros, files that cannot be parsed, or
    /// under conditions that do not hold.
    pub(crate) is_opaque: bool,
    /// The macros that are called in it and were not expanded.
    pub(crate) unexpanded: Vec<Interned>,
}

/// What a name is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binding {
    Definition(DefinitionId),
    /// A place in the module's imports.
    Import(usize),
}

/// A name that is brought into a module.
pub(crate) struct ImportSite<'a> {
    pub(crate) import: &'a Import,
    /// The attributes of the `use`.
    pub(crate) attributes: &'a Attributes,
    pub(crate) reach: Reach,
    pub(crate) file: RepoPath,
}

/// Something that is defined in a module.
pub(crate) struct Definition<'a> {
    /// `None` for the crate itself.
    pub(crate) item: Option<&'a Item>,
    pub(crate) name: Interned,
    /// The module that it stands in; the root's own for the root.
    pub(crate) within: ModuleId,
    /// For a module: which.
    pub(crate) module: Option<ModuleId>,
    pub(crate) reach: Reach,
    /// Whether `#[doc(hidden)]` applies to it.
    pub(crate) is_hidden: bool,
    pub(crate) span: Span,
    pub(crate) docs: Vec<Documented<'a>>,
    /// Under which conditions it is there, beside those of the modules around it.
    pub(crate) conditions: Vec<&'a Cfg>,
    /// Of which of its links somebody wants to be told, as far as it says so itself.
    pub(crate) lints: Lints,
}

impl Definition<'_> {
    /// The doc comments of `item`, which stands in its place.
    pub(crate) fn documented_by<'i>(&self, item: &'i Item) -> Documented<'i> {
        Documented { file: self.span.file, parts: &item.attributes.docs, scope: self.within }
    }
}

/// Doc comments, and where they stand.
#[derive(Clone, Copy)]
pub(crate) struct Documented<'a> {
    pub(crate) file: RepoPath,
    pub(crate) parts: &'a [DocPart],
    /// The module in whose scope names in them are looked up.
    pub(crate) scope: ModuleId,
}

/// How far something can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    Public,
    /// In this module and those within it.
    Within(ModuleId),
}

/// An `impl` block and where it stands.
pub(crate) struct ImplementationSite<'a> {
    pub(crate) item: &'a Item,
    pub(crate) module: ModuleId,
    pub(crate) file: RepoPath,
}

/// The tables that the name of `item` stands in.
pub(super) fn namespaces(item: &Item) -> &'static [Namespace] {
    match &item.kind {
        ItemKind::Module { .. }
        | ItemKind::ExternCrate { .. }
        | ItemKind::Enum
        | ItemKind::Union
        | ItemKind::Trait
        | ItemKind::TraitAlias
        | ItemKind::TypeAlias
        | ItemKind::AssociatedType { .. } => &[Namespace::Type],
        // A struct with braces has no constructor.
        ItemKind::Struct if item.children.first().is_some_and(|field| !is_position(field.name)) => &[Namespace::Type],
        ItemKind::Struct | ItemKind::Variant => &[Namespace::Type, Namespace::Value],
        ItemKind::Function | ItemKind::Constant | ItemKind::Static => &[Namespace::Value],
        ItemKind::Field | ItemKind::Method { .. } | ItemKind::AssociatedConstant { .. } => &[Namespace::Value],
        ItemKind::Macro(_) => &[Namespace::Macro],
        ItemKind::Use(_) | ItemKind::MacroCall(_) | ItemKind::Implementation(_) => &[],
    }
}

fn is_position(name: Interned) -> bool {
    name.as_str().bytes().all(|byte| byte.is_ascii_digit())
}
