//! A command in a page that names what the repository does not have.

mod cargo;
mod declarations;
mod hedge;
mod just;
mod make;
mod node;
mod snapshot;
mod then;

use std::collections::{BTreeMap, BTreeSet};

use self::declarations::Declarations;
use self::hedge::is_hedged;
use self::snapshot::Snapshot;
use self::then::{Name, declared_then};
use super::Subject;
use super::audience::{is_abandoned, is_for_developers, is_on_site};
use super::citation::is_about_the_past;
use super::document::{is_dated, is_of_one_time, is_withdrawn, tells_of_now};
use super::elsewhere::{Clones, is_elsewhere, words_around};
use super::in_quotes::InQuotes;
use super::vendored::is_vendored;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Level};
use crate::graph::{COMMAND, Named, Node, NodeId, Target, Thing};
use crate::source::{Files, RepoPath, Sources, Span};

/// Something that a page names by a command.
struct Naming<'a> {
    page: &'a Node,
    span: Span,
    named: Named,
}

impl Naming<'_> {
    /// What is named, and in which file.
    fn name(&self) -> Name<'_> {
        (self.page.span.file, self.named.thing, &self.named.name)
    }
}

/// Who declares what commands name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tool {
    Cargo,
    Just,
    Make,
    Node,
}

impl Tool {
    /// The one for `thing`; none for what is cloned.
    fn of(thing: Thing) -> Option<Self> {
        match thing {
            Thing::Alias
            | Thing::Bench
            | Thing::Example
            | Thing::Feature
            | Thing::Package
            | Thing::Program
            | Thing::Test => Some(Self::Cargo),
            Thing::Recipe => Some(Self::Just),
            Thing::Target => Some(Self::Make),
            Thing::Script => Some(Self::Node),
            Thing::Repository => None,
        }
    }

    fn read(self, snapshot: &Snapshot<'_>) -> Declarations {
        match self {
            Self::Cargo => cargo::read(snapshot),
            Self::Just => just::read(snapshot),
            Self::Make => make::read(snapshot),
            Self::Node => node::read(snapshot),
        }
    }

    /// Whether the file at `path` is read for what it declares.
    fn is_read(self, path: RepoPath) -> bool {
        match self {
            Self::Cargo => cargo::is_read(path),
            Self::Just => just::is_read(path),
            Self::Make => make::is_read(path),
            Self::Node => node::is_read(path),
        }
    }
}

/// Packages with their targets and features, targets of make, recipes of just and scripts of npm that nothing in the repository
/// declares.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let namings = namings(subject);
    if namings.is_empty() {
        return Diagnostics::new();
    }
    let mut paths: Vec<RepoPath> = subject.tree.paths().filter(|path| !subject.tree.is_folder(*path)).collect();
    paths.sort_unstable();
    let now = Snapshot { paths: &paths, bytes: &|path| subject.tree.bytes(path) };
    let mut declared: BTreeMap<Tool, Declarations> = BTreeMap::new();
    let mut missing: BTreeMap<(NodeId, Tool), Vec<&Naming<'_>>> = BTreeMap::new();
    // Once for a page is enough.
    let mut seen = BTreeSet::new();
    for naming in &namings {
        let Named { thing, name, folder, package } = &naming.named;
        let Some(tool) = Tool::of(*thing) else { continue };
        let declarations = declared.entry(tool).or_insert_with(|| tool.read(&now));
        let page = naming.page.span.file;
        let folder = folder.as_deref().filter(|folder| subject.own_name() != Some(*folder));
        // What a package of somebody else has, nobody knows; that there is no such package is said of the package.
        let is_own = package.as_ref().is_none_or(|package| declarations.is_own_package(package));
        let is_missing = is_own
            && declarations.lack(*thing, name, page, folder)
            && (tool == Tool::Cargo || is_of_repository(subject, tool, naming, &namings, declarations));
        // What is once said to be in another repository is so in all of the page.
        let is_noted = is_missing
            && !is_dated(subject.tree, page)
            && !(tool == Tool::Make && is_declared_beside(subject, naming.span, name))
            && (is_elsewhere_at(subject, naming.span) || is_meant_now(subject, naming.span))
            && seen.insert((page, *thing, name));
        if is_noted && !is_elsewhere_at(subject, naming.span) {
            missing.entry((naming.page.id, tool)).or_default().push(naming);
        }
    }
    let missing = without_others(missing, &namings, &declared);
    let mut found = Diagnostics::new();
    for (naming, tool, level) in levelled(subject, &paths, missing, &namings, &declared) {
        let Named { thing, name, .. } = &naming.named;
        let Some(declarations) = declared.get(&tool) else { continue };
        let message = format!("nothing in the repository declares {} called `{name}`", thing.words());
        let hint = declarations.hint(*thing, name, naming.page.span.file);
        let mut finding = Diagnostic::new(Code::MissingCommand, message, naming.span).hint(hint);
        finding.level = level;
        found.push(finding);
    }
    found
}

