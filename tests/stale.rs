//! What makes a page stale, and what does not: a page, a thing as it was and as it is, and whether the page is suspect.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

#[path = "sandbox/mod.rs"]
mod sandbox;

use std::process::{Command, Stdio};

use sandbox::Sandbox;

const MANIFEST: &str = "[package]\nname = \"shop\"\nversion = \"1.0.0\"\nedition = \"2024\"\n";

fn git(sandbox: &Sandbox, arguments: &[&str]) {
    let identity = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com", "-c", "commit.gpgsign=false"];
    let mut command = Command::new("git");
    command.arg("-C").arg(sandbox.root()).args(identity).args(arguments).stdout(Stdio::null());
    assert!(command.status().unwrap().success(), "git {arguments:?}");
}

/// What is found when the page at `path` says `page` and the file at `thing` said `then` and says `now`.
fn found((path, page): (&str, &str), thing: &str, then: &str, now: &str) -> Vec<String> {
    let sandbox = Sandbox::with(&[("Cargo.toml", MANIFEST), (path, page), (thing, then)]);
    git(&sandbox, &["init", "--quiet", "--initial-branch", "main"]);
    git(&sandbox, &["add", "--all"]);
    git(&sandbox, &["commit", "--quiet", "--message", "Begin"]);
    sandbox.write(thing, now);
    git(&sandbox, &["commit", "--quiet", "--all", "--message", "Change"]);
    let said = sandbox.livedoc(&["check", "--format", "json"]).stdout;
    let found: Vec<serde_json::Value> = serde_json::from_str(&said).unwrap();
    let codes = found.iter().map(|found| found["code"].as_str().unwrap().to_owned());
    codes.filter(|code| code.starts_with("stale-")).collect()
}

#[test]
fn pages_about_code() {
    const RETRY: &str = "pub fn retry() -> u8 {\n    let max_retries = 3;\n    max_retries\n}\n";
    const MAX: &str = "pub const MAX: u32 = 30;\n";
    const REFUND: &str = "pub fn refund(order: u64, limit: u64) {}\n";
    const ORDER: &str = "pub struct Order {\n    pub total: u8,\n    pub tax: u8,\n    seen: u8,\n}\n";
    const STATE: &str = "pub enum State {\n    Open,\n    Closed,\n}\n";
    const SEND: &str = "pub fn send() {\n    post(\"/v1/orders\");\n}\nfn post(_: &str) {}\n";
    const SHOP: &str = "pub struct Shop;\nimpl Shop {\n    pub fn sell(&self, a: u8) {}\n}\n";
    const TWINS: &str = "#[cfg(unix)]\npub fn open(a: u8) {}\n";
    let call = "```rust\nshop::refund(order, 5);\n```\n";
    let calling = format!("Use [`shop::refund`]:\n\n{call}");
    let calling_code = format!("Use `shop::refund`:\n\n{call}");
    let cases: &[(&str, &str, &str, &str, bool)] = &[
        ("[`shop::retry`] tries again; `max_retries` is 3.", RETRY, "= 3", "= 5", true),
        ("`shop::retry` tries again; `max_retries` is 3.", RETRY, "= 3", "= 5", true),
        ("A call is tried three times by `shop::retry`.", RETRY, "= 3", "= 5", true),
        ("See [it](rust:shop::retry).\n\nThere are 3 attempts.", RETRY, "= 3", "= 5", true),
        ("A call is tried often by [`shop::retry`].", RETRY, "= 3", "= 5", false),
        ("3 times. See `shop::retry`.", RETRY, "max_retries\n}", "max_retries + 1\n}", false),
        ("At most 30 are made, see `shop::MAX`.", MAX, "30", "50", true),
        ("See `shop::MAX`.", MAX, "30", "50", false),
        (&calling, REFUND, ", limit: u64", "", true),
        (&calling, REFUND, "limit: u64", "most: u64", true),
        (&calling_code, REFUND, ", limit: u64", "", true),
        (&calling_code, REFUND, "limit: u64", "most: u64", false),
        (&calling_code, REFUND, "limit: u64", "mut limit: u64", false),
        ("[`shop::refund`] takes the limit.", REFUND, ", limit: u64", "", true),
        ("[`shop::refund`] takes the limit.", REFUND, "order: u64", "mut order: u64", false),
        ("[`shop::refund`] takes the limit.", REFUND, "pub fn", "pub async fn", false),
        ("[`shop::refund`] takes the limit.", REFUND, "pub fn", "#[inline]\npub fn", false),
        ("`shop::refund` takes the `limit`.", REFUND, ", limit: u64", "", true),
        ("See `shop::refund`.", REFUND, ", limit: u64", "", false),
        ("See `shop::refund`.", REFUND, "pub fn", "#[deprecated]\npub fn", true),
        ("`shop::Order` has a `total`.", ORDER, "    pub total: u8,\n", "", true),
        ("`shop::Order` has a `total`.", ORDER, "pub tax", "pub taxes", false),
        ("See [`shop::Order`].", ORDER, "seen: u8", "done: u8", false),
        ("See [`shop::Order`].", ORDER, "    pub total: u8,\n", "", true),
        ("A `shop::State` is `Open` or `Closed`.", STATE, "Closed", "Shut", true),
        ("Add a variant to [`shop::State`].", STATE, "Open,", "Open,\n    New,", false),
        ("It posts to `/v1/orders` (`shop::send`).", SEND, "v1", "v2", true),
        ("`shop::Shop::sell` it.\n\n```rust\nshop.sell(1);\n```", SHOP, "a: u8", "a: u8, b: u8", true),
        ("`shop::Shop::sell` it.\n\n```rust\nother.sell(1, 2);\n```", SHOP, "a: u8", "a: u8, b: u8", false),
        ("[`shop::open`] it.", TWINS, "\n#[", "\n#[cfg(windows)]\npub fn open(a: u8, b: u8) {}\n#[", false),
    ];
    for (page, then, new, old, expected) in cases {
        let page = format!("# Guide\n\n{page}\n");
        let then = format!("//! A shop.\n\n{then}");
        let now = then.replacen(new, old, 1);
        assert_ne!(then, now, "{page}: {new}");
        let found = found(("docs/guide.md", &page), "src/lib.rs", &then, &now);
        assert_eq!(found, if *expected { vec!["stale-page"] } else { vec![] }, "{page}: {new} -> {old}");
    }
}

