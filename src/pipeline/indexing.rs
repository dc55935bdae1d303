//! Pages, as they are made -> the index of the search.
//!
//! Enters: every page, for those on which the last index does not know everything the places in their copies, and at last
//! the pages' keys. Leaves: the index. Any thread may tell of any page.

use std::ops::Range;

use rayon::prelude::*;

use crate::graph::NodeId;
use crate::plan::Page;
use crate::render::CopyPlace;
use crate::search::{Gathering, Index, PageCopy, describe, found_in};
use crate::source::{ContentHash, ContentHasher};

use super::Publication;

/// An index in the making.
pub(super) struct Indexing<'p> {
    publication: &'p Publication,
    pages: &'p [&'p Page],
    /// For each page what is found on it: the item's number and the node.
    found: Vec<Vec<(usize, NodeId)>>,
    /// By item: its page and its node.
    items: Vec<(usize, NodeId)>,
    gathering: Gathering<'p>,
}

impl<'p> Indexing<'p> {
    /// Begins the index of `pages`. `known` is the last index and the keys of the pages: what is on pages that it knows need
    /// not be told.
    pub(super) fn new(
        publication: &'p Publication,
        pages: &'p [&'p Page],
        known: Option<(&'p Index, &[ContentHash])>,
    ) -> Self {
        let plan = &publication.analysis.plan;
        let mut found = vec![Vec::new(); pages.len()];
        let (mut kinds, mut items) = (Vec::new(), Vec::new());
        for (kind, id) in found_in(&publication.analysis.resolved.graph, plan) {
            // Planned pages come first, by route.
            let place =
                plan.place(id).and_then(|place| plan.pages.binary_search_by_key(&place.route, |page| page.route).ok());
            if let Some(place) = place {
                found[place].push((items.len(), id));
                kinds.push(kind);
                items.push((place, id));
            }
        }
        let of_items = known.map(|(index, keys)| (index, keys_of(&items, keys)));
        let gathering = Gathering::new(&kinds, of_items.as_ref().map(|(index, keys)| (*index, keys.as_slice())));
        Self { publication, pages, found, items, gathering }
    }

    /// Whether something on that page must be told.
    pub(super) fn needs(&self, page: usize) -> bool {
        self.found[page].iter().any(|(item, _)| self.gathering.needs(*item))
    }

    /// Tells what is on a page, whose copy has the text of what at `places`.
    pub(super) fn add(&self, page: usize, mut places: Vec<CopyPlace>) {
        let address = self.pages[page].route.encoded_copy();
        places.retain(|place| !place.range.is_empty());
        // Of several places of one section the first counts.
        places.sort_by(|one, other| (one.node, &one.anchor).cmp(&(other.node, &other.anchor)));
        for &(item, id) in self.found[page].iter().filter(|(item, _)| self.gathering.needs(*item)) {
            let range = |anchor: &str| range(&places, id, anchor);
            let copy = PageCopy { address: &address, range: &range };
            let analysis = &self.publication.analysis;
            self.gathering.add(item, &describe(&analysis.resolved, &analysis.plan, id, copy));
        }
    }

    /// The index. `told` says of each page whether it was told of, which otherwise is read now, and its key.
    pub(super) fn finish(self, told: &[bool], keys: &[ContentHash]) -> Index {
        let untold = (0..self.pages.len()).into_par_iter().filter(|&page| !told[page] && self.needs(page));
        untold.for_each(|page| {
            let copy = self.publication.pages().copy(self.pages[page]);
            self.add(page, copy.map(|copy| copy.places).unwrap_or_default());
        });
        self.gathering.finish(&keys_of(&self.items, keys))
    }
}

/// The keys of `items`, given those of the pages.
fn keys_of(items: &[(usize, NodeId)], pages: &[ContentHash]) -> Vec<ContentHash> {
    items.iter().map(|&(page, id)| key(pages[page], id)).collect()
}

/// Everything that is found on a page depends on what the page does.
fn key(page: ContentHash, id: NodeId) -> ContentHash {
    let mut hasher = ContentHasher::default();
    hasher.hash(page);
    hasher.piece(id.as_str().as_bytes());
    hasher.content_hash()
}

fn range(places: &[CopyPlace], node: NodeId, anchor: &str) -> Range<u32> {
    let first = places.partition_point(|place| (place.node, place.anchor.as_str()) < (node, anchor));
    let place = places.get(first).filter(|place| place.node == node && place.anchor == anchor);
    place.map_or(0..0, |place| place.range.clone())
}
