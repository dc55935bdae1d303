//! The project's own chores: `cargo xtask test`, `cargo xtask check-links DIR…`.
//!
//! Nothing but the standard library, so that it is compiled in a second wherever Rust is.

mod links;
mod step;
mod suite;
mod tools;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask test                 every test there is; ends with `N passed, N failed`
       cargo xtask check-links DIR…     whether every internal link of a built site leads somewhere";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let passed = match arguments.as_slice() {
        ["test"] => suite::run_all(&root()),
        ["check-links", folders @ ..] if !folders.is_empty() => {
            let broken = folders.iter().filter(|folder| !links::report(Path::new(folder))).count();
            broken == 0
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The project's root: the folder above this package.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}
