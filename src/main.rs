//! Arguments in, exit code out.

use std::process::ExitCode;

/// A build allocates on every thread; the system's allocator grows a thread's
/// heap by a few pages at a time, and each growth stops the other threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    livedoc::cli::run(std::env::args_os())
}
