//! Paths inside the repository, written the same on every system.

use std::fmt;
use std::path::{Component, Path, PathBuf};

use serde::Serialize;

use super::Interned;

/// A path relative to the repository's root, with `/` between its parts and without `.` or `..`.
/// The root itself is the empty path.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct RepoPath(Interned);

impl RepoPath {
    /// The path that `text` writes, with `.` and `..` worked out. `None` when it leaves the repository.
    pub fn new(text: &str) -> Option<Self> {
        Self::root().join(text)
    }

    /// The repository's root.
    pub fn root() -> Self {
        Self(Interned::new(""))
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
        Some(Self(Interned::new(&parts.join("/"))))
    }

    /// This path as a folder with `relative` followed from it; a leading `/` starts at the root.
    /// `None` when `..` leaves the repository.
    pub fn join(self, relative: &str) -> Option<Self> {
        let mut path = String::with_capacity(self.0.len() + 1 + relative.len());
        if !relative.starts_with('/') {
            path.push_str(self.0.as_str());
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
        Some(Self(Interned::new(&path)))
    }

    /// The folder that holds this path; the root for a name at the top, and for the root itself.
    pub fn parent(self) -> Self {
        split_at_last(self.as_str(), b'/').map_or_else(Self::root, |(folder, _)| Self(Interned::new(folder)))
    }

    /// The last part: `0007-use-postgresql.md`.
    pub fn file_name(self) -> &'static str {
        split_at_last(self.as_str(), b'/').map_or(self.as_str(), |(_, name)| name)
    }

    /// The last part without its extension: `0007-use-postgresql`.
    pub fn stem(self) -> &'static str {
        let name = self.file_name();
        match split_at_last(name, b'.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        }
    }

    /// What follows the last dot of the last part, as written; empty when there is none.
    pub fn extension(self) -> &'static str {
        match split_at_last(self.file_name(), b'.') {
            Some((stem, extension)) if !stem.is_empty() => extension,
            _ => "",
        }
    }

    /// Whether the extension is one of `extensions` (given in lower case), whatever its case.
    pub fn has_extension(self, extensions: &[&str]) -> bool {
        let extension = self.extension();
        extensions.iter().any(|wanted| extension.eq_ignore_ascii_case(wanted))
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
        let (path, folder) = (self.0.as_str(), folder.0.as_str());
        if folder.is_empty() || path == folder {
            return Some(&path[folder.len()..]);
        }
        path.strip_prefix(folder)?.strip_prefix('/')
    }

    /// The path as text, with `/`.
    pub fn as_str(self) -> &'static str {
        self.0.as_str()
    }

    /// The path on this machine when the repository stands at `root`.
    pub fn under(self, root: &Path) -> PathBuf {
        let mut path = root.to_path_buf();
        path.extend(self.0.as_str().split('/').filter(|part| !part.is_empty()));
        path
    }
}

/// What stands on both sides of the last `mark`, which is ASCII. Names are so short that nothing beats looking at each byte.
fn split_at_last(text: &str, mark: u8) -> Option<(&str, &str)> {
    let at = text.bytes().rposition(|byte| byte == mark)?;
    Some((&text[..at], &text[at + 1..]))
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
        assert_eq!(RepoPath::new(".github").unwrap().stem(), ".github");
        assert!(path.is_below(RepoPath::new("docs").unwrap()));
        assert!(!path.is_below(RepoPath::new("doc").unwrap()));
        assert!(path.is_below(RepoPath::root()));
    }
}
