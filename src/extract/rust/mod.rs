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
//! | `scans` | the files of a crate -> what they say |
//! | `resolve` | the scans of a crate -> modules, and what names mean |
//! | `tokens` | text -> tokens and brackets |
//! | `serve` | a resolved crate -> which functions serve which routes of HTTP |
//! | `constants` | text -> constants that are names |
//! | `declared` | tokens -> what they are a part of |
//! | `emit` | the files of a crate -> the metrics that it registers |
//! | `variables` | the files of a crate -> the environment variables that it reads |
//! | `keys` | the files of a crate -> the keys of configuration files that it reads |
//! | `compiled` | rustdoc's JSON, where there is some -> what source does not tell |
//! | `publish` | a resolved crate -> nodes and links |
//! | `files` | the files of a crate -> the pages that show them |

mod compiled;
mod constants;
mod declared;
mod emit;
mod expand;
mod files;
mod keys;
mod kinds;
mod package;
mod publish;
mod resolve;
mod scan;
mod scans;
mod serve;
mod syntax;
mod tokens;
mod variables;

use std::collections::HashMap;
use std::sync::Arc;

use super::{Extractor, ExtractorSpec, Input};
use crate::config::ExtractorOptions;
use crate::diagnostic::Diagnostics;
use crate::discover::SourceTree;
use crate::graph::Fragment;
use crate::source::{RepoPath, SourceFile};

pub(crate) use syntax::{Mark, marks};

use package::{CrateSource, FoundCrate, find_crates, manifest_problems};
use scans::FirstScan;

static SPEC: ExtractorSpec = ExtractorSpec { name: "rust", version: 6, kinds: &kinds::KINDS, contracts_from: &[] };

/// Reads Rust crates.
#[derive(Debug)]
pub(crate) struct RustExtractor;

/// What the tree tells about an input: a crate, or a manifest that cannot be read.
#[derive(Clone, Debug)]
pub(crate) enum About {
    Crate {
        source: Box<CrateSource>,
        /// Whether its files have pages.
        shows_files: bool,
    },
    BrokenManifest,
}

impl Extractor for RustExtractor {
    type About = About;
    type Scan = FirstScan;

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
            about: About::Crate { source: Box::new(source), shows_files: options.source_pages },
        });
        crates.chain(broken).collect()
    }

    fn scan(&self, _file: &Arc<SourceFile>) -> FirstScan {
        // Not all of an input's files are read on their own.
        FirstScan::default()
    }

    fn extract(&self, input: &Input<About>, scans: &[Arc<FirstScan>]) -> Fragment {
        let About::Crate { source, shows_files } = &input.about else {
            return Fragment { diagnostics: manifest_problems(&input.files[0]), ..Fragment::default() };
        };
        let files: HashMap<RepoPath, Arc<SourceFile>> =
            input.files.iter().map(|file| (file.path(), Arc::clone(file))).collect();
        let by_path: HashMap<RepoPath, &Arc<FirstScan>> =
            input.files.iter().zip(scans).map(|(file, scan)| (file.path(), scan)).collect();
        let own: Vec<(&Arc<SourceFile>, &Arc<FirstScan>)> =
            source.files.iter().filter_map(|path| Some((files.get(path)?, *by_path.get(path)?))).collect();
        let mut scans = match source.is_inlined {
            true => source.shared.of(source, &files),
            false => scans::of_crate(source, &own),
        };
        let problems: Diagnostics =
            source.files.iter().filter_map(|path| scans.get(path)).flat_map(|scan| scan.diagnostics.clone()).collect();
        for other in &source.inlined {
            let shared = other.shared.of(other, &files);
            let unknown: Vec<RepoPath> = other.files.iter().copied().filter(|path| !scans.contains_key(path)).collect();
            scans.extend(unknown.into_iter().filter_map(|path| Some((path, Arc::clone(shared.get(&path)?)))));
        }
        let Some(krate) = resolve::build(source, &scans, None) else {
            return Fragment { diagnostics: problems, ..Fragment::default() };
        };
        let mut fragment = match compiled::supplement(&krate, &files) {
            None => publish::publish(&krate, &files),
            Some((supplement, found)) => {
                let supplied = resolve::build(source, &scans, Some(&supplement));
                let mut fragment = publish::publish(supplied.as_ref().unwrap_or(&krate), &files);
                fragment.diagnostics.extend(found);
                fragment
            }
        };
        if let Some(root) = fragment.nodes.first().filter(|_| *shows_files) {
            fragment.files = files::shown(source, root.id);
        }
        fragment.diagnostics.extend(problems);
        fragment
    }
}

#[cfg(test)]
mod tests {
    use super::RustExtractor;

    #[test]
    fn cases() {
        crate::extract::cases::check_cases(&RustExtractor);
    }
}
