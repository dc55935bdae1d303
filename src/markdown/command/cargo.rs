//! `cargo run -p shop --bin serve --features tls`
//! (<https://doc.rust-lang.org/cargo/commands/index.html>).

use super::Said;
use super::arguments::arguments;
use crate::graph::Thing;
use crate::markdown::shell::Word;

/// Options that take a value.
#[rustfmt::skip]
const VALUED: &[&str] = &[
    "-p", "--package", "--exclude", "--bin", "--example", "--test", "--bench", "-F", "--features", "--manifest-path", "--path", "-C", "-Z",
    "-j", "--jobs", "--target", "--target-dir", "--profile", "--color", "--config", "--message-format", "--root", "--out-dir",
    "--artifact-dir", "-E", "--cargo-profile", "--git", "--branch", "--tag", "--rev", "--version",
];

/// Commands that take packages, programs and features of the workspace.
#[rustfmt::skip]
const COMMANDS: &[&str] = &[
    "build", "b", "check", "c", "clippy", "test", "t", "run", "r", "bench", "doc", "d", "fix", "nextest", "rustc", "rustdoc", "install",
];

/// An alias that projects declare: it has this name by convention, and is no command of anybody else.
const ALIAS: &str = "xtask";

/// What it names.
pub(super) fn read(words: &[Word]) -> Said {
    let words = match words.split_first() {
        Some((first, rest)) if first.text.starts_with('+') => rest,
        _ => words,
    };
    let arguments = arguments(words, VALUED);
    let Some(command) = arguments.iter().find(|argument| argument.is_free()) else { return Said::default() };
    let mut said = Said::default();
    if command.value == ALIAS {
        said.push(Thing::Alias, ALIAS, command.range.clone());
        return said;
    }
    // What is installed from elsewhere is elsewhere's.
    let is_elsewhere = command.value == "install" && !arguments.iter().any(|argument| argument.option == "--path");
    if !COMMANDS.contains(&command.value) || is_elsewhere {
        return said;
    }
    for argument in &arguments {
        let (value, range) = (argument.value, argument.range.clone());
        match argument.option {
            "-p" | "--package" | "--exclude" => {
                let name = value.split_once('@').map_or(value, |(name, _)| name);
                if argument.option != "--exclude" {
                    said.package.get_or_insert_with(|| name.to_owned());
                }
                said.push(Thing::Package, name, range.start..range.end - (value.len() - name.len()).min(range.len()));
            }
            "--bin" => said.push(Thing::Program, value, range),
            "--example" => said.push(Thing::Example, value, range),
            "--test" => said.push(Thing::Test, value, range),
            "--bench" => said.push(Thing::Bench, value, range),
            "-F" | "--features" => {
                let mut at = 0;
                for name in value.split([',', ' ']) {
                    let is_whole = range.len() == value.len();
                    let part = if is_whole { range.start + at..range.start + at + name.len() } else { range.clone() };
                    at += name.len() + 1;
                    said.push(Thing::Feature, name, part);
                }
            }
            "--manifest-path" => said.folder = value.rsplit_once('/').map(|(folder, _)| folder.to_owned()),
            "--path" | "-C" => said.folder = Some(value.to_owned()),
            _ => {}
        }
    }
    said
}
