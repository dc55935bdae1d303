//! Where each page stands: its name, the page above it, its group and its place among its siblings.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::{self, Write};

use rayon::prelude::*;

use super::folder::Folders;
use super::names::{self, PLAIN, Rooted};
use super::outline::{Entry, Outline};
use super::{GUIDE, roots, words};
use crate::graph::NodeId;
use crate::source::{Interned, NameMap, RepoPath};

/// Where a page stands, as far as the tree tells.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its name, behind the scheme.
    pub(super) name: Interned,
    /// Whether it is the site's front page.
    pub(super) is_front: bool,
    /// The page above it.
    pub(super) parent: Option<NodeId>,
    /// The heading that it stands under among its siblings.
    pub(super) group: Interned,
    /// Its place among its siblings, unless the page itself says otherwise.
    pub(super) order: Order,
    /// What a table of contents calls it; empty for nothing.
    pub(super) title: String,
    /// What it is called when nobody says anything else.
    pub(super) fallback_title: FallbackTitle,
    /// The folder that it speaks for.
    pub(super) folder: Option<RepoPath>,
    /// The folder of the mdBook that it belongs to, where every directive counts.
    pub(super) book: Option<RepoPath>,
    /// Whether it stands in a section of Hugo or Zola, below an `_index.md`: there a slug is the last part of an address.
    pub(super) is_in_section: bool,
}

/// Stands for the place in a cache key, of every page after every edit: all that it says, and nothing to make it readable.
impl fmt::Debug for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, words) = match &self.fallback_title {
            FallbackTitle::Name(name) => ("n", *name),
            FallbackTitle::Folder(title) => ("f", title.as_str()),
        };
        let Order { base, position, is_fixed } = self.order;
        let path = |path: Option<RepoPath>| {
            path.map_or("-", |path| if path == RepoPath::root() { "/" } else { path.as_str() })
        };
        let parent = self.parent.map_or("-", NodeId::as_str);
        let texts = [self.name.as_str(), parent, self.group.as_str(), &self.title, kind, words];
        // One piece is hashed quicker than many.
        let mut line = String::with_capacity(256);
        for text in texts.into_iter().chain([path(self.folder), path(self.book)]) {
            line.push_str(text);
            // What stands in none of them.
            line.push('\0');
        }
        for flag in [is_fixed, self.is_front, self.is_in_section] {
            line.push(if flag { '+' } else { '-' });
        }
        for number in [base, position] {
            line.push('=');
            if let Some(number) = number {
                write!(line, "{number}")?;
            }
        }
        formatter.write_str(&line)
    }
}

/// What a page is called when nobody says anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FallbackTitle {
    /// As the words in its file's name.
    Name(&'static str),
    /// As its folder is.
    Folder(String),
}

impl FallbackTitle {
    pub(super) fn words(&self) -> String {
        match self {
            Self::Name(name) => words::title(name),
            Self::Folder(title) => title.clone(),
        }
    }
}

/// A place among siblings. Groups of siblings must not mingle, so each has a stretch of numbers of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Order {
    /// Where the group's stretch begins; `None` when there is but one group and no need for numbers.
    base: Option<i64>,
    /// The place in the group by table of contents, folder or file name.
    position: Option<i64>,
    /// Whether a table of contents says so, which outdoes what the page says of itself.
    is_fixed: bool,
}

/// The length of a group's stretch.
const STRETCH: i64 = 1_000_000;

/// The first and last places in a stretch.
const FIRST: i64 = -STRETCH / 2 + 1;
const LAST: i64 = STRETCH / 2;

impl Order {
    /// The number of a page that says `stated` of itself.
    pub(super) fn number(self, stated: Option<i64>) -> Option<i64> {
        let position = if self.is_fixed { self.position } else { stated.or(self.position) };
        let Some(base) = self.base else { return position };
        // Pages that say nothing come behind those that do.
        Some(base + position.unwrap_or(LAST).clamp(FIRST, LAST))
    }
}

