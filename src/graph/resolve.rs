//! Links as written -> links that lead somewhere, or a diagnostic.
//!
//! Enters: the assembled [`Graph`], the repository's files, and where it is published. Leaves: a [`ResolvedGraph`].
//! Each scheme of [`Target::Named`](super::Target) has its rule here; `lookup.rs` finds nodes by name, `anchors.rs`
//! places on a page, `paths.rs` files.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::anchors::Anchors;
use super::assemble::Entry;
use super::followed::{End, FollowedLinks};
use super::generators::{self, SitePlaces};
use super::incoming::Incoming;
use super::known::Known;
use super::link;
use super::lookup::{Found, Lookup, is_called};
use super::metrics::{self, Metrics};
use super::paths;
use super::routes::Routes;
use super::runbook_names::Runbooks;
use super::runbooks;
use super::rustdoc;
use super::telling::{asks, tell_alike};
use super::variables::{READ_VARIABLE, Readers, VARIABLE};
use super::{COMMAND, Fragment, Graph, KEY, Link, Need, Node, NodeId, READ_KEY, Reassembled, Target};
use crate::config::{Forge, Project};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::source::{Files, RepoPath};

/// A graph whose links have been followed.
#[derive(Debug)]
pub struct ResolvedGraph {
    /// The graph.
    pub graph: Graph,
    /// By fragment.
    followed: Vec<Arc<FollowedLinks>>,
    incoming: Arc<Incoming>,
    known: Known,
}

impl ResolvedGraph {
    /// Where the link at that place of [`Graph::links`] leads.
    pub fn end(&self, position: usize) -> Option<&End> {
        end(&self.graph, &self.followed, position)
    }

    /// Every link and where it leads, by fragment. One that no node states leads nowhere.
    pub fn links(&self) -> impl Iterator<Item = (&Link, &End)> {
        let fragments = self.graph.fragments().iter().zip(&self.followed);
        fragments.flat_map(|(fragment, followed)| fragment.links.iter().zip(&followed.ends))
    }

    /// Where each of [`Graph::links`] leads.
    pub fn ends(&self) -> impl Iterator<Item = &End> {
        (0..self.graph.links().len()).filter_map(|position| self.end(position))
    }

    /// Where the links lead that the fragment of that number states, in its order.
    pub fn ends_of(&self, fragment: usize) -> &[End] {
        self.followed.get(fragment).map_or(&[], |followed| &followed.ends)
    }

    /// Where in [`Graph::links`] those stand that lead to the node at that place of [`Graph::nodes`], its parents' and its own
    /// aside.
    pub fn incoming(&self, position: usize) -> &[u32] {
        self.incoming.to(position)
    }

    /// Its nodes by name.
    pub(super) fn lookup(&self) -> Lookup<'_> {
        Lookup::new(&self.graph, &self.known.names)
    }

    /// Whether a generator makes a site of `folder`, which has its settings.
    pub fn is_site(&self, files: &dyn Files, folder: RepoPath) -> bool {
        self.known.sites(files).is_made(folder)
    }

    /// Where the links lead, by fragment: for keeping.
    pub fn followed(&self) -> &[Arc<FollowedLinks>] {
        &self.followed
    }

    /// `graph`, of which somebody knows where its links lead. `None` when that is about another one.
    pub fn known(graph: Graph, followed: Vec<Arc<FollowedLinks>>) -> Option<Self> {
        let is_of =
            |(fragment, followed): (&Arc<Fragment>, &Arc<FollowedLinks>)| fragment.links.len() == followed.ends.len();
        let fragments = graph.fragments();
        if fragments.len() != followed.len() || !fragments.iter().zip(&followed).all(is_of) {
            return None;
        }
        let known = Known::of(&graph);
        let incoming = Arc::new(Incoming::of(&graph, |position| end(&graph, &followed, position)));
        Some(Self { graph, followed, incoming, known })
    }

    /// What is wrong with links: once for each place, though several pages show it.
    pub fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        let mut told = HashSet::new();
        let problems = self.followed.iter().flat_map(|followed| &followed.problems);
        problems.filter(move |problem| told.insert((problem.code, problem.span)))
    }
}

