//! Everything that is known about a repository and all that its pages share: any file of its site can be made from it.
//!
//! Enters: a [`Project`] and its [`Analysis`]. Leaves: a [`Publication`], which borrows nothing, so that the preview can keep
//! one and make pages when somebody opens them.

use std::sync::Arc;

use crate::config::Project;
use crate::graph::NodeId;
use crate::output::SitePath;
use crate::plan::{Page, Route};
use crate::render::{Common, Pages, Sheet, prepare};
use crate::source::{ContentHash, RepoPath};
use crate::theme::ThemeFile;

use super::Analysis;

/// A site of which every file can be made.
pub struct Publication {
    /// What the user wants.
    pub project: Project,
    /// What is known and what was found.
    pub analysis: Analysis,
    common: Arc<Common>,
}

/// What is made as one file, or as a few that belong together.
pub(super) enum Made<'p> {
    /// A page with its copy.
    Page(&'p Page),
    /// A file of the repository.
    Asset(RepoPath),
    /// A file of the theme.
    Theme(&'p ThemeFile),
    /// The graph.
    Graph,
}

/// The file in which the graph is published.
pub(super) const GRAPH: &str = "graph.json";

impl Publication {
    /// The site of `project`, of which `analysis` tells everything.
    pub fn new(project: Project, analysis: Analysis) -> Self {
        let common = Arc::new(prepare(&analysis.resolved, &analysis.plan, &project));
        Self { project, analysis, common }
    }

    /// Likewise, knowing the one before.
    pub(super) fn after(before: &Self, project: Project, analysis: Analysis) -> Self {
        let is_laid_out_alike = Arc::ptr_eq(&before.analysis.plan, &analysis.plan) && before.project == project;
        let common = match is_laid_out_alike {
            true => Arc::clone(&before.common),
            false => Arc::new(prepare(&analysis.resolved, &analysis.plan, &project)),
        };
        Self { project, analysis, common }
    }

    /// The pages, each of which can be made on its own.
    pub fn pages(&self) -> Pages<'_> {
        let Analysis { resolved, plan, theme, tree, history, .. } = &self.analysis;
        let history = history.as_ref().ok();
        Pages { resolved, plan, project: &self.project, theme, sources: tree, history, common: &self.common }
    }

    /// The hash of everything that the files of `page` depend on.
    pub fn key(&self, page: &Page) -> ContentHash {
        self.key_of(&self.pages().sheet(page))
    }

    /// The hash of everything that the files of the page of `sheet` depend on.
    pub(super) fn key_of(&self, sheet: &Sheet<'_, '_>) -> ContentHash {
        sheet.key(&|id| self.body(id))
    }

    /// The graph in its public shape, as JSON.
    pub(super) fn graph(&self) -> Vec<u8> {
        // The shape holds nothing that JSON cannot say.
        serde_json::to_vec(&self.analysis.export()).unwrap_or_default()
    }

    /// What the file at `path` is; `None` for the navigation's files, for those of the search, and for what is no file of the
    /// site.
    pub(super) fn what(&self, path: &SitePath) -> Option<Made<'_>> {
        if path.as_str() == GRAPH {
            return Some(Made::Graph);
        }
        let plan = &self.analysis.plan;
        let asset = || plan.assets.get(&Route::of_file(path.as_str())).map(|path| Made::Asset(*path));
        let of_theme = || self.analysis.theme.files().find(|file| file.path == path.as_str()).map(Made::Theme);
        self.page_of(path).map(Made::Page).or_else(asset).or_else(of_theme)
    }

    /// The page of which `path` is the HTML or the copy.
    fn page_of(&self, path: &SitePath) -> Option<&Page> {
        let plan = &self.analysis.plan;
        let html = path.as_str().strip_suffix(".md").map(|stem| format!("{stem}.html"));
        let html = html.as_deref().unwrap_or(path.as_str());
        let route = match html.strip_suffix("index.html") {
            Some(folder) => [Route::new(folder), Route::new(html)],
            None => [Route::new(html); 2],
        };
        let planned = route.iter().find_map(|route| plan.pages.binary_search_by_key(route, |page| page.route).ok());
        let redirected = || plan.redirects.iter().find(|page| route.contains(&page.route));
        let page = planned.map(|at| &plan.pages[at]).or_else(redirected)?;
        let is_its_file = page.file() == path.as_str() || page.copy().is_some_and(|copy| copy == path.as_str());
        is_its_file.then_some(page)
    }

    /// What a node says for itself, as a hash: of its text, not of where that stands in memory.
    fn body(&self, id: NodeId) -> ContentHash {
        let node = self.analysis.resolved.graph.node(id);
        node.map_or(ContentHash::of(b""), |node| node.body.hash())
    }
}
