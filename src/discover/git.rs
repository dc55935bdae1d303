//! git, as a program: a folder and what to ask -> its answer.

use std::io::{self, Read, Write};
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

/// What git answers in `folder` to `input`, which may be long.
///
/// # Errors
/// git cannot be started, or fails: why, in a few words.
pub(super) fn answer<'a>(
    folder: &Path,
    arguments: impl IntoIterator<Item = &'a str>,
    input: &[u8],
) -> Result<Vec<u8>, String> {
    let mut answer = Vec::new();
    listen(folder, arguments, input, |from| from.read_to_end(&mut answer).map(|_| ()))?;
    Ok(answer)
}

/// How little of the packed past git is to hold at a time. Several processes read it side by side, and each would map all of it: a third of
/// the memory for a tenth more time (git, "core.packedGitWindowSize", "core.packedGitLimit", "core.deltaBaseCacheLimit").
const SPARING: [&str; 6] =
    ["-c", "core.packedGitWindowSize=1m", "-c", "core.packedGitLimit=32m", "-c", "core.deltaBaseCacheLimit=8m"];

/// Has `hear` read what git answers in `folder` to `input`, as it comes: both may be long.
///
/// # Errors
/// git cannot be started, or fails, or `hear` does: why, in a few words.
pub(super) fn listen<'a>(
    folder: &Path,
    arguments: impl IntoIterator<Item = &'a str>,
    input: &[u8],
    hear: impl FnOnce(&mut dyn Read) -> io::Result<()>,
) -> Result<(), String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(SPARING).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| format!("git cannot be started: {error}"))?;
    let (to, from) = (child.stdin.take(), child.stdout.take());
    let heard = std::thread::scope(|scope| {
        // Nobody can fill a pipe and listen at the same time. git says itself when it hears too little.
        scope.spawn(move || to.map(|mut to| to.write_all(input)));
        from.map_or(Ok(()), |mut from| hear(&mut from))
    });
    let status = child.wait().map_err(|error| error.to_string())?;
    heard.map_err(|error| format!("git cannot be heard: {error}"))?;
    if status.success() { Ok(()) } else { Err("git failed".to_owned()) }
}

/// The first line that a command wrote.
pub(super) fn line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned()
}

/// That there is no git.
pub(super) fn cannot_start(error: std::io::Error) -> RevisionError {
    RevisionError::Machine(format!("git cannot be started: {error}"))
}
