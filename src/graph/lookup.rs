//! Names -> nodes.
//!
//! A reference gives the shortest name that tells its target from all others: the whole id, one of its further names,
//! or the last parts of either.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use super::generators::{without_date, without_numbers};
use super::routes::Operations;
use super::slugs::Slugs;
use super::{Graph, Home, Kind, Node, NodeId};
use crate::diagnostic::NearestNames;
use crate::source::{NameMap, RepoPath};

/// What a name stands for.
pub(super) enum Found {
    One(NodeId),
    /// In the order of preference; two at least.
    Several(Vec<NodeId>),
    None,
}

/// The nodes of a graph by every way in which they can be named.
#[derive(Clone, Copy)]
pub(super) struct Lookup<'a> {
    graph: &'a Graph,
    names: &'a Names,
}

/// How the nodes of a graph can be named: the same for all graphs of one shape. What is arranged for a kind of question is
/// arranged when the first comes.
#[derive(Debug, Default)]
pub(super) struct Names {
    schemes: HashMap<&'static str, SchemeNames>,
    by_route: OnceLock<HashMap<String, NodeId>>,
    by_file: NameMap<RepoPath, Option<NodeId>>,
    by_folder: OnceLock<HashMap<RepoPath, Option<&'static Kind>>>,
    by_end: OnceLock<ByEnd>,
    operations: OnceLock<Operations>,
    slugs: OnceLock<Slugs>,
}

/// Nodes by a folded last part, each with the folded whole.
type ByEnd = HashMap<String, Vec<(String, NodeId)>>;

/// The names of the nodes of one scheme.
#[derive(Debug, Default)]
struct SchemeNames {
    /// By the last part of each name.
    by_end: OnceLock<ByEnd>,
    near: OnceLock<NearNames>,
}

impl Names {
    pub(super) fn of(graph: &Graph) -> Self {
        let mut names = Self::default();
        let mut last = "";
        for node in graph.nodes() {
            if node.kind.scheme != last {
                last = node.kind.scheme;
                names.schemes.entry(last).or_default();
            }
            if let Home::Page { .. } = &node.home {
                let same_file = |parent: &Node| parent.span.file == node.span.file;
                // The one public item of a private module is not what its file is about.
                let is_of_file = node.kind.scheme != "rust" || matches!(node.kind.name, "crate" | "module");
                if is_of_file && !node.parent.and_then(|parent| graph.node(parent)).is_some_and(same_file) {
                    let entry = names.by_file.entry(node.span.file);
                    entry.and_modify(|several| *several = None).or_insert(Some(node.id));
                }
            }
        }
        names
    }
}

impl<'a> Lookup<'a> {
    /// The nodes of `graph`; `names` are those of a graph of its shape.
    pub(super) fn new(graph: &'a Graph, names: &'a Names) -> Self {
        Self { graph, names }
    }

    /// Whether the repository has nothing that `scheme` could name.
    pub(super) fn is_empty(&self, scheme: &str) -> bool {
        !self.names.schemes.contains_key(scheme)
    }

