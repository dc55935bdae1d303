//! `livedoc impact`, `livedoc check --since` and the preview on a repository that changes.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

#[path = "sandbox/mod.rs"]
mod sandbox;

use std::process::{Command, Stdio};

use livedoc::config::Project;
use livedoc::diagnostic::Code;
use livedoc::discover::Changes;
use livedoc::pipeline::{Edited, Session, Silent};
use sandbox::Sandbox;

/// A shop: code, who answers for it, and what people wrote about it.
const FILES: &[(&str, &str)] = &[
    ("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"1.0.0\"\nedition = \"2024\"\n"),
    (
        "src/lib.rs",
        "//! A shop.\n\n/// Pays back.\npub fn refund(amount: u64) -> u64 {\n    amount\n}\n\n/// Sells.\npub fn sell() {}\n",
    ),
    ("limits.toml", "refund = 100\n"),
    ("CODEOWNERS", "/src/ @shop/core\n/docs/ @shop/docs\n"),
    ("docs/refunds.md", "# Refunds\n\nSee [`shop::refund`].\n"),
    ("docs/limits.md", "# Limits\n\nSee [the limits](../limits.toml) and [Refunds](refunds.md).\n"),
    ("docs/crate.md", "# The crate\n\nSee [the crate](rust:shop).\n"),
    ("docs/adr/0001-refund.md", "# 1. Refund all\n\n## Status\n\nAccepted\n"),
    ("docs/policy.md", "# Policy\n\nSee [the decision](adr/0001-refund.md).\n"),
];

fn git(sandbox: &Sandbox, arguments: &[&str]) {
    let identity = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com", "-c", "commit.gpgsign=false"];
    let mut command = Command::new("git");
    command.arg("-C").arg(sandbox.root()).args(identity).args(arguments).stdout(Stdio::null());
    assert!(command.status().unwrap().success(), "git {arguments:?}");
}

fn repository() -> Sandbox {
    let sandbox = Sandbox::with(FILES);
    git(&sandbox, &["init", "--quiet", "--initial-branch", "main"]);
    git(&sandbox, &["add", "--all"]);
    git(&sandbox, &["commit", "--quiet", "--message", "Begin"]);
    sandbox
}

/// What depends on the change of `path`, in which `old` becomes `new`: `document@distance`, then `owner@distance`.
fn impact_of(path: &str, old: &str, new: &str) -> String {
    let sandbox = repository();
    let text = FILES.iter().find(|(name, _)| *name == path).unwrap().1;
    assert!(text.contains(old), "{path}");
    sandbox.write(path, &text.replace(old, new));
    let said = sandbox.livedoc(&["impact", "--format", "json"]);
    assert_eq!(said.status, Some(0), "{}", said.stderr);
    let told: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
    let list = |name: &str| {
        let all = told[name].as_array().unwrap().iter();
        let one = |found: &serde_json::Value| {
            let changed = if found["changed"].as_bool().unwrap() { "!" } else { "" };
            format!("{}@{}{changed}", found["id"].as_str().unwrap(), found["distance"])
        };
        all.map(one).collect::<Vec<_>>().join(" ")
    };
    format!("{} | {}", list("documents"), list("owners"))
}

#[test]
fn what_depends_on_a_change() {
    let cases = [
        ("src/lib.rs", "    amount\n", "    amount + 1\n", "guide:refunds@1 guide:crate@2 | team:core@1 team:docs@2"),
        (
            "src/lib.rs",
            "/// Pays back.",
            "/// Pays nothing.",
            "guide:refunds@1 guide:crate@2 | team:core@1 team:docs@2",
        ),
        ("src/lib.rs", "pub fn sell() {}", "pub fn sell() -> u8 { 1 }", "guide:crate@2 | team:core@1 team:docs@3"),
        ("limits.toml", "100", "200", "guide:limits@1 | team:docs@2"),
        ("docs/adr/0001-refund.md", "Accepted", "Deprecated", "guide:policy@1 adr:0001@0! | team:docs@1"),
        ("docs/refunds.md", "See", "Look at", "guide:refunds@0! | team:docs@1"),
        ("CODEOWNERS", "/src/", "/src/lib.rs", " | "),
    ];
    for (path, old, new, expected) in cases {
        assert_eq!(impact_of(path, old, new), expected, "{path}: {old} -> {new}");
    }
}

#[test]
fn it_is_told_in_three_ways_and_of_any_revisions() {
    let sandbox = repository();
    git(&sandbox, &["switch", "--quiet", "--create", "branch"]);
    sandbox.write("src/lib.rs", &FILES[1].1.replace("amount\n}", "amount * 2\n}"));
    git(&sandbox, &["commit", "--quiet", "--all", "--message", "Pay twice"]);
    let text = "To be read again\n  Refunds (guide:refunds)\n      docs/refunds.md, from rust:shop::refund\n  The crate (guide:crate)\n      docs/crate.md, from rust:shop::refund \u{2192} rust:shop\n\nOwners\n  core (team:core)\n      CODEOWNERS, from rust:shop::refund\n  docs (team:docs)\n      CODEOWNERS, from rust:shop::refund \u{2192} guide:refunds\n\n2 pages and 2 owners depend on what changed in 1 file\n";
    for revisions in [&["impact"][..], &["impact", "main"], &["impact", "main..branch"], &["impact", "main...branch"]] {
        assert_eq!(sandbox.livedoc(revisions).stdout, text, "{revisions:?}");
    }
    let markdown = sandbox.livedoc(&["impact", "--format", "markdown"]).stdout;
    let expected = "### To be read again: 2 pages and 2 owners depend on what changed in 1 file\n\n- [ ] **Refunds** (`docs/refunds.md`), from `rust:shop::refund`\n- [ ] **The crate** (`docs/crate.md`), from `rust:shop::refund` \u{2192} `rust:shop`\n\nOwners: core, docs\n";
    assert_eq!(markdown, expected);
    assert_eq!(sandbox.livedoc(&["impact", "nowhere"]).status, Some(2));
    assert_eq!(
        sandbox.livedoc(&["impact", "branch..branch"]).stdout,
        "0 pages and 0 owners depend on what changed in 0 files\n"
    );
}

