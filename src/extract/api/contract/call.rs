//! What one call asks and gives: parameters, body, answers, credentials, and the calls that it has made in return.

use std::collections::{BTreeMap, BTreeSet};

use super::schema::Shapes;
use super::{says, term};
use crate::data::{Entry, Value};
use crate::extract::api::call::{Call, methods, parameters, place};
use crate::extract::api::carried::{Writing, content, schema, writing};
use crate::extract::api::content::swagger_media_types;
use crate::extract::api::document::{Document, Version};
use crate::extract::api::security;
use crate::graph::{Contract, Part, Property, Shape, Term, Written};

/// What stands for the media types of Swagger 2.0 where it names none.
const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// The contract of `call`.
pub(super) fn contract<'d>(shapes: &mut Shapes<'d>, call: &Call<'d>) -> Contract {
    let all = call.parameters(shapes.document);
    let mut terms = of_parts(shapes, call.path, &all, call.value);
    terms.extend(credentials(shapes, call));
    for server in call.servers().map_or(&[][..], Value::items) {
        let address = server.get("url").and_then(Value::to_text);
        terms.extend(address.map(|address| term(Part::Server(address), server.span)));
    }
    for callback in call.value.get("callbacks").map_or(&[][..], Value::entries) {
        for address in shapes.document.follow(&callback.value).entries() {
            let items = [&address.value, shapes.document.follow(&address.value)];
            for (method, entry) in methods(items) {
                let value = shapes.document.follow(&entry.value);
                let written = parameters(shapes.document, value, items);
                let all: Vec<&Value> = written.into_iter().map(|parameter| shapes.document.follow(parameter)).collect();
                let name = format!("{} {method}", callback.key);
                let inner = of_parts(shapes, &address.key, &all, value).into_iter();
                terms.extend(inner.map(|term| Term {
                    part: Part::Callback { name: name.clone(), part: Box::new(term.part) },
                    ..term
                }));
            }
        }
    }
    Contract { terms }
}

/// The terms about what is sent and answered.
fn of_parts<'d>(shapes: &mut Shapes<'d>, path: &str, parameters: &[&'d Value], call: &'d Value) -> Vec<Term> {
    let mut terms = Vec::new();
    let is_sent =
        |parameter: &&&Value| !matches!(place(parameter), "" | "body" | "formData") && parameter.get("name").is_some();
    for parameter in parameters.iter().filter(is_sent) {
        terms.push(of_parameter(shapes, path, parameter));
    }
    match shapes.document.version {
        Version::Swagger => terms.extend(swagger_body(shapes, parameters, call)),
        Version::V30 | Version::V31 => {
            if let Some(stated) = call.get("requestBody") {
                let body = shapes.document.follow(stated);
                terms.push(Term { required: says(body, "required"), ..term(Part::Body, stated.span) });
                terms.extend(contents(shapes, body, |media_type| Part::BodyContent { media_type }));
            }
        }
    }
    let responses = call.get("responses").map_or(&[][..], Value::entries);
    for entry in responses.iter().filter(|entry| !entry.key.starts_with("x-")) {
        terms.extend(response(shapes, call, entry));
    }
    terms
}

fn of_parameter<'d>(shapes: &mut Shapes<'d>, path: &str, parameter: &'d Value) -> Term {
    let place = match place(parameter) {
        "querystring" => "query",
        place => place,
    };
    let mut name = parameter.get("name").and_then(Value::to_text).unwrap_or_default();
    if place == "path"
        && let Some(at) = path.find(&format!("{{{name}}}"))
    {
        name = (path[..at].matches('{').count() + 1).to_string();
    }
    if place == "header" {
        name.make_ascii_lowercase();
    }
    let shape = value_shape(shapes, parameter);
    Term {
        required: says(parameter, "required") || place == "path",
        deprecated: says(parameter, "deprecated"),
        manner: if is_scalar(&shape) { String::new() } else { manner(shapes.document, place, parameter) },
        shape: Some(shape),
        ..term(Part::Parameter { place: place.to_owned(), name }, parameter.span)
    }
}

/// The shape of a parameter or header.
fn value_shape<'d>(shapes: &mut Shapes<'d>, value: &'d Value) -> Shape {
    let schema = schema(shapes.document, value);
    match std::ptr::eq(schema, value) {
        false => shapes.of(schema),
        true if content(shapes.document, value).is_some() => Shape::any(),
        true => shapes.of_parameter(value),
    }
}

/// Whether all ways to write it are the same.
fn is_scalar(shape: &Shape) -> bool {
    match shape {
        Shape::Of(_) => false,
        Shape::OrNull(inner) => is_scalar(inner),
        Shape::Written(written) => {
            !written.types.is_empty() && !written.types.contains("array") && !written.types.contains("object")
        }
    }
}

