//! Schemas -> the values that are made for them, which a validator of others accepts.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::collections::BTreeMap;
use std::sync::Arc;

use super::values;
use crate::data::Value;
use crate::extract::api::Parsed;
use crate::extract::api::claim::About;
use crate::extract::api::direction::Direction;
use crate::extract::api::document::Document;
use crate::extract::api::fitting;
use crate::extract::api::literal::{Form, write};
use crate::extract::api::made;
use crate::source::{RepoPath, SourceFile};

/// What other schemas refer to.
const OTHERS: &str = r##"
    Tree: { type: object, required: [name], properties: { name: { type: string }, children: { type: array, items: { $ref: "#/components/schemas/Tree" } } } }
    Cat: { type: object, required: [kind, lives], properties: { kind: { type: string }, lives: { type: integer, minimum: 9 } } }
    Dog: { type: object, required: [kind, barks], properties: { kind: { type: string }, barks: { type: boolean } } }
    Pet: { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }], discriminator: { propertyName: kind, mapping: { cat: "#/components/schemas/Cat" } } }
    Static: { type: object, required: [kind], properties: { kind: { enum: [fixed] } } }
    Self: { allOf: [{ $ref: "#/components/schemas/Self" }] }
"##;

const JSON: Form<'static> = Form::LINE;

/// What `of` makes of a document in which a schema called `It` is `schema`; that schema; and the document, for a validator.
fn made_by(schema: &str, of: impl Fn(&Document<'_>) -> Option<Value>) -> (Option<String>, serde_json::Value) {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: a, version: '1' }}\ncomponents:\n  schemas:\n    It: {schema}\n{OTHERS}"
    );
    let file = Arc::new(SourceFile::new(RepoPath::new("a.yaml").unwrap(), text));
    let parsed = Arc::new(Parsed::of(&file));
    assert!(parsed.diagnostics.is_empty(), "{schema}: {:?}", parsed.diagnostics);
    let about = About {
        name: "a".to_owned(),
        others: Vec::new(),
        missing: BTreeMap::new(),
        try_it: true,
        is_generated: false,
        is_part: false,
        is_template: false,
    };
    let (files, scans) = ([file], [parsed]);
    let document = Document::new(&about, &files, &scans).unwrap();
    let whole = write(document.root, JSON, &mut 100_000);
    let found = of(&document).map(|value| write(&value, JSON, &mut 100_000));
    (found, serde_json::from_str(&whole).unwrap())
}

fn made(schema: &str, direction: Direction) -> (Option<String>, serde_json::Value) {
    let first = |document: &Document<'_>| {
        let found = values(document, &document.schemas[0].value, direction).next();
        found.map(|(value, _)| value)
    };
    made_by(schema, first)
}

/// Whether the schema called `It` of the document `whole` admits `found`.
fn is_valid(whole: &serde_json::Value, found: &str) -> bool {
    let judge = serde_json::json!({ "$ref": "#/components/schemas/It", "components": whole["components"] });
    let judge = jsonschema::draft202012::options().should_validate_formats(true).build(&judge).unwrap();
    judge.is_valid(&serde_json::from_str(found).unwrap())
}

#[test]
fn values_are_plain_and_valid() {
    let cases = [
        ("{ type: boolean }", Some("true")),
        ("{ type: [string, 'null'], format: date }", Some("\"2025-01-15\"")),
        ("{ enum: [b, a] }", Some("\"b\"")),
        ("{ type: integer, oneOf: [{ const: 4 }, { const: 5 }] }", Some("4")),
        ("{ oneOf: [{ type: 'null' }, { type: number, minimum: 0, maximum: 1 }] }", Some("0.5")),
        ("{ type: array, items: { type: integer }, minItems: 3, uniqueItems: true }", Some("[1, 2, 3]")),
        ("{ type: array, prefixItems: [{ const: a }, { type: boolean }], items: false }", Some("[\"a\", true]")),
        ("{ type: object, additionalProperties: { type: integer } }", Some("{\"key\": 1}")),
        (
            "{ type: object, properties: { a: { type: string, default: x }, b: { deprecated: true, type: string } } }",
            Some("{\"a\": \"x\"}"),
        ),
        (
            "{ allOf: [{ type: object, required: [a], properties: { a: { type: integer } } }, { properties: { b: { const: 2 } } }] }",
            Some("{\"a\": 1, \"b\": 2}"),
        ),
        (
            "{ allOf: [{ properties: { a: { type: object, properties: { at: { type: string, format: date } } } } }, { properties: { a: { type: object, properties: { at: { type: string }, b: { type: boolean } } } } }] }",
            Some("{\"a\": {\"at\": \"2025-01-15\", \"b\": true}}"),
        ),
        ("{ $ref: '#/components/schemas/Tree' }", Some("{\"name\": \"string\", \"children\": []}")),
        ("{ $ref: '#/components/schemas/Pet' }", Some("{\"kind\": \"cat\", \"lives\": 9}")),
        (
            "{ oneOf: [{ $ref: '#/components/schemas/Static' }], discriminator: { propertyName: kind } }",
            Some("{\"kind\": \"fixed\"}"),
        ),
        ("{ $ref: '#/components/schemas/Self' }", None),
        ("{ description: anything }", None),
    ];
    for (schema, expected) in cases {
        let (found, whole) = made(schema, Direction::Request);
        assert_eq!(found.as_deref(), expected, "{schema}");
        let Some(found) = found else { continue };
        assert!(is_valid(&whole, &found), "{schema}: {found}");
    }
}

