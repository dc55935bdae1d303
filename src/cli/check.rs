//! `livedoc check [DIR]`.

use std::time::{Duration, Instant};

use super::arguments::{Check, Everywhere};
use super::progress::progress;
use super::report::{Channel, exit, remark, report};
use super::start::{remark_claims, request, start};
use super::{Exit, Failure};
use crate::diagnostic::print::summary;
use crate::graph::edges;
use crate::pipeline::{Analysis, check_site};

pub(super) fn run(command: &Check, everywhere: &Everywhere) -> Result<Exit, Failure> {
    let begun = Instant::now();
    let format = command.format.into();
    let loaded = match start(&request(&command.dir, everywhere, Vec::new()), everywhere, format, Channel::Output)? {
        Ok(loaded) => loaded,
        Err(exit) => return Ok(exit),
    };
    let analysis = {
        let progress = progress(everywhere.quiet);
        check_site(&loaded.project, everywhere.store(&loaded.project).as_ref(), progress.as_ref())
    };
    if everywhere.verbose {
        remark_claims(&analysis.claims);
    }
    report(&analysis.diagnostics, &analysis.tree, &loaded.project.root, format, Channel::Output)?;
    if !everywhere.quiet {
        remark(&last_line("checked", &analysis, begun.elapsed()));
    }
    Ok(exit(&analysis.diagnostics, everywhere.strict))
}

/// "checked 12 pages, 34 nodes, 56 links in 0.12 s: 3 errors, 1 warning".
pub(super) fn last_line(verb: &str, analysis: &Analysis, time: Duration) -> String {
    let count = |count: usize, name: &str| format!("{count} {name}{}", if count == 1 { "" } else { "s" });
    format!(
        "{verb} {}, {}, {} in {:.2} s: {}",
        count(analysis.plan.pages.len(), "page"),
        count(analysis.resolved.graph.nodes().len(), "node"),
        count(edges(&analysis.resolved).len(), "link"),
        time.as_secs_f64(),
        summary(&analysis.diagnostics)
    )
}
