//! `livedoc completions SHELL`.

use clap::CommandFactory;

use super::arguments::{Arguments, Completions};
use super::report::say;
use super::{Exit, Failure};

pub(super) fn run(command: &Completions) -> Result<Exit, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(command.shell, &mut Arguments::command(), "livedoc", &mut text);
    say(|out| out.write_all(&text))?;
    Ok(Exit::Clean)
}
