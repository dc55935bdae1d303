//! Names -> nodes.
//!
//! A reference gives the shortest name that tells its target from all others: the whole id, one of its further names,
//! or the last parts of either.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Graph, Home, Node, NodeId};
use crate::diagnostic::NearestNames;
use crate::source::{Interned, RepoPath};

/// What a name stands for.
pub(super) enum Found {
    One(NodeId),
    /// In the order of preference; two at least.
    Several(Vec<NodeId>),
    None,
}

/// Every way in which nodes can be named.
pub(super) struct Lookup<'a> {
    graph: &'a Graph,
    /// Folded last part of each name -> the nodes that bear it, with the folded whole name.
    by_last_part: HashMap<(Interned, String), Vec<(String, NodeId)>>,
    by_route: HashMap<&'a str, NodeId>,
    by_file: HashMap<RepoPath, Option<NodeId>>,
    near: RefCell<HashMap<Interned, NearNames>>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(graph: &'a Graph) -> Self {
        let mut lookup = Self {
            graph,
            by_last_part: HashMap::new(),
            by_route: HashMap::new(),
            by_file: HashMap::new(),
            near: RefCell::default(),
        };
        for node in graph.nodes() {
            let scheme = Interned::new(node.kind.scheme);
            for name in names(node).collect::<BTreeSet<_>>() {
                let folded = fold(name);
                let key = (scheme, last_part(&folded).to_owned());
                lookup.by_last_part.entry(key).or_default().push((folded, node.id));
            }
            if let Home::Page { route, aliases } = &node.home {
                lookup.by_route.insert(trim(route), node.id);
                for alias in aliases {
                    lookup.by_route.entry(trim(alias)).or_insert(node.id);
                }
                let same_file = |parent: &Node| parent.span.file == node.span.file;
                if !node.parent.and_then(|parent| graph.node(parent)).is_some_and(same_file) {
                    let entry = lookup.by_file.entry(node.span.file);
                    entry.and_modify(|several| *several = None).or_insert(Some(node.id));
                }
            }
        }
        lookup
    }

    /// Whether the repository has nothing that `scheme` could name.
    pub(super) fn is_empty(&self, scheme: &str) -> bool {
        !self.graph.nodes().any(|node| node.kind.scheme == scheme)
    }

    /// The page whose address below the site's root is `route`.
    pub(super) fn by_route(&self, route: &str) -> Option<NodeId> {
        self.by_route.get(trim(route)).copied()
    }

    /// The page that the file at `path` became, when it is one page.
    pub(super) fn by_file(&self, path: RepoPath) -> Option<NodeId> {
        self.by_file.get(&path).copied().flatten()
    }

    /// The nodes that `name` stands for, seen from the file `from`.
    pub(super) fn find(&self, scheme: &str, name: &str, from: RepoPath) -> Found {
        let exact = NodeId::new(scheme, name);
        if self.graph.node(exact).is_some() {
            return Found::One(exact);
        }
        let folded = fold(name);
        let key = (Interned::new(scheme), last_part(&folded).to_owned());
        let Some(bearers) = self.by_last_part.get(&key) else { return Found::None };
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

    /// References of the scheme that resemble `name`.
    pub(super) fn near(&self, scheme: &str, name: &str) -> Vec<&'static str> {
        let mut near = self.near.borrow_mut();
        let names = near.entry(Interned::new(scheme)).or_insert_with(|| {
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
    let lookup = Lookup::new(graph);
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
struct NearNames {
    nearest: NearestNames<'static>,
    ids: BTreeMap<&'static str, NodeId>,
}

/// Every name of `node`, without scheme.
fn names(node: &Node) -> impl Iterator<Item = &'static str> {
    std::iter::once(node.id.name()).chain(node.names.iter().map(|name| name.as_str()))
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
fn shared_folders(left: RepoPath, right: RepoPath) -> usize {
    left.folders().zip(right.folders()).take_while(|(left, right)| left == right).count()
}
