//! What is due depends on the day on which somebody checks, and nothing else does.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

#[path = "sandbox/mod.rs"]
mod sandbox;

use sandbox::Sandbox;

/// Noon of 2024-03-31, in seconds since 1970, and a day.
const NOON: u64 = 1_711_886_400;
const DAY: u64 = 86_400;

const PAGE: &str = "---\nlast_reviewed: 2024-03-01\nreview_in: 30 days\n---\n# Refunds\n";

fn run(sandbox: &Sandbox, arguments: &[&str], now: u64) -> String {
    let mut command = sandbox.command(&[arguments, &["--quiet"]].concat());
    let output = command.env("SOURCE_DATE_EPOCH", now.to_string()).output().unwrap();
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_review_counts_to_its_last_day() {
    let sandbox = Sandbox::with(&[("docs/refunds.md", PAGE)]);
    assert_eq!(run(&sandbox, &["check"], NOON), "");
    let due = run(&sandbox, &["check"], NOON + DAY);
    assert!(due.contains("note[review-overdue]: \u{201c}Refunds\u{201d} was to be reviewed by 2024-03-31"), "{due}");
    assert_eq!(run(&sandbox, &["check"], NOON + 99 * DAY), due, "it says the same on every day");
    assert_eq!(run(&sandbox, &["build"], NOON + DAY), "", "a build knows no day");
    assert!(run(&sandbox, &["review", "docs/refunds.md"], NOON + DAY).contains("refunds.md"));
    assert!(sandbox.read("docs/refunds.md").contains("last_reviewed: 2024-04-01\n"));
    assert_eq!(run(&sandbox, &["check"], NOON + DAY), "");
}

#[test]
fn what_nobody_looks_for_need_not_be_found() {
    let ignored = format!("{PAGE}\n<!-- livedoc-ignore-file review-overdue: Ann is away -->\n");
    let old = "# Old\n\n<!-- livedoc-ignore-file old-page: it holds -->\n";
    let sandbox = Sandbox::with(&[("docs/refunds.md", ignored.as_str()), ("docs/old.md", old)]);
    assert_eq!(run(&sandbox, &["check"], NOON + DAY), "");
    assert_eq!(run(&sandbox, &["build"], NOON + DAY), "");
    let unused = run(&sandbox, &["check"], NOON);
    assert!(unused.contains("unused-suppression]: `review-overdue` finds nothing here"), "{unused}");
}
