//! Texts and numbers that fit what a schema asks of them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use regex_syntax::hir::{Class, Hir, HirKind};

use crate::data::{Data, Value};

/// A text for each `format` that readers meet, of JSON Schema, OpenAPI's registry and common use.
const FORMATS: &[(&str, &str)] = &[
    ("date-time", "2025-01-15T09:30:00Z"),
    ("date", "2025-01-15"),
    ("time", "09:30:00Z"),
    ("duration", "PT30M"),
    ("uuid", "3fa85f64-5717-4562-b3fc-2c963f66afa6"),
    ("email", "user@example.com"),
    ("idn-email", "user@example.com"),
    ("uri", "https://example.com/path"),
    ("url", "https://example.com/path"),
    ("iri", "https://example.com/path"),
    ("uri-reference", "/path"),
    ("iri-reference", "/path"),
    ("uri-template", "/path/{id}"),
    ("hostname", "example.com"),
    ("idn-hostname", "example.com"),
    ("ipv4", "192.0.2.1"),
    ("ipv6", "2001:db8::1"),
    ("ip", "192.0.2.1"),
    ("byte", "c3RyaW5n"),
    ("base64", "c3RyaW5n"),
    ("password", "correct horse battery staple"),
    ("json-pointer", "/path"),
    ("relative-json-pointer", "0/path"),
    ("regex", "^[a-z]+$"),
    ("phone", "+15555550100"),
    ("decimal", "1.00"),
    ("int64", "1"),
];

/// What is written where nothing is asked of a text.
pub(super) const ANY_TEXT: &str = "string";

/// Longer texts are not made, whatever `minLength` asks for.
const LONGEST: usize = 256;

/// What texts were found for patterns of so many characters at least.
pub(in crate::extract::api) type Patterns = RefCell<HashMap<(String, usize), Option<String>>>;

/// A text that fits.
pub(super) fn string(schema: &Value, patterns: &Patterns) -> String {
    let length =
        |key: &str| schema.get(key).and_then(Value::as_integer).and_then(|length| usize::try_from(length).ok());
    let (least, most) = (length("minLength").unwrap_or(0).min(LONGEST), length("maxLength").unwrap_or(LONGEST));
    if let Some(text) =
        schema.get("pattern").and_then(Value::as_str).and_then(|pattern| known(pattern, least, patterns))
    {
        return text;
    }
    let format = schema.get("format").and_then(Value::as_str);
    if let Some((_, text)) = FORMATS.iter().find(|(name, _)| Some(*name) == format) {
        return (*text).to_owned();
    }
    let text: String = ANY_TEXT.chars().cycle().take(least.max(ANY_TEXT.len())).collect();
    text.chars().take(most).collect()
}

fn known(pattern: &str, least: usize, patterns: &Patterns) -> Option<String> {
    let make = || of_pattern(pattern, least);
    patterns.borrow_mut().entry((pattern.to_owned(), least)).or_insert_with(make).clone()
}

/// The shortest text that `pattern` fits, or one that is as long as `least`, as far as that is easily found.
fn of_pattern(pattern: &str, least: usize) -> Option<String> {
    // ECMAScript's names for what Rust's patterns call otherwise.
    let hir = regex_syntax::parse(&pattern.replace("\\/", "/")).ok()?;
    let mut text = String::new();
    write(&hir, least, &mut text);
    let fits = regex::Regex::new(pattern).ok()?.is_match(&text);
    (fits && text.chars().count() <= LONGEST).then_some(text)
}

/// Calls itself for what a pattern is put together from; the parser bounds how deep that is.
fn write(hir: &Hir, least: usize, text: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(one_of(class)),
        HirKind::Repetition(repetition) => {
            // The part that may be long makes up for what is missing.
            let missing = least.saturating_sub(text.chars().count());
            let most = repetition.max.map_or(LONGEST, |most| usize::try_from(most).unwrap_or(LONGEST));
            let count = usize::try_from(repetition.min).unwrap_or(LONGEST).max(missing.min(most)).min(LONGEST);
            for _ in 0..count {
                if text.len() > LONGEST {
                    break;
                }
                write(&repetition.sub, 0, text);
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, least, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, least, text)),
        HirKind::Alternation(parts) => parts.iter().take(1).for_each(|part| write(part, least, text)),
    }
}

