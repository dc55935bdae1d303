//! `livedoc diff` on two revisions of small repositories.
//!
//! A case is the folder `tests/diff/<case>/` with the repository as it was (`before`) and as it is (`after`), and with
//! `expected.txt`, what is said of the difference. `LIVEDOC_BLESS=1` writes what was said instead of comparing it.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

#[path = "sandbox/mod.rs"]
mod sandbox;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use sandbox::Sandbox;

fn git(sandbox: &Sandbox, arguments: &[&str]) {
    let identity = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com", "-c", "commit.gpgsign=false"];
    let mut command = Command::new("git");
    command.arg("-C").arg(sandbox.root()).args(identity).args(arguments).stdout(Stdio::null());
    assert!(command.status().unwrap().success(), "git {arguments:?}");
}

fn commit(sandbox: &Sandbox) {
    git(sandbox, &["add", "--all"]);
    git(sandbox, &["commit", "--quiet", "--allow-empty", "--message", "A state"]);
}

/// A repository with two commits: what stands in `before` of the case, and what stands in `after`.
fn repository(case: &str) -> Sandbox {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff").join(case);
    let sandbox = Sandbox::of(&case.join("before"), &[]);
    git(&sandbox, &["init", "--quiet", "--initial-branch", "main"]);
    commit(&sandbox);
    for entry in fs::read_dir(sandbox.root()).unwrap() {
        let path = entry.unwrap().path();
        match (path.ends_with(".git"), path.is_dir()) {
            (true, _) => {}
            (false, true) => fs::remove_dir_all(path).unwrap(),
            (false, false) => fs::remove_file(path).unwrap(),
        }
    }
    sandbox.add(&case.join("after"));
    commit(&sandbox);
    sandbox
}

