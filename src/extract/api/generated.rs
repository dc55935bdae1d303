//! A schema -> a value that fits it, for readers who are given no example.
//!
//! The value is as plain as the schema allows: required fields and those that say something, one item in a list, the first
//! alternative. What is given (`example`, `default`, `const`, `enum`) is taken as it stands.

mod admission;
mod scalar;

use std::sync::Arc;

use super::direction::{Direction, is_hidden};
use super::document::Document;
use super::made::Made;
use super::shape::types;
use crate::data::{Data, Entry, Map, Value};

pub(super) use scalar::Patterns;

use admission::is_admitted;

/// Values within values are made this deep.
const DEEPEST: usize = 8;

/// So many schemas are looked at for one value.
const MOST_STEPS: usize = 250;

/// Optional fields that are shown beside the required ones.
const MOST_OPTIONAL: usize = 24;

/// More items than this are not made, whatever `minItems` asks for.
const MOST_ITEMS: i64 = 5;

/// Values for `schema`, each with whether it is whole, which is that the schema admits it: one with optional fields throughout, then ones with fewer, which a bound is
/// less likely to have cut short. None where any value does, or none.
pub(super) fn values<'d>(
    document: &Document<'d>,
    schema: &'d Value,
    direction: Direction,
) -> impl Iterator<Item = (Value, bool)> {
    // The plainest one may be long all the same.
    let attempts = [(DEEPEST, 1), (2, 1), (1, 1), (0, 8)];
    attempts
        .into_iter()
        .filter_map(move |(levels, times)| value_with(document, schema, direction, levels, times * MOST_STEPS))
}

/// A value for `schema`, with optional fields in so many of its levels, for which so many schemas are looked at.
fn value_with<'d>(
    document: &Document<'d>,
    schema: &'d Value,
    direction: Direction,
    optional_levels: usize,
    steps: usize,
) -> Option<(Value, bool)> {
    let open = Vec::new();
    let mut maker = Maker { document, direction, optional_levels, open, steps, ran_out: false, is_cut: false };
    let value = maker.value(schema, 0)?;
    let is_whole = !maker.is_cut && is_admitted(document, schema, &value, direction);
    Some((value, is_whole))
}

struct Maker<'a, 'd> {
    document: &'a Document<'d>,
    direction: Direction,
    /// In so many levels fields are shown that may be left out.
    optional_levels: usize,
    /// The schemas that are being made: one that contains itself ends there.
    open: Vec<*const Value>,
    steps: usize,
    /// Whether a bound ended the making of a value.
    ran_out: bool,
    /// Whether something that has to be there was not made for that reason.
    is_cut: bool,
}

