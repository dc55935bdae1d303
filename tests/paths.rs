//! Paths in pages that no commit had: which of them are missing, and which may be of somebody else.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

#[path = "sandbox/mod.rs"]
mod sandbox;

use sandbox::Sandbox;

/// The page, what it says, and what is missing: the path, its level, and what may be meant.
type Case = (&'static str, &'static str, &'static [&'static str]);

/// What is there.
const FILES: &[&str] = &[
    "Cargo.toml",
    "docs/decisions/0003-use-orders.md",
    "docs/setup.md",
    "scripts/tools/find-icons.py",
    "scripts/generate-clients.sh",
    "src/lib.rs",
    "src/orders/list.rs",
    "src/orders/mod.rs",
    "src/routes/carts/index.tsx",
    "tests/orders_test.rs",
];

const CASES: &[Case] = &[
    // Something is nearly called so.
    (
        "docs/guide.md",
        "Run `scripts/generate-client.sh`.",
        &["scripts/generate-client.sh warning scripts/generate-clients.sh"],
    ),
    (
        "docs/guide.md",
        "Icons come from `scripts/find-icons.py`.",
        &["scripts/find-icons.py warning scripts/tools/find-icons.py"],
    ),
    ("docs/guide.md", "Carts: `src/routes/carts.tsx`.", &["src/routes/carts.tsx warning src/routes/carts"]),
    (
        "docs/guide.md",
        "See `docs/decisions/003-use-orders.md`.",
        &["docs/decisions/003-use-orders.md warning docs/decisions/0003-use-orders.md"],
    ),
    // A page for developers, and a folder of such code.
    ("README.md", "Totals are in `src/orders/totals.rs`.", &["src/orders/totals.rs note "]),
    ("README.md", "Payments are in `src/payments/mod.rs`.", &["src/payments/mod.rs note "]),
    ("docs/guide.md", "Totals are in `src/orders/totals.rs`.", &[]),
    // Words that point at it.
    ("README.md", "See `docs/money.md`, and `docs/setup.md`.", &["docs/money.md note "]),
    ("docs/guide.md", "It is defined in `src/money/rate.py`; see `docs/setup.md`.", &["src/money/rate.py note "]),
    ("docs/guide.md", "It is defined in `src/money/rate.py`.", &[]),
    ("README.md", "See `other/money.md`.", &[]),
    // What is to come, the reader's, a placeholder, a shorter form, what a program makes.
    ("README.md", "- [ ] Write `src/orders/totals.rs`.", &[]),
    ("README.md", "TODO: `src/orders/totals.rs` holds totals.", &[]),
    ("README.md", "1. **New `src/orders/totals.rs` file**: the totals.", &[]),
    ("README.md", "Copy `src/orders/list.rs` to `src/orders/own.rs`.", &[]),
    ("README.md", "Move `src/orders/one.rs` \u{2192} `src/orders/list.rs`.", &[]),
    ("README.md", "**Files deleted:**\n\n- `src/orders/lists.rs`", &[]),
    ("README.md", "In your `src/orders/own.rs`.", &[]),
    ("README.md", "Logs are in `src/orders/xxx.rs`.", &[]),
    ("README.md", "The entry is `src/main.rs`.", &[]),
    ("README.md", "Lists: `tools/find-icons.py`, `Shop/orders/lists.rs`.", &[]),
    ("docs/design/money.md", "Totals are in `src/orders/lists.rs`.", &[]),
    ("tests/fixtures/README.md", "Totals are in `src/orders/totals.rs`.", &[]),
];

#[test]
fn paths_that_never_were() {
    for with_history in [true, false] {
        for (page, says, expected) in CASES {
            let sandbox = Sandbox::empty();
            for path in FILES {
                sandbox.write(path, "\n");
            }
            sandbox.write("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"1.0.0\"\n");
            sandbox.write(page, &format!("# Orders\n\n{says}\n"));
            if with_history {
                sandbox.git("2024-01-01", &["init", "--quiet"]);
                sandbox.git("2024-01-01", &["add", "--all"]);
                sandbox.git("2024-01-01", &["commit", "--quiet", "--message", "Begin"]);
            }
            assert_eq!(missing(&sandbox), *expected, "{page}: {says}");
        }
    }
}

