//! For whom a document is: those who change the repository, those who use what comes of it, and have projects of their own, or nobody any
//! more.

use super::Subject;
use crate::source::{Files, RepoPath, Sources};

/// Beginnings of the names of documents that people write for those who change the repository.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "readme", "contributing", "develop", "hacking", "building", "testing", "maintain", "agents", "claude", "architecture",
];

/// Beginnings of words in the names of folders with such documents.
const FOLDERS: &[&str] = &["contribut", "dev", "hacking", "internal", "maint"];

/// What makes a site of a folder beside the generators that links are followed for.
const BOOKS: &[&str] = &["book.toml", "SUMMARY.md", "nanoc.yaml"];

/// Whether the document at `path` is by its name or place for those who change the repository.
pub(super) fn is_for_developers(path: RepoPath) -> bool {
    let stem = path.stem().to_lowercase();
    let is_of_them = |folder: &str| {
        let folder = folder.to_lowercase();
        let mut words = folder.split(|character: char| !character.is_alphanumeric());
        words.any(|word| FOLDERS.iter().any(|beginning| word.starts_with(beginning)))
    };
    NAMES.iter().any(|beginning| stem.starts_with(beginning)) || path.folders().any(is_of_them)
}

/// Whether the document at `path`, or the README of its folder or of one above but the root, says that it is kept no longer.
pub(super) fn is_abandoned(subject: Subject<'_>, path: RepoPath) -> bool {
    const SIGNS: &[&str] =
        &["no longer updated", "no longer maintained", "not maintained anymore", "no longer kept up to date"];
    /// In so many letters at its beginning a document says so.
    const HEAD: usize = 2000;
    let says_so = |path: RepoPath| {
        let file = subject.tree.source(path);
        file.is_some_and(|file| {
            let head: String = file.text().chars().take(HEAD).collect();
            let head = head.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
            SIGNS.iter().any(|sign| head.contains(sign))
        })
    };
    let folders = path.above().take(path.folders().count());
    says_so(path) || folders.filter_map(|folder| subject.tree.find(folder, "README.md")).any(says_so)
}

/// Whether the document at `path` is a page of a site: it begins with data, or stands in a folder below a generator's settings.
pub(super) fn is_on_site(subject: Subject<'_>, path: RepoPath) -> bool {
    let has_data = || subject.tree.source(path).is_some_and(|file| file.text().starts_with("---\n"));
    let is_book = |folder: &RepoPath| BOOKS.iter().any(|name| subject.tree.find(*folder, name).is_some());
    let is_site = |folder: &RepoPath| subject.resolved.is_site(subject.tree, *folder) || is_book(folder);
    has_data() || path.parent().above().take(path.folders().count()).any(|folder| is_site(&folder))
}

#[cfg(test)]
mod tests {
    use super::is_for_developers;
    use crate::source::RepoPath;

    #[test]
    fn documents_for_those_who_change_the_repository() {
        let cases = [
            ("README.md", true),
            ("docs/CONTRIBUTING.md", true),
            ("docs/dev/build.md", true),
            ("contributor-book/src/a.md", true),
            ("docs/guide/devices.md", false),
            ("docs/use.md", false),
        ];
        for (path, expected) in cases {
            assert_eq!(RepoPath::new(path).map(is_for_developers), Some(expected), "{path}");
        }
    }
}
