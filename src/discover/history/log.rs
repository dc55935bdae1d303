//! A range of commits -> what git writes about each, in several processes side by side.

use std::path::Path;

use rayon::prelude::*;

use super::{MOST_COMMITS, NoHistory};
use crate::discover::git::{answer, git};

/// Fewer commits are not worth another process.
const SMALLEST_SHARE: usize = 512;

/// What git wrote, newest commits first.
#[derive(Default)]
pub(super) struct Log {
    shares: Vec<Vec<u8>>,
}

/// A commit, and what it did to which files.
pub(super) struct Entry<'l> {
    pub(super) id: &'l str,
    pub(super) time: i64,
    pub(super) day: &'l str,
    pub(super) author: &'l str,
    pub(super) subject: &'l str,
    pub(super) changes: Vec<Change<'l>>,
}

/// What a commit did to a file.
pub(super) struct Change<'l> {
    /// From the root of what is looked at.
    pub(super) path: &'l str,
    /// The names of the contents before and after, without which there was or is no file.
    pub(super) before: Option<&'l str>,
    pub(super) after: Option<&'l str>,
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
    let shares: Result<Vec<Vec<u8>>, String> =
        listed.stdout.par_chunks(share).map(|names| answer(root, ASKED.iter().copied(), names)).collect();
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
        let of_share = |share| <[u8]>::split(share, |byte| *byte == MARK as u8).skip(1).filter_map(entry);
        self.shares.iter().flat_map(move |share: &Vec<u8>| of_share(share.as_slice()))
    }
}

fn entry(text: &[u8]) -> Option<Entry<'_>> {
    let mut parts = text.split(|byte| *byte == 0);
    let mut word = || std::str::from_utf8(parts.next()?).ok();
    let (id, time, day, author, subject) = (word()?, word()?.parse().ok()?, word()?, word()?, word()?);
    let mut changes = Vec::new();
    while let Some(what) = parts.next() {
        let Some(what) = what.strip_prefix(b"\n").unwrap_or(what).strip_prefix(b":") else { continue };
        let Some(path) = parts.next() else { break };
        let (Ok(what), Ok(path)) = (std::str::from_utf8(what), std::str::from_utf8(path)) else { continue };
        let mut words = what.split(' ').skip(2);
        let is_there = |name: &&str| name.bytes().any(|byte| byte != b'0');
        let (before, after) = (words.next().filter(is_there), words.next().filter(is_there));
        changes.push(Change { path, before, after });
    }
    Some(Entry { id, time, day, author, subject, changes })
}
