//! What a request or response carries: its media types, the shape of each, and examples.

use std::collections::HashMap;

use super::direction::Direction;
use super::document::{Document, Named};
use super::example::inline;
use super::fields::Rows;
use super::made;
use super::page::Page;
use super::parameter::named_row;
use super::shape::meant;
use crate::data::{Data, Entry, Value};
use crate::graph::{Block, Field, Prose};

/// How many examples of one media type are shown.
const MOST_EXAMPLES: usize = 5;

/// What is sent, in the words of any version of the standard.
pub(super) struct Content<'d> {
    /// The media types that share one schema.
    media_types: Vec<&'d str>,
    schema: Option<&'d Value>,
    /// Whether it is a sequence of what the schema describes, without an end (`itemSchema` of OpenAPI 3.2).
    is_stream: bool,
    /// What is said of how its parts are written.
    media: Option<&'d Value>,
    examples: Vec<Given<'d>>,
}

/// An example that the specification gives.
#[derive(Clone)]
struct Given<'d> {
    /// May be empty.
    name: &'d str,
    /// What it says about itself.
    about: Option<&'d Value>,
    /// `None` for one that is only elsewhere.
    value: Option<&'d Value>,
}

/// The contents of a body or response of OpenAPI 3: its `content`. Media types with one schema and no examples of their
/// own are told together.
pub(super) fn of_media_types<'d>(page: &Page<'d>, value: &'d Value) -> Vec<Content<'d>> {
    let mut contents: Vec<Content<'d>> = Vec::new();
    let mut alike: HashMap<Named<'d>, usize> = HashMap::new();
    for entry in value.get("content").map_or(&[][..], Value::entries) {
        let media = page.document().follow(&entry.value);
        let schema = media.get("schema").or_else(|| media.get("itemSchema"));
        let is_stream = media.get("schema").is_none() && schema.is_some();
        let examples = examples(page, media);
        let named = schema.and_then(|schema| meant(page, schema).0);
        let is_plain = examples.is_empty() && !is_stream && ENCODINGS.iter().all(|key| media.get(key).is_none());
        let known = named.and_then(|named| alike.get(&named)).copied().filter(|_| is_plain);
        match known {
            Some(known) => contents[known].media_types.push(&entry.key),
            None => {
                alike.extend(named.filter(|_| !is_stream).map(|named| (named, contents.len())));
                contents.push(Content {
                    media_types: vec![&entry.key],
                    schema,
                    is_stream,
                    media: Some(media),
                    examples,
                });
            }
        }
    }
    contents
}

/// The media types that Swagger 2.0 states under `key` for an operation, or for all.
pub(super) fn swagger_media_types<'d>(document: &Document<'d>, operation: &'d Value, key: &str) -> Vec<&'d str> {
    let stated = operation.get(key).or_else(|| document.root.get(key));
    stated.map_or(&[][..], Value::items).iter().filter_map(Value::as_str).collect()
}

/// The content of a response of Swagger 2.0, whose media types stand around it.
pub(super) fn of_swagger<'d>(media_types: Vec<&'d str>, value: &'d Value) -> Vec<Content<'d>> {
    let schema = value.get("schema");
    let examples = value.get("examples").map_or(&[][..], Value::entries);
    let given = |entry: &'d Entry| Given { name: &entry.key, about: None, value: Some(&entry.value) };
    let examples: Vec<Given<'d>> = examples.iter().take(MOST_EXAMPLES).map(given).collect();
    if schema.is_none() && examples.is_empty() {
        return Vec::new();
    }
    vec![Content { media_types, schema, is_stream: false, media: None, examples }]
}

fn examples<'d>(page: &Page<'d>, media: &'d Value) -> Vec<Given<'d>> {
    let document = page.document();
    let one = media.get("example").map(|value| Given { name: "", about: None, value: Some(value) });
    let several = media.get("examples").map_or(&[][..], Value::entries).iter().filter_map(|entry| {
        let example = document.follow(&entry.value);
        let value = value_of_example(example);
        (value.is_some() || example.get("externalValue").is_some()).then_some(Given {
            name: &entry.key,
            about: Some(&entry.value),
            value,
        })
    });
    one.into_iter().chain(several).take(MOST_EXAMPLES).collect()
}

/// The value of an Example Object: as data, or as it is sent.
pub(super) fn value_of_example(example: &Value) -> Option<&Value> {
    ["value", "dataValue", "serializedValue"].iter().find_map(|key| example.get(key))
}

/// How the parts of a body are written, where that is said.
const ENCODINGS: [&str; 3] = ["encoding", "prefixEncoding", "itemEncoding"];

