//! Levels for the files of some paths hold in every command. What they look like in each format is in `tests/reports/`.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

#[path = "sandbox/mod.rs"]
mod sandbox;

use std::path::Path;

use livedoc::config::{Request, load};
use livedoc::diagnostic::Diagnostic;
use livedoc::discover::Changes;
use livedoc::pipeline::{Edited, Session, Silent};
use sandbox::Sandbox;

const FINDINGS: &[&str] = &[
    "warning[broken-link] docs/archive/kept/log.md",
    "note[broken-link] docs/archive/old.md",
    "note[orphan-page] docs/guides/refunds.md",
    "error[broken-link] docs/guides/refunds.md",
    "error[broken-link] docs/index.md",
];

fn sandbox() -> Sandbox {
    Sandbox::of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports/levels-for-paths"), &["expected"])
}

/// The findings of a report for people.
fn findings(report: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = report.lines();
    while let Some(line) = lines.next() {
        let Some((kind, _)) = line.split_once("]: ").filter(|(kind, _)| kind.contains('[')) else { continue };
        let place = lines.next().unwrap_or_default().trim().trim_start_matches("--> ");
        found.push(format!("{kind}] {}", place.split(':').next().unwrap_or_default()));
    }
    found
}

fn git(sandbox: &Sandbox, arguments: &[&str]) {
    let identity = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "commit.gpgsign=false"];
    let mut command = std::process::Command::new("git");
    command.arg("-C").arg(sandbox.root()).args(identity).args(arguments);
    assert!(command.output().unwrap().status.success(), "git {arguments:?}");
}

#[test]
fn in_checks_and_builds() {
    let sandbox = sandbox();
    assert_eq!(findings(&sandbox.livedoc(&["check"]).stdout), FINDINGS);
    assert_eq!(findings(&sandbox.livedoc(&["build"]).stderr), FINDINGS);
    assert_eq!(findings(&sandbox.livedoc(&["build"]).stderr), FINDINGS, "once more, from what the last run left");
    let mut command = sandbox.command(&["check"]);
    let report = command.env("LIVEDOC_RULES_BROKEN_LINK", "off").output().unwrap().stdout;
    assert_eq!(findings(&String::from_utf8(report).unwrap()), FINDINGS[..3]);
    let variable = sandbox.command(&["check"]).env("LIVEDOC_RULES_OVERRIDES", "a").output().unwrap();
    assert_eq!(variable.status.code(), Some(2), "only the file can hold them");
}

#[test]
fn in_what_is_known_and_what_is_new() {
    let sandbox = sandbox();
    git(&sandbox, &["init", "--quiet"]);
    git(&sandbox, &["add", "--all"]);
    git(&sandbox, &["commit", "--quiet", "--message", "Begin"]);
    assert_eq!(sandbox.livedoc(&["check", "--since", "HEAD"]).stdout, "");
    sandbox.livedoc(&["check", "--baseline", "known.txt", "--update-baseline"]);
    let known = sandbox.livedoc(&["check", "--baseline", "known.txt"]);
    assert_eq!((known.status, known.stdout.as_str()), (Some(0), ""), "{known:?}");
    for path in ["docs/archive/new.md", "vendor/lib/new.md", "docs/guides/new.md"] {
        sandbox.write(path, "# New\n\nSee [what is not there](absent.md).\n");
    }
    let new = [
        "note[broken-link] docs/archive/new.md",
        "note[orphan-page] docs/guides/new.md",
        "error[broken-link] docs/guides/new.md",
    ];
    assert_eq!(findings(&sandbox.livedoc(&["check", "--baseline", "known.txt"]).stdout), new);
    assert_eq!(findings(&sandbox.livedoc(&["check", "--since", "HEAD"]).stdout), new);
}

#[test]
fn in_the_preview() {
    let sandbox = sandbox();
    let request = Request {
        folder: sandbox.root().to_path_buf(),
        configuration: None,
        variables: Vec::new(),
        flags: Vec::new(),
        extractors: Vec::new(),
    };
    let mut session = Session::default();
    let mut found = |changes: &Changes| -> Vec<String> {
        let project = load(&request).unwrap().project;
        let Edited::Issue(issue) = session.edit(project, changes, &|| false, &Silent) else {
            panic!("every edit changes what is found")
        };
        let describe = |found: &Diagnostic| {
            format!("{}[{}] {}", found.level.word(), found.code, found.span.map_or("", |span| span.file.as_str()))
        };
        issue.publication.analysis.diagnostics.iter().map(describe).collect()
    };
    assert_eq!(found(&Changes::Everything), FINDINGS);
    sandbox.write("docs/archive/old.md", "# Old\n\nSee [nothing](nothing.md) and [no more](less.md).\n");
    let edited = found(&Changes::Paths([sandbox.path("docs/archive/old.md")].into()));
    assert_eq!(edited, [&FINDINGS[..2], &["note[broken-link] docs/archive/old.md"], &FINDINGS[2..]].concat());
    let configuration =
        sandbox.read("livedoc.toml").replace("[\"docs/guides\"]\norphan-page = \"note\"", "[\"docs\"]\nall = \"off\"");
    sandbox.write("livedoc.toml", &configuration);
    assert_eq!(found(&Changes::Paths([sandbox.path("livedoc.toml")].into())), [""; 0]);
}
