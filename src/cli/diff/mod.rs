//! `livedoc diff [REVISIONS] [DIR]`.

mod json;
mod markdown;
mod text;

use std::io;

use super::arguments::{Diff, DiffFormat, Everywhere};
use super::report::{Channel, look, say};
use super::start::{request, start};
use super::{Exit, Failure};
use crate::compare::{Change, Changes, Side, State, compare, title};
use crate::config::Project;
use crate::diagnostic::print::Format;
use crate::discover::{CheckedOut, RevisionError, check_out, find_commit, find_common_commit};
use crate::graph::{NodeId, Subject};
use crate::pipeline::{Promises, is_read_for_promises, promises};
use crate::source::Sources;

pub(super) fn run(command: &Diff, everywhere: &Everywhere) -> Result<Exit, Failure> {
    let loaded =
        match start(&request(&command.dir, everywhere, Vec::new()), everywhere, Format::Human, Channel::Beside)? {
            Ok(loaded) => loaded,
            Err(exit) => return Ok(exit),
        };
    let project = &loaded.project;
    let (old, new) = revisions(project, &command.revisions)?;
    let old = check_out(&project.root, &old, is_read_for_promises)?;
    let new = new.map(|commit| check_out(&project.root, &commit, is_read_for_promises)).transpose()?;
    let before = promises_of(project, Some(&old));
    let after = promises_of(project, new.as_ref());
    let changes = compare(state(&before), state(&after));
    let comparison = Comparison {
        from: old.commit.clone(),
        to: new.as_ref().map(|new| new.commit.clone()),
        before: &before,
        after: &after,
        changes: if command.breaking { only_breaking(changes) } else { changes },
    };
    match command.format {
        DiffFormat::Text => {
            let colour = look(&io::stdout()).colour;
            say(|out| text::print(&comparison, colour, out))?;
        }
        DiffFormat::Json => say(|out| json::print(&comparison, out))?,
        DiffFormat::Markdown => say(|out| markdown::print(&comparison, out))?,
    }
    let breaks = comparison.count(|change| change.is_breaking) > 0;
    Ok(if everywhere.strict && breaks { Exit::Findings } else { Exit::Clean })
}

fn state(promises: &Promises) -> State<'_> {
    State { graph: &promises.graph, contracts: &promises.contracts }
}

/// What is printed.
struct Comparison<'a> {
    /// The commit before.
    from: String,
    /// The commit after; none for the files as they are now.
    to: Option<String>,
    before: &'a Promises,
    after: &'a Promises,
    changes: Vec<Changes>,
}

impl Comparison<'_> {
    fn count(&self, counts: impl Fn(&Change) -> bool) -> usize {
        self.changes.iter().flat_map(|group| &group.changes).filter(|change| counts(change)).count()
    }

    fn promises(&self, side: Side) -> &Promises {
        if side == Side::Before { self.before } else { self.after }
    }

    /// The line in which `change` is written, from 1.
    fn line(&self, change: &Change) -> u32 {
        let file = self.promises(change.side).tree.source(change.span.file);
        file.map_or(1, |file| file.line(change.span.start))
    }

    /// What readers call the call `id` of the state after.
    fn title(&self, id: NodeId) -> String {
        title(state(self.after), Subject::Node(id))
    }

    /// "2 breaking changes, 3 others".
    fn summary(&self) -> String {
        let breaking = self.count(|change| change.is_breaking);
        let others = self.count(|change| !change.is_breaking);
        match (breaking, others) {
            (0, 0) => "no changes".to_owned(),
            (0, 1) => "1 change, which breaks nothing".to_owned(),
            (0, others) => format!("{others} changes, none of which breaks anything"),
            (1, 0) => "1 breaking change".to_owned(),
            (1, 1) => "1 breaking change, 1 other".to_owned(),
            (1, others) => format!("1 breaking change, {others} others"),
            (breaking, 0) => format!("{breaking} breaking changes"),
            (breaking, 1) => format!("{breaking} breaking changes, 1 other"),
            (breaking, others) => format!("{breaking} breaking changes, {others} others"),
        }
    }
}

/// The changes of `group` by what they are about, in their order.
fn by_subject(group: &Changes) -> Vec<&[Change]> {
    group.changes.chunk_by(|left, right| (left.subject, &left.title) == (right.subject, &right.title)).collect()
}

fn only_breaking(mut changes: Vec<Changes>) -> Vec<Changes> {
    for group in &mut changes {
        group.changes.retain(|change| change.is_breaking);
    }
    changes.retain(|group| !group.changes.is_empty());
    changes
}

/// The two commits that `text` names; the files as they are now for the second when it names none.
pub(super) fn revisions(project: &Project, text: &str) -> Result<(String, Option<String>), Failure> {
    let root = &project.root;
    let named = |name: &str| if name.is_empty() { "HEAD".to_owned() } else { name.to_owned() };
    if let Some((old, new)) = text.split_once("...") {
        let (old, new) = (find_commit(root, &named(old))?, find_commit(root, &named(new))?);
        return Ok((find_common_commit(root, &old, &new)?, Some(new)));
    }
    if let Some((old, new)) = text.split_once("..") {
        return Ok((find_commit(root, &named(old))?, Some(find_commit(root, &named(new))?)));
    }
    Ok((find_commit(root, &named(text))?, None))
}

/// What the repository promises in a revision, or as it is now. The settings are those of now: they say what is meant by its
/// APIs, whenever that is asked.
fn promises_of(project: &Project, revision: Option<&CheckedOut>) -> Promises {
    match revision {
        Some(revision) => promises(&Project { root: revision.folder(), ..project.clone() }),
        None => promises(project),
    }
}

impl From<RevisionError> for Failure {
    fn from(error: RevisionError) -> Self {
        let message = error.to_string();
        match error {
            RevisionError::NoRepository(_) => Self::usage(message).hint("revisions are compared in a checkout of git"),
            RevisionError::Unknown(_) | RevisionError::Unrelated(..) => Self::usage(message)
                .hint("`git log` shows revisions; a build server may have to fetch more of them (`fetch-depth: 0`)"),
            RevisionError::Machine(_) => Self::machine(message),
        }
    }
}
