//! `cargo xtask test`: every test there is, one step after the other. A step that fails does not stop those behind it.
//!
//! Everything is compiled in the dev profile, which is what `cargo test` leaves behind: its `livedoc` program is the one
//! that builds the example and the book and that the browser looks at.

use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::links;
use crate::step::{Tally, run, step};
use crate::tools::{self, Missing};

const CLIPPY: [&str; 6] = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];

/// Runs them all below `root`, prints a summary, and says whether all passed.
pub(crate) fn run_all(root: &Path) -> bool {
    let example = root.join("example-project");
    let outcomes = [
        step("formatting", || when(tools::components(), |()| formatting(root, &example))),
        step("clippy", || cargo(root, &CLIPPY)),
        step("tests", || when(tools::git(), |()| cargo(root, &["test", "--workspace", "--no-fail-fast"]))),
        step("example: clippy", || cargo(&example, &CLIPPY)),
        step("example: tests", || cargo(&example, &["test", "--no-fail-fast"])),
        step("example: site", || site(root, "example-project")),
        step("book: site", || site(root, "book")),
        step("repository: check", || run(livedoc(root).args(["check", "--strict"]))),
        step("scripts", || when(tools::node(), |()| scripts(root))),
        step("browser", || browser(root)),
    ];
    println!("\nsummary");
    for outcome in &outcomes {
        println!("    {} {}", if outcome.tally.failed == 0 { "ok  " } else { "FAIL" }, outcome.line());
    }
    let seconds: f64 = outcomes.iter().map(|outcome| outcome.took.as_secs_f64()).sum();
    let Tally { passed, failed } = outcomes.iter().map(|outcome| outcome.tally).fold(Tally::default(), Tally::plus);
    println!("    {seconds:.0} s\n{passed} passed, {failed} failed");
    failed == 0
}

/// What `work` does with what is needed, or one failure that says what is missing.
fn when<T>(needed: Result<T, Missing>, work: impl FnOnce(T) -> Tally) -> Tally {
    match needed {
        Ok(tool) => work(tool),
        Err(Missing(what)) => {
            println!("    {what}");
            Tally::one(false)
        }
    }
}

fn cargo(folder: &Path, arguments: &[&str]) -> Tally {
    run(Command::new("cargo").args(arguments).current_dir(folder))
}

fn formatting(root: &Path, example: &Path) -> Tally {
    cargo(root, &["fmt", "--all", "--check"]).plus(cargo(example, &["fmt", "--check"]))
}

/// The program that `cargo test` built: it stands beside this one.
fn program() -> PathBuf {
    let own = std::env::current_exe().unwrap_or_default();
    own.with_file_name(format!("livedoc{EXE_SUFFIX}"))
}

fn livedoc(root: &Path) -> Command {
    let mut command = Command::new(program());
    command.current_dir(root);
    command
}

/// Builds the site of `folder` strictly, and follows its links.
fn site(root: &Path, folder: &str) -> Tally {
    let output = root.join("target/sites").join(folder);
    let built = run(livedoc(root).args(["build", folder, "--strict", "--output-dir"]).arg(&output));
    if built.failed > 0 { built } else { built.plus(Tally::one(links::report(&output))) }
}

/// The theme's scripts, each with its own tests.
fn scripts(root: &Path) -> Tally {
    run(&mut node(&root.join("tests/browser"), ".test.mjs"))
}

/// A real browser on `livedoc serve`.
fn browser(root: &Path) -> Tally {
    let folder = root.join("tests/browser");
    let needed = tools::packages(&folder).and_then(|()| tools::chromium());
    when(needed, |chromium| run(node(&folder, ".browser.mjs").env("CHROME", chromium).env("LIVEDOC", program())))
}

/// Node's test runner on the files in `folder` that end with `suffix`.
fn node(folder: &Path, suffix: &str) -> Command {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.file_name())).collect();
    files.retain(|name| name.to_string_lossy().ends_with(suffix));
    files.sort();
    let mut command = Command::new("node");
    command.args(["--test", "--test-reporter=tap"]).args(files).current_dir(folder);
    command
}
