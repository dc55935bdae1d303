//! A path that no commit had, or of which no history tells -> how certain it is that it should be here.
//!
//! Documents are full of paths of other repositories, of what is planned, and of the reader's own files. A file of code in a folder that
//! has such files is none of these; others have to be pointed at.

use std::sync::LazyLock;

use regex::Regex;

use super::Subject;
use crate::check::audience::{is_for_developers, is_on_site};
use crate::check::citation::block_around;
use crate::check::in_code::CODE;
use crate::diagnostic::{Level, NearestNames, did_you_mean};
use crate::graph::Link;
use crate::source::{Files, RepoPath, Sources};

/// Files that every project of a kind has, so that the reader's may be meant.
const EVERYWHERE: &[&str] = &["app", "build", "index", "lib", "main", "routes", "server", "settings", "setup", "urls"];

/// Folders with documents about something else than the repository.
const OF_OTHERS: &[&str] =
    &["eval", "evals", "fixtures", "scaffold", "scaffolds", "submissions", "template", "templates", "test-cases"];

/// The level at which `name`, a path that `link` has and that may stand for those `meant`, is missing. `None` where nobody can tell.
pub(super) fn certainty(subject: Subject<'_>, link: &Link, name: &str, meant: &[RepoPath]) -> Option<Level> {
    let page = link.span.file;
    let is_placeholder = |part: &str| {
        let is_letter = |letter: char| part.len() > 1 && part.chars().all(|one| one == letter);
        part.starts_with("...") || part.contains(['<', '*', '{']) || ['x', 'X', 'N'].into_iter().any(is_letter)
    };
    let stands_for_any = name.split(['/', '-', '_', '.']).any(is_placeholder)
        || name.contains("...")
        || ["YYYY", "NNN", "example"].iter().any(|part| name.contains(part));
    let is_of_others = page.folders().any(|folder| OF_OTHERS.contains(&folder));
    let is_own_page = is_for_developers(page) || !is_on_site(subject, page);
    let path = *meant.first()?;
    let stem = path.stem().to_lowercase();
    if !name.contains('/') || stands_for_any || is_of_others || !is_own_page || EVERYWHERE.contains(&stem.as_str()) {
        return None;
    }
    let is_code = path.has_extension(CODE);
    if is_code && meant.iter().any(|path| has_its_like(subject, *path)) {
        return Some(Level::Warn);
    }
    let is_in_own_folder = meant.iter().any(|path| {
        path.parts()
            .next()
            .and_then(|first| subject.tree.find(RepoPath::root(), first))
            .is_some_and(|it| subject.tree.is_folder(it))
    });
    let is_in_crate = || is_for_developers(page) && meant.iter().any(|path| is_in_crate(subject, *path));
    let is_text = path.has_extension(&["adoc", "md"]);
    let is_likely =
        is_code && is_in_crate() || (is_code || is_text) && is_in_own_folder && is_pointed_at(subject, link);
    (is_likely && !is_on_site(subject, page)).then_some(Level::Note)
}

/// Whether the folder of `path`, below the root, has files that end like it.
fn has_its_like(subject: Subject<'_>, path: RepoPath) -> bool {
    let (folder, extension) = (path.parent(), path.extension());
    let is_like = |other: RepoPath| other.parent() == folder && other.extension() == extension;
    folder != RepoPath::root() && subject.tree.is_folder(folder) && subject.tree.paths().any(is_like)
}

/// Whether `path` is a file of Rust in the sources of a crate of the repository.
fn is_in_crate(subject: Subject<'_>, path: RepoPath) -> bool {
    let Some((before, _)) = path.as_str().rsplit_once("src/") else { return false };
    let manifest = RepoPath::new(&format!("{before}Cargo.toml"));
    path.has_extension(&["rs"]) && manifest.is_some_and(|manifest| subject.tree.contains(manifest))
}

/// Whether the words before `link` point at a thing that is there: "see `x`", "is defined in `x`".
fn is_pointed_at(subject: Subject<'_>, link: &Link) -> bool {
    static POINTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)\b(?:see(?: also)?|refer to|read|lives? (?:in|at)|(?:checked|configured|covered|declared|defined|described|documented|explained|found|handled|implemented|kept|listed|located|maintained|registered|specified|stored|tested) (?:in|at|by|under))\s+(?:the\s+)?(?:file\s+)?$",
        )
        .ok()
    });
    let Some(file) = subject.tree.source(link.span.file) else { return false };
    let (text, range) = (file.text(), link.span.range());
    let block = block_around(text, &range);
    let lead = text[block.start..range.start].trim_end_matches(['`', '*']);
    let is_to_come = text[block].contains("creat");
    !is_to_come && POINTS.as_ref().is_some_and(|points| points.is_match(lead))
}

/// What is called like `path`, or nearly.
pub(super) fn hint(subject: Subject<'_>, path: RepoPath) -> String {
    let namesakes: Vec<RepoPath> = subject
        .tree
        .paths()
        .filter(|other| other.file_name() == path.file_name() && !subject.tree.is_folder(*other))
        .collect();
    if let [only] = namesakes[..] {
        return format!("is it `{only}`?");
    }
    let beside: Vec<RepoPath> = subject.tree.paths().filter(|other| other.parent() == path.parent()).collect();
    let near = NearestNames::new(beside.iter().map(|other| other.as_str()));
    match near.find(path.as_str()).as_slice() {
        [] => "name what is meant, or take the sentence out".to_owned(),
        near => did_you_mean(near),
    }
}
