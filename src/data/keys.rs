//! One copy of each key of a document: `type` and `description` stand in it thousands of times.

use std::collections::HashSet;
use std::sync::Arc;

/// The keys met so far.
#[derive(Default)]
pub(super) struct Keys(HashSet<Arc<str>>);

impl Keys {
    /// The shared copy of `key`.
    pub(super) fn share(&mut self, key: &str) -> Arc<str> {
        if let Some(known) = self.0.get(key) {
            return Arc::clone(known);
        }
        let key: Arc<str> = Arc::from(key);
        self.0.insert(Arc::clone(&key));
        key
    }
}
