//! The plan's navigation -> the nested entries that templates show.
//!
//! Most pages of a section show the same entries, so an entry says nothing about the page that it stands beside: which
//! one is current the page's own trail says.

use std::collections::{BTreeMap, HashMap};

use super::links::href;
use super::values;
use super::view::{NavigationGroupView, NavigationItemView, Shared};
use crate::graph::{Graph, Home, Node, NodeId};
use crate::plan::{NavigationItem, SitePlan, navigation};

/// Navigation of up to this many entries is open everywhere,
const OPEN: usize = 40;

/// and so are the groups of up to this many siblings.
const OPEN_SIBLINGS: usize = 12;

/// The navigation of every page.
pub(super) struct Navigations<'a> {
    graph: &'a Graph,
    plan: &'a SitePlan,
    /// How many pages there are, and whether they are of several kinds.
    siblings: BTreeMap<Siblings, (usize, bool)>,
    /// Entries without anything below them.
    leaves: HashMap<NodeId, Shared<NavigationItemView>>,
    /// By section: the navigation that all its pages share.
    whole: BTreeMap<&'static str, Shared<Vec<NavigationGroupView>>>,
}

/// The pages of a section below one page, or below none.
type Siblings = (&'static str, Option<NodeId>);

impl<'a> Navigations<'a> {
    /// Prepares what pages share.
    pub(super) fn new(graph: &'a Graph, plan: &'a SitePlan) -> Self {
        let pages = graph.nodes().filter(|node| is_page(node));
        let leaves = pages.filter_map(|node| Some((node.id, Shared::new(&item(plan, node, Vec::new())?)))).collect();
        let mut made = Self { graph, plan, siblings: count(graph), leaves, whole: BTreeMap::new() };
        for section in plan.sections.iter().filter(|section| section.is_shown_whole()) {
            if let Some(&first) = section.pages.first() {
                let navigation = made.made_for(first);
                made.whole.insert(section.section.slug, navigation);
            }
        }
        made
    }

    /// What stands beside the page of `node`.
    pub(super) fn of_page(&self, node: &Node) -> Shared<Vec<NavigationGroupView>> {
        self.whole.get(node.kind.section.slug).cloned().unwrap_or_else(|| self.made_for(node.id))
    }

    /// The label of the group that `node` stands in: the one that its source gives, else its kind where its siblings are
    /// of several kinds; empty for none.
    pub(super) fn group_label<'n>(&self, node: &'n Node) -> &'n str {
        if !node.group.is_empty() {
            &node.group
        } else if self.siblings.get(&siblings(self.graph, node)).is_some_and(|(_, mixed)| *mixed) {
            node.kind.plural
        } else {
            ""
        }
    }

    fn made_for(&self, current: NodeId) -> Shared<Vec<NavigationGroupView>> {
        let items = navigation(self.graph, self.plan, current);
        let mut groups = self.groups(&items);
        if items.len() <= OPEN {
            groups.iter_mut().for_each(|group| group.open = true);
        }
        Shared::new(&groups)
    }

    /// `items` of which the first is the shallowest, as groups in the order of their first entries. Goes as deep as the
    /// plan's navigation does.
    fn groups(&self, items: &[NavigationItem]) -> Vec<NavigationGroupView> {
        let depth = items.first().map_or(0, |item| item.depth);
        let mut groups: Vec<NavigationGroupView> = Vec::new();
        let mut index: HashMap<&str, usize> = HashMap::new();
        for run in items.chunk_by(|_, next| next.depth > depth) {
            let Some((first, below)) = run.split_first() else { continue };
            let Some(node) = self.graph.node(first.id) else { continue };
            let Some(item) = self.item(node, below) else { continue };
            let label = self.group_label(node);
            let at = *index.entry(label).or_insert_with(|| {
                let open = label.is_empty();
                groups.push(NavigationGroupView { label: label.to_owned(), open, items: Vec::new(), left_out: 0 });
                groups.len() - 1
            });
            groups[at].items.push(item);
        }
        let shown: usize = groups.iter().map(|group| group.items.len()).sum();
        let all = items.first().and_then(|first| self.graph.node(first.id));
        let all =
            all.and_then(|node| self.siblings.get(&siblings(self.graph, node))).map_or(shown, |(count, _)| *count);
        if shown <= OPEN_SIBLINGS {
            groups.iter_mut().for_each(|group| group.open = true);
        }
        if let Some(last) = groups.last_mut() {
            last.left_out = all.saturating_sub(shown);
        }
        groups
    }

    fn item(&self, node: &Node, below: &[NavigationItem]) -> Option<Shared<NavigationItemView>> {
        match below {
            [] => self.leaves.get(&node.id).cloned(),
            below => Some(Shared::new(&item(self.plan, node, self.groups(below))?)),
        }
    }
}

fn item(plan: &SitePlan, node: &Node, groups: Vec<NavigationGroupView>) -> Option<NavigationItemView> {
    let mark = node.facts.get("method").map(|fact| values::values("method", fact));
    let mark = mark.and_then(|values| values.into_iter().next()).map_or_else(String::new, |value| value.text);
    Some(NavigationItemView { title: node.title.clone(), href: href(plan, node.id)?, mark, groups })
}

fn siblings(graph: &Graph, node: &Node) -> Siblings {
    let section = node.kind.section.slug;
    let parent = node.parent.and_then(|parent| graph.node(parent));
    let above = parent.filter(|parent| is_page(parent) && parent.kind.section.slug == section);
    (section, above.map(|parent| parent.id))
}

fn count(graph: &Graph) -> BTreeMap<Siblings, (usize, bool)> {
    let mut counts: BTreeMap<Siblings, (usize, bool)> = BTreeMap::new();
    let mut kinds: HashMap<Siblings, &str> = HashMap::new();
    for node in graph.nodes().filter(|node| is_page(node)) {
        let siblings = siblings(graph, node);
        let (count, mixed) = counts.entry(siblings).or_default();
        *count += 1;
        *mixed |= *kinds.entry(siblings).or_insert(node.kind.name) != node.kind.name;
    }
    counts
}

fn is_page(node: &Node) -> bool {
    matches!(node.home, Home::Page { .. })
}