    /// The operations that code may serve.
    pub(super) fn operations(&self) -> &'a Operations {
        self.names.operations.get_or_init(|| Operations::of(self.graph))
    }

    /// The page whose address below the site's root is `route`.
    pub(super) fn by_route(&self, route: &str) -> Option<NodeId> {
        let routes = self.names.by_route.get_or_init(|| {
            let mut routes = HashMap::new();
            for node in self.graph.nodes() {
                if let Home::Page { route, aliases } = &node.home {
                    routes.insert(trim(route).to_owned(), node.id);
                    for alias in aliases {
                        routes.entry(trim(alias).to_owned()).or_insert(node.id);
                    }
                }
            }
            routes
        });
        routes.get(trim(route)).copied()
    }

    /// The page below `site` that gives itself the end of `address`, in lower case; of several the nearest to the file `from`.
    pub(super) fn by_slug(&self, address: &str, from: RepoPath, site: RepoPath) -> Option<NodeId> {
        self.names.slugs.get_or_init(|| Slugs::of(self.graph)).find(self.graph, address, from, site)
    }

    /// The page that the file at `path` became, when it is one page.
    pub(super) fn by_file(&self, path: RepoPath) -> Option<NodeId> {
        self.names.by_file.get(&path).copied().flatten()
    }

    /// The kind of all listed nodes that stand in `folder` itself, when it is one.
    pub(super) fn kind_in_folder(&self, folder: RepoPath) -> Option<&'static Kind> {
        let folders = self.names.by_folder.get_or_init(|| {
            let mut folders: HashMap<RepoPath, Option<&'static Kind>> = HashMap::new();
            for node in self.graph.nodes().filter(|node| node.kind.list.is_some()) {
                let entry = folders.entry(node.span.file.parent()).or_insert(Some(node.kind));
                *entry = entry.filter(|kind| *kind == node.kind);
            }
            folders
        });
        folders.get(&folder).copied().flatten()
    }

    /// The one page of a file whose path, folded and without its ending or what only says that it is an index, ends with
    /// the parts of `end`; none when there are several.
    pub(super) fn by_end_of_path(&self, end: &str) -> Option<NodeId> {
        let mut found = self.all_by_end(end);
        let first = found.next()?;
        found.all(|other| other == first).then_some(first)
    }

    /// The files of all such pages.
    pub(super) fn files_by_end_of_path(&self, end: &str) -> impl Iterator<Item = RepoPath> {
        self.all_by_end(end).filter_map(|id| Some(self.graph.node(id)?.span.file))
    }

    /// Of several such pages those that are wanted, of those the one that shares most folders with `from`, of those the first.
    pub(super) fn nearest_by_end_that(
        &self,
        end: &str,
        from: RepoPath,
        is_wanted: impl Fn(&NodeId) -> bool,
    ) -> Option<NodeId> {
        let nearness = |id: &NodeId| self.graph.node(*id).map_or(0, |node| shared_folders(node.span.file, from));
        let found: BTreeSet<NodeId> = self.all_by_end(end).filter(is_wanted).collect();
        // Of equals `max_by_key` gives the last.
        found.into_iter().rev().max_by_key(nearness)
    }

    /// Of several such pages the one that shares most folders with `from`.
    pub(super) fn nearest_by_end(&self, end: &str, from: RepoPath) -> Option<NodeId> {
        let nearness = |id: &NodeId| self.graph.node(*id).map_or(0, |node| shared_folders(node.span.file, from));
        let found: BTreeSet<NodeId> = self.all_by_end(end).collect();
        let most = found.iter().map(nearness).max()?;
        let mut nearest = found.into_iter().filter(|id| nearness(id) == most);
        let first = nearest.next()?;
        nearest.next().is_none().then_some(first)
    }

    fn all_by_end(&self, end: &str) -> impl Iterator<Item = NodeId> {
        let paths = self.names.by_end.get_or_init(|| {
            let mut paths = ByEnd::new();
            for node in self.graph.nodes().filter(|node| self.by_file(node.span.file) == Some(node.id)) {
                let path = node.span.file.as_str().to_lowercase();
                let stem = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
                let indexes = ["/index", "/_index", "/readme"];
                let stem = indexes.iter().find_map(|index| stem.strip_suffix(index)).unwrap_or(stem);
                let plain = without_numbers(stem);
                let stems = [Some(stem), Some(plain.as_str()).filter(|plain| *plain != stem)];
                let undated = without_date(stem);
                // Hugo's addresses have no spaces.
                let hyphened = stem.contains(' ').then(|| stem.replace(' ', "-"));
                for stem in stems.into_iter().flatten().chain(undated.as_deref()).chain(hyphened.as_deref()) {
                    let last = stem.rsplit('/').next().unwrap_or_default().to_owned();
                    paths.entry(last).or_default().push((stem.to_owned(), node.id));
                }
            }
            paths
        });
        let bearers = paths.get(end.rsplit('/').next().unwrap_or_default());
        let fits = move |(stem, _): &&(String, NodeId)| {
            stem.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        bearers.into_iter().flatten().filter(fits).map(|(_, id)| *id)
    }

    /// The nodes that `name` stands for, seen from the file `from`.
    pub(super) fn find(&self, scheme: &str, name: &str, from: RepoPath) -> Found {
        if self.is_empty(scheme) {
            return Found::None;
        }
        if let Some(exact) = NodeId::known(scheme, name).filter(|id| self.graph.node(*id).is_some()) {
            return Found::One(exact);
        }
        let folded = fold(name);
        let Some(bearers) = self.names_of(scheme).and_then(|names| names.get(last_part(&folded))) else {
            return Found::None;
        };
        let mut found: Vec<NodeId> = bearers.iter().filter(|(whole, _)| *whole == folded).map(|&(_, id)| id).collect();
        if found.is_empty() {
            found = bearers.iter().filter(|(whole, _)| ends_with_parts(whole, &folded)).map(|&(_, id)| id).collect();
        }
        found.sort_unstable();
        found.dedup();
        // Names that differ only in case are told apart by it: `orderPaid`, the webhook, and `OrderPaid`, what it sends.
        let written = name.trim().trim_matches('/');
        let is_written_so =
            |id: &NodeId| self.graph.node(*id).is_some_and(|node| names(node).any(|own| ends_with_parts(own, written)));
        if found.len() > 1 && found.iter().any(is_written_so) {
            found.retain(is_written_so);
        }
        self.narrow(found, from)
    }

    /// Of several, those with a page of their own before mere places, then those that stand nearest to `from`.
    fn narrow(&self, mut found: Vec<NodeId>, from: RepoPath) -> Found {
        let nodes = |id: &NodeId| self.graph.node(*id);
        if found.len() > 1 && found.iter().filter_map(nodes).any(|node| matches!(node.home, Home::Page { .. })) {
            found.retain(|id| nodes(id).is_some_and(|node| matches!(node.home, Home::Page { .. })));
        }
        // Beside a decision lies what belongs to it, under its number: it alone says what became of it.
        let is_decided = |id: &NodeId| nodes(id).is_some_and(|node| node.facts.get("status").is_some());
        if found.len() > 1 && found.iter().all(|id| nodes(id).is_some_and(|node| node.kind.scheme == "adr")) {
            let decided: Vec<NodeId> = found.iter().copied().filter(is_decided).collect();
            if let [one] = decided.as_slice() {
                return Found::One(*one);
            }
        }
        if found.len() > 1 {
            let nearness = |id: &NodeId| nodes(id).map_or(0, |node| shared_folders(node.span.file, from));
            let nearest = found.iter().map(nearness).max().unwrap_or(0);
            let near: Vec<NodeId> = found.iter().copied().filter(|id| nearness(id) == nearest).collect();
            if nearest > 0 && near.len() == 1 {
                return Found::One(near[0]);
            }
            found.sort_by_key(|id| (std::cmp::Reverse(nearness(id)), *id));
        }
        match found.as_slice() {
            [] => Found::None,
            [one] => Found::One(*one),
            _ => Found::Several(found),
        }
    }

    /// The names of the nodes of `scheme`, by their last parts.
    fn names_of(&self, scheme: &str) -> Option<&'a ByEnd> {
        let names = || {
            let mut by_end = ByEnd::new();
            for node in self.graph.nodes().filter(|node| node.kind.scheme == scheme) {
                for name in names(node).collect::<BTreeSet<_>>() {
                    let folded = fold(name);
                    by_end.entry(last_part(&folded).to_owned()).or_default().push((folded, node.id));
                }
            }
            by_end
        };
        Some(self.names.schemes.get(scheme)?.by_end.get_or_init(names))
    }

    /// References of the scheme that resemble `name`.
    pub(super) fn near(&self, scheme: &str, name: &str) -> Vec<&'static str> {
        let Some(known) = self.names.schemes.get(scheme) else { return Vec::new() };
        let names = known.near.get_or_init(|| {
            let nodes = self.graph.nodes().filter(|node| node.kind.scheme == scheme);
            let names: BTreeMap<&str, NodeId> =
                nodes.flat_map(|node| names(node).map(move |name| (name, node.id))).collect();
            NearNames { nearest: NearestNames::new(names.keys().copied()), ids: names }
        });
        let mut found: Vec<&str> = names.nearest.find(name).iter().map(|name| names.ids[name].as_str()).collect();
        found.dedup();
        found
    }
}

