//! What the texts that are given for keys must look like, and what is made of them.

use std::path::{Component, Path, PathBuf};

use super::{Forge, Project, forge};
use crate::source::RepoPath;

/// Any text but none.
pub(super) fn not_empty(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() { Err("this must not be empty".to_owned()) } else { Ok(text.to_owned()) }
}

/// An address with a final slash.
pub(super) fn base_url(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split('/').next()).unwrap_or_default();
    if host.is_empty() || text.contains(|character: char| character.is_whitespace() || "?#\"<>@".contains(character)) {
        return Err("an address such as `https://docs.example.org/shop/` is needed here".to_owned());
    }
    Ok(format!("{}/", text.trim_end_matches('/')))
}

/// A BCP 47 tag, by its shape: parts of up to eight letters and digits.
pub(super) fn language(text: &str) -> Result<String, String> {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let first_fits = (2..=8).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let fits = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if first_fits && parts.all(fits) {
        Ok(text.to_owned())
    } else {
        Err(format!("`{text}` is no language tag, such as `en` or `pt-BR`"))
    }
}

/// A folder in the repository that exists.
pub(super) fn theme(root: &Path, text: &str) -> Result<RepoPath, String> {
    let path = RepoPath::new(text).ok_or_else(|| format!("`{text}` leads out of the repository"))?;
    if path.under(root).is_dir() { Ok(path) } else { Err(format!("there is no folder `{path}` in the repository")) }
}

/// A folder that can be written to without harm: neither the repository itself nor one that holds it.
pub(super) fn output_dir(root: &Path, base: &Path, text: &str) -> Result<PathBuf, String> {
    let path = absolute(base, Path::new(&not_empty(text)?));
    if root.starts_with(&path) {
        return Err(format!("the site cannot be written to `{text}`: the repository is in there"));
    }
    Ok(path)
}

/// The address of a repository's page, in any form in which git knows it.
pub(super) fn repository(project: &mut Project, text: &str) -> Result<(), String> {
    let url = forge::page_of_remote(text).ok_or("the address of a page on a forge is needed here")?;
    match &mut project.forge {
        Some(forge) => forge.url = url,
        None => project.forge = Some(Forge { url, ..Forge::nowhere() }),
    }
    Ok(())
}

/// A commit, tag or branch.
pub(super) fn revision(project: &mut Project, text: &str) -> Result<(), String> {
    let revision = not_empty(text)?;
    if revision.contains(|character: char| character.is_whitespace() || character.is_control()) {
        return Err("a commit, a tag or a branch is needed here".to_owned());
    }
    project.forge.get_or_insert_with(Forge::nowhere).revision = revision;
    Ok(())
}

/// `path` from `base`, without `.` and `..`, and without symbolic links as far as it exists.
pub(super) fn absolute(base: &Path, path: &Path) -> PathBuf {
    let mut absolute = PathBuf::new();
    for component in base.join(path).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                absolute.pop();
            }
            Component::Normal(name) => {
                absolute.push(name);
                if let Ok(real) = absolute.canonicalize() {
                    absolute = real;
                }
            }
            other => absolute.push(other),
        }
    }
    absolute
}

#[cfg(test)]
mod tests {
    use super::{base_url, language};

    #[test]
    fn texts_are_taken_or_refused() {
        let addresses = [
            ("https://docs.example.org", Some("https://docs.example.org/")),
            ("http://localhost:8080/a/", Some("http://localhost:8080/a/")),
            ("docs.example.org", None),
            ("https://", None),
            ("https:///a", None),
            ("https://user:secret@example.org/", None),
            ("https://example.org/?a", None),
        ];
        for (text, expected) in addresses {
            assert_eq!(base_url(text).ok().as_deref(), expected, "{text}");
        }
        let tags = [("en", true), ("pt-BR", true), ("zh-Hant-TW", true), ("", false), ("e", false), ("en_US", false)];
        for (text, expected) in tags {
            assert_eq!(language(text).is_ok(), expected, "{text}");
        }
    }
}
