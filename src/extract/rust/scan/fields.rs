//! Fields and variants.

use std::ops::Range;

use syn::Fields;

use super::super::syntax::Chunk;
use super::attributes::{Origin, short};
use super::imports::name;
use super::item::{Item, ItemKind, Visibility};
use super::reader::read_visibility;
use super::{Attributes, Signature};
use crate::source::Interned;

/// The declaration of a struct without its fields; a tuple's `where` clause stands behind them.
pub(super) fn header(fields: &Fields, origin: Origin<'_>, chunk: &Chunk) -> Signature {
    let end = match fields {
        Fields::Unnamed(fields) => origin.range(fields.paren_token.span.open()).start,
        Fields::Named(_) | Fields::Unit => chunk.body,
    };
    Signature::line(origin.text, chunk.keywords..end)
}

/// The fields, in order. Those of a tuple are called `0`, `1`…
pub(super) fn read(fields: &Fields, origin: Origin<'_>) -> Vec<Item> {
    let (list, inside) = match fields {
        Fields::Named(fields) => (&fields.named, between(fields.brace_token.span, origin)),
        Fields::Unnamed(fields) => (&fields.unnamed, between(fields.paren_token.span, origin)),
        Fields::Unit => return Vec::new(),
    };
    let mut start = inside.start;
    let mut items = Vec::with_capacity(list.len());
    for (index, pair) in list.pairs().enumerate() {
        let field = pair.value();
        let comma = pair.punct().map(|comma| origin.range(comma.span));
        let end = comma.as_ref().map_or(inside.end, |comma| comma.start);
        let mut attributes = Attributes::default();
        attributes.read(&field.attrs, origin);
        let declared = match &field.default {
            Some((equals, _)) => origin.range(equals.span).start,
            None => end,
        };
        let signature = Signature::line(origin.text, start..declared);
        let place = match &field.ident {
            Some(ident) => origin.place(ident.span()),
            None => short(start..start),
        };
        items.push(Item {
            kind: ItemKind::Field,
            name: field.ident.as_ref().map_or_else(|| Interned::new(&index.to_string()), name),
            place,
            visibility: read_visibility(&field.vis),
            attributes,
            signature,
            parameters: Vec::new(),
            children: Vec::new(),
        });
        start = comma.map_or(end, |comma| comma.end);
    }
    items
}

/// The variants, in order, with their fields.
pub(super) fn variants(tree: &syn::ItemEnum, origin: Origin<'_>) -> Vec<Item> {
    let inside = between(tree.brace_token.span, origin);
    let mut start = inside.start;
    let mut items = Vec::with_capacity(tree.variants.len());
    for pair in tree.variants.pairs() {
        let variant = pair.value();
        let comma = pair.punct().map(|comma| origin.range(comma.span));
        let end = comma.as_ref().map_or(inside.end, |comma| comma.start);
        let mut attributes = Attributes::default();
        attributes.read(&variant.attrs, origin);
        let mut signature = Signature::line(origin.text, start..end);
        // The name that it begins with is its own.
        if signature.paths.first().is_some_and(|path| path.start == 0) {
            signature.paths.remove(0);
        }
        let mut children = read(&variant.fields, origin);
        for child in &mut children {
            child.visibility = Visibility::Public;
        }
        items.push(Item {
            kind: ItemKind::Variant,
            name: name(&variant.ident),
            place: origin.place(variant.ident.span()),
            visibility: Visibility::Public,
            attributes,
            signature,
            parameters: Vec::new(),
            children,
        });
        start = comma.map_or(end, |comma| comma.end);
    }
    items
}

fn between(span: proc_macro2::extra::DelimSpan, origin: Origin<'_>) -> Range<usize> {
    origin.range(span.open()).end..origin.range(span.close()).start
}
