//! The strict judge of OpenAPI 3.0: the `openapiv3` crate's types, one object at a time.
//!
//! A document as a whole would be judged by its first fault, without a place, in time that doubles with every level of
//! nesting around it. So each object is judged alone: the objects in it are replaced by ones that are certainly right,
//! and what may hold anything is left out.

use openapiv3 as v3;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json, json};

use super::grammar::{Part, Shape};
use crate::data::{Data, Entry, Value};

/// How many faults of one object are told.
const MOST_FAULTS: usize = 10;

/// How many plain values of one object are looked at.
const MOST_VALUES: usize = 10_000;

/// What is wrong with `value` as a `part` by OpenAPI 3.0, each fault with the field that is to blame, if it is one.
pub(super) fn judge(part: Part, value: &Value) -> Vec<(String, Option<&Entry>)> {
    let mut object = shallow(part, value);
    let mut faults: Vec<(String, Option<&Entry>)> = Vec::new();
    // Only the first fault is told, so each blamed field is removed to see the next one.
    while let Some(told) = fault(part, Json::Object(object.clone())) {
        let words = explained(&told);
        if words.starts_with("missing") {
            let of_removed = |(_, blamed): &(String, Option<&Entry>)| {
                blamed.is_some_and(|entry| words.contains(&format!("`{}`", entry.key)))
            };
            if !faults.iter().any(of_removed) {
                faults.push((words, None));
            }
            break;
        }
        let is_to_blame = |entry: &&Entry| {
            let mut without = object.clone();
            without.remove(&*entry.key).is_some() && fault(part, Json::Object(without)).as_ref() != Some(&told)
        };
        let blamed = value.entries().iter().find(is_to_blame);
        faults.push((words, blamed));
        let Some(entry) = blamed.filter(|_| faults.len() < MOST_FAULTS) else { break };
        object.remove(&*entry.key);
    }
    faults
}

fn fault(part: Part, value: Json) -> Option<String> {
    match part {
        Part::Document => reject::<v3::OpenAPI>(value),
        Part::Info => reject::<v3::Info>(value),
        Part::Server => reject::<v3::Server>(value),
        Part::Tag => reject::<v3::Tag>(value),
        Part::Components => reject::<v3::Components>(value),
        Part::PathItem => reject::<v3::PathItem>(value),
        Part::Operation => reject::<v3::Operation>(value),
        Part::Parameter => reject::<v3::Parameter>(value),
        Part::RequestBody => reject::<v3::RequestBody>(value),
        Part::Responses => reject::<v3::Responses>(value),
        Part::Response => reject::<v3::Response>(value),
        Part::Header => reject::<v3::Header>(value),
        Part::MediaType => reject::<v3::MediaType>(value),
        Part::Schema => reject::<v3::Schema>(value),
        Part::Example => reject::<v3::Example>(value),
        Part::Link => reject::<v3::Link>(value),
        Part::SecurityScheme => reject::<v3::SecurityScheme>(value),
        // A map of objects that are judged themselves.
        Part::Callback => None,
    }
}

fn reject<T: DeserializeOwned>(value: Json) -> Option<String> {
    serde_json::from_value::<T>(value).err().map(|error| error.to_string())
}

/// The judge's words where they speak of its own types.
fn explained(fault: &str) -> String {
    if fault.contains("ParameterSchemaOrContent") {
        return "missing field `schema` or `content`".to_owned();
    }
    if fault.contains("LinkOperation") {
        return "missing field `operationId` or `operationRef`".to_owned();
    }
    fault.to_owned()
}

/// An object that is right, to stand for one that is judged elsewhere.
fn stand_in(part: Part) -> Json {
    match part {
        Part::Info => json!({ "title": "", "version": "" }),
        Part::Server => json!({ "url": "" }),
        Part::Tag => json!({ "name": "" }),
        Part::Operation => json!({ "responses": {} }),
        Part::Document | Part::Components | Part::PathItem | Part::Responses | Part::MediaType | Part::Callback => {
            json!({})
        }
        Part::Parameter
        | Part::RequestBody
        | Part::Response
        | Part::Header
        | Part::Schema
        | Part::Example
        | Part::Link
        | Part::SecurityScheme => json!({ "$ref": "#" }),
    }
}

/// `value` with stand-ins for the objects in it, and without what may hold anything.
fn shallow(part: Part, value: &Value) -> Map<String, Json> {
    let mut object = Map::new();
    let mut left = MOST_VALUES;
    for entry in value.entries() {
        let key = &*entry.key;
        let is_open = matches!(key, "example") || (key == "default" && part == Part::Schema) || key.starts_with("x-");
        if is_open || (part == Part::Example && key == "value") || (part == Part::Link && key == "requestBody") {
            continue;
        }
        let field = part.fields().iter().find(|(name, ..)| *name == key);
        let json = match (field, part.entries()) {
            // A stand-in of the right form also stands for a field of the wrong form, which has its own finding.
            (Some((_, Shape::One, part)), _) => stand_in(*part),
            (Some((_, Shape::List, part)), _) => json!([stand_in(*part)]),
            (Some((_, Shape::Map, part)), _) => json!({ "x": stand_in(*part) }),
            (None, Some(part)) => stand_in(part),
            (None, None) => plain(&entry.value, &mut left),
        };
        object.entry(key).or_insert(json);
    }
    // Names of paths begin with a slash, and nothing here judges those.
    if part == Part::Document && object.contains_key("paths") {
        object.insert("paths".to_owned(), json!({}));
    }
    object
}

fn plain(value: &Value, left: &mut usize) -> Json {
    let Some(rest) = left.checked_sub(1) else { return Json::Null };
    *left = rest;
    match &value.data {
        Data::Null => Json::Null,
        Data::Bool(truth) => Json::Bool(*truth),
        Data::Integer(number) => Json::from(*number),
        Data::Number(text) => serde_json::from_str(text).unwrap_or_else(|_| {
            // A number as YAML writes it; what no program can hold is judged as some number.
            json!(text.trim_start_matches('+').parse::<f64>().ok().filter(|number| number.is_finite()).unwrap_or(0.5))
        }),
        Data::String(text) => Json::String(text.to_string()),
        Data::List(items) => items.iter().map(|item| plain(item, left)).collect(),
        Data::Map(map) => map.iter().map(|entry| (entry.key.to_string(), plain(&entry.value, left))).collect(),
    }
}
