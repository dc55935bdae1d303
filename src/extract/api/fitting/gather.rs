//! A specification -> the examples in it, each with its schema.

use std::collections::HashSet;

use crate::data::{Data, Value, read_json};
use crate::extract::api::content::{is_json, value_of_example};
use crate::extract::api::direction::Direction;
use crate::extract::api::document::{Document, Version, reference_of};
use crate::extract::api::grammar::{Part, Shape};
use crate::source::{RepoPath, SourceFile, Span};

/// An example and what it is an example of.
pub(super) struct Case<'d> {
    pub(super) schema: &'d Value,
    /// Whether it is a list of what the schema describes.
    pub(super) is_stream: bool,
    pub(super) example: &'d Value,
    /// Where readers find it: its name.
    pub(super) place: Span,
    /// Which way it goes, if only one.
    pub(super) direction: Option<Direction>,
    /// For a text: what else it may be, as it is sent.
    pub(super) sent_as: Option<Sent>,
    /// Whether texts in it may mean numbers, and single things lists: a form is nothing but texts.
    pub(super) is_form: bool,
}

/// How something is sent that an example gives as a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    /// As a body in JSON.
    Json,
    /// As a part of an address, or of a header.
    Parameter,
}

impl Sent {
    fn of(self, example: &Value) -> Option<Self> {
        example.as_str().map(|_| self)
    }
}

/// Every example that is data, in the document's order.
pub(super) fn cases<'d>(document: &Document<'d>) -> Vec<Case<'d>> {
    let mut walk = Walk { document, seen: HashSet::new(), cases: Vec::new() };
    walk.object(Part::Document, document.root, "", Way { direction: None, is_reversed: false });
    walk.cases
}