#[test]
fn fields_go_one_way() {
    let schema = "{ type: object, properties: { id: { type: integer, readOnly: true }, secret: { type: string, writeOnly: true } } }";
    assert_eq!(made(schema, Direction::Request).0.as_deref(), Some("{\"secret\": \"string\"}"));
    assert_eq!(made(schema, Direction::Response).0.as_deref(), Some("{\"id\": 1}"));
}

/// A schema within `levels` objects, each of which has the next one in a field `in`.
fn within(levels: usize, rest: &str, innermost: &str) -> String {
    let open = format!("{{ type: object, {rest} properties: {{ in: ").repeat(levels);
    format!("{open}{innermost}{}", " } }".repeat(levels))
}

#[test]
fn what_a_bound_would_cut_is_left_out_or_not_shown() {
    let text = "{ type: string }";
    let needed = "required: [in],";
    let wide = |inner: &str| {
        let fields: Vec<String> = (0..20).map(|field| format!("f{field}: {inner}")).collect();
        format!("{{ type: object, required: [z], properties: {{ {}, z: {text} }} }}", fields.join(", "))
    };
    let cases = [
        (within(3, needed, text), Some("{\"in\": {\"in\": {\"in\": \"string\"}}}")),
        // Optional, and of nothing that could be told.
        (
            format!("{{ type: object, properties: {{ a: {text}, deep: {} }} }}", within(20, needed, text)),
            Some("{\"a\": \"string\"}"),
        ),
        (within(20, needed, text), None),
        (format!("{{ type: array, minItems: 1, items: {} }}", within(20, needed, text)), None),
        // More fields than are looked at; those of the innermost levels are left out first.
        (wide(&wide(&wide(text))), None),
    ];
    for (place, (schema, expected)) in cases.iter().enumerate() {
        let example = |document: &Document<'_>| made::example(document, &document.schemas[0].value, Direction::Request);
        let (found, whole) = made_by(schema, example);
        // The last is too long to be written down here.
        if place + 1 < cases.len() {
            assert_eq!(found.as_deref(), *expected, "{schema}");
        } else {
            assert!(found.is_some(), "{schema}");
        }
        assert!(found.is_none_or(|found| is_valid(&whole, &found)), "{schema}");
        let draft = |document: &Document<'_>| made::draft(document, &document.schemas[0].value, Direction::Request);
        assert!(made_by(schema, draft).0.is_some(), "{schema}");
    }
}

#[test]
fn what_a_schema_does_not_admit_is_not_shown() {
    let cases = [
        "{ type: string, maxLength: 2, default: abc }",
        "{ type: integer, enum: [5], minimum: 6 }",
        "{ type: number, exclusiveMaximum: 3, default: 3 }",
        "{ type: string, default: 5 }",
        "{ type: array, items: { type: boolean }, minItems: 7 }",
        "{ type: array, items: { type: boolean }, minItems: 2, uniqueItems: true }",
        "{ type: object, required: [a, b], properties: { a: { type: string } } }",
        "{ type: object, minProperties: 2, properties: { a: { type: string } } }",
        "{ type: object, additionalProperties: false, default: { a: 1 } }",
        "{ allOf: [{ type: object, required: [a], properties: { a: { type: string } } }, { properties: { a: { type: integer } } }] }",
        "{ const: { a: 1 }, enum: [{ a: 2 }] }",
    ];
    for schema in cases {
        let example = |document: &Document<'_>| made::example(document, &document.schemas[0].value, Direction::Request);
        assert_eq!(made_by(schema, example).0, None, "{schema}");
        let (draft, whole) = made(schema, Direction::Request);
        assert!(draft.is_some_and(|draft| !is_valid(&whole, &draft)), "{schema}");
    }
}

#[test]
fn nothing_is_made_from_an_example_that_is_wrong() {
    let schema = "{ type: object, properties: { id: { type: string, format: uuid, example: 5e1d }, n: { type: integer, example: 7 } } }";
    let example = |document: &Document<'_>| {
        assert_eq!(fitting::check(document).len(), 1);
        made::example(document, &document.schemas[0].value, Direction::Response)
    };
    let (found, whole) = made_by(schema, example);
    let found = found.unwrap();
    assert!(found.contains("\"n\": 7") && !found.contains("5e1d") && is_valid(&whole, &found), "{found}");
}
