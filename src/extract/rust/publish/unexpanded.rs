//! Calls of macros that nobody expanded -> a sentence for the page that may lack what they make.

use std::collections::BTreeSet;

use super::page::Draft;
use crate::extract::rust::scan::{Call, Item, ItemKind};
use crate::graph::{Block, Hole, Prose};
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
    let mut told = Prose::html("<p>");
    let remark = |told: &mut Prose, words: &str| told.push_hole(Hole::Remark(words.to_owned()));
    remark(&mut told, "This page may lack something: what ");
    for (index, name) in names.into_iter().enumerate() {
        if index > 0 {
            remark(&mut told, ", ");
        }
        told.html.push_str("<code>");
        remark(&mut told, &format!("{name}!"));
        told.html.push_str("</code>");
    }
    remark(&mut told, " makes here was not expanded.");
    told.html.push_str("</p>");
    draft.node.body.push(Block::Prose(told));
}
