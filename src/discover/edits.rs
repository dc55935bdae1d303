//! Two revisions -> which lines of which files differ.

use std::path::Path;
use std::process::{Command, Stdio};

use super::RevisionError;
use super::git::cannot_start;
use crate::source::RepoPath;

/// A file that is another one in the later revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditedFile {
    /// Where it is, or was when it is gone.
    pub path: RepoPath,
    /// Whether it is gone.
    pub is_gone: bool,
    /// The lines that are new or other, and of those that were taken out the place; from 1, the last one included, ascending.
    pub lines: Vec<(u32, u32)>,
}

/// The files below `root` that differ between the commit `old` and the commit `new`, by path; without `new` up to the files as they are.
///
/// # Errors
/// git fails.
pub fn find_edits(root: &Path, old: &str, new: Option<&str>) -> Result<Vec<EditedFile>, RevisionError> {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args([
        "-c",
        "core.quotePath=false",
        "diff",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
    ]);
    command.args(["--no-renames", "--relative", "--unified=0", "--src-prefix=a/", "--dst-prefix=b/", old]);
    let output = command.args(new).arg("--").stdin(Stdio::null()).output().map_err(cannot_start)?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(RevisionError::Machine(format!(
            "git failed: {}",
            said.lines().next().unwrap_or("it said nothing")
        )));
    }
    let mut edits = read(&String::from_utf8_lossy(&output.stdout));
    edits.extend(new.is_none().then(|| untracked(root)).into_iter().flatten());
    edits.sort_by_key(|edit| edit.path);
    Ok(edits)
}

/// Files that no commit has yet.
fn untracked(root: &Path) -> Vec<EditedFile> {
    let listed = super::git::git(root, ["ls-files", "--others", "--exclude-standard", "-z"]);
    let Ok(listed) = listed else { return Vec::new() };
    let names = listed.stdout.split(|byte| *byte == 0).filter_map(|name| std::str::from_utf8(name).ok());
    let paths = names.filter(|name| !name.is_empty()).filter_map(RepoPath::new);
    paths.map(|path| EditedFile { path, is_gone: false, lines: vec![(1, u32::MAX)] }).collect()
}

/// Reads a unified diff without context (git-diff(1), "GENERATING PATCH TEXT WITH -P").
fn read(diff: &str) -> Vec<EditedFile> {
    let mut edits: Vec<EditedFile> = Vec::new();
    // In a hunk lines begin as those of a header may.
    let mut left = 0;
    for line in diff.lines() {
        if left > 0 && line.starts_with(['+', '-', '\\']) {
            left -= usize::from(!line.starts_with('\\'));
        } else if let Some(names) = line.strip_prefix("diff --git a/") {
            // Both names are the same, because moves are not looked for.
            let name = names.get(..names.len().saturating_sub(3) / 2).unwrap_or_default();
            let path = RepoPath::new(&unquoted(name)).unwrap_or_else(RepoPath::root);
            edits.push(EditedFile { path, is_gone: false, lines: Vec::new() });
        } else if let Some(edit) = edits.last_mut() {
            if let Some(name) = line.strip_prefix("+++ b/").or_else(|| line.strip_prefix("--- a/")) {
                edit.path = RepoPath::new(&unquoted(name)).unwrap_or(edit.path);
            } else if line.starts_with("deleted file mode") {
                edit.is_gone = true;
            } else if let Some(hunk) = line.strip_prefix("@@ ") {
                let Some((old, new)) = hunk.split_once(" +") else { continue };
                let (_, removed) = extent(old.trim_start_matches('-'));
                let (start, added) = extent(new.split(' ').next().unwrap_or_default());
                left = removed as usize + added as usize;
                edit.lines.push((start.max(1), (start + added.max(1) - 1).max(1)));
            }
        }
    }
    edits.retain(|edit| edit.path != RepoPath::root());
    edits
}

/// `12,3` as the first line and how many there are.
fn extent(text: &str) -> (u32, u32) {
    let (start, count) = text.split_once(',').unwrap_or((text, "1"));
    (start.parse().unwrap_or(1), count.parse().unwrap_or(1))
}

/// A name without the tab that git puts behind one with blanks.
fn unquoted(name: &str) -> String {
    name.trim_end_matches('\t').to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{EditedFile, read};
    use crate::source::RepoPath;

    #[test]
    fn diffs_are_read() {
        let diff = "diff --git a/a b.rs b/a b.rs\nindex 1..2 100644\n--- a/a b.rs\t\n+++ b/a b.rs\t\n@@ -1 +1,2 @@ fn x\n-old\n+new\n+++ b/no.rs\n@@ -9,2 +10,0 @@\n-gone\n--- a/no.rs\ndiff --git a/gone.md b/gone.md\ndeleted file mode 100644\nindex 1..0\n--- a/gone.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\ndiff --git a/empty b/empty\nnew file mode 100644\nindex 0..1\n";
        let edit = |path: &str, is_gone, lines: &[(u32, u32)]| EditedFile {
            path: RepoPath::new(path).unwrap(),
            is_gone,
            lines: lines.to_vec(),
        };
        let expected =
            [edit("a b.rs", false, &[(1, 2), (10, 10)]), edit("gone.md", true, &[(1, 1)]), edit("empty", false, &[])];
        assert_eq!(read(diff), expected);
    }
}