/// Places all `pages` of a repository, which are sorted, in their order.
pub(super) fn arrange(pages: &[RepoPath], outlines: &[Outline], folders: &Folders) -> Vec<Place> {
    let rooted = rooted(pages, outlines);
    let names = names::choose(&rooted, folders);
    let arranger = Arranger {
        folders,
        listed: listed(outlines),
        front: front_page(&rooted, folders),
        has_folders: pages.iter().any(|page| page.parent() != RepoPath::root()),
        pages,
    };
    let (stations, situations) = arranger.stations(&rooted);
    let ranks = ranks(&situations);
    let id = |page: RepoPath| pages.binary_search(&page).ok().map(|index| NodeId::new(GUIDE.scheme, &names[index]));
    let shared: Vec<Shared> = situations
        .iter()
        .map(|situation| {
            let siblings = &ranks[&situation.parent];
            Shared {
                parent: situation.parent.and_then(id),
                group: Interned::new(&situation.label),
                base: (siblings.len() > 1).then(|| siblings[&situation.group] * STRETCH),
            }
        })
        .collect();
    let books: Vec<RepoPath> = outlines.iter().filter(|outline| outline.is_book).map(|outline| outline.root).collect();
    let is_index = |page: &&RepoPath| page.file_name() == "_index.md";
    let sections: BTreeSet<RepoPath> = pages.iter().filter(is_index).map(|page| page.parent()).collect();
    let is_in_section = |page: RepoPath| {
        let mut above = page.above();
        !sections.is_empty() && above.any(|folder| sections.contains(&folder))
    };
    let place = |((rooted, station), name): ((&Rooted, &Station), &String)| {
        let Shared { parent, group, base } = shared[station.situation];
        let listed = arranger.listed.get(&rooted.page);
        let is_front = arranger.front == Some(rooted.page);
        Place {
            name: Interned::new(name),
            is_front,
            parent,
            group,
            order: Order { base, position: station.position, is_fixed: is_front || listed.is_some() },
            title: listed.map(|listed| listed.entry.title.clone()).unwrap_or_default(),
            fallback_title: arranger.fallback_title(rooted.page),
            folder: folders.of_index(rooted.page),
            is_in_section: is_in_section(rooted.page),
            book: books.iter().copied().find(|book| rooted.page.is_below(*book)),
        }
    };
    rooted.par_iter().zip(&stations).zip(&names).map(place).collect()
}

/// Each page with its documentation folder, which all files in one folder share.
fn rooted(pages: &[RepoPath], outlines: &[Outline]) -> Vec<Rooted> {
    let known: Vec<RepoPath> = outlines.iter().map(|outline| outline.root).collect();
    let mut roots: NameMap<RepoPath, Option<RepoPath>> = NameMap::default();
    let root = |&page: &RepoPath| {
        let folder = page.parent();
        Rooted { page, root: *roots.entry(folder).or_insert_with(|| roots::of_files_in(folder, &known)) }
    };
    pages.iter().map(root).collect()
}

/// A page's place before places are numbered.
struct Station {
    /// Which of the situations it is in.
    situation: usize,
    position: Option<i64>,
}

/// What pages may have in common: most of those in one folder do.
struct Situation {
    parent: Option<RepoPath>,
    group: Group,
    label: String,
}

/// What the places of the pages in one situation have in common.
#[derive(Clone, Copy)]
struct Shared {
    parent: Option<NodeId>,
    group: Interned,
    base: Option<i64>,
}

/// Which pages stand together among the children of one page. Their order is that of the groups.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    area: Area,
    /// For each folder down to the pages: its position, those without one last, and the folder.
    folders: Vec<(bool, i64, RepoPath)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Area {
    /// Documentation folders and books.
    Documentation,
    /// Everything else in folders: packages, deployments.
    Elsewhere,
    /// Files about the project as such: how to contribute, what changed.
    Project,
}

/// For each page the rank of each group of its children.
fn ranks(situations: &[Situation]) -> HashMap<Option<RepoPath>, BTreeMap<&Group, i64>> {
    let mut ranks: HashMap<Option<RepoPath>, BTreeMap<&Group, i64>> = HashMap::new();
    for situation in situations {
        ranks.entry(situation.parent).or_default().insert(&situation.group, 0);
    }
    #[allow(clippy::iter_over_hash_type, reason = "each entry is numbered on its own")]
    for groups in ranks.values_mut() {
        for (rank, number) in groups.values_mut().enumerate() {
            *number = i64::try_from(rank).unwrap_or(i64::MAX / STRETCH);
        }
    }
    ranks
}

/// An entry of a table of contents with its place in it.
struct Listed<'a> {
    outline: &'a Outline,
    entry: &'a Entry,
    index: i64,
}

/// The first entry of each page.
fn listed(outlines: &[Outline]) -> NameMap<RepoPath, Listed<'_>> {
    let mut listed = NameMap::default();
    for outline in outlines {
        for (index, entry) in (0..).zip(outline.entries.iter()) {
            listed.entry(entry.file).or_insert(Listed { outline, entry, index });
        }
    }
    listed
}

/// The page at the site's root: the repository's README, else the index of its only documentation folder.
fn front_page(pages: &[Rooted], folders: &Folders) -> Option<RepoPath> {
    folders.index(RepoPath::root()).or_else(|| {
        let mut roots: Vec<RepoPath> = pages.iter().filter_map(|page| page.root).collect();
        roots.sort_unstable();
        roots.dedup();
        match roots.as_slice() {
            [only] => folders.index(*only),
            _ => None,
        }
    })
}

