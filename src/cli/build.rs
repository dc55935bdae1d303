//! `livedoc build [DIR]`.

use std::time::Instant;

use super::arguments::{Build, Everywhere};
use super::check::last_line;
use super::progress::progress;
use super::report::{Channel, exit, remark, report};
use super::start::{flag, remark_claims, request, start};
use super::{Exit, Failure};
use crate::diagnostic::print::Format;
use crate::output::WriteError;
use crate::pipeline::deliver;

pub(super) fn run(command: &Build, everywhere: &Everywhere) -> Result<Exit, Failure> {
    let begun = Instant::now();
    let flags = [
        flag("site.output-dir", "--output-dir", command.output_dir.as_ref()),
        flag("site.base-url", "--base-url", command.base_url.as_ref()),
    ];
    let request = request(&command.dir, everywhere, flags.into_iter().flatten().collect());
    let loaded = match start(&request, everywhere, Format::Human, Channel::Beside)? {
        Ok(loaded) => loaded,
        Err(exit) => return Ok(exit),
    };
    let project = &loaded.project;
    let built = {
        let progress = progress(everywhere.quiet);
        deliver(project, everywhere.store(project).as_ref(), progress.as_ref()).map_err(refused)?
    };
    if everywhere.verbose {
        remark_claims(&built.analysis.claims);
    }
    let findings = &built.analysis.diagnostics;
    report(findings, &built.analysis.tree, &project.root, Format::Human, Channel::Beside)?;
    if !everywhere.quiet {
        let folder = &project.site.output_dir;
        let folder = folder.strip_prefix(&project.root).unwrap_or(folder).display();
        remark(&last_line(&format!("wrote {folder}:"), &built.analysis, findings, begun.elapsed()));
    }
    let exit = exit(findings, everywhere.strict);
    // The process ends here, which frees all at once what would take long to free piece by piece.
    std::mem::forget(built);
    Ok(exit)
}

/// A folder that must not be written to is the user's to change; all else is the machine's.
fn refused(error: WriteError) -> Failure {
    match error {
        WriteError::HoldsSources(_) | WriteError::HoldsOthers { .. } => Failure::usage(error.to_string()),
        WriteError::Busy(_) | WriteError::Io { .. } => Failure::machine(error.to_string()),
    }
}
