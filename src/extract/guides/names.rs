//! What pages are called: short names, made of no more of the path than it takes to tell them apart.

use std::collections::HashMap;

use super::folder::{Folders, index_rank};
use super::words::slug;
use crate::source::RepoPath;

/// Folders whose name says nothing, wherever they stand.
pub(super) const PLAIN: [&str; 2] = ["src", "content"];

/// A page and the documentation folder that it lies in.
#[derive(Clone, Copy)]
pub(super) struct Rooted {
    pub(super) page: RepoPath,
    pub(super) root: Option<RepoPath>,
}

/// The names of `pages`, in their order: `onboarding/first-day` for `docs/onboarding/first-day.md`. Where two would be
/// called the same, each is called by more of its path.
pub(super) fn choose(pages: &[Rooted], folders: &Folders) -> Vec<String> {
    let candidates: Vec<Vec<String>> = pages.iter().map(|page| candidates(*page, folders)).collect();
    let mut chosen = vec![0; pages.len()];
    let longest = candidates.iter().map(Vec::len).max().unwrap_or(0);
    for _ in 0..longest {
        let mut bearers: HashMap<&str, usize> = HashMap::new();
        for (names, &choice) in candidates.iter().zip(&chosen) {
            *bearers.entry(names[choice].as_str()).or_default() += 1;
        }
        let mut settled = true;
        for (names, choice) in candidates.iter().zip(&mut chosen) {
            if bearers[names[*choice].as_str()] > 1 && *choice + 1 < names.len() {
                *choice += 1;
                settled = false;
            }
        }
        if settled {
            break;
        }
    }
    candidates.into_iter().zip(chosen).map(|(mut names, choice)| names.swap_remove(choice)).collect()
}

/// The names that a page may have, the shortest first. The last one is its whole path.
fn candidates(Rooted { page, root }: Rooted, folders: &Folders) -> Vec<String> {
    let is_index = index_rank(page).is_some() && folders.index(page.parent()) == Some(page);
    let whole = parts(page, RepoPath::root(), is_index);
    let below = parts(page, root.unwrap_or_else(RepoPath::root), is_index);
    let bare = |part: &(RepoPath, &'static str)| slug(folders.bare_name(part.0, part.1));
    let full = |part: &(RepoPath, &'static str)| slug(part.1);
    let join = |parts: Vec<String>| parts.join("/");
    let telling = whole.iter().filter(|(_, name)| !PLAIN.contains(name));
    let mut names = vec![
        join(below.iter().map(bare).collect()),
        join(below.iter().map(full).collect()),
        join(telling.map(full).collect()),
        join(whole.iter().map(full).collect()),
        join(page.as_str().split('/').map(slug).collect()),
    ];
    if below.is_empty() {
        names.insert(0, root.map_or_else(|| "readme".to_owned(), name_of_root));
    }
    names.retain(|name| !name.is_empty());
    names.dedup();
    names
}

/// The parts of `page` below `folder`, each with its path; the last one without ending, or left out for a page that
/// speaks for its folder.
fn parts(page: RepoPath, folder: RepoPath, is_index: bool) -> Vec<(RepoPath, &'static str)> {
    let mut parts = Vec::new();
    let mut entry = if is_index { page.parent() } else { page };
    while entry != folder && entry != RepoPath::root() {
        parts.push((entry, if entry == page { page.stem() } else { entry.file_name() }));
        entry = entry.parent();
    }
    parts.reverse();
    parts
}

fn name_of_root(root: RepoPath) -> String {
    let telling = root.as_str().rsplit('/').find(|part| !PLAIN.contains(part) && !part.is_empty());
    telling.map_or_else(|| "book".to_owned(), slug)
}
