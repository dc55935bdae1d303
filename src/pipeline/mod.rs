//! The whole build, from a project to a site.
//!
//! Enters: a validated [`Project`], and what earlier runs left. Leaves: an [`Analysis`] (everything that is known and found),
//! and with [`build`] the files of the site, handed to a [`Sink`] as they are made. Only the command line and the preview
//! come after this module; every stage is called from here.
//!
//! | module | |
//! |---|---|
//! | `connect` | what was read -> an analysis |
//! | `known` | what a run found out, for the next one |
//! | `fragments` | units -> fragments, those that are known already from a cache |
//! | `deliver` | a build to disk |
//! | `memory` | what earlier runs left in `.livedoc/`, and what this one leaves there |
//! | `publication` | a project and its analysis -> any file of the site |
//! | `publish` | a publication -> all files of the site, those that changed |
//! | `indexing` | pages, as they are made -> the index of the search |
//! | `reading` | what was read, kept from one edit to the next |
//! | `promises` | a project -> what its nodes promise |
//! | `session` | edits -> publications, of which files are made when somebody asks |
//! | `progress` | the stages by name |

mod connect;
mod deliver;
mod fragments;
mod indexing;
mod known;
mod memory;
mod progress;
mod promises;
mod publication;
mod publish;
mod reading;
mod session;

use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::config::Project;
use crate::diagnostic::{Diagnostics, Level, note_suppressions};
use crate::discover::{History, NoHistory, Recollection, SourceTree, discover};
use crate::external::Answers;
use crate::extract::{Claim, Claimed, claim};
use crate::graph::{GraphExport, LastChange, ResolvedGraph, export};
use crate::output::{Sink, Site, WriteError};
use crate::plan::SitePlan;
use crate::search::Index;
use crate::source::Files;
use crate::theme::Theme;

pub use deliver::{CACHE_FOLDER, Delivered, check_site, deliver};
pub use fragments::{Forgetful, FragmentCache};
pub use known::{KnownLinks, KnownPages, PageKeys};
pub use promises::{Promises, is_read_for_promises, promises};
pub use publication::Publication;
pub use session::{Edited, Issue, Session};

use connect::{Found, Read, connect};
use fragments::NewBodies;
use known::{Basis, Reach, note_directions};
pub use progress::{Amount, Progress, Silent, Stage};
use progress::{piece, stage};

/// Everything that is known about a repository, and everything that was found.
pub struct Analysis {
    /// Its files.
    pub tree: SourceTree,
    /// Which files were read by which extractor, and why.
    pub claims: Vec<Claim>,
    /// What they say.
    pub resolved: ResolvedGraph,
    /// Where it is shown.
    pub plan: Arc<SitePlan>,
    /// How it is shown.
    pub theme: Arc<Theme>,
    /// When and by whom its files were changed, as far as that is known.
    pub history: Result<History, NoHistory>,
    /// What other sites answered, if they were asked.
    pub answers: Option<Answers>,
    /// What was found, at the levels that the project sets, by place.
    pub diagnostics: Diagnostics,
    found: Found,
    /// What it was made from, where the next run may want to know.
    basis: Option<Basis>,
    /// Where it differs from that of the last run, when that is known.
    reach: Option<Reach>,
}

impl Analysis {
    /// The graph in its public shape.
    pub fn export(&self) -> GraphExport<'_> {
        let history = self.history.as_ref().ok();
        let last_change = |path| {
            let changes = history?.changes(path);
            let last = changes.clone().next()?;
            let mut authors: Vec<String> = Vec::new();
            for commit in changes {
                if !authors.contains(&commit.author) {
                    authors.push(commit.author.clone());
                }
            }
            Some(LastChange { commit: last.id.clone(), date: last.day.clone(), authors })
        };
        export(&self.resolved, &self.tree, &|id| self.plan.url(id), &last_change)
    }
}

/// What earlier runs knew of the sources.
pub struct Earlier<'a> {
    /// What they say.
    pub fragments: &'a dyn FragmentCache,
    /// Where their links lead.
    pub links: Option<&'a KnownLinks>,
    /// The keys of the pages that show them.
    pub pages: Option<&'a KnownPages>,
    /// Which of them nobody has touched since.
    pub files: &'a Recollection,
    /// When they were changed.
    pub history: Option<&'a History>,
    /// What other sites answered. `None` when they are not to be asked.
    pub answers: Option<&'a Answers>,
}

impl Earlier<'static> {
    /// That there were none.
    pub const NOTHING: Self = Self {
        fragments: &Forgetful,
        links: None,
        pages: None,
        files: &Recollection::NOTHING,
        history: None,
        answers: None,
    };
}

