//! The pages of the sections as trees, laid out so that siblings stand side by side.
//!
//! Enters: the graph. Leaves: a [`PageTree`], which says in constant time what is above, beside and below a page, so that
//! a page among fifty thousand siblings costs no more than one among five.

use std::collections::HashMap;
use std::ops::Range;

use super::is_page;
use crate::graph::{Graph, Node, NodeId, Section, compare_siblings};

/// Ways down are followed this deep.
const DEEPEST: usize = 64;

/// Which page stands below which. A page whose parents lead round in a circle is in no tree.
#[derive(Debug, Default)]
pub struct PageTree {
    /// Every page; siblings side by side, those of one group side by side among them.
    pages: Vec<NodeId>,
    /// Runs of siblings, as ranges of `pages`.
    groups: Vec<Range<usize>>,
    branches: HashMap<NodeId, Branch>,
    /// The groups of pages that are below no other, by section.
    roots: HashMap<&'static str, Siblings>,
}

#[derive(Clone, Debug)]
struct Branch {
    /// Where it stands in [`PageTree::pages`].
    at: usize,
    above: Option<NodeId>,
    below: Siblings,
}

/// Pages that are right below one page, or below none.
#[derive(Clone, Debug, Default)]
struct Siblings {
    groups: Range<usize>,
    /// How many they are.
    count: usize,
    is_mixed: bool,
}

/// Siblings in their groups.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    tree: &'a PageTree,
    siblings: &'a Siblings,
}

/// Siblings under one heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group<'a> {
    /// The pages, in order.
    pub pages: &'a [NodeId],
    /// Whether the siblings, in all their groups, are of several kinds.
    pub is_mixed: bool,
}

impl PageTree {
    pub(super) fn new(graph: &Graph, sections: &[(&'static Section, Vec<NodeId>)]) -> Self {
        let mut tree = Self::default();
        for (section, roots) in sections {
            let start = tree.pages.len();
            let siblings = tree.push(graph, None, roots.clone());
            tree.roots.insert(section.slug, siblings);
            let mut next = start;
            while let Some(&id) = tree.pages.get(next) {
                next += 1;
                let below = tree.push(graph, Some(id), pages_below(graph, id, section));
                if let Some(branch) = tree.branches.get_mut(&id) {
                    branch.below = below;
                }
            }
        }
        tree
    }

    /// Adds siblings that are in order, so that each group is in one piece, and groups by their first page.
    fn push(&mut self, graph: &Graph, above: Option<NodeId>, pages: Vec<NodeId>) -> Siblings {
        let mut siblings = Siblings { groups: self.groups.len()..self.groups.len(), ..Siblings::default() };
        let nodes: Vec<&Node> = pages.iter().filter_map(|id| graph.node(*id)).collect();
        siblings.count = nodes.len();
        siblings.is_mixed = nodes.windows(2).any(|pair| pair[0].kind != pair[1].kind);
        let mut groups: Vec<Vec<NodeId>> = Vec::new();
        let mut index: HashMap<&str, usize> = HashMap::new();
        for node in nodes {
            let at = *index.entry(label(node, siblings.is_mixed)).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            groups[at].push(node.id);
        }
        for group in groups {
            let start = self.pages.len();
            for id in group {
                // A page has one parent, so this is its only place.
                let branch = Branch { at: self.pages.len(), above, below: Siblings::default() };
                self.branches.insert(id, branch);
                self.pages.push(id);
            }
            self.groups.push(start..self.pages.len());
        }
        siblings.groups.end = self.groups.len();
        siblings
    }

    /// The page right above `id` in its section.
    pub fn above(&self, id: NodeId) -> Option<NodeId> {
        self.branches.get(&id)?.above
    }

    /// The pages above `id` in its section, outermost first, and `id` itself; nothing for a page that is in no tree, or
    /// deeper than anybody looks.
    pub fn way_to(&self, id: NodeId) -> Vec<NodeId> {
        let mut way: Vec<NodeId> = std::iter::successors(Some(id), |id| self.above(*id)).take(DEEPEST).collect();
        let is_root = |id: &NodeId| self.branches.get(id).is_some_and(|branch| branch.above.is_none());
        if way.last().is_none_or(|first| !is_root(first)) {
            way.clear();
        }
        way.reverse();
        way
    }

    /// The pages right below `id`; `None` for none.
    pub fn below(&self, id: NodeId) -> Option<Run<'_>> {
        self.run(&self.branches.get(&id)?.below)
    }

    /// The pages of the section `slug` that are below no other.
    pub fn roots(&self, slug: &str) -> Option<Run<'_>> {
        self.run(self.roots.get(slug)?)
    }

