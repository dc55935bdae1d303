//! Schemas -> shapes.
//!
//! A reference ends a shape, so shapes are as deep as their text is. Aliases of YAML can make a small text stand for very much:
//! a budget over the whole specification ends that, and what is left out is any value.

use std::collections::{BTreeMap, BTreeSet};

use super::says;
use crate::data::{Data, Value};
use crate::extract::api::document::{Document, Named, Version, reference_of};
use crate::extract::api::literal::{self, Form, Language};
use crate::extract::api::shape::types;
use crate::graph::{Access, Others, Property, Shape, Subject, Written};
use crate::source::Interned;

/// So many schemas are read for a specification, for each byte of its text and beyond that.
const MOST_BY_BYTE: usize = 1;
const MOST: usize = 100_000;

/// Schemas within schemas are read this deep.
const DEEPEST: usize = 64;

/// What stands beside these keys says nothing about which values there may be, or is read otherwise.
const OTHER_KEYS: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$id",
    "$ref",
    "$schema",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "default",
    "definitions",
    "deprecated",
    "description",
    "discriminator",
    "enum",
    "example",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "items",
    "maximum",
    "minimum",
    "nullable",
    "oneOf",
    "properties",
    "readOnly",
    "required",
    "summary",
    "title",
    "type",
    "writeOnly",
    "xml",
];

/// What a parameter says beside its schema, where it is one itself.
const PARAMETER_KEYS: &[&str] =
    &["allowEmptyValue", "allowReserved", "collectionFormat", "content", "explode", "in", "name", "schema", "style"];

/// Reads the schemas of one specification.
pub(super) struct Shapes<'d> {
    pub(super) document: &'d Document<'d>,
    /// Places that shapes refer to.
    places: Vec<(Subject, &'d Value)>,
    left: usize,
}

impl<'d> Shapes<'d> {
    pub(super) fn new(document: &'d Document<'d>) -> Self {
        Self { document, places: Vec::new(), left: MOST + document.length() * MOST_BY_BYTE }
    }

    /// A place that a shape referred to, with the schema that stands there; each as often as it was referred to.
    pub(super) fn next_place(&mut self) -> Option<(Subject, &'d Value)> {
        self.places.pop()
    }

    /// The shape of `schema`.
    pub(super) fn of(&mut self, schema: &'d Value) -> Shape {
        self.shape(schema, 0, &[])
    }

    /// The shape of the component number `index`, which may only say that it is something else.
    pub(super) fn of_component(&mut self, index: usize, schema: &'d Value) -> Shape {
        match self.document.schema(schema).0 {
            // Its own name would say nothing about it.
            Some(Named::Own(other)) if other == index => self.of(self.document.follow(schema)),
            _ => self.of(schema),
        }
    }

    /// The shape of a parameter of Swagger 2.0, which is its own schema.
    pub(super) fn of_parameter(&mut self, parameter: &'d Value) -> Shape {
        self.shape(parameter, 0, PARAMETER_KEYS)
    }

    fn shape(&mut self, schema: &'d Value, depth: usize, ignored: &[&str]) -> Shape {
        if depth > DEEPEST || self.left == 0 {
            return Shape::any();
        }
        self.left -= 1;
        match schema.data {
            Data::Bool(false) => {
                let none = Written { values: Some(BTreeSet::new()), ..Written::default() };
                return Shape::Written(Box::new(none));
            }
            Data::Map(_) => {}
            _ => return Shape::any(),
        }
        let Some(reference) = reference_of(schema) else {
            return self.written(schema, depth, ignored);
        };
        let target = self.target(schema, reference);
        // Before 3.1 what stands beside a reference does not count.
        if self.document.version == Version::V31 && schema.entries().len() > 1 {
            return match self.written(schema, depth, ignored) {
                Shape::Written(written) if *written == Written::default() => target,
                Shape::Written(mut written) => {
                    written.parts.push(target);
                    Shape::Written(written)
                }
                other => other,
            };
        }
        if says(schema, "nullable") { Shape::OrNull(Box::new(target)) } else { target }
    }

    /// What `reference` leads to.
    fn target(&mut self, schema: &'d Value, reference: &str) -> Shape {
        if let Some(named) = self.document.schema(schema).0 {
            return Shape::Of(Subject::Node(self.document.schema_id(named)));
        }
        let Some(Ok(target)) = self.document.step(schema) else {
            let bounds = BTreeMap::from([("$ref".to_owned(), reference.to_owned())]);
            return Shape::Written(Box::new(Written { bounds, ..Written::default() }));
        };
        let pointer = Interned::new(reference.split_once('#').map_or("", |(_, pointer)| pointer));
        let subject = Subject::Place { file: target.span.file, pointer };
        self.places.push((subject, target));
        Shape::Of(subject)
    }

