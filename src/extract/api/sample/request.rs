//! An operation -> one request that it would answer: address, headers, body.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::data::{Data, Value};
use crate::extract::api::call::{Call, place};
use crate::extract::api::carried;
use crate::extract::api::content::{is_json, swagger_media_types};
use crate::extract::api::direction::Direction;
use crate::extract::api::document::{Document, Version};
use crate::extract::api::literal::{self, Form};
use crate::extract::api::made;
use crate::extract::api::page::Page;
use crate::extract::api::{security, server};

/// What stands for the service's address where the specification states none.
const UNKNOWN_SERVER: &str = "https://api.example.com";

/// So many values stand in one line.
const MOST_IN_A_LINE: usize = 60;

/// What an address need not escape (RFC 3986, unreserved).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A request.
#[derive(Clone, Debug, Default)]
pub(in crate::extract::api) struct Request {
    /// In upper case.
    pub(super) method: String,
    /// With its query.
    pub(super) url: String,
    /// Names and values.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<Body>,
}

/// What a request carries.
#[derive(Clone, Debug)]
pub(super) enum Body {
    /// A value, as JSON.
    Json(Value),
    /// The fields of a form.
    Form(Vec<(String, String)>),
    /// The parts of a form, each with whether it is a file.
    Parts(Vec<(String, String, bool)>),
    /// Anything else, as text.
    Text(String),
}

