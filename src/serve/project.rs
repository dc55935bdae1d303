//! The project on disk -> editions of its site, each built as a whole.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::edition::{Changes, Edited, Edition, Editor};
use super::problem::Problems;
use crate::config::{LoadError, Loaded, Project};
use crate::diagnostic::{Code, Diagnostic};
use crate::output::{Site, SitePath};
use crate::pipeline::{Analysis, Build, Progress, build};
use crate::plan::PageContent;
use crate::source::{RepoPath, SourceFile, Sources};

/// What an edit came to, for the terminal.
pub enum Outcome<'a> {
    /// An edition.
    Made {
        /// Of this project.
        project: &'a Project,
        /// What is known of it.
        analysis: &'a Analysis,
        /// How long that took.
        time: Duration,
    },
    /// The settings have errors.
    Unusable(&'a Loaded),
    /// The settings cannot be read.
    Unreadable(&'a LoadError),
}

/// Makes editions of a project.
pub struct ProjectEditor<L, R> {
    load: L,
    progress: Box<dyn Progress + Send>,
    report: R,
    /// The settings that hold.
    loaded: Loaded,
    last: Option<Build>,
    time: Duration,
    /// Why the settings on disk do not hold.
    refusal: Option<Refusal>,
}

enum Refusal {
    Unusable(Box<Loaded>),
    Unreadable(LoadError),
}

impl<L, R> ProjectEditor<L, R>
where
    L: Fn() -> Result<Loaded, LoadError>,
    R: Fn(&Outcome<'_>),
{
    /// An editor for the project that `loaded` describes now and `load` later. `report` is told what each edit came to.
    pub fn new(loaded: Loaded, load: L, progress: Box<dyn Progress + Send>, report: R) -> Self {
        Self { load, progress, report, loaded, last: None, time: Duration::ZERO, refusal: None }
    }
}

impl<L, R> Editor for ProjectEditor<L, R>
where
    L: Fn() -> Result<Loaded, LoadError>,
    R: Fn(&Outcome<'_>),
{
    fn edit(&mut self, changes: &Changes, _overtaken: &dyn Fn() -> bool) -> Edited {
        let start = Instant::now();
        let refusal = match (self.load)() {
            Ok(loaded) if loaded.diagnostics.is_empty() => {
                self.loaded = loaded;
                None
            }
            Ok(loaded) => Some(Refusal::Unusable(Box::new(loaded))),
            Err(error) => Some(Refusal::Unreadable(error)),
        };
        self.refusal = refusal;
        let refused = self.refusal.as_ref().map(Refusal::problems);
        // Until there is an edition, nobody sees why there is none.
        if let Some(problems) = refused.as_ref().filter(|_| self.last.is_some()) {
            return Edited::Refused(problems.clone());
        }
        let build = build(&self.loaded.project, &*self.progress);
        let problems = refused.unwrap_or_else(|| Problems::new(&build.analysis.diagnostics, &build.analysis.tree));
        let edited = self.last.as_ref().map_or_else(Vec::new, |last| edited(last, &build, changes));
        let site = build.site.clone();
        self.last = Some(build);
        self.time = start.elapsed();
        Edited::Edition(Arc::new(Whole { site, edited, problems }))
    }

    fn report(&mut self) {
        let outcome = match (&self.refusal, &self.last) {
            (Some(Refusal::Unusable(loaded)), _) => Outcome::Unusable(loaded),
            (Some(Refusal::Unreadable(error)), _) => Outcome::Unreadable(error),
            (None, Some(Build { analysis, .. })) => {
                Outcome::Made { project: &self.loaded.project, analysis, time: self.time }
            }
            (None, None) => return,
        };
        (self.report)(&outcome);
    }

    fn loaded(&self) -> &Loaded {
        &self.loaded
    }
}

impl Refusal {
    fn problems(&self) -> Problems {
        match self {
            Self::Unusable(loaded) => Problems::new(&loaded.diagnostics, loaded.as_ref()),
            Self::Unreadable(error) => {
                let problem = Diagnostic::without_place(Code::InvalidConfiguration, error.to_string());
                Problems::new(&[problem], &NoSources)
            }
        }
    }
}

/// The files that differ between two builds and show what `changes` are about.
fn edited(last: &Build, now: &Build, changes: &Changes) -> Vec<SitePath> {
    let Analysis { tree, resolved, plan, .. } = &now.analysis;
    let is_edited =
        |source: RepoPath| !matches!(changes, Changes::Everything) && changes.touch(&source.under(tree.root()));
    let mut untouched: Vec<SitePath> = Vec::new();
    for page in &plan.pages {
        let source = match page.content {
            PageContent::Node(id) => resolved.graph.node(id).map(|node| node.span.file),
            PageContent::Overview | PageContent::Section(_) | PageContent::NotFound => None,
        };
        if !source.is_some_and(is_edited) {
            untouched.push(SitePath::new(&page.route.file()));
        }
    }
    untouched.sort();
    let differs = last.site.changes(&now.site);
    let copies: BTreeSet<String> = plan.assets.keys().map(|route| route.file()).collect();
    let shows = |file: &&SitePath| {
        let name = file.as_str();
        let is_shown = name.ends_with(".html") || name.starts_with("assets/") || copies.contains(name);
        is_shown && now.site.get(file).is_some() && untouched.binary_search(file).is_err()
    };
    let (mut pages, files): (Vec<SitePath>, Vec<SitePath>) =
        differs.iter().filter(shows).cloned().partition(|file| file.as_str().ends_with(".html"));
    pages.extend(files);
    pages
}

/// A site that was made as a whole.
struct Whole {
    site: Site,
    edited: Vec<SitePath>,
    problems: Problems,
}

impl Edition for Whole {
    fn file(&self, path: &SitePath) -> Option<Arc<[u8]>> {
        self.site.get(path).cloned()
    }

    fn contains(&self, path: &SitePath) -> bool {
        self.site.get(path).is_some()
    }

    fn edited(&self) -> &[SitePath] {
        &self.edited
    }

    fn problems(&self) -> &Problems {
        &self.problems
    }
}

/// When nothing could be loaded, no file has been read.
struct NoSources;

impl Sources for NoSources {
    fn source(&self, _path: RepoPath) -> Option<Arc<SourceFile>> {
        None
    }
}
