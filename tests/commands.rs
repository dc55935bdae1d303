//! Commands in pages over time: what a repository said in each of its commits, and which commands are missing in the end.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

#[path = "sandbox/mod.rs"]
mod sandbox;

use sandbox::Sandbox;

/// Files and what each says; without a text it is taken away.
type Commit = &'static [(&'static str, &'static str)];

/// A name, the commits, and the names that are missing, in order, and which of them only perhaps.
type Case = (&'static str, &'static [Commit], &'static [&'static str]);

const PAGE: &str = "# Work on it\n\nRun `make deploy`, and `make tests`.\n";

const CASES: &[Case] = &[
    (
        "it was declared when the page named it",
        &[&[("Makefile", "test:\ndeploy:\n"), ("README.md", PAGE)], &[("Makefile", "test:\n")]],
        &["deploy", "tests"],
    ),
    (
        "it was gone by then, and nobody knows whose it is",
        &[&[("Makefile", "test:\ndeploy:\n")], &[("Makefile", "test:\n")], &[("README.md", PAGE)]],
        &["deploy (note)", "tests"],
    ),
    ("it never was", &[&[("Makefile", "test:\n"), ("README.md", PAGE)]], &["deploy (note)", "tests"]),
    (
        "it never was, beside one that is",
        &[&[("Makefile", "test:\nlint:\n"), ("README.md", "# Work\n\nRun `make lint`, and `make deploy`.\n")]],
        &["deploy"],
    ),
    (
        "it never was, on a page of a site",
        &[&[
            ("Makefile", "test:\nlint:\n"),
            ("mkdocs.yml", "site_name: Shop\n"),
            ("docs/guide.md", "# Work\n\nRun `make lint`, and `make deploy`.\n"),
        ]],
        &[],
    ),
    (
        "it is no option of make",
        &[&[("Makefile", "lint:\nlogs:\n"), ("README.md", "# Work\n\nRun `make lint`, and `make logs --kind api`.\n")]],
        &[],
    ),
    (
        "CMake makes it",
        &[&[
            ("CMakeLists.txt", "project(shop)\n"),
            ("Makefile", "image:\n"),
            ("README.md", "# Work\n\nRun `make image`, `make test`, `make deploy`.\n"),
        ]],
        &["deploy"],
    ),
    (
        "code writes it into the projects of others",
        &[&[
            ("package.json", "{\"scripts\": {\"build\": \"x\"}}"),
            ("src/create.ts", "manifest.scripts[\"content:push\"] = \"x\";\n"),
            ("README.md", "# Work\n\nRun `npm run build`, `npm run content:push`, `npm run content:pull`.\n"),
        ]],
        &["content:pull"],
    ),
    (
        "it is a placeholder",
        &[&[
            ("Cargo.toml", "[package]\nname = \"shop\"\n[features]\nfast = []\n"),
            ("README.md", "# Work\n\nRun `cargo build --features fast,feature3,feature-a,slow`.\n"),
        ]],
        &["slow"],
    ),
    (
        "the page has its reader write it",
        &[&[
            ("Cargo.toml", "[package]\nname = \"shop\"\n"),
            ("examples/carts.rs", "fn main() {}\n"),
            (
                "README.md",
                "# Work\n\n```rust\n// examples/own.rs\n```\n\nRun `cargo run --example own`, `cargo run --example cart`.\n",
            ),
        ]],
        &["cart"],
    ),
    (
        "the page had another name and other words",
        &[
            &[("Makefile", "test:\ndeploy:\n"), ("DEVELOPING.md", PAGE)],
            &[("Makefile", "test:\n"), ("DEVELOPING.md", ""), ("HACKING.md", "# Hack\n\nTo see it, `make deploy`.\n")],
        ],
        &["deploy"],
    ),
    (
        "it is another file that declared it",
        &[
            &[("Makefile", "include make/ship.mk\n"), ("make/ship.mk", "deploy:\n"), ("README.md", PAGE)],
            &[("make/ship.mk", "ship:\n")],
        ],
        &["deploy", "tests (note)"],
    ),
    (
        "recipes and scripts",
        &[
            &[
                ("justfile", "ship:\n"),
                ("package.json", "{\"scripts\": {\"preview\": \"x\"}}"),
                ("README.md", "# Work on it\n\n`just ship`, then `npm run preview`, `npm run review-all`.\n"),
            ],
            &[("justfile", "test:\n"), ("package.json", "{\"scripts\": {}}")],
        ],
        &["preview", "review-all (note)", "ship"],
    ),
];

#[test]
fn commands_are_missing_as_far_as_one_can_tell() {
    for (name, commits, expected) in CASES {
        let sandbox = Sandbox::empty();
        let git = |day: usize, arguments: &[&str]| sandbox.git(&format!("2024-01-{day:02}"), arguments);
        git(1, &["init", "--quiet"]);
        for (day, files) in commits.iter().enumerate() {
            for (path, text) in *files {
                match *text {
                    "" => std::fs::remove_file(sandbox.path(path)).unwrap(),
                    text => sandbox.write(path, text),
                }
            }
            git(day + 1, &["add", "--all"]);
            git(day + 1, &["commit", "--quiet", "--message", "More"]);
        }
        assert_eq!(missing(&sandbox), *expected, "{name}");
    }
}

#[test]
fn without_a_history_what_nothing_declares_is_missing_all_the_same() {
    let sandbox = Sandbox::with(&[("Makefile", "test:\n"), ("README.md", PAGE)]);
    assert_eq!(missing(&sandbox), ["deploy (note)", "tests"]);
}

/// What commands name and nothing declares, in order, with a remark where that is a note.
fn missing(sandbox: &Sandbox) -> Vec<String> {
    let said = sandbox.livedoc(&["check", "--no-cache", "--format", "json"]).stdout;
    let found: Vec<serde_json::Value> = serde_json::from_str(&said).unwrap();
    let found = found.iter().filter(|found| found["code"] == "missing-command");
    let name = |found: &serde_json::Value| {
        let name = found["message"].as_str().unwrap().split('`').nth(1).unwrap();
        if found["level"] == "note" { format!("{name} (note)") } else { name.to_owned() }
    };
    let mut names: Vec<String> = found.map(name).collect();
    names.sort_unstable();
    names
}
