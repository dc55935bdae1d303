//! Guides: every Markdown file that is documentation and that no other extractor knows better.
//!
//! Enters: Markdown files, with the files that they include. Leaves: one `guide` node for each, with what its front
//! matter says, its place among the others and its text.
//!
//! The tree decides names, parents and order, so that a page can be read on its own: `claim.rs` says what is a page,
//! `outline.rs` reads tables of contents, `folder.rs` and `arrange.rs` place the pages.

mod address;
mod arrange;
mod claim;
mod directive;
mod folder;
mod host;
mod include;
mod mdx;
mod meta;
mod names;
mod outline;
mod roots;
mod words;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use rayon::prelude::*;

use self::address::{alias, names, route};
use self::arrange::Place;
use self::folder::Folders;
use self::include::{Expanded, Instead};
use self::meta::Meta;
use self::outline::Outline;
use super::{Extractor, ExtractorSpec, Input, review};
use crate::config::ExtractorOptions;
use crate::diagnostic::{Code, Diagnostic, NearestNames, did_you_mean};
use crate::discover::SourceTree;
use crate::graph::{Fragment, Home, Kind, Need, Node, NodeId, SHOWN_ON, Section, Target, is_output};
use crate::markdown::{self, Dialect, Document, FirstHeading, WrittenLink};
use crate::source::{Files, Note, RepoPath, SourceFile, Sources, Span, stored};

static SECTION: Section = Section { slug: "guides", label: "Guides", icon: "guide", order: 10 };

static GUIDE: Kind = Kind {
    name: "guide",
    label: "Guide",
    plural: "Guides",
    section: &SECTION,
    order: 0,
    scheme: "guide",
    list: Some(&[]),
    facet: "Guides",
};

static SPEC: ExtractorSpec = ExtractorSpec { name: "guides", version: 4, kinds: &[&GUIDE], contracts_from: &[] };

/// Words that are read in a minute.
const READING_SPEED: usize = 200;

/// Reads guides.
#[derive(Debug)]
pub(crate) struct Guides;

/// What a page tells before it is read.
#[derive(PartialEq)]
struct Outlook {
    /// Whether it is unfinished.
    is_draft: bool,
    /// The files that it asks for.
    includes: Vec<RepoPath>,
    /// The files that another generator would show in it.
    shown: Vec<Vec<RepoPath>>,
}

stored! { struct Outlook { is_draft, includes, shown } }

impl Note for Outlook {
    const NAME: &'static str = "outlook of a guide";

    fn of(file: &SourceFile) -> Self {
        Self { is_draft: meta::is_draft(file), includes: include::targets(file), shown: host::shown(file) }
    }
}

/// A file that is a page, unless it is a piece of another one.
struct Candidate {
    file: Arc<SourceFile>,
    outlook: Arc<Outlook>,
    reason: &'static str,
}

/// What the tree tells about an input.
#[derive(Clone)]
pub(crate) enum About {
    /// A page.
    Page {
        place: Place,
        /// For each file that the page includes and that does not exist, those that resemble it.
        absent: include::Absent,
        /// The pages that show it.
        hosts: Vec<RepoPath>,
    },
    /// A table of contents, with the pages that it lists and that do not exist.
    Contents(Vec<Missing>),
}

impl fmt::Debug for About {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page { place, absent, hosts } if absent.is_empty() && hosts.is_empty() => place.fmt(formatter),
            Self::Page { place, absent, hosts } => write!(formatter, "{place:?}{absent:?}{hosts:?}"),
            Self::Contents(missing) => missing.fmt(formatter),
        }
    }
}

/// A page that is listed and does not exist.
#[derive(Clone, Debug)]
pub(crate) struct Missing {
    file: RepoPath,
    span: Span,
    /// Files that resemble it.
    near: Vec<&'static str>,
}

impl Extractor for Guides {
    type About = About;
    type Scan = ();

