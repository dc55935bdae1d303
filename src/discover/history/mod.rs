//! What git remembers of the files: which commits changed each of them, newest first.
//!
//! Enters: the repository's root and its files. Leaves: a [`History`], or why there is none. git does the reading, in several
//! processes side by side; what one run has read the next one takes over and adds the newest commits to. A file that was moved
//! as it was keeps the commits of its old name, and the move is no change.

mod fold;
mod log;
mod texts;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex};

use self::fold::Folded;
use self::log::Log;
use self::texts::Texts;
use super::git::{git, line};
use crate::source::{RepoPath, Stored, Unread, stored};

/// So many commits are looked at.
const MOST_COMMITS: usize = 100_000;

/// The commits that changed the files of a repository. Cheap to clone: clones share what they know.
#[derive(Clone, Debug)]
pub struct History {
    past: Arc<Past>,
    /// Files that are not as the last commit has them.
    edited: BTreeSet<RepoPath>,
    /// Texts of the past that somebody has asked for.
    told: Arc<Mutex<Texts>>,
}

/// Equal in what they know, whoever asked what.
impl PartialEq for History {
    fn eq(&self, other: &Self) -> bool {
        (&self.past, &self.edited) == (&other.past, &other.edited)
    }
}

/// What git knows.
#[derive(Debug, PartialEq, Eq)]
struct Past {
    /// The commit that is checked out, by its full name.
    head: String,
    /// The folder of git's repository that this is about; empty for all of it.
    folder: String,
    /// Newest first.
    commits: Vec<Commit>,
    /// By path; for each file the places of its commits, ascending.
    files: Vec<(RepoPath, Vec<u32>)>,
    /// Files that are no more, by path.
    gone: Vec<(RepoPath, Gone)>,
}

/// What became of a file that is no more.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Gone {
    /// The place of the commit that took it away.
    place: u32,
    /// The file that it is now, when it was moved as it was.
    now: Option<RepoPath>,
}

/// A commit that changed files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its full name.
    pub id: String,
    /// When it was made, in seconds since 1970.
    pub time: i64,
    /// The day on which that was where it was made, as ISO 8601 has it.
    pub day: String,
    /// Who wrote it.
    pub author: String,
    /// Its first line.
    pub subject: String,
}

stored! {
    struct Past { head, folder, commits, files, gone }
    struct Gone { place, now }
    struct Commit { id, time, day, author, subject }
}

/// The state after a commit, or before it; earlier ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The place of the commit.
    place: u32,
    is_before: bool,
}

impl Moment {
    fn after(place: u32) -> Self {
        Self { place, is_before: false }
    }

    /// The state that its commit found.
    #[must_use]
    pub fn before(self) -> Self {
        Self { is_before: true, ..self }
    }
}

/// Why nothing is known of the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoHistory {
    /// Nobody wants to know.
    NotAsked,
    /// The files are in no repository of git, or in one without commits.
    NoRepository,
    /// The clone leaves out old commits.
    Shallow,
    /// git cannot be started, or does not want to.
    Failed(String),
}

impl History {
    /// Reads what git knows of `files`, all below `root`. `known` is what was read before.
    ///
    /// # Errors
    /// Nothing is known, and why.
    pub fn read(root: &Path, files: impl Iterator<Item = RepoPath>, known: Option<&Self>) -> Result<Self, NoHistory> {
        let place = place(root)?;
        let files: Vec<RepoPath> = files.collect();
        let known = known.map(|known| &*known.past).filter(|known| known.folder == place.folder);
        let Folded { commits, files, gone } = match known {
            Some(known) if known.head == place.head => fold::fold(&Log::default(), files, Some(known)),
            _ => {
                let mut earlier = known.filter(|known| is_before(root, &known.head, &place.head));
                let mut read = log::read(root, &place.head, earlier.map(|known| known.head.as_str()))?;
                // What a merge brings may be older than what is known, and belongs between that.
                let newest = earlier.and_then(|known| known.commits.first()).map(|commit| commit.time);
                if newest.is_some_and(|newest| read.entries().any(|entry| entry.commit.time < newest)) {
                    (earlier, read) = (None, log::read(root, &place.head, None)?);
                }
                fold::fold(&read, files, earlier)
            }
        };
        let past = Past { head: place.head, folder: place.folder, commits, files, gone };
        Ok(Self { past: Arc::new(past), edited: edited(root), told: Arc::default() })
    }

