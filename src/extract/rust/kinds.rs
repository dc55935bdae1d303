//! What Rust nodes can be.

use crate::graph::{Column, ColumnStyle, Kind, Section};

use super::scan::{Item, ItemKind, MacroKind};

static SECTION: Section = Section { slug: "rust", label: "Code", icon: "code", order: 50 };

static COLUMNS: [Column; 3] = [
    Column { label: "Kind", fact: "target", style: ColumnStyle::Badge },
    Column { label: "Version", fact: "version", style: ColumnStyle::Text },
    Column { label: "Package", fact: "package", style: ColumnStyle::Code },
];

const fn kind(name: &'static str, label: &'static str, plural: &'static str, order: u16) -> Kind {
    Kind { name, label, plural, section: &SECTION, order, scheme: "rust", list: None, facet: "Code" }
}

pub(crate) static CRATE: Kind = Kind { list: Some(&COLUMNS), ..kind("crate", "Crate", "Crates", 0) };
pub(crate) static MODULE: Kind = kind("module", "Module", "Modules", 1);
pub(crate) static MACRO: Kind = kind("macro", "Macro", "Macros", 2);
pub(crate) static STRUCT: Kind = kind("struct", "Struct", "Structs", 3);
pub(crate) static ENUM: Kind = kind("enum", "Enum", "Enums", 4);
pub(crate) static UNION: Kind = kind("union", "Union", "Unions", 5);
pub(crate) static CONST: Kind = kind("const", "Constant", "Constants", 6);
pub(crate) static STATIC: Kind = kind("static", "Static", "Statics", 7);
pub(crate) static TRAIT: Kind = kind("trait", "Trait", "Traits", 8);
pub(crate) static TRAIT_ALIAS: Kind = kind("trait-alias", "Trait alias", "Trait aliases", 9);
pub(crate) static FUNCTION: Kind = kind("fn", "Function", "Functions", 10);
pub(crate) static TYPE: Kind = kind("type", "Type alias", "Type aliases", 11);
pub(crate) static ATTRIBUTE: Kind = kind("attribute", "Attribute macro", "Attribute macros", 12);
pub(crate) static DERIVE: Kind = kind("derive", "Derive macro", "Derive macros", 13);
pub(crate) static VARIANT: Kind = kind("variant", "Variant", "Variants", 20);
pub(crate) static FIELD: Kind = kind("field", "Field", "Fields", 21);
pub(crate) static ASSOCIATED_TYPE: Kind = kind("associated-type", "Associated type", "Associated types", 22);
pub(crate) static ASSOCIATED_CONST: Kind = kind("associated-const", "Associated constant", "Associated constants", 23);
pub(crate) static METHOD: Kind = kind("method", "Method", "Methods", 24);

/// Every kind.
pub(crate) static KINDS: [&Kind; 19] = [
    &CRATE,
    &MODULE,
    &MACRO,
    &STRUCT,
    &ENUM,
    &UNION,
    &CONST,
    &STATIC,
    &TRAIT,
    &TRAIT_ALIAS,
    &FUNCTION,
    &TYPE,
    &ATTRIBUTE,
    &DERIVE,
    &VARIANT,
    &FIELD,
    &ASSOCIATED_TYPE,
    &ASSOCIATED_CONST,
    &METHOD,
];

/// The kind of `item`, and what rustdoc's file or anchor for it begins with. `None` for what has no place of its own.
pub(crate) fn of_item(item: &Item) -> Option<(&'static Kind, &'static str)> {
    Some(match &item.kind {
        ItemKind::Module { .. } => (&MODULE, "mod"),
        ItemKind::Struct => (&STRUCT, "struct"),
        ItemKind::Enum => (&ENUM, "enum"),
        ItemKind::Union => (&UNION, "union"),
        ItemKind::Trait => (&TRAIT, "trait"),
        ItemKind::TraitAlias => (&TRAIT_ALIAS, "traitalias"),
        ItemKind::TypeAlias => (&TYPE, "type"),
        ItemKind::Function => (&FUNCTION, "fn"),
        ItemKind::Constant => (&CONST, "constant"),
        ItemKind::Static => (&STATIC, "static"),
        ItemKind::Macro(MacroKind::ByExample { .. } | MacroKind::Function) => (&MACRO, "macro"),
        ItemKind::Macro(MacroKind::Derive { .. }) => (&DERIVE, "derive"),
        ItemKind::Macro(MacroKind::Attribute) => (&ATTRIBUTE, "attr"),
        ItemKind::Field => (&FIELD, "structfield"),
        ItemKind::Variant => (&VARIANT, "variant"),
        ItemKind::Method { required: true } => (&METHOD, "tymethod"),
        ItemKind::Method { required: false } => (&METHOD, "method"),
        ItemKind::AssociatedConstant { .. } => (&ASSOCIATED_CONST, "associatedconstant"),
        ItemKind::AssociatedType { .. } => (&ASSOCIATED_TYPE, "associatedtype"),
        ItemKind::Use(_) | ItemKind::ExternCrate { .. } | ItemKind::MacroCall(_) | ItemKind::Implementation(_) => {
            return None;
        }
    })
}