/// What a page said of `src/carts/list.rs` before that was taken away, and whether it is missing.
const GONE: &[(&str, bool)] = &[
    ("# Carts\n\nThey are in `src/carts/list.rs`.\n", true),
    ("# Carts\n\nDo not forget carts. They are in `src/carts/list.rs`.\n", true),
    ("# Carts\n\n| What | File |\n|---|---|\n| carts | `src/carts/list.rs` |\n", true),
    // The page is of one time.
    ("# Carts\n\n**Date:** 2024-01-01\n\nThey are in `src/carts/list.rs`.\n", false),
    ("# Carts: Implementation Summary\n\nThey are in `src/carts/list.rs`.\n", false),
    ("# Carts\n\nStatus: PLAN\n\nThey are in `src/carts/list.rs`.\n", false),
    // The words around say that it need not be there.
    ("# Carts\n\n`src/carts/list.rs` 已删。\n", false),
    ("# Carts\n\nDo not put them into `src/carts/list.rs`.\n", false),
    ("# Carts\n\nThey are typically in `src/carts/list.rs`.\n", false),
    ("# Carts\n\n`src/carts/list.rs` is generated.\n", false),
    ("# Carts\n\n| What | Copy to |\n|---|---|\n| carts | `src/carts/list.rs` |\n", false),
    ("# Carts\n\nAdd it to `src/carts/list.rs` in [`shops/site`](https://github.com/shops/site).\n", false),
    ("# Carts\n\nThe site lists them, in that repository's `src/carts/list.rs`.\n", false),
    ("# Carts\n\nThey are in Fruit's repository, `src/carts/list.rs`.\n", false),
    ("# Carts\n\n## Example 2: a cart\n\n`src/carts/list.rs`\n", false),
];

#[test]
fn paths_that_are_no_more() {
    for (says, expected) in GONE {
        let sandbox = Sandbox::with(&[("README.md", says), ("src/carts/list.rs", "\n"), ("src/lib.rs", "\n")]);
        let commit = |day: &str| {
            sandbox.git(day, &["add", "--all"]);
            sandbox.git(day, &["commit", "--quiet", "--message", "More"]);
        };
        sandbox.git("2024-01-01", &["init", "--quiet"]);
        commit("2024-01-01");
        std::fs::remove_file(sandbox.path("src/carts/list.rs")).unwrap();
        commit("2024-01-02");
        assert_eq!(missing(&sandbox).len(), usize::from(*expected), "{says}");
    }
}

#[test]
fn a_folder_of_another_holder_is_somebody_else_s() {
    for (holder, expected) in [("Fruit Authors", 0), ("Shop Authors", 1), ("Shop", 1)] {
        let sandbox =
            Sandbox::with(&[("LICENSE", "Copyright (c) 2020 Shop Authors\n"), ("ref/tool/src/list.rs", "\n")]);
        sandbox.write("ref/tool/LICENSE", &format!("MIT\n\nCopyright (c) 2021 {holder}\n"));
        sandbox.write("ref/tool/README.md", "# Tool\n\nLists are in `src/lists.rs`.\n");
        assert_eq!(missing(&sandbox).len(), expected, "{holder}");
    }
}

#[test]
fn what_a_template_makes_is_there_for_its_readers() {
    let sandbox = Sandbox::with(&[("project/tests/conftest.py.jinja", "\n"), ("tests/contest.py", "\n")]);
    sandbox.write("README.md", "# Carts\n\nFixtures are in `tests/conftest.py`.\n");
    assert_eq!(missing(&sandbox).len(), 0);
}

#[test]
fn a_page_that_names_its_repository_is_about_that() {
    let cases = [("other", 0), ("shop", 1)];
    for (name, expected) in cases {
        let sandbox = Sandbox::with(&[("src/orders/list.rs", "\n"), ("src/orders/mod.rs", "\n")]);
        let page =
            format!("# Orders\n\n- **Repository**: <https://github.com/shops/{name}>\n\nSee `src/orders/lists.rs`.\n");
        sandbox.write("README.md", &page);
        sandbox.git("2024-01-01", &["init", "--quiet"]);
        sandbox.git("2024-01-01", &["remote", "add", "origin", "https://github.com/shops/shop.git"]);
        assert_eq!(missing(&sandbox).len(), expected, "{name}");
    }
}

fn missing(sandbox: &Sandbox) -> Vec<String> {
    let said = sandbox.livedoc(&["check", "--no-cache", "--format", "json"]).stdout;
    let found: Vec<serde_json::Value> = serde_json::from_str(&said).unwrap();
    let found = found.iter().filter(|found| found["code"] == "missing-path");
    let in_code = |text: &serde_json::Value| text.as_str().unwrap().split('`').nth(1).unwrap_or_default().to_owned();
    let told = |found: &serde_json::Value| {
        format!("{} {} {}", in_code(&found["message"]), found["level"].as_str().unwrap(), in_code(&found["hint"]))
    };
    found.map(told).collect()
}
