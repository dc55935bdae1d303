//! A crate, joined from its files: what modules hold, before anything is looked up.

use std::collections::HashMap;

use super::{DefinitionId, ModuleId, Namespace};
use crate::diagnostic::Diagnostics;
use crate::extract::rust::package::CrateSource;
use crate::extract::rust::scan::{Attributes, Cfg, DocPart, Import, Item, ItemKind};
use crate::source::{Interned, RepoPath, Span};

/// A crate, joined from its files.
pub(crate) struct Crate<'a> {
    pub(crate) source: &'a CrateSource,
    /// The root first; a module stands behind the one that it is in.
    pub(crate) modules: Vec<Module<'a>>,
    pub(crate) definitions: Vec<Definition<'a>>,
    pub(crate) implementations: Vec<ImplementationSite<'a>>,
    pub(crate) diagnostics: Diagnostics,
}

/// A module.
pub(crate) struct Module<'a> {
    /// The module around it.
    pub(crate) parent: Option<ModuleId>,
    /// Itself as a definition.
    pub(crate) definition: DefinitionId,
    /// What stands in it, in order.
    pub(crate) definitions: Vec<DefinitionId>,
    /// What is brought into it, in order.
    pub(crate) imports: Vec<ImportSite<'a>>,
    /// What its own items and imports are called.
    pub(crate) names: HashMap<(Namespace, Interned), Vec<Binding>>,
    /// Its imports of everything in something: places in `imports`.
    pub(crate) globs: Vec<usize>,
    /// Whether it may hold items that no one can see without compiling: from macros, files that cannot be parsed, or
    /// under conditions that do not hold.
    pub(crate) is_opaque: bool,
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
