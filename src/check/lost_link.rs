//! Links and images that lead nowhere -> the same findings, with where git says that the file is now.
//!
//! A link may be lost because the file that it leads to was moved, because the page on which it stands was, because it is written
//! as from the root, or because its path has another case than the file. Where one file alone can be meant, the link is mended; its anchor, its title and
//! its style stay.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use super::Subject;
use super::document::is_changelog;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Edit, Level};
use crate::discover::History;
use crate::graph::{End, Link, Node, Target, path_named};
use crate::markdown::{way_from_root, way_to};
use crate::source::{Files, RepoPath, Sources, Span};

/// `problems` of links, with what is known of the files that are not there.
pub fn tell_moves(subject: Subject<'_>, mut problems: Diagnostics) -> Diagnostics {
    let is_lost = |found: &Diagnostic| matches!(found.code, Code::BrokenImage | Code::BrokenLink);
    let lost: BTreeSet<Span> = problems.iter().filter(|found| is_lost(found)).filter_map(|found| found.span).collect();
    if lost.is_empty() {
        return problems;
    }
    let links = lost_links(subject, &lost);
    let by_folded = by_folded_path(subject);
    for found in problems.iter_mut().filter(|found| is_lost(found)) {
        let Some(lost) = found.span.and_then(|span| links.get(&span)) else { continue };
        if let Some(day) = gone_since(subject, lost) {
            // What a changelog said was so when it was written, and nobody writes it anew.
            found.level = Level::Note;
            found.hint =
                format!("it was there until {day}: link to a commit that has it, or leave this as it was written");
        } else if let Some(meant) = meant(subject, lost, &by_folded) {
            let told = std::mem::replace(found, Diagnostic::without_place(found.code, ""));
            *found = Diagnostic { label: meant.label, ..told }.hint(meant.hint).fix(edit(subject, lost, meant.path));
        }
    }
    problems
}

/// The day on which a file went for good that a changelog links to.
fn gone_since(subject: Subject<'_>, lost: &LostLink<'_>) -> Option<String> {
    let (commit, now) = subject.history.as_ref().ok()?.gone(lost.path)?;
    (now.is_none() && is_changelog(lost.from.span.file)).then(|| commit.day.to_string())
}

/// A link that leads nowhere.
struct LostLink<'a> {
    from: &'a Node,
    span: Span,
    /// Its destination, as it is written.
    text: &'a str,
    /// The file that it names.
    path: RepoPath,
}

impl LostLink<'_> {
    /// Its destination without its anchor, decoded.
    fn way(&self) -> String {
        let way = self.text.split(['#', '?']).next().unwrap_or_default();
        percent_decode_str(way).decode_utf8_lossy().into_owned()
    }
}

/// The links at the places `lost`, if each is one link of one page.
fn lost_links<'a>(subject: Subject<'a>, lost: &BTreeSet<Span>) -> BTreeMap<Span, LostLink<'a>> {
    let graph = &subject.resolved.graph;
    let lost_link = |(link, end): (&'a Link, &End)| {
        let Target::Named { scheme, text } = &link.target else { return None };
        let is_path = matches!(scheme.as_str(), "path" | "image") && *end == End::Nowhere;
        let from = graph.node(link.from).filter(|_| is_path && lost.contains(&link.span))?;
        // What a page includes is seen from the page.
        let path = path_named(from, text).filter(|_| from.span.file == link.span.file)?;
        Some(LostLink { from, span: link.span, text, path })
    };
    subject.resolved.links().filter_map(lost_link).map(|lost| (lost.span, lost)).collect()
}

/// Paths of the repository without their case.
fn by_folded_path(subject: Subject<'_>) -> BTreeMap<String, Vec<RepoPath>> {
    let mut paths: BTreeMap<String, Vec<RepoPath>> = BTreeMap::new();
    for path in subject.tree.paths() {
        paths.entry(path.as_str().to_lowercase()).or_default().push(path);
    }
    paths
}

/// What a lost link means, and how that is known.
struct Meant {
    path: RepoPath,
    label: String,
    hint: String,
}

fn meant(subject: Subject<'_>, lost: &LostLink<'_>, by_folded: &BTreeMap<String, Vec<RepoPath>>) -> Option<Meant> {
    let now_called = |path: RepoPath| format!("it is `{path}` now");
    let history = subject.history.as_ref().ok();
    let moved = history.and_then(|history| {
        let (commit, now) = history.gone(lost.path)?;
        let label = format!("moved in {:.9} of {}: {}", commit.id, commit.day, commit.subject);
        Some(Meant { path: now?, label, hint: now_called(now?) })
    });
    let with_page = history.and_then(|history| seen_from_former(subject, history, lost));
    let of_other_case = || match by_folded.get(&lost.path.as_str().to_lowercase())?.as_slice() {
        [path] => Some(Meant { path: *path, label: String::new(), hint: format!("it is called `{path}`") }),
        _ => None,
    };
    let by_history = match (moved, with_page) {
        (Some(moved), Some(other)) if moved.path != other.path => return None,
        (moved, other) => moved.or(other),
    };
    let found = by_history.or_else(|| seen_from_root(subject, lost)).or_else(of_other_case);
    found.filter(|meant| meant.path != lost.from.span.file)
}

/// The one file or folder to which the link led from where its page was before.
fn seen_from_former(subject: Subject<'_>, history: &History, lost: &LostLink<'_>) -> Option<Meant> {
    let folder = lost.from.span.file.parent();
    if lost.text.starts_with('/') {
        return None;
    }
    let mut found: BTreeMap<RepoPath, RepoPath> = BTreeMap::new();
    for former in history.former(lost.from.span.file).filter(|former| former.parent() != folder) {
        // The destination is the same, and leads from another folder.
        let Some(path) = former.parent().join(&lost.way()) else { continue };
        let now = if subject.tree.contains(path) { Some(path) } else { history.gone(path).and_then(|(_, now)| now) };
        found.extend(now.map(|now| (now, former)));
    }
    let (path, former) = found.pop_first().filter(|_| found.is_empty())?;
    let label = format!("written when the page was `{former}`");
    Some(Meant { path, label, hint: format!("from here it is `{}`", way_to(folder, path)) })
}

/// The file or folder to which the link would lead from the root, when its path has several parts: a name alone may be anybody's.
fn seen_from_root(subject: Subject<'_>, lost: &LostLink<'_>) -> Option<Meant> {
    let way = lost.way();
    let is_long = !way.starts_with(['/', '.']) && way.trim_end_matches('/').contains('/');
    let path = RepoPath::new(&way).filter(|path| is_long && subject.tree.contains(*path))?;
    let hint = format!("from here it is `{}`", way_to(lost.from.span.file.parent(), path));
    Some(Meant { path, label: "written as from the root".to_owned(), hint })
}

/// What makes the link lead to `path`. `None` when its destination does not stand in the file as it was read.
fn edit(subject: Subject<'_>, lost: &LostLink<'_>, path: RepoPath) -> Option<Edit> {
    let file = subject.tree.source(lost.span.file)?;
    if file.text().get(lost.span.range())? != lost.text {
        return None;
    }
    let end = lost.text.find(['#', '?']).unwrap_or(lost.text.len());
    let (written, rest) = lost.text.split_at(end);
    let mut way =
        if written.starts_with('/') { way_from_root(path) } else { way_to(lost.from.span.file.parent(), path) };
    if written.starts_with("./") && !way.starts_with("..") {
        way.insert_str(0, "./");
    }
    if written.ends_with('/') && !way.ends_with('/') {
        way.push('/');
    }
    Some(Edit::new(lost.span, format!("{way}{rest}")))
}