#[test]
fn runbooks_about_alerts() {
    const RULES: &str = "groups:\n  - name: g\n    rules:\n      - alert: ManyErrors\n        expr: rate(errors_total[5m]) > 0.05\n        for: 5m\n        labels: {team: shop}\n        annotations:\n          runbook_url: runbooks/ManyErrors.md\n";
    let cases = [
        ("Fires when there were errors for 5 minutes.", "for: 5m", "for: 10m", true),
        ("Fires when there were errors for more than five minutes.", "for: 5m", "for: 10m", true),
        ("Fires when more than 5% of all requests fail.", "0.05", "0.1", true),
        ("```promql\nrate(errors_total[5m]) > 0.05\n```", "0.05", "0.1", true),
        ("```promql\nrate(errors_total[5m])\n```", "for: 5m", "for: 10m", false),
        ("Look at `errors_total`.", "errors_total", "failures_total", true),
        ("There are errors.", "0.05", "0.1", false),
        ("Fires when there were errors for 5 minutes.", "team: shop", "team: core", false),
        ("See [alert:ManyErrors].", "0.05", "0.1", true),
    ];
    for (page, new, old, expected) in cases {
        let page = format!("# ManyErrors\n\n## Meaning\n\n{page}\n");
        let found = found(("runbooks/ManyErrors.md", &page), "alerts.yaml", RULES, &RULES.replacen(new, old, 1));
        assert_eq!(found, if expected { vec!["stale-page"] } else { vec![] }, "{page}: {new} -> {old}");
    }
}

