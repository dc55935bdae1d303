//! An item -> its whole declaration, as its page shows it: with fields, variants or members, and without bodies.

use super::Publication;
use super::definitions::is_position;
use super::identity::is_shown;
use crate::extract::rust::resolve::items_within;
use crate::extract::rust::scan::{Item, ItemKind, Signature};

/// Longer lists of variants are cut in the signature.
const VARIANTS_IN_SIGNATURE: usize = 24;

/// The whole declaration of an item, as its page shows it.
pub(super) fn declaration(publication: &Publication<'_>, item: &Item) -> Signature {
    let mut declared = Signature::default();
    if item.attributes.must_use {
        declared.push_str("#[must_use]\n");
    }
    if item.attributes.non_exhaustive {
        declared.push_str("#[non_exhaustive]\n");
    }
    if item.attributes.macro_export {
        return item.signature.clone();
    }
    declared.push(&item.signature);
    let shown = |member: &Item| {
        let inherits = matches!(item.kind, ItemKind::Enum | ItemKind::Trait);
        is_shown(publication.krate, member, inherits)
    };
    let members = items_within(item, &publication.krate.source.environment);
    match item.kind {
        ItemKind::Struct | ItemKind::Union if members.is_empty() => push_end(&mut declared, item),
        ItemKind::Struct if members.first().is_some_and(|field| is_position(field)) => {
            push_tuple(&mut declared, &members, shown);
        }
        ItemKind::Struct | ItemKind::Union => {
            open(&mut declared);
            let (visible, hidden): (Vec<_>, Vec<_>) = members.into_iter().partition(|field| shown(field));
            for field in visible {
                push_line(&mut declared, &field.signature, ",");
            }
            if !hidden.is_empty() {
                declared.push_str("    /* private fields */\n");
            }
            declared.push_str("}");
        }
        ItemKind::Enum => {
            open(&mut declared);
            let visible: Vec<_> = members.into_iter().filter(|variant| shown(variant)).collect();
            for variant in visible.iter().take(VARIANTS_IN_SIGNATURE) {
                push_line(&mut declared, &variant.signature, ",");
            }
            if visible.len() > VARIANTS_IN_SIGNATURE {
                declared.push_str(&format!("    // and {} more\n", visible.len() - VARIANTS_IN_SIGNATURE));
            }
            declared.push_str("}");
        }
        ItemKind::Trait => {
            let visible: Vec<_> = members.into_iter().filter(|member| shown(member)).collect();
            if visible.is_empty() {
                declared.push_str(" {}");
            } else {
                open(&mut declared);
                for member in visible {
                    let end =
                        if matches!(member.kind, ItemKind::Method { required: false }) { " { ... }" } else { ";" };
                    push_line(&mut declared, &member.signature, end);
                }
                declared.push_str("}");
            }
        }
        ItemKind::Constant | ItemKind::Static | ItemKind::TypeAlias | ItemKind::TraitAlias => declared.push_str(";"),
        _ => {}
    }
    declared
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
