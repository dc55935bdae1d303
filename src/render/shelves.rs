//! The whole navigation of large sections -> small files, of which a script fetches those that a reader opens.
//!
//! A page shows a part of its section ([`crate::plan::navigation`]); all of it is in the files `0.json`, `1.json`… of
//! `assets/navigation/guides/`. Each is an object of lists:
//!
//! | key | list |
//! |---|---|
//! | the address of a page; empty for the section | the groups of what is right below it: `[label, entries]`, or `[label, count]` where there is much below it |
//! | that, `#`, the place of a group, `.`, the number of a part | at most [`PART`] of the entries of a group that has only its count there |
//!
//! An entry is `[title, address, mark, 1]`: the mark may be empty, the 1 says that there is something below it; what says
//! nothing at the end is left out. A key stands in the file whose number is its FNV-1a hash modulo the number of files, so
//! that what is added in one place changes neither pages nor files elsewhere.

use std::collections::BTreeMap;

use super::values::mark;
use super::{Pages, SiteFile};
use crate::graph::NodeId;
use crate::plan::{Run, SectionPlan};

/// About so many entries stand in a file.
const ENTRIES: usize = 256;

/// So many entries of one group are fetched at once.
const PART: usize = 500;

/// The name of the section in addresses and how many files it has: `guides/64`.
pub(super) fn address(section: &SectionPlan) -> String {
    format!("{}/{}", section.section.slug, count(section))
}

/// A power of two, so that it seldom changes.
fn count(section: &SectionPlan) -> usize {
    (section.pages.len() / ENTRIES).next_power_of_two()
}

/// The files of every section that is not shown whole.
pub(super) fn shelves(pages: Pages<'_>) -> Vec<SiteFile> {
    pages
        .plan
        .sections
        .iter()
        .filter(|section| !section.is_shown_whole())
        .flat_map(|section| of(pages, section))
        .collect()
}

fn of(pages: Pages<'_>, section: &SectionPlan) -> Vec<SiteFile> {
    let tree = &pages.plan.tree;
    let mut shelves = Shelves { pages, count: count(section), texts: BTreeMap::new() };
    shelves.put("", tree.roots(section.section.slug));
    for id in &section.pages {
        if let Some(place) = pages.plan.place(*id) {
            shelves.put(&place.route.encoded(), tree.below(*id));
        }
    }
    let file = |(number, mut text): (usize, String)| {
        text.push('}');
        (format!("assets/navigation/{}/{number}.json", section.section.slug), text.into_bytes())
    };
    shelves.texts.into_iter().map(file).collect()
}

struct Shelves<'a> {
    pages: Pages<'a>,
    count: usize,
    /// What stands in each file so far.
    texts: BTreeMap<usize, String>,
}

impl Shelves<'_> {
    /// Puts what is right below the page at `address`.
    fn put(&mut self, address: &str, run: Option<Run<'_>>) {
        let Some(run) = run else { return };
        let is_long = run.count() > PART;
        let mut list = String::new();
        for (place, group) in run.groups().enumerate() {
            list.push_str(if place == 0 { "[[" } else { ",[" });
            push_string(&mut list, group.label(&self.pages.resolved.graph));
            list.push(',');
            if is_long {
                list.push_str(&group.pages.len().to_string());
                for (number, part) in (1..).zip(group.pages.chunks(PART)) {
                    let mut entries = String::new();
                    self.push_entries(&mut entries, part);
                    self.add(&format!("{address}#{place}.{number}"), &entries);
                }
            } else {
                self.push_entries(&mut list, group.pages);
            }
            list.push(']');
        }
        list.push(']');
        self.add(address, &list);
    }

    fn push_entries(&self, list: &mut String, ids: &[NodeId]) {
        let mut before = '[';
        for &id in ids {
            let (Some(node), Some(place)) = (self.pages.resolved.graph.node(id), self.pages.plan.place(id)) else {
                continue;
            };
            list.push(before);
            before = ',';
            list.push('[');
            push_string(list, &node.title);
            list.push(',');
            push_string(list, &place.route.encoded());
            let has_below = self.pages.plan.tree.below(id).is_some();
            if has_below || !mark(node).is_empty() {
                list.push(',');
                push_string(list, mark(node));
            }
            list.push_str(if has_below { ",1]" } else { "]" });
        }
        list.push_str(if before == '[' { "[]" } else { "]" });
    }

    fn add(&mut self, key: &str, list: &str) {
        let text = self.texts.entry(fnv(key) as usize % self.count).or_default();
        text.push(if text.is_empty() { '{' } else { ',' });
        push_string(text, key);
        text.push(':');
        text.push_str(list);
    }
}

fn push_string(json: &mut String, text: &str) {
    // A string always has a form.
    json.push_str(&serde_json::to_string(text).unwrap_or_default());
}

/// <http://www.isthe.com/chongo/tech/comp/fnv/>, 32 bits.
fn fnv(key: &str) -> u32 {
    key.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
