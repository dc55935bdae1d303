//! The commands: one file each.
//!
//! Enters: the arguments. Leaves: text on standard output and standard error, and an [`Exit`]. What a command was asked
//! for goes to standard output; progress, summaries and what went wrong go to standard error.

mod arguments;
mod build;
mod check;
mod completions;
mod diff;
mod exit;
mod explain;
mod graph;
mod impact;
mod init;
mod mending;
mod new;
mod progress;
mod report;
mod review;
mod serve;
mod since;
mod start;
mod timings;
mod today;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command, Everywhere};
pub use exit::{Exit, Failure};

/// What a command is to spare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thrift {
    /// Memory, if need be at the cost of a tenth of the time: commands that only read run where that is dearer.
    Memory,
    /// Time, if need be at the cost of a tenth of the memory: somebody waits for a build.
    Time,
    /// Nothing more than anything else.
    None,
}

/// Runs the command that `arguments` (the program's name first) ask for. `settle` is told first what it is to spare.
pub fn run(arguments: impl IntoIterator<Item = OsString>, settle: fn(Thrift)) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // A closed pipe is the reader's choice.
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage } else { Exit::Clean }.into();
        }
    };
    let everywhere = arguments.everywhere;
    settle(match arguments.command {
        Command::Check(_) | Command::Graph(_) => Thrift::Memory,
        Command::Build(_) => Thrift::Time,
        _ => Thrift::None,
    });
    everywhere.settle_colour();
    let watching = everywhere.settle_threads().and_then(|()| everywhere.watch());
    let done = watching.and_then(|watching| {
        let done = dispatch(&arguments.command, &everywhere);
        watching.report();
        done
    });
    match done {
        Ok(exit) => exit.into(),
        Err(failure) => {
            report::say_failure(&failure);
            failure.exit.into()
        }
    }
}

fn dispatch(command: &Command, everywhere: &Everywhere) -> Result<Exit, Failure> {
    match command {
        Command::Init(command) => init::run(command, everywhere),
        Command::Serve(command) => serve::run(command, everywhere),
        Command::Build(command) => build::run(command, everywhere),
        Command::Check(command) => check::run(command, everywhere),
        Command::Graph(command) => graph::run(command, everywhere),
        Command::Diff(command) => diff::run(command, everywhere),
        Command::Impact(command) => impact::run(command, everywhere),
        Command::New(command) => new::run(command, everywhere),
        Command::Review(command) => review::run(command),
        Command::Explain(command) => explain::run(command),
        Command::Completions(command) => completions::run(command),
    }
}