impl Request {
    /// A request for `call`, whose parameters are `parameters`.
    pub(super) fn of<'d>(page: &Page<'d>, call: &Call<'d>, parameters: &[&'d Value]) -> Self {
        let document = page.document();
        let mut request = Self { method: call.method.clone(), ..Self::default() };
        let mut path = call.path.to_owned();
        let mut query: Vec<String> = Vec::new();
        let mut cookies: Vec<String> = Vec::new();
        for parameter in parameters {
            let name = parameter.get("name").and_then(Value::to_text).unwrap_or_default();
            let is_required = parameter.get("required").and_then(Value::as_bool) == Some(true);
            let text = text_of(document, parameter, &name);
            match parameter.get("in").and_then(Value::as_str).unwrap_or_default() {
                "path" => path = path.replace(&format!("{{{name}}}"), &escape(&text)),
                "query" if is_required => query.push(format!("{}={}", escape(&name), escape(&text))),
                "header" if is_required => request.header(&name, &text),
                "cookie" if is_required => cookies.push(format!("{name}={text}")),
                _ => {}
            }
        }
        request.authorise(document, call.value, &mut query, &mut cookies);
        if !cookies.is_empty() {
            request.header("Cookie", &cookies.join("; "));
        }
        if let Some(accepted) = accepted(document, call.value) {
            request.header("Accept", accepted);
        }
        request.carry(document, call, parameters);
        let servers = [call.value, call.items[0], call.items[1], document.root].into_iter();
        let base = base(document, servers);
        let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
        request.url = format!("{}{path}{query}", base.trim_end_matches('/'));
        request
    }

    /// How many values a listing of it shows, but no more than `most`.
    pub(super) fn cost(&self, most: usize) -> usize {
        let of_fields =
            |fields: &mut dyn Iterator<Item = &String>| fields.map(|text| literal::cost_of_text(text)).sum();
        let cost: usize = match &self.body {
            Some(Body::Json(value)) => literal::cost(value, most),
            Some(Body::Form(fields)) => of_fields(&mut fields.iter().map(|(_, text)| text)),
            Some(Body::Parts(fields)) => of_fields(&mut fields.iter().map(|(_, text, _)| text)),
            Some(Body::Text(text)) => literal::cost_of_text(text),
            None => 0,
        };
        (cost + literal::cost_of_text(&self.url)).min(most)
    }

    fn header(&mut self, name: &str, value: &str) {
        if !self.headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) {
            self.headers.push((name.to_owned(), value.to_owned()));
        }
    }

    /// Adds what the first way to authenticate asks for.
    fn authorise<'d>(
        &mut self,
        document: &Document<'d>,
        operation: &'d Value,
        query: &mut Vec<String>,
        cookies: &mut Vec<String>,
    ) {
        let Some(first) = security::required(document, operation).first() else { return };
        for entry in first.entries() {
            let Some(scheme) = security::scheme(document, &entry.key) else { continue };
            let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
            match (text("type"), text("scheme").to_ascii_lowercase().as_str()) {
                ("basic", _) | ("http", "basic") => self.header("Authorization", "Basic CREDENTIALS"),
                ("http", "bearer") | ("oauth2" | "openIdConnect", _) => self.header("Authorization", "Bearer TOKEN"),
                ("http", other) => self.header("Authorization", &format!("{other} CREDENTIALS")),
                ("apiKey", _) => match text("in") {
                    "query" => query.push(format!("{}=API_KEY", escape(text("name")))),
                    "cookie" => cookies.push(format!("{}=API_KEY", text("name"))),
                    _ => self.header(text("name"), "API_KEY"),
                },
                _ => {}
            }
        }
    }

    /// Adds the body, if the operation takes one.
    fn carry<'d>(&mut self, document: &Document<'d>, call: &Call<'d>, parameters: &[&'d Value]) {
        if document.version == Version::Swagger {
            return self.carry_swagger(document, call.value, parameters);
        }
        let Some(body) = call.value.get("requestBody").map(|body| document.follow(body)) else { return };
        let contents = body.get("content").map_or(&[][..], Value::entries);
        let Some(entry) = contents.iter().find(|entry| is_json(&entry.key)).or(contents.first()) else { return };
        let media = document.follow(&entry.value);
        let made = || made::draft(document, media.get("schema")?, Direction::Request);
        let value = carried::example(document, media).cloned().or_else(made);
        self.put(&entry.key, value, |name| is_file(document, media, name));
    }

    fn carry_swagger<'d>(&mut self, document: &Document<'d>, operation: &'d Value, parameters: &[&'d Value]) {
        let stated = swagger_media_types(document, operation, "consumes");
        let json = stated.iter().find(|media_type| is_json(media_type)).or(stated.first());
        if let Some(body) = parameters.iter().find(|parameter| place(parameter) == "body") {
            let value = body.get("schema").and_then(|schema| made::draft(document, schema, Direction::Request));
            return self.put(json.unwrap_or(&"application/json"), value, |_| false);
        }
        let fields: Vec<(String, String, bool)> = parameters
            .iter()
            .filter(|parameter| place(parameter) == "formData")
            .map(|field| {
                let name = field.get("name").and_then(Value::to_text).unwrap_or_default();
                let is_file = field.get("type").and_then(Value::as_str) == Some("file");
                let text = text_of(document, field, &name);
                (name, text, is_file)
            })
            .collect();
        if fields.iter().any(|(_, _, is_file)| *is_file) || stated.contains(&"multipart/form-data") {
            self.body = (!fields.is_empty()).then_some(Body::Parts(fields));
        } else if !fields.is_empty() {
            self.body = Some(Body::Form(fields.into_iter().map(|(name, text, _)| (name, text)).collect()));
        }
    }

    fn put(&mut self, media_type: &str, value: Option<Value>, is_file: impl Fn(&str) -> bool) {
        let fields = |value: &Value| -> Vec<(String, String)> {
            value.entries().iter().map(|entry| (entry.key.to_string(), flat(&entry.value))).collect()
        };
        self.body = match (media_type.split(';').next().unwrap_or_default().trim(), value) {
            ("application/x-www-form-urlencoded", Some(value)) => Some(Body::Form(fields(&value))),
            ("multipart/form-data", Some(value)) => {
                let part = |(name, text): (String, String)| {
                    let is_file = is_file(&name);
                    (name, text, is_file)
                };
                Some(Body::Parts(fields(&value).into_iter().map(part).collect()))
            }
            (kind, value) if is_json(kind) => {
                self.header("Content-Type", media_type);
                value.map(Body::Json)
            }
            (_, value) => {
                self.header("Content-Type", media_type);
                Some(Body::Text(value.map_or_else(|| "…".to_owned(), |value| flat(&value))))
            }
        };
    }
}

