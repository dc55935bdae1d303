//! `package.json`, whose scripts npm, pnpm and yarn run.

use rayon::prelude::*;
use serde_json::Value;

use super::Subject;
use super::declarations::Declarations;
use crate::graph::Thing;
use crate::source::RepoPath;

/// Scripts.
pub(super) fn read(subject: Subject<'_>, paths: &[RepoPath]) -> Declarations {
    let manifests: Vec<RepoPath> = paths.iter().filter(|path| path.file_name() == "package.json").copied().collect();
    let read = |path: RepoPath| {
        let value: Value = serde_json::from_slice(&subject.tree.bytes(path)?).ok()?;
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
