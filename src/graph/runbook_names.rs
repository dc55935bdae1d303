//! How runbooks are found that are named by something else than their path: by their files' names, by places on them, by bases
//! that templates fill in, and by where other tools publish them.
//!
//! Enters: the graph. Leaves: what is asked for, arranged when somebody first asks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::paths::decode;
use super::published::own_addresses;
use super::resolve::Resolver;
use super::runbooks::URL;
use super::{Graph, Home, Node, NodeId, Target};
use crate::source::{Interned, folded};

/// Where a runbook is looked for that is named by something else than its path.
#[derive(Debug, Default)]
pub(super) struct Runbooks {
    by_name: OnceLock<BTreeMap<String, Vec<NodeId>>>,
    places: OnceLock<BTreeMap<String, Vec<(NodeId, Interned)>>>,
    bases: OnceLock<BTreeMap<String, NodeId>>,
    own: OnceLock<Vec<OwnAddress>>,
}

/// An address under which another tool publishes this repository.
#[derive(Debug)]
pub(super) struct OwnAddress {
    pub(super) base: String,
    /// Whether most of what alerts name below it is here, so that the rest is missed.
    pub(super) is_whole: bool,
}

impl Runbooks {
    /// Runbooks by the folded name of their files.
    pub(super) fn by_name(&self, graph: &Graph) -> &BTreeMap<String, Vec<NodeId>> {
        self.by_name.get_or_init(|| {
            let mut names: BTreeMap<String, Vec<NodeId>> = BTreeMap::new();
            for node in graph.nodes().filter(|node| node.kind.name == "runbook") {
                let file = node.span.file;
                let is_index = matches!(file.stem().to_lowercase().as_str(), "readme" | "index" | "_index");
                let folder = file.folders().next_back().filter(|_| is_index);
                names.entry(folded(folder.unwrap_or(file.stem()))).or_default().push(node.id);
            }
            names
        })
    }

    /// The places on runbooks and guides, by folded id.
    pub(super) fn places(&self, resolver: &Resolver<'_>) -> &BTreeMap<String, Vec<(NodeId, Interned)>> {
        self.places.get_or_init(|| {
            let mut places: BTreeMap<String, Vec<(NodeId, Interned)>> = BTreeMap::new();
            let is_page =
                |node: &&Node| matches!(node.home, Home::Page { .. }) && matches!(node.kind.name, "runbook" | "guide");
            for node in resolver.graph.nodes().filter(is_page) {
                let mut seen = BTreeSet::new();
                for (folded, anchor) in resolver.anchors.on(node.id) {
                    if seen.insert(folded) {
                        places.entry(folded.to_owned()).or_default().push((node.id, anchor));
                    }
                }
            }
            places
        })
    }

    /// The addresses under which other tools publish this repository.
    pub(super) fn own(&self, resolver: &Resolver<'_>) -> &[OwnAddress] {
        self.own.get_or_init(|| {
            let links = || resolver.graph.fragments().iter().flat_map(|fragment| &fragment.links);
            let address = |base: String| {
                let named = links().filter_map(|link| match &link.target {
                    Target::Named { scheme, text } if scheme.as_str() == URL => rest_below(text, &base),
                    _ => None,
                });
                let routes: BTreeSet<&str> = named.map(|rest| rest.split('#').next().unwrap_or(rest)).collect();
                let there = routes.iter().filter(|route| page_at_end(resolver, route).is_some()).count();
                OwnAddress { is_whole: there > 1 && 2 * there >= routes.len(), base }
            };
            own_addresses(resolver).into_iter().map(address).collect()
        })
    }

