//! Where a checkout is published: read from its `.git`, without running git.
//!
//! Passwords and tokens in a remote's address go no further than this file.

use std::fs;
use std::path::{Path, PathBuf};

use super::Forge;
use crate::source::RepoPath;

/// What the `.git` at or above a folder tells.
pub(super) struct Checkout {
    /// The folder that has the `.git`.
    pub(super) top: PathBuf,
    /// The page of the remote, when it has one.
    pub(super) url: Option<String>,
    /// The commit that is checked out, when it can be told.
    pub(super) commit: Option<String>,
}

/// The nearest checkout at or above `folder`.
pub(super) fn checkout(folder: &Path) -> Option<Checkout> {
    let top = folder.ancestors().find(|folder| folder.join(".git").exists())?;
    let own = git_folder(&top.join(".git"))?;
    // A linked worktree has a HEAD of its own and shares all else: gitrepository-layout(5).
    let common = match fs::read_to_string(own.join("commondir")) {
        Ok(text) => own.join(text.trim()),
        Err(_) => own.clone(),
    };
    let url = fs::read_to_string(common.join("config")).ok().and_then(|config| page_of_remote(&remote(&config)?));
    Some(Checkout { top: top.to_path_buf(), url, commit: commit(&own, &common) })
}

/// The forge page of the checkout around `root`.
pub(super) fn detect(root: &Path) -> Option<Forge> {
    let checkout = checkout(root)?;
    let folder = RepoPath::below(&checkout.top, root).unwrap_or_else(RepoPath::root);
    let revision = checkout.commit.unwrap_or(Forge::nowhere().revision);
    // Without an address it still knows the commit, should the configuration give one.
    Some(Forge { url: checkout.url.unwrap_or_default(), revision, folder })
}

/// The folder with the HEAD of the checkout around `root`.
pub(super) fn head_folder(root: &Path) -> Option<PathBuf> {
    let top = root.ancestors().find(|folder| folder.join(".git").exists())?;
    git_folder(&top.join(".git"))
}

/// `.git` itself, or the folder that a file of that name leads to.
fn git_folder(path: &Path) -> Option<PathBuf> {
    if path.is_dir() {
        return Some(path.to_path_buf());
    }
    let text = fs::read_to_string(path).ok()?;
    Some(path.parent()?.join(text.strip_prefix("gitdir:")?.trim()))
}

/// The commit that HEAD stands for: directly, through a file, or through `packed-refs`.
fn commit(own: &Path, common: &Path) -> Option<String> {
    let head = fs::read_to_string(own.join("HEAD")).ok()?;
    let Some(name) = head.trim().strip_prefix("ref:").map(str::trim) else { return hash(head.trim()) };
    if name.split('/').any(|part| part == "..") {
        return None;
    }
    let loose = [own, common].into_iter().find_map(|folder| fs::read_to_string(folder.join(name)).ok());
    if let Some(loose) = loose {
        return hash(loose.trim());
    }
    let packed = fs::read_to_string(common.join("packed-refs")).ok()?;
    packed.lines().find_map(|line| line.split_once(' ').filter(|(_, of)| *of == name).and_then(|(text, _)| hash(text)))
}

/// `text` as the name of a commit.
pub(super) fn hash(text: &str) -> Option<String> {
    let fits = matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    fits.then(|| text.to_owned())
}

/// The address of `origin`, or of the only remote, in the text of a git configuration file: git-config(1).
fn remote(config: &str) -> Option<String> {
    let mut remotes: Vec<(&str, String)> = Vec::new();
    let mut section: Option<&str> = None;
    for line in config.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[') {
            let name = header.strip_prefix("remote").map(str::trim_start);
            section = name.and_then(|name| name.strip_prefix('"')?.split('"').next());
        } else if let (Some(name), Some((key, value))) = (section, line.split_once('='))
            && key.trim().eq_ignore_ascii_case("url")
            && !remotes.iter().any(|(known, _)| *known == name)
        {
            remotes.push((name, value.trim().trim_matches('"').to_owned()));
        }
    }
    let origin = remotes.iter().position(|(name, _)| *name == "origin");
    let only = (remotes.len() == 1).then_some(0);
    origin.or(only).map(|index| remotes.swap_remove(index).1)
}

/// The page that belongs to a remote's address, without user, password and final slash. `None` for what is no address
/// on the web: a path, a bundle, a host that only this machine knows.
pub(super) fn page_of_remote(address: &str) -> Option<String> {
    let address = address.trim();
    let (scheme, rest) = match address.split_once("://") {
        Some(("https", rest)) => ("https", rest),
        Some(("http", rest)) => ("http", rest),
        Some(("ssh" | "git" | "git+ssh", rest)) => ("ssh", rest),
        Some(_) => return None,
        None => ("scp", address),
    };
    let (host, path) = if scheme == "scp" { rest.split_once(':')? } else { rest.split_once('/')? };
    let host = host.rsplit('@').next().unwrap_or(host).to_ascii_lowercase();
    let web = matches!(scheme, "https" | "http");
    // A port of ssh says nothing about the page.
    let (name, port) = host.split_once(':').map_or((host.as_str(), None), |(name, port)| (name, Some(port)));
    let host = if web { host.as_str() } else { name };
    let port_fits = port.is_none_or(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    // One part is a path on Windows, an alias in somebody's ssh configuration, or this machine.
    let name_fits =
        name.contains('.') && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let path_fits =
        !path.is_empty() && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%+".contains(&byte));
    let loopback = name.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback());
    let scheme = if scheme == "http" { "http" } else { "https" };
    (port_fits && name_fits && path_fits && !loopback).then(|| format!("{scheme}://{host}/{path}"))
}

impl Forge {
    /// A forge whose address is still missing.
    pub(super) fn nowhere() -> Self {
        Self { url: String::new(), revision: "HEAD".to_owned(), folder: RepoPath::root() }
    }
}

#[cfg(test)]
#[path = "forge_tests.rs"]
mod tests;
