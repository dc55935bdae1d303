//! The project's own chores: `cargo xtask test`, `cargo xtask check-links DIR…`, `cargo xtask bench`,
//! `cargo xtask rustdoc-parity`.
//!
//! Not a line of livedoc itself, so that it is compiled in seconds wherever Rust is.

mod bench;
mod book;
mod links;
mod livedoc;
mod machine;
mod parity;
mod step;
mod suite;
mod table;
mod tools;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask test                 every test there is; ends with `N passed, N failed`
       cargo xtask check-links DIR…     whether every internal link of a built site leads somewhere
       cargo xtask bench …              what builds and edits cost; `bench --help` says how to ask
       cargo xtask rustdoc-parity …     what is published of crates, beside what rustdoc publishes; likewise";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let passed = match arguments.as_slice() {
        ["test"] => suite::run_all(&root()),
        ["check-links", folders @ ..] if !folders.is_empty() => {
            let broken = folders.iter().filter(|folder| !links::report(Path::new(folder))).count();
            broken == 0
        }
        ["bench", "--help" | "-h", ..] => {
            println!("{}", bench::USAGE);
            true
        }
        ["bench", flags @ ..] => match bench::arguments(flags.iter().copied()) {
            Ok(arguments) => done("measure", bench::run(&arguments, &root())),
            Err(error) => {
                eprintln!("{error}\n\n{}", bench::USAGE);
                return ExitCode::from(2);
            }
        },
        ["rustdoc-parity", "--help" | "-h", ..] => {
            println!("{}", parity::USAGE);
            true
        }
        ["rustdoc-parity", flags @ ..] => match parity::arguments(flags.iter().copied()) {
            Ok(arguments) => done("compare", parity::run(&arguments, &root())),
            Err(error) => {
                eprintln!("{error}\n\n{}", parity::USAGE);
                return ExitCode::from(2);
            }
        },
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Whether `what` could be done; says why not.
fn done(what: &str, outcome: std::io::Result<()>) -> bool {
    outcome.inspect_err(|error| eprintln!("cannot {what}: {error}")).is_ok()
}

/// The project's root: the folder above this package.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}