    fn written(&mut self, schema: &'d Value, depth: usize, ignored: &[&str]) -> Shape {
        let stated = types(schema);
        let mut is_null = says(schema, "nullable") || says(schema, "x-nullable") || stated.contains(&"null");
        let mut written = Written {
            types: stated.into_iter().filter(|name| *name != "null").map(str::to_owned).collect(),
            bounds: bounds(schema, ignored),
            required: schema.get("required").map_or(&[][..], Value::items).iter().filter_map(Value::to_text).collect(),
            default: schema.get("default").map(json),
            access: match (says(schema, "readOnly"), says(schema, "writeOnly")) {
                (true, false) => Access::Read,
                (false, true) => Access::Write,
                _ => Access::Both,
            },
            deprecated: says(schema, "deprecated"),
            ..Written::default()
        };
        if let Some(name) = schema.get("discriminator").and_then(|found| found.get("propertyName").or(Some(found))) {
            written.bounds.extend(name.as_str().map(|name| ("discriminator".to_owned(), name.to_owned())));
        }
        let values = schema.get("enum").map(|values| values.items().iter().map(json).collect());
        let one = schema.get("const").map(|value| BTreeSet::from([json(value)]));
        written.values = values.or(one).map(|mut values: BTreeSet<String>| {
            is_null |= values.remove("null");
            values
        });
        for entry in schema.get("properties").map_or(&[][..], Value::entries) {
            let shape = self.shape(&entry.value, depth + 1, &[]);
            written.fields.push(Property { name: entry.key.to_string(), shape, span: entry.key_span });
        }
        written.others = match schema.get("additionalProperties") {
            Some(Value { data: Data::Bool(false), .. }) => Some(Others::Refused),
            Some(of @ Value { data: Data::Map(_), .. }) => {
                let shape = self.shape(of, depth + 1, &[]);
                (shape != Shape::any()).then(|| Others::Of(Box::new(shape)))
            }
            _ => None,
        };
        written.items = schema.get("items").map(|items| self.shape(items, depth + 1, &[]));
        for part in schema.get("allOf").map_or(&[][..], Value::items) {
            written.parts.push(self.shape(part, depth + 1, &[]));
        }
        is_null |= self.choose(schema, depth, &mut written);
        let shape = reduced(written);
        if is_null { Shape::OrNull(Box::new(shape)) } else { shape }
    }

    /// Adds the alternatives of `schema`; whether one of them is null.
    fn choose(&mut self, schema: &'d Value, depth: usize, written: &mut Written) -> bool {
        let mut is_null = false;
        for key in ["oneOf", "anyOf"] {
            let mut alternatives = Vec::new();
            for alternative in schema.get(key).map_or(&[][..], Value::items) {
                if types(alternative) == ["null"] {
                    is_null = true;
                    continue;
                }
                match self.shape(alternative, depth + 1, &[]) {
                    // Null in one alternative is null in all.
                    Shape::OrNull(inner) => {
                        is_null = true;
                        alternatives.push(*inner);
                    }
                    shape => alternatives.push(shape),
                }
            }
            match alternatives.len() {
                0 => {}
                1 => written.parts.append(&mut alternatives),
                _ if written.alternatives.is_empty() => written.alternatives = alternatives,
                _ => written.parts.push(Shape::Written(Box::new(Written { alternatives, ..Written::default() }))),
            }
        }
        is_null
    }
}

/// `written`, or its one part where that is all there is.
fn reduced(mut written: Written) -> Shape {
    if let [_] = *written.parts
        && let Some(part) = written.parts.pop()
    {
        if written == Written::default() {
            return part;
        }
        written.parts.push(part);
    }
    Shape::Written(Box::new(written))
}

/// What bounds the values of `schema` beside what shapes say otherwise.
fn bounds(schema: &Value, ignored: &[&str]) -> BTreeMap<String, String> {
    let is_bound = |key: &str| !OTHER_KEYS.contains(&key) && !ignored.contains(&key) && !key.starts_with("x-");
    let entries = schema.entries().iter().filter(|entry| is_bound(&entry.key));
    let entries = entries.filter(|entry| !matches!(entry.value.data, Data::Bool(false) | Data::Null));
    let mut bounds: BTreeMap<String, String> =
        entries.map(|entry| (entry.key.to_string(), json(&entry.value))).collect();
    // Before 3.1 the exclusive bounds were marks on the others.
    for (bound, exclusive) in [("maximum", "exclusiveMaximum"), ("minimum", "exclusiveMinimum")] {
        let (limit, mark) = (schema.get(bound), schema.get(exclusive));
        match mark.map(|mark| &mark.data) {
            Some(Data::Bool(true)) => bounds.extend(limit.map(|limit| (exclusive.to_owned(), json(limit)))),
            None | Some(Data::Bool(false)) => bounds.extend(limit.map(|limit| (bound.to_owned(), json(limit)))),
            Some(_) => {
                bounds.extend(limit.map(|limit| (bound.to_owned(), json(limit))));
                bounds.extend(mark.map(|mark| (exclusive.to_owned(), json(mark))));
            }
        }
    }
    bounds
}

/// `value` as JSON in a line, cut where it gets very long.
fn json(value: &Value) -> String {
    let mut left = 500;
    literal::write(value, Form { language: Language::Json, indent: None, marks: true }, &mut left)
}
