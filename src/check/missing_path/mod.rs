//! A path in backticks that names what is no more.

mod meant;
mod never;

use std::collections::BTreeMap;

use self::meant::is_meant_otherwise;
use self::never::Never;
use super::Subject;
use super::audience::{is_for_developers, is_on_site};
use super::document::{is_dated, is_of_one_time, tells_of_now};
use super::elsewhere::Clones;
use super::in_code::CODE;
use super::in_quotes::InQuotes;
use super::moved_path::name_anew;
use super::vendored::is_vendored;
use super::written::{Words, written_before_loss};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::discover::{Commit, History, Moment};
use crate::graph::{End, Link, Node, NodeId, TEMPLATES, Target, files_meant, has_template, site_project};
use crate::source::{Files, RepoPath, Sources};

/// Folders of what is made, which may have been committed once.
const OUTPUT: &[&str] = &["target", "build", "dist", "out", "node_modules", "vendor", "bin", "obj", "coverage", "tmp"];

/// What is made, too, and has no text that somebody would look for.
const BINARY: &[&str] = &[
    "wasm", "so", "dylib", "dll", "exe", "a", "bin", "jar", "zip", "gz", "tgz", "png", "jpg", "svg", "pdf", "gif",
    "crt", "key", "pem",
];

/// Folders that sites of the common generators have.
const OF_SITES: &[&str] =
    &["archetypes", "assets", "config", "content", "data", "i18n", "layouts", "pages", "public", "static", "themes"];

/// Files that readers have in their own projects.
const OF_READERS: &[&str] = &[
    ".cargo/config",
    ".cargo/config.toml",
    ".dockerignore",
    ".env",
    ".gitattributes",
    ".gitignore",
    ".npmrc",
    ".vscode/launch.json",
    ".vscode/settings.json",
];

/// So many paths that nobody ever had here are of another project.
const OF_ANOTHER: usize = 4;

/// Paths of files and folders that a commit took away, and of those that never were the ones that can be nothing else.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let history = subject.history.as_ref().ok();
    let mut by_page: BTreeMap<NodeId, Vec<(&Link, &End, &str)>> = BTreeMap::new();
    for (link, end) in subject.resolved.links() {
        let Target::Named { scheme, text } = &link.target else { continue };
        if scheme.as_str() == "file-name" {
            by_page.entry(link.from).or_default().push((link, end, text));
        }
    }
    if by_page.is_empty() {
        return Diagnostics::new();
    }
    let clones = Clones::of(subject);
    let pages = by_page.iter().filter_map(|(id, named)| Some((subject.resolved.graph.node(*id)?, named)));
    let is_of_then = |path: RepoPath| is_of_one_time(path) || is_dated(subject.tree, path);
    let is_meant = |page: &Node| tells_of_now(page) && !is_of_then(page.span.file);
    let found = pages.filter(|(page, _)| is_meant(page)).map(|(page, named)| {
        let is_among_own = named.iter().any(|(_, end, _)| **end != End::Nowhere);
        let lost = named.iter().filter(|(_, end, _)| **end == End::Nowhere);
        let lost = lost.filter(|(link, ..)| !is_of_clone(subject, &clones, link));
        let found: Vec<Finding<'_>> =
            lost.filter_map(|(link, _, text)| finding(subject, history, link, page, text, is_among_own)).collect();
        if found.is_empty() || is_about_another(subject, history, page, named) { Vec::new() } else { found }
    });
    let mut found: Vec<Finding<'_>> = found.flatten().collect();
    if found.is_empty() {
        return Diagnostics::new();
    }
    // No program makes code while it runs.
    let may_be_made = |path: &&str| RepoPath::new(path).is_some_and(|path| !path.has_extension(CODE));
    let paths = found.iter().map(|found| plain(found.text)).filter(may_be_made).map(str::to_owned);
    let made = subject.tree.ask(&InQuotes { texts: paths.collect() });
    found.retain(|found| !made.contains(plain(found.text)) && !is_vendored(subject, found.page));
    let lost = found.iter().filter_map(Finding::words).collect();
    let meant = history.map(|history| written_before_loss(subject, history, lost)).unwrap_or_default();
    let is_meant = |found: &Finding<'_>| found.words().is_none_or(|words| meant.contains(&words));
    found.into_iter().filter(is_meant).map(|found| found.diagnostic).collect()
}

/// A path that is no more.
struct Finding<'a> {
    text: &'a str,
    /// None for what never was, as far as one knows.
    lost: Option<Moment>,
    diagnostic: Diagnostic,
    page: RepoPath,
}

impl Finding<'_> {
    /// What is written, where, and when that was lost.
    fn words(&self) -> Option<(Words, Moment)> {
        let text = self.text.split_once(':').map_or(self.text, |(path, _)| path);
        Some((Words { page: self.page, text: text.trim_end_matches('/').to_owned() }, self.lost?))
    }
}

/// A path in backticks without the line behind it, and as programs write it.
fn plain(text: &str) -> &str {
    let path = text.split_once(':').map_or(text, |(path, _)| path);
    path.trim_start_matches("./").trim_end_matches('/')
}

/// Whether `link` stands in a section that clones another repository before.
fn is_of_clone(subject: Subject<'_>, clones: &Clones, link: &Link) -> bool {
    let Some(clone) = clones.before(link.from, link.span) else { return false };
    let file = subject.tree.source(link.span.file);
    let between = file.as_ref().and_then(|file| file.text().get(clone.range().end..link.span.range().start));
    between.is_some_and(|between| !between.contains("\n#"))
}