    fn run<'a>(&'a self, siblings: &'a Siblings) -> Option<Run<'a>> {
        (siblings.count > 0).then_some(Run { tree: self, siblings })
    }

    /// Each of the pages of the section `slug` followed by those below it.
    pub(super) fn reading_order(&self, slug: &str) -> Vec<NodeId> {
        let mut order = Vec::new();
        let mut waiting: Vec<NodeId> = Vec::new();
        let push = |waiting: &mut Vec<NodeId>, run: Option<Run<'_>>| {
            let start = waiting.len();
            waiting.extend(run.iter().flat_map(Run::groups).flat_map(|group| group.pages));
            waiting[start..].reverse();
        };
        push(&mut waiting, self.roots(slug));
        while let Some(id) = waiting.pop() {
            order.push(id);
            push(&mut waiting, self.below(id));
        }
        order
    }
}

impl<'a> Run<'a> {
    /// The groups, in order.
    pub fn groups(&self) -> impl Iterator<Item = Group<'a>> + use<'a> {
        let Self { tree, siblings } = *self;
        let group = |range: &Range<usize>| Group { pages: &tree.pages[range.clone()], is_mixed: siblings.is_mixed };
        tree.groups[siblings.groups.clone()].iter().map(group)
    }

    /// How many pages they are.
    pub fn count(&self) -> usize {
        self.siblings.count
    }

    /// The group in which `id`, one of the pages, stands, and its place there.
    pub fn find(&self, id: NodeId) -> Option<(Group<'a>, usize)> {
        let Self { tree, siblings } = *self;
        let at = tree.branches.get(&id)?.at;
        let groups = &tree.groups[siblings.groups.clone()];
        let range = groups.get(groups.partition_point(|range| range.end <= at)).filter(|range| range.contains(&at))?;
        Some((Group { pages: &tree.pages[range.clone()], is_mixed: siblings.is_mixed }, at - range.start))
    }
}

impl<'a> Group<'a> {
    /// The heading: what the source of its pages says, else their kind where their siblings are of several; empty for
    /// none.
    pub fn label<'g>(&self, graph: &'g Graph) -> &'g str {
        self.pages.first().and_then(|id| graph.node(*id)).map_or("", |node| label(node, self.is_mixed))
    }
}

fn label(node: &Node, is_mixed: bool) -> &str {
    if node.group.is_empty() && is_mixed { node.kind.plural } else { &node.group }
}

/// The pages of `section` right below `id`, in order.
fn pages_below(graph: &Graph, id: NodeId, section: &'static Section) -> Vec<NodeId> {
    graph.children(id).filter(|child| is_page(child) && child.kind.section == section).map(|child| child.id).collect()
}

/// The pages of each section that are below no other page of it, in order.
pub(super) fn roots(graph: &Graph) -> Vec<(&'static Section, Vec<NodeId>)> {
    let mut sections: Vec<(&'static Section, Vec<&Node>)> = Vec::new();
    for node in graph.nodes().filter(|node| is_page(node)) {
        let section = node.kind.section;
        let at = sections.iter().position(|(known, _)| *known == section).unwrap_or_else(|| {
            sections.push((section, Vec::new()));
            sections.len() - 1
        });
        let parent = node.parent.and_then(|parent| graph.node(parent));
        if !parent.is_some_and(|parent| is_page(parent) && parent.kind.section == section) {
            sections[at].1.push(node);
        }
    }
    sections.sort_by_key(|(section, _)| (section.order, section.slug));
    let in_order = |(section, mut roots): (&'static Section, Vec<&Node>)| {
        roots.sort_by(|left, right| compare_siblings(left, right));
        (section, roots.into_iter().map(|node| node.id).collect())
    };
    sections.into_iter().map(in_order).collect()
}
