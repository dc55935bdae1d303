//! A path that no commit had, or of which no history tells -> how certain it is that it should be here.
//!
//! Documents are full of paths of other repositories, of what is planned, and of the reader's own files. What is nearly called like
//! something here is none of these. Of others it is likely where a page for developers names code in a folder of such code, or where
//! words point at it.

use std::sync::LazyLock;

use regex::Regex;

use super::Subject;
use crate::check::audience::{is_for_developers, is_on_site};
use crate::check::citation::block_around;
use crate::check::in_code::CODE;
use crate::diagnostic::{Level, NearestNames};
use crate::graph::Link;
use crate::source::{Files, RepoPath, Sources};

/// Files that every project of a kind has, so that the reader's may be meant.
#[rustfmt::skip]
const EVERYWHERE: &[&str] = &[
    "agents", "app", "build", "changelog", "claude", "contributing", "index", "lib", "license", "main", "readme", "routes", "server",
    "settings", "setup", "urls",
];

/// Folders with documents about something else than the repository.
const OF_OTHERS: &[&str] =
    &["eval", "evals", "fixtures", "scaffold", "scaffolds", "submissions", "template", "templates", "test-cases"];

/// A path that is named and not there.
#[derive(Clone, Copy)]
pub(super) struct Never<'a> {
    pub(super) link: &'a Link,
    /// As it is named, without a line.
    pub(super) name: &'a str,
    /// The paths that it may stand for.
    pub(super) meant: &'a [RepoPath],
    /// Whether the page names others that are there.
    pub(super) is_among_own: bool,
}

impl Never<'_> {
    /// The level at which it is missing, and what to do. `None` where nobody can tell.
    pub(super) fn judge(self, subject: Subject<'_>) -> Option<(Level, String)> {
        let path = *self.meant.first()?;
        let page = self.link.span.file;
        let (is_code, is_text) = (path.has_extension(CODE), path.has_extension(&["adoc", "md"]));
        if !(is_code || is_text) || self.stands_for_any() || self.is_to_come(subject) {
            return None;
        }
        if page.folders().any(|folder| OF_OTHERS.contains(&folder)) || is_on_site(subject, page) {
            return None;
        }
        // `Domain/Order.cs` may be short for `src/Shop.Domain/Order.cs`.
        let is_rooted = self.begins_in_folder(subject);
        if is_rooted && let Some(near) = self.meant.iter().find_map(|path| resembling(subject, *path)) {
            return Some((Level::Warn, format!("did you mean `{near}`?")));
        }
        let is_for_developers = is_for_developers(page);
        let is_in_place = |path: &RepoPath| is_code && (has_its_like(subject, *path) || is_in_crate(subject, *path));
        let is_pointed_at = || (is_for_developers || self.is_among_own) && is_pointed_at(subject, self.link);
        let is_likely = is_for_developers && self.meant.iter().any(is_in_place) || is_rooted && is_pointed_at();
        is_likely.then(|| (Level::Note, "name what is meant, or take the sentence out".to_owned()))
    }

    /// Whether its first folder is one at the root, or beside the page.
    fn begins_in_folder(self, subject: Subject<'_>) -> bool {
        let first = self.name.trim_start_matches("./").split('/').find(|part| *part != "..").unwrap_or_default();
        let bases = [RepoPath::root(), self.link.span.file.parent()];
        bases.into_iter().any(|base| subject.tree.find(base, first).is_some_and(|found| subject.tree.is_folder(found)))
    }

    /// Whether it is a placeholder, or what every project of a kind has.
    fn stands_for_any(self) -> bool {
        let is_placeholder = |part: &str| {
            // "vX" is some version.
            let name = part.strip_prefix('v').filter(|rest| !rest.is_empty()).unwrap_or(part);
            let is_letter = |letter: char| part.len() > 1 && name.chars().all(|one| one == letter);
            part.contains(['<', '*', '{']) || ['x', 'X', 'N'].into_iter().any(is_letter)
        };
        let stem = self.meant.first().map_or("", |path| path.stem()).to_lowercase();
        !self.name.contains('/')
            || EVERYWHERE.contains(&stem.as_str())
            || self.name.split(['/', '-', '_', '.']).any(is_placeholder)
            || ["...", "YYYY", "NNN", "/My", "example"].iter().any(|part| self.name.contains(part))
    }

    /// Whether the page, or the words around, speak of what is to come, of what moved, or of other repositories.
    fn is_to_come(self, subject: Subject<'_>) -> bool {
        const AROUND: &str = r"(?i)\b(?:to ?do|tbd|proposed|planned|new (?:\w+ )?files?|creat\w*|add(?:ed|ing)? to|introduc\w*|extract\w* (?:in)?to|lift|copy|copied|revert\w*|recommend\w*|should|would|could|repo's|nouve(?:au|lle)|nuev[oa]|nov[oa]|nuov[oa]|neue[nrs]?|créer|crear|criar|erstellen)\b|新增|新建|新規|\u{2192}|->|^\s*[-*] \[[ x]\]";
        const PAGES: &[&str] = &["design", "proposal", "rundown", "strategy"];
        static AROUND_IT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(AROUND).ok());
        let page = self.link.span.file;
        let Some(file) = subject.tree.source(page) else { return true };
        let text = file.text();
        let range = self.link.span.range();
        let block = &text[block_around(text, &range)];
        // "**New `x.ts` file**"
        let lead = text[..range.start].trim_end_matches(['`', '*', ' ']).to_lowercase();
        let of_page = page.as_str().to_lowercase();
        let is_of_plans = of_page.split(|one: char| !one.is_alphanumeric()).any(|word| PAGES.contains(&word));
        is_of_plans || lead.ends_with("new") || AROUND_IT.as_ref().is_none_or(|around| around.is_match(block))
    }
}