fn end<'e>(graph: &Graph, followed: &'e [Arc<FollowedLinks>], position: usize) -> Option<&'e End> {
    let Entry { fragment, place } = graph.place_of_link(position)?;
    followed.get(fragment as usize)?.ends.get(place as usize)
}

/// So many links are followed by one thread at a time.
const RUN: usize = 512;

/// Follows every link of `graph`.
pub fn resolve(graph: Graph, files: &(dyn Files + Sync), project: &Project) -> ResolvedGraph {
    let known = Known::of(&graph);
    let resolver = Resolver::new(&graph, &known, files, project);
    let followed: Vec<Arc<FollowedLinks>> =
        graph.fragments().par_iter().map(|fragment| Arc::new(resolver.follow_all(fragment))).collect();
    let incoming = Arc::new(Incoming::of(&graph, |position| end(&graph, &followed, position)));
    ResolvedGraph { followed, incoming, known: known.at_rest(&graph), graph }
}

/// Follows the links of those fragments that were replaced, of those that lead to what has another label, and of those that ask for what
/// the replaced ones tell otherwise; the others lead
/// where they led in `before`, the graph from which `reassembled` was made, as long as the repository has the same files
/// under the same settings.
pub fn resolve_again(
    before: &ResolvedGraph,
    reassembled: Reassembled,
    files: &(dyn Files + Sync),
    project: &Project,
) -> ResolvedGraph {
    let Reassembled { graph, replaced, relabelled } = reassembled;
    let pages: BTreeSet<NodeId> = relabelled.iter().filter_map(|id| Some(graph.page_of(*id)?.id)).collect();
    let mut numbers = BTreeSet::from_iter(replaced.iter().copied());
    for position in pages.iter().flat_map(|page| before.known.places.on(*page)).filter_map(|id| graph.position(id)) {
        numbers.insert(graph.fragment_of(position));
        let links = before.incoming.to(position).iter();
        let places = links.filter_map(|link| before.graph.place_of_link(*link as usize));
        numbers.extend(places.map(|place| place.fragment as usize));
    }
    // Who tells of a metric or a variable is looked for everywhere.
    let is_alike = |number: &usize| tell_alike(&before.graph.fragments()[*number], &graph.fragments()[*number]);
    if !replaced.iter().all(is_alike) {
        numbers.extend((0..graph.fragments().len()).filter(|number| asks(&graph.fragments()[*number])));
    }
    // Names and places are looked for on all pages, whichever was found before.
    let numbered = 0..graph.fragments().len();
    numbers.extend(numbered.filter(|number| !pages.is_empty() && runbooks::asks_for_names(&graph, *number)));
    let known = match pages.is_empty() {
        true => before.known.clone(),
        false => before.known.with_other_places(&graph, &pages),
    };
    let resolver = Resolver::new(&graph, &known, files, project);
    let mut followed = before.followed.clone();
    let mut lead_alike = Arc::ptr_eq(&graph.stated, &before.graph.stated);
    for number in numbers {
        let fragment = &graph.fragments()[number];
        let now = resolver.follow_all(fragment);
        let targets = |followed: &FollowedLinks| -> Vec<Option<NodeId>> {
            followed.ends.iter().zip(&fragment.links).map(|(end, link)| end.other_than(link.from)).collect()
        };
        lead_alike = lead_alike && targets(&now) == targets(&followed[number]);
        followed[number] = Arc::new(now);
    }
    let incoming = if lead_alike {
        Arc::clone(&before.incoming)
    } else {
        Arc::new(Incoming::of(&graph, |position| end(&graph, &followed, position)))
    };
    ResolvedGraph { graph, followed, incoming, known }
}

/// What the rules need to know.
pub(super) struct Resolver<'a> {
    pub(super) graph: &'a Graph,
    pub(super) lookup: Lookup<'a>,
    pub(super) anchors: Anchors<'a>,
    pub(super) files: &'a (dyn Files + Sync),
    pub(super) forge: Option<&'a Forge>,
    pub(super) base_url: Option<&'a str>,
    /// Addresses under which runbooks are published, and where those lie in the repository.
    pub(super) runbook_bases: Vec<(String, RepoPath)>,
    pub(super) runbooks: Runbooks,
    metrics: Metrics,
    readers: Readers,
    known: &'a Known,
}