/// The value that a text says in JSON, or that it says of a number.
pub(super) fn read(text: &str) -> Option<Value> {
    let file = SourceFile::new(RepoPath::root(), text.trim().to_owned());
    let (value, found) = read_json(&file, 0..file.text().len());
    value.filter(|_| found.is_empty())
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Way {
    direction: Option<Direction>,
    /// Whether the service is the one that calls: who sends what is not clear then.
    is_reversed: bool,
}

impl Way {
    fn within(self, part: Part) -> Self {
        let direction = match part {
            _ if self.is_reversed => None,
            Part::Parameter | Part::RequestBody => Some(Direction::Request),
            Part::Response | Part::Header => Some(Direction::Response),
            // What a schema says of itself holds both ways.
            Part::Schema => None,
            Part::Callback => return Self { direction: None, is_reversed: true },
            _ => self.direction,
        };
        Self { direction, ..self }
    }
}

struct Walk<'a, 'd> {
    document: &'a Document<'d>,
    /// What an alias shares, or several refer to, is looked at once.
    seen: HashSet<(Part, *const Value, Way)>,
    cases: Vec<Case<'d>>,
}

impl<'d> Walk<'_, 'd> {
    /// Looks at `value`, a `part` that is called `name`. Calls itself for the objects in it.
    fn object(&mut self, part: Part, value: &'d Value, name: &str, way: Way) {
        let way = way.within(part);
        if part == Part::Schema && reference_of(value).is_some() {
            // Since OpenAPI 3.1 there may be examples beside a reference.
            if self.document.version == Version::V31 && self.seen.insert((part, std::ptr::from_ref(value), way)) {
                self.schema(value);
            }
        }
        let value = self.document.follow(value);
        if !matches!(value.data, Data::Map(_)) || !self.seen.insert((part, std::ptr::from_ref(value), way)) {
            return;
        }
        match part {
            Part::MediaType => self.media(value, name, way),
            Part::Parameter | Part::Header => self.parameter(value, way),
            Part::Response if self.document.version == Version::Swagger => self.swagger_response(value, way),
            Part::Schema => self.schema(value),
            _ => {}
        }
        for (name, shape, part) in part.fields() {
            let Some(entry) = value.entry(name).filter(|_| *part != Part::Example) else { continue };
            let is_reversed = way.is_reversed || &**name == "webhooks";
            self.field(*shape, *part, &entry.value, Way { is_reversed, ..way });
        }
        if let Some(part) = part.entries() {
            self.field(Shape::Map, part, value, way);
        }
    }

    fn field(&mut self, shape: Shape, part: Part, value: &'d Value, way: Way) {
        match shape {
            Shape::One => self.object(part, value, "", way),
            Shape::List => value.items().iter().for_each(|item| self.object(part, item, "", way)),
            Shape::Map => value.entries().iter().for_each(|entry| self.object(part, &entry.value, &entry.key, way)),
        }
    }

    /// Adds the examples that stand at `value`, which is described by `schema`.
    fn examples(&mut self, value: &'d Value, make: impl Fn(&'d Value, Span) -> Option<Case<'d>>) {
        let one = value.entry("example").map(|entry| (&entry.value, entry.key_span));
        let named = value.get("examples").map_or(&[][..], Value::entries).iter().filter_map(|entry| {
            let example = self.document.follow(&entry.value);
            // How data are sent is not described by a schema.
            let data = value_of_example(example).filter(|_| example.get("serializedValue").is_none());
            Some((data.or_else(|| example.get("dataValue"))?, entry.key_span))
        });
        // `null` mostly says that there is no example.
        let given = one.into_iter().chain(named).filter(|(example, _)| !matches!(example.data, Data::Null));
        let cases: Vec<Case<'d>> = given.filter_map(|(example, place)| make(example, place)).collect();
        self.cases.extend(cases);
    }

    fn media(&mut self, value: &'d Value, name: &str, way: Way) {
        let (schema, is_stream) = match (value.get("schema"), value.get("itemSchema")) {
            (Some(schema), _) => (schema, false),
            (None, Some(schema)) => (schema, true),
            (None, None) => return,
        };
        let is_json = is_json(name);
        self.examples(value, |example, place| {
            let sent_as = Sent::Json.of(example);
            // A text in another format than JSON is the body as it is sent; so is one of a stream.
            let is_judged = if is_stream { !example.items().is_empty() } else { is_json || sent_as.is_none() };
            let direction = way.direction;
            is_judged.then_some(Case {
                schema,
                is_stream,
                example,
                place,
                direction,
                sent_as,
                is_form: !is_json && !is_stream,
            })
        });
    }

    fn parameter(&mut self, value: &'d Value, way: Way) {
        let Some(schema) = value.get("schema") else { return };
        let direction = way.direction;
        self.examples(value, |example, place| {
            let sent_as = Sent::Parameter.of(example);
            Some(Case { schema, is_stream: false, example, place, direction, sent_as, is_form: false })
        });
    }

    fn swagger_response(&mut self, value: &'d Value, way: Way) {
        let Some(schema) = value.get("schema") else { return };
        for entry in value.get("examples").map_or(&[][..], Value::entries) {
            let (example, place) = (&entry.value, entry.key_span);
            if is_json(&entry.key) && !matches!(example.data, Data::Null) {
                let sent_as = Sent::Json.of(example);
                let direction = way.direction;
                self.cases.push(Case { schema, is_stream: false, example, place, direction, sent_as, is_form: false });
            }
        }
    }

    fn schema(&mut self, schema: &'d Value) {
        let one = schema.entry("example").map(|entry| (&entry.value, entry.key_span));
        let several = schema.entry("examples");
        let several = several.into_iter().flat_map(|entry| {
            entry
                .value
                .items()
                .iter()
                .map(|item| (item, item.entries().first().map_or(item.span, |first| first.key_span)))
        });
        for (example, place) in one.into_iter().chain(several) {
            if !matches!(example.data, Data::Null) {
                let sent_as = None;
                self.cases.push(Case {
                    schema,
                    is_stream: false,
                    example,
                    place,
                    direction: None,
                    sent_as,
                    is_form: false,
                });
            }
        }
    }
}