impl<'d> Maker<'_, 'd> {
    /// Calls itself for what is within.
    fn value(&mut self, schema: &'d Value, depth: usize) -> Option<Value> {
        let schema = self.document.follow(schema);
        let place = std::ptr::from_ref(schema);
        if depth > DEEPEST || self.steps == 0 || self.open.contains(&place) {
            self.ran_out = true;
            return None;
        }
        self.steps -= 1;
        if let Some(given) = given(schema, &self.document.made) {
            return Some(given.clone());
        }
        self.open.push(place);
        let made = self.made(schema, depth);
        self.open.pop();
        made
    }

    /// A value that has to be there.
    fn needed(&mut self, schema: &'d Value, depth: usize) -> Option<Value> {
        self.ran_out = false;
        let made = self.value(schema, depth);
        self.is_cut |= made.is_none() && self.ran_out;
        made
    }

    /// A value that may be missing, and is when a part of it that has to be there is.
    fn optional(&mut self, schema: &'d Value, depth: usize) -> Option<Value> {
        let was_cut = std::mem::replace(&mut self.is_cut, false);
        let made = self.value(schema, depth);
        let is_cut = std::mem::replace(&mut self.is_cut, was_cut);
        made.filter(|_| !is_cut)
    }

    fn made(&mut self, schema: &'d Value, depth: usize) -> Option<Value> {
        let mut parts: Vec<Value> = Vec::new();
        for part in schema.get("allOf").map_or(&[][..], Value::items) {
            parts.extend(self.needed(part, depth + 1));
        }
        for key in ["oneOf", "anyOf"] {
            let alternatives = schema.get(key).map_or(&[][..], Value::items);
            let is_null = |of: &&'d Value| types(self.document.follow(of)) == ["null"];
            let first = alternatives.iter().find(|of| !is_null(of)).or(alternatives.first());
            if let Some(first) = first {
                let made = self.needed(first, depth + 1);
                parts.extend(made.map(|made| self.discriminated(schema, first, made)));
            }
        }
        let stated = types(schema).into_iter().find(|name| *name != "null");
        let is_object = schema.get("properties").is_some() || schema.get("additionalProperties").is_some();
        // A number or text of one of several kinds is what the kind says.
        let own = match stated.filter(|name| parts.is_empty() || matches!(*name, "object" | "array")) {
            Some("object") => Some(self.object(schema, depth)),
            Some("array") => Some(self.list(schema, depth)),
            Some("string") => Some(text(schema, &scalar::string(schema, &self.document.patterns))),
            Some("integer") => Some(Value { data: Data::Integer(scalar::whole(schema)), span: schema.span }),
            Some("number") => Some(scalar::number(schema)),
            Some("boolean") => Some(Value { data: Data::Bool(true), span: schema.span }),
            Some(_) => None,
            None if !parts.is_empty() && !is_object => None,
            None if is_object => Some(self.object(schema, depth)),
            None if schema.get("items").is_some() => Some(self.list(schema, depth)),
            None if types(schema).contains(&"null") => Some(Value { data: Data::Null, span: schema.span }),
            None if schema.get("format").is_some() || schema.get("pattern").is_some() => {
                Some(text(schema, &scalar::string(schema, &self.document.patterns)))
            }
            None => None,
        };
        match own {
            Some(own) if parts.is_empty() => Some(own),
            Some(own) => merged(parts.into_iter().chain([own])),
            None => merged(parts.into_iter()),
        }
    }

    fn object(&mut self, schema: &'d Value, depth: usize) -> Value {
        let required: Vec<&str> =
            schema.get("required").map_or(&[][..], Value::items).iter().filter_map(Value::as_str).collect();
        let mut entries: Vec<Entry> = Vec::new();
        let mut optional = 0;
        for entry in schema.get("properties").map_or(&[][..], Value::entries) {
            let property = self.document.follow(&entry.value);
            let is_hidden = is_hidden(self.document, &entry.value, Some(self.direction));
            let is_deprecated = property.get("deprecated").and_then(Value::as_bool) == Some(true);
            let is_required = required.contains(&&*entry.key);
            let is_full = optional >= MOST_OPTIONAL || self.steps == 0;
            let is_left_out = is_deprecated || is_full || depth >= self.optional_levels;
            if is_hidden || (!is_required && is_left_out) {
                continue;
            }
            let made = match is_required {
                true => self.needed(&entry.value, depth + 1),
                false => self.optional(&entry.value, depth + 1),
            };
            optional += usize::from(!is_required);
            let empty = || Value { data: Data::Map(Map::new(Vec::new())), span: property.span };
            // What is required and cannot be made is at least there.
            if let Some(value) = made.or_else(|| is_required.then(empty)) {
                entries.push(Entry { key: Arc::clone(&entry.key), key_span: entry.key_span, value });
            }
        }
        if entries.is_empty()
            && let Some(values) = schema.get("additionalProperties")
            && let Some(value) = self.value(values, depth + 1)
        {
            entries.push(Entry { key: Arc::from("key"), key_span: schema.span, value });
        }
        Value { data: Data::Map(Map::new(entries)), span: schema.span }
    }

    fn list(&mut self, schema: &'d Value, depth: usize) -> Value {
        let mut items: Vec<Value> = Vec::new();
        for first in schema.get("prefixItems").map_or(&[][..], Value::items) {
            items.extend(self.value(first, depth + 1));
        }
        if let Some(of) = schema.get("items")
            && let Some(item) = self.value(of, depth + 1)
        {
            let least = schema.get("minItems").and_then(Value::as_integer).unwrap_or(1).clamp(1, MOST_ITEMS);
            let most = schema.get("maxItems").and_then(Value::as_integer).unwrap_or(MOST_ITEMS);
            let is_unique = schema.get("uniqueItems").and_then(Value::as_bool) == Some(true);
            items.extend((0..least.min(most)).map(|index| if is_unique { varied(&item, index) } else { item.clone() }));
        }
        Value { data: Data::List(items.into()), span: schema.span }
    }

    /// `made`, an alternative of `schema`, with the field that says which alternative it is.
    fn discriminated(&self, schema: &'d Value, alternative: &'d Value, made: Value) -> Value {
        let discriminator = schema.get("discriminator");
        let name = discriminator.and_then(|found| found.get("propertyName")).and_then(Value::as_str);
        let (Some(name), Data::Map(map)) = (name, &made.data) else { return made };
        let reference = alternative.get("$ref").and_then(Value::as_str).unwrap_or_default();
        let mapping = discriminator.and_then(|found| found.get("mapping")).map_or(&[][..], Value::entries);
        let last = |text: &str| text.rsplit('/').next().unwrap_or_default().to_owned();
        let mapped = mapping.iter().find(|entry| entry.value.as_str().is_some_and(|to| last(to) == last(reference)));
        let said = mapped.map_or_else(|| last(reference), |entry| entry.key.to_string());
        if said.is_empty() {
            return made;
        }
        let mut entries = map.to_vec();
        let value = text(schema, &said);
        match entries.iter_mut().find(|entry| &*entry.key == name) {
            Some(entry) => entry.value = value,
            None => entries.insert(0, Entry { key: Arc::from(name), key_span: schema.span, value }),
        }
        let said = Value { data: Data::Map(Map::new(entries)), span: made.span };
        // Some alternatives state their name themselves, and a specification its own instead of the ones of the standard.
        match is_admitted(self.document, alternative, &said, self.direction) {
            true => said,
            false => made,
        }
    }
}

