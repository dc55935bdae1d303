//! What was worked out from a text, kept beside it: a preview asks for the same after each edit, and most texts are what
//! they were.

use std::any::{Any, TypeId};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::SourceFile;

/// Values derived from one text, at most one of each type. A file has a handful of them, so a list is the quickest map.
#[derive(Default)]
pub(super) struct Derived(Mutex<Vec<Kept>>);

struct Kept {
    kind: TypeId,
    value: Arc<dyn Any + Send + Sync>,
    /// For what others go by: whether another text tells them the same.
    is_told_by: Option<Arc<Judge>>,
}

/// Whether a file tells the same.
type Judge = dyn Fn(&SourceFile) -> bool + Send + Sync;

impl Derived {
    /// The value of type `T`, made by `make` when it is asked for the first time.
    pub(super) fn get_or_make<T: Send + Sync + 'static>(&self, make: impl FnOnce() -> T) -> Arc<T> {
        self.get().unwrap_or_else(|| self.keep(make(), |_| None))
    }

    /// Likewise, and notes that others go by what `tell` makes of `file`, whose values these are.
    pub(super) fn get_or_tell<T>(&self, file: &SourceFile, tell: fn(&SourceFile) -> T) -> Arc<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        let judge = |value: &Arc<T>| -> Option<Arc<Judge>> {
            let told = Arc::clone(value);
            Some(Arc::new(move |other: &SourceFile| other.told(tell) == told))
        };
        self.get().unwrap_or_else(|| self.keep(tell(file), judge))
    }

    /// Whether `other` tells the same as was told here.
    pub(super) fn is_told_by(&self, other: &SourceFile) -> bool {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let judges: Vec<Arc<Judge>> = kept.iter().filter_map(|kept| kept.is_told_by.clone()).collect();
        drop(kept);
        // All are asked, so that the other one knows what it has told, too.
        judges.iter().filter(|is_told_by| !is_told_by(other)).count() == 0
    }

    fn get<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().find(|kept| kept.kind == TypeId::of::<T>())?;
        Arc::clone(&found.value).downcast().ok()
    }

    /// Takes a value that was made while the list was not locked: what makes one may ask for another one.
    fn keep<T: Send + Sync + 'static>(&self, made: T, judge: impl FnOnce(&Arc<T>) -> Option<Arc<Judge>>) -> Arc<T> {
        let made = Arc::new(made);
        let kept = Kept { kind: TypeId::of::<T>(), value: Arc::<T>::clone(&made), is_told_by: judge(&made) };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
        made
    }
}

impl fmt::Debug for Derived {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Derived")
    }
}
