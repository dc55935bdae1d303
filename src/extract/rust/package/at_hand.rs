//! A dependency that has no documentation here -> its library, where the repository has the source: in the folder that a
//! manifest gives, or in one that `cargo vendor` made (<https://doc.rust-lang.org/cargo/commands/cargo-vendor.html>).
//!
//! What a machine has downloaded does not count: everybody is to see the same pages.

use std::sync::Arc;

use super::manifest::{self, Inheritable, Manifest};
use crate::data::{Value, read_toml};
use crate::discover::SourceTree;
use crate::source::{Files, RepoPath, SourceFile, Sources};

/// Where a workspace keeps settings of Cargo.
pub(super) const SETTINGS: [&str; 2] = [".cargo/config.toml", ".cargo/config"];

/// Where `cargo vendor` puts packages unless it is told otherwise.
const VENDORED: &str = "vendor";

/// The file that the library of `package` starts with. `workspace` is the folder of the workspace that depends on it, `version` the
/// version that it wants, and `given` the folder in which a manifest says that it lies.
pub(super) fn find_library(
    tree: &SourceTree,
    workspace: RepoPath,
    package: &str,
    version: &str,
    given: Option<RepoPath>,
) -> Option<RepoPath> {
    let is_wanted = |manifest: &Manifest, is_given: bool| {
        manifest.package.as_ref().is_some_and(|found| {
            let has_version = matches!(&found.version, Inheritable::Given(found) if found == version);
            found.name == package && (is_given || has_version)
        })
    };
    let library = |folder: RepoPath, is_given: bool| {
        let (_, manifest) = read_manifest(tree, folder)?;
        let library = manifest.package.as_ref().filter(|_| is_wanted(&manifest, is_given))?.library.as_ref();
        let root = folder.join(library.and_then(|library| library.path.as_deref()).unwrap_or("src/lib.rs"))?;
        tree.contains(root).then_some(root)
    };
    let vendored = || {
        let names = [package.to_owned(), format!("{package}-{version}")];
        let named = move |folder: RepoPath| names.clone().map(|name| folder.join(&name));
        vendor_folders(tree, workspace).into_iter().flat_map(named).flatten()
    };
    let at_path = given.and_then(|folder| library(folder, true));
    at_path.or_else(|| vendored().find_map(|folder| library(folder, false)))
}

/// The manifest in `folder`, whether or not documentation is read there.
pub(super) fn read_manifest(tree: &SourceTree, folder: RepoPath) -> Option<(Arc<SourceFile>, Arc<Manifest>)> {
    let path = folder.join("Cargo.toml").filter(|path| tree.contains(*path))?;
    let file = tree.source(path)?;
    let manifest = file.told(manifest::read).manifest.clone()?;
    Some((file, manifest))
}

/// The folders from which Cargo takes packages instead of from a registry, for the workspace in `folder`.
fn vendor_folders(tree: &SourceTree, folder: RepoPath) -> Vec<RepoPath> {
    let mut found = Vec::new();
    for folder in std::iter::once(folder).chain(folder.above()) {
        for settings in SETTINGS {
            let path = folder.join(settings).filter(|path| tree.contains(*path));
            let directories = path.and_then(|path| tree.source(path)).map(|file| file.told(directories));
            found
                .extend(directories.iter().flat_map(|list| list.iter()).filter_map(|directory| folder.join(directory)));
        }
        found.extend(folder.join(VENDORED).filter(|path| tree.is_folder(*path)));
    }
    found
}

/// What settings of Cargo say of sources that are folders
/// (<https://doc.rust-lang.org/cargo/reference/source-replacement.html>).
fn directories(settings: &SourceFile) -> Vec<String> {
    let (value, _) = read_toml(settings, 0..settings.text().len());
    let sources = value.as_ref().and_then(|value| value.get("source")).map_or(&[][..], Value::entries);
    let directory = |source: &crate::data::Entry| source.value.get("directory")?.as_str().map(str::to_owned);
    sources.iter().filter_map(directory).collect()
}