    fn spec(&self) -> &'static ExtractorSpec {
        &SPEC
    }

    fn inputs(&self, tree: &SourceTree, options: &ExtractorOptions) -> Vec<Input<About>> {
        let outlines = outline::find(tree);
        let mut judge = claim::Judge::new(tree);
        let claimed: Vec<(RepoPath, &'static str)> = tree
            .files()
            .filter(|path| !outlines.iter().any(|outline| outline.file == *path))
            .filter_map(|path| {
                let reason = judge.reason(path);
                let admitted = options.admits(path, || reason.is_some());
                admitted.then(|| (path, reason.unwrap_or("named in the configuration")))
            })
            .collect();
        let read = |&(path, reason): &(RepoPath, &'static str)| {
            let file = tree.source(path)?;
            let outlook = file.noted::<Outlook>();
            (!outlook.is_draft).then_some(Candidate { file, outlook, reason })
        };
        let mut candidates: Vec<Candidate> = claimed.par_iter().filter_map(read).collect();
        leave_out_pieces(&mut candidates, &outlines);
        let mut hosts = host::hosts(&candidates);
        let pages: Vec<RepoPath> = candidates.iter().map(|candidate| candidate.file.path()).collect();
        let places = arrange::arrange(&pages, &outlines, &Folders::new(&pages, tree));
        let mut near = Near { tree, names: None };
        let mut inputs = contents(&outlines, tree, &mut near);
        inputs.extend(candidates.into_iter().zip(places).map(|(candidate, place)| {
            let reason = candidate.reason;
            let hosts = hosts.remove(&candidate.file.path()).unwrap_or_default();
            let (files, absent) = with_included(candidate, tree, &mut near);
            Input { files, reason, about: About::Page { place, absent, hosts } }
        }));
        inputs.sort_by_key(|input| input.files[0].path());
        inputs
    }

    fn scan(&self, _file: &Arc<SourceFile>) {}

    fn extract(&self, input: &Input<About>, _scans: &[Arc<()>]) -> Fragment {
        let (place, absent, hosts) = match &input.about {
            About::Page { place, absent, hosts } => (place, absent, hosts),
            About::Contents(missing) => {
                let diagnostics = missing.iter().map(missing_page).collect();
                return Fragment { diagnostics, ..Fragment::default() };
            }
        };
        let file = &input.files[0];
        let meta = meta::read(file);
        let whole = meta.end..file.text().len();
        let is_mdx = file.path().has_extension(&["mdx"]) || mdx::is_mdx(file.text());
        let ranges = if is_mdx { mdx::markdown(file.text(), whole) } else { std::iter::once(whole).collect() };
        let expanded = include::expand(&input.files, &ranges, absent, place.book.is_some());
        let chosen = [&meta.title, &place.title, &expanded.title].into_iter().find(|title| !title.is_empty());
        let (document, title) = read_text(&expanded, chosen, || place.fallback_title.words());
        let id = NodeId::new(GUIDE.scheme, place.name.as_str());
        let mut node = guide(file, place, id, &meta, title, &expanded, &document);
        if !hosts.is_empty() {
            let hosts: Vec<&str> = hosts.iter().map(|host| host.as_str()).collect();
            node.facts.insert(SHOWN_ON, hosts.into());
        }
        let mention = |link: WrittenLink| {
            let need = if leaves_book(&link, file.path(), place.book) { Need::May } else { link.need };
            WrittenLink { need, ..link }.mention(id)
        };
        let diagnostics = [meta.diagnostics, expanded.diagnostics, document.diagnostics];
        Fragment {
            nodes: vec![Node { body: document.body.into(), ..node }],
            links: document.links.into_iter().map(mention).collect(),
            diagnostics: diagnostics.into_iter().flatten().collect(),
            ..Fragment::default()
        }
    }
}

/// Whether a link of a book leads to a page beside it: to what is published next to the book, which no repository shows.
fn leaves_book(link: &WrittenLink, page: RepoPath, book: Option<RepoPath>) -> bool {
    let (Some(book), Target::Named { scheme, text }) = (book, &link.target) else { return false };
    let path = text.split(['#', '?']).next().unwrap_or_default();
    let is_page = scheme.as_str() == "path" && (path.ends_with(".html") || path.ends_with('/'));
    is_page && !page.parent().join(path).is_some_and(|target| target.is_below(book))
}

/// The text, and the page's title: the one chosen elsewhere, else the first heading. A first heading that says
/// something else than the chosen title stays in the text.
fn read_text(expanded: &Expanded, chosen: Option<&String>, fallback: impl FnOnce() -> String) -> (Document, String) {
    let is_chosen = |heading: &str| chosen.is_none_or(|chosen| same_words(chosen, heading));
    let options = markdown::Options {
        schemes: super::schemes(),
        dialect: Dialect::Page,
        first_heading: FirstHeading::IsTitleWhen(&is_chosen),
        top_level: 2,
        anchor_prefix: "",
        first_link: 0,
    };
    let document = markdown::read(&expanded.text, &options);
    let heading = || document.title.as_ref().map(|(words, _)| words.clone());
    let title = chosen.cloned().or_else(heading).unwrap_or_else(fallback);
    (document, title)
}

fn same_words(left: &str, right: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    letters(left) == letters(right)
}