/// A character of a class, a letter or digit if there is one.
fn one_of(class: &Class) -> Option<char> {
    let wanted = |found: &char| found.is_ascii_alphanumeric();
    match class {
        Class::Unicode(class) => {
            let has = |found: &char| class.iter().any(|range| (range.start()..=range.end()).contains(found));
            ('a'..='z')
                .chain('A'..='Z')
                .chain('0'..='9')
                .find(has)
                .or_else(|| class.iter().next().map(|range| range.start()))
        }
        Class::Bytes(class) => {
            let mut all = class.iter().flat_map(|range| range.start()..=range.end()).map(char::from);
            all.find(wanted).or_else(|| class.iter().next().map(|range| char::from(range.start())))
        }
    }
}

/// A whole number that fits.
pub(super) fn whole(schema: &Value) -> i64 {
    let limit = |key: &str| schema.get(key).and_then(number_of);
    let is_open = |key: &str| schema.get(key).and_then(Value::as_bool) == Some(true);
    let above = limit("exclusiveMinimum").or_else(|| limit("minimum").filter(|_| is_open("exclusiveMinimum")));
    let below = limit("exclusiveMaximum").or_else(|| limit("maximum").filter(|_| is_open("exclusiveMaximum")));
    let least = above.map(|above| above.floor() + 1.0).or_else(|| limit("minimum").map(f64::ceil));
    let most = below.map(|below| below.ceil() - 1.0).or_else(|| limit("maximum").map(f64::floor));
    let mut found = 1.0_f64.max(least.unwrap_or(f64::MIN)).min(most.unwrap_or(f64::MAX));
    if let Some(step) = limit("multipleOf").filter(|step| *step >= 1.0) {
        found = (found / step).ceil() * step;
        if most.is_some_and(|most| found > most) {
            found -= step;
        }
    }
    #[allow(clippy::cast_possible_truncation, reason = "a cast keeps within what fits")]
    let whole = found as i64;
    whole
}

/// A number that fits.
pub(super) fn number(schema: &Value) -> Value {
    let limit = |key: &str| schema.get(key).and_then(number_of);
    let least = limit("minimum").or_else(|| limit("exclusiveMinimum"));
    let most = limit("maximum").or_else(|| limit("exclusiveMaximum"));
    let narrow = match (least, most) {
        (Some(least), Some(most)) if most - least < 2.0 => Some(f64::midpoint(least, most)),
        _ => None,
    };
    let data = match narrow {
        Some(middle) => Data::Number(Arc::from(middle.to_string())),
        None => Data::Integer(whole(schema)),
    };
    Value { data, span: schema.span }
}

pub(super) fn number_of(value: &Value) -> Option<f64> {
    match &value.data {
        Data::Integer(_) | Data::Number(_) => value.to_text()?.parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{Patterns, number, string, whole};
    use crate::data::{Value, read_yaml};
    use crate::source::{RepoPath, SourceFile};

    fn schema(text: &str) -> Value {
        let file = SourceFile::new(RepoPath::new("a.yaml").unwrap(), text.to_owned());
        read_yaml(&file, 0..text.len()).0.remove(0)
    }

    #[test]
    fn texts() {
        let cases = [
            ("{}", "string"),
            ("{format: date}", "2025-01-15"),
            ("{minLength: 8}", "stringst"),
            ("{maxLength: 3}", "str"),
            ("{pattern: '^[A-Z]{2}-\\d{3,}$'}", "AA-000"),
            ("{pattern: '^(cat|dog)s?$'}", "cat"),
            ("{pattern: '^[a-z]*$', minLength: 4}", "aaaa"),
            ("{pattern: '(?!a)b'}", "string"),
            ("{pattern: '^\\+?[1-9]\\d{1,14}$'}", "10"),
        ];
        for (text, expected) in cases {
            assert_eq!(string(&schema(text), &Patterns::default()), expected, "{text}");
        }
    }

    #[test]
    fn numbers() {
        let cases = [
            ("{}", 1, "1"),
            ("{minimum: 5}", 5, "5"),
            ("{maximum: 0}", 0, "0"),
            ("{exclusiveMinimum: 5}", 6, "6"),
            ("{minimum: 5, exclusiveMinimum: true}", 6, "6"),
            ("{maximum: 3, exclusiveMaximum: true, minimum: 2}", 2, "2.5"),
            ("{multipleOf: 7}", 7, "7"),
            ("{multipleOf: 10, minimum: 15, maximum: 39}", 20, "20"),
            ("{minimum: 0, maximum: 1}", 1, "0.5"),
            ("{minimum: 1e400}", 1, "1"),
        ];
        for (text, expected, as_number) in cases {
            let schema = schema(text);
            assert_eq!(
                (whole(&schema), number(&schema).to_text().unwrap()),
                (expected, as_number.to_owned()),
                "{text}"
            );
        }
    }
}
