//! A path in backticks that names what is no more.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

use super::Subject;
use super::audience::{is_abandoned, is_for_developers, is_on_site};
use super::citation::block_around;
use super::document::{is_of_one_time, is_withdrawn, tells_of_now};
use super::elsewhere::{Clones, is_elsewhere};
use super::in_code::CODE;
use super::moved_path::name_anew;
use super::vendored::is_vendored;
use super::written::{Words, written_before_loss};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::discover::{Commit, History, Moment, Question};
use crate::graph::{End, Link, Node, NodeId, Target, files_meant, has_template, site_project};
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

/// Paths of files and folders that a commit took away. That there never was one proves nothing: it may be an example.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let Ok(history) = subject.history else { return Diagnostics::new() };
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
    let is_meant = |page: &Node| tells_of_now(page) && !is_of_one_time(page.span.file);
    let found = pages.filter(|(page, _)| is_meant(page)).map(|(page, named)| {
        let lost = named.iter().filter(|(_, end, _)| **end == End::Nowhere);
        let lost = lost.filter(|(link, ..)| !is_of_clone(subject, &clones, link));
        let found: Vec<Finding<'_>> =
            lost.filter_map(|(link, _, text)| finding(subject, history, link, page, text)).collect();
        if found.is_empty() || is_about_another(subject, history, page, named) { Vec::new() } else { found }
    });
    let mut found: Vec<Finding<'_>> = found.flatten().collect();
    if found.is_empty() {
        return Diagnostics::new();
    }
    // No program makes code while it runs.
    let may_be_made = |path: &&str| RepoPath::new(path).is_some_and(|path| !path.has_extension(CODE));
    let paths = found.iter().map(|found| plain(found.text)).filter(may_be_made).map(str::to_owned);
    let made = subject.tree.ask(&InQuotes { paths: paths.collect() });
    found.retain(|found| !made.contains(plain(found.text)) && !is_vendored(subject, found.page));
    let meant = written_before_loss(subject, history, found.iter().map(Finding::words).collect());
    found.into_iter().filter(|found| meant.contains(&found.words())).map(|found| found.diagnostic).collect()
}

/// A path that is no more.
struct Finding<'a> {
    text: &'a str,
    lost: Moment,
    diagnostic: Diagnostic,
    page: RepoPath,
}

impl Finding<'_> {
    /// What is written, where, and when that was lost.
    fn words(&self) -> (Words, Moment) {
        let text = self.text.split_once(':').map_or(self.text, |(path, _)| path);
        (Words { page: self.page, text: text.trim_end_matches('/').to_owned() }, self.lost)
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

/// Which paths stand in quotes, or behind a variable, in code and configuration: a program or its user makes what is not there.
#[derive(Clone, PartialEq)]
struct InQuotes {
    paths: BTreeSet<String>,
}

impl Question for InQuotes {
    fn concerns(&self, path: RepoPath) -> bool {
        !path.has_extension(&["adoc", "lock", "markdown", "md", "mdx", "rst", "txt"])
    }

    fn answer(&self, bytes: &[u8]) -> BTreeSet<String> {
        let is_quote = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|byte| b"\"'".contains(byte));
        let is_quoted = |path: &&String| {
            let mut found = memmem::find_iter(bytes, path.as_bytes());
            found.any(|at| {
                let end = at + path.len();
                is_quote(Some(end)) && (is_quote(at.checked_sub(1)) || is_behind_variable(&bytes[..at]))
            })
        };
        self.paths.iter().filter(is_quoted).cloned().collect()
    }
}

/// Whether `before` ends with a variable of the environment that stands for a folder, `$DATA/` or `${DATA}/`: that is the reader's, unless
/// it is that of the repository.
fn is_behind_variable(before: &[u8]) -> bool {
    const OWN: &[&str] = &["PROJECT", "REPO", "ROOT", "SCRIPT", "SOURCE", "WORKSPACE"];
    let Some(name) = before.strip_suffix(b"/") else { return false };
    let name = name.strip_suffix(b"}").unwrap_or(name);
    let is_part = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
    let Some(end) = name.iter().rposition(|byte| !is_part(byte)) else { return false };
    let is_own = OWN.iter().any(|own| memmem::find(&name[end..], own.as_bytes()).is_some());
    end + 1 < name.len() && !is_own && (name[end] == b'$' || name[..=end].ends_with(b"${"))
}

