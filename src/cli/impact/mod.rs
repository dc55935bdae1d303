//! `livedoc impact [REVISIONS] [DIR]`.

mod json;
mod markdown;
mod text;

use std::io;

use super::arguments::{DiffFormat, Everywhere, Impact as Arguments};
use super::diff::revisions;
use super::progress::progress;
use super::report::{Channel, look, say};
use super::start::{request, start};
use super::{Exit, Failure};
use crate::config::Project;
use crate::diagnostic::print::Format;
use crate::discover::{check_out, find_common_commit, find_edits, find_main};
use crate::graph::{Node, NodeId};
use crate::impact::{Impact, Stop, impact};
use crate::pipeline::{Analysis, Earlier, analyse};

pub(super) fn run(command: &Arguments, everywhere: &Everywhere) -> Result<Exit, Failure> {
    let loaded =
        match start(&request(&command.dir, everywhere, Vec::new()), everywhere, Format::Human, Channel::Beside)? {
            Ok(loaded) => loaded,
            Err(exit) => return Ok(exit),
        };
    let project = loaded.project.without_history();
    let root = &project.root;
    let (old, new) = match &command.revisions {
        Some(text) => revisions(&project, text)?,
        None => (find_common_commit(root, &find_main(root)?, "HEAD")?, None),
    };
    let edits = find_edits(root, &old, new.as_deref())?;
    let later = new.as_ref().map(|commit| check_out(root, commit, |_| true)).transpose()?;
    let analysis = {
        let progress = progress(everywhere.quiet);
        let project = match &later {
            Some(later) => Project { root: later.folder(), ..project.clone() },
            None => project.clone(),
        };
        analyse(&project, Earlier::NOTHING, progress.as_ref())
    };
    let told = Told {
        from: old,
        to: new,
        files: edits.len(),
        impact: impact(&analysis.resolved, &analysis.tree, &edits),
        analysis: &analysis,
    };
    match command.format {
        DiffFormat::Text => {
            let colour = look(&io::stdout()).colour;
            say(|out| text::print(&told, colour, out))?;
        }
        DiffFormat::Json => say(|out| json::print(&told, out))?,
        DiffFormat::Markdown => say(|out| markdown::print(&told, out))?,
    }
    Ok(Exit::Clean)
}

/// What is printed.
struct Told<'a> {
    /// The commit before.
    from: String,
    /// The commit after; none for the files as they are now.
    to: Option<String>,
    /// How many files changed.
    files: usize,
    impact: Impact,
    analysis: &'a Analysis,
}

impl Told<'_> {
    fn node(&self, id: NodeId) -> Option<&Node> {
        self.analysis.resolved.graph.node(id)
    }

    fn title(&self, id: NodeId) -> &str {
        self.node(id).map_or_else(|| id.as_str(), |node| &node.title)
    }

    /// Where the node `id` is written.
    fn path(&self, id: NodeId) -> &'static str {
        self.node(id).map_or("", |node| node.span.file.as_str())
    }

    /// What stands between what changed and the last stop of `way`, beginning with what changed: `Order.total`, `src/lib.rs`.
    fn names(&self, way: &[Stop]) -> Vec<String> {
        let before = &way[..way.len().saturating_sub(1)];
        let name = |stop: &Stop| match stop {
            Stop::Node(id) => id.to_string(),
            Stop::File(path) => path.to_string(),
        };
        before.iter().map(name).collect()
    }

    /// "3 pages and 2 owners depend on what changed in 5 files".
    fn summary(&self) -> String {
        let count = |count: usize, name: &str| format!("{count} {name}{}", if count == 1 { "" } else { "s" });
        let pages = self.impact.documents.iter().filter(|found| !found.is_changed).count();
        let owners = self.impact.owners.len();
        let verb = if pages + owners == 1 { "depends" } else { "depend" };
        let files = count(self.files, "file");
        format!("{} and {} {verb} on what changed in {files}", count(pages, "page"), count(owners, "owner"))
    }
}
