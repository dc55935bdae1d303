//! Addresses of files on a forge, and back: each forge has its own way of writing them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::Forge;
use super::forge::hash;
use crate::source::RepoPath;

/// All but what RFC 3986 calls unreserved, the slash, and `@`, which many paths of packages have.
const IN_PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/').remove(b'@');

/// Branches that people mean by "the repository".
const MAIN_LINES: [&str; 5] = ["main", "master", "HEAD", "develop", "trunk"];

/// So many parts of an address may be the name of a branch.
const LONGEST_BRANCH: usize = 4;

/// Files that an address may name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedPaths<'a> {
    /// The likeliest first.
    pub paths: Vec<RepoPath>,
    /// A place in the file.
    pub anchor: Option<&'a str>,
    /// Whether it is about the main line or the commit that is documented, so that the file has to be here.
    pub is_current: bool,
}

impl Forge {
    /// The address of the file (or folder) at `path`. The anchor is a heading's id, or a line as GitHub writes it: `L10`.
    pub fn address(&self, path: RepoPath, is_folder: bool, anchor: Option<&str>) -> String {
        let is_commit = hash(&self.revision).is_some();
        let host = self.host();
        let view = match () {
            () if host.contains("gitlab") => ["-/blob", "-/tree"][usize::from(is_folder)],
            () if host.contains("bitbucket") => "src",
            () if is_gitea(host) => ["src/branch", "src/commit"][usize::from(is_commit)],
            () => ["blob", "tree"][usize::from(is_folder)],
        };
        let encode = |text: &str| utf8_percent_encode(text, IN_PATH).to_string();
        let (revision, folder, path) = (encode(&self.revision), encode(self.folder.as_str()), encode(path.as_str()));
        let parts = [self.url.as_str(), view, &revision, &folder, &path];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let anchor = anchor.map(|anchor| match line_numbers(anchor).filter(|_| host.contains("bitbucket")) {
            Some(lines) => format!("#lines-{lines}"),
            None => format!("#{anchor}"),
        });
        parts.join("/") + &anchor.unwrap_or_default()
    }

    /// The address of the page of a commit.
    pub fn commit(&self, id: &str) -> String {
        let host = self.host();
        let view = match () {
            () if host.contains("gitlab") => "-/commit",
            () if host.contains("bitbucket") => "commits",
            () => "commit",
        };
        format!("{}/{view}/{id}", self.url)
    }

    /// The file that `address` names, and a place in it, when it is an address of this repository's main line or of the
    /// commit that is documented.
    pub fn path_of<'a>(&self, address: &'a str) -> Option<(RepoPath, Option<&'a str>)> {
        let rest = address.strip_prefix(&self.url)?.strip_prefix('/')?;
        let (rest, anchor) = rest.split_once('#').map_or((rest, None), |(rest, anchor)| (rest, Some(anchor)));
        let rest = rest.split('?').next().unwrap_or(rest);
        let (view, rest) = rest.strip_prefix("-/").unwrap_or(rest).split_once('/')?;
        let rest = match view {
            "blob" | "tree" | "raw" | "edit" | "blame" => rest,
            "src" => ["branch/", "commit/"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest),
            _ => return None,
        };
        // A branch may have slashes in its name.
        let rest = match rest.strip_prefix(self.revision.as_str()).and_then(|rest| rest.strip_prefix('/')) {
            Some(rest) => rest,
            None => rest.split_once('/').filter(|(revision, _)| MAIN_LINES.contains(revision))?.1,
        };
        let path = RepoPath::new(&percent_decode_str(rest).decode_utf8_lossy())?;
        let path = path.strip_folder(self.folder).and_then(RepoPath::new)?;
        Some((path, anchor))
    }

    /// The files that `address` may name when it is one of this repository, whatever the branch: the name of a branch may have
    /// slashes in it.
    pub fn paths_of<'a>(&self, address: &'a str) -> NamedPaths<'a> {
        if let Some((path, anchor)) = self.path_of(address) {
            return NamedPaths { paths: vec![path], anchor, is_current: true };
        }
        let (rest, anchor) = address.split_once('#').map_or((address, None), |(rest, anchor)| (rest, Some(anchor)));
        let named = || {
            let own = rest.get(..self.url.len()).filter(|own| own.eq_ignore_ascii_case(&self.url))?;
            let rest = rest[own.len()..].strip_prefix('/')?.split('?').next()?;
            let (view, rest) = rest.strip_prefix("-/").unwrap_or(rest).split_once('/')?;
            let rest = match view {
                "blob" | "tree" | "raw" | "edit" | "blame" => rest,
                "src" => ["branch/", "commit/", "tag/"].iter().find_map(|word| rest.strip_prefix(word))?,
                _ => return None,
            };
            Some(rest)
        };
        let Some(rest) = named() else { return NamedPaths::default() };
        let path = |(slash, _): (usize, &str)| {
            let path = RepoPath::new(&percent_decode_str(&rest[slash + 1..]).decode_utf8_lossy())?;
            path.strip_folder(self.folder).and_then(RepoPath::new)
        };
        let paths = rest.match_indices('/').take(LONGEST_BRANCH).filter_map(path).collect();
        // Another branch may have what this one has not, unless it is the main line under another case of the address.
        let is_current = rest.split('/').next().is_some_and(|branch| MAIN_LINES.contains(&branch));
        NamedPaths { paths, anchor, is_current }
    }

    fn host(&self) -> &str {
        self.url.split('/').nth(2).unwrap_or_default()
    }
}

