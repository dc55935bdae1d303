//! rustdoc's JSON of a crate -> the items that its source does not tell.
//!
//! Enters: the JSON, and the crate as it was read from source. Leaves: a [`Supplement`] with what macros, derives and build
//! scripts made. Source stays what counts: an item that is written in it is never taken from here. The format is that of
//! the crate `rustdoc-types`.

mod declaration;
mod document;
mod mentions;
mod missing;
mod place;
mod type_text;

use std::collections::HashMap;
use std::sync::Arc;

use super::resolve::{Crate, ModuleId, Supplement};
use crate::diagnostic::Diagnostics;
use crate::source::{RepoPath, SourceFile};

use document::Document;
use missing::Search;
use place::Places;

/// What the JSON files of `krate` and of the crates that it inlines know beside their sources, and what is wrong with
/// its own. `files` are their files, those of JSON among them.
pub(crate) fn supplement(
    krate: &Crate<'_>,
    files: &HashMap<RepoPath, Arc<SourceFile>>,
) -> Option<(Supplement, Diagnostics)> {
    let inlined = krate.inlined.iter().map(|(source, root)| (*source, *root));
    let crates: Vec<_> = std::iter::once((krate.source, ModuleId(0))).chain(inlined).collect();
    let (mut supplement, mut diagnostics) = (Supplement::default(), Diagnostics::new());
    let mut is_known = false;
    for (source, root) in crates {
        let Some(file) = source.compiled.and_then(|path| files.get(&path)) else { continue };
        is_known = true;
        let (value, problem) = document::read(file, &source.name);
        let mut problems: Diagnostics = problem.into_iter().collect();
        if let Some(document) = value.as_ref().and_then(Document::new) {
            let mut search = Search::new(krate, source, &document, Places::new(source, files));
            search.module(document.root(), root);
            problems.extend(search.stale(file));
            supplement.take(source.name.clone(), search.into_supplied());
        }
        // Each crate reports for itself.
        if root == ModuleId(0) {
            diagnostics = problems;
        }
    }
    is_known.then_some((supplement, diagnostics))
}
