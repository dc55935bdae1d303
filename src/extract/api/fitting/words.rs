//! What the validator says -> words for those who write examples.

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::paths::LocationSegment;
use jsonschema::{JsonType, ValidationError};
use serde_json::Value as Json;

use super::Step;

/// What is wrong with an example.
pub(super) struct Fault {
    /// What it is wrong with: "it", or the way to it.
    what: String,
    /// What is wrong.
    says: String,
    /// What is missing, for one that is told together with others.
    lacks: Vec<String>,
    /// What to do; empty where that is plain.
    pub(super) hint: &'static str,
    /// Whether it would be right for a text that means something else where it is sent.
    pub(super) is_of_text: bool,
}

impl Fault {
    /// All of it in words.
    pub(super) fn message(&self) -> String {
        let names: Vec<String> = self.lacks.iter().take(MOST_VALUES).map(|name| format!("`{name}`")).collect();
        match names.as_slice() {
            [] => format!("{} {}", self.what, self.says),
            [one] => format!("{} lacks {one}, which is required", self.what),
            several => format!("{} lacks {}, which are required", self.what, several.join(", ")),
        }
    }

    /// Takes `other`, which is about the same value, in, if they can be told as one.
    pub(super) fn takes_in(&mut self, other: &mut Fault) -> bool {
        let is_like = !self.lacks.is_empty() && !other.lacks.is_empty();
        if is_like {
            let new = other.lacks.drain(..).filter(|name| !self.lacks.contains(name));
            let new: Vec<String> = new.collect();
            self.lacks.extend(new);
        }
        is_like
    }
}

/// Longer values are cut, in characters.
const LONGEST: usize = 60;

/// So many values of an enumeration are named.
const MOST_VALUES: usize = 8;

/// Alternatives of alternatives are looked into this deep.
const DEEPEST: usize = 8;

/// `error` in words, with the way to what is wrong. `None` for what says nothing about the example.
pub(super) fn fault(error: &ValidationError<'_>) -> Option<(Fault, Vec<Step>)> {
    told(error, 0)
}

fn told(error: &ValidationError<'_>, depth: usize) -> Option<(Fault, Vec<Step>)> {
    if let Kind::AnyOf { context } | Kind::OneOfNotValid { context } = error.kind()
        && depth < DEEPEST
        && let Some(only) = only_alternative(context)
    {
        return told(only, depth + 1);
    }
    let path: Vec<Step> = error
        .instance_path()
        .iter()
        .map(|segment| match segment {
            LocationSegment::Property(name) => Step::Key(name.into_owned()),
            LocationSegment::Index(index) => Step::Index(index),
        })
        .collect();
    let what = match path.as_slice() {
        [] => "it".to_owned(),
        path => format!("`{}`", way(path)),
    };
    let is_of_text = matches!(error.kind(), Kind::Type { .. }) && error.instance().is_string();
    let lacks = match error.kind() {
        Kind::Required { property } => vec![property.as_str()?.to_owned()],
        _ => Vec::new(),
    };
    let (says, hint) = says(error)?;
    Some((Fault { what, says, lacks, hint, is_of_text }, path))
}

/// The first fault by the one alternative that comes into question: the others are of another type altogether, or say of
/// themselves that they are another kind (`type: message`).
fn only_alternative<'e>(context: &'e [Vec<ValidationError<'static>>]) -> Option<&'e ValidationError<'static>> {
    let depth = |error: &ValidationError<'_>| error.instance_path().iter().count();
    let top = context.iter().flatten().map(depth).min()?;
    let is_other = |error: &ValidationError<'_>| match error.kind() {
        Kind::Type { .. } => depth(error) == top,
        Kind::Constant { .. } | Kind::Enum { .. } => depth(error) <= top + 1,
        _ => false,
    };
    let mut fitting = context.iter().filter(|errors| context.len() == 1 || !errors.iter().any(is_other));
    let first = fitting.next()?;
    if fitting.next().is_some() { None } else { first.first() }
}

