//! `cargo xtask rustdoc-parity` as it is written -> what to compare.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};

pub(crate) const USAGE: &str = "\
usage: cargo xtask rustdoc-parity [CRATE[@VERSION]…] [FLAGS]

  without a crate, those of which the book has a table

  --differences     print each item and link on which the two differ
  --livedoc PATH    compare this program, instead of building it in the release profile
  --folder DIR      fetch and document crates here [target/parity]
  --write           put the table into book/src/extract/rust.md too";

/// The crates of the book's table: small and large, plain and full of macros.
const CRATES: [&str; 24] = [
    "anyhow",
    "axum",
    "bevy_ecs",
    "bytes",
    "chrono",
    "clap_builder",
    "crossterm",
    "futures-util",
    "http",
    "itertools",
    "libc",
    "nix",
    "petgraph",
    "redis",
    "reqwest",
    "rustls",
    "serde",
    "serde_json",
    "syn",
    "tokio",
    "tower-http",
    "tracing",
    "wgpu-types",
    "winnow",
];

/// What to compare, and how.
#[derive(Debug, PartialEq)]
pub(crate) struct Arguments {
    /// `name` or `name@version`.
    pub(crate) crates: Vec<String>,
    pub(crate) differences: bool,
    pub(crate) livedoc: Option<PathBuf>,
    pub(crate) folder: Option<PathBuf>,
    pub(crate) write: bool,
}

/// Reads what stands behind `rustdoc-parity`.
pub(crate) fn arguments(words: impl IntoIterator<Item = impl Into<OsString>>) -> Result<Arguments, lexopt::Error> {
    let mut arguments = Arguments { crates: Vec::new(), differences: false, livedoc: None, folder: None, write: false };
    let mut parser = Parser::from_args(words);
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Value(name) => arguments.crates.push(name.string()?),
            Arg::Long("differences") => arguments.differences = true,
            Arg::Long("livedoc") => arguments.livedoc = Some(parser.value()?.into()),
            Arg::Long("folder") => arguments.folder = Some(parser.value()?.into()),
            Arg::Long("write") => arguments.write = true,
            other => return Err(other.unexpected()),
        }
    }
    if arguments.crates.is_empty() {
        arguments.crates.extend(CRATES.map(str::to_owned));
    }
    Ok(arguments)
}

#[cfg(test)]
mod tests {
    use super::{CRATES, arguments};

    #[test]
    fn crates_and_flags() {
        let named = arguments(["bytes@1.9.0", "serde", "--differences"]).expect("these are known");
        assert_eq!((named.crates, named.differences), (vec!["bytes@1.9.0".to_owned(), "serde".to_owned()], true));
        assert_eq!(arguments([] as [&str; 0]).expect("nothing is enough").crates, CRATES);
        assert!(arguments(["--speed"]).is_err());
    }
}