/// Whether most of what `named` names in `page` was never in the repository: it is about the files of the reader's project, or of what
/// a program makes.
fn is_about_another(subject: Subject<'_>, history: &History, page: &Node, named: &[(&Link, &End, &str)]) -> bool {
    let was_never = |(_, end, text): &&(&Link, &End, &str)| {
        let name = text.split_once(':').map_or(*text, |(path, _)| path);
        let was = |path: &RepoPath| subject.tree.contains(*path) || history.lost(*path).is_some();
        **end == End::Nowhere && !files_meant(page, text).iter().any(was) && !ends_some_path(subject, name)
    };
    let never = named.iter().filter(was_never).count();
    let own = named.iter().filter(|(_, end, _)| **end != End::Nowhere).count();
    never >= OF_ANOTHER && (2 * never > named.len() || never > own)
}

fn finding<'a>(
    subject: Subject<'_>,
    history: &History,
    link: &Link,
    from: &Node,
    text: &'a str,
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
    if is_made || meant.iter().any(is_there) || ends_some_path(subject, name) {
        return None;
    }
    let mut lost = meant.iter().filter_map(|path| Some((*path, history.lost(*path)?)));
    let (path, moment) = lost.next()?;
    // Who writes about a generator of sites means a site of the reader's, and has one himself.
    let is_of_some_site = |path: RepoPath| path.parts().next().is_some_and(|first| OF_SITES.contains(&first));
    let is_of_site =
        site_project(subject.tree, from.span.file).is_some_and(|site| path.is_below(site) || is_of_some_site(path));
    if is_of_site || subject.tree.is_ignored(path) || is_meant_otherwise(subject, link, path) {
        return None;
    }
    // Readers of a site have files of their own. Few of them stand in a folder of this repository.
    let is_in_own_folder =
        || name.contains('/') && path.parts().next().is_some_and(|first| is_own_folder(subject, first));
    let page = from.span.file;
    if !is_for_developers(page) && is_on_site(subject, page) && !is_in_own_folder() {
        return None;
    }
    let message = format!("`{}` is no more", name.trim_end_matches('/'));
    let diagnostic = Diagnostic::new(Code::MissingPath, message, link.span);
    let of = |commit: &Commit| format!("{:.9} of {}: {}", commit.id, commit.day, commit.subject);
    let diagnostic = match history.gone(path) {
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
    Some(Finding { text, lost: moment, diagnostic, page })
}

/// Whether `name` is a folder at the root of the repository.
fn is_own_folder(subject: Subject<'_>, name: &str) -> bool {
    subject.tree.find(RepoPath::root(), name).is_some_and(|folder| subject.tree.is_folder(folder))
}