#[test]
fn a_check_can_be_limited_to_what_a_change_brought() {
    let sandbox = repository();
    sandbox.write("docs/old.md", "# Old\n\n[A](gone.md)\n");
    git(&sandbox, &["add", "--all"]);
    git(&sandbox, &["commit", "--quiet", "--message", "An old mistake"]);
    git(&sandbox, &["switch", "--quiet", "--create", "branch"]);
    sandbox.write("docs/old.md", "# Old\n\nMore.\n\n[A](gone.md) and [B](gone-too.md)\n");
    sandbox.write("src/lib.rs", &FILES[1].1.replace("amount\n}", "amount * 2\n}"));
    git(&sandbox, &["commit", "--quiet", "--all", "--message", "New mistakes"]);
    let codes = |arguments: &[&str]| {
        let said = sandbox.livedoc(&[&["check", "--format", "json"][..], arguments].concat()).stdout;
        let found: Vec<serde_json::Value> = serde_json::from_str(&said).unwrap();
        found.iter().map(|found| format!("{}@{}", found["code"].as_str().unwrap(), found["line"])).collect::<Vec<_>>()
    };
    assert_eq!(codes(&[]), ["broken-link@5", "broken-link@5", "stale-page@3"]);
    assert_eq!(codes(&["--since", "main"]), ["broken-link@5", "stale-page@3"]);
    assert_eq!(codes(&["--since", "HEAD"]), [""; 0]);
    assert_eq!(sandbox.livedoc(&["check", "--since", "nowhere"]).status, Some(2));
}

#[test]
fn a_path_that_a_change_took_away_is_told_wherever_it_is_named() {
    let sandbox = repository();
    sandbox.write("src/first.rs", "//! First.\n");
    sandbox.write("src/second.rs", "//! Second.\n");
    sandbox.write("docs/first.md", "# First\n\nSee `src/first.rs`.\n");
    sandbox.write("docs/second.md", "# Second\n\nSee `src/second.rs`.\n");
    git(&sandbox, &["add", "--all"]);
    git(&sandbox, &["commit", "--quiet", "--message", "Two files"]);
    git(&sandbox, &["rm", "--quiet", "src/first.rs"]);
    git(&sandbox, &["commit", "--quiet", "--message", "One goes"]);
    git(&sandbox, &["switch", "--quiet", "--create", "branch"]);
    git(&sandbox, &["rm", "--quiet", "src/second.rs"]);
    git(&sandbox, &["commit", "--quiet", "--message", "The other one goes"]);
    let of = |arguments: &[&str]| {
        let said = sandbox.livedoc(&[&["check", "--format", "json"][..], arguments].concat()).stdout;
        let found: Vec<serde_json::Value> = serde_json::from_str(&said).unwrap();
        found.iter().map(|found| format!("{} {}", found["code"], found["path"]).replace('"', "")).collect::<Vec<_>>()
    };
    assert_eq!(of(&[]), ["missing-path docs/first.md", "missing-path docs/second.md"]);
    assert_eq!(of(&["--since", "main"]), ["missing-path docs/second.md"]);
}

#[test]
fn whoever_works_on_a_page_in_the_preview_is_not_told_that_it_is_stale() {
    let sandbox = repository();
    sandbox.write("src/lib.rs", &FILES[1].1.replace("amount\n}", "amount * 2\n}"));
    git(&sandbox, &["commit", "--quiet", "--all", "--message", "Pay twice"]);
    let project = Project { history: true, ..Project::unconfigured(sandbox.root().to_path_buf()) };
    let mut session = Session::default();
    let mut stale = |changes: &Changes| match session.edit(project.clone(), changes, &|| false, &Silent) {
        Edited::Issue(issue) => {
            let found = issue.publication.analysis.diagnostics.iter();
            found.filter(|found| found.code == Code::StalePage).count()
        }
        Edited::Same | Edited::Overtaken => panic!("every edit changes a page"),
    };
    assert_eq!(stale(&Changes::Everything), 1);
    sandbox.write("docs/policy.md", "# Policy\n\nAnother one: [the decision](adr/0001-refund.md).\n");
    assert_eq!(stale(&Changes::Paths([sandbox.path("docs/policy.md")].into())), 1);
    sandbox.write("docs/refunds.md", "# Refunds\n\nTwice what [`shop::refund`] is told.\n");
    assert_eq!(stale(&Changes::Paths([sandbox.path("docs/refunds.md")].into())), 0);
}
