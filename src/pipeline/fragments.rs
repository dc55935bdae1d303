//! Units -> fragments. Those whose key is known are taken from a cache: the first of the two cache edges.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::cache::{Pack, Reading, Shelf, Store};
use crate::extract::{self, Unit};
use crate::graph::{Bodies, Context, Fragment};
use crate::source::ContentHash;

/// Where fragments are kept between runs, or between the edits of one run.
pub trait FragmentCache: Sync {
    /// The fragment of that key.
    fn find(&self, key: ContentHash) -> Option<Arc<Fragment>>;

    /// Keeps a fragment that was not found.
    fn keep(&self, key: ContentHash, fragment: &Arc<Fragment>);
}

/// What becomes of the bodies of fragments that were just made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NewBodies {
    /// They are about to be shown.
    Shown,
    /// They are not: they go.
    Unshown,
}

/// The fragments of `units`, in their order. Units that are not wanted again go one by one, with what they share. Those of many files
/// are read first: while little is known yet there is room for their texts, and no processor is left with a large one at the end.
pub(super) fn read<U: Borrow<Unit> + Send>(
    units: impl IntoIterator<Item = U>,
    cache: &dyn FragmentCache,
    bodies: NewBodies,
) -> Vec<Arc<Fragment>> {
    let fragment = |unit: &Unit| {
        cache.find(unit.key).unwrap_or_else(|| {
            let fragment = Arc::new(unit.read());
            cache.keep(unit.key, &fragment);
            match bodies {
                NewBodies::Shown => fragment,
                NewBodies::Unshown => Arc::new(Arc::unwrap_or_clone(fragment).unshown()),
            }
        })
    };
    let mut units: Vec<(usize, U)> = units.into_iter().enumerate().collect();
    units.sort_by_key(|(_, unit)| Reverse(unit.borrow().files()));
    let read = units.into_par_iter().map(|(place, unit)| (place, fragment(unit.borrow())));
    let mut read: Vec<(usize, Arc<Fragment>)> = read.collect();
    read.sort_unstable_by_key(|(place, _)| *place);
    read.into_iter().map(|(_, fragment)| fragment).collect()
}

/// Keeps nothing.
#[derive(Debug)]
pub struct Forgetful;

impl FragmentCache for Forgetful {
    fn find(&self, _key: ContentHash) -> Option<Arc<Fragment>> {
        None
    }

    fn keep(&self, _key: ContentHash, _fragment: &Arc<Fragment>) {}
}

/// Fragments on disk: all of them are wanted in every run, of their bodies few.
pub(super) struct Packed<'s> {
    fragments: Pack<'s>,
    bodies: Pack<'s>,
    shelf: Arc<dyn Bodies>,
}

/// What no run asks for any longer may fill so many bytes: fragments of another branch, to which somebody returns.
const SPARE_FRAGMENTS: u64 = 32 * 1024 * 1024;

/// Likewise their bodies.
const SPARE_BODIES: u64 = 128 * 1024 * 1024;

impl<'s> Packed<'s> {
    /// Those that are kept in `store`.
    pub(super) fn open(store: &'s Store) -> Self {
        let fragments = || store.pack("fragments", SPARE_FRAGMENTS, Reading::All);
        let (fragments, bodies) = rayon::join(fragments, || store.pack("bodies", SPARE_BODIES, Reading::Some));
        let shelf = Arc::clone(bodies.shelf());
        Self { fragments, bodies, shelf }
    }

    /// Whether a body that a fragment relied on turned out to be damaged.
    pub(super) fn is_damaged(&self) -> bool {
        self.bodies.shelf().is_damaged()
    }

    /// Throws all away.
    pub(super) fn forget(self) {
        self.bodies.forget();
        self.fragments.forget();
    }

    /// Writes down what there is now.
    pub(super) fn close(self) {
        self.bodies.close();
        self.fragments.close();
    }
}

impl FragmentCache for Packed<'_> {
    fn find(&self, key: ContentHash) -> Option<Arc<Fragment>> {
        let context = Context { kinds: extract::kinds(), bodies: &self.shelf };
        self.fragments.shelf().see(key, |bytes| Fragment::from_bytes(bytes, context))?.map(Arc::new)
    }

    fn keep(&self, key: ContentHash, fragment: &Arc<Fragment>) {
        for node in &fragment.nodes {
            let (hash, bytes) = node.body.to_bytes();
            self.bodies.put(hash, &bytes);
        }
        self.fragments.put(key, &fragment.to_bytes());
    }
}

impl Bodies for Shelf {
    fn has(&self, hash: ContentHash) -> bool {
        self.holds(hash)
    }

    fn get(&self, hash: ContentHash) -> Option<Vec<u8>> {
        self.see(hash, <[u8]>::to_vec)
    }
}

/// In memory, those that were read before.
impl FragmentCache for HashMap<ContentHash, Arc<Fragment>> {
    fn find(&self, key: ContentHash) -> Option<Arc<Fragment>> {
        self.get(&key).cloned()
    }

    fn keep(&self, _key: ContentHash, _fragment: &Arc<Fragment>) {}
}