    /// The same, when somebody has written `files` since.
    #[must_use]
    pub fn with_edits(mut self, files: &BTreeSet<RepoPath>) -> Self {
        self.edited.extend(files);
        self
    }

    /// What git knows as bytes, for the next run.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        Stored::<()>::write(&*self.past, &mut bytes);
        bytes
    }

    /// What [`History::to_bytes`] gave, when no file is edited.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut unread = Unread::new(bytes, ());
        let past: Past = Stored::read(&mut unread)?;
        // Places that lead nowhere would be somebody else's.
        let places = past.files.iter().flat_map(|(_, places)| places);
        let places = places.chain(past.gone.iter().map(|(_, gone)| &gone.place));
        let is_whole = places.into_iter().all(|place| (*place as usize) < past.commits.len());
        let history = Self { past: Arc::new(past), edited: BTreeSet::new(), told: Arc::default() };
        (unread.is_empty() && is_whole).then_some(history)
    }

    /// The commit that is checked out, by its full name.
    pub fn head(&self) -> &str {
        &self.past.head
    }

    /// Whether both know the same of the past.
    pub fn knows_as(&self, other: &Self) -> bool {
        self.past == other.past
    }

    /// The commits that changed the file at `path`, newest first.
    pub fn changes(&self, path: RepoPath) -> impl DoubleEndedIterator<Item = &Commit> + Clone {
        self.places(path).iter().filter_map(|place| self.past.commits.get(*place as usize))
    }

    /// When somebody last looked at the file at `path`: its last commit, or the last one up to the day on which it was reviewed
    /// (ISO 8601, as far as it is stated). `None` when git does not know the file.
    pub fn last_looked_at(&self, path: RepoPath, reviewed: Option<&str>) -> Option<Moment> {
        let changed = self.places(path).first().copied()?;
        let is_up_to = |commit: &Commit| reviewed.is_some_and(|day| *commit.day <= *day || commit.day.starts_with(day));
        let reviewed = self.past.commits.iter().position(is_up_to).and_then(|place| u32::try_from(place).ok());
        Some(Moment::after(reviewed.map_or(changed, |reviewed| reviewed.min(changed))))
    }

    /// The commits that changed `path` and came after `moment`, newest first.
    pub fn changes_after(&self, path: RepoPath, moment: Moment) -> impl DoubleEndedIterator<Item = &Commit> + Clone {
        let places = self.places(path);
        let after = &places[..places.partition_point(|place| *place < moment.place)];
        after.iter().filter_map(|place| self.past.commits.get(*place as usize))
    }

    /// The commit that `moment` is after or before.
    pub fn commit(&self, moment: Moment) -> Option<&Commit> {
        self.past.commits.get(moment.place as usize)
    }

    /// The moments at which somebody had changed the file at `path`, newest first.
    pub fn versions(&self, path: RepoPath) -> impl DoubleEndedIterator<Item = Moment> + ExactSizeIterator {
        self.places(path).iter().map(|place| Moment::after(*place))
    }

    /// The commit that took away the file that was at `path`, and the file that it is now, when it was moved as it was. `None` when
    /// there never was one, or still is.
    pub fn gone(&self, path: RepoPath) -> Option<(&Commit, Option<RepoPath>)> {
        let at = self.past.gone.binary_search_by_key(&path, |(path, _)| *path).ok()?;
        let gone = &self.past.gone[at].1;
        Some((self.past.commits.get(gone.place as usize)?, gone.now))
    }

    /// When the file that was at `path`, or the last one that was in the folder `path`, was taken away. `None` when there never was one,
    /// or still is.
    pub fn lost(&self, path: RepoPath) -> Option<Moment> {
        let first = self.past.gone.partition_point(|(gone, _)| *gone < path);
        let of_path = self.past.gone[first..].iter().take_while(|(gone, _)| gone.as_str().starts_with(path.as_str()));
        let lost = of_path.filter(|(gone, _)| *gone == path || gone.is_below(path));
        lost.map(|(_, gone)| Moment::after(gone.place)).min()
    }

    /// The paths of files that are no more, in order.
    pub fn gone_paths(&self) -> impl Iterator<Item = RepoPath> {
        self.past.gone.iter().map(|(path, _)| *path)
    }

    /// The paths of files that the commit of `moment` took away for good.
    pub fn taken_away_at(&self, moment: Moment) -> impl Iterator<Item = RepoPath> {
        self.past.gone.iter().filter(move |(_, gone)| gone.place == moment.place).map(|(path, _)| *path)
    }

    /// The paths at which the file at `path` was before it was moved, as it was.
    pub fn former(&self, path: RepoPath) -> impl Iterator<Item = RepoPath> {
        self.past.gone.iter().filter(move |(_, gone)| gone.now == Some(path)).map(|(former, _)| *former)
    }

    /// Whether a file that is no more was called `name`, its ending aside, or stood in a folder called so; hyphens and underscores are one.
    pub fn had_name(&self, name: &str) -> bool {
        let alike = |part: &str| part.len() == name.len() && part.replace('-', "_") == name.replace('-', "_");
        self.past.gone.iter().any(|(path, _)| alike(path.stem()) || path.folders().any(alike))
    }

    /// Whether the file at `path` is another one than in the last commit.
    pub fn is_edited(&self, path: RepoPath) -> bool {
        self.edited.contains(&path)
    }

    fn places(&self, path: RepoPath) -> &[u32] {
        let found = self.past.files.binary_search_by_key(&path, |(path, _)| *path);
        found.map_or(&[], |at| &self.past.files[at].1)
    }
}

