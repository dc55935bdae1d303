//! What stands beside a page: the part of its section's tree that readers need there.
//!
//! A page never carries the whole site. A small section is shown whole; of a large one a page shows the way down to
//! itself, the siblings around it and the first of what is below it. Scripts fetch the rest when a reader asks for it.

use super::{Group, PageTree, Route, Run, SectionPlan, SitePlan};
use crate::graph::{Graph, Node, NodeId};

/// Sections up to this many pages are shown whole.
const WHOLE: usize = 40;

/// Of a longer run of siblings so many before the page and behind it are shown.
const AROUND: usize = 3;

/// Siblings up to this many are shown whole, in all their groups.
const FEW: usize = 9;

/// Below this nothing is shown, however deep a section is.
const DEEPEST: usize = 12;

impl SectionPlan {
    /// Whether its pages show all of it beside them.
    pub fn is_shown_whole(&self) -> bool {
        self.pages.len() <= WHOLE
    }
}

/// Siblings in the navigation of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NavigationRun<'a> {
    /// Those that are shown, by group.
    pub groups: Vec<NavigationGroup<'a>>,
    /// The page that they are below; `None` for the section.
    pub above: Option<NodeId>,
    /// Whether some of them are not shown. How many would change every page with each new one.
    pub is_cut: bool,
}

/// Siblings of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavigationGroup<'a> {
    /// The whole group, which has the heading.
    pub group: Group<'a>,
    /// Those that are shown.
    pub items: Vec<NavigationItem<'a>>,
}

/// An entry of a page's navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavigationItem<'a> {
    /// The page it leads to.
    pub id: NodeId,
    /// Whether it is the page itself or above it.
    pub is_on_way: bool,
    /// What is below it.
    pub below: NavigationRun<'a>,
}

/// The navigation of the page of `current`.
pub fn navigation<'a>(plan: &'a SitePlan, section: &SectionPlan, current: Option<NodeId>) -> NavigationRun<'a> {
    let tree = &plan.tree;
    let way = current.map(|current| tree.way_to(current)).unwrap_or_default();
    let view = Window { tree, way: &way, whole: section.is_shown_whole() };
    view.run(None, tree.roots(section.section.slug), 0)
}

/// What of a tree is shown.
struct Window<'a, 'w> {
    tree: &'a PageTree,
    way: &'w [NodeId],
    whole: bool,
}

impl<'a> Window<'a, '_> {
    /// The siblings in `run`, `depth` below the section. Calls itself for what is below them, to a bounded depth.
    fn run(&self, above: Option<NodeId>, run: Option<Run<'a>>, depth: usize) -> NavigationRun<'a> {
        let Some(run) = run else { return NavigationRun::default() };
        let on_way = self.way.get(depth).copied();
        let is_above = depth + 1 < self.way.len();
        let shown: Vec<(Group<'a>, &'a [NodeId])> = match on_way.and_then(|id| run.find(id)) {
            _ if self.whole => run.groups().map(|group| (group, group.pages)).collect(),
            Some((group, place)) if is_above => vec![(group, &group.pages[place..=place])],
            _ if run.count() <= FEW => run.groups().map(|group| (group, group.pages)).collect(),
            Some((group, place)) => vec![(group, around(group.pages, place))],
            None => first(run),
        };
        let count: usize = shown.iter().map(|(_, pages)| pages.len()).sum();
        let group = |(group, pages): (Group<'a>, &'a [NodeId])| {
            let items = pages.iter().map(|&id| self.item(id, on_way == Some(id), depth)).collect();
            NavigationGroup { group, items }
        };
        NavigationRun { groups: shown.into_iter().map(group).collect(), above, is_cut: count < run.count() }
    }

    fn item(&self, id: NodeId, is_on_way: bool, depth: usize) -> NavigationItem<'a> {
        let is_open = depth + 1 < DEEPEST && (self.whole || is_on_way);
        let below = self.tree.below(id).filter(|_| is_open);
        NavigationItem { id, is_on_way, below: self.run(Some(id), below, depth + 1) }
    }
}

/// The first few pages of `run`.
fn first(run: Run<'_>) -> Vec<(Group<'_>, &[NodeId])> {
    let mut left = FEW;
    let mut shown = Vec::new();
    for group in run.groups() {
        let pages = &group.pages[..group.pages.len().min(left)];
        left -= pages.len();
        if pages.is_empty() {
            break;
        }
        shown.push((group, pages));
    }
    shown
}

/// The part of `pages` around the one at `place`.
fn around(pages: &[NodeId], place: usize) -> &[NodeId] {
    let shown = 2 * AROUND + 1;
    let start = place.saturating_sub(AROUND).min(pages.len().saturating_sub(shown));
    &pages[start..pages.len().min(start + shown)]
}

/// A step of the way from the front page down to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crumb<'a> {
    /// What it is called.
    pub title: &'a str,
    /// Where it is.
    pub route: Route,
}

/// The way down to the page of `node`: its section, then the pages above it. The page itself is not part of it.
pub fn breadcrumbs<'a>(graph: &'a Graph, plan: &SitePlan, node: &Node) -> Vec<Crumb<'a>> {
    let own = plan.place(node.id).map(|place| place.route);
    let mut crumbs = Vec::new();
    let mut parent = node.parent.and_then(|parent| graph.page_of(parent));
    // The bound also stops a circle.
    while let Some(page) = parent.filter(|page| page.id != node.id && crumbs.len() < DEEPEST) {
        crumbs.extend(plan.place(page.id).map(|place| Crumb { title: page.title.as_str(), route: place.route }));
        parent = page.parent.and_then(|parent| graph.page_of(parent));
    }
    let section = plan.section(node.kind.section.slug);
    crumbs.extend(section.map(|plan| Crumb { title: plan.section.label, route: plan.route }));
    crumbs.reverse();
    crumbs.retain(|crumb| Some(crumb.route) != own && !crumb.route.as_str().is_empty());
    crumbs.dedup_by_key(|crumb| crumb.route);
    crumbs
}
