//! `livedoc check --diff` and `--fix`: what mends the findings, shown and written.

use std::io::{self, Write};
use std::path::Path;

use super::arguments::{Check, Everywhere, ReportFormat};
use super::report::{Channel, look, painted, remark, say};
use super::{Exit, Failure};
use crate::diagnostic::Diagnostic;
use crate::discover::find_uncommitted;
use crate::mend::{Mending, concerned, difference, mend, replace};
use crate::source::Sources;

/// Prints what mends `findings`. It fails when there is something, so that others can ask.
pub(super) fn show_mending(
    findings: &[Diagnostic],
    sources: &dyn Sources,
    root: &Path,
    everywhere: &Everywhere,
) -> Result<Exit, Failure> {
    let mending = mend(findings, root, sources, &|_| true);
    show(&mending, Channel::Output)?;
    if !everywhere.quiet {
        remark(&format!("would mend {}", counted(&mending)));
    }
    Ok(if mending.files.is_empty() { Exit::Clean } else { Exit::Findings })
}

/// Prints what mends `findings`, and writes it to files of which git has what they say. Whether there was something to write.
pub(super) fn write_mending(
    command: &Check,
    findings: &[Diagnostic],
    sources: &dyn Sources,
    root: &Path,
    everywhere: &Everywhere,
) -> Result<bool, Failure> {
    let concerned = concerned(findings);
    let uncommitted = if command.allow_dirty { Default::default() } else { find_uncommitted(root, &concerned) };
    let mending = mend(findings, root, sources, &|path| !uncommitted.contains(&path));
    // What programs read must be the report alone.
    let channel = if matches!(command.format, ReportFormat::Human) { Channel::Output } else { Channel::Beside };
    show(&mending, channel)?;
    for file in &mending.files {
        let path = file.path.under(root);
        replace(&path, &file.new)
            .map_err(|error| Failure::machine(format!("`{}` cannot be written: {error}", path.display())))?;
    }
    for path in &uncommitted {
        remark(&format!("{path} has changes that are not committed, and stays as it is"));
    }
    if !uncommitted.is_empty() {
        remark("  help: commit or stash them, or mend them as well with `--allow-dirty`");
    }
    if !everywhere.quiet {
        remark(&format!("mended {}", counted(&mending)));
    }
    Ok(!mending.files.is_empty())
}

fn show(mending: &Mending, channel: Channel) -> Result<(), Failure> {
    let write = |out: &mut dyn Write, colour: bool| -> io::Result<()> {
        let texts = mending.files.iter().map(difference);
        texts
            .into_iter()
            .try_for_each(|text| text.split_inclusive('\n').try_for_each(|line| write_line(out, colour, line)))
    };
    match channel {
        Channel::Output => {
            let colour = look(&io::stdout()).colour;
            say(|out| write(out, colour))
        }
        Channel::Beside => {
            let colour = look(&io::stderr()).colour;
            // Nobody to hear it is no failure.
            let _ = write(&mut io::stderr().lock(), colour);
            Ok(())
        }
    }
}

/// Writes a line of a diff, in git's colours where there is colour.
fn write_line(out: &mut dyn Write, colour: bool, line: &str) -> io::Result<()> {
    let style = match line.as_bytes().first() {
        Some(b'+') if !line.starts_with("+++ ") => "32",
        Some(b'-') if !line.starts_with("--- ") => "31",
        Some(b'@') => "36",
        _ => return out.write_all(line.as_bytes()),
    };
    let words = line.trim_end_matches(['\r', '\n']);
    write!(out, "{}{}", painted(colour, style, words), &line[words.len()..])
}

/// "3 findings in 2 files".
fn counted(mending: &Mending) -> String {
    let count = |count: usize, name: &str| format!("{count} {name}{}", if count == 1 { "" } else { "s" });
    format!("{} in {}", count(mending.findings, "finding"), count(mending.files.len(), "file"))
}