/// Where a folder lies, and what is checked out there.
struct Place {
    head: String,
    folder: String,
}

fn place(root: &Path) -> Result<Place, NoHistory> {
    let failed = |error: super::RevisionError| NoHistory::Failed(error.to_string());
    let asked = git(root, ["rev-parse", "--is-shallow-repository", "--show-prefix"]).map_err(failed)?;
    if !asked.status.success() {
        let said = String::from_utf8_lossy(&asked.stderr);
        return Err(match said.lines().find(|line| line.contains("dubious ownership")) {
            Some(said) => NoHistory::Failed(said.trim_start_matches("fatal: ").to_owned()),
            None => NoHistory::NoRepository,
        });
    }
    let answer = String::from_utf8_lossy(&asked.stdout).into_owned();
    let mut lines = answer.lines();
    if lines.next() == Some("true") {
        return Err(NoHistory::Shallow);
    }
    let folder = lines.next().unwrap_or_default().to_owned();
    let head = line(&git(root, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).map_err(failed)?);
    if head.is_empty() { Err(NoHistory::NoRepository) } else { Ok(Place { head, folder }) }
}

fn is_before(root: &Path, older: &str, newer: &str) -> bool {
    git(root, ["merge-base", "--is-ancestor", older, newer]).is_ok_and(|answer| answer.status.success())
}

/// The files that are not as the last commit has them.
fn edited(root: &Path) -> BTreeSet<RepoPath> {
    let arguments = ["diff", "--no-ext-diff", "--no-textconv", "--name-only", "--relative", "-z", "HEAD", "--"];
    let told = git(root, arguments).map(|answer| answer.stdout).unwrap_or_default();
    let names = told.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    names.filter_map(|name| RepoPath::new(std::str::from_utf8(name).ok()?)).collect()
}

#[cfg(test)]
mod tests;
