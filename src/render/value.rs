//! The two forms in which views reach the template engine without being copied: finished HTML, and what many pages share.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use serde::{Serialize, Serializer};
use tera::Value;

use super::key::hash_of;
use crate::source::ContentHash;

/// HTML that is safe as it stands.
#[derive(Clone, Debug)]
pub struct Html(Value);

impl Html {
    /// `html`, which must be safe.
    pub fn new(html: &str) -> Self {
        Self(Value::safe_string(html))
    }

    /// The HTML.
    pub fn as_str(&self) -> &str {
        self.0.as_str().unwrap_or_default()
    }
}

impl Hash for Html {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// A view that many pages show: turned into the template engine's form and hashed once, and handed on without copying.
pub struct Shared<T> {
    value: Value,
    hash: ContentHash,
    of: PhantomData<fn() -> T>,
}

impl<T> Shared<T> {
    /// Shares `view`, which is a `T`, however long what it borrows lives.
    pub fn new<V: Serialize + Hash>(view: &V) -> Self {
        // Views are structs, lists and strings, which always have a form.
        let value = Value::try_from_serializable(view).unwrap_or_else(|_| Value::none());
        Self { value, hash: hash_of(view), of: PhantomData }
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), hash: self.hash, of: PhantomData }
    }
}

impl<T> fmt::Debug for Shared<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.value, formatter)
    }
}

impl<T> Hash for Shared<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash.hash(state);
    }
}

impl<T> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}
