//! Where a specification departs from the standard. Nothing here costs a node: what can be read is published.
//!
//! In every version: the version itself, and whether each object stands in the form that the standard gives its field.
//! In OpenAPI 3.0 each object is also judged strictly.

use std::collections::HashSet;

use super::document::{Document, Version, reference_of};
use super::grammar::{Part, Shape};
use super::judge::judge;
use crate::data::{Data, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// A specification that is broken throughout says so this often.
const MOST_FINDINGS: usize = 50;

/// Walks the objects of `document`.
pub(super) fn check(document: &Document<'_>) -> Diagnostics {
    let mut walk = Walk { document, seen: HashSet::new(), diagnostics: Diagnostics::new() };
    walk.version();
    let root = document.root;
    let place = root.entries().first().map_or(root.span, |first| first.key_span);
    walk.object(Part::Document, root, place);
    walk.diagnostics
}

struct Walk<'d> {
    document: &'d Document<'d>,
    /// What an alias shares is looked at once.
    seen: HashSet<(Part, *const ())>,
    diagnostics: Diagnostics,
}

impl<'d> Walk<'d> {
    fn find(&mut self, message: String, span: Span) -> Option<&mut Diagnostic> {
        if self.diagnostics.len() >= MOST_FINDINGS {
            return None;
        }
        self.diagnostics.push(Diagnostic::new(Code::InvalidOpenapi, message, span));
        self.diagnostics.last_mut()
    }

    fn version(&mut self) {
        let root = self.document.root;
        let (openapi, swagger) = (root.entry("openapi"), root.entry("swagger"));
        if let (Some(openapi), Some(swagger)) = (openapi, swagger) {
            let message = "a specification has one version, and this one states two".to_owned();
            if let Some(found) = self.find(message, swagger.key_span) {
                found.related.push((openapi.key_span, "this one counts".to_owned()));
            }
        }
        let Some(stated) = openapi.or(swagger) else {
            let place = root.entries().first().map_or(root.span, |first| first.key_span);
            if let Some(found) = self.find("no version of OpenAPI is stated".to_owned(), place) {
                "begin the file with `openapi: 3.1.0`, or the version that it follows".clone_into(&mut found.hint);
            }
            return;
        };
        let text = stated.value.to_text().unwrap_or_default();
        let known = match &*stated.key {
            "openapi" => ["3.0", "3.1", "3.2"].iter().any(|known| text.starts_with(known)) || text == "3",
            _ => text.starts_with('2'),
        };
        if !known {
            let message = format!("version `{text}` of the specification's format is not known");
            let read_as = match self.document.version {
                Version::Swagger => "read as Swagger 2.0",
                Version::V30 => "read as OpenAPI 3.0",
                Version::V31 => "read as OpenAPI 3.1",
            };
            if let Some(found) = self.find(message, stated.value.span) {
                read_as.clone_into(&mut found.label);
            }
        }
    }

    /// Looks at `value`, which is to be a `part`. `place` is where readers find it: its name, or its beginning.
    fn object(&mut self, part: Part, value: &'d Value, place: Span) {
        let Data::Map(map) = &value.data else {
            if !(part == Part::Schema && matches!(value.data, Data::Bool(_))) {
                let message = format!("this must be {} {}, but it is {}", article(part), part.name(), form(value));
                self.find(message, written(value, place));
            }
            return;
        };
        if !map.is_empty() && !self.seen.insert((part, map.as_ptr().cast())) {
            return;
        }
        if reference_of(value).is_some() {
            // Files of its own are looked at from where they are referred to.
            let target = self.document.follow(value);
            if target.span.file != value.span.file {
                let place = target.entries().first().map_or(target.span, |first| first.key_span);
                self.object(part, target, place);
            }
            return;
        }
        if self.document.version == Version::V30 && self.diagnostics.len() < MOST_FINDINGS {
            for (fault, blamed) in judge(part, value) {
                let message = format!("this is no {} of OpenAPI 3.0: {fault}", part.name());
                self.find(message, blamed.map_or(place, |entry| written(&entry.value, entry.key_span)));
            }
        }
        for (name, shape, part) in part.fields() {
            // Swagger 2.0 has examples in responses only, and in another form.
            let is_foreign = *part == Part::Example && self.document.version == Version::Swagger;
            if let Some(entry) = value.entry(name).filter(|_| !is_foreign) {
                self.field(*shape, *part, &entry.value, entry.key_span);
            }
        }
        if let Some(part) = part.entries() {
            self.field(Shape::Map, part, value, place);
        }
    }

    fn field(&mut self, shape: Shape, part: Part, value: &'d Value, place: Span) {
        match (shape, &value.data) {
            // A file of all of them, which programs that bundle put in its place.
            (Shape::Map, Data::Map(map)) if map.len() == 1 && reference_of(value).is_some() => {
                let target = self.document.follow(value);
                if target.span != value.span {
                    self.field(shape, part, target, place);
                }
            }
            (Shape::One, _) => self.object(part, value, place),
            (Shape::List, Data::List(items)) => {
                for item in items.iter() {
                    let place = item.entries().first().map_or(item.span, |first| first.key_span);
                    self.object(part, item, place);
                }
            }
            (Shape::Map, Data::Map(map)) => {
                for entry in map.iter().filter(|entry| part == Part::Schema || !entry.key.starts_with("x-")) {
                    self.object(part, &entry.value, entry.key_span);
                }
            }
            (Shape::List, _) => {
                self.find(format!("this must be a list, but it is {}", form(value)), written(value, place));
            }
            (Shape::Map, _) => {
                let message = format!("this must be a map of names, but it is {}", form(value));
                self.find(message, written(value, place));
            }
        }
    }
}

/// Where `value` is written, when that is one line; else `place`.
fn written(value: &Value, place: Span) -> Span {
    let is_scalar = !matches!(value.data, Data::List(_) | Data::Map(_));
    if is_scalar && value.span.start < value.span.end { value.span } else { place }
}

fn article(part: Part) -> &'static str {
    if matches!(part, Part::Operation | Part::Example | Part::Info) { "an" } else { "a" }
}

fn form(value: &Value) -> &'static str {
    match value.data {
        Data::Null => "empty",
        Data::Bool(_) => "true or false",
        Data::Integer(_) | Data::Number(_) => "a number",
        Data::String(_) => "text",
        Data::List(_) => "a list",
        Data::Map(_) => "a map",
    }
}