/// Makes the site of `project`, file by file; what `sink` has already and what `previous`, the index of that, knows is not made
/// again. What is known and what was found, making the pages included; the index; and the keys of the pages.
///
/// # Errors
/// `sink` cannot take a file.
pub fn build<'i>(
    project: &Project,
    earlier: Earlier<'_>,
    previous: impl FnOnce() -> Option<&'i Index>,
    sink: &dyn Sink,
    progress: &dyn Progress,
) -> Result<(Analysis, Index, PageKeys), WriteError> {
    let pages = earlier.pages;
    let publication = Publication::new(project.clone(), analyse_with(project, earlier, NewBodies::Shown, progress));
    let (rendered, index, pages) = publish::publish(&publication, pages, previous(), sink, progress)?;
    let mut analysis = publication.analysis;
    analysis.diagnostics.extend(rendered);
    analysis.diagnostics = report(project, analysis.diagnostics);
    Ok((analysis, index, pages))
}

/// The site of `project` in memory.
pub fn build_in_memory(project: &Project, progress: &dyn Progress) -> (Analysis, Site) {
    let site = Mutex::new(Site::default());
    // Memory takes everything.
    let made = build(project, Earlier::NOTHING, || None, &site, progress);
    let analysis = made.map_or_else(|_| analyse(project, Earlier::NOTHING, progress), |(analysis, ..)| analysis);
    (analysis, site.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Reads and checks `project`; makes no page, and keeps nothing that only a page shows.
pub fn analyse(project: &Project, earlier: Earlier<'_>, progress: &dyn Progress) -> Analysis {
    analyse_with(project, earlier, NewBodies::Unshown, progress)
}

fn analyse_with(project: &Project, earlier: Earlier<'_>, bodies: NewBodies, progress: &dyn Progress) -> Analysis {
    let Earlier { fragments, history, answers, .. } = earlier;
    let discover = || discover(project).recalling(earlier.files);
    let tree = stage!(progress, Discover, discover(), |tree| Amount::items(tree.len()));
    let claimed = stage!(progress, Claim, claim(&tree, project), |claimed| Amount::items(claimed.claims.len()));
    let Claimed { mut units, claims } = claimed;
    let tree = at_rest(tree, &claims);
    units.par_iter_mut().for_each(|unit| unit.rest(&tree));
    let basis = Basis::of(project, &tree, &units);
    let (fragments, history) = read_with_history(project, &tree, history, || {
        stage!(progress, Extract, fragments::read(units, fragments, bodies), |read| Amount::items(read.len()))
    });
    let last =
        || earlier.links.zip(basis.as_ref()).and_then(|(links, basis)| links.graph(basis, &fragments, &tree, &earlier));
    let last = stage!(progress, Assemble, last(), |last| Amount::items(usize::from(last.is_some())));
    connect(project, Read { tree, claims, fragments, history, basis }, last, answers, progress)
}

/// `tree` without the texts that were read; what nobody asks of those that are claimed but at last is asked before.
fn at_rest(tree: SourceTree, claims: &[Claim]) -> SourceTree {
    let loaded = claims.par_iter().filter_map(|claim| tree.known_source(claim.file)).filter(|file| file.is_loaded());
    loaded.for_each(|file| {
        note_suppressions(&file);
        note_directions(&file);
    });
    tree.at_rest()
}

/// What `read` gives, and what git knows of the files in `tree`, where the project wants to know: git reads the past while the present
/// is read here.
fn read_with_history<T>(
    project: &Project,
    tree: &SourceTree,
    known: Option<&History>,
    read: impl FnOnce() -> T,
) -> (T, Result<History, NoHistory>) {
    if !project.history {
        return (read(), Err(NoHistory::NotAsked));
    }
    std::thread::scope(|scope| {
        let asked = scope.spawn(|| piece!("history", History::read(&project.root, tree.paths(), known)));
        let present = read();
        let failed = |_| Err(NoHistory::Failed("reading it failed".to_owned()));
        (present, asked.join().unwrap_or_else(failed))
    })
}

/// `diagnostics` at the levels that the project sets, each once, by place.
pub fn report(project: &Project, mut diagnostics: Diagnostics) -> Diagnostics {
    for diagnostic in &mut diagnostics {
        diagnostic.level = project.rules.level_of(diagnostic);
    }
    diagnostics.retain(|diagnostic| diagnostic.level != Level::Off);
    diagnostics.sort_by(|left, right| {
        let key = |found: &crate::diagnostic::Diagnostic| (found.span, found.code);
        key(left).cmp(&key(right)).then_with(|| left.message.cmp(&right.message))
    });
    diagnostics.dedup();
    diagnostics
}
