//! What a scan keeps of an item.

use std::ops::Range;

use super::{Attributes, Import, Signature};
use crate::source::Interned;

/// An item, or a part of one that can have documentation of its own.
#[derive(Debug)]
pub(crate) struct Item {
    /// What it is.
    pub(crate) kind: ItemKind,
    /// Its name; empty for implementations, imports and macro calls.
    pub(crate) name: Interned,
    /// The place of its name, or of its first keyword.
    pub(crate) place: Range<u32>,
    /// Who may use it.
    pub(crate) visibility: Visibility,
    /// Its attributes and doc comments.
    pub(crate) attributes: Attributes,
    /// Its declaration, without attributes and body.
    pub(crate) signature: Signature,
    /// The names of its type and const parameters.
    pub(crate) parameters: Vec<Interned>,
    /// The items within it: of a module, fields, variants, associated items.
    pub(crate) children: Vec<Item>,
}

/// What an item is.
#[derive(Debug)]
pub(crate) enum ItemKind {
    Module {
        /// Whether its items stand in another file.
        elsewhere: bool,
        /// Its `#[path]`.
        path: Option<String>,
        /// Other paths that it may have.
        possible_paths: Vec<String>,
    },
    Use(Vec<Import>),
    ExternCrate {
        /// The crate's own name.
        original: Interned,
    },
    Struct,
    Enum,
    Union,
    Trait,
    TraitAlias,
    TypeAlias,
    Function,
    Constant,
    Static,
    Macro(MacroKind),
    /// A macro call; its children are the items that it stands for, or that stand literally in it.
    MacroCall(Call),
    Implementation(Box<Implementation>),
    Field,
    Variant,
    Method {
        /// Whether it has no body.
        required: bool,
    },
    AssociatedConstant {
        /// Whether it has no value.
        required: bool,
    },
    AssociatedType {
        /// Whether it is not set to anything.
        required: bool,
    },
}

/// How a macro is called.
#[derive(Debug)]
pub(crate) enum MacroKind {
    /// `name!`, by example.
    ByExample {
        /// For a macro that only passes items on (`cfg_rt! { … }`): the attributes that it gives them.
        gives: Option<Box<Attributes>>,
        /// Where its rules stand in the file.
        rules: Range<u32>,
    },
    /// `name!`, procedural.
    Function,
    /// `#[derive(Name)]`, and the function that makes it.
    Derive { function: Interned },
    /// `#[name]`.
    Attribute,
}

/// What is known of what a macro call stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    /// All of it.
    Expanded,
    /// Items that stand in it under conditions, and nothing else.
    Choice,
    /// At most what stands literally in it.
    Opaque,
    /// The file at this path: `include!("…")`.
    Include(String),
}

/// An `impl` block.
#[derive(Debug)]
pub(crate) struct Implementation {
    /// The path of the type, without generic arguments; empty when the type is no path.
    pub(crate) of: String,
    /// The path of the trait, likewise.
    pub(crate) of_trait: Option<String>,
    /// Whether it says that the trait is *not* implemented.
    pub(crate) negative: bool,
}

/// Who may use an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Visibility {
    /// `pub`.
    Public,
    /// `pub(crate)`, `pub(super)`, `pub(in path)`: the path.
    Within(String),
    /// Not said.
    Inherited,
}
