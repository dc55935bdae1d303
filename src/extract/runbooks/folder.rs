//! Which files are runbooks, and what each is called across the repository.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::sections::part;
use crate::config::ExtractorOptions;
use crate::discover::SourceTree;
use crate::extract::wording::{slug, slug_path};
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
    let likeness = |file: &Arc<SourceFile>| file.noted::<Likeness>();
    if is_template(path.stem()) {
        return None;
    }
    if is_index(path.stem()) {
        // The index of a folder may be the one page with all of its runbooks.
        let parts: Vec<&str> = path.folders().skip(named.or(general)? + 1).collect();
        let parts = if parts.is_empty() { vec![path.folders().next_back()?] } else { parts };
        let file = tree.source(path)?;
        let reason = "with the sections of several runbooks";
        return likeness(&file).is_several.then(|| Candidate { file, parts, reason });
    }
    if let Some(depth) = named {
        return Some(Candidate { file: tree.source(path)?, parts: below(depth), reason: "in a folder of runbooks" });
    }
    if is_runbooks(path.stem()) {
        return Some(Candidate { file: tree.source(path)?, parts: vec![path.stem()], reason: "named as a runbook" });
    }
    if general.is_none() && !ends_as_runbook(path.stem()) {
        return None;
    }
    let parts = general.map_or_else(|| vec![path.stem()], below);
    let file = tree.source(path)?;
    let reason = "with the sections of a runbook";
    likeness(&file).is_runbook.then(|| Candidate { file, parts, reason })
}

/// Whether a folder or a file holds runbooks by its name: `runbooks`, `alert-runbooks`, `mimir-runbooks`.
fn is_runbooks(name: &str) -> bool {
    let names = ["runbook", "runbooks", "playbook", "playbooks", "alertrunbooks", "oncallrunbooks"];
    let name_ends = || {
        let last = name.rsplit(['-', '_', ' ']).next().unwrap_or(name);
        last != name && ["runbooks", "playbooks"].iter().any(|known| last.eq_ignore_ascii_case(known))
    };
    reads_like(name, &names) || name_ends()
}

/// Whether a file may be a runbook by its name: `postgres-runbook`, `alerts`, `sop`.
fn ends_as_runbook(stem: &str) -> bool {
    let last = stem.rsplit(['-', '_', ' ', '.']).next().unwrap_or(stem);
    reads_like(last, &["runbook", "playbook", "sop", "sops", "alerts"])
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
    let folded = stem.to_lowercase();
    matches!(folded.as_str(), "readme" | "index" | "_index" | "summary" | "contributing" | "changelog")
}

fn is_template(stem: &str) -> bool {
    stem.to_lowercase().split(|character: char| !character.is_alphanumeric()).any(|word| word == "template")
}

/// Whether a page has two of the parts that runbooks have, or says in its front matter which alerts it is for; and whether it
/// has a part several times, because it is several runbooks.
#[derive(PartialEq)]
struct Likeness {
    is_runbook: bool,
    is_several: bool,
}

stored! { struct Likeness { is_runbook, is_several } }

impl Note for Likeness {
    const NAME: &'static str = "likeness to a runbook";

    fn of(file: &SourceFile) -> Self {
        let text = file.text();
        let end = front_matter::end(text);
        let mut is_listing = false;
        let mut found: Vec<&str> = Vec::new();
        for line in text[end..].lines() {
            let line = line.trim_start();
            if line.starts_with("```") || line.starts_with("~~~") {
                is_listing = !is_listing;
            }
            let heading = line.strip_prefix('#').filter(|_| !is_listing).map(|rest| rest.trim_matches(['#', ' ']));
            // A summary and its steps are in any text.
            found.extend(heading.and_then(part).filter(|_| !heading.is_some_and(is_of_any_text)));
            found.extend(heading.filter(|heading| heading.eq_ignore_ascii_case("severity")).map(|_| "severity"));
        }
        let distinct = |part: &&str| found.iter().filter(|other| *other == part).count();
        let mut parts = found.clone();
        parts.sort_unstable();
        parts.dedup();
        let names_alerts = text[..end].lines().any(|line| line.starts_with("alerts:"));
        Self { is_runbook: parts.len() > 1 || names_alerts, is_several: parts.iter().any(|part| distinct(part) > 2) }
    }
}

/// Headings that open a part of a runbook and are usual elsewhere.
fn is_of_any_text(heading: &str) -> bool {
    let heading = heading.trim_end_matches(':').to_lowercase();
    let usual = [
        "summary",
        "overview",
        "description",
        "definition",
        "steps",
        "procedure",
        "checks",
        "contact",
        "contacts",
        "actions",
        "action",
        "response",
        "analysis",
        "how it works",
        "explanation",
        "solution",
        "solutions",
        "troubleshooting",
        "effects",
    ];
    usual.contains(&heading.as_str())
}
