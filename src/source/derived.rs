//! What was worked out from a text, kept beside it: a preview asks for the same after each edit, and most texts are what
//! they were.

use std::any::{Any, TypeId};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Values derived from one text, at most one of each type. A file has a handful of them, so a list is the quickest map.
#[derive(Default)]
pub(super) struct Derived(Mutex<Vec<(TypeId, Arc<dyn Any + Send + Sync>)>>);

impl Derived {
    /// The value of type `T`, made by `make` when it is asked for the first time.
    pub(super) fn get_or_make<T: Send + Sync + 'static>(&self, make: impl FnOnce() -> T) -> Arc<T> {
        if let Some(kept) = self.get() {
            return kept;
        }
        // Not while the list is locked: what makes one value may ask for another one.
        let made = Arc::new(make());
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push((TypeId::of::<T>(), Arc::<T>::clone(&made)));
        made
    }

    fn get<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, value) = kept.iter().find(|(id, _)| *id == TypeId::of::<T>())?;
        Arc::clone(value).downcast().ok()
    }
}

impl fmt::Debug for Derived {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Derived")
    }
}
