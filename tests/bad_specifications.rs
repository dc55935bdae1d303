//! Specifications that nobody should write: each is reported at its place, costs nothing but itself, and nothing in it runs.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

#[path = "sandbox/mod.rs"]
mod sandbox;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use sandbox::Sandbox;

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\n";
const JSON: &str = r#"{"openapi": "3.0.3", "info": {"title": "Shop", "version": "1"}, "paths": "#;

/// A sound specification that stands beside the bad one.
const SOUND: &str = "openapi: 3.1.0\ninfo: {title: Sound, version: '1'}\npaths: {/sound: {get: {responses: {}}}}\n";

/// A name, a file, what is in it, and what is reported: code, line and column.
type Case = (&'static str, &'static str, Vec<u8>, &'static [&'static str]);

fn yaml(name: &'static str, rest: &str, findings: &'static [&'static str]) -> Case {
    (name, "shop.yaml", format!("{HEAD}{rest}").into_bytes(), findings)
}

fn json(name: &'static str, rest: &str, findings: &'static [&'static str]) -> Case {
    (name, "shop.json", format!("{JSON}{rest}").into_bytes(), findings)
}

fn utf16(text: &str) -> Vec<u8> {
    [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// Aliases of aliases, nine to the power of thirty values.
fn laughs() -> String {
    let mut text = "x-laughs:\n  a0: &a0 {type: object, properties: {x: {type: string}}}\n".to_owned();
    for level in 1..30 {
        let below: Vec<String> = (0..9).map(|field| format!("p{field}: *a{}", level - 1)).collect();
        let _ = writeln!(text, "  a{level}: &a{level} {{type: object, properties: {{{}}}}}", below.join(", "));
    }
    text + "paths: {/a: {post: {requestBody: {content: {application/json: {schema: *a29}}}, responses: {}}}}\n"
}

/// A form whose parts are itself, with more fields that have to be there than anyone fills in.
fn breeding() -> String {
    let names: Vec<String> = (0..5_000).map(|number| format!("field{number}")).collect();
    let parts = ["{$ref: '#/components/schemas/A'}"; 12].join(", ");
    format!(
        "paths: {{/a: {{post: {{requestBody: {{content: {{multipart/form-data: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}, responses: {{}}}}}}}}\n\
         components: {{schemas: {{A: {{type: object, required: [{}], allOf: [{parts}]}}}}}}\n",
        names.join(", ")
    )
}

#[rustfmt::skip]
fn cases() -> Vec<Case> {
    let deep = 100_000;
    vec![
        json("truncated", r#"{"/a": {"get": {"responses": {"200": {"descr"#, &["invalid-json 1:118"]),
        yaml("tabs", "paths:\n  /a:\n\tget:\n\t\tresponses: {}\n", &["invalid-yaml 5:2"]),
        yaml("a key twice", "paths:\n  /a: {get: {responses: {}}}\n  /a: {put: {responses: {}}}\n", &["duplicate-key 5:3"]),
        yaml("a reference to nothing", "paths: {/a: {$ref: '#/paths/~1b'}}\n", &["unresolved-ref 3:20"]),
        yaml("a reference to itself", "paths: {/a: {$ref: '#/paths/~1a'}}\n", &["unresolved-ref 3:20"]),
        yaml("a reference out of the repository", "paths: {/a: {$ref: '../../etc/passwd'}}\n", &["unresolved-ref 3:20"]),
        yaml("a reference from the root", "paths: {/a: {$ref: '/etc/passwd'}}\n", &["unresolved-ref 3:20"]),
        yaml("a form that breeds", &breeding(), &[]),
        yaml("laughs", &laughs(), &["invalid-yaml 12:43"]),
        json("deep lists", &format!("{{}}, \"x\": {}{}}}", "[".repeat(deep), "]".repeat(deep)), &["invalid-json 1:282"]),
        json("deep maps", &format!("{{}}, \"x\": {}1{}}}", "{\"a\":".repeat(deep), "}".repeat(deep)), &["invalid-json 1:1078"]),
        yaml("deep yaml", &format!("paths: {{}}\nx: {}{}\n", "[".repeat(deep), "]".repeat(deep)), &["invalid-yaml 4:204"]),
        yaml("wrong types", "paths: {/a: 3, /b: {get: [1], post: {parameters: {a: b}, responses: 7, tags: 5}}}\ncomponents: {schemas: {A: 3, B: {type: 5, properties: [1]}}}\n",
            &["invalid-openapi 3:13", "invalid-openapi 3:21", "invalid-openapi 3:38", "invalid-openapi 3:69", "invalid-openapi 4:27", "invalid-openapi 4:43"]),
        ("a byte order mark", "shop.yaml", format!("\u{feff}{HEAD}paths: {{/a: {{$ref: no.yaml}}}}\n").into_bytes(), &["unresolved-ref 3:20"]),
        ("utf-16", "shop.yaml", utf16(&format!("{HEAD}paths: {{/a: {{$ref: no.yaml}}}}\n")), &["unresolved-ref 3:20"]),
        ("a nul byte", "shop.yaml", format!("{HEAD}paths: {{/a: {{get: {{summary: \"a\0b\"}}}}}}\n").into_bytes(), &["invalid-yaml 3:31"]),
        json("a huge number", r#"{"/a": {"get": {"parameters": [{"name": "q", "in": "query", "schema": {"type": "number", "maximum": 1e400}}], "responses": {"200": {"description": "x"}}}}}}"#, &["invalid-json 1:174"]),
        yaml("several documents", "paths: {}\n---\nopenapi: 3.1.0\ninfo: {title: B, version: '1'}\npaths: {}\n", &["invalid-openapi 5:1"]),
        ("both versions", "shop.yaml", format!("swagger: '2.0'\n{HEAD}paths: {{}}\n").into_bytes(), &["invalid-openapi 1:1"]),
        ("an unknown version", "shop.yaml", b"openapi: 9.9.0\ninfo: {title: Shop, version: '1'}\npaths: {}\n".to_vec(), &["invalid-openapi 1:10"]),
    ]
}

#[test]
fn each_is_reported_and_costs_nothing_else() {
    let mut failures = Vec::new();
    for (name, path, bytes, expected) in cases() {
        let sandbox = Sandbox::with(&[("sound.yaml", SOUND)]);
        fs::write(sandbox.path(path), bytes).unwrap();
        let said = sandbox.livedoc(&["check", "--format", "json"]);
        assert!(matches!(said.status, Some(0 | 1)), "{name}: {said:?}");
        let found: Vec<serde_json::Value> = serde_json::from_str(&said.stdout).unwrap();
        let found: Vec<String> = found
            .iter()
            .map(|finding| {
                assert_eq!(finding["path"], path, "{name}: {finding}");
                format!("{} {}:{}", finding["code"].as_str().unwrap(), finding["line"], finding["column"])
            })
            .collect();
        if found != expected {
            failures.push(format!("{name}: {found:?}"));
        }
        assert!(matches!(sandbox.livedoc(&["build"]).status, Some(0 | 1)), "{name}");
        assert!(sandbox.path("site/api/sound/index.html").is_file(), "{name}");
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Every page below `folder`.
fn pages(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            pages(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "html") {
            found.push(fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn nothing_in_a_specification_runs_in_the_browser() {
    let attack = "<script>attack(1)</script><img src=x onerror=attack(2)><svg onload=attack(3)></svg>\
        <a href=\"javascript:attack(4)\">a</a> [b](javascript:attack(5)) <iframe srcdoc=\"<script>attack(6)</script>\"></iframe>";
    let attack = serde_json::Value::from(attack).to_string();
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: {attack}, version: {attack}, description: {attack}}}\n\
        servers: [{{url: 'javascript:attack(7)', description: {attack}}}]\ntags: [{{name: {attack}, description: {attack}}}]\n\
        paths:\n  ? {attack}\n  : get:\n      operationId: {attack}\n      summary: {attack}\n      description: {attack}\n\
        \x20     tags: [{attack}]\n      externalDocs: {{url: 'javascript:attack(8)', description: {attack}}}\n\
        \x20     parameters: [{{name: {attack}, in: query, description: {attack}, schema: {{enum: [{attack}], default: {attack}}}}}]\n\
        \x20     responses: {{'200': {{description: {attack}, content: {{{attack}: {{example: {attack}, schema: {{$ref: '#/components/schemas/A'}}}}}}}}}}\n\
        components:\n  schemas:\n    A: {{title: {attack}, description: {attack}, properties: {{? {attack} : {{pattern: {attack}}}}}}}\n"
    );
    let sandbox = Sandbox::with(&[("openapi.yaml", &text)]);
    let said = sandbox.livedoc(&["build"]);
    assert!(matches!(said.status, Some(0 | 1)), "{said:?}");
    let mut found = Vec::new();
    pages(&sandbox.path("site"), &mut found);
    assert!(found.iter().any(|page| page.contains("attack(1)")), "the page says nothing: {said:?}");
    for page in found {
        // In text the brackets are entities.
        for open in
            ["<script>attack", "<img src=x", "<svg onload", "<iframe", "<a href=\"javascript:", "<a href=javascript:"]
        {
            assert!(!page.contains(open), "{open}: {page}");
        }
    }
}
