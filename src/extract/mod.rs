//! Extraction: what each kind of source says, as fragments of the graph.
//!
//! Enters: the [`SourceTree`]. Leaves: [`Fragment`]s and diagnostics, in an order that depends on the sources alone.
//!
//! Each extractor is one folder with its own cases and is known to the rest only through [`REGISTRY`]. A new kind of
//! source is a new folder and a new row there.
//!
//! Architecture invariant: `scan` and `extract` are pure. What they make depends on the text of their input and on
//! nothing else, so that their results can be kept by the hash of that text.

mod adr;
mod alerts;
mod api;
#[cfg(test)]
mod cases;
mod date;
mod extractor;
mod front_matter;
mod guides;
mod runbooks;
mod rust;
mod wording;

use std::collections::BTreeSet;

use crate::config::Project;
use crate::discover::SourceTree;
use crate::graph::Fragment;

pub use extractor::{Claim, Extractor, ExtractorSpec, Input, RegisteredExtractor};

/// Every extractor, in the order in which they are offered the files. A file that one has claimed is not offered to
/// those behind it.
pub static REGISTRY: &[&dyn RegisteredExtractor] =
    &[&api::ApiExtractor, &adr::Decisions, &runbooks::Runbooks, &alerts::Alerts, &rust::RustExtractor, &guides::Guides];

/// What extraction leaves.
pub struct Extracted {
    /// One for each input, by registry order and then by the extractor's order of inputs.
    pub fragments: Vec<Fragment>,
    /// Which files were claimed, by whom and why: what `-v` and `livedoc init` tell.
    pub claims: Vec<Claim>,
}

/// Runs every extractor that the project has not turned off.
pub fn extract(tree: &SourceTree, project: &Project) -> Extracted {
    let mut claimed = BTreeSet::new();
    let mut extracted = Extracted { fragments: Vec::new(), claims: Vec::new() };
    for extractor in REGISTRY {
        let options = project.extractor(extractor.spec().name);
        if !options.enabled {
            continue;
        }
        let (fragments, claims) = extractor.run(&tree.without(&claimed), &options);
        claimed.extend(claims.iter().map(|claim| claim.file));
        extracted.fragments.extend(fragments);
        extracted.claims.extend(claims);
    }
    extracted
}

/// The schemes by which references may name nodes: those of every kind.
pub fn schemes() -> BTreeSet<&'static str> {
    REGISTRY.iter().flat_map(|extractor| extractor.spec().kinds).map(|kind| kind.scheme).collect()
}
