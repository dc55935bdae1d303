//! An item -> its whole declaration, as its page shows it: with fields, variants or members, and without bodies.

use std::ops::Range;

use super::Publication;
use super::definitions::is_position;
use super::identity::is_shown;
use crate::extract::rust::resolve::items_within;
use crate::extract::rust::scan::{Item, ItemKind, Signature};
use crate::source::Interned;

/// Longer lists of variants are cut in the signature.
const VARIANTS_IN_SIGNATURE: usize = 64;

/// More fields, variants or methods than these are closed at first, as in rustdoc.
const SHOWN_AT_ONCE: usize = 12;

/// A declaration.
#[derive(Default)]
pub(super) struct Declaration {
    /// All of it.
    pub(super) whole: Signature,
    /// The lines of it that are closed until a reader opens them.
    pub(super) closed: Option<Closed>,
}

/// Lines of a declaration.
pub(super) struct Closed {
    /// Where they stand in its text.
    pub(super) range: Range<usize>,
    /// What they are: "29 methods".
    pub(super) label: String,
}

/// The whole declaration of an item, as its page shows it: with the name that it is published under.
pub(super) fn declaration(publication: &Publication<'_>, item: &Item, name: Interned) -> Declaration {
    let mut declared = Declaration::default();
    if item.attributes.macro_export {
        declared.whole = item.signature.clone();
        return declared;
    }
    if item.attributes.must_use {
        declared.push_str("#[must_use]\n");
    }
    if item.attributes.non_exhaustive {
        declared.push_str("#[non_exhaustive]\n");
    }
    match name == item.name {
        true => declared.whole.push(&item.signature),
        false => declared.whole.push(&renamed(&item.signature, item.name.as_str(), name.as_str())),
    }
    let inherits = matches!(item.kind, ItemKind::Enum | ItemKind::Trait);
    let shown = |member: &Item| is_shown(publication.krate, member, inherits);
    let members = items_within(item, &publication.krate.source.environment);
    match item.kind {
        ItemKind::Struct | ItemKind::Union if members.is_empty() => push_end(&mut declared.whole, item),
        ItemKind::Struct if members.first().is_some_and(|field| is_position(field)) => {
            push_tuple(&mut declared.whole, &members, shown);
        }
        ItemKind::Struct | ItemKind::Union => declared.push_fields(members, shown),
        ItemKind::Enum => declared.push_variants(members, shown),
        ItemKind::Trait => declared.push_trait_items(members, shown),
        ItemKind::Constant | ItemKind::Static | ItemKind::TypeAlias | ItemKind::TraitAlias => declared.push_str(";"),
        _ => {}
    }
    declared
}

/// `signature` with another name for what it declares, which is the first of its words that is `name`.
fn renamed(signature: &Signature, name: &str, other: &str) -> Signature {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let text = signature.text.as_str();
    let is_whole =
        |place: &usize| !text[..*place].ends_with(is_word) && !text[*place + name.len()..].starts_with(is_word);
    let Some(place) = text.match_indices(name).map(|(place, _)| place).find(is_whole) else { return signature.clone() };
    let mut renamed = signature.part(0..place);
    renamed.push_str(other);
    renamed.push(&signature.part(place + name.len()..text.len()));
    renamed
}

impl Declaration {
    fn push_str(&mut self, text: &str) {
        self.whole.push_str(text);
    }

    fn push_fields(&mut self, fields: Vec<&Item>, shown: impl Fn(&Item) -> bool) {
        let (visible, hidden): (Vec<_>, Vec<_>) = fields.into_iter().partition(|field| shown(field));
        if visible.is_empty() && !self.whole.text.contains("\nwhere\n") {
            return self.push_str(" { /* private fields */ }");
        }
        open(&mut self.whole);
        let start = self.whole.text.len();
        for field in &visible {
            push_line(&mut self.whole, &field.signature, ",");
        }
        if !hidden.is_empty() {
            self.push_str("    /* private fields */\n");
        }
        self.close_from(start, visible.len(), || format!("{} fields", visible.len()));
        self.push_str("}");
    }

    fn push_variants(&mut self, variants: Vec<&Item>, shown: impl Fn(&Item) -> bool) {
        open(&mut self.whole);
        let start = self.whole.text.len();
        let visible: Vec<_> = variants.into_iter().filter(|variant| shown(variant)).collect();
        for variant in visible.iter().take(VARIANTS_IN_SIGNATURE) {
            push_line(&mut self.whole, &variant.signature, ",");
        }
        if visible.len() > VARIANTS_IN_SIGNATURE {
            self.push_str(&format!("    // and {} more\n", visible.len() - VARIANTS_IN_SIGNATURE));
        }
        self.close_from(start, visible.len(), || format!("{} variants", visible.len()));
        self.push_str("}");
    }

