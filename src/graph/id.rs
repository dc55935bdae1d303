//! What a node is called across builds.

use std::fmt;

use serde::Serialize;

use crate::source::Interned;

/// A scheme and a name: `adr:0007`, `guide:onboarding/first-day`, `rust:shop::orders::Order`. Ordered by its text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct NodeId(Interned);

impl NodeId {
    /// The id `scheme:name`.
    pub fn new(scheme: &str, name: &str) -> Self {
        Self(Interned::new(&format!("{scheme}:{name}")))
    }

    /// Likewise, if anything was ever called so: a node is.
    pub(super) fn known(scheme: &str, name: &str) -> Option<Self> {
        Interned::known(&format!("{scheme}:{name}")).map(Self)
    }

    /// The id that is written `text`.
    pub(super) fn of(text: Interned) -> Self {
        Self(text)
    }

    /// What stands before the first colon.
    pub fn scheme(self) -> &'static str {
        self.split().0
    }

    /// What stands behind the first colon.
    pub fn name(self) -> &'static str {
        self.split().1
    }

    /// The whole id.
    pub fn as_str(self) -> &'static str {
        self.0.as_str()
    }

    fn split(self) -> (&'static str, &'static str) {
        self.0.as_str().split_once(':').unwrap_or(("", self.0.as_str()))
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for NodeId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}