/// What a schema gives itself, as far as `made` trusts it.
fn given<'v>(schema: &'v Value, made: &Made) -> Option<&'v Value> {
    let first = |key: &str| schema.get(key)?.items().first();
    let example = schema.get("example").or_else(|| first("examples")).filter(|example| made.trusts(example));
    let default = || schema.get("default").filter(|value| !matches!(value.data, Data::Null));
    example.or_else(|| schema.get("const")).or_else(default).or_else(|| first("enum"))
}

fn text(schema: &Value, text: &str) -> Value {
    Value { data: Data::String(Arc::from(text)), span: schema.span }
}

/// `item` as the one at `index` of a list in which all differ, as far as numbers make a difference.
fn varied(item: &Value, index: i64) -> Value {
    let data = match &item.data {
        Data::Integer(number) => Data::Integer(number.saturating_add(index)),
        Data::String(text) => match text.parse::<i64>() {
            Ok(number) => Data::String(Arc::from(number.saturating_add(index).to_string())),
            Err(_) if index == 0 => return item.clone(),
            Err(_) => Data::String(Arc::from(format!("{text}{}", index + 1))),
        },
        _ => return item.clone(),
    };
    Value { data, span: item.span }
}

/// Objects as one object; of other values the last that says something.
fn merged(parts: impl Iterator<Item = Value>) -> Option<Value> {
    parts.reduce(merge)
}

/// Calls itself for fields of the same name.
fn merge(before: Value, after: Value) -> Value {
    match (&before.data, &after.data) {
        (Data::Map(first), Data::Map(second)) => {
            let mut entries = first.to_vec();
            for entry in second.iter() {
                match entries.iter_mut().find(|known| known.key == entry.key) {
                    Some(known) => known.value = merge(known.value.clone(), entry.value.clone()),
                    None => entries.push(entry.clone()),
                }
            }
            Value { data: Data::Map(Map::new(entries)), span: before.span }
        }
        // An object without fields, or a text of which nothing is asked, says less than what it is put together with.
        (_, Data::Map(second)) if second.is_empty() => before,
        (Data::String(_), Data::String(text)) if &**text == scalar::ANY_TEXT => before,
        _ => after,
    }
}

#[cfg(test)]
mod tests;
