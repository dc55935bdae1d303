//! What pages have in common, worked out once for all of them.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::rows::Rows;
use super::view::{SectionView, Shared, SiteView};
use crate::config::Project;
use crate::graph::{Graph, Home, NodeId, ResolvedGraph, compare_siblings};
use crate::plan::{SectionPlan, SitePlan};

/// What pages have in common. It borrows nothing, so it can be kept beside the graph and the plan that it was made from.
#[derive(Debug)]
pub struct Common {
    pub(super) site: Shared<SiteView<'static>>,
    pub(super) sections: Vec<SectionView>,
    /// What is right within each node, in order.
    within: HashMap<NodeId, Vec<NodeId>>,
    /// By section, made when a page first asks.
    rows: Vec<OnceLock<Rows>>,
    /// For each page that stands in its section's list, where it stands in [`SectionPlan::listed`].
    reading: HashMap<NodeId, usize>,
}

/// Prepares the pages of `plan`.
pub fn prepare(resolved: &ResolvedGraph, plan: &SitePlan, project: &Project) -> Common {
    let sections: Vec<SectionView> = plan.sections.iter().map(section_view).collect();
    let site = SiteView {
        title: &project.site.title,
        description: &project.site.description,
        language: &project.site.language,
        url: project.forge.as_ref().map_or("", |forge| &forge.url),
        sections: sections.clone(),
        generator: concat!("livedoc ", env!("CARGO_PKG_VERSION")),
    };
    let listed = plan.sections.iter().flat_map(|section| section.listed.iter().copied().enumerate());
    Common {
        site: Shared::new(&site),
        sections,
        within: within(&resolved.graph),
        rows: plan.sections.iter().map(|_| OnceLock::new()).collect(),
        reading: listed.map(|(place, id)| (id, place)).collect(),
    }
}

impl Common {
    /// What is right within `id`, in order.
    pub(super) fn within(&self, id: NodeId) -> &[NodeId] {
        self.within.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The page `steps` behind (or before, when negative) `id` in the reading order of `section`. Only pages that stand
    /// in their section's list are read in order; those that are reached through another page are looked up.
    pub(super) fn neighbour(&self, section: &SectionPlan, id: NodeId, steps: isize) -> Option<NodeId> {
        section.listed.get(self.reading.get(&id)?.checked_add_signed(steps)?).copied()
    }

    /// The rows of the list of the section `slug`.
    pub(super) fn rows(&self, graph: &Graph, plan: &SitePlan, slug: &str) -> Option<&Rows> {
        let at = plan.sections.iter().position(|section| section.section.slug == slug)?;
        Some(self.rows.get(at)?.get_or_init(|| Rows::of_section(graph, &plan.sections[at])))
    }
}

fn section_view(plan: &SectionPlan) -> SectionView {
    let section = plan.section;
    SectionView { slug: section.slug, label: section.label, href: plan.route.encoded(), icon: section.icon }
}

/// What is right within each node. Homes that go round in a circle are nobody's, for no page begins them.
fn within(graph: &Graph) -> HashMap<NodeId, Vec<NodeId>> {
    let mut within: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
    for node in graph.nodes() {
        if let Home::Within { node: outer, .. } = &node.home
            && graph.page_of(node.id).is_some()
        {
            within.entry(*outer).or_default().push(node.id);
        }
    }
    #[allow(clippy::iter_over_hash_type, reason = "each is sorted by itself")]
    for ids in within.values_mut() {
        let mut nodes: Vec<_> = ids.iter().filter_map(|id| graph.node(*id)).collect();
        nodes.sort_by(|left, right| compare_siblings(left, right));
        *ids = nodes.into_iter().map(|node| node.id).collect();
    }
    within
}
