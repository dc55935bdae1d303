//! Scans -> the macros that only pass items on (`cfg_rt! { … }`), and what they give them.

use std::collections::HashMap;
use std::sync::Arc;

use crate::extract::rust::scan::{Attributes, Item, ItemKind, MacroKind, Scan};
use crate::source::{Interned, NameMap, RepoPath};

/// The macros of the crate that only pass items on, by name, with the attributes that they give.
pub(super) fn wrapping_macros(scans: &HashMap<RepoPath, Arc<Scan>>) -> NameMap<Interned, Vec<Wrapping<'_>>> {
    let mut found: NameMap<Interned, Vec<Wrapping<'_>>> = NameMap::default();
    let mut files: Vec<_> = scans.iter().collect();
    files.sort_by_key(|(path, _)| **path);
    for (&file, scan) in files {
        let mut waiting: Vec<&Item> = scan.items.iter().collect();
        while let Some(item) = waiting.pop() {
            match &item.kind {
                ItemKind::Macro(MacroKind::ByExample { gives: Some(attributes), .. }) => {
                    found.entry(item.name).or_default().push(Wrapping { attributes, file });
                }
                ItemKind::Module { .. } | ItemKind::MacroCall(_) => waiting.extend(&item.children),
                _ => {}
            }
        }
    }
    found
}

/// A macro that gives attributes to items.
#[derive(Clone, Copy)]
pub(super) struct Wrapping<'a> {
    pub(super) attributes: &'a Attributes,
    pub(super) file: RepoPath,
}
