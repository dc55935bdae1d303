//! livedoc's graph of a package -> what it publishes.

use std::collections::HashMap;
use std::io;

use serde_json::Value;

use super::item::{Published, kind_named};
use super::package::Package;
use crate::livedoc::Livedoc;

/// What livedoc publishes of the library of `package`.
///
/// # Errors
/// It cannot be run, or prints no graph.
pub(crate) fn read(livedoc: &Livedoc, package: &Package) -> io::Result<Published> {
    let graph = livedoc.whole_graph(&package.folder)?;
    let mut published = Published::default();
    let mut by_id: HashMap<&str, usize> = HashMap::new();
    let mut by_url: HashMap<&str, usize> = HashMap::new();
    let nodes = || graph["nodes"].as_array().into_iter().flatten();
    // Pages first, then what stands on them.
    for node in nodes().filter(|node| !text(&node["url"]).contains('#')) {
        if let Some(place) = add(&mut published, node, package, None) {
            by_id.insert(text(&node["id"]), place);
            by_url.insert(text(&node["url"]), place);
        }
    }
    for node in nodes() {
        let Some((page, _)) = text(&node["url"]).split_once('#') else { continue };
        if let Some(page) = by_url.get(page)
            && let Some(place) = add(&mut published, node, package, Some(*page))
        {
            by_id.insert(text(&node["id"]), place);
        }
    }
    for edge in graph["edges"].as_array().into_iter().flatten().filter(|edge| edge["relation"] == "mentions") {
        if let (Some(from), Some(to)) = (by_id.get(text(&edge["from"])), by_id.get(text(&edge["to"]))) {
            published.items[*from].links.insert(*to);
        }
    }
    Ok(published)
}

fn add(published: &mut Published, node: &Value, package: &Package, page: Option<usize>) -> Option<usize> {
    let facts = &node["facts"];
    let path = facts["path"].as_str()?;
    let is_own = path.split("::").next() == Some(package.library.as_str());
    let kind = kind_named(text(&node["kind"])).filter(|_| is_own)?;
    let place = published.add(None, path.to_owned(), kind, page);
    published.items[place].documented = facts["documented"] == true;
    Some(place)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
