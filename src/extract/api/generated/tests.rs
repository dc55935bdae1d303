//! Schemas -> the values that are made for them, which a validator of others accepts.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Direction, values};
use crate::extract::api::Parsed;
use crate::extract::api::claim::About;
use crate::extract::api::document::Document;
use crate::extract::api::literal::{Form, Language, write};
use crate::source::{RepoPath, SourceFile};

/// What other schemas refer to.
const OTHERS: &str = r##"
    Tree: { type: object, required: [name], properties: { name: { type: string }, children: { type: array, items: { $ref: "#/components/schemas/Tree" } } } }
    Cat: { type: object, required: [kind, lives], properties: { kind: { type: string }, lives: { type: integer, minimum: 9 } } }
    Dog: { type: object, required: [kind, barks], properties: { kind: { type: string }, barks: { type: boolean } } }
    Pet: { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }], discriminator: { propertyName: kind, mapping: { cat: "#/components/schemas/Cat" } } }
    Self: { allOf: [{ $ref: "#/components/schemas/Self" }] }
"##;

fn made(schema: &str, direction: Direction) -> (Option<String>, serde_json::Value) {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: a, version: '1' }}\ncomponents:\n  schemas:\n    It: {schema}\n{OTHERS}"
    );
    let file = Arc::new(SourceFile::new(RepoPath::new("a.yaml").unwrap(), text));
    let parsed = Arc::new(Parsed::of(&file));
    assert!(parsed.diagnostics.is_empty(), "{schema}: {:?}", parsed.diagnostics);
    let about = About { name: "a".to_owned(), others: Vec::new(), missing: BTreeMap::new(), try_it: true };
    let (files, scans) = ([file], [parsed]);
    let document = Document::new(&about, &files, &scans).unwrap();
    let json = Form { language: Language::Json, indent: None, marks: false };
    let whole = write(document.root, json, &mut 10_000);
    let found = values(&document, &document.schemas[0].value, direction).next().map(|(value, _)| value);
    (found.map(|value| write(&value, json, &mut 10_000)), serde_json::from_str(&whole).unwrap())
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
        ("{ $ref: '#/components/schemas/Tree' }", Some("{\"name\": \"string\", \"children\": []}")),
        ("{ $ref: '#/components/schemas/Pet' }", Some("{\"kind\": \"cat\", \"lives\": 9}")),
        ("{ $ref: '#/components/schemas/Self' }", None),
        ("{ description: anything }", None),
    ];
    for (schema, expected) in cases {
        let (found, whole) = made(schema, Direction::Request);
        assert_eq!(found.as_deref(), expected, "{schema}");
        let Some(found) = found else { continue };
        let judge = serde_json::json!({ "$ref": "#/components/schemas/It", "components": whole["components"] });
        let judge = jsonschema::draft202012::new(&judge).unwrap();
        let found: serde_json::Value = serde_json::from_str(&found).unwrap();
        assert!(judge.is_valid(&found), "{schema}: {found}");
    }
}

#[test]
fn fields_go_one_way() {
    let schema = "{ type: object, properties: { id: { type: integer, readOnly: true }, secret: { type: string, writeOnly: true } } }";
    assert_eq!(made(schema, Direction::Request).0.as_deref(), Some("{\"secret\": \"string\"}"));
    assert_eq!(made(schema, Direction::Response).0.as_deref(), Some("{\"id\": 1}"));
}
