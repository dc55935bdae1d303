//! `use` declarations, one entry a name.

use std::ops::Range;

use syn::UseTree;

use super::attributes::Origin;
use crate::source::Interned;

/// One name that a `use` brings in, or all of a module.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Import {
    /// The path, from its first segment; an empty first segment stands for a leading `::`.
    pub(crate) path: Vec<Interned>,
    /// What it brings in.
    pub(crate) brings: Imported,
    /// Where its last segment is written.
    pub(crate) place: Range<u32>,
}

/// What an import brings in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Imported {
    /// The thing at the path, under this name.
    Name(Interned),
    /// The module or type at the path (`use a::{self}`), under this name.
    SelfName(Interned),
    /// Everything in it.
    Glob,
    /// A trait without a name: `as _`.
    Nothing,
}

/// The entries of `tree`, in order.
pub(super) fn flatten(tree: &UseTree, leading_colon: bool, origin: Origin<'_>) -> Vec<Import> {
    let mut imports = Vec::new();
    let mut path = if leading_colon { vec![Interned::new("")] } else { Vec::new() };
    collect(tree, &mut path, origin, &mut imports);
    imports
}

/// syn has gone as deep before.
fn collect(tree: &UseTree, path: &mut Vec<Interned>, origin: Origin<'_>, imports: &mut Vec<Import>) {
    match tree {
        UseTree::Path(inner) => {
            path.push(name(&inner.ident));
            collect(&inner.tree, path, origin, imports);
            path.pop();
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                collect(tree, path, origin, imports);
            }
        }
        UseTree::Glob(glob) => {
            let place = origin.place(glob.star_token.span);
            imports.push(Import { path: path.clone(), brings: Imported::Glob, place });
        }
        UseTree::Name(leaf) => {
            let alias = name(&leaf.ident);
            push(path, &leaf.ident, Some(alias), origin, imports);
        }
        UseTree::Rename(leaf) => {
            let alias = (leaf.rename != "_").then(|| name(&leaf.rename));
            push(path, &leaf.ident, alias, origin, imports);
        }
    }
}

fn push(path: &[Interned], leaf: &syn::Ident, alias: Option<Interned>, origin: Origin<'_>, imports: &mut Vec<Import>) {
    let place = origin.place(leaf.span());
    let mut path = path.to_vec();
    let is_self = leaf == "self" && !path.is_empty();
    if !is_self {
        path.push(name(leaf));
    }
    let brings = match (alias, is_self) {
        (None, _) => Imported::Nothing,
        (Some(alias), true) if alias.as_str() == "self" => Imported::SelfName(path.last().copied().unwrap_or(alias)),
        (Some(alias), true) => Imported::SelfName(alias),
        (Some(alias), false) => Imported::Name(alias),
    };
    imports.push(Import { path, brings, place });
}

/// An identifier as a name: raw ones without their `r#`.
pub(super) fn name(ident: &syn::Ident) -> Interned {
    Interned::new(ident.to_string().trim_start_matches("r#"))
}
