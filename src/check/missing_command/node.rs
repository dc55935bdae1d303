//! `package.json`, whose scripts npm, pnpm and yarn run.

use rayon::prelude::*;
use serde_json::Value;

use super::declarations::Declarations;
use super::snapshot::Snapshot;
use crate::graph::Thing;
use crate::source::RepoPath;

/// Scripts.
pub(super) fn read(snapshot: &Snapshot<'_>) -> Declarations {
    let manifests: Vec<RepoPath> = snapshot.paths.iter().copied().filter(|path| is_read(*path)).collect();
    let read = |path: RepoPath| {
        let value: Value = serde_json::from_slice(&(snapshot.bytes)(path)?).ok()?;
        let scripts = value.get("scripts").and_then(Value::as_object);
        Some((path, scripts.into_iter().flat_map(|scripts| scripts.keys().cloned()).collect::<Vec<String>>()))
    };
    let manifests: Vec<(RepoPath, Vec<String>)> = manifests.into_par_iter().filter_map(read).collect();
    let mut declarations = Declarations::default();
    for (path, scripts) in manifests {
        declarations.add_head(path, false);
        scripts.iter().for_each(|script| declarations.declare(Thing::Script, script, path));
    }
    declarations
}

/// Whether the file at `path` is read for what it declares.
pub(super) fn is_read(path: RepoPath) -> bool {
    path.file_name() == "package.json"
}
