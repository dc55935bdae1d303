//! Every code of a finding has an explanation, and a small repository on which `livedoc check` raises it.
//!
//! A case is the folder `tests/diagnostics/<code>/`. Beside the repository's files it holds `expected.txt`, the report
//! for people, and may hold `setup.toml`, which describes files that git cannot keep, and commits. `LIVEDOC_BLESS=1` writes what was
//! reported instead of comparing it.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

#[path = "sandbox/mod.rs"]
mod sandbox;
#[path = "world/mod.rs"]
mod world;

use std::fs;
use std::path::Path;

use livedoc::diagnostic::Code;
use sandbox::Sandbox;
use world::world;

#[test]
fn every_code_is_raised_by_its_case() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut failures = Vec::new();
    let (proxy, _) = world();
    for code in Code::ALL {
        let case = cases.join(code.name());
        if !case.is_dir() {
            failures.push(format!("{code}: there is no case at {}", case.display()));
            continue;
        }
        let mut sandbox = Sandbox::of(&case, &["expected.txt", "setup.toml"]);
        sandbox.set_up(&case, &["expected.txt", "setup.toml"]);
        let check = |arguments: &[&str]| {
            let mut command = sandbox.command(&[&["check"], arguments].concat());
            String::from_utf8(command.env("HTTP_PROXY", &proxy).output().unwrap().stdout).unwrap()
        };
        let found: Vec<serde_json::Value> = serde_json::from_str(&check(&["--format", "json"])).unwrap();
        if !found.iter().any(|finding| finding["code"] == code.name()) {
            let found: Vec<String> = found.iter().map(|finding| finding["code"].to_string()).collect();
            failures.push(format!("{code}: its case raises [{}] only", found.join(", ")));
        }
        let report = check(&[]);
        let expected = case.join("expected.txt");
        if std::env::var_os("LIVEDOC_BLESS").is_some() {
            fs::write(&expected, &report).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != report {
            failures.push(format!("{code}: differs from expected.txt:\n{report}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn no_case_is_left_of_a_code_that_is_gone() {
    for case in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")).unwrap() {
        let name = case.unwrap().file_name().into_string().unwrap();
        assert!(name.parse::<Code>().is_ok(), "tests/diagnostics/{name} belongs to no code");
    }
}

#[test]
fn every_code_is_explained() {
    for code in Code::ALL {
        let text = code.explanation();
        assert!(text.starts_with(&format!("# {code}\n\n")), "{code}: begins with its name");
        let lines = text.lines().count();
        assert!((10..=30).contains(&lines), "{code}: {lines} lines are too few or too many");
        assert!(text.contains("\n```") || text.contains("\n    "), "{code}: shows no example");
    }
}
