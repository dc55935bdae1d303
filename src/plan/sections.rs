//! The parts of the site and the order in which their pages are read.

use std::collections::{BTreeMap, BTreeSet};

use super::{Route, is_page};
use crate::graph::{Graph, Node, NodeId, Section, compare_siblings};

/// A section with its pages.
#[derive(Debug)]
pub struct SectionPlan {
    /// The section.
    pub section: &'static Section,
    /// The address of its list, or of the page that stands there instead.
    pub route: Route,
    /// Its pages that are below no other page of it, in the order in which they are listed.
    pub roots: Vec<NodeId>,
    /// All its pages in reading order: each followed by those below it.
    pub pages: Vec<NodeId>,
}

/// Every section that has a page, in order.
pub(super) fn plan_sections(graph: &Graph) -> Vec<SectionPlan> {
    let mut sections: BTreeMap<&str, (&'static Section, Vec<&Node>)> = BTreeMap::new();
    for node in graph.nodes().filter(|node| is_page(node)) {
        let section = node.kind.section;
        let (_, roots) = sections.entry(section.slug).or_insert_with(|| (section, Vec::new()));
        let parent = node.parent.and_then(|parent| graph.node(parent));
        if !parent.is_some_and(|parent| is_page(parent) && parent.kind.section == section) {
            roots.push(node);
        }
    }
    let mut plans: Vec<SectionPlan> = sections
        .into_values()
        .map(|(section, mut roots)| {
            roots.sort_by(|left, right| compare_siblings(left, right));
            let roots: Vec<NodeId> = roots.into_iter().map(|node| node.id).collect();
            let pages = reading_order(graph, section, &roots);
            SectionPlan { section, route: Route::new(&format!("{}/", section.slug)), roots, pages }
        })
        .collect();
    plans.sort_by_key(|plan| (plan.section.order, plan.section.slug));
    plans
}

/// Each of `roots` followed by the pages below it. Each page once and without recursion, so that nothing is too deep
/// and nothing goes round.
fn reading_order(graph: &Graph, section: &'static Section, roots: &[NodeId]) -> Vec<NodeId> {
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<NodeId> = roots.iter().rev().copied().collect();
    while let Some(id) = waiting.pop() {
        if seen.insert(id) {
            order.push(id);
            let below = pages_below(graph, id, section);
            waiting.extend(below.into_iter().rev());
        }
    }
    order
}

/// The pages of `section` right below `id`, in order.
pub(super) fn pages_below(graph: &Graph, id: NodeId, section: &'static Section) -> Vec<NodeId> {
    graph.children(id).filter(|child| is_page(child) && child.kind.section == section).map(|child| child.id).collect()
}
