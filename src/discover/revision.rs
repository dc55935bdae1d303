//! Revisions of the repository, as git keeps them -> folders with their files.
//!
//! git does it, with an index of its own: neither the working tree nor the repository's index is touched, and what the
//! repository's attributes say of line ends and large files holds.

use std::ffi::OsString;
use std::fmt;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use super::git::{cannot_start, git, line};

/// The files of a revision, in a folder that goes when this does.
#[derive(Debug)]
pub struct CheckedOut {
    folder: TempDir,
    /// The commit, by its full name.
    pub commit: String,
}

/// Why there are no files.
#[derive(Debug)]
pub enum RevisionError {
    /// The folder is in no repository of git.
    NoRepository(PathBuf),
    /// No commit is called so.
    Unknown(String),
    /// Two revisions have no commit in common.
    Unrelated(String, String),
    /// git cannot be started, or the disk be written to.
    Machine(String),
}

impl CheckedOut {
    /// Where the files are.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().join("files")
    }
}

/// The commit that `name` means in the repository around `root`, by its full name.
///
/// # Errors
/// There is no repository, no such commit, or no git.
pub fn find_commit(root: &Path, name: &str) -> Result<String, RevisionError> {
    if !git(root, ["rev-parse", "--git-dir"])?.status.success() {
        return Err(RevisionError::NoRepository(root.to_path_buf()));
    }
    let commit = format!("{name}^{{commit}}");
    let found = git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
    let text = line(&found);
    if found.status.success() && !text.is_empty() { Ok(text) } else { Err(RevisionError::Unknown(name.to_owned())) }
}

/// The last commit that `left` and `right` have in common: where a branch began.
///
/// # Errors
/// They have none, or there is no git.
pub fn find_common_commit(root: &Path, left: &str, right: &str) -> Result<String, RevisionError> {
    let found = git(root, ["merge-base", left, right])?;
    match line(&found) {
        commit if found.status.success() && !commit.is_empty() => Ok(commit),
        _ => Err(RevisionError::Unrelated(left.to_owned(), right.to_owned())),
    }
}

/// The main branch of the repository around `root`: that of the remote `origin`, or one that is called so here.
///
/// # Errors
/// There is no repository, no such branch, or no git.
pub fn find_main(root: &Path) -> Result<String, RevisionError> {
    let names = ["origin/HEAD", "origin/main", "origin/master", "main", "master", "trunk"];
    for name in names {
        match find_commit(root, name) {
            Err(RevisionError::Unknown(_)) => {}
            found => return found,
        }
    }
    Err(RevisionError::Unknown("main".to_owned()))
}

/// The files below `root` that are `wanted`, as they are in `commit`. A folder that was not there then is empty.
///
/// # Errors
/// git fails, or the disk cannot be written to.
pub fn check_out(root: &Path, commit: &str, wanted: impl Fn(&str) -> bool) -> Result<CheckedOut, RevisionError> {
    let machine = |error: io::Error| RevisionError::Machine(format!("a temporary folder cannot be written: {error}"));
    let folder = tempfile::Builder::new().prefix("livedoc-").tempdir().map_err(machine)?;
    let files = folder.path().join("files");
    std::fs::create_dir(&files).map_err(machine)?;
    let checked_out = CheckedOut { folder, commit: commit.to_owned() };
    let prefix = line(&git(root, ["rev-parse", "--show-prefix"])?);
    let tree = format!("{commit}:{}", prefix.trim_end_matches('/'));
    if !git(root, ["cat-file", "-e", &tree])?.status.success() {
        return Ok(checked_out);
    }
    let index = checked_out.folder.path().join("index");
    let top = PathBuf::from(line(&git(root, ["rev-parse", "--show-toplevel"])?));
    // Without a working tree the repository itself is as good a place to stand.
    let top = if top.as_os_str().is_empty() { root.to_path_buf() } else { top };
    succeed(with_index(&top, &index).args(["read-tree", &tree]).output())?;
    let listed = succeed(with_index(&top, &index).args(["ls-files", "-z"]).output())?;
    let names = listed.stdout.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    let is_wanted = |name: &&[u8]| std::str::from_utf8(name).is_ok_and(&wanted);
    let names: Vec<&[u8]> = names.filter(is_wanted).collect();
    let mut target = OsString::from("--prefix=");
    target.push(&files);
    target.push("/");
    // A file, because nobody can fill a pipe and listen at the same time.
    let list = checked_out.folder.path().join("names");
    let names = std::fs::write(&list, names.join(&0)).and_then(|()| File::open(&list)).map_err(machine)?;
    let mut command = with_index(&top, &index);
    succeed(command.args(["checkout-index", "--quiet", "-z", "--stdin"]).arg(target).stdin(names).output())?;
    Ok(checked_out)
}

fn with_index(folder: &Path, index: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).env("GIT_INDEX_FILE", index).stdin(Stdio::null());
    // Large files that are kept elsewhere are no specifications.
    command.env("GIT_LFS_SKIP_SMUDGE", "1");
    command
}

/// The output of a command that must succeed.
fn succeed(output: io::Result<Output>) -> Result<Output, RevisionError> {
    let output = output.map_err(cannot_start)?;
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(RevisionError::Machine(format!("git failed: {}", said.lines().next().unwrap_or("it said nothing"))))
}

impl fmt::Display for RevisionError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRepository(folder) => write!(formatter, "{} is in no git repository", folder.display()),
            Self::Unknown(name) => write!(formatter, "no revision is called `{name}`"),
            Self::Unrelated(left, right) => write!(formatter, "`{left}` and `{right}` have no commit in common"),
            Self::Machine(message) => formatter.write_str(message),
        }
    }
}
