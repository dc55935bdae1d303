//! What stands beside a page: the part of its section's tree that readers need there.
//!
//! A page never carries the whole site. A small section is shown whole; of a large one a page shows the way down to
//! itself, its siblings and what is below it, and a long run of siblings is cut around the page.

use super::sections::pages_below;
use super::{Place, Route, SectionPlan, SitePlan};
use crate::graph::{Graph, Node, NodeId};

/// Sections up to this many pages are shown whole.
const WHOLE: usize = 120;

/// Of a longer run of siblings only this many are shown, around the current page.
const SIBLINGS: usize = 120;

/// Below this nothing is shown, however deep a section is.
const DEEPEST: u8 = 12;

impl SectionPlan {
    /// Whether its pages all show the same navigation: the whole section.
    pub fn is_shown_whole(&self) -> bool {
        self.pages.len() <= WHOLE
    }
}

/// An entry of a page's navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NavigationItem {
    /// The page it leads to.
    pub id: NodeId,
    /// Where that is.
    pub route: Route,
    /// How many pages it is below.
    pub depth: u8,
}

/// The navigation of the page of `current`, in reading order.
pub fn navigation(graph: &Graph, plan: &SitePlan, current: NodeId) -> Vec<NavigationItem> {
    let Some(section) = graph.node(current).and_then(|node| plan.section(node.kind.section.slug)) else {
        return Vec::new();
    };
    let mut items = Vec::new();
    let whole = section.is_shown_whole();
    let mut path: Vec<NodeId> = ancestors(graph, current);
    path.push(current);
    // Entries still to be shown, the next one last.
    let mut waiting: Vec<Entry> = Vec::new();
    push_run(&mut waiting, &section.roots, 0, &path, whole);
    while let Some(Entry { id, depth }) = waiting.pop() {
        let Some(Place { route, .. }) = plan.place(id) else { continue };
        items.push(NavigationItem { id, route, depth });
        if depth < DEEPEST && (whole || path.contains(&id)) {
            push_run(&mut waiting, &pages_below(graph, id, section.section), depth + 1, &path, whole);
        }
    }
    items
}

struct Entry {
    id: NodeId,
    depth: u8,
}

fn push_run(waiting: &mut Vec<Entry>, run: &[NodeId], depth: u8, path: &[NodeId], whole: bool) {
    let (start, end) = if whole || run.len() <= SIBLINGS {
        (0, run.len())
    } else {
        let at = run.iter().position(|id| path.contains(id)).unwrap_or(0);
        let start = at.saturating_sub(SIBLINGS / 2).min(run.len() - SIBLINGS);
        (start, start + SIBLINGS)
    };
    waiting.extend(run[start..end].iter().rev().map(|&id| Entry { id, depth }));
}

/// The pages above `id`, outermost first.
fn ancestors(graph: &Graph, id: NodeId) -> Vec<NodeId> {
    let mut above = Vec::new();
    let mut node = graph.node(id);
    while let Some(parent) = node.and_then(|node| node.parent).and_then(|parent| graph.page_of(parent)) {
        if parent.id == id || above.contains(&parent.id) {
            break;
        }
        above.push(parent.id);
        node = Some(parent);
    }
    above.reverse();
    above
}

/// A step of the way from the front page down to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub route: Route,
}

/// The way down to the page of `node`: its section, then the pages above it. The page itself is not part of it.
pub fn breadcrumbs(graph: &Graph, plan: &SitePlan, node: &Node) -> Vec<Crumb> {
    let section = plan.section(node.kind.section.slug);
    let section = section.map(|plan| Crumb { title: plan.section.label.to_owned(), route: plan.route });
    let above = ancestors(graph, node.id)
        .into_iter()
        .filter_map(|id| Some(Crumb { title: graph.node(id)?.title.clone(), route: plan.place(id)?.route }));
    let own = plan.place(node.id).map(|place| place.route);
    let mut crumbs: Vec<Crumb> = section.into_iter().chain(above).collect();
    crumbs.retain(|crumb| Some(crumb.route) != own && !crumb.route.as_str().is_empty());
    crumbs.dedup_by_key(|crumb| crumb.route);
    crumbs
}

/// The pages before and behind a page in its section's reading order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The page before.
    pub previous: Option<NodeId>,
    /// The page behind.
    pub next: Option<NodeId>,
}

/// The neighbours of each page of `section`, in reading order. Only pages that stand in their section's list are read
/// in order; those that are reached through another page are looked up.
pub fn neighbours(graph: &Graph, section: &SectionPlan) -> Vec<(NodeId, Neighbours)> {
    let listed = |id: &NodeId| graph.node(*id).is_some_and(|node| node.kind.list.is_some());
    let pages: Vec<NodeId> = section.pages.iter().copied().filter(listed).collect();
    let get = |index: Option<usize>| index.and_then(|index| pages.get(index)).copied();
    let pair = |(index, &id): (usize, &NodeId)| {
        (id, Neighbours { previous: get(index.checked_sub(1)), next: get(index.checked_add(1)) })
    };
    pages.iter().enumerate().map(pair).collect()
}
