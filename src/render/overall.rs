//! What pages have in common, worked out once for all of them.

use std::collections::{BTreeMap, HashMap};

use super::blocks::Within;
use super::navigation::Navigations;
use super::relations::Connections;
use super::tables::TableSource;
use super::view::{SectionView, Shared, SiteView};
use crate::config::Project;
use crate::graph::{Home, Node, NodeId, ResolvedGraph, compare_siblings};
use crate::plan::{Neighbours, SectionPlan, SitePlan, neighbours};
use crate::source::Sources;

/// The graph, the plan, and what all pages need of them.
pub struct Overall<'a> {
    pub(super) resolved: &'a ResolvedGraph,
    pub(super) plan: &'a SitePlan,
    pub(super) project: &'a Project,
    pub(super) sources: &'a (dyn Sources + Sync),
    pub(super) site: Shared<SiteView>,
    pub(super) sections: Vec<SectionView>,
    pub(super) connections: Connections,
    pub(super) within: Within<'a>,
    pub(super) navigations: Navigations<'a>,
    pub(super) neighbours: HashMap<NodeId, Neighbours>,
}

impl<'a> Overall<'a> {
    /// Prepares the pages of `plan`.
    pub fn new(
        resolved: &'a ResolvedGraph,
        plan: &'a SitePlan,
        project: &'a Project,
        sources: &'a (dyn Sources + Sync),
    ) -> Self {
        let graph = &resolved.graph;
        let sections: Vec<SectionView> = plan.sections.iter().map(|section| section_view(resolved, section)).collect();
        let site = SiteView {
            title: project.site.title.clone(),
            description: project.site.description.clone(),
            language: project.site.language.clone(),
            url: project.forge.as_ref().map(|forge| forge.url.clone()).unwrap_or_default(),
            sections: sections.clone(),
            generator: concat!("livedoc ", env!("CARGO_PKG_VERSION")),
        };
        Self {
            resolved,
            plan,
            project,
            sources,
            site: Shared::new(&site),
            sections,
            connections: Connections::new(resolved),
            within: within(resolved),
            navigations: Navigations::new(graph, plan),
            neighbours: plan.sections.iter().flat_map(|section| neighbours(graph, section)).collect(),
        }
    }

    /// What tables are made from.
    pub(super) fn tables(&self) -> TableSource<'_> {
        TableSource { graph: &self.resolved.graph, plan: self.plan, connections: &self.connections }
    }

    /// `node` and everything that its page shows within it, in order.
    pub(super) fn on_page(&self, node: &'a Node) -> Vec<&'a Node> {
        let mut nodes = vec![node];
        let mut next = 0;
        while let Some(outer) = nodes.get(next) {
            nodes.extend(self.within.get(&outer.id).into_iter().flatten());
            next += 1;
        }
        nodes
    }
}

fn section_view(resolved: &ResolvedGraph, plan: &SectionPlan) -> SectionView {
    let is_listed = |id: &&NodeId| resolved.graph.node(**id).is_some_and(|node| node.kind.list.is_some());
    let section = plan.section;
    SectionView {
        slug: section.slug,
        label: section.label,
        href: plan.route.encoded(),
        icon: section.icon,
        count: plan.pages.iter().filter(is_listed).count(),
    }
}

/// What is right within each node. Homes that go round in a circle are nobody's, for no page begins them.
fn within(resolved: &ResolvedGraph) -> Within<'_> {
    let mut within: Within<'_> = BTreeMap::new();
    for node in resolved.graph.nodes() {
        if let Home::Within { node: outer, .. } = &node.home
            && resolved.graph.page_of(node.id).is_some()
        {
            within.entry(*outer).or_default().push(node);
        }
    }
    for nodes in within.values_mut() {
        nodes.sort_by(|left, right| compare_siblings(left, right));
    }
    within
}
