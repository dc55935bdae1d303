//! What folders say about the pages in them: which page speaks for a folder, what it is called, where it stands.

use std::collections::{BTreeSet, HashMap};

use super::words;
use crate::data::{self, Value};
use crate::discover::SourceTree;
use crate::source::{Files, NameMap, NameSet, RepoPath, SourceFile, Sources};

/// The folders of a set of pages.
pub(super) struct Folders {
    /// The page that speaks for a folder: its index, its README, or the page beside it that bears its name.
    indexes: NameMap<RepoPath, RepoPath>,
    /// The folder that each of these pages speaks for.
    of_indexes: NameMap<RepoPath, RepoPath>,
    /// Folders of which several entries begin with numbers: there, numbers mean order.
    numbered: NameSet<RepoPath>,
    labels: NameMap<RepoPath, Category>,
}

/// Docusaurus' `_category_.json`.
#[derive(Clone, Debug, Default, PartialEq)]
struct Category {
    label: Option<String>,
    position: Option<i64>,
}

impl Folders {
    pub(super) fn new(pages: &[RepoPath], tree: &SourceTree) -> Self {
        let mut folders = NameSet::default();
        let mut numbers: NameMap<RepoPath, BTreeSet<i64>> = NameMap::default();
        for &page in pages {
            let mut entry = page;
            loop {
                let folder = entry.parent();
                if let (Some(number), _) = words::without_number(entry.file_name()) {
                    numbers.entry(folder).or_default().insert(number);
                }
                entry = folder;
                if entry == RepoPath::root() || !folders.insert(entry) {
                    break;
                }
            }
        }
        let numbered = numbers.into_iter().filter(|(_, numbers)| numbers.len() > 1).map(|(folder, _)| folder).collect();
        let labels = folders.iter().filter_map(|&folder| Some((folder, category(tree, folder)?))).collect();
        let indexes = indexes(pages, &folders);
        let of_indexes = indexes.iter().map(|(folder, page)| (*page, *folder)).collect();
        Self { indexes, of_indexes, numbered, labels }
    }

    /// The page that speaks for `folder`.
    pub(super) fn index(&self, folder: RepoPath) -> Option<RepoPath> {
        self.indexes.get(&folder).copied()
    }

    /// The folder that `page` speaks for.
    pub(super) fn of_index(&self, page: RepoPath) -> Option<RepoPath> {
        self.of_indexes.get(&page).copied()
    }

    /// What readers call `folder`.
    pub(super) fn title(&self, folder: RepoPath) -> String {
        let label = self.labels.get(&folder).and_then(|category| category.label.clone());
        label.unwrap_or_else(|| words::title(self.bare_name(folder, folder.file_name())))
    }

    /// Where `entry`, a page or folder, stands among its siblings by its name.
    pub(super) fn position(&self, entry: RepoPath) -> Option<i64> {
        let position = self.labels.get(&entry).and_then(|category| category.position);
        let numbered = self.numbered.contains(&entry.parent());
        position.or_else(|| words::without_number(entry.file_name()).0.filter(|_| numbered))
    }

    /// The name of `entry`, which is `name` with its ending or without, free of a number that only means order.
    pub(super) fn bare_name<'n>(&self, entry: RepoPath, name: &'n str) -> &'n str {
        if self.numbered.contains(&entry.parent()) { words::without_number(name).1 } else { name }
    }
}

/// Whether a page of this name speaks for its folder, and how surely: the smaller the surer. At the root of a
/// repository the README comes first, as on a forge.
pub(super) fn index_rank(page: RepoPath) -> Option<u8> {
    let stem = page.stem();
    let ranked = [("index", 1), ("_index", 2), ("readme", 3)];
    let (_, rank) = ranked.into_iter().find(|(name, _)| stem.eq_ignore_ascii_case(name))?;
    Some(if rank == 3 && page.parent() == RepoPath::root() { 0 } else { rank })
}

fn indexes(pages: &[RepoPath], folders: &NameSet<RepoPath>) -> NameMap<RepoPath, RepoPath> {
    // A page beside a folder bears its path. Most do not, so nothing is made of theirs.
    let by_path: HashMap<&str, RepoPath> = folders.iter().map(|folder| (folder.as_str(), *folder)).collect();
    let mut ranked: NameMap<RepoPath, (u8, RepoPath)> = NameMap::default();
    for &page in pages {
        let claim = index_rank(page).map(|rank| (page.parent(), rank));
        let beside = || by_path.get(page.without_extension()).map(|folder| (*folder, 4));
        if let Some((folder, rank)) = claim.or_else(beside) {
            let best = ranked.entry(folder).or_insert((rank, page));
            *best = (*best).min((rank, page));
        }
    }
    ranked.into_iter().map(|(folder, (_, page))| (folder, page)).collect()
}

fn category(tree: &SourceTree, folder: RepoPath) -> Option<Category> {
    let read = |name: &str| {
        let file = folder.join(name).filter(|path| tree.contains(*path)).and_then(|path| tree.source(path))?;
        Option::clone(&file.told(read_category))
    };
    ["_category_.json", "_category_.yml", "_category_.yaml"].into_iter().find_map(read)
}

/// What `file` says, when it can be read at all.
fn read_category(file: &SourceFile) -> Option<Category> {
    let whole = 0..file.text().len();
    let values = if file.path().has_extension(&["json"]) {
        data::read_json(file, whole).0
    } else {
        data::read_yaml(file, whole).0.into_iter().next()
    }?;
    Some(Category {
        label: values.get("label").and_then(Value::as_str).map(str::to_owned),
        position: values.get("position").and_then(Value::as_integer),
    })
}
