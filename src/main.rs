//! Arguments in, exit code out.

mod allocator;

use std::process::ExitCode;

fn main() -> ExitCode {
    livedoc::cli::run(std::env::args_os(), allocator::settle)
}
