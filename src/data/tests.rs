//! Texts, what is read from them, and what is found wrong with them.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use super::{DEEPEST, Data, Value, mapped_text, read_json, read_toml, read_yaml};
use crate::diagnostic::Diagnostics;
use crate::source::{RepoPath, SourceFile};

fn file(text: &str) -> SourceFile {
    SourceFile::new(RepoPath::new("file").unwrap(), text.to_owned())
}

/// Maps as `{a=1 b=[x y]}`, strings in quotes, whole numbers bare, other numbers behind `#`.
fn describe(value: &Value) -> String {
    let join = |parts: Vec<String>| parts.join(" ");
    match &value.data {
        Data::Null => "null".to_owned(),
        Data::Bool(truth) => truth.to_string(),
        Data::Integer(number) => number.to_string(),
        Data::Number(number) => format!("#{number}"),
        Data::String(text) => format!("{text:?}"),
        Data::List(items) => format!("[{}]", join(items.iter().map(describe).collect())),
        Data::Map(map) => {
            format!("{{{}}}", join(map.iter().map(|e| format!("{}={}", e.key, describe(&e.value))).collect()))
        }
    }
}

/// Message and underlined text of each finding.
fn found(file: &SourceFile, diagnostics: &Diagnostics) -> Vec<String> {
    let place = |d: &crate::diagnostic::Diagnostic| {
        let span = d.span.unwrap();
        let position = file.position(span.start);
        format!("{}:{} `{}`: {}", position.line, position.column, &file.text()[span.range()], d.message)
    };
    diagnostics.iter().map(place).collect()
}

