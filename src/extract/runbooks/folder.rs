//! Which files are runbooks, and what each is called across the repository.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use regex::Regex;

use crate::config::ExtractorOptions;
use crate::discover::SourceTree;
use crate::extract::wording::{regex, slug, slug_path};
use crate::extract::{Input, front_matter};
use crate::source::{NameMap, Note, RepoPath, SourceFile, Sources, stored};

/// What the tree tells about one runbook.
#[derive(Clone, Debug)]
pub(crate) struct About {
    /// The name behind `runbook:`: the file's, and its folder's before it where several files have one name.
    pub(super) id: String,
    /// Its address below the section's.
    pub(super) route: String,
    /// The folder below the one for runbooks, under which it is listed; empty for none.
    pub(super) group: String,
}

struct Candidate {
    file: Arc<SourceFile>,
    /// Its path below the folder for runbooks, in parts, without the file's ending.
    parts: Vec<&'static str>,
    reason: &'static str,
}

/// The runbooks among the files of `tree`, by path. Every page in a folder named for runbooks is one but the folder's
/// own index; in folders named for operations in general, those with the sections of a runbook are.
pub(super) fn find_runbooks(tree: &SourceTree, options: &ExtractorOptions) -> Vec<Input<About>> {
    let pages = tree.files().filter(|path| path.has_extension(&["md", "markdown"]) && !options.exclude.matches(*path));
    let mut folders: NameMap<RepoPath, Folder> = NameMap::default();
    let candidates = pages.filter_map(|path| {
        let folder = *folders.entry(path.parent()).or_insert_with_key(|folder| Folder::of(*folder));
        candidate(tree, options, path, folder)
    });
    let candidates: Vec<Candidate> = candidates.collect();
    let route = |candidate: &Candidate| slug_path(&candidate.parts.join("/"));
    let names = count(candidates.iter().map(|candidate| slug(candidate.file.path().stem())));
    let routes = count(candidates.iter().map(route));
    let inputs = candidates.into_iter().map(|candidate| {
        let (name, mut route) = (slug(candidate.file.path().stem()), route(&candidate));
        // Where folders for runbooks stand in several places, only the whole path tells their files apart.
        if routes.get(&route) != Some(&1) {
            let path = candidate.file.path();
            route = slug_path(&format!("{}/{}", path.parent(), path.stem()));
        }
        let id = if names.get(&name) == Some(&1) { name } else { route.clone() };
        let Candidate { file, parts, reason } = candidate;
        let about = About { id, route, group: parts[..parts.len().saturating_sub(1)].join("/") };
        Input { files: vec![file], reason, about }
    });
    inputs.collect()
}

/// How often each name occurs.
fn count(names: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for name in names {
        *count.entry(name).or_default() += 1;
    }
    count
}

/// What the folders that a file lies in say about it.
#[derive(Clone, Copy)]
struct Folder {
    /// How deep the innermost one lies that is named for runbooks.
    named: Option<usize>,
    /// Likewise, of those that are named for operations in general.
    general: Option<usize>,
}

impl Folder {
    fn of(folder: RepoPath) -> Self {
        let names: Vec<&'static str> = folder.parts().collect();
        let innermost = |is_such: fn(&str) -> bool| names.iter().rposition(|name| is_such(name));
        Self { named: innermost(is_runbooks), general: innermost(is_operations) }
    }
}

fn candidate(
    tree: &SourceTree,
    options: &ExtractorOptions,
    path: RepoPath,
    Folder { named, general }: Folder,
) -> Option<Candidate> {
    let below = |depth: usize| path.folders().skip(depth + 1).chain([path.stem()]).collect::<Vec<_>>();
    if let Some(paths) = &options.paths {
        let parts = named.or(general).map_or_else(|| vec![path.stem()], below);
        let file = paths.matches(path).then(|| tree.source(path)).flatten()?;
        return Some(Candidate { file, parts, reason: "named in the configuration" });
    }
    let is_named = is_runbooks(path.stem());
    if (named.is_none() && general.is_none() && !is_named) || is_index(path.stem()) {
        return None;
    }
    if let Some(depth) = named {
        return Some(Candidate { file: tree.source(path)?, parts: below(depth), reason: "in a folder of runbooks" });
    }
    if is_named {
        return Some(Candidate { file: tree.source(path)?, parts: vec![path.stem()], reason: "named as a runbook" });
    }
    let depth = general?;
    let file = tree.source(path)?;
    let reason = "with the sections of a runbook";
    file.noted::<Likeness>().is_runbook.then(|| Candidate { file, parts: below(depth), reason })
}

fn is_runbooks(name: &str) -> bool {
    reads_like(name, &["runbook", "runbooks", "playbook", "playbooks", "alertrunbooks", "oncallrunbooks"])
}

fn is_operations(name: &str) -> bool {
    let names = [
        "ops",
        "operations",
        "oncall",
        "alerts",
        "alerting",
        "incidents",
        "incidentresponse",
        "sop",
        "sops",
        "troubleshooting",
        "monitoring",
    ];
    reads_like(name, &names)
}

/// Whether `name` is one of `known` (in lower case), whatever its case and its separators.
fn reads_like(name: &str, known: &[&str]) -> bool {
    let letters = || name.chars().filter(|letter| !matches!(letter, '_' | ' ' | '-')).flat_map(char::to_lowercase);
    let Some(first) = letters().next() else { return false };
    known.iter().any(|known| known.starts_with(first) && letters().eq(known.chars()))
}

/// Pages about a folder rather than about what to do.
fn is_index(stem: &str) -> bool {
    let stem = stem.to_lowercase();
    let template = stem.split(|character: char| !character.is_alphanumeric()).any(|word| word == "template");
    template || matches!(stem.as_str(), "readme" | "index" | "_index" | "summary" | "contributing" | "changelog")
}

/// Whether a page has two of the sections that runbooks have, or says in its front matter which alerts it is for.
#[derive(PartialEq)]
struct Likeness {
    is_runbook: bool,
}

stored! { struct Likeness { is_runbook } }

impl Note for Likeness {
    const NAME: &'static str = "likeness to a runbook";

    fn of(file: &SourceFile) -> Self {
        Self { is_runbook: reads_like_a_runbook(file) }
    }
}

fn reads_like_a_runbook(file: &SourceFile) -> bool {
    static SECTION: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?mi)^#{1,4}\s+(?:\d+[.)]\s*)?(meaning|impact|diagnos(?:is|e|tics?)|mitigations?|symptoms?|resolution|remediation|escalation|severity)\s*:?\s*#*$",
        )
    });
    let text = file.text();
    let mut found: Vec<String> = SECTION.captures_iter(text).map(|section| section[1].to_lowercase()).collect();
    found.sort_unstable();
    found.dedup();
    let end = front_matter::end(text);
    found.len() > 1 || text[..end].lines().any(|line| line.starts_with("alerts:"))
}