struct Arranger<'a> {
    folders: &'a Folders,
    /// All of them, sorted.
    pages: &'a [RepoPath],
    listed: NameMap<RepoPath, Listed<'a>>,
    front: Option<RepoPath>,
    /// Whether there are pages in folders, from which those at the root are set apart.
    has_folders: bool,
}

impl Arranger<'_> {
    fn stations(&self, pages: &[Rooted]) -> (Vec<Station>, Vec<Situation>) {
        let mut situations: Vec<Situation> = Vec::new();
        let mut of_folders: NameMap<RepoPath, usize> = NameMap::default();
        let mut next = |situation: Situation| {
            situations.push(situation);
            situations.len() - 1
        };
        let stations = pages.iter().map(|&Rooted { page, root }| {
            if self.front == Some(page) {
                let group = Group { area: Area::Documentation, folders: Vec::new() };
                let situation = next(Situation { parent: None, group, label: String::new() });
                return Station { situation, position: Some(FIRST) };
            }
            if let Some(listed) = self.listed.get(&page) {
                return Station { situation: next(self.in_outline(page, listed)), position: Some(listed.index) };
            }
            let speaks_for = self.folders.of_index(page);
            let situation = match speaks_for {
                Some(folder) => next(self.in_folder(page, folder, root)),
                None => *of_folders.entry(page.parent()).or_insert_with(|| next(self.in_folder(page, page, root))),
            };
            Station { situation, position: self.folders.position(speaks_for.unwrap_or(page)) }
        });
        (stations.collect(), situations)
    }

    fn in_outline(&self, page: RepoPath, listed: &Listed<'_>) -> Situation {
        let Listed { outline, entry, .. } = listed;
        let parent = entry.parent.filter(|parent| *parent != page && self.may_be_parent(*parent));
        let label = match (parent, entry.group.as_str()) {
            (Some(_), _) => "",
            (None, "") => &outline.title,
            (None, part) => part,
        };
        // The book at the root comes before those in folders.
        let depth = i64::try_from(outline.root.folders().count()).unwrap_or(i64::MAX);
        let group = Group { area: Area::Documentation, folders: vec![(true, depth, outline.root)] };
        Situation { parent, group, label: label.to_owned() }
    }

    /// The situation of `page`, which stands for `entry`: itself, or the folder that it speaks for. That of a page which stands
    /// for itself depends on its folder alone.
    fn in_folder(&self, page: RepoPath, entry: RepoPath, root: Option<RepoPath>) -> Situation {
        let top = root.unwrap_or_else(RepoPath::root);
        let mut folder = if entry == top { top } else { entry.parent() };
        let mut between = Vec::new();
        let mut parent = None;
        while parent.is_none() {
            parent = self.folders.index(folder).filter(|index| *index != page && self.may_be_parent(*index));
            if folder == top || folder == RepoPath::root() || parent.is_some() {
                break;
            }
            between.push(folder);
            folder = folder.parent();
        }
        between.reverse();
        between.retain(|folder| !says_nothing(folder.file_name()));
        let at_root = page.folders().next().is_none_or(|first| first.starts_with('.'));
        let area = match (parent, root) {
            (Some(_), _) | (None, Some(_)) => Area::Documentation,
            (None, None) if !at_root => Area::Elsewhere,
            (None, None) if self.has_folders => Area::Project,
            (None, None) => Area::Documentation,
        };
        let label = match area {
            Area::Project => "Project".to_owned(),
            _ => between.iter().map(|folder| self.folders.title(*folder)).collect::<Vec<_>>().join(" / "),
        };
        let rank = |folder: &RepoPath| {
            let position = self.folders.position(*folder);
            (position.is_none(), position.unwrap_or(0), *folder)
        };
        let folders = if area == Area::Project { Vec::new() } else { between.iter().map(rank).collect() };
        Situation { parent, group: Group { area, folders }, label }
    }

    fn may_be_parent(&self, page: RepoPath) -> bool {
        self.front != Some(page) && self.pages.binary_search(&page).is_ok()
    }

    fn fallback_title(&self, page: RepoPath) -> FallbackTitle {
        match self.folders.of_index(page).filter(|folder| *folder != RepoPath::root()) {
            Some(folder) => FallbackTitle::Folder(self.folders.title(folder)),
            None => FallbackTitle::Name(self.folders.bare_name(page, page.stem())),
        }
    }
}

/// Folders that only say that what they hold is documentation.
fn says_nothing(name: &str) -> bool {
    PLAIN.contains(&name) || matches!(name, "doc" | "docs" | "documentation")
}
