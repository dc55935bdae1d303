//! Whether a document belongs to a package that somebody else keeps, and that was copied here.

use serde_json::Value as Json;

use super::Subject;
use crate::data::{Value, read_toml};
use crate::source::{Files, RepoPath, SourceFile};

/// Whether the document at `path` is somebody else's: the manifest next above it, but for that of the root, gives another repository as its
/// own than this one is, `repository = "https://github.com/them/package"`, or the licence next above it is of another holder than the
/// root's. Where nobody knows what this one is called, or whose it is, nothing is of somebody else.
pub(super) fn is_vendored(subject: Subject<'_>, path: RepoPath) -> bool {
    is_of_other_holder(subject, path) || is_of_other_repository(subject, path)
}

/// Names of files that say whose a folder is.
const LICENCES: &[&str] = &["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "COPYING"];

fn is_of_other_holder(subject: Subject<'_>, path: RepoPath) -> bool {
    let holder = |folder: RepoPath| {
        let file = LICENCES.iter().find_map(|name| subject.tree.find(folder, name))?;
        holder(&String::from_utf8(subject.tree.bytes(file)?).ok()?)
    };
    let mut folders = path.above().take(path.folders().count());
    let Some(stated) = folders.find_map(holder) else { return false };
    holder(RepoPath::root()).is_some_and(|own| !own.contains(&stated) && !stated.contains(&own))
}

/// Whose the text of a licence says that something is, in lower case: `shop inc` of "Copyright (c) 2020-2024 Shop Inc.".
fn holder(licence: &str) -> Option<String> {
    let line = licence.lines().map(str::trim).find(|line| line.starts_with("Copyright "))?;
    let words = line.split(|one: char| !one.is_alphabetic()).map(str::to_lowercase);
    let words: Vec<String> =
        words.filter(|word| !matches!(word.as_str(), "" | "c" | "copyright" | "present" | "the")).collect();
    // "Copyright [yyyy] [name of copyright owner]" is nobody.
    let is_form = words.iter().any(|word| matches!(word.as_str(), "yyyy" | "notice" | "owner"));
    (!words.is_empty() && !is_form).then(|| words.join(" "))
}

fn is_of_other_repository(subject: Subject<'_>, path: RepoPath) -> bool {
    let own: Vec<String> = subject.own_name().map(str::to_lowercase).into_iter().collect();
    let own: Vec<String> = own.into_iter().chain(repository(subject, RepoPath::root())).collect();
    let mut folders = path.above().take(path.folders().count());
    let stated = folders.find_map(|folder| repository(subject, folder));
    !own.is_empty() && stated.is_some_and(|stated| !own.contains(&stated))
}

/// The name of the repository that a manifest in `folder` gives as its own.
fn repository(subject: Subject<'_>, folder: RepoPath) -> Option<String> {
    let text = |name: &str| {
        let path = subject.tree.find(folder, name)?;
        Some(SourceFile::new(path, String::from_utf8(subject.tree.bytes(path)?).ok()?))
    };
    let of_cargo = || {
        let file = text("Cargo.toml")?;
        let value = read_toml(&file, 0..file.text().len()).0?;
        let workspace = value.get("workspace").and_then(|workspace| workspace.get("package"));
        let tables = [value.get("package"), workspace];
        name(tables.into_iter().flatten().find_map(|table| table.get("repository").and_then(Value::as_str))?)
    };
    let of_node = || {
        let value: Json = serde_json::from_str(text("package.json")?.text()).ok()?;
        let repository = value.get("repository")?;
        name(repository.get("url").unwrap_or(repository).as_str()?)
    };
    of_cargo().or_else(of_node)
}

/// The name of the repository at `address`, in lower case: an address of the web or of git, or `owner/name`, as npm has it, too.
fn name(address: &str) -> Option<String> {
    let address = address.rsplit_once("://").map_or(address, |(_, address)| address);
    let (first, rest) = address.split_once(['/', ':'])?;
    let is_host = first.contains(['.', '@']) || matches!(first, "bitbucket" | "github" | "gitlab");
    let name = if is_host { rest.split('/').nth(1)? } else { rest };
    let name = name.split(['#', '?']).next().unwrap_or(name).trim_end_matches('/');
    let name = name.strip_suffix(".git").unwrap_or(name).to_lowercase();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{holder, name};

    #[test]
    fn holders() {
        let cases = [
            ("MIT License\n\nCopyright (c) 2020-2024 Shop Inc.\n", Some("shop inc")),
            ("Copyright \u{a9} 2020-present The Shop Authors", Some("shop authors")),
            ("   Copyright [yyyy] [name of copyright owner]\n", None),
            ("Apache License", None),
        ];
        for (text, expected) in cases {
            assert_eq!(holder(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn names_of_repositories() {
        let cases = [
            ("https://github.com/acme/Shop", Some("shop")),
            ("git+https://github.com/acme/shop.git", Some("shop")),
            ("https://github.com/acme/shop/tree/main/crates/a", Some("shop")),
            ("git@github.com:acme/shop.git", Some("shop")),
            ("github:acme/shop#main", Some("shop")),
            ("acme/shop", Some("shop")),
            ("https://shop.example.com", None),
            ("https://gitlab.com/acme", None),
            ("", None),
        ];
        for (address, expected) in cases {
            assert_eq!(name(address).as_deref(), expected, "{address}");
        }
    }
}
