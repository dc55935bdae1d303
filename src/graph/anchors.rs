//! Places on pages -> whether they exist.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::{Block, End, Field, Graph, Home, Link, NodeId, Prose, Target};
use crate::diagnostic::NearestNames;
use crate::source::{Interned, NameMap, folded};

/// The ids on the pages of a graph.
#[derive(Clone, Copy)]
pub(super) struct Anchors<'a> {
    graph: &'a Graph,
    places: &'a Places,
}

/// The ids on each page that a link has asked about: the same for all graphs of one shape.
#[derive(Debug)]
pub(super) struct Places {
    /// Page -> the nodes that are shown within it.
    within: Arc<NameMap<NodeId, Vec<NodeId>>>,
    /// By the page's place in the graph: folded id -> id as it stands, found when the first link asks.
    known: Vec<OnceLock<Arc<BTreeMap<String, Interned>>>>,
}

impl Places {
    pub(super) fn of(graph: &Graph) -> Self {
        let mut within: NameMap<NodeId, Vec<NodeId>> = NameMap::default();
        for node in graph.nodes() {
            if let Home::Within { .. } = node.home
                && let Some(page) = graph.page_of(node.id)
            {
                within.entry(page.id).or_default().push(node.id);
            }
        }
        Self { within: Arc::new(within), known: graph.nodes().map(|_| OnceLock::new()).collect() }
    }

    /// The same, of a graph in which the ids on `pages` are others.
    pub(super) fn without(&self, graph: &Graph, pages: &BTreeSet<NodeId>) -> Self {
        let mut known = self.known.clone();
        for position in pages.iter().filter_map(|page| graph.position(*page)) {
            known[position] = OnceLock::new();
        }
        Self { within: Arc::clone(&self.within), known }
    }

    /// The nodes that are shown on `page`, itself first.
    pub(super) fn on(&self, page: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::once(page).chain(self.within.get(&page).into_iter().flatten().copied())
    }
}

impl<'a> Anchors<'a> {
    /// The ids on the pages of `graph`; `places` are those of a graph of its shape.
    pub(super) fn new(graph: &'a Graph, places: &'a Places) -> Self {
        Self { graph, places }
    }

    /// The id on `page` that `anchor` means: case and punctuation, in which slug rules differ, aside.
    pub(super) fn find(&self, page: NodeId, anchor: &str) -> Option<Interned> {
        let ids = self.of_page(page)?;
        // A place within another, as some generators name it: `#query-parameters` of "Parameters" below "Query".
        let within = || {
            let mut cuts = anchor.match_indices('-').map(|(at, _)| (&anchor[..at], &anchor[at + 1..]));
            cuts.find_map(|(outer, inner)| ids.get(&fold(inner)).filter(|_| ids.contains_key(&fold(outer))))
        };
        let spelt = || ids.get(&fold(&without_spelt_marks(anchor)?));
        // rustdoc does not say of a heading that it stands above an implementation.
        let of_implementation = || ids.get(&fold(&format!("impl-{anchor}")));
        ids.get(&fold(anchor)).or_else(within).or_else(spelt).or_else(of_implementation).copied()
    }

    /// Where `link` leads when it is to `anchor` on `page`: an address to the node that is shown there, if one is; a reference by name to
    /// what it names, at that place.
    pub(super) fn end(&self, page: NodeId, anchor: &str, link: &Link) -> Option<End> {
        let found = self.find(page, anchor)?;
        let is_address =
            matches!(&link.target, Target::Named { scheme, .. } if matches!(scheme.as_str(), "path" | "anchor"));
        let is_there = |id: &NodeId| match self.graph.node(*id).map(|node| &node.home) {
            Some(Home::Within { anchor: own, .. }) => own == found.as_str(),
            _ => false,
        };
        Some(match self.places.on(page).filter(|_| is_address).find(is_there) {
            Some(id) => End::Node { id, anchor: None },
            None => End::Node { id: page, anchor: Some(found) },
        })
    }

