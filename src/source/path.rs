//! Paths inside the repository, written the same on every system.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use serde::{Serialize, Serializer};

use super::interned::{NameHasher, SHARDS, shard};

/// A path relative to the repository's root, with `/` between its parts and without `.` or `..`.
/// The root itself is the empty path. Eight bytes, of which there is one value for each path in the process: it is copied
/// freely, compares by address, and knows its parts without looking for them.
#[derive(Clone, Copy)]
pub struct RepoPath(&'static Parts);

/// A path taken apart.
struct Parts {
    text: &'static str,
    /// The folder that holds it; `None` for the root.
    folder: Option<RepoPath>,
    /// Where its last part begins.
    name: usize,
    /// Where its extension ends the stem: at the last dot, or at the end.
    stem_end: usize,
}

static ROOT: Parts = Parts { text: "", folder: None, name: 0, stem_end: 0 };

type Shard = Mutex<HashMap<&'static str, RepoPath, BuildHasherDefault<NameHasher>>>;

fn known() -> &'static [Shard; SHARDS] {
    static TABLE: OnceLock<[Shard; SHARDS]> = OnceLock::new();
    TABLE.get_or_init(|| std::array::from_fn(|_| Mutex::default()))
}

impl RepoPath {
    /// The path that `text` writes, with `.` and `..` worked out. `None` when it leaves the repository.
    pub fn new(text: &str) -> Option<Self> {
        Self::root().join(text)
    }

    /// The repository's root.
    pub fn root() -> Self {
        Self(&ROOT)
    }

    /// The path that is written `text`, which needs no working out.
    fn of_text(text: &str) -> Self {
        if text.is_empty() {
            return Self::root();
        }
        let shard = &known()[shard(text)];
        // A poisoned lock only means that another thread panicked between two insertions: the map is still sound.
        let lock = || shard.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&path) = lock().get(text) {
            return path;
        }
        // Not while the map is locked: the folder may be in it.
        let name = text.bytes().rposition(|byte| byte == b'/').map_or(0, |slash| slash + 1);
        let folder = Self::of_text(&text[..name.saturating_sub(1)]);
        let dot = text[name..].bytes().rposition(|byte| byte == b'.').filter(|&dot| dot > 0);
        let stem_end = dot.map_or(text.len(), |dot| name + dot);
        let text: &'static str = Box::leak(text.into());
        *lock()
            .entry(text)
            .or_insert_with(|| Self(Box::leak(Box::new(Parts { text, folder: Some(folder), name, stem_end }))))
    }

    /// The path of `file` below `root`. `None` when it is not below it.
    pub fn below(root: &Path, file: &Path) -> Option<Self> {
        let relative = file.strip_prefix(root).ok()?;
        let mut parts = Vec::new();
        for component in relative.components() {
            match component {
                Component::Normal(part) => parts.push(part.to_string_lossy()),
                Component::CurDir => {}
                _ => return None,
            }
        }
        Some(Self::of_text(&parts.join("/")))
    }

    /// The path that is written `text`, if anybody has had it before: every file and folder of a repository that is read has been.
    /// Of what may be somewhere nothing is kept so.
    pub fn named(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::root());
        }
        known()[shard(text)].lock().unwrap_or_else(PoisonError::into_inner).get(text).copied()
    }

    /// This path as a folder with `relative` followed from it; a leading `/` starts at the root.
    /// `None` when `..` leaves the repository.
    pub fn join(self, relative: &str) -> Option<Self> {
        self.follow(relative).map(|path| Self::of_text(&path))
    }

    /// Likewise, of paths that are [`Self::named`].
    pub fn join_named(self, relative: &str) -> Option<Self> {
        Self::named(&self.follow(relative)?)
    }

    fn follow(self, relative: &str) -> Option<String> {
        let mut path = String::with_capacity(self.as_str().len() + 1 + relative.len());
        if !relative.starts_with('/') {
            path.push_str(self.as_str());
        }
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." if path.is_empty() => return None,
                ".." => path.truncate(path.rfind('/').unwrap_or(0)),
                name => {
                    if !path.is_empty() {
                        path.push('/');
                    }
                    path.push_str(name);
                }
            }
        }
        Some(path)
    }

    /// The folder that holds this path; the root for a name at the top, and for the root itself.
    pub fn parent(self) -> Self {
        self.0.folder.unwrap_or(self)
    }

    /// The last part: `0007-use-postgresql.md`.
    pub fn file_name(self) -> &'static str {
        &self.0.text[self.0.name..]
    }

    /// The last part without its extension: `0007-use-postgresql`.
    pub fn stem(self) -> &'static str {
        &self.0.text[self.0.name..self.0.stem_end]
    }

    /// The path without its extension: `docs/adr/0007-use-postgresql`.
    pub fn without_extension(self) -> &'static str {
        &self.0.text[..self.0.stem_end]
    }

    /// What follows the last dot of the last part, as written; empty when there is none.
    pub fn extension(self) -> &'static str {
        self.0.text.get(self.0.stem_end + 1..).unwrap_or_default()
    }

    /// Whether the extension is one of `extensions` (given in lower case), whatever its case.
    pub fn has_extension(self, extensions: &[&str]) -> bool {
        let extension = self.extension();
        extensions.iter().any(|wanted| extension.eq_ignore_ascii_case(wanted))
    }

    /// The folders that hold this path, the nearest first and the root last.
    pub fn above(self) -> impl Iterator<Item = Self> {
        let outer = |folder: &Self| (*folder != Self::root()).then(|| folder.parent());
        std::iter::successors(Some(self.parent()), outer)
    }

    /// The folders above the last part, outermost first.
    pub fn folders(self) -> impl DoubleEndedIterator<Item = &'static str> {
        self.parent().as_str().split('/').filter(|part| !part.is_empty())
    }

    /// All parts, outermost first; none for the root.
    pub fn parts(self) -> impl DoubleEndedIterator<Item = &'static str> {
        self.as_str().split('/').filter(|part| !part.is_empty())
    }

    /// Whether this path is `folder` or lies below it.
    pub fn is_below(self, folder: Self) -> bool {
        self.strip_folder(folder).is_some()
    }

    /// The rest of this path below `folder`; empty for the folder itself, `None` when it is elsewhere.
    pub fn strip_folder(self, folder: Self) -> Option<&'static str> {
        let (path, folder) = (self.as_str(), folder.as_str());
        if folder.is_empty() || path == folder {
            return Some(&path[folder.len()..]);
        }
        path.strip_prefix(folder)?.strip_prefix('/')
    }

    /// The path as text, with `/`.
    pub fn as_str(self) -> &'static str {
        self.0.text
    }

    /// The path on this machine when the repository stands at `root`.
    pub fn under(self, root: &Path) -> PathBuf {
        let mut path = root.to_path_buf();
        path.extend(self.as_str().split('/').filter(|part| !part.is_empty()));
        path
    }
}

