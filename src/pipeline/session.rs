//! A repository that is edited while its site is looked at.
//!
//! Enters: what changed on disk. Leaves: a new [`Publication`], for which only what changed was read. Between edits a session
//! keeps the texts, the fragments and the search index.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::config::Project;
use crate::discover::{Changes, discover, rediscover};
use crate::graph::{Fragment, Node};
use crate::output::SitePath;
use crate::plan::Page;
use crate::search::Index;
use crate::source::ContentHash;

use super::indexing::Indexing;
use super::publication::{GRAPH, Made};
use super::{Analysis, Progress, Publication, Remembered, connect, read};

/// What is kept between edits.
#[derive(Default)]
pub struct Session {
    fragments: Remembered,
    latest: Option<Arc<Issue>>,
}

/// The site after an edit.
pub struct Issue {
    /// What it is made from.
    pub publication: Publication,
    /// The files that show what was edited: pages, then the theme's own.
    pub edited: Vec<SitePath>,
    index: OnceLock<(Arc<Index>, Files)>,
    /// The last index that was made for an issue before this one.
    previous: Option<Arc<Index>>,
    others: OnceLock<Files>,
}

/// Files that are made together.
type Files = BTreeMap<SitePath, Arc<[u8]>>;

impl Session {
    /// Reads what `changes` touched, and follows every link anew. `None` when `overtaken` said that it is better to give up.
    pub fn edit(
        &mut self,
        project: Project,
        changes: &Changes,
        overtaken: &dyn Fn() -> bool,
        progress: &dyn Progress,
    ) -> Option<Arc<Issue>> {
        let before = self.latest.as_ref().map(|issue| &issue.publication.analysis.tree);
        let tree = match before {
            Some(before) => rediscover(&project, before, changes),
            None => discover(&project).lasting(),
        };
        let read = read(&project, tree, &self.fragments, progress);
        self.fragments = std::mem::take(&mut self.fragments).turn();
        // What was read stays for the next time; what follows would be for nothing.
        if overtaken() {
            return None;
        }
        let analysis = connect(&project, read, progress);
        let publication = Publication::new(project, analysis);
        let edited =
            self.latest.as_ref().map(|latest| edited(&latest.publication, &publication, changes)).unwrap_or_default();
        let previous = self.latest.as_ref().and_then(|latest| latest.known());
        let issue = Issue { publication, edited, index: OnceLock::new(), previous, others: OnceLock::new() };
        let issue = Arc::new(issue);
        self.latest = Some(Arc::clone(&issue));
        Some(issue)
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
            let known = self.previous.as_deref().map(|index| (index, keys.as_slice()));
            let index = Indexing::new(publication, &pages, known).finish(&vec![false; pages.len()], &keys);
            let files = index.files().map(|(path, bytes)| (SitePath::new(&format!("search/{path}")), bytes)).collect();
            (Arc::new(index), files)
        });
        files
    }

    /// The newest index that was made.
    fn known(&self) -> Option<Arc<Index>> {
        self.index.get().map(|(index, _)| Arc::clone(index)).or_else(|| self.previous.clone())
    }
}

/// The files that show what differs between two publications in itself, and not only because others do.
fn edited(before: &Publication, after: &Publication, changes: &Changes) -> Vec<SitePath> {
    let known: HashSet<*const Fragment> = before.analysis.resolved.graph.fragments().iter().map(Arc::as_ptr).collect();
    let Analysis { resolved, plan, .. } = &after.analysis;
    let new = resolved.graph.fragments().iter().filter(|fragment| !known.contains(&Arc::as_ptr(fragment)));
    let nodes = new.flat_map(|fragment| &fragment.nodes);
    let changed =
        nodes.filter(|node| before.analysis.resolved.graph.node(node.id).is_none_or(|old| !says_the_same(old, node)));
    let mut seen = HashSet::new();
    let pages = changed.filter_map(|node| plan.place(node.id)).map(|place| place.route);
    let pages = pages.filter(|route| seen.insert(*route)).map(|route| SitePath::new(&route.file()));
    let mut files: Vec<SitePath> = pages.collect();
    let old: HashSet<_> = before.analysis.theme.files().map(|file| (&file.path, &file.bytes)).collect();
    let theme = after.analysis.theme.files().filter(|file| !old.contains(&(&file.path, &file.bytes)));
    files.extend(theme.map(|file| SitePath::new(&file.path)));
    let is_known = |changes: &Changes| !matches!(changes, Changes::Everything);
    let root = after.analysis.tree.root();
    let copied = plan.assets.iter().filter(|(_, path)| is_known(changes) && changes.touch(&path.under(root)));
    files.extend(copied.map(|(route, _)| SitePath::new(&route.file())));
    files
}

/// Whether two nodes of one id say the same, wherever they are written.
fn says_the_same(left: &Node, right: &Node) -> bool {
    (&left.title, &left.summary, &left.facts, &left.body) == (&right.title, &right.summary, &right.facts, &right.body)
}
