//! A range of commits -> what git writes about each, in several processes side by side.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read};
use std::num::NonZeroU64;
use std::ops::Range;
use std::path::Path;

use rayon::prelude::*;

use super::{Commit, MOST_COMMITS, NoHistory};
use crate::discover::git::{git, listen};

/// Fewer commits are not worth another process.
const SMALLEST_SHARE: usize = 512;

/// What git wrote, newest commits first.
#[derive(Default)]
pub(super) struct Log {
    shares: Vec<Share>,
}

/// What one process wrote, with each path once: it comes again with every commit that touches the file.
#[derive(Default)]
struct Share {
    paths: Vec<Box<str>>,
    commits: Vec<(Commit, Range<usize>)>,
    changes: Vec<(u32, Contents)>,
}

/// A commit, and what it did to which files.
pub(super) struct Entry<'l> {
    pub(super) commit: &'l Commit,
    pub(super) changes: Vec<Change<'l>>,
}

/// What a commit did to a file.
#[derive(Clone, Copy)]
pub(super) struct Change<'l> {
    /// From the root of what is looked at.
    pub(super) path: &'l str,
    pub(super) contents: Contents,
}

/// The beginnings of the names of the contents before and after, without which there was or is no file.
#[derive(Clone, Copy)]
pub(super) struct Contents {
    pub(super) before: Option<NonZeroU64>,
    pub(super) after: Option<NonZeroU64>,
}

/// Begins each commit in what git is asked to write: no path and no name begins so.
const MARK: char = '\u{1}';

/// Reads the commits up to `head` that `known` does not have among its own.
pub(super) fn read(root: &Path, head: &str, known: Option<&str>) -> Result<Log, NoHistory> {
    let failed = |said: String| NoHistory::Failed(said);
    let most = format!("--max-count={MOST_COMMITS}");
    let without = known.map(|known| format!("^{known}"));
    let arguments = ["rev-list", "--date-order", &most, head].into_iter().chain(without.as_deref()).chain(["--"]);
    let listed = git(root, arguments).map_err(|error| failed(error.to_string()))?;
    if !listed.status.success() {
        return Err(failed("git rev-list failed".to_owned()));
    }
    let commits = listed.stdout.iter().filter(|byte| **byte == b'\n').count();
    let width = listed.stdout.iter().position(|byte| *byte == b'\n').map_or(1, |end| end + 1);
    let share = commits.div_ceil(rayon::current_num_threads().max(1)).max(SMALLEST_SHARE) * width;
    let read = |names: &[u8]| -> Result<Share, String> {
        let mut share = Share::default();
        listen(root, ASKED.iter().copied(), names, |from| share.read(from))?;
        Ok(share)
    };
    let shares: Result<Vec<Share>, String> = listed.stdout.par_chunks(share).map(read).collect();
    Ok(Log { shares: shares.map_err(failed)? })
}

/// How git is asked to tell commits.
const ASKED: &[&str] = &[
    "log",
    "--no-walk=unsorted",
    "--stdin",
    "--relative",
    "--raw",
    "--no-abbrev",
    "--no-renames",
    "--no-color",
    "--no-show-signature",
    "--encoding=UTF-8",
    "-z",
    "--format=%x01%H%x00%ct%x00%cs%x00%aN%x00%s",
];

impl Log {
    /// The commits, newest first. Those that cannot be read, and names that are no UTF-8, are left out.
    pub(super) fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.shares.iter().flat_map(Share::entries)
    }
}

impl Share {
    fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        let change = |&(path, contents): &(u32, Contents)| Change { path: &self.paths[path as usize], contents };
        self.commits.iter().map(move |(commit, changes)| {
            let changes = self.changes[changes.clone()].iter().map(change).collect();
            Entry { commit, changes }
        })
    }

    /// Reads what git writes, a commit at a time.
    fn read(&mut self, from: &mut dyn Read) -> io::Result<()> {
        let mut from = BufReader::with_capacity(1 << 16, from);
        let mut known = HashMap::new();
        let mut text = Vec::new();
        while from.read_until(MARK as u8, &mut text)? > 0 {
            let text_of_commit = text.strip_suffix(&[MARK as u8]).unwrap_or(&text);
            // Nothing stands before the first one.
            let _unreadable = self.add(text_of_commit, &mut known);
            text.clear();
        }
        Ok(())
    }

    /// Adds the commit that git tells in `text`, unless that cannot be read. `known` has the places of all paths.
    fn add(&mut self, text: &[u8], known: &mut HashMap<Box<str>, u32>) -> Option<()> {
        let mut parts = text.split(|byte| *byte == 0);
        let mut word = || std::str::from_utf8(parts.next()?).ok();
        let (id, time, day, author, subject) = (word()?, word()?.parse().ok()?, word()?, word()?, word()?);
        let [id, day, author, subject] = [id, day, author, subject].map(str::to_owned);
        let first = self.changes.len();
        while let Some(what) = parts.next() {
            let Some(what) = what.strip_prefix(b"\n").unwrap_or(what).strip_prefix(b":") else { continue };
            let Some(path) = parts.next() else { break };
            let (Ok(what), Ok(path)) = (std::str::from_utf8(what), std::str::from_utf8(path)) else { continue };
            let mut names = what.split(' ').skip(2).map(beginning);
            let contents = Contents { before: names.next().flatten(), after: names.next().flatten() };
            let place = known.get(path).copied().or_else(|| self.add_path(path, known))?;
            self.changes.push((place, contents));
        }
        self.commits.push((Commit { id, time, day, author, subject }, first..self.changes.len()));
        Some(())
    }

    fn add_path(&mut self, path: &str, known: &mut HashMap<Box<str>, u32>) -> Option<u32> {
        let place = u32::try_from(self.paths.len()).ok()?;
        self.paths.push(path.into());
        known.insert(path.into(), place);
        Some(place)
    }
}

/// The beginning of the name of a content; `None` for the name of none, which is zeros.
fn beginning(name: &str) -> Option<NonZeroU64> {
    NonZeroU64::new(u64::from_str_radix(name.get(..16)?, 16).ok()?)
}