/// Whether the part `name` of a form is a file.
fn is_file<'d>(document: &Document<'d>, media: &'d Value, name: &str) -> bool {
    let schema = media.get("schema").map(|schema| document.follow(schema));
    let property = schema.and_then(|schema| schema.get("properties")?.get(name)).map(|found| document.follow(found));
    property.is_some_and(|property| {
        let text = |key: &str| property.get(key).and_then(Value::as_str);
        text("format") == Some("binary") || text("contentMediaType").is_some()
    })
}

/// The value of a parameter: an example, what its schema asks for, or else its own name in capitals, for the reader to fill in.
fn text_of<'d>(document: &Document<'d>, parameter: &'d Value, name: &str) -> String {
    if let Some(example) = carried::example(document, parameter) {
        return flat(example);
    }
    let schema = carried::schema(document, parameter);
    let followed = document.follow(schema);
    let says = ["enum", "format", "default", "example", "examples", "pattern", "const"];
    let is_plain = followed.get("type").and_then(Value::as_str) == Some("string")
        && says.iter().all(|key| followed.get(key).is_none());
    let placeholder = || {
        let letter = |letter: char| if letter.is_alphanumeric() { letter.to_ascii_uppercase() } else { '_' };
        name.chars().map(letter).collect::<String>()
    };
    if is_plain {
        return placeholder();
    }
    made::draft(document, schema, Direction::Request).map_or_else(placeholder, |value| flat(&value))
}

/// A value in one line: lists with commas, objects as JSON.
fn flat(value: &Value) -> String {
    let mut left = MOST_IN_A_LINE;
    match &value.data {
        Data::List(items) if items.iter().all(|item| item.to_text().is_some()) => {
            items.iter().take(left).filter_map(Value::to_text).collect::<Vec<_>>().join(",")
        }
        _ => value.to_text().unwrap_or_else(|| literal::write(value, Form::LINE, &mut left)),
    }
}

fn escape(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// The first response that tells of success: what it comes as.
fn accepted<'d>(document: &Document<'d>, operation: &'d Value) -> Option<&'d str> {
    let responses = operation.get("responses").map_or(&[][..], Value::entries);
    let success = responses.iter().find(|entry| entry.key.starts_with('2'))?;
    if document.version == Version::Swagger {
        let produces = swagger_media_types(document, operation, "produces");
        return document.follow(&success.value).get("schema").and(produces.first().copied());
    }
    let content = document.follow(&success.value).get("content")?.entries();
    let first = content.iter().find(|entry| is_json(&entry.key)).or(content.first())?;
    Some(&first.key).map(|media_type| if &**media_type == "*/*" { "application/json" } else { media_type })
}

/// Where the service is: the first server, with its variables filled in.
fn base<'d>(document: &Document<'d>, mut places: impl Iterator<Item = &'d Value>) -> String {
    let stated = match document.version {
        Version::Swagger => server::addresses(document).into_iter().next(),
        Version::V30 | Version::V31 => places.find_map(|place| {
            let server = place.get("servers")?.items().first()?;
            let mut url = server.get("url").and_then(Value::to_text)?;
            for variable in server.get("variables").map_or(&[][..], Value::entries) {
                let default = variable.value.get("default").and_then(Value::to_text).unwrap_or_default();
                url = url.replace(&format!("{{{}}}", variable.key), &default);
            }
            Some(url)
        }),
    };
    match stated {
        Some(url) if url.contains("://") => url,
        Some(url) if url.starts_with("//") => format!("https:{url}"),
        Some(url) => format!("{UNKNOWN_SERVER}/{}", url.trim_start_matches(['.', '/'])),
        None => UNKNOWN_SERVER.to_owned(),
    }
}
