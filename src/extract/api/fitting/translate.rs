//! A schema of any version of OpenAPI -> what it says about certain values, as JSON Schema 2020-12 without references.
//!
//! Only the parts of a schema that the values reach are translated. A part that cannot be read says nothing; where saying
//! nothing would say more (below `not`, in the condition of an `if`), the whole is left out.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::gather::Case;
use crate::data::{Data, Value};
use crate::extract::api::direction::{Direction, hide};
use crate::extract::api::document::{Document, Version, reference_of};

/// So many schemas are looked at for one example.
const MOST_STEPS: usize = 20_000;

/// Schemas within schemas are read this deep.
const DEEPEST: usize = 60;

/// Formats that are held against examples; of others tools disagree about what they allow.
const FORMATS: &[&str] = &["date", "date-time", "uuid", "ipv4", "ipv6"];

/// Types that JSON Schema has.
const TYPES: &[&str] = &["null", "boolean", "integer", "number", "string", "array", "object"];

/// What the schema of `case` says about `values`. Takes the schemas that it looks at from `steps_left`.
pub(super) fn schema_for<'d>(
    document: &Document<'d>,
    case: &Case<'d>,
    values: &[&Value],
    steps_left: &mut usize,
) -> Json {
    let steps = MOST_STEPS.min(*steps_left);
    let mut translator = Translator { document, direction: case.direction, steps, open: Vec::new(), depth: 0 };
    let translated = match case.is_stream {
        true => {
            let items: Vec<&Value> = values.iter().flat_map(|value| value.items()).collect();
            json!({ "items": translator.schema(case.schema, &items, &BTreeSet::new()).schema })
        }
        false => translator.schema(case.schema, values, &BTreeSet::new()).schema,
    };
    *steps_left -= steps - translator.steps;
    translated
}

/// `value` as the validator's value.
pub(super) fn json(value: &Value) -> Json {
    match &value.data {
        Data::Null => Json::Null,
        Data::Bool(truth) => Json::Bool(*truth),
        Data::Integer(number) => Json::from(*number),
        Data::Number(text) => serde_json::from_str(text).unwrap_or_else(|_| {
            let number = text.trim_start_matches('+').parse::<f64>().ok().filter(|number| number.is_finite());
            json!(number.unwrap_or(f64::MAX))
        }),
        Data::String(text) => Json::String(text.to_string()),
        Data::List(items) => items.iter().map(json).collect(),
        Data::Map(map) => map.iter().map(|entry| (entry.key.to_string(), json(&entry.value))).collect(),
    }
}

/// A schema, and whether it says all that the source does.
struct Translated {
    schema: Json,
    is_whole: bool,
}

impl Translated {
    /// Nothing is known.
    fn unknown() -> Self {
        Self { schema: Json::Bool(true), is_whole: false }
    }
}

struct Translator<'a, 'd> {
    document: &'a Document<'d>,
    direction: Option<Direction>,
    steps: usize,
    /// Schemas that are being looked at, with the number of values and the first of them: the way round a circle.
    open: Vec<(*const Value, usize, *const Value)>,
    depth: usize,
}

