//! The files of a repository and its forge -> which CODEOWNERS file counts, and who reads it.

use super::pattern::Forge;
use crate::source::{Files, RepoPath};

/// Where the forges look for the file.
const PLACES: [&str; 4] = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

/// The same, GitLab's own in its order and before the others.
const PLACES_ON_GITLAB: [&str; 4] = ["CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS", ".github/CODEOWNERS"];

/// Whether a CODEOWNERS file may stand at `path`.
pub(super) fn is_place(path: RepoPath) -> bool {
    PLACES.contains(&path.as_str())
}

/// The places in the order in which `forge` looks there.
pub(super) fn places(forge: Option<Forge>) -> impl Iterator<Item = RepoPath> {
    let places = if forge == Some(Forge::GitLab) { PLACES_ON_GITLAB } else { PLACES };
    places.into_iter().filter_map(RepoPath::new)
}

/// The forge at `url`, or else the one that the repository is made for, as far as that can be told.
pub(super) fn forge(url: Option<&str>, files: &impl Files) -> Option<Forge> {
    let host = url.and_then(|url| url.split('/').nth(2)).unwrap_or_default();
    match () {
        () if host.contains("gitlab") => return Some(Forge::GitLab),
        () if host.contains("github") => return Some(Forge::GitHub),
        () if !host.is_empty() => return None,
        () => {}
    }
    let has = |path: &str| RepoPath::new(path).is_some_and(|path| files.contains(path));
    (has(".gitlab-ci.yml") && !has(".github")).then_some(Forge::GitLab)
}
