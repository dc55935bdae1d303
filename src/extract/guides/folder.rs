//! What folders say about the pages in them: which page speaks for a folder, what it is called, where it stands.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::words;
use crate::data::{self, Value};
use crate::discover::SourceTree;
use crate::source::{Files, RepoPath, Sources};

/// The folders of a set of pages.
pub(super) struct Folders {
    /// The page that speaks for a folder: its index, its README, or the page beside it that bears its name.
    indexes: HashMap<RepoPath, RepoPath>,
    /// Folders of which several entries begin with numbers: there, numbers mean order.
    numbered: BTreeSet<RepoPath>,
    labels: HashMap<RepoPath, Category>,
}

/// Docusaurus' `_category_.json`.
#[derive(Clone, Debug, Default)]
struct Category {
    label: Option<String>,
    position: Option<i64>,
}

impl Folders {
    pub(super) fn new(pages: &[RepoPath], tree: &SourceTree) -> Self {
        let mut folders = BTreeSet::new();
        let mut numbers: BTreeMap<RepoPath, BTreeSet<i64>> = BTreeMap::new();
        for &page in pages {
            let mut entry = page;
            loop {
                if let (Some(number), _) = words::without_number(entry.file_name()) {
                    numbers.entry(entry.parent()).or_default().insert(number);
                }
                entry = entry.parent();
                if entry == RepoPath::root() || !folders.insert(entry) {
                    break;
                }
            }
        }
        let numbered = numbers.into_iter().filter(|(_, numbers)| numbers.len() > 1).map(|(folder, _)| folder).collect();
        let labels = folders.iter().filter_map(|&folder| Some((folder, category(tree, folder)?))).collect();
        folders.insert(RepoPath::root());
        Self { indexes: indexes(pages, &folders), numbered, labels }
    }

    /// The page that speaks for `folder`.
    pub(super) fn index(&self, folder: RepoPath) -> Option<RepoPath> {
        self.indexes.get(&folder).copied()
    }

    /// The folder that `page` speaks for.
    pub(super) fn of_index(&self, page: RepoPath) -> Option<RepoPath> {
        let beside = page.parent().join(page.stem());
        [Some(page.parent()), beside].into_iter().flatten().find(|folder| self.index(*folder) == Some(page))
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
    match page.stem().to_lowercase().as_str() {
        "readme" if page.parent() == RepoPath::root() => Some(0),
        "index" => Some(1),
        "_index" => Some(2),
        "readme" => Some(3),
        _ => None,
    }
}

fn indexes(pages: &[RepoPath], folders: &BTreeSet<RepoPath>) -> HashMap<RepoPath, RepoPath> {
    let mut ranked: HashMap<RepoPath, (u8, RepoPath)> = HashMap::new();
    for &page in pages {
        let beside = page.parent().join(page.stem()).filter(|folder| folders.contains(folder));
        let claim = index_rank(page).map(|rank| (page.parent(), rank)).or(beside.map(|folder| (folder, 4)));
        if let Some((folder, rank)) = claim {
            let best = ranked.entry(folder).or_insert((rank, page));
            *best = (*best).min((rank, page));
        }
    }
    ranked.into_iter().map(|(folder, (_, page))| (folder, page)).collect()
}

fn category(tree: &SourceTree, folder: RepoPath) -> Option<Category> {
    let read = |name: &str| {
        let path = folder.join(name)?;
        if !tree.contains(path) {
            return None;
        }
        let file = tree.source(path)?;
        let whole = 0..file.text().len();
        if path.has_extension(&["json"]) {
            data::read_json(&file, whole).0
        } else {
            data::read_yaml(&file, whole).0.into_iter().next()
        }
    };
    let values = ["_category_.json", "_category_.yml", "_category_.yaml"].into_iter().find_map(read)?;
    Some(Category {
        label: values.get("label").and_then(Value::as_str).map(str::to_owned),
        position: values.get("position").and_then(Value::as_integer),
    })
}
