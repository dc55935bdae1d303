//! The calls of a specification by tag, and its tags by group: how readers find their way in it.
//!
//! | source | what it says |
//! |---|---|
//! | `tags` | the order of tags, and what they mean |
//! | `parent` of a tag (OpenAPI 3.2) | the tag that it is a part of |
//! | `x-tagGroups` (Redoc) | headings above tags |
//! | `tags` of an operation | the first one is where it stands; a `badge` or an `audience` (OpenAPI 3.2) is no place |

use std::collections::{BTreeMap, HashSet};

use super::call::Call;
use super::document::Document;
use super::kind::WEBHOOK;
use super::name::slug;
use super::route::Routes;
use crate::data::Value;
use crate::graph::NodeId;
use crate::source::Span;

/// Tags lie in each other this deep.
const DEEPEST: usize = 8;

/// The heading of tags that no group names, where there are groups.
const UNGROUPED: &str = "Other tags";

/// The heading of operations without a tag, where others have one.
const UNTAGGED: &str = "Other operations";

/// A tag.
pub(super) struct Tag<'d> {
    /// As operations name it.
    pub(super) name: &'d str,
    /// What readers see.
    pub(super) label: String,
    /// What the specification says about it, where it does.
    pub(super) declared: Option<&'d Value>,
    /// Where it is written.
    pub(super) span: Span,
    /// Its id in the graph.
    pub(super) id: NodeId,
    /// Its page's address.
    pub(super) route: String,
    /// The tag that it is a part of, by its place.
    pub(super) above: Option<usize>,
    /// The heading that it stands under; empty for none.
    pub(super) group: String,
    /// The calls that have it, by their places.
    pub(super) calls: Vec<usize>,
}

/// The calls by tag.
pub(super) struct Grouping<'d> {
    /// Every tag in the order in which readers see them, each before its parts.
    pub(super) tags: Vec<Tag<'d>>,
    /// The tag under which each call stands, by its place.
    pub(super) homes: Vec<Option<usize>>,
    /// Calls that stand under no tag: operations, then webhooks.
    pub(super) without: [Vec<usize>; 2],
    /// The tags that have pages, by name.
    pub(super) named: BTreeMap<&'d str, NodeId>,
    /// And by what is left of the name in an address.
    pub(super) by_slug: BTreeMap<String, NodeId>,
}

impl<'d> Grouping<'d> {
    /// The tags of `document` and the calls under them. `routes` gives tags their addresses.
    pub(super) fn new(document: &Document<'d>, calls: &[Call<'d>], routes: &mut Routes) -> Self {
        let mut tags = tags(document, calls);
        nest(&mut tags);
        group(document.root, &mut tags);
        arrange(&mut tags);
        let mut taken: HashSet<NodeId> = calls.iter().map(|call| call.id).collect();
        for tag in &mut tags {
            let names = (1..).map(|count: u32| match count {
                1 => format!("tags/{}", tag.name),
                count => format!("tags/{}-{count}", tag.name),
            });
            let free = names.map(|name| document.id_of(&name)).find(|id| taken.insert(*id));
            tag.id = free.unwrap_or(tag.id);
            let slug = slug(tag.name);
            tag.route = routes.take(&format!("tags/{}", if slug.is_empty() { "tag" } else { &slug }));
        }
        let places: BTreeMap<&str, usize> = tags.iter().enumerate().map(|(place, tag)| (tag.name, place)).collect();
        let mut homes = Vec::new();
        let mut without = [Vec::new(), Vec::new()];
        for (index, call) in calls.iter().enumerate() {
            let mut own: Vec<usize> = call.tags.iter().filter_map(|name| places.get(name).copied()).collect();
            let home = own.iter().copied().find(|&tag| is_place(&tags[tag]));
            own.sort_unstable();
            own.dedup();
            own.into_iter().for_each(|tag| tags[tag].calls.push(index));
            if home.is_none() {
                without[usize::from(std::ptr::eq(call.kind, &WEBHOOK))].push(index);
            }
            homes.push(home);
        }
        let mut grouping = Self { tags, homes, without, named: BTreeMap::new(), by_slug: BTreeMap::new() };
        if grouping.has_pages() {
            grouping.named = grouping.tags.iter().map(|tag| (tag.name, tag.id)).collect();
            grouping.by_slug = grouping.tags.iter().rev().map(|tag| (slug(tag.name), tag.id)).collect();
        }
        grouping
    }

    /// The places of all calls, by tag, in the order in which readers see them.
    pub(super) fn order(&self) -> Vec<usize> {
        let tagged = (0..self.tags.len()).flat_map(|place| self.at_home(place));
        tagged.chain(self.without.iter().flatten().copied()).collect()
    }

    /// Whether tags have pages. One tag for all that there is divides nothing.
    pub(super) fn has_pages(&self) -> bool {
        self.tags.len() + usize::from(!self.without[0].is_empty()) > 1 && !self.tags.is_empty()
    }

    /// The heading under which navigation lists `call`, which is at the place `index`, among its siblings.
    pub(super) fn heading(&self, index: usize, call: &Call<'_>) -> &str {
        match self.homes[index] {
            Some(_) if self.has_pages() => "",
            Some(home) => &self.tags[home].label,
            None if std::ptr::eq(call.kind, &WEBHOOK) => "Webhooks",
            None => self.without_tag(),
        }
    }

    /// The heading of operations without a tag.
    pub(super) fn without_tag(&self) -> &'static str {
        if self.homes.iter().any(Option::is_some) { UNTAGGED } else { "Operations" }
    }

    /// Whether tags stand under headings.
    pub(super) fn has_groups(&self) -> bool {
        self.tags.iter().any(|tag| !tag.group.is_empty())
    }

    /// How many tags the one at `place` is a part of.
    pub(super) fn depth(&self, place: usize) -> usize {
        std::iter::successors(self.tags[place].above, |above| self.tags[*above].above).take(DEEPEST).count()
    }

    /// The tags that are parts of the one at `place`, by their places.
    pub(super) fn parts(&self, place: usize) -> Vec<usize> {
        let is_within = |part: &usize| self.tags[*part].above.is_some_and(|above| above >= place);
        let within = (place + 1..self.tags.len()).take_while(is_within);
        within.filter(|&part| self.tags[part].above == Some(place)).collect()
    }

    /// The calls that stand under the tag at `place`.
    pub(super) fn at_home(&self, place: usize) -> impl Iterator<Item = usize> {
        self.tags[place].calls.iter().copied().filter(move |&call| self.homes[call] == Some(place))
    }
}