fn is_gitea(host: &str) -> bool {
    ["gitea", "codeberg", "forgejo"].iter().any(|name| host.contains(name))
}

/// `10:20` for `L10-L20`.
fn line_numbers(anchor: &str) -> Option<String> {
    let lines = anchor.strip_prefix('L')?.replace("-L", ":");
    lines.bytes().all(|byte| byte.is_ascii_digit() || byte == b':').then_some(lines)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{Forge, RepoPath};

    const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

    #[test]
    fn addresses_lead_to_files_and_back() {
        let github = format!("https://github.com/o/n/blob/{COMMIT}/sub/a%20b%23.rs#L3");
        let codeberg = format!("https://codeberg.org/o/n/src/commit/{COMMIT}/sub/a%20b%23.rs#L3");
        let cases = [
            ("https://github.com/o/n", COMMIT, github.as_str()),
            ("https://codeberg.org/o/n", COMMIT, codeberg.as_str()),
            ("https://codeberg.org/o/n", "v1", "https://codeberg.org/o/n/src/branch/v1/sub/a%20b%23.rs#L3"),
            (
                "https://gitlab.example.org/a/b/c",
                "x/y",
                "https://gitlab.example.org/a/b/c/-/blob/x/y/sub/a%20b%23.rs#L3",
            ),
            ("https://bitbucket.org/o/n", "main", "https://bitbucket.org/o/n/src/main/sub/a%20b%23.rs#lines-3"),
        ];
        let path = RepoPath::new("a b#.rs").unwrap();
        for (url, revision, expected) in cases {
            let folder = RepoPath::new("sub").unwrap();
            let forge = Forge { url: url.to_owned(), revision: revision.to_owned(), folder };
            assert_eq!(forge.address(path, false, Some("L3")), expected);
            assert_eq!(forge.path_of(expected).map(|(path, _)| path), Some(path), "{expected}");
        }
    }

    #[test]
    fn what_is_not_of_this_repository_is_left_alone() {
        let forge =
            Forge { url: "https://github.com/o/n".to_owned(), revision: COMMIT.to_owned(), folder: RepoPath::root() };
        let found = |address| forge.path_of(address).map(|(path, anchor)| (path.as_str(), anchor));
        let cases = [
            ("https://github.com/o/n/blob/main/docs/a.md#x", Some(("docs/a.md", Some("x")))),
            ("https://github.com/o/n/tree/master/docs?plain=1", Some(("docs", None))),
            ("https://github.com/o/n/blob/v1/docs/a.md", None),
            ("https://github.com/o/n/issues/7", None),
            ("https://github.com/o/n2/blob/main/docs/a.md", None),
            ("https://github.com/o/n/blob/main/../../x", None),
        ];
        for (address, expected) in cases {
            assert_eq!(found(address), expected, "{address}");
        }
        assert_eq!(forge.address(RepoPath::root(), true, None), format!("https://github.com/o/n/tree/{COMMIT}"));
    }
}