    /// Ids on `page` that resemble `anchor`.
    pub(super) fn near(&self, page: NodeId, anchor: &str) -> Vec<&'static str> {
        let ids = self.of_page(page).into_iter().flat_map(BTreeMap::values).map(|id| id.as_str());
        NearestNames::new(ids).find(anchor)
    }

    /// The places on `page`, by their ids without case and punctuation.
    pub(super) fn on(&self, page: NodeId) -> impl Iterator<Item = (&str, Interned)> {
        self.of_page(page).into_iter().flatten().map(|(folded, id)| (folded.as_str(), *id))
    }

    fn of_page(&self, page: NodeId) -> Option<&BTreeMap<String, Interned>> {
        Some(self.places.known[self.graph.position(page)?].get_or_init(|| Arc::new(self.collect(page))))
    }

    fn collect(&self, page: NodeId) -> BTreeMap<String, Interned> {
        let mut ids = BTreeMap::new();
        let mut add = |id: &str| {
            if !id.is_empty() {
                ids.entry(fold(id)).or_insert_with(|| Interned::new(id));
            }
        };
        let nodes = self.places.on(page).filter_map(|id| self.graph.node(id));
        let mut within = Vec::new();
        for node in nodes {
            let own = if let Home::Within { anchor, .. } = &node.home { anchor.as_str() } else { "" };
            if !own.is_empty() {
                add(own);
            }
            node.body.each_anchor(&mut |id: &str| {
                add(id);
                // rustdoc gives places in the text of a method no name before their own.
                let rest =
                    id.strip_prefix(own).filter(|_| !own.is_empty()).and_then(|rest| rest.strip_prefix(['-', '.']));
                within.extend(rest.map(|rest| (fold(rest), Interned::new(id))));
            });
        }
        for (folded, id) in within {
            ids.entry(folded).or_insert(id);
        }
        ids
    }
}

/// Calls `see` with the id of each place in `blocks`, in order.
pub(super) fn each_of_blocks(blocks: &[Block], see: &mut impl FnMut(&str)) {
    for block in blocks {
        add_block(block, see);
    }
}

fn add_block(block: &Block, add: &mut impl FnMut(&str)) {
    match block {
        Block::Heading { anchor, content, .. } => {
            add(anchor);
            add_prose(content, add);
        }
        Block::Prose(prose) | Block::Signature(prose) => add_prose(prose, add),
        Block::Fields(fields) => add_fields(fields, add),
        Block::Code(_) | Block::Samples(_) | Block::RequestForm(_) | Block::Operation { .. } => {}
    }
}

fn add_fields(fields: &[Field], add: &mut impl FnMut(&str)) {
    for field in fields {
        add(&field.anchor);
        add_prose(&field.description, add);
        add_fields(&field.children, add);
    }
}

fn add_prose(prose: &Prose, add: &mut impl FnMut(&str)) {
    for anchor in &prose.anchors {
        add(anchor);
    }
}

/// Forges and generators disagree about case, punctuation and accents in slugs, not about letters and digits.
fn fold(anchor: &str) -> String {
    let anchor = anchor.strip_prefix("user-content-").unwrap_or(anchor);
    Some(folded(anchor)).filter(|folded| !folded.is_empty()).unwrap_or_else(|| anchor.to_owned())
}

/// `anchor` without the words that slugify writes for marks, as GitBook has them: `usd`, `less-than`. `None` when it has none.
fn without_spelt_marks(anchor: &str) -> Option<String> {
    const MARKS: [&str; 4] = ["greater-than", "less-than", "percent", "usd"];
    let plain = MARKS.iter().fold(anchor.to_lowercase(), |plain, mark| plain.replace(mark, ""));
    let plain = plain.replace("-and-", "-");
    (plain != anchor.to_lowercase()).then_some(plain)
}