    /// Constants, types, then what implementors must write and what they get.
    fn push_trait_items(&mut self, members: Vec<&Item>, shown: impl Fn(&Item) -> bool) {
        let visible: Vec<_> = members.into_iter().filter(|member| shown(member)).collect();
        if visible.is_empty() {
            return self.push_str(" {}");
        }
        open(&mut self.whole);
        let of = |belongs: fn(&ItemKind) -> bool| -> Vec<&Item> {
            visible.iter().copied().filter(|member| belongs(&member.kind)).collect()
        };
        let types = of(|kind| matches!(kind, ItemKind::AssociatedType { .. }));
        let constants = of(|kind| matches!(kind, ItemKind::AssociatedConstant { .. }));
        let required = of(|kind| matches!(kind, ItemKind::Method { required: true }));
        let provided = of(|kind| matches!(kind, ItemKind::Method { required: false }));
        let methods = required.len() + provided.len();
        let start = self.whole.text.len();
        for item in &constants {
            push_line(&mut self.whole, &item.signature, ";");
        }
        self.close_from(start, constants.len(), || format!("{} constants, types and methods", visible.len()));
        let start = self.whole.text.len();
        for item in &types {
            push_line(&mut self.whole, &item.signature, ";");
        }
        let count = types.len() + constants.len();
        self.close_from(start, count, || format!("{} types and methods", visible.len() - constants.len()));
        let start = self.whole.text.len();
        for (name, items, end) in [("Required", required, ";"), ("Provided", provided, " { ... }")] {
            let (Some(_), plural) = (items.first(), if items.len() == 1 { "" } else { "s" }) else { continue };
            if !self.whole.text.ends_with("{\n") {
                self.push_str("\n");
            }
            self.push_str(&format!("    // {name} method{plural}\n"));
            for item in items {
                push_line(&mut self.whole, &item.signature, end);
            }
        }
        self.close_from(start, methods, || format!("{methods} methods"));
        if let Some(closed) = &mut self.closed {
            closed.range.end = self.whole.text.len();
        }
        self.push_str("}");
    }

    /// What stands behind `start` is closed when it is too much and nothing before it is.
    fn close_from(&mut self, start: usize, count: usize, label: impl Fn() -> String) {
        if count > SHOWN_AT_ONCE && self.closed.is_none() {
            self.closed = Some(Closed { range: start..self.whole.text.len(), label: label() });
        }
    }
}

/// The bracket stands on a line of its own behind a `where` clause.
fn open(declared: &mut Signature) {
    declared.push_str(if declared.text.contains("\nwhere\n") { ",\n{\n" } else { " {\n" });
}

fn push_end(declared: &mut Signature, item: &Item) {
    let is_unit = !item.signature.text.ends_with('}');
    if is_unit {
        declared.push_str(";");
    }
}

fn push_line(declared: &mut Signature, line: &Signature, end: &str) {
    // Longer members are already broken into lines: each is indented.
    let mut indented = Signature::default();
    let mut from = 0;
    for row in line.text.split_inclusive('\n') {
        let (start, stop) = (from, from + row.len());
        let inner = |path: &&std::ops::Range<u32>| (start..stop).contains(&(path.start as usize));
        let shift = u32::try_from(start).unwrap_or(0);
        let paths = line.paths.iter().filter(inner).map(|path| path.start - shift..path.end - shift).collect();
        indented.push_str("    ");
        indented.push(&Signature { text: row.to_owned(), paths });
        from = stop;
    }
    declared.push(&indented);
    declared.push_str(end);
    declared.push_str("\n");
}

fn push_tuple(declared: &mut Signature, fields: &[&Item], shown: impl Fn(&Item) -> bool) {
    let clause = declared.text.find("\nwhere\n").map(|at| declared.text.split_off(at));
    let length = u32::try_from(declared.text.len()).unwrap_or(u32::MAX);
    declared.paths.retain(|path| path.end <= length);
    if fields.iter().any(|field| shown(field)) {
        declared.push_str("(");
        for (index, field) in fields.iter().enumerate() {
            if index > 0 {
                declared.push_str(", ");
            }
            if shown(field) {
                declared.push(&field.signature);
            } else {
                declared.push_str("_");
            }
        }
        declared.push_str(")");
    } else {
        declared.push_str("(/* private fields */)");
    }
    declared.push_str(&clause.unwrap_or_default());
    declared.push_str(";");
}
