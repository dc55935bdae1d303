//! Which page holds which node, and how readers get from one to the next.
//!
//! Enters: the [`ResolvedGraph`]. Leaves: a [`SitePlan`] that owns every address of the site, and a diagnostic for each
//! address that two sources want.

mod addresses;
mod lists;
mod navigation;
mod route;
mod sections;
mod tree;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::graph::{End, Graph, Home, Node, NodeId, ResolvedGraph, Section};
use crate::source::{Interned, NameMap, RepoPath};

pub use lists::{ROWS, children_in_tables};
pub use navigation::{Crumb, NavigationGroup, NavigationItem, NavigationRun, breadcrumbs, navigation};
pub use route::Route;
pub use sections::SectionPlan;
pub use tree::{Group, PageTree, Run};

use addresses::Addresses;

/// Every address of the site and what stands there.
#[derive(Debug)]
pub struct SitePlan {
    /// Every page, by route.
    pub pages: Vec<Page>,
    /// The sections that have something to show, in their order.
    pub sections: Vec<SectionPlan>,
    /// Old addresses that lead on.
    pub redirects: Vec<Page>,
    /// Files of the repository that go into the site as they are, by route.
    pub assets: BTreeMap<Route, RepoPath>,
    /// Which page stands below which.
    pub tree: PageTree,
    places: NameMap<NodeId, Place>,
    /// The pages that show files.
    files: NameMap<RepoPath, Route>,
    /// Where the tables of what is below a page go on, for pages that have too much below them.
    continued: BTreeMap<NodeId, Vec<Route>>,
}

/// One page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its address.
    pub route: Route,
    /// What it shows.
    pub content: PageContent,
}

/// What a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageContent {
    /// A node and what is within it.
    Node(NodeId),
    /// More of what is below a node: the second page of that, or a later one.
    Below {
        /// The node.
        node: NodeId,
        /// From 2; the first is on the node's own page.
        number: usize,
    },
    /// A file of the repository, as it is written.
    File {
        /// The file.
        path: RepoPath,
        /// What it is a part of.
        of: NodeId,
    },
    /// The front page of a repository that has no README: what there is to read.
    Overview,
    /// A page of the list of a section.
    Section {
        /// The section.
        section: &'static Section,
        /// From 1.
        number: usize,
    },
    /// What a server shows for an address that does not exist.
    NotFound,
    /// An old address of a node, from which readers are led on.
    Redirect(NodeId),
}

impl Page {
    /// The file that holds its HTML, from the site's root.
    pub fn file(&self) -> String {
        self.route.file()
    }

    /// The file that holds its copy in Markdown, from the site's root; `None` for what is a list of other pages.
    pub fn copy(&self) -> Option<String> {
        matches!(self.content, PageContent::Node(_)).then(|| self.route.copy())
    }
}

/// Where a node is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The page's address.
    pub route: Route,
    /// The place on the page; `None` for the page as a whole.
    pub anchor: Option<Interned>,
}

impl SitePlan {
    /// Where `id` is shown.
    pub fn place(&self, id: NodeId) -> Option<Place> {
        self.places.get(&id).copied()
    }

    /// The page that shows the file at `path`.
    pub fn file(&self, path: RepoPath) -> Option<Route> {
        self.files.get(&path).copied()
    }

    /// The plan of the section that is called `slug`.
    pub fn section(&self, slug: &str) -> Option<&SectionPlan> {
        self.sections.iter().find(|plan| plan.section.slug == slug)
    }

    /// The addresses of the tables of what is below `id`: its own page's, and where they go on.
    pub fn tables_of(&self, id: NodeId) -> Vec<Route> {
        let own = self.place(id).map(|place| place.route);
        own.into_iter().chain(self.continued.get(&id).into_iter().flatten().copied()).collect()
    }

