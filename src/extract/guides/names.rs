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
/// called the same, each is called by more of its path; one whose path has no more to say keeps the name.
pub(super) fn choose(pages: &[Rooted], folders: &Folders) -> Vec<String> {
    let candidates: Vec<Candidates> = pages.iter().map(|page| candidates(*page, folders)).collect();
    let mut chosen = vec![0; pages.len()];
    let longest = candidates.iter().map(|candidates| candidates.names.len()).max().unwrap_or(0);
    for _ in 0..longest {
        let mut bearers: HashMap<&str, Bearers> = HashMap::new();
        for (candidates, &choice) in candidates.iter().zip(&chosen) {
            let bearers = bearers.entry(candidates.names[choice].as_str()).or_default();
            bearers.all += 1;
            bearers.without_more += usize::from(choice + 1 >= candidates.telling);
        }
        let mut settled = true;
        for (candidates, choice) in candidates.iter().zip(&mut chosen) {
            let bearers = &bearers[candidates.names[*choice].as_str()];
            let keeps = bearers.without_more == 1 && *choice + 1 >= candidates.telling;
            if bearers.all > 1 && !keeps && *choice + 1 < candidates.names.len() {
                *choice += 1;
                settled = false;
            }
        }
        if settled {
            break;
        }
    }
    let names = candidates.into_iter().zip(chosen).map(|(mut candidates, choice)| candidates.names.swap_remove(choice));
    numbered(names.collect())
}

/// The names with a number behind those that are taken: `a b.md` beside `a-b.md`.
fn numbered(mut names: Vec<String>) -> Vec<String> {
    let mut taken: HashMap<String, usize> = HashMap::new();
    for name in &mut names {
        let count = taken.entry(name.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            *name = format!("{name}-{count}");
        }
    }
    names
}

/// How many pages would bear a name.
#[derive(Default)]
struct Bearers {
    all: usize,
    /// How many of them have no longer name that says more.
    without_more: usize,
}

/// The names that a page may have, the shortest first, the last one its whole path.
struct Candidates {
    names: Vec<String>,
    /// How many of them leave out what says nothing.
    telling: usize,
}

fn candidates(Rooted { page, root }: Rooted, folders: &Folders) -> Candidates {
    let is_index = index_rank(page).is_some() && folders.index(page.parent()) == Some(page);
    let whole = parts(page, RepoPath::root(), is_index);
    let below = parts(page, root.or_else(|| hidden_folder(page)).unwrap_or_else(RepoPath::root), is_index);
    let bare = |part: &(RepoPath, &'static str)| slug(folders.bare_name(part.0, part.1));
    let full = |part: &(RepoPath, &'static str)| slug(part.1);
    let join = |parts: Vec<String>| parts.join("/");
    let tidy = |mut names: Vec<String>| {
        names.retain(|name| !name.is_empty());
        names.dedup();
        names
    };
    let mut short = Vec::new();
    if below.is_empty() {
        short.push(root.map_or_else(|| "readme".to_owned(), name_of_root));
    }
    short.extend([
        join(below.iter().map(bare).collect()),
        join(below.iter().map(full).collect()),
        join(whole.iter().filter(|(_, name)| !PLAIN.contains(name)).map(full).collect()),
    ]);
    let mut names = tidy(short);
    let telling = names.len();
    names.push(join(whole.iter().map(full).collect()));
    names.push(join(page.as_str().split('/').map(slug).collect()));
    Candidates { names: tidy(names), telling }
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

/// The folder that a forge keeps for itself: `.github`.
fn hidden_folder(page: RepoPath) -> Option<RepoPath> {
    page.folders().next().filter(|first| first.starts_with('.')).and_then(RepoPath::new)
}

fn name_of_root(root: RepoPath) -> String {
    let telling = root.as_str().rsplit('/').find(|part| !PLAIN.contains(part) && !part.is_empty());
    telling.map_or_else(|| "introduction".to_owned(), slug)
}
