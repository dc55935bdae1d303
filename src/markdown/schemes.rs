//! The schemes by which references name nodes, with what is made of them once for all texts.

use std::collections::BTreeSet;

use ammonia::Builder;

use super::raw_html;
use crate::graph::Need;

/// The schemes by which `[adr:7]`, `<adr:7>` and `[text](adr:7)` name nodes.
#[derive(Debug)]
pub struct Schemes {
    names: BTreeSet<&'static str>,
    words: BTreeSet<&'static str>,
    sanitiser: Builder<'static>,
}

impl Schemes {
    /// The schemes `names`. Those of them that are `words` stand in brackets for other things as well: `[system:masters]`.
    pub fn new(names: impl IntoIterator<Item = &'static str>, words: impl IntoIterator<Item = &'static str>) -> Self {
        let names: BTreeSet<&'static str> = names.into_iter().collect();
        let sanitiser = raw_html::sanitiser(&names);
        Self { names, words: words.into_iter().collect(), sanitiser }
    }

    /// What it means for a reference of that scheme to lead nowhere, when nothing but brackets say that it is one.
    pub(super) fn need_in_brackets(&self, scheme: &str) -> Need {
        if self.words.contains(scheme) { Need::May } else { Need::Must }
    }

    /// The scheme `name`, if it is one of them.
    pub fn find(&self, name: &str) -> Option<&'static str> {
        self.names.get(name).copied()
    }

    /// What lets through the addresses that they begin.
    pub(super) fn sanitiser(&self) -> &Builder<'static> {
        &self.sanitiser
    }
}