/// Those of `missing` whose page and folder are about this repository.
fn without_others<'n, 'a>(
    missing: BTreeMap<(NodeId, Tool), Vec<&'n Naming<'a>>>,
    namings: &[Naming<'_>],
    declared: &BTreeMap<Tool, Declarations>,
) -> Vec<(&'n Naming<'a>, Tool)> {
    let mut of_folders: BTreeMap<(&str, Tool), BTreeSet<&str>> = BTreeMap::new();
    for ((_, tool), missing) in &missing {
        for naming in missing {
            of_folders.entry((top(naming), *tool)).or_default().insert(&naming.named.name);
        }
    }
    let mut own = Vec::new();
    for ((page, tool), missing) in missing {
        let Some(declarations) = declared.get(&tool) else { continue };
        let is_of_another = |naming: &&Naming<'_>| {
            let of_folder = of_folders.get(&(top(naming), tool)).map_or(0, BTreeSet::len);
            is_folder_about_another(top(naming), tool, of_folder, namings, declarations)
        };
        if !is_about_another(page, tool, missing.len(), namings, declarations)
            && !missing.first().is_some_and(is_of_another)
        {
            own.extend(missing.into_iter().map(|naming| (naming, tool)));
        }
    }
    own
}

/// Those of `missing` that are meant to be in this repository, which has the files at `paths`, and how certain that is. They are nearly
/// called like something that is, or were there while the page named them; or the page, which is on no site, names others that are there.
/// Where it names no others, and is for developers, it is likely.
fn levelled<'n, 'a>(
    subject: Subject<'_>,
    paths: &[RepoPath],
    mut missing: Vec<(&'n Naming<'a>, Tool)>,
    namings: &[Naming<'_>],
    declared: &BTreeMap<Tool, Declarations>,
) -> Vec<(&'n Naming<'a>, Tool, Level)> {
    let is_ours =
        |naming: &Naming<'_>| !is_written_by_reader(subject, naming) && !is_vendored(subject, naming.page.span.file);
    missing.retain(|(naming, _)| is_ours(naming));
    let is_known = |(naming, tool): &(&Naming<'_>, Tool)| {
        declared.get(tool).is_some_and(|declared| was_here(subject, naming, declared))
    };
    // Code that sets up projects for others writes scripts into theirs: `scripts["content:push"] = …`.
    let is_told = |naming: &Naming<'_>| naming.named.name.contains([':', '-']);
    let names = missing.iter().filter(|(naming, tool)| *tool == Tool::Node && is_told(naming));
    let names: BTreeSet<String> = names.map(|(naming, _)| naming.named.name.clone()).collect();
    if !names.is_empty() {
        let written = subject.tree.ask(&InQuotes { texts: names });
        missing.retain(|(naming, tool)| *tool != Tool::Node || !written.contains(&naming.named.name));
    }
    let (certain, doubtful): (Vec<_>, Vec<_>) = missing.into_iter().partition(is_known);
    let then = declared_then(subject, paths, &doubtful);
    let level = |naming: &Naming<'_>, tool: Tool| {
        let page = naming.page.span.file;
        if then.contains(&naming.name()) {
            return Some(Level::Warn);
        }
        let beside = |other: &&Naming<'_>| other.page.id == naming.page.id && Tool::of(other.named.thing) == Some(tool);
        let declared = declared.get(&tool)?;
        let is_there = |other: &Naming<'_>| declared.have(other.named.thing, &other.named.name);
        match namings.iter().filter(beside).any(is_there) {
            // A package may be of the reader's own workspace.
            _ if is_on_site(subject, page) || naming.named.thing == Thing::Package => None,
            true => Some(Level::Warn),
            false => is_for_developers(page).then_some(Level::Note),
        }
    };
    let doubtful = doubtful.into_iter().filter_map(|(naming, tool)| Some((naming, tool, level(naming, tool)?)));
    certain.into_iter().map(|(naming, tool)| (naming, tool, Level::Warn)).chain(doubtful).collect()
}

