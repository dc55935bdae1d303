//! Extraction: what each kind of source says, as fragments of the graph.
//!
//! Enters: the [`SourceTree`]. Leaves: [`Unit`]s, each of which gives a [`Fragment`](crate::graph::Fragment) when it is
//! read, in an order that depends on the sources alone. A unit whose fragment is known need not be read.
//!
//! Each extractor is one folder with its own cases and is known to the rest only through [`REGISTRY`]. A new kind of
//! source is a new folder and a new row there.
//!
//! Architecture invariant: `scan` and `extract` are pure. What they make depends on the text of their input and on
//! nothing else, so that their results can be kept by the hash of that text.

mod adr;
mod alerts;
mod api;
mod asciidoc;
#[cfg(test)]
mod cases;
mod dashboards;
mod date;
mod extractor;
mod front_matter;
mod guides;
mod owners;
mod placeholder;
mod promql;
mod review;
mod runbooks;
mod rust;
mod wording;

use std::sync::OnceLock;

use crate::config::Project;
use crate::discover::SourceTree;
use crate::graph::Kind;
use crate::markdown::Schemes;
use crate::source::{NameSet, RepoPath};

pub(crate) use adr::{NamedRecord, superseded_text, superseding_text};
pub(crate) use review::reviewed_at;
pub(crate) use rust::{Mark as RustMark, marks as rust_marks};

pub use extractor::{Claim, Extractor, ExtractorSpec, Input, RegisteredExtractor, Unit};

/// Every extractor, in the order in which they are offered the files. A file that one has claimed is not offered to
/// those behind it.
pub static REGISTRY: &[&dyn RegisteredExtractor] = &[
    &owners::Owners,
    &api::ApiExtractor,
    &adr::Decisions,
    &runbooks::Runbooks,
    &alerts::Alerts,
    &dashboards::Dashboards,
    &rust::RustExtractor,
    &guides::Guides,
];

/// What there is to read.
pub struct Claimed {
    /// By registry order and then by the extractor's order of inputs.
    pub units: Vec<Unit>,
    /// Which files were claimed, by whom and why: what `-v` and `livedoc init` tell.
    pub claims: Vec<Claim>,
}

/// Offers the files to every extractor that the project has not turned off; those of which others are made to none.
pub fn claim(tree: &SourceTree, project: &Project) -> Claimed {
    let mut taken: NameSet<RepoPath> = owners::files_of_skeletons(tree, project.forge.as_ref()).into_iter().collect();
    let mut claimed = Claimed { units: Vec::new(), claims: Vec::new() };
    for extractor in REGISTRY {
        let options = project.extractor(extractor.spec().name);
        if !options.enabled {
            continue;
        }
        let (units, claims) = extractor.units(&tree.without(&taken), &options);
        taken.extend(claims.iter().map(|claim| claim.file));
        claimed.units.extend(units);
        claimed.claims.extend(claims);
    }
    claimed
}

/// Every kind of node.
pub fn kinds() -> &'static [&'static Kind] {
    static KINDS: OnceLock<Vec<&'static Kind>> = OnceLock::new();
    KINDS.get_or_init(|| REGISTRY.iter().flat_map(|extractor| extractor.spec().kinds).copied().collect())
}

/// The schemes by which references may name nodes: those of every kind.
fn schemes() -> &'static Schemes {
    static SCHEMES: OnceLock<Schemes> = OnceLock::new();
    SCHEMES.get_or_init(|| {
        let words = RegisteredExtractor::spec(&owners::Owners).kinds.iter().map(|kind| kind.scheme);
        Schemes::new(kinds().iter().map(|kind| kind.scheme), words)
    })
}