/// Whether most of what `named` names in `page` was never in the repository: it is about the files of the reader's project, or of what
/// a program makes.
fn is_about_another(
    subject: Subject<'_>,
    history: Option<&History>,
    page: &Node,
    named: &[(&Link, &End, &str)],
) -> bool {
    let was_never = |(_, end, text): &&(&Link, &End, &str)| {
        let name = text.split_once(':').map_or(*text, |(path, _)| path);
        let was = |path: &RepoPath| subject.tree.contains(*path) || history.is_some_and(|it| it.lost(*path).is_some());
        **end == End::Nowhere && !files_meant(page, text).iter().any(was) && !ends_some_path(subject, name)
    };
    let never = named.iter().filter(was_never).count();
    let own = named.iter().filter(|(_, end, _)| **end != End::Nowhere).count();
    never >= OF_ANOTHER && (2 * never > named.len() || never > own)
}

fn finding<'a>(
    subject: Subject<'_>,
    history: Option<&History>,
    link: &Link,
    from: &Node,
    text: &'a str,
    is_among_own: bool,
) -> Option<Finding<'a>> {
    let name = text.split_once(':').map_or(text, |(path, _)| path);
    let is_made = name.split('/').any(|part| OUTPUT.contains(&part.to_lowercase().as_str()));
    let meant = files_meant(from, text);
    let is_made = is_made || meant.iter().any(|path| path.has_extension(BINARY)) || name.starts_with('$');
    let is_made = is_made || meant.iter().any(|path| has_template(subject.tree, *path));
    let is_of_reader =
        OF_READERS.iter().any(|own| name == *own || name.strip_suffix(own).is_some_and(|rest| rest.ends_with('/')));
    let is_placeholder = name.split(['/', '.', '-', '_']).any(|part| matches!(part, "my" | "your" | "foo" | "bar"));
    if is_of_reader || is_placeholder {
        return None;
    }
    let is_there = |path: &RepoPath| subject.tree.contains(*path) || subject.tree.is_absent(*path);
    // A generator of projects makes it of a template.
    let of_template = || TEMPLATES.iter().any(|ending| ends_some_path(subject, &format!("{name}.{ending}")));
    if is_made || meant.iter().any(is_there) || ends_some_path(subject, name) || of_template() {
        return None;
    }
    let mut lost = meant.iter().filter_map(|path| Some((*path, history?.lost(*path)?)));
    let (path, moment) = match lost.next() {
        Some((path, moment)) => (path, Some(moment)),
        None => (*meant.first()?, None),
    };
    // Who writes about a generator of sites means a site of the reader's, and has one himself.
    let is_of_some_site = |path: RepoPath| path.parts().next().is_some_and(|first| OF_SITES.contains(&first));
    let is_of_site =
        site_project(subject.tree, from.span.file).is_some_and(|site| path.is_below(site) || is_of_some_site(path));
    if is_of_site || meant.iter().any(|path| subject.tree.is_ignored(*path)) || is_meant_otherwise(subject, link, path)
    {
        return None;
    }
    // Readers of a site have files of their own. Few of them stand in a folder of this repository.
    let is_in_own_folder =
        || name.contains('/') && path.parts().next().is_some_and(|first| is_own_folder(subject, first));
    let page = from.span.file;
    let Some(moment) = moment else {
        let never = Never { link, name, meant: &meant, is_among_own };
        let (level, hint) = never.judge(subject)?;
        let message = format!("`{}` is not in the repository", name.trim_end_matches('/'));
        let mut diagnostic = Diagnostic::new(Code::MissingPath, message, link.span).hint(hint);
        diagnostic.level = level;
        return Some(Finding { text, lost: None, diagnostic, page });
    };
    if !is_for_developers(page) && is_on_site(subject, page) && !is_in_own_folder() {
        return None;
    }
    let message = format!("`{}` is no more", name.trim_end_matches('/'));
    let diagnostic = Diagnostic::new(Code::MissingPath, message, link.span);
    let of = |commit: &Commit| format!("{:.9} of {}: {}", commit.id, commit.day, commit.subject);
    let diagnostic = match history?.gone(path) {
        Some((commit, Some(now))) => {
            let edit = if lost.next().is_none() { name_anew(subject, link, text, (path, now)) } else { None };
            diagnostic.label(format!("moved in {}", of(commit))).hint(format!("it is `{now}` now")).fix(edit)
        }
        Some((commit, None)) => {
            let diagnostic = diagnostic.label(format!("taken away in {}", of(commit)));
            diagnostic.hint("name what took its place, or take the sentence out")
        }
        None => diagnostic.hint("name the folder that has its files now, or take the sentence out"),
    };
    Some(Finding { text, lost: Some(moment), diagnostic, page })
}

/// Whether `name` is a folder at the root of the repository.
fn is_own_folder(subject: Subject<'_>, name: &str) -> bool {
    subject.tree.find(RepoPath::root(), name).is_some_and(|folder| subject.tree.is_folder(folder))
}

/// Whether something in the repository has a path that ends like `name`: documents name files from where their readers are.
fn ends_some_path(subject: Subject<'_>, name: &str) -> bool {
    let name = name.trim_start_matches("./").trim_start_matches("../").trim_end_matches('/');
    let ends = |path: RepoPath| {
        let path = path.as_str();
        let at = path.len().checked_sub(name.len());
        // Another case is another matter.
        let is_end = at.and_then(|at| path.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(name));
        is_end && at.and_then(|at| path.get(..at)).is_some_and(|before| before.is_empty() || before.ends_with('/'))
    };
    subject.tree.paths().any(ends)
}