/// Why a reference leads to no node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotFound {
    /// It fits these.
    Ambiguous(Vec<NodeId>),
    /// It fits none. These resemble it.
    Unknown(Vec<&'static str>),
}

/// The node that `reference` names, as somebody types it: `adr:7`, `rust:Order`, or the path of its file.
///
/// # Errors
/// It names none, or several.
pub fn find_node(graph: &Graph, reference: &str) -> Result<NodeId, NotFound> {
    let names = Names::of(graph);
    let lookup = Lookup::new(graph, &names);
    if let Some(id) = RepoPath::new(reference).and_then(|path| lookup.by_file(path)) {
        return Ok(id);
    }
    let (scheme, name) = reference.split_once(':').unwrap_or(("", reference));
    match lookup.find(scheme, name, RepoPath::root()) {
        Found::One(id) => Ok(id),
        Found::Several(ids) => Err(NotFound::Ambiguous(ids)),
        Found::None if lookup.is_empty(scheme) => {
            let ids = NearestNames::new(graph.nodes().map(|node| node.id.as_str()));
            Err(NotFound::Unknown(ids.find(reference)))
        }
        Found::None => Err(NotFound::Unknown(lookup.near(scheme, name))),
    }
}

/// The names of one scheme's nodes, for finding what was meant.
#[derive(Debug)]
struct NearNames {
    nearest: NearestNames<'static>,
    ids: BTreeMap<&'static str, NodeId>,
}

/// Every name of `node`, without scheme.
fn names(node: &Node) -> impl Iterator<Item = &'static str> {
    std::iter::once(node.id.name()).chain(node.names.iter().map(|name| name.as_str()))
}

/// Whether `path` is a name of `node`, or the end of one, in the same case: `Order` and `order` are two things in code.
pub(super) fn is_called(node: &Node, path: &str) -> bool {
    names(node).any(|name| ends_with_parts(name, path))
}

/// Names are compared without case, and without slashes around them.
fn fold(name: &str) -> String {
    name.trim().trim_matches('/').to_lowercase()
}

fn last_part(name: &str) -> &str {
    name.rsplit(['/', ':']).next().unwrap_or(name)
}

/// Whether `whole` ends with the parts of `end`: `a/b/c` ends with `b/c`, not with `/c` of `abc`.
fn ends_with_parts(whole: &str, end: &str) -> bool {
    whole.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with(['/', ':']))
}

fn trim(route: &str) -> &str {
    route.trim_start_matches('/').trim_end_matches("index.html").trim_end_matches('/')
}

/// How many leading folders two files share.
pub(super) fn shared_folders(left: RepoPath, right: RepoPath) -> usize {
    left.folders().zip(right.folders()).take_while(|(left, right)| left == right).count()
}