/// What an error says about the value, and what to do.
fn says(error: &ValidationError<'_>) -> Option<(String, &'static str)> {
    let value = shown(error.instance());
    let plain = |words: String| Some((words, ""));
    match error.kind() {
        Kind::Type { kind } => {
            let types = match kind {
                TypeKind::Single(one) => article(*one).to_owned(),
                TypeKind::Multiple(several) => several.iter().map(article).collect::<Vec<_>>().join(" or "),
            };
            let is_text_wanted = matches!(kind, TypeKind::Single(JsonType::String));
            let hint = match error.instance() {
                value if is_text_wanted && (value.is_number() || value.is_boolean()) => "write it in quotes",
                value if value.as_str().is_some_and(|text| serde_json::from_str::<Json>(text).is_ok()) => {
                    "write it without quotes"
                }
                value if value.is_null() => "say that it may be null, or leave it out of the example",
                _ => "",
            };
            Some((format!("must be {types}, but it is {}", form(error.instance())), hint))
        }
        Kind::Required { property } => plain(format!("lacks `{}`", property.as_str()?)),
        Kind::Enum { options } => {
            let all = options.as_array()?;
            let mut names: Vec<String> = all.iter().take(MOST_VALUES).map(shown).collect();
            if all.len() > MOST_VALUES {
                names.push(format!("{} others", all.len() - MOST_VALUES));
            }
            plain(format!("must be one of {}, but it is {value}", names.join(", ")))
        }
        Kind::Constant { expected_value } => plain(format!("must be {}, but it is {value}", shown(expected_value))),
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            let names: Vec<String> = unexpected.iter().take(MOST_VALUES).map(|name| format!("`{name}`")).collect();
            plain(format!("has {}, which the schema does not allow", names.join(", ")))
        }
        Kind::AdditionalItems { .. } | Kind::UnevaluatedItems { .. } => {
            plain("has more items than the schema allows".to_owned())
        }
        Kind::AnyOf { .. } | Kind::OneOfNotValid { .. } => plain("matches none of the alternatives".to_owned()),
        Kind::Contains => plain("has too few or too many items of the kind that it must contain".to_owned()),
        Kind::ExclusiveMaximum { limit } => plain(format!("must be less than {limit}, but it is {value}")),
        Kind::ExclusiveMinimum { limit } => plain(format!("must be more than {limit}, but it is {value}")),
        Kind::Maximum { limit } => plain(format!("must be at most {limit}, but it is {value}")),
        Kind::Minimum { limit } => plain(format!("must be at least {limit}, but it is {value}")),
        Kind::MultipleOf { multiple_of } => plain(format!("must be a multiple of {multiple_of}, but it is {value}")),
        Kind::MaxLength { limit } => plain(format!("must have at most {limit} characters, but it is {value}")),
        Kind::MinLength { limit } => plain(format!("must have at least {limit} characters, but it is {value}")),
        Kind::MaxItems { limit } => plain(format!("must have at most {limit} items")),
        Kind::MinItems { limit } => plain(format!("must have at least {limit} items")),
        Kind::MaxProperties { limit } => plain(format!("must have at most {limit} fields")),
        Kind::MinProperties { limit } => plain(format!("must have at least {limit} fields")),
        Kind::Pattern { pattern } => plain(format!("must match `{pattern}`, but it is {value}")),
        Kind::Format { format } => plain(format!("must be a {format}, but it is {value}")),
        Kind::UniqueItems => plain("has an item twice".to_owned()),
        Kind::FalseSchema => plain("is not allowed".to_owned()),
        Kind::Not { .. } => plain("is what the schema rules out".to_owned()),
        Kind::PropertyNames { error } => plain(format!("has a name that {}", says(error)?.0)),
        _ => None,
    }
}

fn article(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Array => "a list",
        JsonType::Boolean => "true or false",
        JsonType::Integer => "a whole number",
        JsonType::Null => "null",
        JsonType::Number => "a number",
        JsonType::Object => "an object",
        JsonType::String => "text",
    }
}

fn form(value: &Json) -> String {
    match value {
        Json::Null => "null".to_owned(),
        Json::Bool(_) | Json::Number(_) => shown(value),
        Json::String(_) => "text".to_owned(),
        Json::Array(_) => "a list".to_owned(),
        Json::Object(_) => "an object".to_owned(),
    }
}

/// `value` as code, in a line.
fn shown(value: &Json) -> String {
    let text = match value {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", &line[..end]),
        None if line.is_empty() => "empty".to_owned(),
        None => format!("`{line}`"),
    }
}

/// `lines[0].count`.
fn way(path: &[Step]) -> String {
    let mut way = String::new();
    for step in path {
        match step {
            Step::Key(key) if way.is_empty() => way.push_str(key),
            Step::Key(key) => way.extend([".", key]),
            Step::Index(index) => way.push_str(&format!("[{index}]")),
        }
    }
    way
}
