//! The project's own chores: `cargo xtask test`, `cargo xtask check-links DIR…`, `cargo xtask bench`.
//!
//! Not a line of livedoc itself, so that it is compiled in seconds wherever Rust is.

mod bench;
mod links;
mod step;
mod suite;
mod tools;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask test                 every test there is; ends with `N passed, N failed`
       cargo xtask check-links DIR…     whether every internal link of a built site leads somewhere
       cargo xtask bench …              what builds and edits cost; `bench --help` says how to ask";

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
            Ok(arguments) => measured(&arguments),
            Err(error) => {
                eprintln!("{error}\n\n{}", bench::USAGE);
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

/// Whether all could be measured; says why not.
fn measured(arguments: &bench::Arguments) -> bool {
    let outcome = bench::run(arguments, &root());
    outcome.inspect_err(|error| eprintln!("cannot measure: {error}")).is_ok()
}

/// The project's root: the folder above this package.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}
