//! Where each page stands: its name, the page above it, its group and its place among its siblings.

use std::collections::{BTreeMap, HashMap};

use super::folder::Folders;
use super::names::{self, PLAIN, Rooted};
use super::outline::{Entry, Outline};
use super::{GUIDE, SECTION, roots, words};
use crate::graph::NodeId;
use crate::source::{Interned, RepoPath};

/// Where a page stands, as far as the tree tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its name, behind the scheme.
    pub(super) name: Interned,
    /// Its address; empty for the site's front page.
    pub(super) route: String,
    /// The page above it.
    pub(super) parent: Option<NodeId>,
    /// The heading that it stands under among its siblings.
    pub(super) group: String,
    /// Its place among its siblings, unless the page itself says otherwise.
    pub(super) order: Order,
    /// What a table of contents calls it; empty for nothing.
    pub(super) title: String,
    /// What it is called when nobody says anything else.
    pub(super) fallback_title: String,
    /// The folder that it speaks for.
    pub(super) folder: Option<RepoPath>,
    /// The folder of the mdBook that it belongs to, where every directive counts.
    pub(super) book: Option<RepoPath>,
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

/// Places all `pages` of a repository, in their order.
pub(super) fn arrange(pages: &[RepoPath], outlines: &[Outline], folders: &Folders) -> Vec<Place> {
    let known: Vec<RepoPath> = outlines.iter().map(|outline| outline.root).collect();
    let rooted: Vec<Rooted> = pages.iter().map(|&page| Rooted { page, root: roots::of(page, &known) }).collect();
    let names = names::choose(&rooted, folders);
    let ids: HashMap<RepoPath, NodeId> =
        pages.iter().zip(&names).map(|(&page, name)| (page, NodeId::new(GUIDE.scheme, name))).collect();
    let arranger = Arranger {
        folders,
        listed: listed(outlines),
        front: front_page(&rooted, folders),
        has_folders: pages.iter().any(|page| page.parent() != RepoPath::root()),
        ids: &ids,
    };
    let stations: Vec<Station> = rooted.iter().map(|page| arranger.station(*page)).collect();
    let ranks = ranks(&stations);
    let books: Vec<RepoPath> = outlines.iter().filter(|outline| outline.is_book).map(|outline| outline.root).collect();
    let place = |((rooted, station), name): ((&Rooted, Station), String)| {
        let siblings = &ranks[&station.parent];
        let base = (siblings.len() > 1).then(|| siblings[&station.group] * STRETCH);
        let listed = arranger.listed.get(&rooted.page);
        let is_front = arranger.front == Some(rooted.page);
        Place {
            route: if is_front { String::new() } else { format!("{}/{name}/", SECTION.slug) },
            name: Interned::from(name),
            parent: station.parent.map(|parent| ids[&parent]),
            group: station.label,
            order: Order { base, position: station.position, is_fixed: is_front || listed.is_some() },
            title: listed.map(|listed| listed.entry.title.clone()).unwrap_or_default(),
            fallback_title: arranger.fallback_title(rooted.page),
            folder: folders.of_index(rooted.page),
            book: books.iter().copied().find(|book| rooted.page.is_below(*book)),
        }
    };
    rooted.iter().zip(stations).zip(names).map(place).collect()
}

/// A page's place before places are numbered.
struct Station {
    parent: Option<RepoPath>,
    group: Group,
    label: String,
    position: Option<i64>,
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
fn ranks(stations: &[Station]) -> HashMap<Option<RepoPath>, BTreeMap<Group, i64>> {
    let mut ranks: HashMap<Option<RepoPath>, BTreeMap<Group, i64>> = HashMap::new();
    for station in stations {
        ranks.entry(station.parent).or_default().insert(station.group.clone(), 0);
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
fn listed(outlines: &[Outline]) -> HashMap<RepoPath, Listed<'_>> {
    let mut listed = HashMap::new();
    for outline in outlines {
        for (index, entry) in (0..).zip(&outline.entries) {
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
    ids: &'a HashMap<RepoPath, NodeId>,
    listed: HashMap<RepoPath, Listed<'a>>,
    front: Option<RepoPath>,
    /// Whether there are pages in folders, from which those at the root are set apart.
    has_folders: bool,
}

impl Arranger<'_> {
    fn station(&self, Rooted { page, root }: Rooted) -> Station {
        if self.front == Some(page) {
            let group = Group { area: Area::Documentation, folders: Vec::new() };
            return Station { parent: None, group, label: String::new(), position: Some(FIRST) };
        }
        match self.listed.get(&page) {
            Some(listed) => self.in_outline(page, listed),
            None => self.in_folder(page, root),
        }
    }

    fn in_outline(&self, page: RepoPath, listed: &Listed<'_>) -> Station {
        let Listed { outline, entry, index } = listed;
        let parent = entry.parent.filter(|parent| *parent != page && self.may_be_parent(*parent));
        let label = match (parent, entry.group.as_str()) {
            (Some(_), _) => "",
            (None, "") => &outline.title,
            (None, part) => part,
        };
        // The book at the root comes before those in folders.
        let depth = i64::try_from(outline.root.folders().count()).unwrap_or(i64::MAX);
        let group = Group { area: Area::Documentation, folders: vec![(true, depth, outline.root)] };
        Station { parent, group, label: label.to_owned(), position: Some(*index) }
    }

    fn in_folder(&self, page: RepoPath, root: Option<RepoPath>) -> Station {
        let entry = self.folders.of_index(page).unwrap_or(page);
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
        Station { parent, group: Group { area, folders }, label, position: self.folders.position(entry) }
    }

    fn may_be_parent(&self, page: RepoPath) -> bool {
        self.front != Some(page) && self.ids.contains_key(&page)
    }

    fn fallback_title(&self, page: RepoPath) -> String {
        match self.folders.of_index(page).filter(|folder| *folder != RepoPath::root()) {
            Some(folder) => self.folders.title(folder),
            None => words::title(self.folders.bare_name(page, page.stem())),
        }
    }
}

/// Folders that only say that what they hold is documentation.
fn says_nothing(name: &str) -> bool {
    PLAIN.contains(&name) || matches!(name, "doc" | "docs" | "documentation")
}
