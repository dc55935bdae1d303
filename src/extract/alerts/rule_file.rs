//! Which files hold alerting rules, and what their alerts are called across the repository.
//!
//! An alert is called by its name alone where one file has it. Where several have, each is called by its file as well:
//! the last parts of the file's path that tell it from every other rule file.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;
use regex::Regex;

use crate::config::ExtractorOptions;
use crate::diagnostic::NearestNames;
use crate::discover::SourceTree;
use crate::extract::Input;
use crate::extract::wording::regex;
use crate::source::{Files, RepoPath, SourceFile};

/// What the tree tells about one rule file.
#[derive(Clone, Debug)]
pub(crate) struct About {
    /// Its name among the rule files: `api.rules`, `shop/api.rules`.
    pub(super) qualifier: String,
    /// The names of alerts that other files have, too.
    pub(super) shared: BTreeSet<String>,
    /// The relative paths that stand as runbooks in it, and where each leads.
    pub(super) runbooks: BTreeMap<String, RunbookPath>,
}

/// Where a relative path to a runbook leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RunbookPath {
    /// To this file of the repository.
    File(RepoPath),
    /// To nothing, although it can only mean a file of this repository; with files of similar names.
    Missing(Vec<String>),
    /// It may be a part of an address that another tool completes.
    Unknown,
}

/// The rule files of `tree`, by path: those with groups of alerts in them, whatever their names.
pub(super) fn find_rule_files(tree: &SourceTree, options: &ExtractorOptions) -> Vec<Input<About>> {
    let fits = |path: RepoPath| path.has_extension(&["yaml", "yml", "rules"]);
    let paths: Vec<RepoPath> = tree.files().filter(|path| options.admits(*path, || fits(*path))).collect();
    let mut files = tree.sources(&paths);
    files.retain(|file| holds_alerts(file.text()));
    let names: Vec<BTreeSet<String>> = files.par_iter().map(|file| alert_names(file.text())).collect();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names.iter().flatten() {
        *count.entry(name).or_default() += 1;
    }
    let qualifiers = qualifiers(&files);
    let pages = tree.paths().filter(|path| path.has_extension(&["md", "markdown"]));
    // Made when the first path is not found.
    let pages = LazyCell::new(|| NearestNames::new(pages.map(RepoPath::as_str)));
    let inputs = files.iter().zip(&names).zip(qualifiers).map(|((file, names), qualifier)| {
        let shared = names.iter().filter(|name| count.get(name.as_str()).is_some_and(|&count| count > 1)).cloned();
        let runbooks = runbook_paths(tree, file, |path| pages.find(path));
        let about = About { qualifier, shared: shared.collect(), runbooks };
        Input { files: vec![Arc::clone(file)], reason: "with groups of alerting rules", about }
    });
    inputs.collect()
}

/// Whether `text` has the keys of a rule file, judged without parsing it.
fn holds_alerts(text: &str) -> bool {
    static GROUPS: LazyLock<Regex> = LazyLock::new(|| regex(r#"(?m)^[\s{]*(?:-\s+)*["']?groups["']?\s*:"#));
    static KEYS: LazyLock<[Regex; 2]> =
        LazyLock::new(|| ["alert", "expr"].map(|key| regex(&format!(r#"(?m)(?:^|[\s{{,-])["']?{key}["']?\s*:"#))));
    text.contains("alert") && GROUPS.is_match(text) && KEYS.iter().all(|key| key.is_match(text))
}

fn alert_names(text: &str) -> BTreeSet<String> {
    static NAME: LazyLock<Regex> =
        LazyLock::new(|| regex(r#"(?m)(?:^|[\s{,-])["']?alert["']?\s*:[ \t]*["']?([^"'\n#,}]+)"#));
    NAME.captures_iter(text).map(|name| name[1].trim().to_owned()).collect()
}

/// For each file the fewest last parts of its path, without the ending, that no other file's path ends with.
fn qualifiers(files: &[Arc<SourceFile>]) -> Vec<String> {
    let parts: Vec<Vec<&str>> =
        files.iter().map(|file| file.path().folders().chain([file.path().stem()]).collect()).collect();
    let tail = |parts: &[&str], length: usize| parts[parts.len().saturating_sub(length)..].join("/");
    let longest = parts.iter().map(Vec::len).max().unwrap_or(0);
    let mut qualifiers: Vec<Option<String>> = vec![None; files.len()];
    for length in 1..=longest {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for parts in &parts {
            *count.entry(tail(parts, length)).or_default() += 1;
        }
        for (qualifier, parts) in qualifiers.iter_mut().zip(&parts) {
            let tail = tail(parts, length);
            if qualifier.is_none() && count.get(&tail) == Some(&1) {
                *qualifier = Some(tail);
            }
        }
    }
    // Two files that differ in their endings only keep them.
    qualifiers.into_iter().zip(files).map(|(found, file)| found.unwrap_or_else(|| file.path().to_string())).collect()
}

/// Where the relative paths to runbooks in `file` lead: from its folder, or, as is more usual, from the root.
fn runbook_paths(
    tree: &SourceTree,
    file: &SourceFile,
    near: impl Fn(&str) -> Vec<&'static str>,
) -> BTreeMap<String, RunbookPath> {
    static PATH: LazyLock<Regex> = LazyLock::new(|| {
        regex(r#"(?mi)(?:^|[\s{,])["']?runbook(?:[_-]?(?:url|link))?["']?\s*:[ \t]*["']?([^"'\s,{}\[\]|>&*!]+)"#)
    });
    let mut found = BTreeMap::new();
    for path in PATH.captures_iter(file.text()).map(|path| path[1].to_owned()) {
        if !is_relative(&path) || found.contains_key(&path) {
            continue;
        }
        let written = path.split(['#', '?']).next().unwrap_or_default();
        let folders = [file.path().parent(), RepoPath::root()];
        let file_of = |folder: RepoPath| {
            let path = folder.join(written)?;
            (tree.contains(path) && !tree.is_folder(path)).then_some(path)
        };
        let first = written.split('/').next().unwrap_or_default();
        let inside = || folders.iter().any(|folder| folder.join(first).is_some_and(|path| tree.is_folder(path)));
        let leads = match folders.iter().find_map(|folder| file_of(*folder)) {
            Some(path) => RunbookPath::File(path),
            None if written.ends_with(".md") && inside() => {
                RunbookPath::Missing(near(written).into_iter().map(str::to_owned).collect())
            }
            None => RunbookPath::Unknown,
        };
        found.insert(path, leads);
    }
    found
}

/// Whether an address is a path without a scheme that starts at no site's root.
pub(super) fn is_relative(address: &str) -> bool {
    !address.contains(':')
        && !address.starts_with(['/', '#', '$'])
        && !address.contains("{{")
        && (address.contains('/') || address.contains(".md"))
}
