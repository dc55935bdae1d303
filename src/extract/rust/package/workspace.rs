//! Which packages of a repository belong to what it publishes.
//!
//! All members of its workspaces, and packages that stand alone. A package inside another one's folder that is no
//! member of its workspace (fuzz targets, test fixtures, example projects) was kept apart on purpose, and is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use globset::GlobBuilder;

use super::manifest::{Manifest, Workspace};
use crate::source::RepoPath;

/// The manifests of a repository, by folder.
pub(super) type Manifests = BTreeMap<RepoPath, Arc<Manifest>>;

/// A package that is documented, and the folder of its workspace's manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Member {
    pub(super) folder: RepoPath,
    pub(super) workspace: Option<RepoPath>,
}

/// Folders of a package whose packages are not part of it, unless its workspace says so.
const APART: [&str; 6] = ["examples", "example", "tests", "benches", "fuzz", "fixtures"];

/// The packages that are documented, by folder.
pub(super) fn members(manifests: &Manifests) -> Vec<Member> {
    let mut found: BTreeMap<RepoPath, Option<RepoPath>> = BTreeMap::new();
    // Outer folders come before what is in them.
    for (&folder, manifest) in manifests {
        let outer = above(manifests, folder);
        if let Some(workspace) = &manifest.workspace {
            if outer.is_none() {
                collect(manifests, folder, workspace, &mut found);
            }
        } else if manifest.package.is_some() && !found.contains_key(&folder) {
            let stands_alone = match outer {
                None => true,
                Some(outer) => {
                    let within_workspace =
                        manifests[&outer].workspace.is_some() || found.get(&outer).is_some_and(Option::is_some);
                    let below = folder.strip_folder(outer).unwrap_or_default();
                    !within_workspace && !below.split('/').any(|part| APART.contains(&part))
                }
            };
            if stands_alone {
                found.insert(folder, None);
            }
        }
    }
    found.into_iter().map(|(folder, workspace)| Member { folder, workspace }).collect()
}

/// The nearest folder above `folder` that has a manifest.
fn above(manifests: &Manifests, folder: RepoPath) -> Option<RepoPath> {
    let mut here = folder;
    while here != RepoPath::root() {
        here = here.parent();
        if manifests.contains_key(&here) {
            return Some(here);
        }
    }
    None
}

/// Adds the members of the workspace at `root`: its own package, what its patterns name, what names it, and the local
/// packages that any of them depends on.
fn collect(
    manifests: &Manifests,
    root: RepoPath,
    workspace: &Workspace,
    found: &mut BTreeMap<RepoPath, Option<RepoPath>>,
) {
    let excluded = |folder: RepoPath| {
        workspace.exclude.iter().filter_map(|path| root.join(path)).any(|excluded| folder.is_below(excluded))
    };
    let patterns: Vec<_> = workspace
        .members
        .iter()
        .filter_map(|pattern| root.join(pattern))
        .filter_map(|path| GlobBuilder::new(path.as_str()).literal_separator(true).build().ok())
        .map(|glob| glob.compile_matcher())
        .collect();
    let mut waiting: Vec<RepoPath> = manifests
        .iter()
        .filter(|(folder, manifest)| {
            let package = manifest.package.as_ref();
            let points_here =
                package.and_then(|package| package.workspace.as_deref()).and_then(|path| folder.join(path));
            // A literal member counts even where a pattern of `exclude` covers it.
            let literal = workspace.members.iter().any(|path| root.join(path) == Some(**folder));
            package.is_some()
                && (**folder == root
                    || points_here == Some(root)
                    || literal
                    || patterns.iter().any(|pattern| pattern.is_match(folder.as_str())) && !excluded(**folder))
        })
        .map(|(folder, _)| *folder)
        .collect();
    let mut seen: BTreeSet<RepoPath> = waiting.iter().copied().collect();
    while let Some(folder) = waiting.pop() {
        found.insert(folder, Some(root));
        let Some(package) = manifests.get(&folder).and_then(|manifest| manifest.package.as_ref()) else { continue };
        for dependency in &package.dependencies {
            let local = if dependency.from_workspace {
                let entry = workspace.dependencies.iter().find(|entry| entry.key == dependency.key);
                entry.and_then(|entry| entry.path.as_deref()).and_then(|path| root.join(path))
            } else {
                dependency.path.as_deref().and_then(|path| folder.join(path))
            };
            if let Some(local) = local
                && local.is_below(root)
                && !excluded(local)
                && manifests
                    .get(&local)
                    .is_some_and(|manifest| manifest.package.is_some() && manifest.workspace.is_none())
                && seen.insert(local)
            {
                waiting.push(local);
            }
        }
    }
}
