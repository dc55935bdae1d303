//! The whole build, from a project to a site.
//!
//! Enters: a validated [`Project`]. Leaves: an [`Analysis`] (everything that is known and found) or a [`Build`] (that
//! and the site). Only the command line and the preview come after this module; every stage is called from here.

use std::sync::Arc;

use rayon::prelude::*;

use crate::check::check;
use crate::config::Project;
use crate::diagnostic::{Diagnostics, Level};
use crate::discover::{SourceTree, discover};
use crate::extract::{Claim, Claimed, claim};
use crate::graph::{ResolvedGraph, assemble, export, resolve};
use crate::output::{Site, SitePath};
use crate::plan::{SitePlan, plan};
use crate::render::render;
use crate::search;
use crate::theme::{self, Theme};

/// The stages, as progress names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Walking the repository.
    Discover,
    /// Reading sources.
    Extract,
    /// Joining what was read.
    Assemble,
    /// Following links.
    Resolve,
    /// Laying out pages.
    Plan,
    /// Applying the rules.
    Check,
    /// Making pages.
    Render,
    /// Making the search index.
    Index,
    /// Writing the site.
    Write,
}

impl Stage {
    /// What is going on, for a progress line: "reading sources".
    pub fn activity(self) -> &'static str {
        match self {
            Stage::Discover => "walking the repository",
            Stage::Extract => "reading sources",
            Stage::Assemble => "joining what was read",
            Stage::Resolve => "following links",
            Stage::Plan => "laying out pages",
            Stage::Check => "applying rules",
            Stage::Render => "rendering pages",
            Stage::Index => "indexing for search",
            Stage::Write => "writing the site",
        }
    }
}

/// Whoever wants to know what is going on.
pub trait Progress: Sync {
    /// `stage` begins.
    fn begin(&self, stage: Stage);
}

/// Tells nobody.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _stage: Stage) {}
}

/// Everything that is known about a repository, and everything that was found.
pub struct Analysis {
    /// Its files.
    pub tree: SourceTree,
    /// Which files were read by which extractor, and why.
    pub claims: Vec<Claim>,
    /// What they say.
    pub resolved: ResolvedGraph,
    /// Where it is shown.
    pub plan: SitePlan,
    /// How it is shown.
    pub theme: Theme,
    /// What was found, at the levels that the project sets, by place.
    pub diagnostics: Diagnostics,
}

/// What a build leaves.
pub struct Build {
    /// What is known and what was found, making the pages included.
    pub analysis: Analysis,
    /// The site.
    pub site: Site,
}

/// Makes the site of `project`.
pub fn build(project: &Project, progress: &dyn Progress) -> Build {
    let mut analysis = analyse(project, progress);
    progress.begin(Stage::Render);
    let mut site = Site::default();
    let (files, rendered) = render(&analysis.resolved, &analysis.plan, project, &analysis.theme, &analysis.tree);
    for (path, bytes) in files {
        site.insert(SitePath::new(&path), bytes);
    }
    for (route, path) in &analysis.plan.assets {
        if let Some(bytes) = analysis.tree.bytes(*path) {
            site.insert(SitePath::new(&route.file()), bytes);
        }
    }
    analysis.diagnostics.extend(rendered);
    analysis.diagnostics = report(project, analysis.diagnostics);
    let graph = export(&analysis.resolved, &analysis.tree, &|id| analysis.plan.url(id));
    // The shape holds nothing that JSON cannot say.
    let graph = serde_json::to_vec(&graph).unwrap_or_default();
    site.insert(SitePath::new("graph.json"), graph);
    progress.begin(Stage::Index);
    let found = search::found_in(&analysis.resolved.graph, &analysis.plan);
    for (path, bytes) in search::index(&found, |id| search::describe(&analysis.resolved, &analysis.plan, *id)) {
        site.insert(SitePath::new(&format!("search/{path}")), bytes);
    }
    Build { analysis, site }
}

/// Reads and checks `project`; makes no page.
pub fn analyse(project: &Project, progress: &dyn Progress) -> Analysis {
    progress.begin(Stage::Discover);
    let (tree, walked) = discover(project);
    progress.begin(Stage::Extract);
    let Claimed { units, claims } = claim(&tree, project);
    let fragments = units.par_iter().map(|unit| Arc::new(unit.read())).collect();
    drop(units);
    progress.begin(Stage::Assemble);
    let (graph, assembled) = assemble(fragments);
    progress.begin(Stage::Resolve);
    let (resolved, followed) = resolve(graph, &tree, project);
    progress.begin(Stage::Plan);
    let (plan, planned) = plan(&resolved);
    progress.begin(Stage::Check);
    let checked = check(&resolved, &plan);
    let (theme, loaded) = theme::load(project, &tree);
    let all = [walked, tree.diagnostics(), assembled, followed, planned, checked, loaded];
    let diagnostics = report(project, all.into_iter().flatten().collect());
    Analysis { tree, claims, resolved, plan, theme, diagnostics }
}

/// `diagnostics` at the levels that the project sets, each once, by place.
pub fn report(project: &Project, mut diagnostics: Diagnostics) -> Diagnostics {
    for diagnostic in &mut diagnostics {
        diagnostic.level = project.level(diagnostic.code);
    }
    diagnostics.retain(|diagnostic| diagnostic.level != Level::Off);
    diagnostics.sort_by(|left, right| {
        let key = |found: &crate::diagnostic::Diagnostic| (found.span, found.code);
        key(left).cmp(&key(right)).then_with(|| left.message.cmp(&right.message))
    });
    diagnostics.dedup();
    diagnostics
}