/// Where a link leads, and what is wrong with it.
pub(super) type Followed = (End, Option<Diagnostic>);

impl<'a> Resolver<'a> {
    fn new(graph: &'a Graph, known: &'a Known, files: &'a (dyn Files + Sync), project: &'a Project) -> Self {
        Self {
            graph,
            lookup: Lookup::new(graph, &known.names),
            anchors: Anchors::new(graph, &known.places),
            files,
            forge: project.forge.as_ref(),
            base_url: project.site.base_url.as_deref(),
            runbook_bases: project.extractor("alerts").runbook_bases,
            runbooks: Runbooks::default(),
            metrics: Metrics::default(),
            readers: Readers::default(),
            known,
        }
    }

    fn follow_all(&self, fragment: &Fragment) -> FollowedLinks {
        let routes = Routes::of(self.graph, fragment, || self.lookup.operations());
        let follow = |links: &[Link]| -> FollowedLinks {
            let mut followed = FollowedLinks::default();
            // Links of one node stand side by side.
            let mut from: Option<&Node> = None;
            for link in links {
                from = from.filter(|from| from.id == link.from).or_else(|| self.graph.node(link.from));
                let follow = || from.map_or((End::Nowhere, None), |from| self.follow(from, link));
                let (end, problem) = routes.end(link).map_or_else(follow, |end| (end, None));
                followed.ends.push(end);
                followed.problems.extend(problem.filter(|_| link.need == Need::Must));
            }
            followed
        };
        if fragment.links.len() <= RUN {
            return follow(&fragment.links);
        }
        let runs: Vec<FollowedLinks> = fragment.links.par_chunks(RUN).map(follow).collect();
        let mut all = FollowedLinks::default();
        for run in runs {
            all.ends.extend(run.ends);
            all.problems.extend(run.problems);
        }
        all
    }

    /// What the files tell of sites.
    pub(super) fn sites(&self) -> &SitePlaces {
        self.known.sites(self.files)
    }

