//! Everything that is known about a repository and all that its pages share: any file of its site can be made from it.
//!
//! Enters: a [`Project`] and its [`Analysis`]. Leaves: a [`Publication`], which borrows nothing, so that the preview can keep
//! one and make pages when somebody opens them.

use crate::config::Project;
use crate::graph::{NodeId, export};
use crate::plan::Page;
use crate::render::{Common, Pages, prepare};
use crate::source::{ContentHash, Stored};

use super::Analysis;

/// A site of which every file can be made.
pub struct Publication {
    /// What the user wants.
    pub project: Project,
    /// What is known and what was found.
    pub analysis: Analysis,
    common: Common,
}

/// The file in which the graph is published.
pub(super) const GRAPH: &str = "graph.json";

impl Publication {
    /// The site of `project`, of which `analysis` tells everything.
    pub fn new(project: Project, analysis: Analysis) -> Self {
        let common = prepare(&analysis.resolved, &analysis.plan, &project);
        Self { project, analysis, common }
    }

    /// The pages, each of which can be made on its own.
    pub fn pages(&self) -> Pages<'_> {
        let Analysis { resolved, plan, theme, tree, .. } = &self.analysis;
        Pages { resolved, plan, project: &self.project, theme, sources: tree, common: &self.common }
    }

    /// The hash of everything that the files of `page` depend on.
    pub fn key(&self, page: &Page) -> ContentHash {
        self.pages().key(page, &|id| self.body(id))
    }

    /// The graph in its public shape, as JSON.
    pub(super) fn graph(&self) -> Vec<u8> {
        let Analysis { resolved, plan, tree, .. } = &self.analysis;
        let graph = export(resolved, tree, &|id| plan.url(id));
        // The shape holds nothing that JSON cannot say.
        serde_json::to_vec(&graph).unwrap_or_default()
    }

    /// What a node says for itself, as a hash: of its text, not of where that stands in memory.
    fn body(&self, id: NodeId) -> ContentHash {
        let mut bytes = Vec::new();
        if let Some(node) = self.analysis.resolved.graph.node(id) {
            Stored::<()>::write(&node.body, &mut bytes);
        }
        ContentHash::of(&bytes)
    }
}
