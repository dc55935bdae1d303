//! A value that was made for a schema -> whether the schema admits it.
//!
//! Every schema has a value made for it, most of them right: so this asks only what a made value can get wrong (kinds, fields,
//! lengths, limits, alternatives), directly, where `fitting` has a validator built for each example that somebody wrote, to say
//! what is wrong with it. What is not asked here (`pattern`, `format`, `not`, `if`) the making of texts sees to, or nobody.

use std::collections::BTreeSet;

use super::scalar::number_of;
use crate::data::{Data, Value};
use crate::extract::api::direction::{Direction, hide};
use crate::extract::api::document::Document;
use crate::extract::api::shape::types;

/// So many schemas are looked at for one value. One that asks more is not shown.
const MOST_STEPS: usize = 20_000;

/// Schemas within schemas are looked at this deep.
const DEEPEST: usize = 60;

/// Whether `schema` admits `value`, which goes `direction`.
pub(super) fn is_admitted<'d>(document: &Document<'d>, schema: &'d Value, value: &Value, direction: Direction) -> bool {
    let mut judge = Judge { document, direction, steps: MOST_STEPS };
    judge.admits(schema, value, &BTreeSet::new(), 0)
}

struct Judge<'a, 'd> {
    document: &'a Document<'d>,
    direction: Direction,
    steps: usize,
}

impl<'d> Judge<'_, 'd> {
    /// Calls itself for what is within. Fields in `outer` may be missing although they are required.
    fn admits(&mut self, schema: &'d Value, value: &Value, outer: &BTreeSet<&'d str>, depth: usize) -> bool {
        let schema = self.document.follow(schema);
        if let Data::Bool(admits) = schema.data {
            return admits;
        }
        if self.steps == 0 || depth > DEEPEST {
            return false;
        }
        self.steps -= 1;
        let says = |key: &str| schema.get(key).and_then(Value::as_bool) == Some(true);
        if matches!(value.data, Data::Null) && (says("nullable") || says("x-nullable")) {
            return true;
        }
        let mut hidden = outer.clone();
        hide(self.document, schema, Some(self.direction), &mut hidden);
        is_of_kind(schema, value)
            && is_listed(schema, value)
            && is_within_limits(schema, value)
            && has_required(schema, value, &hidden)
            && self.admits_fields(schema, value, depth)
            && self.admits_items(schema, value, depth)
            && self.admits_parts(schema, value, &hidden, depth)
    }

    fn admits_fields(&mut self, schema: &'d Value, value: &Value, depth: usize) -> bool {
        let none = BTreeSet::new();
        let properties = schema.get("properties");
        let others = schema.get("additionalProperties").filter(|_| schema.get("patternProperties").is_none());
        value.entries().iter().all(|entry| {
            let stated = properties.and_then(|known| known.get(&entry.key)).or(others);
            stated.is_none_or(|stated| self.admits(stated, &entry.value, &none, depth + 1))
        })
    }

    fn admits_items(&mut self, schema: &'d Value, value: &Value, depth: usize) -> bool {
        let none = BTreeSet::new();
        let first = schema.get("prefixItems").map_or(&[][..], Value::items);
        let rest = schema.get("items").filter(|items| !matches!(items.data, Data::List(_)));
        value.items().iter().enumerate().all(|(place, item)| {
            let stated = first.get(place).or(rest);
            stated.is_none_or(|stated| self.admits(stated, item, &none, depth + 1))
        })
    }

    /// What is put together, and what is to be chosen from: of `oneOf` too one is enough, as in `fitting`.
    fn admits_parts(&mut self, schema: &'d Value, value: &Value, hidden: &BTreeSet<&'d str>, depth: usize) -> bool {
        let parts = schema.get("allOf").map_or(&[][..], Value::items);
        parts.iter().all(|part| self.admits(part, value, hidden, depth + 1))
            && ["oneOf", "anyOf"].iter().all(|key| {
                let choices = schema.get(key).map_or(&[][..], Value::items);
                choices.is_empty() || choices.iter().any(|choice| self.admits(choice, value, hidden, depth + 1))
            })
    }
}