    /// The page that a base means which a template fills in: the one that has most of the places which are named behind it.
    pub(super) fn base(&self, resolver: &Resolver<'_>, base: &str) -> Option<NodeId> {
        let bases = self.bases.get_or_init(|| {
            let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            for link in resolver.graph.fragments().iter().flat_map(|fragment| &fragment.links) {
                let Target::Named { scheme, text } = &link.target else { continue };
                let Some((base, behind)) = split_base(text).filter(|_| scheme.as_str() == URL) else { continue };
                if let Some(anchor) =
                    behind.trim_start_matches('/').strip_prefix('#').filter(|anchor| !is_filled_in(anchor))
                {
                    named.entry(squeezed(base)).or_default().insert(folded(anchor));
                }
            }
            let places = self.places(resolver);
            named.into_iter().filter_map(|(base, anchors)| Some((base, most_of(places, &anchors)?))).collect()
        });
        bases.get(&squeezed(base)).copied()
    }
}

/// The one page with the most of `anchors`, and at least half of them.
fn most_of(places: &BTreeMap<String, Vec<(NodeId, Interned)>>, anchors: &BTreeSet<String>) -> Option<NodeId> {
    let mut count: BTreeMap<NodeId, usize> = BTreeMap::new();
    for (page, _) in anchors.iter().filter_map(|anchor| places.get(anchor)).flatten() {
        *count.entry(*page).or_default() += 1;
    }
    let most = count.values().copied().max().filter(|most| 2 * most >= anchors.len())?;
    let mut best = count.iter().filter(|(_, count)| **count == most).map(|(page, _)| *page);
    let first = best.next()?;
    best.next().is_none().then_some(first)
}

/// `{{ .RunbookURL }}#x` as the base and what stands behind it.
pub(super) fn split_base(written: &str) -> Option<(&str, &str)> {
    let pairs = [("{{", "}}"), ("[[", "]]"), ("<%", "%>"), ("%(", ")s"), ("${", "}")];
    let (open, close) = pairs.into_iter().find(|(open, _)| written.starts_with(open))?;
    let end = open.len() + written[open.len()..].find(close)? + close.len();
    Some((&written[..end], &written[end..]))
}

fn squeezed(base: &str) -> String {
    base.chars().filter(|character| !character.is_whitespace()).collect()
}

/// What stands behind `base` in `address`.
pub(super) fn rest_below<'a>(address: &'a str, base: &str) -> Option<&'a str> {
    let own = address.get(..base.len()).filter(|own| own.eq_ignore_ascii_case(base))?;
    Some(&address[own.len()..]).filter(|rest| rest.is_empty() || rest.starts_with(['/', '#', '?']))
}

/// The one page that another tool publishes at `route`: whose path ends like it, case and separators aside.
pub(super) fn page_at_end(resolver: &Resolver<'_>, route: &str) -> Option<NodeId> {
    let route = decode(route.split('?').next().unwrap_or(route));
    let route = stem(route.trim_matches('/'));
    let wanted = folded_parts(route);
    let named = resolver.runbooks.by_name(resolver.graph).get(wanted.last()?).map_or(&[][..], Vec::as_slice);
    let ends_so = |id: &&NodeId| {
        let path = resolver.graph.node(**id).map(|node| folded_parts(stem(node.span.file.as_str())));
        path.is_some_and(|path| path.ends_with(&wanted))
    };
    let fitting: Vec<&NodeId> = named.iter().filter(ends_so).collect();
    match fitting.as_slice() {
        [one] => Some(**one),
        _ => resolver.lookup.by_end_of_path(&route.to_lowercase()),
    }
}

/// Whether a template fills something in.
pub(super) fn is_filled_in(text: &str) -> bool {
    ["{{", "[[", "<%", "%(", "%s", "${"].iter().any(|open| text.contains(open))
}

/// Without the ending of a page.
pub(super) fn stem(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    ["/README.md", "/_index.md", "/index.md", "/index.html", ".html", ".md", ".markdown"]
        .iter()
        .find_map(|end| path.strip_suffix(end))
        .unwrap_or(path)
}

pub(super) fn folded_parts(path: &str) -> Vec<String> {
    path.split('/').map(folded).filter(|part| !part.is_empty()).collect()
}
