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
use crate::source::{Files, Note, RepoPath, SourceFile, stored};

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
    let files = tree.sources(&paths);
    let outlook = |file: Arc<SourceFile>| {
        let outlook = file.noted::<Outlook>();
        outlook.holds_alerts.then_some((file, outlook))
    };
    let files: Vec<(Arc<SourceFile>, Arc<Outlook>)> = files.into_par_iter().filter_map(outlook).collect();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for name in files.iter().flat_map(|(_, outlook)| &outlook.names) {
        *count.entry(name).or_default() += 1;
    }
    let qualifiers = qualifiers(&files.iter().map(|(file, _)| file.path()).collect::<Vec<_>>());
    let pages = tree.paths().filter(|path| path.has_extension(&["md", "markdown"]));
    // Made when the first path is not found.
    let pages = LazyCell::new(|| NearestNames::new(pages.map(RepoPath::as_str)));
    let inputs = files.iter().zip(qualifiers).map(|((file, outlook), qualifier)| {
        let is_shared = |name: &&String| count.get(name.as_str()).is_some_and(|&count| count > 1);
        let shared = outlook.names.iter().filter(is_shared).cloned();
        let runbooks = runbook_paths(tree, file.path(), &outlook.paths, |path| pages.find(path));
        let about = About { qualifier, shared: shared.collect(), runbooks };
        Input { files: vec![Arc::clone(file)], reason: "with groups of alerting rules", about }
    });
    inputs.collect()
}

/// What a file tells before it is read as YAML.
#[derive(Default, PartialEq)]
struct Outlook {
    holds_alerts: bool,
    /// The names of its alerts.
    names: BTreeSet<String>,
    /// The relative paths that stand as runbooks in it.
    paths: BTreeSet<String>,
}

stored! { struct Outlook { holds_alerts, names, paths } }

impl Note for Outlook {
    const NAME: &'static str = "outlook of a rule file";

    fn of(file: &SourceFile) -> Self {
        let text = file.text();
        if !holds_alerts(text) {
            return Self::default();
        }
        Self { holds_alerts: true, names: alert_names(text), paths: written_paths(text) }
    }
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
fn qualifiers(files: &[RepoPath]) -> Vec<String> {
    let parts: Vec<Vec<&str>> = files.iter().map(|path| path.folders().chain([path.stem()]).collect()).collect();
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
    qualifiers.into_iter().zip(files).map(|(found, file)| found.unwrap_or_else(|| file.to_string())).collect()
}

/// The relative paths that stand as runbooks in `text`.
fn written_paths(text: &str) -> BTreeSet<String> {
    static PATH: LazyLock<Regex> = LazyLock::new(|| {
        regex(r#"(?mi)(?:^|[\s{,])["']?runbook(?:[_-]?(?:url|link))?["']?\s*:[ \t]*["']?([^"'\s,{}\[\]|>&*!]+)"#)
    });
    let paths = PATH.captures_iter(text).map(|path| path[1].to_owned());
    paths.filter(|path| is_relative(path)).collect()
}

/// Where the relative `paths` to runbooks in `file` lead: from its folder, or, as is more usual, from the root.
fn runbook_paths(
    tree: &SourceTree,
    file: RepoPath,
    paths: &BTreeSet<String>,
    near: impl Fn(&str) -> Vec<&'static str>,
) -> BTreeMap<String, RunbookPath> {
    let lead = |path: &String| {
        let written = path.split(['#', '?']).next().unwrap_or_default();
        let folders = [file.parent(), RepoPath::root()];
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
        (path.clone(), leads)
    };
    paths.iter().map(lead).collect()
}

/// Whether an address is a path without a scheme that starts at no site's root.
pub(super) fn is_relative(address: &str) -> bool {
    !address.contains(':')
        && !address.starts_with(['/', '#', '$'])
        && !address.contains("{{")
        && (address.contains('/') || address.contains(".md"))
}
