//! Units -> fragments. Those whose key is known are taken from a cache: the first of the two cache edges.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

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
pub(super) fn read(units: Vec<Unit>, cache: &dyn FragmentCache) -> Vec<Arc<Fragment>> {
    let fragment = |unit: Unit| {
        cache.find(unit.key).unwrap_or_else(|| {
            let fragment = Arc::new(unit.read());
            cache.keep(unit.key, &fragment);
            fragment
        })
    };
    units.into_par_iter().map(fragment).collect()
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

/// In memory: those that the last edit left, and those of this one.
#[derive(Debug, Default)]
pub struct Remembered {
    last: HashMap<ContentHash, Arc<Fragment>>,
    current: Mutex<HashMap<ContentHash, Arc<Fragment>>>,
}

impl Remembered {
    /// What is kept for the next edit: all that this one asked for. The rest is forgotten.
    #[must_use]
    pub fn turn(self) -> Self {
        let current = self.current.into_inner().unwrap_or_else(PoisonError::into_inner);
        Self { last: current, current: Mutex::default() }
    }

    /// The keys of the fragments that were read for this edit.
    pub fn is_new(&self, key: ContentHash) -> bool {
        !self.last.contains_key(&key)
    }
}

impl FragmentCache for Remembered {
    fn find(&self, key: ContentHash) -> Option<Arc<Fragment>> {
        let found = self.last.get(&key)?;
        self.keep(key, found);
        Some(Arc::clone(found))
    }

    fn keep(&self, key: ContentHash, fragment: &Arc<Fragment>) {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(fragment));
    }
}
