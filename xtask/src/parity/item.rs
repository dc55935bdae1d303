//! What a tool publishes of a crate, in the words that both tools share.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Everything that is published.
#[derive(Debug, Default)]
pub(crate) struct Published {
    pub(crate) items: Vec<Item>,
    places: HashMap<(String, &'static str), usize>,
    /// Paths at which something is published of which nothing else is known.
    pub(crate) opaque: Vec<String>,
}

/// One item, wherever it is published.
#[derive(Debug)]
pub(crate) struct Item {
    /// As a user would import it: `tokio::sync::Mutex::lock`. Never empty; the first one names it.
    pub(crate) paths: Vec<String>,
    /// `struct`, `method`, as the graph has it.
    pub(crate) kind: &'static str,
    pub(crate) documented: bool,
    /// Whether its name is written down in source, and not put together by a macro.
    pub(crate) in_source: bool,
    /// The item on whose page it stands, by its place in [`Published::items`]: itself, for an item with a page.
    pub(crate) page: usize,
    /// Where the links in its documentation lead, within the crate.
    pub(crate) links: BTreeSet<usize>,
}

/// The kinds of the graph that are compared.
const KINDS: [&str; 19] = [
    "crate",
    "module",
    "struct",
    "enum",
    "union",
    "trait",
    "trait-alias",
    "fn",
    "const",
    "static",
    "type",
    "macro",
    "attribute",
    "derive",
    "variant",
    "field",
    "associated-type",
    "associated-const",
    "method",
];

/// The name of a kind as the comparison uses it; `None` for what is not compared.
pub(crate) fn kind_named(name: &str) -> Option<&'static str> {
    KINDS.into_iter().find(|kind| *kind == name)
}

impl Published {
    /// Publishes an item at one more path, and says which it is. `page` is the item whose page it stands on.
    pub(crate) fn add(&mut self, known: Option<usize>, path: String, kind: &'static str, page: Option<usize>) -> usize {
        // What has one path and one kind several times, under different conditions or for different parameters, counts once.
        let place = known.or_else(|| self.find(&path, kind)).unwrap_or_else(|| {
            let place = self.items.len();
            let page = page.unwrap_or(place);
            let item =
                Item { paths: Vec::new(), kind, documented: false, in_source: true, page, links: BTreeSet::new() };
            self.items.push(item);
            place
        });
        if self.places.insert((path.clone(), kind), place).is_none() {
            self.items[place].paths.push(path);
        }
        place
    }

    /// The item of that kind at that path.
    pub(crate) fn find(&self, path: &str, kind: &'static str) -> Option<usize> {
        self.places.get(&(path.to_owned(), kind)).copied()
    }

    /// Whether something unknown stands at `path` or above it.
    pub(crate) fn is_opaque(&self, path: &str) -> bool {
        self.opaque.iter().any(|opaque| match opaque.strip_suffix("::*") {
            // Anything may stand in the module.
            Some(module) => path.strip_prefix(module).is_some_and(|rest| rest.starts_with("::")),
            None => path.strip_prefix(opaque.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with("::")),
        })
    }

    /// The links of everything on the page of each item that has one, without those to the page or to what has them.
    pub(crate) fn links_by_page(&self) -> BTreeMap<usize, BTreeSet<usize>> {
        let mut by_page: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (place, item) in self.items.iter().enumerate() {
            let others = item.links.iter().filter(|target| **target != item.page && **target != place);
            by_page.entry(item.page).or_default().extend(others);
        }
        by_page
    }
}
