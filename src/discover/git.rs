//! git, as a program: a folder and what to ask -> its answer.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::RevisionError;

/// What git answers in `folder`.
///
/// # Errors
/// git cannot be started.
pub(super) fn git<'a>(folder: &Path, arguments: impl IntoIterator<Item = &'a str>) -> Result<Output, RevisionError> {
    Command::new("git").arg("-C").arg(folder).args(arguments).stdin(Stdio::null()).output().map_err(cannot_start)
}

/// The first line that a command wrote.
pub(super) fn line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned()
}

/// That there is no git.
pub(super) fn cannot_start(error: std::io::Error) -> RevisionError {
    RevisionError::Machine(format!("git cannot be started: {error}"))
}