#[test]
fn changes_are_as_expected() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff");
    let mut failures = Vec::new();
    for case in fs::read_dir(&cases).unwrap() {
        let case = case.unwrap().file_name().into_string().unwrap();
        let sandbox = repository(&case);
        let said = sandbox.livedoc(&["diff", "HEAD~1..HEAD"]);
        assert_eq!(said.status, Some(0), "{case}: {}", said.stderr);
        let expected = cases.join(&case).join("expected.txt");
        if std::env::var_os("LIVEDOC_BLESS").is_some() {
            fs::write(&expected, &said.stdout).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != said.stdout {
            failures.push(format!("{case}:\n{}", said.stdout));
        }
        let same = sandbox.livedoc(&["diff", "HEAD..HEAD"]);
        assert_eq!(same.stdout, "no changes\n", "{case}");
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn revisions_are_named_as_in_git() {
    let sandbox = repository("schemas");
    git(&sandbox, &["switch", "--quiet", "--create", "branch", "HEAD~1"]);
    sandbox.write(
        "other.yaml",
        "openapi: 3.1.0\ninfo: {title: Other, version: '1'}\npaths: {/a: {get: {responses: {}}}}\n",
    );
    commit(&sandbox);
    let summary = |revisions: &[&str]| {
        let said = sandbox.livedoc(&[&["diff"][..], revisions].concat());
        assert_eq!(said.status, Some(0), "{}", said.stderr);
        said.stdout.lines().last().unwrap().to_owned()
    };
    let cases: [(&[&str], &str); 9] = [
        (&["main~1..main"], "11 breaking changes, 5 others"),
        (&["main~1.."], "1 change, which breaks nothing"),
        (&["..main~1"], "1 breaking change"),
        (&["main...branch"], "1 change, which breaks nothing"),
        (&["branch...main"], "11 breaking changes, 5 others"),
        (&["main~1"], "1 change, which breaks nothing"),
        (&[], "no changes"),
        (&["main~1..main", "--breaking"], "11 breaking changes"),
        (&["main~1..branch", "--breaking"], "no changes"),
    ];
    for (revisions, expected) in cases {
        assert_eq!(summary(revisions), expected, "{revisions:?}");
    }
    // What is not committed counts when no second revision is named.
    sandbox.write(
        "other.yaml",
        "openapi: 3.1.0\ninfo: {title: Other, version: '1'}\npaths: {/b: {get: {responses: {}}}}\n",
    );
    assert_eq!(summary(&[]), "1 breaking change, 1 other");
    git(&sandbox, &["diff", "--cached", "--quiet"]);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let sandbox = repository("schemas");
    git(&sandbox, &["switch", "--quiet", "--orphan", "island"]);
    commit(&sandbox);
    let cases: [(&str, &str); 5] = [
        ("nowhere..main", "no revision is called `nowhere`"),
        ("--format=json", ""),
        ("main..-x", "no revision is called `-x`"),
        ("island...main", "have no commit in common"),
        ("main:openapi.yaml", "no revision is called `main:openapi.yaml`"),
    ];
    for (revisions, message) in cases {
        let said = sandbox.livedoc(&["diff", revisions]);
        assert_eq!(said.status, Some(if message.is_empty() { 0 } else { 2 }), "{revisions}: {}", said.stderr);
        assert!(said.stderr.contains(message), "{revisions}: {}", said.stderr);
    }
    let without = Sandbox::with(&[("openapi.yaml", "openapi: 3.1.0\n")]);
    let said = without.livedoc(&["diff"]);
    assert_eq!(said.status, Some(2));
    assert!(said.stderr.contains("is in no git repository"), "{}", said.stderr);
}

#[test]
fn strict_fails_on_what_breaks() {
    let sandbox = repository("becomes-a-choice");
    assert_eq!(sandbox.livedoc(&["diff", "HEAD~1..HEAD", "--strict"]).status, Some(1));
    assert_eq!(sandbox.livedoc(&["diff", "HEAD..HEAD", "--strict"]).status, Some(0));
    let sandbox = repository("same-in-another-version");
    assert_eq!(sandbox.livedoc(&["diff", "HEAD~1..HEAD", "--strict"]).status, Some(0));
}

#[test]
fn a_folder_of_the_repository_is_compared_with_itself() {
    let sandbox = repository("files");
    sandbox.write("api/livedoc.toml", "");
    let said = sandbox.livedoc(&["diff", "HEAD~1..HEAD", "api", "--quiet"]);
    assert!(said.stdout.contains("models/people.yaml#/Owner"), "{}{}", said.stdout, said.stderr);
    assert!(!said.stdout.contains("Stock"), "{}", said.stdout);
    // A folder that was not there was empty.
    sandbox.write("new/livedoc.toml", "");
    sandbox.write(
        "new/openapi.yaml",
        "openapi: 3.1.0\ninfo: {title: New, version: '1'}\npaths: {/a: {get: {responses: {}}}}\n",
    );
    let said = sandbox.livedoc(&["diff", "HEAD", "new", "--quiet"]);
    assert!(said.stdout.ends_with("1 change, which breaks nothing\n"), "{}{}", said.stdout, said.stderr);
}

#[test]
fn programs_and_pull_requests_are_told_the_same() {
    let sandbox = repository("becomes-a-choice");
    let said = sandbox.livedoc(&["diff", "HEAD~1..HEAD", "--format", "json"]);
    let mut found: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
    for commit in ["from", "to"] {
        let name = found[commit].take();
        assert_eq!(name.as_str().map(str::len), Some(40), "{commit}");
    }
    let expected = serde_json::json!({
        "schema": 1, "from": null, "to": null, "breaking": 1, "others": 3,
        "changes": [
            { "code": "request-media-type-alternatives-added", "breaking": false,
              "message": "the request body (application/json) may also be `Two`", "specification": "api:shop",
              "id": "api:shop/POST /a", "title": "POST /a", "place": "the request body (application/json)", "after": "`Two`",
              "revision": "after", "source": { "path": "openapi.yaml", "line": 7 }, "affects": [] },
            { "code": "response-media-type-alternatives-added", "breaking": true,
              "message": "response 200 (application/json) may also be `Two`", "specification": "api:shop",
              "id": "api:shop/POST /a", "title": "POST /a", "place": "response 200 (application/json)", "after": "`Two`",
              "revision": "after", "source": { "path": "openapi.yaml", "line": 8 }, "affects": [] },
            { "code": "schema-added", "breaking": false, "message": "Renamed is new", "specification": "api:shop",
              "id": "api:shop/schemas/Renamed", "title": "Renamed", "revision": "after",
              "source": { "path": "openapi.yaml", "line": 12 }, "affects": [] },
            { "code": "schema-added", "breaking": false, "message": "Two is new", "specification": "api:shop",
              "id": "api:shop/schemas/Two", "title": "Two", "revision": "after",
              "source": { "path": "openapi.yaml", "line": 13 }, "affects": [] },
        ],
    });
    assert_eq!(found, expected);
    let said = sandbox.livedoc(&["diff", "HEAD~1..HEAD", "--format", "markdown"]);
    let expected = "\
### API changes: 1 breaking change, 3 others

#### Shop (`api:shop`)

- `POST /a`
  - **Breaking:** response 200 (application/json) may also be `Two` (`openapi.yaml:8`)

<details><summary>3 changes that break nothing</summary>

- `POST /a`
  - the request body (application/json) may also be `Two` (`openapi.yaml:7`)
- `Renamed`
  - it is new (`openapi.yaml:12`)
- `Two`
  - it is new (`openapi.yaml:13`)

</details>
";
    assert_eq!(said.stdout, expected);
}
