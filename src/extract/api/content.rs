//! What a request or response carries: its media types, the shape of each, and examples.

use std::collections::HashMap;

use super::document::Named;
use super::fields::Rows;
use super::generated::{self, Direction};
use super::page::Page;
use super::shape::meant;
use crate::data::{Data, Value};
use crate::graph::{Block, Prose};

/// How many examples of one media type are shown.
const MOST_EXAMPLES: usize = 5;

/// What is sent, in the words of any version of the standard.
pub(super) struct Content<'d> {
    /// The media types that share one schema.
    media_types: Vec<&'d str>,
    schema: Option<&'d Value>,
    /// The name, which may be empty, and the value of each example.
    examples: Vec<(&'d str, &'d Value)>,
}

/// The contents of a body or response of OpenAPI 3: its `content`. Media types with one schema and no examples of their
/// own are told together.
pub(super) fn of_media_types<'d>(page: &Page<'d>, value: &'d Value) -> Vec<Content<'d>> {
    let mut contents: Vec<Content<'d>> = Vec::new();
    let mut alike: HashMap<Named<'d>, usize> = HashMap::new();
    for entry in value.get("content").map_or(&[][..], Value::entries) {
        let media = page.document().follow(&entry.value);
        let schema = media.get("schema").or_else(|| media.get("itemSchema"));
        let examples = examples(page, media);
        let named = schema.and_then(|schema| meant(page, schema).0);
        let known = named.and_then(|named| alike.get(&named)).copied().filter(|_| examples.is_empty());
        match known {
            Some(known) => contents[known].media_types.push(&entry.key),
            None => {
                alike.extend(named.map(|named| (named, contents.len())));
                contents.push(Content { media_types: vec![&entry.key], schema, examples });
            }
        }
    }
    contents
}

/// The content of a response of Swagger 2.0, whose media types stand around it.
pub(super) fn of_swagger<'d>(media_types: Vec<&'d str>, value: &'d Value) -> Vec<Content<'d>> {
    let schema = value.get("schema");
    let examples = value.get("examples").map_or(&[][..], Value::entries);
    let examples: Vec<(&str, &Value)> =
        examples.iter().take(MOST_EXAMPLES).map(|entry| (&*entry.key, &entry.value)).collect();
    if schema.is_none() && examples.is_empty() {
        return Vec::new();
    }
    vec![Content { media_types, schema, examples }]
}

fn examples<'d>(page: &Page<'d>, media: &'d Value) -> Vec<(&'d str, &'d Value)> {
    let document = page.document();
    let one = media.get("example").map(|value| ("", value));
    let several = media.get("examples").map_or(&[][..], Value::entries).iter().filter_map(|entry| {
        let example = document.follow(&entry.value);
        Some((&*entry.key, example.get("value").or_else(|| example.get("dataValue"))?))
    });
    one.into_iter().chain(several).take(MOST_EXAMPLES).collect()
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
        let media_type = content.media_types.first().copied().unwrap_or("application/json");
        let given = own_or_schema_example(page, &content);
        if given.is_empty()
            && is_json(media_type)
            && let Some(schema) = content.schema
            && let Some(made) = generated::value(page.document(), schema, direction)
            && matches!(made.data, Data::Map(_) | Data::List(_))
        {
            page.example(&made, media_type, "Example, made from the schema");
        }
        for (name, value) in given {
            let title = if name.is_empty() { "Example".to_owned() } else { format!("Example: {name}") };
            page.example(value, media_type, &title);
        }
    }
}

/// The examples of a content; else the one that its schema gives.
fn own_or_schema_example<'d>(page: &Page<'d>, content: &Content<'d>) -> Vec<(&'d str, &'d Value)> {
    if !content.examples.is_empty() {
        return content.examples.clone();
    }
    let schema = content.schema.map(|schema| page.document().follow(schema));
    schema.and_then(example_of).map(|example| ("", example)).into_iter().collect()
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