/// What there is that is nearly called like `path`: a file of its name elsewhere, one beside it, a folder in its stead.
fn resembling(subject: Subject<'_>, path: RepoPath) -> Option<RepoPath> {
    let (folder, extension) = (path.parent(), path.extension());
    let is_there = |path: &RepoPath| subject.tree.contains(*path) || subject.tree.is_folder(*path);
    // A module is a file or a folder: `scanner/mod.rs` and `scanner.rs`.
    let as_folder = folder.join(path.stem()).filter(|folder| subject.tree.is_folder(*folder));
    let as_file = RepoPath::new(&format!("{folder}.{extension}"));
    let as_file = as_file.filter(|file| matches!(path.stem(), "mod" | "index" | "__init__") && is_there(file));
    if let Some(other) = as_folder.or(as_file) {
        return Some(other);
    }
    let files =
        || subject.tree.paths().filter(|other| !subject.tree.is_folder(*other) && other.extension() == extension);
    if matches!(path.stem(), "mod" | "index" | "__init__") {
        return None;
    }
    let namesakes: Vec<RepoPath> = files().filter(|other| other.file_name() == path.file_name()).take(2).collect();
    if let [only] = namesakes[..] {
        return Some(only);
    }
    let beside: Vec<RepoPath> = files().filter(|other| other.parent() == folder).collect();
    let near = NearestNames::new(beside.iter().map(|other| other.file_name()));
    match near.find(path.file_name()).as_slice() {
        [only] if !is_model(only) => folder.join(only),
        _ => None,
    }
}

/// Whether the file called `name` is one to copy: `.env.local.example.md`.
fn is_model(name: &str) -> bool {
    const MODELS: &[&str] = &["dist", "example", "sample", "template", "tmpl"];
    name.to_lowercase().split(['.', '-', '_']).any(|part| MODELS.contains(&part))
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
    let lead = text[block_around(text, &range).start..range.start].trim_end_matches(['`', '*']);
    POINTS.as_ref().is_some_and(|points| points.is_match(lead))
}
