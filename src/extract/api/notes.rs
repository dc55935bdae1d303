//! What a schema says of its values beside their type, in words: limits, defaults, values that are listed.

use super::call::place;
use super::carried::{Writing, writing};
use super::example::inline;
use super::shape::types;
use crate::data::{Data, Value};
use crate::graph::{Field, Prose};

/// Constraints that a schema can state, with what readers call them.
const NOTES: &[(&str, &str)] = &[
    ("const", "always"),
    ("default", "default"),
    ("minimum", "at least"),
    ("maximum", "at most"),
    ("exclusiveMinimum", "more than"),
    ("exclusiveMaximum", "less than"),
    ("multipleOf", "multiple of"),
    ("minLength", "shortest"),
    ("maxLength", "longest"),
    ("minItems", "fewest items"),
    ("maxItems", "most items"),
    ("minProperties", "fewest fields"),
    ("maxProperties", "most fields"),
    ("minContains", "fewest that fit"),
    ("maxContains", "most that fit"),
    ("pattern", "pattern"),
    ("contentMediaType", "media type"),
    ("contentEncoding", "encoding"),
    ("example", "example"),
];

/// How many examples stand in a line.
const MOST_EXAMPLES: usize = 3;

/// How many values of an enumeration are shown.
const MOST_VALUES: usize = 60;

/// The constraints that `value` states.
pub(super) fn notes(value: &Value) -> Vec<(String, String)> {
    let mut notes = Vec::new();
    notes.extend(match (value.get("enum"), value.get("items")) {
        // The values of a list of constants.
        (None, Some(items)) => enumeration(items),
        _ => enumeration(value),
    });
    for (key, words) in NOTES {
        let Some(stated) = value.get(key) else { continue };
        match (*key, &stated.data) {
            // Up to OpenAPI 3.0 this says that the bound beside it is excluded.
            ("exclusiveMinimum" | "exclusiveMaximum", Data::Bool(excluded)) => {
                let beside = if *key == "exclusiveMinimum" { "at least" } else { "at most" };
                if let Some(note) = notes.iter_mut().find(|(words, _)| *excluded && words == beside) {
                    note.0 = (*words).to_owned();
                }
            }
            _ => notes.push(((*words).to_owned(), inline(stated))),
        }
    }
    notes.extend(needed(value));
    let closed = ["additionalProperties", "unevaluatedProperties"].iter().any(|key| is_false(value.get(key)));
    if closed {
        notes.push(("other fields".to_owned(), "none".to_owned()));
    }
    if is_false(value.get("items")) || is_false(value.get("unevaluatedItems")) {
        notes.push(("other items".to_owned(), "none".to_owned()));
    }
    notes.extend(xml(value));
    if let Some(name) = value.get("discriminator").and_then(|told| told.get("propertyName").unwrap_or(told).as_str()) {
        notes.push(("told apart by".to_owned(), name.to_owned()));
    }
    if value.get("uniqueItems").and_then(Value::as_bool) == Some(true) {
        notes.push(("items".to_owned(), "unique".to_owned()));
    }
    if value.get("example").is_none() {
        let examples = value.get("examples").map_or(&[][..], Value::items);
        let examples: Vec<String> = examples.iter().take(MOST_EXAMPLES).map(inline).collect();
        if !examples.is_empty() {
            notes.push(("example".to_owned(), examples.join(", ")));
        }
    }
    notes
}

/// The fields that a condition asks for, which others describe.
fn needed(value: &Value) -> Option<(String, String)> {
    let described = ["properties", "allOf", "oneOf", "anyOf", "$ref"];
    let names = value.get("required").filter(|_| described.iter().all(|key| value.get(key).is_none()))?;
    let names: Vec<&str> = names.items().iter().filter_map(Value::as_str).take(MOST_VALUES).collect();
    (!names.is_empty()).then(|| ("needs".to_owned(), names.join(", ")))
}

fn is_false(value: Option<&Value>) -> bool {
    value.and_then(Value::as_bool) == Some(false)
}

/// How a value is written in XML, where a schema says so.
fn xml(value: &Value) -> Option<(String, String)> {
    let xml = value.get("xml")?;
    let text = |key: &str| xml.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let says = |key: &str| xml.get(key).and_then(Value::as_bool) == Some(true);
    let kind = text("nodeType").unwrap_or(if says("attribute") { "attribute" } else { "element" });
    let prefix = text("prefix").map(|prefix| format!("{prefix}:")).unwrap_or_default();
    let mut words = kind.to_owned();
    if let Some(name) = text("name") {
        words.push_str(&format!(" {prefix}{name}"));
    }
    if let Some(namespace) = text("namespace") {
        words.push_str(&format!(" of {namespace}"));
    }
    if says("wrapped") {
        words.push_str(", wrapped in another");
    }
    Some(("XML".to_owned(), words))
}

