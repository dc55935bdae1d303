//! What commands say, and where.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use terminal_size::terminal_size;

use super::{Exit, Failure};
use crate::diagnostic::print::{Format, Look, Report, print};
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Sources;

/// Writes what the user asked for to standard output. When nobody reads on (`| head`), that is no failure.
pub(super) fn say(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::machine(format!("standard output cannot be written to: {error}")))
        }
        _ => {
            // What is left in the buffer must not be written by its destructor.
            let _ = out.into_parts();
            Ok(())
        }
    }
}

/// `text` in the style of an escape code of terminals ("1;31" is bold red), where there is colour.
pub(super) fn painted(colour: bool, code: &str, text: &str) -> String {
    if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Writes a line beside the output. Nobody to hear it is no failure.
pub(super) fn remark(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Writes why a command could not do its work.
pub(super) fn say_failure(failure: &Failure) {
    let mut stream = anstream::stderr();
    let _ = writeln!(stream, "\u{1b}[1;31merror\u{1b}[0m: {failure}");
    if !failure.hint.is_empty() {
        let _ = writeln!(stream, "  \u{1b}[1;36mhelp\u{1b}[0m: {}", failure.hint);
    }
}

/// Where a report goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Channel {
    /// Standard output: the report is what was asked for.
    Output,
    /// Standard error: it stands beside something else.
    Beside,
}

/// Writes `findings`, whose paths start at `root`.
pub(super) fn report(
    findings: &[Diagnostic],
    sources: &(dyn Sources + Sync),
    root: &Path,
    format: Format,
    channel: Channel,
) -> Result<(), Failure> {
    let folder = match format {
        Format::Human => way(&std::env::current_dir().unwrap_or_default(), root),
        // The graph's own paths start at the root too.
        Format::Json => String::new(),
        Format::Github | Format::Sarif | Format::Junit | Format::Markdown => {
            root.ancestors().find(|folder| folder.join(".git").exists()).map_or_else(String::new, |top| way(top, root))
        }
    };
    let report = Report { findings, sources, folder: &folder };
    let _entered = tracing::info_span!("Report", items = findings.len()).entered();
    match channel {
        Channel::Output => {
            let look = look(&io::stdout());
            say(|out| print(&report, format, look, out))
        }
        Channel::Beside => {
            let stream = io::stderr();
            let look = look(&stream);
            let _ = print(&report, format, look, &mut io::BufWriter::new(stream.lock()));
            Ok(())
        }
    }
}

/// How a command ends that found `findings`.
pub(super) fn exit(findings: &[Diagnostic], strict: bool) -> Exit {
    let fails = if strict { Level::Warn } else { Level::Error };
    if findings.iter().any(|finding| finding.level >= fails) { Exit::Findings } else { Exit::Clean }
}

/// The way from the folder `from` down to `root`, with a final slash; empty when it does not lead down.
fn way(from: &Path, root: &Path) -> String {
    let from = from.canonicalize().unwrap_or_else(|_| from.to_path_buf());
    crate::source::RepoPath::below(&from, root)
        .map(|path| path.as_str())
        .filter(|path| !path.is_empty())
        .map_or_else(String::new, |path| format!("{path}/"))
}

/// How to write for whoever reads `stream`.
pub(super) fn look<S: anstream::stream::RawStream + IsTerminal>(stream: &S) -> Look {
    let colour = AutoStream::choice(stream) != ColorChoice::Never;
    let width = if IsTerminal::is_terminal(stream) { terminal_size() } else { None };
    Look { colour, width: width.map_or(Look::default().width, |(width, _)| usize::from(width.0)) }
}
