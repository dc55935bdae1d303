//! Units -> fragments. Those whose key is known are taken from a cache: the first of the two cache edges.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::cache::Pack;
use crate::extract::{self, Unit};
use crate::graph::Fragment;
use crate::source::ContentHash;

/// Where fragments are kept between runs, or between the edits of one run.
pub trait FragmentCache: Sync {
    /// The fragment of that key.
    fn find(&self, key: ContentHash) -> Option<Arc<Fragment>>;

    /// Keeps a fragment that was not found.
    fn keep(&self, key: ContentHash, fragment: &Arc<Fragment>);
}

/// The fragments of `units`, in their order.
pub(super) fn read(units: &[Unit], cache: &dyn FragmentCache) -> Vec<Arc<Fragment>> {
    let fragment = |unit: &Unit| {
        cache.find(unit.key).unwrap_or_else(|| {
            let fragment = Arc::new(unit.read());
            cache.keep(unit.key, &fragment);
            fragment
        })
    };
    units.par_iter().map(fragment).collect()
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

/// On disk.
impl FragmentCache for Pack<'_> {
    fn find(&self, key: ContentHash) -> Option<Arc<Fragment>> {
        let bytes = self.get(key)?;
        Fragment::from_bytes(&bytes, extract::kinds()).map(Arc::new)
    }

    fn keep(&self, key: ContentHash, fragment: &Arc<Fragment>) {
        self.put(key, &fragment.to_bytes());
    }
}

/// In memory, those that were read before.
impl FragmentCache for HashMap<ContentHash, Arc<Fragment>> {
    fn find(&self, key: ContentHash) -> Option<Arc<Fragment>> {
        self.get(&key).cloned()
    }

    fn keep(&self, _key: ContentHash, _fragment: &Arc<Fragment>) {}
}
