//! What links are looked up in: the same for all graphs of one shape in one repository.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::anchors::Places;
use super::generators::SitePlaces;
use super::lookup::Names;
use super::{Graph, NodeId};
use crate::diagnostic::NearestNames;
use crate::source::{Files, RepoPath};

/// Folders of what others wrote, which nobody means.
const OF_OTHERS: &[&str] = &["node_modules", "third_party", "vendor"];

/// Names, places and paths. Cheap to clone: clones share them.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) names: Arc<Names>,
    pub(super) places: Arc<Places>,
    /// Made when the first path is not found.
    near_paths: Arc<OnceLock<NearestNames<'static>>>,
    /// Likewise.
    sites: Arc<OnceLock<SitePlaces>>,
}

impl Known {
    /// That of `graph`.
    pub(super) fn of(graph: &Graph) -> Self {
        Self {
            names: Arc::new(Names::of(graph)),
            places: Arc::new(Places::of(graph)),
            near_paths: Arc::default(),
            sites: Arc::default(),
        }
    }

    /// The same, as it is before anybody asks, which takes less memory; `graph` is that of which it is.
    pub(super) fn at_rest(self, graph: &Graph) -> Self {
        Self { names: Arc::new(Names::of(graph)), near_paths: Arc::default(), ..self }
    }

    /// The same, where `graph` has other places on `pages`.
    pub(super) fn with_other_places(&self, graph: &Graph, pages: &BTreeSet<NodeId>) -> Self {
        Self { places: Arc::new(self.places.without(graph, pages)), ..self.clone() }
    }

    /// What `files` tell of sites.
    pub(super) fn sites(&self, files: &dyn Files) -> &SitePlaces {
        self.sites.get_or_init(|| SitePlaces::of(files))
    }

    /// Those of `files` that resemble `path`.
    pub(super) fn near_paths(&self, files: &dyn Files, path: RepoPath) -> Vec<&'static str> {
        let is_own = |path: &RepoPath| !path.parts().any(|part| OF_OTHERS.contains(&part));
        let own = || NearestNames::new(files.paths().filter(is_own).map(RepoPath::as_str));
        self.near_paths.get_or_init(own).find(path.as_str())
    }
}