    /// The address of `id` from the site's root, with a leading slash: the graph's `url`.
    pub fn url(&self, id: NodeId) -> Option<String> {
        let place = self.place(id)?;
        let anchor = place.anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        Some(format!("/{}{anchor}", place.route.encoded()))
    }
}

/// The folder of the site that files of the repository are copied into.
const FILES: &str = "files";

/// Where the file at `path` stands in the site.
pub fn asset_route(path: RepoPath) -> Route {
    Route::of_file(&format!("{FILES}/{path}"))
}

/// Files and folders that the site needs for itself.
const RESERVED: &[&str] =
    &["404.html", "graph.json", "llms.txt", "robots.txt", "sitemap.xml", "sitemaps", "search", "assets", FILES];

/// Plans the site. `are_of_one_site`: whether the pages of two files are so, since of old addresses that those of several sites have
/// nobody needs to be told.
pub fn plan(resolved: &ResolvedGraph, are_of_one_site: &dyn Fn(RepoPath, RepoPath) -> bool) -> (SitePlan, Diagnostics) {
    let graph = &resolved.graph;
    let mut addresses = Addresses::reserve(RESERVED);
    let mut pages = Vec::new();
    let mut places = NameMap::default();
    for node in graph.nodes() {
        let Home::Page { route, .. } = &node.home else { continue };
        let route = addresses.claim(Route::new(route), node);
        pages.push(Page { route, content: PageContent::Node(node.id) });
        places.insert(node.id, Place { route, anchor: None });
    }
    for node in graph.nodes() {
        if let Home::Within { anchor, .. } = &node.home
            && let Some(page) = graph.page_of(node.id).and_then(|page| places.get(&page.id).copied())
        {
            places.insert(node.id, Place { route: page.route, anchor: Some(Interned::new(anchor)) });
        }
    }
    let files = files(graph, &mut addresses, &mut pages);
    let (tree, mut sections) = sections::plan_sections(graph);
    for section in &mut sections {
        section.list = lists::section_pages(section, &mut addresses);
        pages.extend((1..).zip(&section.list).map(|(number, &route)| Page {
            route,
            content: PageContent::Section { section: section.section, number },
        }));
    }
    let continued = lists::continued(graph, &pages, &mut addresses);
    for (&node, routes) in &continued {
        let page = |(number, &route)| Page { route, content: PageContent::Below { node, number } };
        pages.extend((2..).zip(routes).map(page));
    }
    if addresses.is_free(Route::new("")) {
        pages.push(Page { route: Route::new(""), content: PageContent::Overview });
    }
    pages.push(Page { route: Route::new("404.html"), content: PageContent::NotFound });
    let mut redirects = Vec::new();
    for node in graph.nodes() {
        let Home::Page { aliases, .. } = &node.home else { continue };
        for alias in aliases {
            let route = Route::new(alias);
            if addresses.claim_old(route, node, graph, are_of_one_site) {
                redirects.push(Page { route, content: PageContent::Redirect(node.id) });
            }
        }
    }
    pages.sort_by_key(|page| page.route);
    let assets = resolved.ends().filter_map(|end| match end {
        End::Asset(path) => Some((asset_route(*path), *path)),
        _ => None,
    });
    let assets = assets.collect();
    (SitePlan { pages, sections, redirects, assets, tree, places, files, continued }, addresses.into_diagnostics())
}

/// Adds the pages that show files. Of those to which one file belongs the first shows it.
fn files(graph: &Graph, addresses: &mut Addresses, pages: &mut Vec<Page>) -> NameMap<RepoPath, Route> {
    let mut files = NameMap::default();
    for file in graph.fragments().iter().flat_map(|fragment| &fragment.files) {
        files.entry(file.path).or_insert_with(|| {
            let route = addresses.take(Route::new(&file.route));
            pages.push(Page { route, content: PageContent::File { path: file.path, of: file.of } });
            route
        });
    }
    files
}

fn is_page(node: &Node) -> bool {
    matches!(node.home, Home::Page { .. })
}
