//! What is of the repository and not laid out on this machine: the files that a sparse checkout leaves out or that git was told
//! not to lay out, and submodules that nobody fetched.
//!
//! Enters: the repository's root. Leaves: their paths. That such a thing is not there proves nothing.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::git::git;
use super::skip::reason_to_skip;
use crate::source::RepoPath;

/// What is not laid out.
#[derive(Debug, Default)]
pub(super) struct Absent {
    /// Files that git knows and leaves out.
    pub(super) files: Vec<RepoPath>,
    /// Folders of submodules.
    pub(super) modules: Vec<RepoPath>,
}

/// What is not laid out at and below `root`, which is absolute.
pub(super) fn absent(root: &Path) -> Absent {
    let Some(top) = root.ancestors().find(|folder| folder.join(".git").exists()) else { return Absent::default() };
    let mut absent = if may_leave_out(top) { left_out(root) } else { Absent::default() };
    absent.modules.extend(empty_modules(root, top));
    absent
}

/// Endings of files in which nobody declares or names anything.
#[rustfmt::skip]
const MUTE: &[&str] = &[
    "7z", "a", "ai", "apk", "arrow", "avi", "avif", "bin", "blend", "bmp", "bz2", "csv", "dat", "db", "deb", "dll", "dylib", "eot", "exe", "fig",
    "gif", "glb", "gltf", "gz", "ico", "img", "iso", "jar", "jpeg", "jpg", "key", "lib", "mobi", "mov", "mp3", "mp4", "npy", "npz", "o", "ogg",
    "onnx", "otf", "parquet", "pcap", "pdf", "png", "pptx", "psd", "pt", "rpm", "safetensors", "sketch", "so", "sqlite", "stl", "svg", "tar",
    "tgz", "tiff", "tsv", "ttf", "wasm", "wav", "webm", "webp", "whl", "woff", "woff2", "xlsx", "xz", "zip", "zst",
];

/// Whether what is said elsewhere may hang on the file at `path`: with such a file away nobody can tell what is nowhere.
pub(super) fn may_tell(path: RepoPath) -> bool {
    let name = path.file_name();
    let is_data =
        path.extension() == "json" && !["package", "openapi", "swagger"].iter().any(|word| name.contains(word));
    let is_skipped = || path.as_str().split('/').any(|name| reason_to_skip(name).is_some());
    !is_data && !MUTE.contains(&path.extension()) && !is_skipped()
}

/// Whether the checkout at `top` may leave out files: as a sparse one (gitrepository-layout, `info/sparse-checkout`), or because its
/// index marks some, which takes version 3 of the format (gitformat-index, "skip-worktree").
fn may_leave_out(top: &Path) -> bool {
    let git = top.join(".git");
    let linked = std::fs::read_to_string(&git).ok();
    let folder = linked.as_deref().and_then(|text| text.trim().strip_prefix("gitdir: ")).map(|path| top.join(path));
    let folder = folder.unwrap_or(git);
    folder.join("info/sparse-checkout").exists()
        || index_version(&folder.join("index")).is_some_and(|version| version > 2)
}

fn index_version(index: &Path) -> Option<u32> {
    let mut head = [0; 8];
    std::fs::File::open(index).ok()?.read_exact(&mut head).ok()?;
    let [b'D', b'I', b'R', b'C', version @ ..] = head else { return None };
    Some(u32::from_be_bytes(version))
}

/// What git knows and was told not to lay out: tagged `S` by `git ls-files -t`, submodules with the mode 160000.
fn left_out(root: &Path) -> Absent {
    let output = git(root, ["ls-files", "-t", "--stage", "-z"]).ok().filter(|output| output.status.success());
    let entries = output.map(|output| output.stdout).unwrap_or_default();
    let mut absent = Absent::default();
    for entry in entries.split(|byte| *byte == 0).filter_map(|entry| std::str::from_utf8(entry).ok()) {
        let Some((mode, path)) = entry.strip_prefix("S ").and_then(|entry| entry.split_once('\t')) else { continue };
        let of_its_kind = if mode.starts_with("160000 ") { &mut absent.modules } else { &mut absent.files };
        of_its_kind.extend(RepoPath::new(path));
    }
    absent
}

/// The submodules that `.gitmodules` names and whose folders hold nothing.
fn empty_modules(root: &Path, top: &Path) -> Vec<RepoPath> {
    let text = std::fs::read_to_string(top.join(".gitmodules")).unwrap_or_default();
    let value = |line: &str| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == "path").then(|| top.join(value.trim().trim_matches('"')))
    };
    let is_empty = |folder: &PathBuf| std::fs::read_dir(folder).map_or(true, |mut inside| inside.next().is_none());
    let folders = text.lines().filter_map(value).filter(is_empty);
    folders.filter_map(|folder| RepoPath::below(root, &folder)).filter(|path| *path != RepoPath::root()).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::may_tell;
    use crate::source::RepoPath;

    #[test]
    fn what_may_declare_something() {
        let cases = [
            ("shop/src/orders.rs", true),
            ("Makefile", true),
            ("web/package.json", true),
            ("docs/flow.gif", false),
            ("data/prices.json", false),
            ("fixtures/orders.rs", false),
        ];
        for (path, expected) in cases {
            assert_eq!(may_tell(RepoPath::new(path).unwrap()), expected, "{path}");
        }
    }
}
