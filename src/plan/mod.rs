//! Which page holds which node, and how readers get from one to the next.
//!
//! Enters: the [`ResolvedGraph`]. Leaves: a [`SitePlan`] that owns every address of the site, and a diagnostic for each
//! address that two sources want.

mod addresses;
mod navigation;
mod route;
mod sections;

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::Diagnostics;
use crate::graph::{End, Home, Node, NodeId, ResolvedGraph, Section};
use crate::source::{Interned, RepoPath};

pub use navigation::{Crumb, NavigationItem, Neighbours, breadcrumbs, navigation, neighbours};
pub use route::Route;
pub use sections::SectionPlan;

use addresses::Addresses;

/// Every address of the site and what stands there.
#[derive(Debug)]
pub struct SitePlan {
    /// Every page, by route.
    pub pages: Vec<Page>,
    /// The sections that have something to show, in their order.
    pub sections: Vec<SectionPlan>,
    /// Old addresses that lead on.
    pub redirects: Vec<Redirect>,
    /// Files of the repository that go into the site as they are, by route.
    pub assets: BTreeMap<Route, RepoPath>,
    places: HashMap<NodeId, Place>,
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
    /// The front page of a repository that has no README: what there is to read.
    Overview,
    /// The list of a section.
    Section(&'static Section),
    /// What a server shows for an address that does not exist.
    NotFound,
}

/// Where a node is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The page's address.
    pub route: Route,
    /// The place on the page; `None` for the page as a whole.
    pub anchor: Option<Interned>,
}

/// An address that leads on to a node's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The old address.
    pub from: Route,
    /// The page that is there now.
    pub to: NodeId,
}

impl SitePlan {
    /// Where `id` is shown.
    pub fn place(&self, id: NodeId) -> Option<Place> {
        self.places.get(&id).copied()
    }

    /// The plan of the section that is called `slug`.
    pub fn section(&self, slug: &str) -> Option<&SectionPlan> {
        self.sections.iter().find(|plan| plan.section.slug == slug)
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

/// Plans the site.
pub fn plan(resolved: &ResolvedGraph) -> (SitePlan, Diagnostics) {
    let graph = &resolved.graph;
    // Addresses that the site needs for itself.
    let mut addresses = Addresses::reserve(["404.html", "graph.json", "search", "assets", FILES]);
    let mut pages = Vec::new();
    let mut places = HashMap::new();
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
    let sections = sections::plan_sections(graph);
    for section in &sections {
        if addresses.is_free(section.route) {
            pages.push(Page { route: section.route, content: PageContent::Section(section.section) });
        }
    }
    if addresses.is_free(Route::new("")) {
        pages.push(Page { route: Route::new(""), content: PageContent::Overview });
    }
    pages.push(Page { route: Route::new("404.html"), content: PageContent::NotFound });
    let mut redirects = Vec::new();
    for node in graph.nodes() {
        let Home::Page { aliases, .. } = &node.home else { continue };
        for alias in aliases {
            let from = Route::new(alias);
            if addresses.claim(from, node) == from {
                redirects.push(Redirect { from, to: node.id });
            }
        }
    }
    pages.sort_by_key(|page| page.route);
    let assets = resolved.ends.iter().filter_map(|end| match end {
        End::Asset(path) => Some((asset_route(*path), *path)),
        _ => None,
    });
    (SitePlan { pages, sections, redirects, assets: assets.collect(), places }, addresses.into_diagnostics())
}

fn is_page(node: &Node) -> bool {
    matches!(node.home, Home::Page { .. })
}
