//! A repository that is edited while its site is looked at.
//!
//! Enters: what changed on disk. Leaves: a new [`Publication`], for which only what changed was read. Between edits a session
//! keeps the texts, the fragments and the search index.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::config::Project;
use crate::discover::{Changes, SourceTree};
use crate::graph::{Fragment, Graph, Node};
use crate::output::SitePath;
use crate::plan::Page;
use crate::search::Index;
use crate::source::ContentHash;

use super::connect::{Before, reconnect};
use super::indexing::Indexing;
use super::publication::{GRAPH, Made};
use super::reading::Reading;
use super::{Analysis, Progress, Publication, connect};

/// What is kept between edits.
#[derive(Default)]
pub struct Session {
    reading: Option<Reading>,
    latest: Option<Latest>,
    /// Whether more than the texts of some files may differ from the latest issue.
    is_upset: bool,
}

struct Latest {
    issue: Arc<Issue>,
    /// What it was joined from, by unit.
    fragments: Vec<Arc<Fragment>>,
}

/// What an edit came to.
pub enum Edited {
    /// Another site.
    Issue(Arc<Issue>),
    /// What was written changes nothing.
    Same,
    /// It was given up.
    Overtaken,
}

/// The site after an edit.
pub struct Issue {
    /// What it is made from.
    pub publication: Publication,
    /// The files that show what was edited: pages, then the theme's own.
    pub edited: Vec<SitePath>,
    index: OnceLock<(Index, Files)>,
    /// The last index that was made for an issue before this one.
    previous: Option<Index>,
    others: OnceLock<Files>,
}

/// Files that are made together.
type Files = BTreeMap<SitePath, Arc<[u8]>>;

impl Session {
    /// Reads what `changes` touched since the last issue, and makes one of it, unless `overtaken` says that it is better to give
    /// up.
    pub fn edit(
        &mut self,
        project: Project,
        changes: &Changes,
        overtaken: &dyn Fn() -> bool,
        progress: &dyn Progress,
    ) -> Edited {
        let reading = match &mut self.reading {
            Some(reading) => {
                self.is_upset |= !reading.again(&project, changes, progress);
                reading
            }
            None => self.reading.insert(Reading::begin(&project, progress)),
        };
        // What was read stays for the next time; what follows would be for nothing.
        if overtaken() {
            return Edited::Overtaken;
        }
        let is_of_as_many = |latest: &&Latest| latest.fragments.len() == reading.fragments().len();
        let known = self.latest.as_ref().filter(|_| !self.is_upset).filter(is_of_as_many);
        let rewritten = known.map(|latest| latest.rewritten(reading.fragments()));
        if let (Some(latest), Some(rewritten)) = (known, &rewritten)
            && rewritten.is_empty()
            && !latest.issue.shows(reading.tree(), changes)
        {
            return Edited::Same;
        }
        let analysis = known.zip(rewritten).and_then(|(latest, rewritten)| {
            let analysis = &latest.issue.publication.analysis;
            let is_theme_touched = changes.reach_into(&project.site.theme.under(&project.root));
            let history = reading.history();
            let before = Before { analysis, rewritten: &rewritten, is_theme_touched, history };
            reconnect(&project, reading.tree(), reading.claims(), &before, progress)
        });
        let analysis = analysis.unwrap_or_else(|| connect(&project, reading.read(), None, None, progress));
        let latest = self.latest.as_ref().map(|latest| &*latest.issue);
        let publication = match latest {
            Some(latest) => Publication::after(&latest.publication, project, analysis),
            None => Publication::new(project, analysis),
        };
        let edited = latest.map(|latest| edited(&latest.publication, &publication, changes)).unwrap_or_default();
        let previous = latest.and_then(Issue::known);
        let issue = Issue { publication, edited, index: OnceLock::new(), previous, others: OnceLock::new() };
        let issue = Arc::new(issue);
        self.latest = Some(Latest { issue: Arc::clone(&issue), fragments: reading.fragments().to_vec() });
        self.is_upset = false;
        Edited::Issue(issue)
    }
}

impl Latest {
    /// Its fragments that are others in `now`, and those.
    fn rewritten<'a>(&'a self, now: &'a [Arc<Fragment>]) -> Vec<(&'a Arc<Fragment>, &'a Arc<Fragment>)> {
        self.fragments.iter().zip(now).filter(|(old, new)| !Arc::ptr_eq(old, new)).collect()
    }
}

impl Issue {
    /// Makes the file at `path`. `None` when there is none. Files of the search take as long as its index takes, the first
    /// time.
    pub fn file(&self, path: &SitePath) -> Option<Arc<[u8]>> {
        let publication = &self.publication;
        if path.as_str().starts_with("search/") {
            return self.index().get(path).cloned();
        }
        match publication.what(path) {
            Some(Made::Page(page)) => {
                let files = publication.pages().make(page).files;
                files.into_iter().find(|(name, _)| name == path.as_str()).map(|(_, bytes)| bytes.into())
            }
            Some(Made::Asset(path)) => publication.analysis.tree.bytes(path).map(Into::into),
            Some(Made::Theme(file)) => Some(Arc::clone(&file.bytes)),
            Some(Made::Graph) => Some(publication.graph().into()),
            None => self.others().get(path).cloned(),
        }
    }