impl<'d> Translator<'_, 'd> {
    /// What `schema` says about `values`. Fields in `hidden` may be missing although they are required.
    fn schema(&mut self, schema: &'d Value, values: &[&Value], hidden: &BTreeSet<&'d str>) -> Translated {
        let Some(&first) = values.first() else { return Translated { schema: Json::Bool(true), is_whole: true } };
        match &schema.data {
            Data::Bool(truth) => return Translated { schema: Json::Bool(*truth), is_whole: true },
            Data::Map(_) => {}
            _ => return Translated::unknown(),
        }
        let way = (std::ptr::from_ref(schema), values.len(), std::ptr::from_ref(first));
        if self.steps == 0 || self.depth >= DEEPEST || self.open.contains(&way) {
            return Translated::unknown();
        }
        self.steps -= 1;
        self.depth += 1;
        self.open.push(way);
        let translated = self.nullable(schema, values, hidden);
        self.open.pop();
        self.depth -= 1;
        translated
    }

    fn nullable(&mut self, schema: &'d Value, values: &[&Value], hidden: &BTreeSet<&'d str>) -> Translated {
        let says = |key: &str| schema.get(key).and_then(Value::as_bool) == Some(true);
        if !says("nullable") && !says("x-nullable") {
            return self.stated(schema, values, hidden);
        }
        let others: Vec<&Value> = values.iter().copied().filter(|value| !matches!(value.data, Data::Null)).collect();
        if others.is_empty() {
            return Translated { schema: Json::Bool(true), is_whole: true };
        }
        let translated = self.stated(schema, &others, hidden);
        if others.len() == values.len() {
            return translated;
        }
        Translated { schema: json!({ "anyOf": [{ "type": "null" }, translated.schema] }), ..translated }
    }

    fn stated(&mut self, schema: &'d Value, values: &[&Value], hidden: &BTreeSet<&'d str>) -> Translated {
        if reference_of(schema).is_none() {
            return self.keywords(schema, values, hidden);
        }
        let Some(Ok(target)) = self.document.step(schema) else { return Translated::unknown() };
        let target = self.schema(target, values, hidden);
        if self.document.version != Version::V31 || schema.entries().len() == 1 {
            return target;
        }
        let beside = self.keywords(schema, values, hidden);
        let is_whole = target.is_whole && beside.is_whole;
        Translated { schema: json!({ "allOf": [target.schema, beside.schema] }), is_whole }
    }

    fn keywords(&mut self, schema: &'d Value, values: &[&Value], outer: &BTreeSet<&'d str>) -> Translated {
        let mut hidden = outer.clone();
        hide(self.document, schema, self.direction, &mut hidden);
        let mut to = Map::new();
        let mut is_whole = true;
        for entry in schema.entries() {
            let key = &*entry.key;
            let stated = &entry.value;
            // Long lists of fields and constants cost as well.
            self.steps = self.steps.saturating_sub((stated.entries().len() + stated.items().len()) / 8);
            let kept = match key {
                "type" => types(stated),
                "enum" if !stated.items().is_empty() => Some(json(stated)),
                "const" => Some(json(stated)),
                "multipleOf" => number(stated).filter(|number| number.as_f64().is_some_and(|number| number > 0.0)),
                "minimum" | "maximum" => self.limit(schema, key, stated, &mut to),
                "exclusiveMinimum" | "exclusiveMaximum" => number(stated),
                "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties"
                | "minContains" | "maxContains" => stated.as_integer().filter(|count| *count >= 0).map(Json::from),
                "uniqueItems" => stated.as_bool().map(Json::Bool),
                "pattern" => stated.as_str().filter(|pattern| is_pattern(pattern)).map(Json::from),
                "format" => stated.as_str().filter(|format| FORMATS.contains(format)).map(Json::from),
                "required" => Some(names(stated, &hidden)),
                "dependentRequired" => {
                    let entries = stated.entries().iter();
                    Some(entries.map(|entry| (entry.key.to_string(), names(&entry.value, &hidden))).collect())
                }
                "$dynamicRef" | "$recursiveRef" => {
                    is_whole = false;
                    None
                }
                _ => self.applied(schema, key, stated, values, &hidden, &mut is_whole),
            };
            // A keyword that is not understood restricts nothing here.
            is_whole &= kept.is_some() || !matches!(key, "type" | "pattern" | "enum");
            if let Some(kept) = kept {
                to.insert(key.to_owned(), kept);
            }
        }
        Translated { schema: Json::Object(to), is_whole }
    }

    /// What `key` of `schema`, which holds schemas, says about `values`.
    fn applied(
        &mut self,
        schema: &'d Value,
        key: &str,
        stated: &'d Value,
        values: &[&Value],
        hidden: &BTreeSet<&'d str>,
        is_whole: &mut bool,
    ) -> Option<Json> {
        let none = BTreeSet::new();
        let mut one = |this: &mut Self, schema: &'d Value, values: &[&Value], hidden: &BTreeSet<&'d str>| {
            let translated = this.schema(schema, values, hidden);
            *is_whole &= translated.is_whole;
            translated.schema
        };
        let entries = || values.iter().flat_map(|value| value.entries());
        match key {
            "properties" => {
                let mut properties = Map::new();
                for entry in stated.entries() {
                    let values: Vec<&Value> = values.iter().filter_map(|value| value.get(&entry.key)).collect();
                    properties.insert(entry.key.to_string(), one(self, &entry.value, &values, &none));
                }
                Some(Json::Object(properties))
            }
            "patternProperties" => {
                let all: Vec<&Value> = entries().map(|entry| &entry.value).collect();
                let mut patterns = Map::new();
                for entry in stated.entries() {
                    if !is_pattern(&entry.key) {
                        *is_whole = false;
                        continue;
                    }
                    let translated = self.schema(&entry.value, &all, &none);
                    *is_whole &= translated.is_whole;
                    patterns.insert(entry.key.to_string(), translated.schema);
                }
                Some(Json::Object(patterns))
            }
            "additionalProperties" | "unevaluatedProperties" => {
                // Names that a pattern would fit are not forbidden when the pattern cannot be read.
                let patterns = schema.get("patternProperties").map_or(&[][..], Value::entries);
                if patterns.iter().any(|entry| !is_pattern(&entry.key)) {
                    return None;
                }
                let known = schema.get("properties");
                let is_other = |name: &str| known.is_none_or(|known| known.get(name).is_none());
                let others: Vec<&Value> =
                    entries().filter(|entry| is_other(&entry.key)).map(|entry| &entry.value).collect();
                Some(one(self, stated, &others, &none))
            }
            "propertyNames" => match stated.get("$ref") {
                // Names are no values of the example, so what is said of them is read only where it stands.
                None => Some(one(self, stated, values, &none)),
                Some(_) => None,
            },
            "items" | "unevaluatedItems" | "contains" if !matches!(stated.data, Data::List(_)) => {
                let items: Vec<&Value> = values.iter().flat_map(|value| value.items()).collect();
                let translated = self.schema(stated, &items, &none);
                *is_whole &= translated.is_whole;
                // Where nobody knows what fits, nobody knows how many do.
                (key != "contains" || translated.is_whole).then_some(translated.schema)
            }
            "prefixItems" => {
                let mut first = Vec::new();
                for (index, item) in stated.items().iter().enumerate() {
                    let values: Vec<&Value> = values.iter().filter_map(|value| value.items().get(index)).collect();
                    first.push(one(self, item, &values, &none));
                }
                (!first.is_empty()).then_some(Json::Array(first))
            }
            "allOf" => {
                let parts: Vec<Json> = stated.items().iter().map(|part| one(self, part, values, hidden)).collect();
                (!parts.is_empty()).then_some(Json::Array(parts))
            }
            _ => self.chosen(schema, key, stated, values, hidden, is_whole),
        }
    }

    /// The same for keywords that only ask whether a schema matches.
    fn chosen(
        &mut self,
        schema: &'d Value,
        key: &str,
        stated: &'d Value,
        values: &[&Value],
        hidden: &BTreeSet<&'d str>,
        is_whole: &mut bool,
    ) -> Option<Json> {
        let mut whole = |this: &mut Self, schema: &'d Value| {
            let translated = this.schema(schema, values, hidden);
            *is_whole &= translated.is_whole;
            Some(translated.schema).filter(|_| translated.is_whole)
        };
        match key {
            "anyOf" | "oneOf" => {
                let has_null = values.iter().any(|value| matches!(value.data, Data::Null));
                let is_null = |schema: &Value| schema.get("type").and_then(Value::as_str) == Some("null");
                let alternatives = stated.items().iter().filter(|schema| has_null || !is_null(schema));
                let parts: Vec<Json> = alternatives.map(|part| self.schema(part, values, hidden).schema).collect();
                match parts.len() {
                    0 => None,
                    _ => Some(json!([{ "anyOf": parts }])),
                }
            }
            "not" => whole(self, stated),
            "if" => whole(self, stated),
            "then" | "else" => {
                let condition = schema.get("if").and_then(|condition| whole(self, condition));
                condition.map(|_| self.schema(stated, values, hidden).schema)
            }
            "dependentSchemas" => {
                let entries = stated.entries().iter();
                let schemas =
                    entries.map(|entry| (entry.key.to_string(), self.schema(&entry.value, values, hidden).schema));
                Some(schemas.collect())
            }
            _ => None,
        }
    }

    /// Up to OpenAPI 3.0 a flag beside a limit says that it is excluded.
    fn limit(&self, schema: &Value, key: &str, stated: &Value, to: &mut Map<String, Json>) -> Option<Json> {
        let exclusive = if key == "minimum" { "exclusiveMinimum" } else { "exclusiveMaximum" };
        let number = number(stated)?;
        if schema.get(exclusive).and_then(Value::as_bool) == Some(true) {
            to.insert(exclusive.to_owned(), number);
            return None;
        }
        Some(number)
    }
}

fn types(stated: &Value) -> Option<Json> {
    match &stated.data {
        Data::String(name) => TYPES.contains(&&**name).then(|| Json::from(&**name)),
        Data::List(names) => {
            let known = names.iter().all(|name| name.as_str().is_some_and(|name| TYPES.contains(&name)));
            let distinct: BTreeSet<&str> = names.iter().filter_map(Value::as_str).collect();
            (known && !names.is_empty()).then(|| json!(distinct))
        }
        _ => None,
    }
}

fn number(stated: &Value) -> Option<Json> {
    matches!(stated.data, Data::Integer(_) | Data::Number(_)).then(|| json(stated))
}

/// The names in `stated` that are not `hidden`, each once.
fn names(stated: &Value, hidden: &BTreeSet<&str>) -> Json {
    let names: BTreeSet<&str> = stated.items().iter().filter_map(Value::as_str).collect();
    json!(names.difference(&hidden.iter().copied().collect()).collect::<Vec<_>>())
}

/// Whether `pattern` looks neither ahead nor back, so that matching it needs no more time than the text is long.
fn is_pattern(pattern: &str) -> bool {
    !["(?=", "(?!", "(?<", "\\1", "\\2", "\\3"].iter().any(|part| pattern.contains(part))
}
