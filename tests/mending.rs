//! What `livedoc check --fix` does to whole repositories.
//!
//! A case is a folder `tests/mending/<case>/`: the repository, a `setup.toml` with its commits, and `expected.txt`: the unified diff
//! of what is mended and the report of what is left. `LIVEDOC_BLESS=1` writes it; read the difference before you commit it.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

#[path = "sandbox/mod.rs"]
mod sandbox;

use std::fs;
use std::path::{Path, PathBuf};

use sandbox::{Run, Sandbox};
use serde_json::Value;

/// What is no part of the repository.
const ASIDE: &[&str] = &["expected.txt", "setup.toml"];

fn sandbox(case: &str) -> Sandbox {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mending").join(case);
    let mut sandbox = Sandbox::of(&case, ASIDE);
    sandbox.set_up(&case, ASIDE);
    sandbox
}

fn check(sandbox: &Sandbox, arguments: &[&str]) -> Run {
    sandbox.livedoc(&[&["check", "--quiet"][..], arguments].concat())
}

/// How many findings livedoc would mend.
fn mendable(sandbox: &Sandbox) -> usize {
    let report: Vec<Value> = serde_json::from_str(&check(sandbox, &["--format", "json"]).stdout).unwrap();
    report.iter().filter(|finding| finding["fix"] != Value::Array(Vec::new())).count()
}

#[test]
fn findings_are_mended_once_and_for_all() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mending");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    let mut failures = Vec::new();
    for case in cases {
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let sandbox = sandbox(&name);
        let shown = check(&sandbox, &["--diff"]);
        assert_eq!(shown.status, Some(1), "{name}: {shown:?}");
        let mended = check(&sandbox, &["--fix"]);
        assert!(mended.stdout.starts_with(&shown.stdout), "{name}: {mended:?}");
        let expected = case.join("expected.txt");
        if std::env::var_os("LIVEDOC_BLESS").is_some() {
            fs::write(&expected, &mended.stdout).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != mended.stdout {
            failures.push(format!("{name}: differs from expected.txt:\n{}", mended.stdout));
        }
        assert_eq!(mendable(&sandbox), 0, "{name}: {}", check(&sandbox, &[]).stdout);
        let again = check(&sandbox, &["--diff"]);
        assert_eq!((again.status, again.stdout.as_str()), (Some(0), ""), "{name}");
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn what_is_not_committed_is_left_alone() {
    let sandbox = sandbox("other-case");
    let text = sandbox.read("docs/index.md") + "\nBy the way.\n";
    sandbox.write("docs/index.md", &text);
    let refused = check(&sandbox, &["--fix"]);
    assert_eq!((refused.status, sandbox.read("docs/index.md")), (Some(1), text), "{refused:?}");
    assert!(refused.stderr.contains("docs/index.md has changes that are not committed"), "{refused:?}");
    assert!(!refused.stdout.contains("+++ "), "{refused:?}");
    let shown = check(&sandbox, &["--diff"]);
    assert!(shown.stdout.contains("+See [the setup](setup.md#ports)"), "{shown:?}");
    check(&sandbox, &["--fix", "--allow-dirty"]);
    assert!(sandbox.read("docs/index.md").contains("(setup.md#ports)"));
    assert!(sandbox.read("docs/index.md").ends_with("By the way.\n"));
}

#[test]
fn what_git_does_not_know_is_left_alone() {
    let sandbox = Sandbox::with(&[("docs/a.md", "[b](B.md)\n"), ("docs/b.md", "# B\n")]);
    assert!(check(&sandbox, &["--fix"]).stderr.contains("docs/a.md has changes"));
    assert_eq!(sandbox.read("docs/a.md"), "[b](B.md)\n");
    assert_eq!(check(&sandbox, &["--fix", "--allow-dirty"]).status, Some(0));
    assert_eq!(sandbox.read("docs/a.md"), "[b](b.md)\n");
}

#[test]
fn a_report_for_programs_is_a_report_alone() {
    let sandbox = sandbox("supersession");
    let run = check(&sandbox, &["--fix", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(report.is_array() && run.stderr.contains("+Superseded by [2. Use PostgreSQL]"), "{run:?}");
}

#[test]
fn only_what_is_reported_is_mended() {
    let sandbox = sandbox("other-case");
    assert_eq!(check(&sandbox, &["--diff", "--since", "HEAD"]).stdout, "");
    check(&sandbox, &["--baseline", "known.txt", "--update-baseline"]);
    assert_eq!(check(&sandbox, &["--diff", "--baseline", "known.txt"]).stdout, "");
}

#[cfg(unix)]
#[test]
fn nothing_outside_of_the_repository_is_touched() {
    let sandbox = sandbox("other-case");
    let outside = sandbox.path("../outside.md");
    fs::write(&outside, "[the setup](Setup.md)\n").unwrap();
    std::os::unix::fs::symlink(&outside, sandbox.path("docs/linked.md")).unwrap();
    check(&sandbox, &["--fix", "--allow-dirty"]);
    assert_eq!(fs::read_to_string(outside).unwrap(), "[the setup](Setup.md)\n");
}