    /// Paths of the repository that resemble `path`, to which `link` leads: not that of the file in which it stands.
    pub(super) fn near_paths(&self, link: &Link, path: RepoPath) -> Vec<&'static str> {
        let near = self.known.near_paths(self.files, path);
        near.into_iter().filter(|near| *near != link.span.file.as_str()).collect()
    }

    fn follow(&self, from: &Node, link: &Link) -> Followed {
        match &link.target {
            Target::Known(id) => match self.graph.node(*id) {
                Some(_) => (End::Node { id: *id, anchor: None }, None),
                None => (End::Nowhere, None),
            },
            Target::Named { scheme, text } => match scheme.as_str() {
                "path" => paths::follow_path(self, from, link, text),
                "image" => paths::follow_image(self, from, link, text),
                "file" if !text.starts_with("file:") => (paths::follow_copy(self, text), None),
                "anchor" => self.follow_anchor(from.id, link, text),
                "code" => self.follow_code(from, text),
                "file-name" => (paths::follow_file_name(self, from, link, text), None),
                "http" | "https" => self.follow_web(from, link, text),
                runbooks::URL => runbooks::follow_url(self, from, link, text),
                runbooks::OF_ALERT => runbooks::follow_name(self, text),
                "metric" if link.need == Need::May => (self.metrics.end(self.graph, from, text), None),
                VARIABLE => (self.readers.end(self.graph, text), None),
                COMMAND | KEY if link.need == Need::May => (End::Nowhere, None),
                metrics::EMITTED | READ_KEY | READ_VARIABLE => (End::Nowhere, None),
                scheme if link::is_address(scheme, text) => (End::Web(text.clone()), None),
                scheme => self.follow_reference(from, link, scheme, text),
            },
        }
    }

    /// A place on the page of `id`.
    pub(super) fn follow_anchor(&self, id: NodeId, link: &Link, anchor: &str) -> Followed {
        let Some(page) = self.graph.page_of(id) else { return (End::Nowhere, None) };
        // Behind that a browser looks for words (WICG, "URL Fragment Text Directives").
        let decoded = paths::decode(anchor.split(":~:").next().unwrap_or(anchor));
        // GitHub shows a text at `#readme`; `##` is how people show words where the pointer rests.
        let is_text = || decoded == "readme" && page.span.file.has_extension(&["md", "markdown"]);
        if decoded.trim_matches('#').is_empty() || decoded == "top" || is_text() {
            return (End::Node { id, anchor: None }, None);
        }
        if let Some(end) = self.anchors.end(page.id, &decoded, link) {
            return (end, None);
        }
        // What makes a manual of fields puts all of them on one page.
        if self.graph.node(link.from).is_some_and(|from| from.kind.name == "field") {
            return (End::Nowhere, None);
        }
        if rustdoc::has_place(page, &decoded)
            || rustdoc::is_made_by_macro(self, page)
            || rustdoc::may_have_method(self, page, &decoded)
            || rustdoc::may_have_own_place(self, page, link, &decoded)
            || generators::adds_place(self, page, &decoded)
        {
            return (End::Node { id, anchor: None }, None);
        }
        let message = format!("\u{201c}{}\u{201d} has no place called `#{decoded}`", page.title);
        let hint = match self.anchors.near(page.id, &decoded).as_slice() {
            [] => match rustdoc::item_meant(self.graph, self.lookup, link, &decoded) {
                Some(path) => format!("items are linked by their paths: `{path}`"),
                None if generators::is_on_site(self, page) => {
                    "link to the page as a whole, or give the heading this name with `{#name}`".to_owned()
                }
                None => "link to the page as a whole, or put `<a id=\"name\"></a>` there".to_owned(),
            },
            near => did_you_mean(near),
        };
        let problem = Diagnostic::new(Code::BrokenAnchor, message, link.span).hint(hint);
        (End::Node { id, anchor: None }, Some(problem))
    }

    /// A Rust path that somebody wrote in backticks: a link when it is certain what it means, else just code.
    fn follow_code(&self, from: &Node, text: &str) -> Followed {
        let (path, kinds): (&str, &[&str]) = match (text.strip_suffix("()"), text.strip_suffix('!')) {
            (Some(path), _) => (path, &["fn", "method"]),
            (None, Some(path)) => (path, &["attribute", "derive", "macro"]),
            (None, None) => (text, &[]),
        };
        let path = path.trim_start_matches("crate::");
        if from.kind.scheme != "rust" && rustdoc::is_of_std(path) {
            return (End::Nowhere, None);
        }
        // In code a name alone means what is in scope, which the extractor knows better.
        let is_told = from.kind.scheme != "rust" || path.contains("::");
        let is_meant =
            |node: &Node| is_told && is_called(node, path) && (kinds.is_empty() || kinds.contains(&node.kind.name));
        match self.lookup.find("rust", path, from.span.file) {
            Found::One(id) if self.graph.node(id).is_some_and(is_meant) => (End::Node { id, anchor: None }, None),
            Found::One(_) | Found::Several(_) | Found::None => (End::Nowhere, None),
        }
    }

    /// An address: of this site, of this repository on its forge, or of somebody else's.
    fn follow_web(&self, from: &Node, link: &Link, address: &str) -> Followed {
        if let Some(rest) = self.base_url.and_then(|base| address.strip_prefix(base)) {
            let (route, anchor) = split_anchor(rest);
            if let Some(id) = self.lookup.by_route(route) {
                return match anchor {
                    Some(anchor) => self.follow_anchor(id, link, anchor),
                    None => (End::Node { id, anchor: None }, None),
                };
            }
        }
        let on_forge = self.forge.and_then(|forge| forge.path_of(address));
        if let Some((path, anchor)) = on_forge
            && let Some(id) = self.lookup.by_file(path)
            && self.graph.node(id).is_some_and(|node| node.id != from.id)
        {
            return match anchor {
                Some(anchor) if !paths::is_line_anchor(anchor) => self.follow_anchor(id, link, anchor),
                Some(_) => (End::Web(address.to_owned()), None),
                None => (End::Node { id, anchor: None }, None),
            };
        }
        (End::Web(address.to_owned()), None)
    }
}

/// `name#anchor` as its two parts.
pub(super) fn split_anchor(text: &str) -> (&str, Option<&str>) {
    match text.split_once('#') {
        Some((name, anchor)) => (name, Some(anchor)),
        None => (text, None),
    }
}
