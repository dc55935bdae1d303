//! Calls of macros that nobody expanded -> a sentence for the page that may lack what they make.

use std::collections::BTreeSet;

use super::page::Draft;
use crate::extract::rust::scan::{Call, Item, ItemKind};
use crate::graph::{Block, Prose, escape};
use crate::source::Interned;

/// The names of the macros that are called right within `item` and were not expanded.
pub(super) fn called_in(item: &Item) -> impl Iterator<Item = Interned> {
    let is_opaque = |item: &&Item| matches!(item.kind, ItemKind::MacroCall(Call::Opaque));
    item.children.iter().filter(is_opaque).map(|call| call.name)
}

/// Says on the page which macros were not expanded, if there are any.
pub(super) fn tell(draft: &mut Draft, names: impl Iterator<Item = Interned>) {
    let names: BTreeSet<&str> = names.map(Interned::as_str).collect();
    if names.is_empty() {
        return;
    }
    let calls: Vec<String> = names.iter().map(|name| format!("<code>{}!</code>", escape(name))).collect();
    let calls = calls.join(", ");
    let html = format!("<p>This page may lack something: what {calls} makes here was not expanded.</p>");
    draft.node.body.push(Block::Prose(Prose::html(html)));
}
