//! `livedoc check [DIR]`.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::arguments::{Check, Everywhere};
use super::mending::{show_mending, write_mending};
use super::progress::progress;
use super::report::{Channel, exit, remark, report};
use super::since::since;
use super::start::{remark_claims, request, start};
use super::today::today;
use super::{Exit, Failure};
use crate::config::{Flag, Project};
use crate::diagnostic::print::summary;
use crate::diagnostic::{Compared, Diagnostic, Diagnostics, compare_baseline, is_baseline, write_baseline};
use crate::graph::edge_count;
use crate::pipeline::{Analysis, check_site};
use crate::plan::{PageContent, SitePlan};

pub(super) fn run(command: &Check, everywhere: &Everywhere) -> Result<Exit, Failure> {
    let begun = Instant::now();
    let format = command.format.into();
    let flags = command.external.then(|| Flag { key: "external.check", flag: "--external", text: "true".to_owned() });
    let request = request(&command.dir, everywhere, flags.into_iter().collect());
    let loaded = match start(&request, everywhere, format, Channel::Output)? {
        Ok(loaded) => loaded,
        Err(exit) => return Ok(exit),
    };
    let project = Project { today: Some(today()), ..loaded.project };
    let mut looked = look(command, &project, everywhere)?;
    if everywhere.verbose {
        remark_claims(&looked.0.claims);
    }
    if command.diff {
        return show_mending(&looked.1.new, &looked.0.tree, &project.root, everywhere);
    }
    if command.fix && write_mending(command, &looked.1.new, &looked.0.tree, &project.root, everywhere)? {
        looked = look(command, &project, everywhere)?;
    }
    let (analysis, compared) = looked;
    report(&compared.new, &analysis.tree, &project.root, format, Channel::Output)?;
    if let Some(file) = &command.baseline {
        for (line, finding) in &compared.mended {
            remark(&format!("error: {}:{line}: this is mended and must leave the file: {finding}", file.display()));
        }
        if !compared.mended.is_empty() {
            remark("  help: run the command with `--update-baseline` and commit the file");
        }
    }
    if !everywhere.quiet {
        remark(&last_line("checked", &analysis, &compared.new, begun.elapsed()));
    }
    let exit = exit(&compared.new, everywhere.strict);
    Ok(if compared.mended.is_empty() { exit } else { Exit::Findings })
}

/// What is known of `project`, and what of that is to be reported.
fn look(command: &Check, project: &Project, everywhere: &Everywhere) -> Result<(Analysis, Compared), Failure> {
    let analysis = {
        let progress = progress(everywhere.quiet);
        check_site(project, everywhere.store(project).as_ref(), progress.as_ref())
    };
    let compared = match &command.baseline {
        Some(file) => compared(&analysis.diagnostics, file, command.update_baseline)?,
        None => Compared { new: analysis.diagnostics.clone(), mended: Vec::new() },
    };
    let compared = match &command.since {
        Some(revision) => Compared { new: since(compared.new, project, revision, everywhere)?, ..compared },
        None => compared,
    };
    Ok((analysis, compared))
}

/// What of `findings` the baseline in `file` does not tolerate; nothing once it is `updated`.
fn compared(findings: &Diagnostics, file: &Path, updated: bool) -> Result<Compared, Failure> {
    if updated {
        if fs::read_to_string(file).is_ok_and(|text| !is_baseline(&text)) || file.is_dir() {
            let hint = "name a file that is not there, or one that this command wrote";
            return Err(Failure::usage(format!("{} is no baseline and stays as it is", file.display())).hint(hint));
        }
        fs::write(file, write_baseline(findings))
            .map_err(|error| Failure::machine(format!("{} cannot be written: {error}", file.display())))?;
        return Ok(Compared { new: Vec::new(), mended: Vec::new() });
    }
    let text = fs::read_to_string(file).map_err(|error| {
        Failure::usage(format!("{} cannot be read: {error}", file.display())).hint("`--update-baseline` writes it")
    })?;
    Ok(compare_baseline(findings.clone(), &text))
}

/// "12 pages", "12 pages and 9 source files".
pub(super) fn page_count(plan: &SitePlan) -> String {
    let files = plan.pages.iter().filter(|page| matches!(page.content, PageContent::File { .. })).count();
    let pages = count(plan.pages.len() - files, "page");
    if files == 0 { pages } else { format!("{pages} and {}", count(files, "source file")) }
}

fn count(count: usize, name: &str) -> String {
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}

/// "checked 12 pages and 9 source files, 34 nodes, 56 links in 0.12 s: 3 errors, 1 warning".
pub(super) fn last_line(verb: &str, analysis: &Analysis, findings: &[Diagnostic], time: Duration) -> String {
    format!(
        "{verb} {}, {}, {} in {:.2} s: {}",
        page_count(&analysis.plan),
        count(analysis.resolved.graph.nodes().len(), "node"),
        count(edge_count(&analysis.resolved), "link"),
        time.as_secs_f64(),
        summary(findings)
    )
}