    /// Whether there is a file at `path`.
    pub fn contains(&self, path: &SitePath) -> bool {
        self.publication.what(path).is_some()
            || path.as_str().starts_with("search/")
            || self.others().contains_key(path)
    }

    /// Whether a file that is not read for the graph, and that `changes` touched, shows in the site: one of the theme, or one that
    /// goes into it as it is.
    fn shows(&self, tree: &SourceTree, changes: &Changes) -> bool {
        let Publication { project, analysis, .. } = &self.publication;
        let root = tree.root();
        changes.reach_into(&project.site.theme.under(root))
            || analysis.plan.assets.values().any(|path| changes.touch(&path.under(root)))
    }

    /// Every file, by path.
    pub fn files(&self) -> Vec<SitePath> {
        let pages = self.publication.pages();
        let of_page = |page: &Page| [Some(page.file()), page.copy()];
        let mut files: Vec<SitePath> =
            pages.all().flat_map(of_page).flatten().map(|path| SitePath::new(&path)).collect();
        files.extend(self.publication.analysis.plan.assets.keys().map(|route| SitePath::new(&route.file())));
        files.push(SitePath::new(GRAPH));
        files.extend(self.others().keys().chain(self.index().keys()).cloned());
        files.sort();
        files
    }

    fn others(&self) -> &Files {
        self.others.get_or_init(|| {
            let files = self.publication.pages().others().into_iter();
            files.map(|(path, bytes)| (SitePath::new(&path), bytes.into())).collect()
        })
    }

    fn index(&self) -> &Files {
        let (_, files) = self.index.get_or_init(|| {
            let publication = &self.publication;
            let pages: Vec<&Page> = publication.pages().all().collect();
            let keys: Vec<ContentHash> = pages.par_iter().map(|page| publication.key(page)).collect();
            let known = self.previous.as_ref().map(|index| (index, keys.as_slice()));
            let index = Indexing::new(publication, &pages, known).finish(&vec![false; pages.len()], &keys);
            let files = index.files().map(|(path, bytes)| (SitePath::new(&format!("search/{path}")), bytes)).collect();
            (index, files)
        });
        files
    }

    /// The newest index that was made.
    fn known(&self) -> Option<Index> {
        self.index.get().map(|(index, _)| index.clone()).or_else(|| self.previous.clone())
    }
}

/// The files that show what differs between two publications in itself, and not only because others do.
fn edited(before: &Publication, after: &Publication, changes: &Changes) -> Vec<SitePath> {
    let Analysis { resolved, plan, theme, .. } = &after.analysis;
    let old = &before.analysis;
    let changed = new_fragments(&old.resolved.graph, &resolved.graph)
        .flat_map(|fragment| &fragment.nodes)
        .filter(|node| old.resolved.graph.node(node.id).is_none_or(|old| !says_the_same(old, node)));
    let mut seen = HashSet::new();
    let pages = changed.filter_map(|node| plan.place(node.id)).map(|place| place.route);
    let pages = pages.filter(|route| seen.insert(*route)).map(|route| SitePath::new(&route.file()));
    let mut files: Vec<SitePath> = pages.collect();
    if !Arc::ptr_eq(&old.theme, theme) {
        let known: HashSet<_> = old.theme.files().map(|file| (&file.path, &file.bytes)).collect();
        let own = theme.files().filter(|file| !known.contains(&(&file.path, &file.bytes)));
        files.extend(own.map(|file| SitePath::new(&file.path)));
    }
    let is_known = |changes: &Changes| !matches!(changes, Changes::Everything);
    let root = after.analysis.tree.root();
    let copied = plan.assets.iter().filter(|(_, path)| is_known(changes) && changes.touch(&path.under(root)));
    files.extend(copied.map(|(route, _)| SitePath::new(&route.file())));
    files
}

/// The fragments of `after` that `before` does not have.
fn new_fragments<'a>(before: &Graph, after: &'a Graph) -> impl Iterator<Item = &'a Arc<Fragment>> {
    // Most stand where they stood.
    fn moved<'g>(one: &'g Graph, other: &Graph) -> impl Iterator<Item = &'g Arc<Fragment>> {
        let other = other.fragments();
        let stays = |(place, fragment): &(usize, &Arc<Fragment>)| {
            other.get(*place).is_some_and(|other| Arc::ptr_eq(fragment, other))
        };
        let moved = one.fragments().iter().enumerate().filter(move |entry| !stays(entry));
        moved.map(|(_, fragment)| fragment)
    }
    let known: HashSet<*const Fragment> = moved(before, after).map(Arc::as_ptr).collect();
    let new: Vec<&Arc<Fragment>> =
        moved(after, before).filter(|fragment| !known.contains(&Arc::as_ptr(fragment))).collect();
    new.into_iter()
}

/// Whether two nodes of one id say the same, wherever they are written.
fn says_the_same(left: &Node, right: &Node) -> bool {
    (&left.title, &left.summary, &left.facts, &left.body) == (&right.title, &right.summary, &right.facts, &right.body)
}
