//! Examples that a specification gives and that do not match their schemas.
//!
//! Each is judged by the `jsonschema` crate against what its schema says about it (`translate`): references are followed
//! as far as the example reaches, so that a schema that contains itself, or very much, costs no more than the example.
//! In doubt an example is left alone: where a part of its schema cannot be read, where it may be meant as it is sent, and
//! for fields that only go the other way. Of `oneOf` one alternative must match; that several do is the schema's affair.

mod gather;
mod translate;
mod words;

use jsonschema::{Draft, PatternOptions, Validator};
use serde_json::Value as Json;

use super::document::{Document, reference_of};
use super::literal::cost;
use super::shape::types;
use crate::data::{Data, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

use gather::{Case, Sent};

/// A specification whose examples are old throughout says so this often.
const MOST_FINDINGS: usize = 100;

/// How many faults of one example are told.
const MOST_FAULTS: usize = 3;

/// How much the validator may say about one example.
const MOST_ERRORS: usize = 30;

/// Larger examples are not judged, in values.
const MOST_VALUES: usize = 20_000;

/// The size of a pattern, compiled, in bytes.
const LARGEST_PATTERN: usize = 1 << 20;

/// Judges every example in `document`.
pub(super) fn check(document: &Document<'_>) -> Diagnostics {
    let mut found = Diagnostics::new();
    // Aliases can make a small file stand for very many examples.
    let mut values_left = 50_000 + document.length() / 4;
    let mut steps_left = 100_000 + document.length() / 2;
    for case in gather::cases(document) {
        let size = cost(case.example, MOST_VALUES);
        if found.len() >= MOST_FINDINGS || size > values_left || steps_left == 0 {
            break;
        }
        values_left -= size;
        if size < MOST_VALUES && !matches_plainly(document, &case) && !refers(case.example) {
            judge(document, &case, &mut steps_left, &mut found);
        }
    }
    found
}

fn judge(document: &Document<'_>, case: &Case<'_>, steps_left: &mut usize, found: &mut Diagnostics) {
    let example = translate::json(case.example);
    let schema = translate::schema_for(document, case, &[case.example], steps_left);
    let Some(mut faults) = faults(&schema, &example) else { return };
    if case.is_form {
        faults.retain(|(fault, _)| !fault.is_of_text);
    }
    if faults.is_empty() || matches_as_sent(document, case, steps_left) {
        return;
    }
    document.made.distrust(case.example);
    for (fault, path) in faults.into_iter().take(MOST_FAULTS) {
        let place = place(case, &path);
        let message = format!("the example does not match its schema: {}", fault.message());
        let schema = case.schema.entries().first().map_or(case.schema.span, |first| first.key_span);
        let finding = Diagnostic::new(Code::ExampleDoesNotMatchSchema, message, place).related(schema, "its schema");
        found.push(finding.hint(fault.hint));
    }
}

/// Whether `example` has references in it: no specification follows them there, and programs that put it together do.
fn refers(example: &Value) -> bool {
    let mut waiting = vec![example];
    std::iter::from_fn(|| {
        let value = waiting.pop()?;
        waiting.extend(value.items());
        waiting.extend(value.entries().iter().map(|entry| &entry.value));
        Some(value)
    })
    .any(|value| reference_of(value).is_some())
}

/// Whether a schema says no more than a type, which its example has: so it is with most fields.
fn matches_plainly(document: &Document<'_>, case: &Case<'_>) -> bool {
    let schema = if case.schema.entries().len() > 1 { case.schema } else { document.follow(case.schema) };
    let says_more = |key: &str| {
        !matches!(
            key,
            "type" | "title" | "description" | "example" | "examples" | "default" | "nullable" | "deprecated"
        ) && !matches!(key, "readOnly" | "writeOnly" | "externalDocs" | "xml")
            && !key.starts_with("x-")
    };
    let kind = match &case.example.data {
        Data::Bool(_) => "boolean",
        Data::Integer(_) => "integer",
        Data::String(_) => "string",
        _ => return false,
    };
    types(schema) == [kind] && !schema.entries().iter().any(|entry| says_more(&entry.key))
}

/// Whether an example that is a text is right as it is sent: `'5'` for a number in an address, `'a,b'` for a list, JSON in
/// quotes.
fn matches_as_sent(document: &Document<'_>, case: &Case<'_>, steps_left: &mut usize) -> bool {
    let (Some(sent_as), Data::String(text)) = (case.sent_as, &case.example.data) else { return false };
    let wanted = types(document.follow(case.schema));
    if sent_as == Sent::Parameter && (wanted.contains(&"array") || wanted.contains(&"object")) {
        return true;
    }
    let Some(read) = gather::read(text) else { return false };
    let schema = translate::schema_for(document, case, &[&read], steps_left);
    faults(&schema, &translate::json(&read)).is_none_or(|faults| faults.is_empty())
}

/// What is wrong with `example`, each with the way to it; `None` when the schema cannot be read.
fn faults(schema: &Json, example: &Json) -> Option<Vec<(words::Fault, Vec<Step>)>> {
    let validator = validator(schema)?;
    let mut faults: Vec<(words::Fault, Vec<Step>)> = Vec::new();
    for error in validator.iter_errors(example).take(MOST_ERRORS) {
        let Some((mut fault, path)) = words::fault(&error) else { continue };
        let known = faults.iter_mut().find(|(_, known)| *known == path);
        if !known.is_some_and(|(known, _)| known.takes_in(&mut fault)) {
            faults.push((fault, path));
        }
    }
    Some(faults)
}

fn validator(schema: &Json) -> Option<Validator> {
    let patterns = PatternOptions::regex().size_limit(LARGEST_PATTERN).dfa_size_limit(LARGEST_PATTERN);
    let options = jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true);
    options.with_pattern_options(patterns).build(schema).ok()
}

/// A step into a value.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

/// Where what `path` leads to is written: itself when that is short, else its name.
fn place(case: &Case<'_>, path: &[Step]) -> Span {
    let mut value = case.example;
    let mut place = case.place;
    for step in path {
        match step {
            Step::Key(key) => {
                let Some(entry) = value.entry(key) else { break };
                (value, place) = (&entry.value, entry.key_span);
            }
            Step::Index(index) => {
                let Some(item) = value.items().get(*index) else { break };
                value = item;
                place = item.entries().first().map_or(item.span, |first| first.key_span);
            }
        }
    }
    let is_scalar = !matches!(value.data, Data::List(_) | Data::Map(_));
    if is_scalar && !is_empty(value) { value.span } else { place }
}

fn is_empty(value: &Value) -> bool {
    value.span.start >= value.span.end
}
