//! A project -> what its nodes promise, without more of it than that needs.

use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Project;
use crate::discover::{SourceTree, discover};
use crate::extract::{REGISTRY, claim};
use crate::graph::{Contracts, Fragment, Graph, assemble};

/// The nodes of a repository that have contracts, and these.
pub struct Promises {
    /// Its files.
    pub tree: SourceTree,
    /// The nodes, and others of the same extractors.
    pub graph: Graph,
    /// What they promise.
    pub contracts: Contracts,
}

/// Whether anything in a file of that name can be part of a contract, or decides which files are read.
pub fn is_read_for_promises(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    let mut extensions = REGISTRY.iter().flat_map(|extractor| extractor.spec().contracts_from);
    name.starts_with('.') && name.ends_with("ignore") || extensions.any(|known| *known == extension)
}

/// Reads what the nodes of `project` promise.
pub fn promises(project: &Project) -> Promises {
    let mut project = project.clone();
    for extractor in REGISTRY.iter().map(|extractor| extractor.spec()).filter(|spec| spec.contracts_from.is_empty()) {
        let mut options = project.extractor(extractor.name);
        options.enabled = false;
        project.extractors.insert(extractor.name.to_owned(), options);
    }
    let tree = discover(&project);
    let units = claim(&tree, &project).units;
    let read: Vec<(Arc<Fragment>, Contracts)> =
        units.par_iter().map(|unit| (Arc::new(unit.read().unshown()), unit.contracts())).collect();
    drop(units);
    let (fragments, contracts): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    let (graph, _) = assemble(fragments);
    Promises { tree, graph, contracts: contracts.into_iter().flatten().collect() }
}