/// The values of an enumeration as rows, where something is said about them: by `x-enum-descriptions` and the like, or, as
/// JSON Schema has it, by alternatives that are constants with titles.
pub(super) fn described_values(value: &Value) -> Vec<Field> {
    let values = value.get("enum").map_or(&[][..], Value::items);
    let row = |(index, constant): (usize, &Value)| {
        let words = said_of(value, index, constant);
        Field { name: inline(constant), description: Prose::text(&words.join(": ")), ..Field::default() }
    };
    let rows: Vec<Field> = values.iter().take(MOST_VALUES).enumerate().map(row).collect();
    if rows.iter().all(|row| row.description.is_empty()) { Vec::new() } else { rows }
}

/// The name and the description that extensions give the constant at `index`.
fn said_of<'v>(schema: &'v Value, index: usize, constant: &Value) -> Vec<&'v str> {
    let key = constant.to_text().unwrap_or_default();
    let of = |key_of_all: &str| {
        let all = schema.get(key_of_all)?;
        all.items().get(index).or_else(|| all.get(&key)).and_then(Value::as_str).map(str::trim)
    };
    let microsoft = schema.get("x-ms-enum").and_then(|all| all.get("values")?.items().get(index));
    let name = of("x-enum-varnames").or_else(|| of("x-enumNames"));
    let words = of("x-enum-descriptions").or_else(|| of("x-enumDescriptions"));
    let words = words.or_else(|| microsoft?.get("description")?.as_str());
    [name, words].into_iter().flatten().filter(|text| !text.is_empty() && *text != key).collect()
}

/// The constant that a schema is, where it is one and no more.
pub(super) fn constant(value: &Value) -> Option<&Value> {
    let only = |values: &'_ Value| values.items().len() == 1;
    value.get("const").or_else(|| value.get("enum").filter(|values| only(values))?.items().first())
}

/// How a parameter or header is written where it has several parts.
pub(super) fn written(name: &str, parameter: &Value, schema: &Value) -> Option<(String, String)> {
    let place = match place(parameter) {
        "" => "header",
        place => place,
    };
    let Writing { style, explode } = writing(parameter, place);
    let kinds = types(schema);
    let (is_list, is_object) = (kinds.contains(&"array"), kinds.contains(&"object"));
    if !is_list && !is_object {
        return None;
    }
    let written = match (style, explode) {
        ("form", true) if is_list => format!("{name}=a&{name}=b"),
        ("form", false) if is_list => format!("{name}=a,b"),
        ("form", true) => "key=value&other=value".to_owned(),
        ("form", false) => format!("{name}=key,value,other,value"),
        ("cookie", true) if is_list => format!("{name}=a; {name}=b"),
        ("cookie", true) => "key=value; other=value".to_owned(),
        ("spaceDelimited", false) => format!("{name}=a%20b"),
        ("tabDelimited", false) => format!("{name}=a%09b"),
        ("pipeDelimited", false) => format!("{name}=a|b"),
        ("deepObject", _) => format!("{name}[key]=value&{name}[other]=value"),
        ("simple", true) if is_object => "key=value,other=value".to_owned(),
        ("simple", _) if is_object => "key,value,other,value".to_owned(),
        ("simple", _) => "a,b".to_owned(),
        ("label", true) if is_object => ".key=value.other=value".to_owned(),
        ("label", true) => ".a.b".to_owned(),
        ("label", false) => ".a,b".to_owned(),
        ("matrix", true) if is_object => ";key=value;other=value".to_owned(),
        ("matrix", true) => format!(";{name}=a;{name}=b"),
        ("matrix", false) => format!(";{name}=a,b"),
        _ => return None,
    };
    Some(("written as".to_owned(), written))
}

/// What else the writer of a parameter must know.
pub(super) fn may_hold(parameter: &Value) -> Vec<(String, String)> {
    let says = |key: &str| parameter.get(key).and_then(Value::as_bool) == Some(true);
    let mut notes = Vec::new();
    if says("allowReserved") {
        notes.push(("not encoded".to_owned(), ":/?#[]@!$&'()*+,;=".to_owned()));
    }
    if says("allowEmptyValue") {
        notes.push(("may be".to_owned(), "empty".to_owned()));
    }
    notes
}

fn enumeration(value: &Value) -> Option<(String, String)> {
    let values = value.get("enum")?.items();
    let mut shown: Vec<String> = values.iter().take(MOST_VALUES).map(inline).collect();
    if values.len() > MOST_VALUES {
        shown.push(format!("and {} more", values.len() - MOST_VALUES));
    }
    (!shown.is_empty()).then(|| ("one of".to_owned(), shown.join(", ")))
}