impl PartialEq for RepoPath {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for RepoPath {}

impl Hash for RepoPath {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.0).addr().hash(state);
    }
}

impl PartialOrd for RepoPath {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// By text, so that sorted output does not depend on allocation.
impl Ord for RepoPath {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        if self == other { std::cmp::Ordering::Equal } else { self.as_str().cmp(other.as_str()) }
    }
}

impl Serialize for RepoPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl fmt::Display for RepoPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for RepoPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::RepoPath;

    #[test]
    fn joining_follows_dots_and_never_leaves_the_root() {
        let cases = [
            ("docs/guides", "../adr/0007.md", Some("docs/adr/0007.md")),
            ("docs", "./a//b.md", Some("docs/a/b.md")),
            ("docs", "/README.md", Some("README.md")),
            ("", "../etc/passwd", None),
            ("docs", "../../x", None),
            ("docs", "..", Some("")),
        ];
        for (folder, relative, expected) in cases {
            let joined = RepoPath::new(folder).unwrap().join(relative);
            assert_eq!(joined.map(RepoPath::as_str), expected, "{folder} + {relative}");
        }
    }

    #[test]
    fn parts() {
        let path = RepoPath::new("docs/adr/0007-use.x.md").unwrap();
        assert_eq!((path.file_name(), path.stem(), path.extension()), ("0007-use.x.md", "0007-use.x", "md"));
        assert_eq!(path.parent().as_str(), "docs/adr");
        assert_eq!(path.folders().collect::<Vec<_>>(), ["docs", "adr"]);
        assert_eq!(path.above().map(RepoPath::as_str).collect::<Vec<_>>(), ["docs/adr", "docs", ""]);
        assert_eq!(path.without_extension(), "docs/adr/0007-use.x");
        let hidden = RepoPath::new(".github").unwrap();
        assert_eq!((hidden.stem(), hidden.extension(), hidden.parent()), (".github", "", RepoPath::root()));
        assert_eq!((RepoPath::root().file_name(), RepoPath::root().parent()), ("", RepoPath::root()));
        assert!(path.is_below(RepoPath::new("docs").unwrap()));
        assert!(!path.is_below(RepoPath::new("doc").unwrap()));
        assert!(path.is_below(RepoPath::root()));
    }
}