type Case<'a> = (&'a str, &'a str, &'a [&'a str]);

#[test]
fn json() {
    let cases: &[Case<'_>] = &[
        (
            r#"{"a": [1, -2.50, true, null, "x\n\u00e9\ud83d\ude00\/"], "b": {}}"#,
            r#"{a=[1 #-2.50 true null "x\né😀/"] b={}}"#,
            &[],
        ),
        ("  12345678901234567890 ", "#12345678901234567890", &[]),
        ("", "", &["1:1 ``: expected a value, but the text ends here"]),
        ("[1, 2] x", "[1 2]", &["1:8 `x`: nothing may follow the value"]),
        (r#"{"a": 1, "b": [2, {"c": "#, "{a=1 b=[2 {}]}", &["1:25 ``: expected a value, but the text ends here"]),
        (r#"{"a": 1 "b": 2}"#, "{a=1}", &["1:9 `\"`: expected `,` or `}`, found '\"'"]),
        (r#"{"a": "open"#, "{}", &["1:12 ``: expected `\"` at the end of the string, but the text ends here"]),
        (
            "[1e400, 01, nan]",
            "[#1e400 null null]",
            &[
                "1:2 `1e400`: `1e400` is larger than any number that programs can hold",
                "1:9 `01`: `01` is no JSON value",
                "1:13 `nan`: `nan` is no JSON value",
            ],
        ),
        ("[1,]", "[1]", &["1:3 `,`: no comma may stand before `]`"]),
        (r#"{"a": 1, "a": 2}"#, "{a=1 a=2}", &["1:10 `\"a\"`: the key `a` stands twice in one map"]),
        (
            r#"["\ud800 \q \u12"]"#,
            "[\"\u{fffd} \u{fffd} \u{fffd}12\"]",
            &[
                r"1:3 `\ud800`: this escape stands for no character",
                r"1:10 `\q`: this escape stands for no character",
                r"1:13 `\u`: this escape stands for no character",
            ],
        ),
        ("[\"a\0b\"]", "[\"a\\0b\"]", &["1:4 `\0`: the control character U+0000 must be written as an escape"]),
    ];
    for (text, expected, findings) in cases {
        let file = file(text);
        let (value, diagnostics) = read_json(&file, 0..text.len());
        assert_eq!(value.map(|value| describe(&value)).unwrap_or_default(), *expected, "{text}");
        assert_eq!(found(&file, &diagnostics), *findings, "{text}");
    }
}

#[test]
fn yaml() {
    let cases: &[Case<'_>] = &[
        ("", "", &[]),
        ("a: 1\nb: [x, ~, no, yes, True]\n", r#"{a=1 b=["x" null "no" "yes" true]}"#, &[]),
        (
            "[0o17, 0x1F, 007, +1, 1.10, 1e3, .5, .inf, 1_000, 2024-03-01, 1.2.3, -x, '1', !!str 2]",
            r##"[15 31 7 1 #1.10 #1e3 #.5 #.inf "1_000" "2024-03-01" "1.2.3" "-x" "1" "2"]"##,
            &[],
        ),
        ("200: a\n~: b\n'x': c\n? [1, 2]\n: d\n? e\n", r#"{200="a" ~="b" x="c" [1, 2]="d" e=null}"#, &[]),
        ("a: |\n  x\n    y\nb: >-\n  x\n  y\n", r#"{a="x\n  y\n" b="x y"}"#, &[]),
        (
            "a: &x {b: 1}\nc: *x\nd: *y\n",
            "{a={b=1} c={b=1} d=null}",
            &["3:4 `*y`: no anchor `&y` stands before this alias"],
        ),
        ("a: &x [*x]\n", "{a=[null]}", &["1:8 `*x`: this alias stands inside the value that it stands for"]),
        ("&x a: *x", r#"{a="a"}"#, &[]),
        (
            "b: &b {x: 1, y: 2}\nc: &c {x: 3, z: 4}\nd:\n  <<: [*b, *c]\n  y: 0\ne: {<<: *c}\n",
            "{b={x=1 y=2} c={x=3 z=4} d={y=0 x=1 z=4} e={x=3 z=4}}",
            &[],
        ),
        ("'<<': {a: 1}\n", "{<<={a=1}}", &[]),
        ("a: 1\na: 2\n", "{a=1 a=2}", &["2:1 `a`: the key `a` stands twice in one map"]),
        ("a: 1\n---\nb: 2\n", "{a=1} {b=2}", &[]),
        ("a: 1\nb: [2, {c: 3\n---\nd: 4\n", "{a=1 b=[2]} {d=4}", &["2:8 `{`: unclosed bracket '{'"]),
        ("a: 1\nb:\n\tc: 2\n", "{a=1 b=null}", &["3:2 `c`: tabs disallowed within this context (block indentation)"]),
        ("a: 1\nb: \0\n", "{a=1 b=null}", &["2:4 `\0`: unexpected character: `\\u{0}'"]),
    ];
    for (text, expected, findings) in cases {
        let file = file(text);
        let (values, diagnostics) = read_yaml(&file, 0..text.len());
        assert_eq!(values.iter().map(describe).collect::<Vec<_>>().join(" "), *expected, "{text}");
        assert_eq!(found(&file, &diagnostics), *findings, "{text}");
    }
}

#[test]
fn toml() {
    let cases: &[Case<'_>] = &[
        (
            "b = 1\na = 0x1F\nd = 2024-03-01\nf = 1.50\n[t]\nx = [1, { y = true }]\n",
            r##"{b=1 a=31 d="2024-03-01" f=#1.50 t={x=[1 {y=true}]}}"##,
            &[],
        ),
        (
            "a = 1\nb = \nc = 3\n",
            "{a=1 b=\"\" c=3}",
            &["2:5 ``: string values must be quoted, expected literal string"],
        ),
    ];
    for (text, expected, findings) in cases {
        let file = file(text);
        let (value, diagnostics) = read_toml(&file, 0..text.len());
        assert_eq!(value.map(|value| describe(&value)).unwrap_or_default(), *expected, "{text}");
        assert_eq!(found(&file, &diagnostics), *findings, "{text}");
    }
}

#[test]
fn places_are_those_of_the_file_when_a_range_is_read() {
    let file = file("---\ntitle: \"A: b\"\nlist:\n  - x\n  - y\n\n---\nbody");
    let (values, _) = read_yaml(&file, 4..39);
    let at = |value: &Value| file.text()[value.span.range()].to_owned();
    assert_eq!(at(values[0].get("title").unwrap()), "\"A: b\"");
    assert_eq!(at(values[0].get("list").unwrap()), "- x\n  - y");
    assert_eq!(&file.text()[values[0].entries()[0].key_span.range()], "title");
}

#[test]
fn nesting_is_bounded_whoever_nests() {
    let deep = 100_000;
    let texts = [
        "[".repeat(deep),
        "{\"a\":".repeat(deep),
        "- ".repeat(deep),
        // Aliases on top of each other.
        (0..500).fold("- &0 []\n".to_owned(), |text, n| {
            text + &format!("- &{} {}*{n} {}\n", n + 1, "[".repeat(90), "]".repeat(90))
        }),
    ];
    for text in &texts {
        let file = file(text);
        for (values, diagnostics) in [read_yaml(&file, 0..text.len()), {
            let (value, found) = read_json(&file, 0..text.len());
            (value.into_iter().collect(), found)
        }] {
            assert!(!diagnostics.is_empty(), "{}", &text[..20]);
            assert!(values.iter().all(|value| height(value) <= DEEPEST), "{}", &text[..20]);
        }
    }
    let dotted = "a.".repeat(deep) + "a = 1";
    let (_, diagnostics) = read_toml(&file(&dotted), 0..dotted.len());
    assert!(!diagnostics.is_empty());
}

fn height(value: &Value) -> usize {
    let below = value.items().iter().chain(value.entries().iter().map(|entry| &entry.value));
    below.map(height).max().map_or(1, |height| height + 1)
}

#[test]
fn aliases_cost_no_more_than_their_text() {
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..40 {
        let below = format!("*a{}", level - 1);
        laughs += &format!("a{level}: &a{level} [{}]\n", [below.as_str(); 9].join(", "));
    }
    let laughing = file(&laughs);
    let (values, diagnostics) = read_yaml(&laughing, 0..laughs.len());
    assert_eq!((values[0].entries().len(), diagnostics.len()), (40, 1));
    assert_eq!(diagnostics[0].message, "this alias stands for more than 10000000 values");

    let keys: String = (0..2000).map(|key| format!("  k{key}: 1\n")).collect();
    let merges = format!("base: &b\n{keys}all:\n{}", "  - <<: *b\n".repeat(2000));
    let merging = file(&merges);
    let (values, diagnostics) = read_yaml(&merging, 0..merges.len());
    assert_eq!(values[0].get("all").unwrap().items().len(), 2000);
    assert!(diagnostics[0].message.starts_with("merge keys copy more than"));
}

#[test]
fn large_maps_find_their_keys() {
    let text = format!("{{{}\"k5\": 0}}", (0..5000).map(|key| format!("\"k{key}\": {key}, ")).collect::<String>());
    let file = file(&text);
    let (value, diagnostics) = read_json(&file, 0..text.len());
    let value = value.unwrap();
    for key in [0, 5, 4999] {
        assert_eq!(value.get(&format!("k{key}")).and_then(Value::as_integer), Some(key));
    }
    assert_eq!(value.get("k5000"), None);
    assert_eq!(diagnostics.len(), 1);
}

#[test]
fn text_knows_its_place() {
    // The words to look for stand once in the text and once in its source.
    let cases = [
        ("d: plain [x]", "[x]"),
        ("d: \"quoted \\\"a\\\" \\u00e9\\n [x] \"", "[x]"),
        ("d: 'it''s [x]'", "[x]"),
        ("d: |\n  one\n\n    two [x]\n  three\n", "[x]"),
        ("d: |\n  one\n\n    two\n  three [x]", "[x]"),
        ("d: >-\n  one\n  two\n\n  three [x]\n", "[x]"),
        ("d: \"one\n  two \\\n   three [x]\"", "[x]"),
        ("d: one\n  two\n\n  three [x] # comment", "[x]"),
        ("d: \"\\uD83D\\uDE00 [x]\"", "[x]"),
    ];
    for (text, words) in cases {
        let file = file(text);
        let (values, _) = read_yaml(&file, 0..text.len());
        let mapped = mapped_text(&file, values[0].get("d").unwrap());
        let at = mapped.text().find(words).unwrap();
        assert_eq!(mapped.text(), values[0].get("d").and_then(Value::as_str).unwrap());
        assert_eq!(
            mapped.span(at..at + words.len()).range(),
            text.find(words).map(|at| at..at + words.len()).unwrap(),
            "{text}"
        );
    }
}
