//! Rust crates: their modules, items and doc comments, read from source without compiling anything.
//!
//! Enters: manifests and `.rs` files. Leaves: a node for each crate, module, item and member that is published, at
//! rustdoc's own addresses.
//!
//! | module | |
//! |---|---|
//! | `package` | manifests -> crates and the files of each |
//! | `syntax` | text -> where items begin and end |
//! | `expand` | a macro and a call -> the text that it stands for |
//! | `scan` | one file -> its items |
//! | `resolve` | the scans of a crate -> modules, and what names mean |
//! | `publish` | a resolved crate -> nodes and links |

mod expand;
mod kinds;
mod package;
mod publish;
mod resolve;
mod scan;
mod syntax;

use std::collections::HashMap;
use std::sync::Arc;

use super::{Extractor, ExtractorSpec, Input};
use crate::config::ExtractorOptions;
use crate::discover::SourceTree;
use crate::graph::Fragment;
use crate::source::{RepoPath, SourceFile};

pub(crate) use syntax::{Mark, marks};

use package::{CrateSource, FoundCrate, find_crates, manifest_problems};
use scan::{Macros, Scan};

static SPEC: ExtractorSpec = ExtractorSpec { name: "rust", version: 2, kinds: &kinds::KINDS };

/// Reads Rust crates.
#[derive(Debug)]
pub(crate) struct RustExtractor;

/// What the tree tells about an input: a crate, or a manifest that cannot be read.
#[derive(Clone, Debug)]
pub(crate) enum About {
    Crate(Box<CrateSource>),
    BrokenManifest,
}

impl Extractor for RustExtractor {
    type About = About;
    type Scan = Scan;

    fn spec(&self) -> &'static ExtractorSpec {
        &SPEC
    }

    fn inputs(&self, tree: &SourceTree, options: &ExtractorOptions) -> Vec<Input<About>> {
        let found = find_crates(tree, options);
        let broken = found.broken.into_iter().map(|manifest| Input {
            files: vec![manifest],
            reason: "a manifest of Cargo",
            about: About::BrokenManifest,
        });
        let crates = found.crates.into_iter().map(|FoundCrate { source, manifest, files }| Input {
            files: std::iter::once(manifest).chain(files).collect(),
            reason: "part of a Rust crate",
            about: About::Crate(Box::new(source)),
        });
        crates.chain(broken).collect()
    }

    fn scan(&self, file: &Arc<SourceFile>) -> Scan {
        if file.path().has_extension(&["toml"]) { Scan::default() } else { scan::scan(file) }
    }

    fn extract(&self, input: &Input<About>, scans: &[Arc<Scan>]) -> Fragment {
        let About::Crate(source) = &input.about else {
            return Fragment { diagnostics: manifest_problems(&input.files[0]), ..Fragment::default() };
        };
        let files: HashMap<RepoPath, Arc<SourceFile>> =
            input.files.iter().map(|file| (file.path(), Arc::clone(file))).collect();
        // The first file is the manifest.
        let sources = input.files.iter().zip(scans).skip(1);
        let by_path: HashMap<RepoPath, Arc<Scan>> =
            sources.map(|(file, scan)| (file.path(), Arc::clone(scan))).collect();
        // Files of other crates tell what is wrong with them there.
        let own = input.files.iter().zip(scans).filter(|(file, _)| source.files.contains(&file.path()));
        let problems = own.flat_map(|(_, scan)| scan.diagnostics.iter().cloned());
        let by_path = read_again(source, by_path, &files);
        let mut fragment = match resolve::build(source, &by_path) {
            Some(krate) => publish::publish(&krate, &files),
            None => Fragment::default(),
        };
        fragment.diagnostics.extend(problems);
        fragment
    }
}

/// `scans` with those anew that depend on the features or the macros of their crate, and all of the crates that this one
/// re-exports from: which of their items are there depends on other features than its own.
fn read_again(
    source: &CrateSource,
    mut scans: HashMap<RepoPath, Arc<Scan>>,
    files: &HashMap<RepoPath, Arc<SourceFile>>,
) -> HashMap<RepoPath, Arc<Scan>> {
    for of in std::iter::once(source).chain(&source.inlined) {
        let is_own = std::ptr::eq(of, source);
        let paths = of.files.iter().filter(|path| is_own || !source.files.contains(path));
        let known: Vec<(&Arc<SourceFile>, Arc<Scan>)> =
            paths.filter_map(|path| Some((files.get(path)?, Arc::clone(scans.get(path)?)))).collect();
        let macros = Macros::of(known.iter().map(|(file, scan)| (*file, scan)), &of.environment);
        for (file, scan) in known {
            if !is_own || scan.depends || macros.are_called(&scan.items) {
                let scan = scan::scan_in(file, &of.environment, &macros);
                let scan = if is_own { scan } else { scan.settled(&of.environment) };
                scans.insert(file.path(), Arc::new(scan));
            }
        }
    }
    scans
}

#[cfg(test)]
mod tests {
    use super::RustExtractor;

    #[test]
    fn cases() {
        crate::extract::cases::check_cases(&RustExtractor);
    }
}
