//! How a command ends.

use std::fmt;
use std::process::ExitCode;

use crate::config::LoadError;

/// The exit status of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Nothing to complain about.
    Clean = 0,
    /// An error was found, or a warning under `--strict`.
    Findings = 1,
    /// The command line or the configuration is wrong.
    Usage = 2,
    /// The machine failed: a disk is full, a port is taken.
    Machine = 3,
}

/// Why a command could not do its work.
#[derive(Debug)]
pub struct Failure {
    /// The status to end with.
    pub exit: Exit,
    /// What went wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it; empty for none.
    pub hint: String,
}

impl Failure {
    /// The user asked for something that cannot be.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, message: message.into(), hint: String::new() }
    }

    /// The machine cannot do what it was asked for.
    pub fn machine(message: impl Into<String>) -> Self {
        Self { exit: Exit::Machine, message: message.into(), hint: String::new() }
    }

    /// With what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::NoFolder(_) | LoadError::NoFile(_) => Self::usage(error.to_string()),
            LoadError::Unreadable(..) => Self::machine(error.to_string()),
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}
