//! The project on disk -> editions of its site.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::edition::{Edited, Edition, Editor};
use super::problem::Problems;
use crate::config::{LoadError, Loaded, Project};
use crate::diagnostic::{Code, Diagnostic};
use crate::discover::Changes;
use crate::output::SitePath;
use crate::pipeline::{self, Analysis, Issue, Progress, Publication, Session};
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
    session: Session,
    last: Option<Arc<Issue>>,
    /// Whether readers see what is wrong with the last issue, and not what is wrong with the settings.
    is_shown: bool,
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
        Self {
            load,
            progress,
            report,
            loaded,
            session: Session::default(),
            last: None,
            is_shown: false,
            time: Duration::ZERO,
            refusal: None,
        }
    }
}

impl<L, R> Editor for ProjectEditor<L, R>
where
    L: Fn() -> Result<Loaded, LoadError>,
    R: Fn(&Outcome<'_>),
{
    fn edit(&mut self, changes: &Changes, overtaken: &dyn Fn() -> bool) -> Edited {
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
            self.is_shown = false;
            return Edited::Refused(problems.clone());
        }
        let project = self.loaded.project.clone();
        let issue = match (self.session.edit(project, changes, overtaken, &*self.progress), &self.last) {
            (pipeline::Edited::Overtaken, _) => return Edited::Overtaken,
            (pipeline::Edited::Issue(issue), _) => issue,
            (pipeline::Edited::Same, Some(last)) if !self.is_shown => Arc::clone(last),
            (pipeline::Edited::Same, _) => return Edited::Same,
        };
        let analysis = &issue.publication.analysis;
        let problems = refused.unwrap_or_else(|| Problems::new(&analysis.diagnostics, &analysis.tree));
        self.last = Some(Arc::clone(&issue));
        self.is_shown = true;
        self.time = start.elapsed();
        Edited::Edition(Arc::new(Current { issue, problems }))
    }

    fn report(&mut self) {
        let outcome = match (&self.refusal, &self.last) {
            (Some(Refusal::Unusable(loaded)), _) => Outcome::Unusable(loaded),
            (Some(Refusal::Unreadable(error)), _) => Outcome::Unreadable(error),
            (None, Some(issue)) => {
                let Publication { project, analysis, .. } = &issue.publication;
                Outcome::Made { project, analysis, time: self.time }
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

/// An issue with what is wrong with it.
struct Current {
    issue: Arc<Issue>,
    problems: Problems,
}

impl Edition for Current {
    fn file(&self, path: &SitePath) -> Option<Arc<[u8]>> {
        self.issue.file(path)
    }

    fn contains(&self, path: &SitePath) -> bool {
        self.issue.contains(path)
    }

    fn edited(&self) -> &[SitePath] {
        &self.issue.edited
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
