//! What `livedoc check` prints in each format, on whole repositories.
//!
//! A case is a folder `tests/reports/<case>/`: the repository, and in `expected/` what is printed, a file for each format.
//! `LIVEDOC_BLESS=1` writes them; read the difference before you commit it.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

#[path = "sandbox/mod.rs"]
mod sandbox;

use std::fs;
use std::path::{Path, PathBuf};

use livedoc::diagnostic::Code;
use sandbox::Sandbox;
use serde_json::Value;

const FORMATS: [(&str, &str); 6] = [
    ("human", "human.txt"),
    ("json", "report.json"),
    ("github", "github.txt"),
    ("sarif", "report.sarif"),
    ("junit", "junit.xml"),
    ("markdown", "comment.md"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports")
}

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.is_dir());
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

/// The report on `case` in `format`.
fn report(case: &Path, format: &str) -> String {
    Sandbox::of(case, &["expected"]).livedoc(&["check", "--format", format]).stdout
}

/// The explanations of rules, which have a test of their own, replaced: they change more often than reports do.
fn without_explanations(report: &str) -> String {
    let line = |line: &str| match line.split_once(": \"# ") {
        Some((before, after)) if line.starts_with("                ") => {
            format!("{before}: \"…\"{}", if after.ends_with(',') { "," } else { "" })
        }
        _ => line.to_owned(),
    };
    report.lines().map(|text| line(text) + "\n").collect()
}

#[test]
fn reports_are_as_expected() {
    let mut failures = Vec::new();
    for case in cases() {
        for (format, name) in FORMATS {
            let actual = without_explanations(&report(&case, format));
            let expected = case.join("expected").join(name);
            if std::env::var_os("LIVEDOC_BLESS").is_some() {
                fs::create_dir_all(expected.parent().unwrap()).unwrap();
                fs::write(&expected, actual).unwrap();
            } else if fs::read_to_string(&expected).unwrap_or_default() != actual {
                failures.push(format!("{}:\n{actual}", expected.display()));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The part of SARIF 2.1.0 that reports use, as the standard demands it (sections 3.13, 3.14, 3.19, 3.27 to 3.30, 3.49).
#[test]
fn sarif_follows_the_standard() {
    let schema: Value = serde_json::from_str(include_str!("reports/sarif.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for case in cases() {
        let log: Value = serde_json::from_str(&report(&case, "sarif")).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{}: {}", case.display(), errors.join("\n"));
        let run = &log["runs"][0];
        for result in run["results"].as_array().unwrap() {
            let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            let rule = &run["tool"]["driver"]["rules"][rule];
            assert_eq!(rule["id"], result["ruleId"]);
            let code: Code = rule["id"].as_str().unwrap().parse().unwrap();
            assert_eq!(rule["help"]["markdown"], code.explanation());
        }
    }
}

/// Each format says as much as the others.
#[test]
fn formats_agree() {
    for case in cases() {
        let json: Value = serde_json::from_str(&report(&case, "json")).unwrap();
        let findings = json.as_array().unwrap();
        let sarif: Value = serde_json::from_str(&report(&case, "sarif")).unwrap();
        assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), findings.len());
        assert_eq!(report(&case, "github").lines().count(), findings.len());
        let cases = report(&case, "junit").matches("<testcase ").count();
        assert_eq!(cases, findings.len().max(1));
        let human = report(&case, "human");
        for finding in findings {
            let title = format!(
                "{}[{}]: {}\n",
                finding["level"].as_str().unwrap(),
                finding["code"].as_str().unwrap(),
                finding["message"].as_str().unwrap()
            );
            assert!(human.contains(&title), "{title} is not in:\n{human}");
        }
    }
}
