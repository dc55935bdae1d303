//! Listings that have been coloured. A pure function's results: forgetting one costs time and changes nothing.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::source::{ContentHash, ContentHasher};

/// What is kept at most; beyond it a part is forgotten.
const KEPT_BYTES: usize = 48 * 1024 * 1024;

struct Memo {
    shards: [Mutex<Shard>; 16],
    bytes: AtomicUsize,
}

type Shard = HashMap<ContentHash, Arc<OnceLock<Arc<str>>>>;

/// What `colour` makes of `text` in `language`. Threads that want the same wait for the first.
pub(super) fn remembered(language: &str, text: &str, colour: impl FnOnce() -> String) -> Arc<str> {
    static MEMO: OnceLock<Memo> = OnceLock::new();
    let memo =
        MEMO.get_or_init(|| Memo { shards: std::array::from_fn(|_| Mutex::default()), bytes: AtomicUsize::new(0) });
    let mut hasher = ContentHasher::default();
    hasher.piece(language.as_bytes());
    hasher.piece(text.as_bytes());
    let cell = memo.cell(hasher.content_hash());
    let html = cell.get_or_init(|| {
        let html: Arc<str> = colour().into();
        memo.grown(html.len());
        html
    });
    Arc::clone(html)
}

impl Memo {
    /// Where the result for `key` stands or will stand.
    fn cell(&self, key: ContentHash) -> Arc<OnceLock<Arc<str>>> {
        let shard = usize::from(key.to_bytes()[0]) % self.shards.len();
        let mut shard = self.shards[shard].lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(shard.entry(key).or_default())
    }

    /// Counts a new result, and begins anew when they have become too many.
    fn grown(&self, bytes: usize) {
        if self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes > KEPT_BYTES {
            self.bytes.store(0, Ordering::Relaxed);
            for shard in &self.shards {
                shard.lock().unwrap_or_else(PoisonError::into_inner).clear();
            }
        }
    }
}
