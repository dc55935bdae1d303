//! Files -> those of which no commit has what they say.

use std::collections::BTreeSet;
use std::path::Path;

use super::git::git;
use crate::source::RepoPath;

/// So many files are asked about at once: command lines end somewhere.
const AT_ONCE: usize = 200;

/// Those of `files`, all below `root`, that git would lose: they are edited, new, or in no repository.
pub fn find_uncommitted(root: &Path, files: &BTreeSet<RepoPath>) -> BTreeSet<RepoPath> {
    let files: Vec<RepoPath> = files.iter().copied().collect();
    files.chunks(AT_ONCE).flat_map(|some| uncommitted(root, some)).collect()
}

fn uncommitted(root: &Path, files: &[RepoPath]) -> Vec<RepoPath> {
    let ask = |arguments: &[&str]| -> Option<BTreeSet<RepoPath>> {
        let names = files.iter().map(|path| path.as_str());
        let asked = ["--literal-pathspecs"].into_iter().chain(arguments.iter().copied()).chain(["--"]).chain(names);
        let answer = git(root, asked).ok().filter(|answer| answer.status.success())?;
        let names = answer.stdout.split(|byte| *byte == 0).filter_map(|name| std::str::from_utf8(name).ok());
        Some(names.filter(|name| !name.is_empty()).filter_map(RepoPath::new).collect())
    };
    let known = ask(&["ls-tree", "-z", "--name-only", "HEAD"]);
    let edited = ask(&["diff", "--no-ext-diff", "--no-textconv", "--name-only", "--relative", "-z", "HEAD"]);
    let Some((known, edited)) = known.zip(edited) else { return files.to_vec() };
    let is_lost = |path: &RepoPath| !known.contains(path) || edited.contains(path);
    files.iter().copied().filter(is_lost).collect()
}
