//! The parts of the site and the order in which their pages are read.

use super::Route;
use super::tree::{self, PageTree, Run};
use crate::graph::{Graph, NodeId, Section};

/// A section with its pages.
#[derive(Debug)]
pub struct SectionPlan {
    /// The section.
    pub section: &'static Section,
    /// The address of its list, or of the page that stands there instead.
    pub route: Route,
    /// The addresses of all pages of its list, the first of them included.
    pub list: Vec<Route>,
    /// Its pages that are below no other page of it, in the order in which they are listed.
    pub roots: Vec<NodeId>,
    /// All its pages in reading order: each followed by those below it.
    pub pages: Vec<NodeId>,
    /// Those of its pages that stand in its list, in reading order.
    pub listed: Vec<NodeId>,
}

/// The pages as trees, and every section that has a page, in order.
pub(super) fn plan_sections(graph: &Graph) -> (PageTree, Vec<SectionPlan>) {
    let roots = tree::roots(graph);
    let tree = PageTree::new(graph, &roots);
    let is_listed = |id: &NodeId| graph.node(*id).is_some_and(|node| node.kind.list.is_some());
    let plan = |section: &'static Section| {
        let pages = tree.reading_order(section.slug);
        SectionPlan {
            section,
            route: Route::new(&format!("{}/", section.slug)),
            list: Vec::new(),
            roots: tree
                .roots(section.slug)
                .iter()
                .flat_map(Run::groups)
                .flat_map(|group| group.pages)
                .copied()
                .collect(),
            listed: pages.iter().copied().filter(is_listed).collect(),
            pages,
        }
    };
    let plans = roots.iter().map(|(section, _)| plan(section)).collect();
    (tree, plans)
}