/// Whether what `naming` names for `tool` is of the repository and not of a project of its readers: its page is for developers, and on no
/// site, or names more that is there than not.
fn is_of_repository(
    subject: Subject<'_>,
    tool: Tool,
    naming: &Naming<'_>,
    namings: &[Naming<'_>],
    declarations: &Declarations,
) -> bool {
    let page = naming.page.span.file;
    if is_of_own_file(subject, tool, page) {
        return false;
    }
    if is_for_developers(page) && !is_on_site(subject, page) {
        return true;
    }
    let beside =
        namings.iter().filter(|other| other.page.id == naming.page.id && Tool::of(other.named.thing) == Some(tool));
    let names: BTreeSet<(Thing, &str)> = beside.map(|other| (other.named.thing, other.named.name.as_str())).collect();
    let known = names.iter().filter(|(thing, name)| declarations.have(*thing, name)).count();
    2 * known > names.len()
}

/// Whether the page speaks of the file of its reader's that says what there is for `tool`: "your `Makefile`".
fn is_of_own_file(subject: Subject<'_>, tool: Tool, page: RepoPath) -> bool {
    let name = match tool {
        Tool::Cargo => "Cargo.toml",
        Tool::Just => "justfile",
        Tool::Make => "Makefile",
        Tool::Node => "package.json",
    };
    let forms = [format!("your `{name}`"), format!("your {name}")];
    subject.tree.source(page).is_some_and(|file| forms.iter().any(|form| file.text().contains(form)))
}

/// So many names of a page, and most, that nothing declares are of another repository.
const OF_ANOTHER: usize = 3;

/// Names that many repositories declare.
const EVERYWHERE: &[&str] = &["all", "build", "check", "clean", "help", "install", "lint", "start", "test"];

/// Whether most of what `page` names for `tool` is not here, which is so many: it tells of another repository.
fn is_about_another(
    page: NodeId,
    tool: Tool,
    missing: usize,
    namings: &[Naming<'_>],
    declarations: &Declarations,
) -> bool {
    let own = count_own(tool, namings, declarations, |other| other.page.id == page);
    missing >= OF_ANOTHER && missing > own
}

/// How many names for `tool`, of those that are `meant`, are of this repository and not of everybody's.
fn count_own(
    tool: Tool,
    namings: &[Naming<'_>],
    declarations: &Declarations,
    is_meant: impl Fn(&Naming<'_>) -> bool,
) -> usize {
    let meant = namings.iter().filter(|other| is_meant(other) && Tool::of(other.named.thing) == Some(tool));
    let names: BTreeSet<(Thing, &str)> = meant.map(|other| (other.named.thing, other.named.name.as_str())).collect();
    names.iter().filter(|(thing, name)| declarations.have(*thing, name) && !EVERYWHERE.contains(name)).count()
}

/// The outermost folder of the page that names it; empty at the root.
fn top<'t>(naming: &Naming<'_>) -> &'t str {
    naming.page.span.file.folders().next().unwrap_or_default()
}

/// Whether the pages below `folder` name so many things for `tool` that are not here, and not half as many that are: they tell of another
/// repository.
fn is_folder_about_another(
    folder: &str,
    tool: Tool,
    missing: usize,
    namings: &[Naming<'_>],
    declarations: &Declarations,
) -> bool {
    let own = count_own(tool, namings, declarations, |other| top(other) == folder);
    !folder.is_empty() && missing >= OF_ANOTHER && missing > 2 * own
}

/// Whether it is certain, whatever was declared, that what `naming` names is of this repository, and not of a project of its reader's: it is
/// nearly called like something that is there, or Cargo is to find what was there once. `cargo xtask` is a custom of repositories.
fn was_here(subject: Subject<'_>, naming: &Naming<'_>, declarations: &Declarations) -> bool {
    let Named { thing, name, .. } = &naming.named;
    let is_file = Tool::of(*thing) == Some(Tool::Cargo) && *thing != Thing::Feature;
    let had = || subject.history.as_ref().is_ok_and(|history| history.had_name(name));
    *thing == Thing::Alias || declarations.resembles(*thing, name, naming.page.span.file) || is_file && had()
}

/// Whether the page has its reader write the program or example first, `src/bin/count.rs`.
fn is_written_by_reader(subject: Subject<'_>, naming: &Naming<'_>) -> bool {
    let Named { thing, name, .. } = &naming.named;
    let folder = match thing {
        Thing::Program => "src/bin",
        // At the head of its listing.
        Thing::Example => "// examples",
        _ => return false,
    };
    let file = subject.tree.source(naming.span.file);
    file.is_some_and(|file| file.text().contains(&format!("{folder}/{name}.rs")))
}

/// Whether the words around speak neither of what was nor of what may be.
fn is_meant_now(subject: Subject<'_>, span: Span) -> bool {
    let (file, range) = (subject.tree.source(span.file), span.range());
    let is_now = |text: &str| !is_withdrawn(text) && !is_about_the_past(text, &range) && !is_hedged(text, &range);
    file.is_some_and(|file| is_now(file.text())) && !is_abandoned(subject, span.file)
}

/// Whether the listing around the command shows the target of make that it names: it is of a Makefile that the reader is to write.
fn is_declared_beside(subject: Subject<'_>, span: Span, target: &str) -> bool {
    let Some(file) = subject.tree.source(span.file) else { return false };
    let (before, behind) = file.text().split_at(span.range().start);
    let start = before.rfind("\n```").map_or(0, |start| start + 1);
    let end = behind.find("\n```").map_or(file.text().len(), |end| before.len() + end);
    let declares =
        |line: &str| line.strip_prefix(target).is_some_and(|rest| rest.starts_with(':') && !rest.starts_with(":="));
    file.text()[start..end].lines().any(declares)
}

/// Whether the words around speak of another repository.
fn is_elsewhere_at(subject: Subject<'_>, span: Span) -> bool {
    let file = subject.tree.source(span.file);
    file.is_some_and(|file| is_elsewhere(words_around(file.text(), &span.range()), subject.own_name()))
}

/// What pages of now name, as far as it is this repository that they speak of.
fn namings(subject: Subject<'_>) -> Vec<Naming<'_>> {
    let graph = &subject.resolved.graph;
    let clones = Clones::of(subject);
    let mut found = Vec::new();
    for (link, _) in subject.resolved.links() {
        let Target::Named { scheme, text } = &link.target else { continue };
        if scheme.as_str() != COMMAND {
            continue;
        }
        let Some(named) = Named::read(text).filter(|named| named.thing != Thing::Repository) else { continue };
        let is_meant = |page: &&Node| tells_of_now(page) && !is_of_one_time(page.span.file);
        let Some(page) = graph.node(link.from).filter(is_meant) else { continue };
        if clones.before(page.id, link.span).is_none() {
            found.push(Naming { page, span: link.span, named });
        }
    }
    found
}
