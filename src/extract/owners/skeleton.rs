//! Templates of a catalog's scaffolder -> the folders from which they make repositories. What stands there has parts that are yet to be
//! filled in: it is nobody's document.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::outset::Outlook;
use crate::config::Forge;
use crate::data::{self, Value};
use crate::discover::SourceTree;
use crate::source::{Note, RepoPath, SourceFile, Sources, stored};

/// The steps that copy a folder.
const COPIES: [&str; 2] = ["fetch:template", "fetch:plain"];

/// The files of `tree` that stand in a skeleton.
pub(crate) fn files_of_skeletons(tree: &SourceTree, forge: Option<&Forge>) -> Vec<RepoPath> {
    let candidates: Vec<RepoPath> = tree.files().filter(|path| path.has_extension(&["yaml", "yml"])).collect();
    let skeletons: BTreeSet<RepoPath> =
        candidates.par_iter().flat_map_iter(|path| skeletons_of(tree, *path, forge)).collect();
    if skeletons.is_empty() {
        return Vec::new();
    }
    let is_within = |path: &RepoPath| path.above().any(|folder| skeletons.contains(&folder));
    tree.files().filter(is_within).collect()
}

/// The folders from which the file at `path` makes repositories, if it is a template.
fn skeletons_of(tree: &SourceTree, path: RepoPath, forge: Option<&Forge>) -> Vec<RepoPath> {
    if !tree.of_head::<Outlook>(path).is_some_and(|outlook| outlook.is_template) {
        return Vec::new();
    }
    let Some(file) = tree.source(path) else { return Vec::new() };
    let named = file.noted::<Copied>();
    let folders = named.addresses.iter().filter_map(|address| folder(address, path, forge));
    // A template that copies all around it would be a part of its own skeleton.
    folders.filter(|folder| !path.is_below(*folder)).collect()
}

/// The folder at `address`, as the template at `path` writes it: a relative path, or an address of the repository itself. Where a
/// part is filled in, all that it may be.
fn folder(address: &str, path: RepoPath, forge: Option<&Forge>) -> Option<RepoPath> {
    let address = match address.split_once("${{") {
        Some((before, _)) => before.rsplit_once('/')?.0,
        None => address,
    };
    match address.contains("://") {
        true => forge?.path_of(address.trim_end_matches('/')).map(|(path, _)| path),
        false => path.parent().join(address.trim_end_matches('/')),
    }
}

/// The addresses that a file's templates copy from.
#[derive(PartialEq)]
struct Copied {
    addresses: Vec<String>,
}

stored! { struct Copied { addresses } }

impl Note for Copied {
    const NAME: &'static str = "skeletons of a template";

    fn of(file: &SourceFile) -> Self {
        let (documents, _) = data::read_yaml(file, 0..file.text().len());
        let steps = documents.iter().filter_map(|document| document.get("spec")?.get("steps"));
        let address = |step: &Value| {
            let action = step.get("action").and_then(Value::as_str)?;
            let address = step.get("input")?.get("url").and_then(Value::as_str);
            COPIES.contains(&action).then_some(address?.to_owned())
        };
        Self { addresses: steps.flat_map(Value::items).filter_map(address).collect() }
    }
}
