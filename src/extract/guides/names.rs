//! What pages are called: short names, made of no more of the path than it takes to tell them apart.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::folder::{Folders, index_rank};
use super::words::{push_slug, slug};
use crate::source::{NameMap, RepoPath};

/// Folders whose name says nothing, wherever they stand.
pub(super) const PLAIN: [&str; 2] = ["src", "content"];

/// A page and the documentation folder that it lies in.
#[derive(Clone, Copy)]
pub(super) struct Rooted {
    pub(super) page: RepoPath,
    pub(super) root: Option<RepoPath>,
}

/// No page has more candidates.
const MOST_CANDIDATES: usize = 5;

/// The names of `pages`, in their order: `onboarding/first-day` for `docs/onboarding/first-day.md`. Where two would be
/// called the same, each is called by more of its path; one whose path has no more to say keeps the name.
pub(super) fn choose(pages: &[Rooted], folders: &Folders) -> Vec<String> {
    let shortest = Shortest::new(pages, folders);
    let mut names: Vec<String> = pages.par_iter().map(|page| shortest.name(*page)).collect();
    // Only pages that meet others of their name are asked for more.
    let mut choices: HashMap<usize, Choice> = HashMap::new();
    for _ in 0..MOST_CANDIDATES {
        let mut settled = true;
        for clash in clashes(&names) {
            for &page in &clash {
                choices.entry(page).or_insert_with(|| Choice { chosen: 0, from: candidates(pages[page], folders) });
            }
            let has_more = |page: &usize| choices.get(page).is_some_and(Choice::says_more);
            let only_one_has_no_more = clash.iter().filter(|page| !has_more(page)).count() == 1;
            for page in clash {
                let Some(choice) = choices.get_mut(&page) else { continue };
                let keeps = only_one_has_no_more && !choice.says_more();
                if !keeps && let Some(longer) = choice.from.names.get(choice.chosen + 1) {
                    names[page].clone_from(longer);
                    choice.chosen += 1;
                    settled = false;
                }
            }
        }
        if settled {
            break;
        }
    }
    numbered(names)
}

/// The pages that share a name, in their order, name by name.
fn clashes(names: &[String]) -> Vec<Vec<usize>> {
    let mut bearers: HashMap<&str, usize> = HashMap::with_capacity(names.len());
    let mut clashes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (page, name) in names.iter().enumerate() {
        let first = *bearers.entry(name).or_insert(page);
        if first != page {
            clashes.entry(first).or_insert_with(|| vec![first]).push(page);
        }
    }
    clashes.into_values().collect()
}

/// The names with a number behind those that are taken: `a b.md` beside `a-b.md`.
fn numbered(mut names: Vec<String>) -> Vec<String> {
    for clash in clashes(&names) {
        for (count, page) in (2..).zip(&clash[1..]) {
            let numbered = format!("{}-{count}", names[*page]);
            names[*page] = numbered;
        }
    }
    names
}

/// One of the names that a page may have.
struct Choice {
    chosen: usize,
    from: Candidates,
}

impl Choice {
    /// Whether a longer name says more.
    fn says_more(&self) -> bool {
        self.chosen + 1 < self.from.telling
    }
}

/// Makes the first candidate of each page.
struct Shortest<'f> {
    folders: &'f Folders,
    /// What the names of the pages in a folder begin with.
    below: NameMap<RepoPath, String>,
}

impl<'f> Shortest<'f> {
    fn new(pages: &[Rooted], folders: &'f Folders) -> Self {
        let mut below: NameMap<RepoPath, String> = NameMap::default();
        for &Rooted { page, root } in pages {
            below.entry(page.parent()).or_insert_with(|| {
                let parts = parts(page.parent(), top(page, root));
                let parts: Vec<String> = parts.into_iter().map(|part| bare(part, folders)).collect();
                parts.join("/")
            });
        }
        Self { folders, below }
    }

    fn name(&self, Rooted { page, root }: Rooted) -> String {
        let folders = self.folders;
        let below = self.below.get(&page.parent()).map_or("", String::as_str);
        if speaks_for_folder(page, folders) {
            return match below {
                "" => root.map_or_else(|| "readme".to_owned(), name_of_root),
                below => below.to_owned(),
            };
        }
        let own = folders.bare_name(page, page.stem());
        let mut name = String::with_capacity(below.len() + 1 + own.len());
        name.push_str(below);
        if !below.is_empty() {
            name.push('/');
        }
        push_slug(own, &mut name);
        name
    }
}

/// The names that a page may have, the shortest first, the last one its whole path.
struct Candidates {
    names: Vec<String>,
    /// How many of them leave out what says nothing.
    telling: usize,
}

fn candidates(Rooted { page, root }: Rooted, folders: &Folders) -> Candidates {
    let own = (!speaks_for_folder(page, folders)).then(|| (page, page.stem()));
    let parts_below = |folder| parts(page.parent(), folder).into_iter().chain(own).collect::<Vec<_>>();
    let whole = parts_below(RepoPath::root());
    let below = parts_below(top(page, root));
    let full = |part: &Part| slug(part.1);
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
        join(below.iter().map(|part| bare(*part, folders)).collect()),
        join(below.iter().map(full).collect()),
        join(whole.iter().filter(|(_, name)| !PLAIN.contains(name)).map(full).collect()),
    ]);
    let mut names = tidy(short);
    let telling = names.len();
    names.push(join(whole.iter().map(full).collect()));
    names.push(join(page.as_str().split('/').map(slug).collect()));
    Candidates { names: tidy(names), telling }
}

/// A page or folder, and its name: that of a page without ending.
type Part = (RepoPath, &'static str);

/// The parts of `folder` below `top`.
fn parts(folder: RepoPath, top: RepoPath) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut entry = folder;
    while entry != top && entry != RepoPath::root() {
        parts.push((entry, entry.file_name()));
        entry = entry.parent();
    }
    parts.reverse();
    parts
}

fn bare((entry, name): Part, folders: &Folders) -> String {
    slug(folders.bare_name(entry, name))
}

/// Whether `page` is its folder's index and has no name beside that of the folder.
fn speaks_for_folder(page: RepoPath, folders: &Folders) -> bool {
    index_rank(page).is_some() && folders.index(page.parent()) == Some(page)
}

/// The folder that names of `page` start from.
fn top(page: RepoPath, root: Option<RepoPath>) -> RepoPath {
    root.or_else(|| hidden_folder(page)).unwrap_or_else(RepoPath::root)
}

/// The folder that a forge keeps for itself: `.github`.
fn hidden_folder(page: RepoPath) -> Option<RepoPath> {
    page.folders().next().filter(|first| first.starts_with('.')).and_then(RepoPath::new)
}

fn name_of_root(root: RepoPath) -> String {
    let telling = root.as_str().rsplit('/').find(|part| !PLAIN.contains(part) && !part.is_empty());
    telling.map_or_else(|| "introduction".to_owned(), slug)
}