/// The words that readers see for a declared tag.
fn label(declared: &Value) -> Option<&str> {
    let text = |key| declared.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    text("x-displayName").or_else(|| text("summary"))
}

/// Whether operations stand under a tag, rather than being marked with it.
fn is_place(tag: &Tag<'_>) -> bool {
    let kind = tag.declared.and_then(|declared| declared.get("kind")?.as_str());
    !matches!(kind, Some("badge" | "audience"))
}

/// Declared tags in their order, then others as calls name them.
fn tags<'d>(document: &Document<'d>, calls: &[Call<'d>]) -> Vec<Tag<'d>> {
    let mut seen = HashSet::new();
    let mut tags = Vec::new();
    let tag = |name: &'d str, declared: Option<&'d Value>, span| Tag {
        name,
        label: declared.and_then(label).unwrap_or(name).to_owned(),
        declared,
        span,
        id: document.id(),
        route: String::new(),
        above: None,
        group: String::new(),
        calls: Vec::new(),
    };
    for declared in document.root.get("tags").map_or(&[][..], Value::items) {
        let declared = document.follow(declared);
        let Some(name) = declared.get("name").filter(|name| name.as_str().is_some_and(|name| !name.is_empty())) else {
            continue;
        };
        let text = name.as_str().unwrap_or_default();
        if seen.insert(text) {
            tags.push(tag(text, Some(declared), name.span));
        }
    }
    for value in calls.iter().flat_map(|call| call.value.get("tags").map_or(&[][..], Value::items)) {
        let Some(name) = value.as_str().filter(|name| !name.is_empty()) else { continue };
        if seen.insert(name) {
            tags.push(tag(name, None, value.span));
        }
    }
    tags
}

/// Finds the tags that tags are parts of. Of a circle nothing is believed.
fn nest(tags: &mut [Tag<'_>]) {
    let places: BTreeMap<&str, usize> = tags.iter().enumerate().map(|(place, tag)| (tag.name, place)).collect();
    let above = |tag: &Tag<'_>| places.get(tag.declared?.get("parent")?.as_str()?).copied();
    let stated: Vec<Option<usize>> = tags.iter().map(above).collect();
    for (place, tag) in tags.iter_mut().enumerate() {
        let way = std::iter::successors(Some(place), |&at| stated[at]).take(DEEPEST + 1);
        // A way that is as long as this ends nowhere.
        tag.above = stated[place].filter(|_| way.count() <= DEEPEST);
    }
}

/// Gives tags the headings of `x-tagGroups`, and brings them into its order.
fn group(root: &Value, tags: &mut Vec<Tag<'_>>) {
    let groups = root.get("x-tagGroups").map_or(&[][..], Value::items);
    let mut ranks: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for group in groups {
        let heading = group.get("name").and_then(Value::as_str).unwrap_or_default();
        for name in group.get("tags").map_or(&[][..], Value::items).iter().filter_map(Value::as_str) {
            let rank = ranks.len();
            ranks.entry(name).or_insert((rank, heading));
        }
    }
    if !tags.iter().any(|tag| ranks.contains_key(tag.name)) {
        return;
    }
    let mut order: Vec<usize> = (0..tags.len()).collect();
    order.sort_by_key(|&place| ranks.get(tags[place].name).map_or(usize::MAX, |(rank, _)| *rank));
    for tag in tags.iter_mut().filter(|tag| tag.above.is_none()) {
        tag.group = ranks.get(tag.name).map_or(UNGROUPED, |(_, heading)| heading).to_owned();
    }
    reorder(tags, &order);
}

/// Puts each tag before its parts.
fn arrange(tags: &mut Vec<Tag<'_>>) {
    let mut parts = vec![Vec::new(); tags.len()];
    let mut waiting = Vec::new();
    for (place, tag) in tags.iter().enumerate() {
        tag.above.map_or(&mut waiting, |above| &mut parts[above]).push(place);
    }
    waiting.reverse();
    let mut order = Vec::new();
    while let Some(place) = waiting.pop() {
        order.push(place);
        waiting.extend(parts[place].iter().rev());
    }
    reorder(tags, &order);
}

/// Brings `tags` into `order`, which names each place once.
fn reorder(tags: &mut Vec<Tag<'_>>, order: &[usize]) {
    let mut new_places = vec![0; tags.len()];
    for (new, &old) in order.iter().enumerate() {
        new_places[old] = new;
    }
    let mut placed: Vec<(usize, Tag<'_>)> = new_places.iter().copied().zip(tags.drain(..)).collect();
    placed.sort_by_key(|(place, _)| *place);
    tags.extend(placed.into_iter().map(|(_, mut tag)| {
        tag.above = tag.above.map(|above| new_places[above]);
        tag
    }));
}