fn guide(
    file: &SourceFile,
    place: &Place,
    id: NodeId,
    meta: &Meta,
    title: String,
    expanded: &Expanded,
    document: &Document,
) -> Node {
    // Zola's pages begin with TOML, Hugo's most often not.
    let is_of_hugo = file.text().starts_with("---");
    let home = Home::Page {
        route: route(place, &meta.slug),
        aliases: meta.aliases.iter().map(|written| alias(place, written, is_of_hugo)).collect(),
    };
    let mut node = Node::new(id, &GUIDE, title, Span::start_of(file.path()), home);
    node.summary = if meta.description.is_empty() { document.summary.clone() } else { meta.description.clone() };
    node.parent = place.parent;
    node.group = place.group.to_string();
    node.order = place.order.number(meta.order);
    node.names = names(file.path(), place, meta);
    let words = words::count(expanded.text.text());
    let minutes = i64::try_from(words.div_ceil(READING_SPEED)).unwrap_or(i64::MAX);
    if minutes > 0 {
        node.facts.insert("minutes", minutes.into());
    }
    if let Some(order) = meta.order {
        node.facts.insert("order", order.into());
    }
    for (name, text) in [("description", &meta.description), ("owner", &meta.owner), ("path", &meta.path)] {
        if !text.is_empty() {
            node.facts.insert(name, text.as_str().into());
        }
    }
    review::insert(&mut node.facts, Some(&meta.last_reviewed), Some(&meta.review_in));
    for (name, list) in [("roles", &meta.roles), ("tags", &meta.tags)] {
        if !list.is_empty() {
            node.facts.insert(name, list.clone().into());
        }
    }
    node
}

/// Paths that resemble those that do not exist; arranged when the first is asked for.
struct Near<'t> {
    tree: &'t SourceTree,
    names: Option<NearestNames<'static>>,
}

impl Near<'_> {
    fn find(&mut self, path: RepoPath) -> Vec<&'static str> {
        let tree = self.tree;
        let names = self.names.get_or_insert_with(|| {
            NearestNames::new(tree.paths().filter(|path| !tree.is_folder(*path)).map(RepoPath::as_str))
        });
        names.find(path.as_str())
    }
}

/// The tables of contents themselves: no pages, but they may list what does not exist.
fn contents(outlines: &[Outline], tree: &SourceTree, near: &mut Near<'_>) -> Vec<Input<About>> {
    let mut inputs = Vec::new();
    // MkDocs lists what its plug-ins make as well.
    for outline in outlines.iter().filter(|outline| outline.is_book) {
        let Some(file) = tree.source(outline.file) else { continue };
        // What git keeps out, the build of the book makes.
        let is_missing = |file: RepoPath| file.has_extension(&["md"]) && !tree.contains(file) && !tree.is_ignored(file);
        let missing = outline.entries.iter().filter(|entry| is_missing(entry.file));
        let missing =
            missing.map(|entry| Missing { file: entry.file, span: entry.span, near: near.find(entry.file) }).collect();
        inputs.push(Input { files: vec![file], reason: "a table of contents", about: About::Contents(missing) });
    }
    inputs
}

fn missing_page(missing: &Missing) -> Diagnostic {
    let message = format!("there is no `{}` in the repository", missing.file);
    let hint = match missing.near.as_slice() {
        [] => "write the page, or take it off the list".to_owned(),
        near => did_you_mean(near),
    };
    Diagnostic::new(Code::BrokenLink, message, missing.span).hint(hint)
}

/// Leaves out files of a book that its summary does not list and that another page includes: they are pieces of it.
fn leave_out_pieces(candidates: &mut Vec<Candidate>, outlines: &[Outline]) {
    let books: Vec<&Outline> = outlines.iter().filter(|outline| outline.is_book).collect();
    if books.is_empty() {
        return;
    }
    let listed: BTreeSet<RepoPath> =
        outlines.iter().flat_map(|outline| outline.entries.iter().map(|entry| entry.file)).collect();
    let included: BTreeSet<RepoPath> =
        candidates.iter().flat_map(|candidate| candidate.outlook.includes.iter().copied()).collect();
    candidates.retain(|candidate| {
        let path = candidate.file.path();
        let is_piece = included.contains(&path) && !listed.contains(&path);
        !is_piece || !books.iter().any(|book| path.is_below(book.root))
    });
}

/// A page with the files that it includes, directly or through others, and what resembles those that do not exist.
fn with_included(
    Candidate { file: page, outlook, .. }: Candidate,
    tree: &SourceTree,
    near: &mut Near<'_>,
) -> (Vec<Arc<SourceFile>>, include::Absent) {
    let mut absent = include::Absent::new();
    let mut files = vec![page];
    if outlook.includes.is_empty() {
        return (files, absent);
    }
    let mut next = 0;
    while let Some(file) = files.get(next).cloned() {
        next += 1;
        for &target in &file.noted::<Outlook>().includes {
            if absent.contains_key(&target) || files.iter().any(|known| known.path() == target) {
                continue;
            }
            let instead = match tree.source(target) {
                Some(found) if found.path() == target => {
                    files.push(found);
                    continue;
                }
                Some(found) => {
                    let path = found.path();
                    if files.iter().all(|known| known.path() != path) {
                        files.push(found);
                    }
                    Instead::Other(path)
                }
                None if tree.is_ignored(target) || tree.is_absent(target) || is_output(tree, target) => Instead::Made,
                None => Instead::Nothing(near.find(target)),
            };
            absent.insert(target, instead);
        }
    }
    (files, absent)
}

#[cfg(test)]
mod tests {
    #[test]
    fn cases() {
        crate::extract::cases::check_cases(&super::Guides);
    }
}