/// How a list or an object is written in that place.
fn manner<'d>(document: &Document<'d>, place: &str, parameter: &'d Value) -> String {
    if let Some((media_type, _)) = content(document, parameter) {
        return media_type.to_owned();
    }
    let Writing { style, explode } = writing(parameter, place);
    format!("{style}{}", if explode { ", exploded" } else { "" })
}

/// What each media type carries; `part` says what part that is.
fn contents<'d>(shapes: &mut Shapes<'d>, value: &'d Value, part: impl Fn(String) -> Part) -> Vec<Term> {
    let mut terms = Vec::new();
    for entry in value.get("content").map_or(&[][..], Value::entries) {
        let media = shapes.document.follow(&entry.value);
        let schema = media.get("schema").or_else(|| media.get("itemSchema"));
        let shape = schema.map(|schema| shapes.of(schema));
        terms.push(Term { shape, ..term(part(plain(&entry.key)), entry.key_span) });
    }
    terms
}

/// A media type without parameters.
fn plain(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Swagger 2.0 has its bodies among the parameters: one as a whole, or fields of a form.
fn swagger_body<'d>(shapes: &mut Shapes<'d>, parameters: &[&'d Value], call: &'d Value) -> Vec<Term> {
    let of = |wanted: &str| parameters.iter().copied().filter(|parameter| place(parameter) == wanted).collect();
    let (whole, form): (Vec<&Value>, Vec<&Value>) = (of("body"), of("formData"));
    let (shape, required, span, usual) = match (whole.first(), form.first()) {
        (Some(body), _) => {
            (body.get("schema").map(|schema| shapes.of(schema)), says(body, "required"), body.span, JSON)
        }
        (None, Some(first)) => {
            let mut written = Written { types: BTreeSet::from(["object".to_owned()]), ..Written::default() };
            for field in &form {
                let name = field.get("name").and_then(Value::to_text).unwrap_or_default();
                if says(field, "required") {
                    written.required.insert(name.clone());
                }
                let shape = shapes.of_parameter(field);
                written.fields.push(Property { name, shape, span: field.span });
            }
            let required = !written.required.is_empty();
            (Some(Shape::Written(Box::new(written))), required, first.span, FORM)
        }
        (None, None) => return Vec::new(),
    };
    let mut media_types = swagger_media_types(shapes.document, call, "consumes");
    if media_types.is_empty() {
        media_types.push(usual);
    }
    let mut terms = vec![Term { required, ..term(Part::Body, span) }];
    for media_type in media_types {
        let part = Part::BodyContent { media_type: plain(media_type) };
        terms.push(Term { shape: shape.clone(), ..term(part, span) });
    }
    terms
}

fn response<'d>(shapes: &mut Shapes<'d>, call: &'d Value, entry: &'d Entry) -> Vec<Term> {
    let status = entry.key.to_uppercase().replace("DEFAULT", "default");
    let value = shapes.document.follow(&entry.value);
    let mut terms = vec![term(Part::Response { status: status.clone() }, entry.key_span)];
    for header in value.get("headers").map_or(&[][..], Value::entries) {
        let stated = shapes.document.follow(&header.value);
        let name = header.key.to_ascii_lowercase();
        let shape = Some(value_shape(shapes, stated));
        let part = Part::Header { status: status.clone(), name };
        let (required, deprecated) = (says(stated, "required"), says(stated, "deprecated"));
        terms.push(Term { required, deprecated, shape, ..term(part, header.key_span) });
    }
    let part = |media_type| Part::ResponseContent { status: status.clone(), media_type };
    if shapes.document.version != Version::Swagger {
        terms.extend(contents(shapes, value, part));
    } else if let Some(schema) = value.get("schema") {
        let mut media_types = swagger_media_types(shapes.document, call, "produces");
        if media_types.is_empty() {
            media_types.push(JSON);
        }
        let shape = shapes.of(schema);
        for media_type in media_types {
            terms.push(Term { shape: Some(shape.clone()), ..term(part(plain(media_type)), schema.span) });
        }
    }
    terms
}

/// The ways in which a caller may show who it is: those of the call, else of the specification.
fn credentials<'d>(shapes: &Shapes<'d>, call: &Call<'d>) -> Vec<Term> {
    let ways = security::required(shapes.document, call.value);
    let way = |value: &Value| -> BTreeMap<String, BTreeSet<String>> {
        let scopes = |value: &Value| value.items().iter().filter_map(Value::as_str).map(str::to_owned).collect();
        value.entries().iter().map(|scheme| (scheme.key.to_string(), scopes(&scheme.value))).collect()
    };
    if ways.is_empty() {
        return vec![term(
            Part::Credentials(BTreeMap::new()),
            call.value.get("security").map_or(call.span, |stated| stated.span),
        )];
    }
    ways.iter().map(|value| term(Part::Credentials(way(value)), value.span)).collect()
}