fn encodings<'d>(page: &mut Page<'d>, rows: &mut Rows<'d>, media: &'d Value) {
    let named = media.get("encoding").map_or(&[][..], Value::entries).iter();
    let named = named.map(|entry| (entry.key.to_string(), &entry.value));
    let first = media.get("prefixEncoding").map_or(&[][..], Value::items).iter().enumerate();
    let first = first.map(|(index, encoding)| (format!("[{index}]"), encoding));
    let others = media.get("itemEncoding").map(|encoding| ("every part".to_owned(), encoding));
    let mut fields = Vec::new();
    for (name, encoding) in named.chain(first).chain(others) {
        if !page.take_deeper_row() {
            break;
        }
        let keys = [("contentType", "media type"), ("style", "style"), ("explode", "in parts")];
        let note = |(key, words): &(&str, &str)| Some(((*words).to_owned(), inline(encoding.get(key)?)));
        let notes: Vec<(String, String)> = keys.iter().filter_map(note).collect();
        let mut children = Vec::new();
        for header in encoding.get("headers").map_or(&[][..], Value::entries) {
            children.extend(named_row(page, rows, &header.key, &header.value));
        }
        fields.push(Field { name, notes, children, ..Field::default() });
    }
    if !fields.is_empty() {
        page.prose(Prose::html("<p class=\"fields-title\">How its parts are written</p>"));
        page.body.push(Block::Fields(fields));
    }
}

/// Shows `contents`. The rows of their schemas are made by `rows`.
pub(super) fn show<'d>(page: &mut Page<'d>, contents: Vec<Content<'d>>, rows: &mut Rows<'d>, direction: Direction) {
    for content in contents {
        let mut line = Prose::html("<p class=\"media-type\">");
        for (index, media_type) in content.media_types.iter().enumerate() {
            if index > 0 {
                line.html.push_str(", ");
            }
            push_code(&mut line, media_type);
        }
        if let Some(schema) = content.schema {
            if !content.media_types.is_empty() {
                line.html.push_str(": ");
            }
            line.push_text(if content.is_stream { "stream of " } else { "" });
            line.append(rows.shape(page, schema));
        }
        line.html.push_str("</p>");
        page.prose(line);
        if let Some(schema) = content.schema {
            let fields = rows.of(page, schema);
            if !fields.is_empty() {
                page.body.push(Block::Fields(fields));
            }
        }
        if let Some(media) = content.media {
            encodings(page, rows, media);
        }
        let media_type = content.media_types.first().copied().unwrap_or("application/json");
        let given = own_or_schema_example(page, &content);
        if given.is_empty()
            && is_json(media_type)
            && let Some(schema) = content.schema
            && let Some(made) = made::example(page.document(), schema, direction)
            && matches!(made.data, Data::Map(_) | Data::List(_))
        {
            page.example(&made, media_type, "Example, made from the schema");
        }
        for given in given {
            show_example(page, &given, media_type);
        }
    }
}

/// An example with what is said about it.
fn show_example<'d>(page: &mut Page<'d>, given: &Given<'d>, media_type: &str) {
    let document = page.document();
    let said = |key: &str| given.about.and_then(|about| document.said(about, key));
    let summary = said("summary").and_then(Value::as_str).map(str::trim).filter(|summary| !summary.is_empty());
    let title = match summary.unwrap_or(given.name) {
        "" => "Example".to_owned(),
        name => format!("Example: {name}"),
    };
    let description = said("description");
    page.markdown(description, 6);
    match given.value {
        Some(value) => page.example(value, media_type, &title),
        None => {
            let mut prose = Prose::html("<p>");
            if let Some(address) = said("externalValue") {
                page.push_web(&mut prose, address, &title);
            }
            prose.html.push_str("</p>");
            page.prose(prose);
        }
    }
}

/// The examples of a content; else the one that its schema gives.
fn own_or_schema_example<'d>(page: &Page<'d>, content: &Content<'d>) -> Vec<Given<'d>> {
    if !content.examples.is_empty() {
        return content.examples.clone();
    }
    let schema = content.schema.map(|schema| page.document().follow(schema));
    let example = schema.and_then(example_of);
    example.map(|value| Given { name: "", about: None, value: Some(value) }).into_iter().collect()
}

/// The example that a schema gives of itself as a whole.
pub(super) fn example_of(schema: &Value) -> Option<&Value> {
    schema.get("example").or_else(|| schema.get("examples")?.items().first())
}

/// Adds `text` as code.
pub(super) fn push_code(prose: &mut Prose, text: &str) {
    prose.html.push_str("<code>");
    prose.push_text(text);
    prose.html.push_str("</code>");
}

/// Whether a media type is JSON: `application/json`, `application/problem+json`, `*/*`.
pub(super) fn is_json(media_type: &str) -> bool {
    let kind = media_type.split(';').next().unwrap_or_default().trim();
    kind.ends_with("/json") || kind.ends_with("+json") || kind == "*/*"
}