/// Whether the words around `link` say that it is no more, or is to be made, or that they are about something of the reader's.
fn is_meant_otherwise(subject: Subject<'_>, link: &Link, path: RepoPath) -> bool {
    const AROUND: &str = r"(?i)\byour (?:own )?(?:\w+ )?(?:app|application|code|crate|file|package|project|repo|repository|site|workspace)\b|\bmight\b|\bcd into an?\b|\be\.g\.|\bfor example, if\b|\bdocker hub\b|\b(?:container|docker) images?\b|\bthere (?:is|are) no\b|\bha(?:s|ve) no\b|\bdoes(?: not|n't) exist\b|\b(?:do not|don't) (?:use|refer)|\bnot yet\b|\bmust be empty\b|\bmounted\b|\b(?:deleted|deprecated|removed|dropped|moved|replaced|renamed|formerly|previously|legacy|obsolete|outdated|stale)\b|\bno longer\b|\bused to\b|\b(?:was|were|had)\b";
    const BEFORE: &str = r"(?i)(?:\byour(?: own)?|\b(?:former|old(?:er)?|previous)|\b(?:add|adding|creat(?:e|es|ing)|generat(?:e|es|ing)|nam(?:ed|e it)|call(?:ed|it))\b[^.`]{0,40})\s*$";
    // What a program or the reader is to make.
    const TO_BE: &str = r"(?i)(?:\b(?:should|will)\s+(?:appear|be\s+(?:\w+ly\s+)?(?:cached|copied|created|downloaded|dumped|generated|output|placed|produced|put|saved|stored|written))\b[^.`]{0,60}|\b(?:cop(?:y|ies|ying)|mov(?:e|es|ing)|renam(?:e|es|ing))\b[^\n]{0,80}\b(?:to|as)|\b(?:mov(?:e|es|ing)|renam(?:e|es|ing))(?:\s+the)?|\b(?:is|are|gets?)\s+(?:dumped|saved|written)\s+(?:in)?to\b[^.`]{0,40}|\b(?:includ|sav|stor|writ)(?:e|ing)\s+(?:it|them|this)\s+(?:as|(?:in)?to))\s*$";
    const NEW_FILE: &str =
        r"(?i)\b(?:add|adding|creat(?:e|es|ing))\s+(?:an?\s+|the\s+)?(?:new\s+)?file\s+(?:at|in|under)\s*$";
    static TO_BE_IT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(TO_BE).ok());
    static NEW_FILE_IT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(NEW_FILE).ok());
    static AROUND_IT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(AROUND).ok());
    static BEFORE_IT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(BEFORE).ok());
    let patterns = [&AROUND_IT, &BEFORE_IT, &TO_BE_IT, &NEW_FILE_IT].map(|pattern| pattern.as_ref());
    let [Some(around), Some(before), Some(to_be), Some(new_file)] = patterns else { return true };
    let Some(file) = subject.tree.source(link.span.file) else { return true };
    let (text, range) = (file.text(), link.span.range());
    if is_withdrawn(text)
        || is_abandoned(subject, link.span.file)
        || is_told_of(text, text[range.clone()].trim_matches('`'))
    {
        return true;
    }
    let block = block_around(text, &range);
    let lead = text[block.start..range.start].trim_end_matches('`').trim_end();
    // A file is made in a folder that is there.
    let is_made = before.is_match(lead) && ![" in", " to", " into", " under"].iter().any(|word| lead.ends_with(word));
    let heading = text[..block.start].lines().rev().find(|line| line.starts_with(['#', '=']));
    let is_struck = text[block.clone()].contains("~~")
        || heading.is_some_and(|heading| past().is_none_or(|past| past.is_match(heading)));
    // Nobody makes a file in a file: it is to have this name.
    let is_new = !path.extension().is_empty() && new_file.is_match(lead);
    let is_to_be = is_made || is_new || to_be.is_match(lead);
    let line = text[..range.start].rfind('\n').map_or(0, |end| end + 1);
    // What a listing is to be saved as: a file of the reader.
    let is_heading = text[line..range.start].starts_with('#')
        && text[line..range.start].trim_matches(['#', ' ', '`']).is_empty()
        && text[range.end..].trim_start_matches('`').starts_with('\n');
    is_to_be
        || is_heading
        || heading.is_some_and(|heading| heading.trim_matches(['#', '=', ' ']).eq_ignore_ascii_case("example"))
        || is_value(lead, &text[range.end..])
        || is_struck
        || is_elsewhere(&text[block.clone()], subject.own_name())
        || heading.is_some_and(|heading| is_elsewhere(heading, subject.own_name()))
        || around.is_match(&text[block])
}

/// Whether `text` says somewhere what a file called `name` is: "`./api` is a file that holds an address".
fn is_told_of(text: &str, name: &str) -> bool {
    ["file", "folder", "directory"].iter().any(|thing| text.contains(&format!("`{name}` is a {thing} that ")))
}

/// Whether a cell between `lead` and `rest` is the value of a setting, `| `SHOP_KEY` | `…` |`, which may be any.
fn is_value(lead: &str, rest: &str) -> bool {
    let mut cells = lead.trim_start().split('|');
    let first = cells.by_ref().nth(1).map(|cell| cell.trim().trim_matches('`'));
    let is_alone = lead.ends_with('|') && rest.trim_start_matches('`').trim_start_matches(' ').starts_with(['|', '\n']);
    let is_variable = |name: &str| {
        name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
    };
    lead.trim_start().starts_with('|') && is_alone && cells.next().is_some() && first.is_some_and(is_variable)
}

/// Words in headings above what was.
fn past() -> Option<&'static Regex> {
    static PAST: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:change ?log|deprecated|files changed|formerly|histor\w*|legacy|(?:changed|modified) files|old|previous\w*|removed|upgrad\w*)\b")
            .ok()
    });
    PAST.as_ref()
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
