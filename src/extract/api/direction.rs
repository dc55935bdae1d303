//! Which way a value goes, and so which fields of a schema are not in it.

use std::collections::BTreeSet;

use super::document::Document;
use crate::data::Value;

/// Fields of parts of an `allOf` are looked for this deep.
const DEEPEST_PARTS: usize = 4;

/// Which way a value goes: fields that are read-only or write-only are left out where they may not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Direction {
    /// To the service.
    Request,
    /// From the service.
    Response,
}

/// Adds the fields of `schema` and of the parts of its `allOf` that are not in a value that goes `direction`, to which one that may go
/// either way belongs neither the read-only nor the write-only ones.
pub(super) fn hide<'d>(
    document: &Document<'d>,
    schema: &'d Value,
    direction: Option<Direction>,
    hidden: &mut BTreeSet<&'d str>,
) {
    hide_parts(document, schema, direction, hidden, 0);
}

fn hide_parts<'d>(
    document: &Document<'d>,
    schema: &'d Value,
    direction: Option<Direction>,
    hidden: &mut BTreeSet<&'d str>,
    depth: usize,
) {
    let schema = document.follow(schema);
    for entry in schema.get("properties").map_or(&[][..], Value::entries) {
        if is_hidden(document, &entry.value, direction) {
            hidden.insert(&entry.key);
        }
    }
    if depth < DEEPEST_PARTS {
        let parts = schema.get("allOf").map_or(&[][..], Value::items).iter();
        parts.for_each(|part| hide_parts(document, part, direction, hidden, depth + 1));
    }
}

/// Whether the field that `property` describes is not in a value that goes `direction`.
pub(super) fn is_hidden<'d>(document: &Document<'d>, property: &'d Value, direction: Option<Direction>) -> bool {
    let target = document.follow(property);
    let says = |key: &str| {
        let stated = |value: &Value| value.get(key).and_then(Value::as_bool) == Some(true);
        stated(target) || stated(property)
    };
    match direction {
        Some(Direction::Request) => says("readOnly"),
        Some(Direction::Response) => says("writeOnly"),
        None => says("readOnly") || says("writeOnly"),
    }
}