fn is_of_kind(schema: &Value, value: &Value) -> bool {
    let kinds = types(schema);
    let is = |kind: &&str| match (*kind, &value.data) {
        ("null", Data::Null)
        | ("boolean", Data::Bool(_))
        | ("integer" | "number", Data::Integer(_))
        | ("number", Data::Number(_))
        | ("string", Data::String(_))
        | ("array", Data::List(_))
        | ("object", Data::Map(_)) => true,
        ("integer", Data::Number(_)) => number_of(value).is_some_and(|number| number.fract() == 0.0),
        // What a file is sent as.
        ("file", _) => true,
        _ => false,
    };
    kinds.is_empty() || kinds.iter().any(is)
}

fn is_listed(schema: &Value, value: &Value) -> bool {
    let same = |other: &Value| is_same(value, other);
    let listed = schema.get("enum").map_or(&[][..], Value::items);
    (listed.is_empty() || listed.iter().any(same)) && schema.get("const").is_none_or(same)
}

/// Whether two values are the same, wherever they are written and in whatever order fields are. Calls itself for what is within.
fn is_same(left: &Value, right: &Value) -> bool {
    match (&left.data, &right.data) {
        (Data::List(left), Data::List(right)) => {
            left.len() == right.len() && left.iter().zip(right.iter()).all(|(left, right)| is_same(left, right))
        }
        (Data::Map(left), Data::Map(right)) => {
            let has = |entry: &crate::data::Entry| {
                right.find(&entry.key).is_some_and(|other| is_same(&entry.value, &other.value))
            };
            left.len() == right.len() && left.iter().all(has)
        }
        (Data::Number(_), _) | (_, Data::Number(_)) => number_of(left).is_some() && number_of(left) == number_of(right),
        (left, right) => left == right,
    }
}

fn is_within_limits(schema: &Value, value: &Value) -> bool {
    let limit = |key: &str| schema.get(key).and_then(number_of);
    let is_between = |count: usize, least: &str, most: &str| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let stated = |key: &str| schema.get(key).and_then(Value::as_integer);
        stated(least).is_none_or(|least| count >= least) && stated(most).is_none_or(|most| count <= most)
    };
    match &value.data {
        Data::String(text) => is_between(text.chars().count(), "minLength", "maxLength"),
        Data::List(items) => {
            let is_unique = schema.get("uniqueItems").and_then(Value::as_bool) == Some(true);
            let repeats = || {
                let earlier = |(place, item)| items.iter().take(place).any(|earlier| is_same(earlier, item));
                items.iter().enumerate().any(earlier)
            };
            is_between(items.len(), "minItems", "maxItems") && !(is_unique && repeats())
        }
        Data::Map(map) => is_between(map.len(), "minProperties", "maxProperties"),
        Data::Integer(_) | Data::Number(_) => {
            let Some(number) = number_of(value) else { return true };
            // Up to OpenAPI 3.0 a flag beside a limit says that it is excluded.
            let is_excluded = |key: &str| schema.get(key).and_then(Value::as_bool) == Some(true);
            limit("minimum").is_none_or(|least| number > least || (number == least && !is_excluded("exclusiveMinimum")))
                && limit("maximum")
                    .is_none_or(|most| number < most || (number == most && !is_excluded("exclusiveMaximum")))
                && limit("exclusiveMinimum").is_none_or(|least| number > least)
                && limit("exclusiveMaximum").is_none_or(|most| number < most)
                && limit("multipleOf").is_none_or(|step| step <= 0.0 || is_multiple(number, step))
        }
        Data::Null | Data::Bool(_) => true,
    }
}

/// Whether `number` is `step` a whole number of times, as far as numbers are exact.
fn is_multiple(number: f64, step: f64) -> bool {
    let times = number / step;
    (times - times.round()).abs() < 1e-9
}

fn has_required(schema: &Value, value: &Value, hidden: &BTreeSet<&str>) -> bool {
    let required = schema.get("required").map_or(&[][..], Value::items).iter().filter_map(Value::as_str);
    !matches!(value.data, Data::Map(_))
        || required.into_iter().all(|name| hidden.contains(name) || value.get(name).is_some())
}
