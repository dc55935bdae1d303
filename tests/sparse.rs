//! What a checkout leaves out is not missing.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

#[path = "sandbox/mod.rs"]
mod sandbox;

use sandbox::Sandbox;

/// A page that needs all of the repository.
const PAGE: &str = "# Orders

Read [the limits](../other/limits.md#most), [the order](../api/orders.yaml), and [the client](../vendor/client/README.md),
which lies in [a submodule](../vendor/client).

![How it flows](../other/flow.svg) ![As it is served](/shop.svg)

Run `cargo run --bin orders` beside `shop::orders::Order` and `other/limits.md`. This one [is gone](../other/gone.md).
";

const FILES: &[(&str, &str)] = &[
    ("docs/orders.md", PAGE),
    ("other/limits.md", "# Limits\n\n## Most\n\nTen.\n"),
    ("other/flow.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"),
    ("static/shop.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"),
    ("api/orders.yaml", "openapi: 3.1.0\ninfo: {title: Orders, version: '1'}\npaths: {}\n"),
    ("shop/Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\n\n[[bin]]\nname = \"orders\"\n"),
    ("shop/src/lib.rs", "//! A shop.\npub mod orders;\n"),
    ("shop/src/orders.rs", "//! Orders.\npub struct Order;\n"),
    (".gitmodules", "[submodule \"client\"]\n\tpath = vendor/client\n\turl = https://forge.example.com/client\n"),
];

#[test]
fn only_what_is_gone_is_said_to_be_gone() {
    let sandbox = Sandbox::with(FILES);
    let git = |arguments: &[&str]| sandbox.git("2024-03-01", arguments);
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["update-index", "--add", "--cacheinfo", "160000,1234567890123456789012345678901234567890,vendor/client"]);
    git(&["commit", "--quiet", "--message", "All"]);
    let check = || sandbox.livedoc(&["check", "--format", "json"]).stdout;
    let whole = check();
    git(&["sparse-checkout", "set", "--no-cone", "/docs/", "/shop/src/lib.rs"]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("../vendor/client/orders.json", sandbox.path("docs/orders.json")).unwrap();
    assert!(!sandbox.path("other").exists() && !sandbox.path("shop/src/orders.rs").exists());
    let sparse = check();
    for report in [whole, sparse] {
        let found: Vec<serde_json::Value> = serde_json::from_str(&report).unwrap();
        let found: Vec<&str> = found.iter().filter_map(|finding| finding["message"].as_str()).collect();
        assert_eq!(found, ["there is no `other/gone.md` in the repository"]);
    }
    assert_eq!(
        sandbox.livedoc(&["build", "--quiet"]).status,
        Some(1),
        "the link that leads nowhere is all that is wrong"
    );
    git(&["sparse-checkout", "disable"]);
    assert!(sandbox.path("other/limits.md").exists());
    assert_eq!(sandbox.livedoc(&["build", "--quiet"]).status, Some(1));
    assert!(sandbox.read("site/guides/orders/index.html").contains("limits/#most"), "it is a page again");
    // What git was told to leave out one by one.
    git(&["update-index", "--skip-worktree", "other/flow.svg", "other/limits.md"]);
    for path in ["other/flow.svg", "other/limits.md"] {
        std::fs::remove_file(sandbox.path(path)).unwrap();
    }
    let found: Vec<serde_json::Value> = serde_json::from_str(&check()).unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
}
