//! Items of rustdoc's JSON -> imports of the crate's own types that they name, for the module that they are put into.
//!
//! The JSON says what names mean, but not which imports made them mean it.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Document, Id, Made};
use super::type_text::text;
use crate::data::{Data, Value};

/// The lists in which an item has others.
const LISTS: [&str; 4] = ["fields", "tuple", "variants", "items"];

/// Items are followed this far: from an enum to a variant to a field.
const DEEPEST: usize = 4;

/// Private imports of what `items` name and `is_known` does not know: `use crate::rows::Row;`, one a line.
pub(super) fn imports<'v>(
    document: &Document<'v>,
    items: impl Iterator<Item = Made<'v>>,
    is_known: impl Fn(&str) -> bool,
) -> String {
    let (mut meant, mut seen) = (BTreeMap::new(), BTreeSet::new());
    for item in items {
        collect(document, item.inner, 0, false, &mut meant, &mut seen);
    }
    let unknown = meant.into_iter().filter(|(name, _)| !is_known(name));
    let lines = unknown.filter_map(|(name, id)| {
        let path = document.path_of(id)?;
        let is_same = path.rsplit("::").next() == Some(name);
        Some(if is_same { format!("use {path};\n") } else { format!("use {path} as {name};\n") })
    });
    lines.collect()
}

/// Calls itself for what is in `value`, which is never deep, and for each item that is listed there.
fn collect<'v>(
    document: &Document<'v>,
    value: &'v Value,
    depth: usize,
    is_list: bool,
    meant: &mut BTreeMap<&'v str, Id>,
    seen: &mut BTreeSet<Id>,
) {
    match &value.data {
        Data::Integer(id) if is_list && depth < DEEPEST && seen.insert(*id) => {
            if let Some(item) = document.item(*id).filter(|item| item.kind != "module") {
                collect(document, item.inner, depth + 1, false, meant, seen);
            }
        }
        Data::List(values) => values.iter().for_each(|value| collect(document, value, depth, is_list, meant, seen)),
        Data::Map(entries) => {
            if let (Some(path), Some(id)) = (value.get("path"), value.get("id").and_then(Value::as_integer)) {
                let name = text(path).trim_start_matches("super::").trim_start_matches("self::");
                if !name.is_empty() && !name.contains("::") {
                    meant.entry(name).or_insert(id);
                }
            }
            for entry in entries.iter() {
                collect(document, &entry.value, depth, LISTS.contains(&&*entry.key), meant, seen);
            }
        }
        _ => {}
    }
}