#[test]
fn guides_about_operations() {
    const API: &str = "openapi: 3.0.0\ninfo: {title: Shop, version: \"1\"}\npaths:\n  /orders:\n    post:\n      operationId: createOrder\n      summary: Create\n      parameters:\n        - name: dry_run\n          in: query\n          schema: {type: boolean}\n      requestBody: {content: {application/json: {schema: {$ref: \"#/components/schemas/Order\"}}}}\n      responses: {\"200\": {description: ok}}\ncomponents:\n  schemas:\n    Order:\n      properties:\n        unit_price: {type: integer}\n        count: {type: integer}\n";
    let added = |required: bool| {
        format!(
            "parameters:\n        - name: tenant\n          in: header\n          required: {required}\n          schema: {{type: string}}"
        )
    };
    let (required, optional) = (added(true), added(false));
    let cases = [
        ("Call [api:POST /orders]:\n\n```http\nPOST /orders\n```", "parameters:", &*required, true),
        ("Call [api:POST /orders]:\n\n```http\nPOST /orders\n```", "parameters:", &*optional, false),
        ("Call [api:POST /orders] with `dry_run`.", "dry_run", "simulate", true),
        ("Call [api:POST /orders].", "summary: Create", "summary: Make", false),
        ("Call [api:POST /orders].", "description: ok", "description: fine", false),
        ("Call [api:POST /orders]:\n\n```json\n{\"unit_price\": 3}\n```", "unit_price", "price", true),
        ("Send an [api:Order] with a `count`.", "count", "amount", true),
        ("Send an [api:Order].", "        count", "        more: {type: string}\n        count", false),
        ("Call [api:createOrder] at `/orders`.", "/orders", "/v2/orders", true),
    ];
    for (page, new, old, expected) in cases {
        let page = format!("# Guide\n\n{page}\n");
        let found = found(("docs/guide.md", &page), "openapi.yaml", API, &API.replacen(new, old, 1));
        assert_eq!(found, if expected { vec!["stale-page"] } else { vec![] }, "{page}: {new} -> {old}");
    }
}

#[test]
fn pages_about_files() {
    const SCRIPT: &str = "#!/bin/sh\n# Deploys.\nexport STAGE_NAME=test\ntimeout=30\nexec docker-compose up --detach\n";
    let cases = [
        ("Set `STAGE_NAME` in [it](../deploy.sh).", "STAGE_NAME", "STAGE", true),
        ("Set `STAGE_NAME`.\n\nSee [it](../deploy.sh).", "STAGE_NAME", "STAGE", false),
        ("[It](../deploy.sh) does `exec`.", "exec", "sudo", false),
        ("[It](../deploy.sh):\n\n```sh\nexec docker-compose up --detach\n```", "docker-compose", "podman", true),
        ("[It](../deploy.sh) has a timeout of 30 seconds.", "timeout=30", "timeout=60", true),
        ("[It](../deploy.sh) is for 30 shops.", "timeout=30", "timeout=60", false),
        ("See [it](../deploy.sh#L5).", "# Deploys.\n", "#\n#\n#\n#\n#\n# Deploys.\n", true),
        ("See [it](../deploy.sh#L5).", "# Deploys.\n", "# Deploys.\n# To here.\n", false),
        ("See [it](../deploy.sh#L4).", "timeout=30", "timeout=60", false),
    ];
    for (page, new, old, expected) in cases {
        let page = format!("# Guide\n\n{page}\n");
        let found = found(("docs/guide.md", &page), "deploy.sh", SCRIPT, &SCRIPT.replacen(new, old, 1));
        assert_eq!(found, if expected { vec!["stale-file-reference"] } else { vec![] }, "{page}: {new} -> {old}");
    }
}

#[test]
fn plans_stay_as_they_were_written() {
    let (then, now) = ("pub const MAX: u32 = 30;\n", "pub const MAX: u32 = 50;\n");
    let page = "# Limits\n\nAt most 30 are made, see `shop::MAX`.\n";
    assert_eq!(found(("docs/limits.md", page), "src/lib.rs", then, now), ["stale-page"]);
    assert_eq!(found(("docs/plans/limits.md", page), "src/lib.rs", then, now), [""; 0]);
    assert_eq!(found(("docs/2024-05-01-limits.md", page), "src/lib.rs", then, now), [""; 0]);
}
