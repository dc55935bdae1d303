//! rustdoc's JSON of a crate -> what it publishes in HTML.
//!
//! The JSON has re-exports as they are written. In HTML rustdoc shows what they lead to in their place, when it is not
//! public where it stands or when `#[doc(inline)]` asks for it; that is done here too. Where rustdoc would choose one of
//! several re-exports, all of them count as places of the item.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{self, Error};

use serde_json::Value;

use super::address;
use super::item::{Published, kind_named};
use super::package::Package;

/// What `json`, rustdoc's of `package`, publishes.
///
/// # Errors
/// It has no root.
pub(crate) fn read(json: &Value, package: &Package) -> io::Result<Published> {
    let root = key(&json["root"]);
    let index = json["index"].as_object().ok_or_else(|| Error::other("rustdoc's JSON has no index"))?;
    let items: HashMap<String, &Value> = index.iter().map(|(id, item)| (id.clone(), item)).collect();
    let mut walk = Walk {
        items,
        public: HashSet::new(),
        published: Published::default(),
        places: HashMap::new(),
        sayings: Vec::new(),
        seen: HashSet::new(),
        sources: Sources { package, texts: HashMap::new() },
    };
    walk.find_public(&root);
    walk.module(&root, &package.library);
    Ok(walk.finish())
}

struct Walk<'a> {
    items: HashMap<String, &'a Value>,
    /// What is public where it stands, all the way down from the root.
    public: HashSet<String>,
    published: Published,
    places: HashMap<String, usize>,
    /// What has documentation, and the item that shows it.
    sayings: Vec<(usize, &'a Value)>,
    /// Modules and where they were published.
    seen: HashSet<(String, String)>,
    sources: Sources<'a>,
}

impl<'a> Walk<'a> {
    fn item(&self, id: &str) -> Option<(&'a str, &'a Value, &'a Value)> {
        let item = self.items.get(id).filter(|item| item["crate_id"] == 0)?;
        let (kind, inner) = item["inner"].as_object()?.iter().next()?;
        Some((kind, inner, item))
    }

    fn find_public(&mut self, id: &str) {
        let Some((kind, inner, _)) = self.item(id) else { return };
        if kind == "use" || inner["is_stripped"] == true || !self.public.insert(id.to_owned()) || kind != "module" {
            return;
        }
        ids(&inner["items"]).for_each(|inner| self.find_public(&inner));
    }

    /// Publishes the module `id` at `path`, and what is in it.
    fn module(&mut self, id: &str, path: &str) {
        let Some((_, inner, item)) = self.item(id) else { return };
        let kind = if inner["is_crate"] == true { "crate" } else { "module" };
        self.place(id, path, kind, item, None);
        self.content(id, path);
    }

    /// Publishes what is in the module `id` at `path`.
    fn content(&mut self, id: &str, path: &str) {
        if !self.seen.insert((id.to_owned(), path.to_owned())) {
            return;
        }
        let Some((_, inner, _)) = self.item(id) else { return };
        for id in ids(&inner["items"]) {
            match self.item(&id) {
                Some(("use", re_export, item)) => self.re_export(re_export, item, path),
                Some((_, inner, item)) if inner["is_stripped"] != true => {
                    self.publish(&id, &format!("{path}::{}", text(&item["name"])));
                }
                _ => {}
            }
        }
    }

    fn re_export(&mut self, re_export: &'a Value, item: &'a Value, path: &str) {
        let says = |what: &str| {
            let attributes = item["attrs"].as_array().into_iter().flatten();
            attributes.into_iter().any(|attribute| attribute["other"].as_str().is_some_and(|said| said.contains(what)))
        };
        let target = key(&re_export["id"]);
        let is_public = self.public.contains(&target) && !says("doc(inline)");
        if is_public || says("doc(no_inline)") {
            return;
        }
        if self.item(&target).is_none() {
            // What is re-exported from a hidden module is shown, but has no item in the JSON.
            let name = if re_export["is_glob"] == true { "*" } else { text(&re_export["name"]) };
            self.published.opaque.push(format!("{path}::{name}"));
            return;
        }
        if re_export["is_glob"] == true {
            return self.content(&target, path);
        }
        self.publish(&target, &format!("{path}::{}", text(&re_export["name"])));
        self.sayings.extend(self.places.get(&target).map(|place| (*place, item)));
    }

    fn publish(&mut self, id: &str, path: &str) {
        let Some((kind, inner, item)) = self.item(id) else { return };
        let kind = match (kind, text(&inner["kind"])) {
            ("module", _) => return self.module(id, path),
            // A re-export of a variant is listed, wherever that stands.
            ("variant", _) => return,
            ("function", _) => "fn",
            ("constant", _) => "const",
            ("type_alias", _) => "type",
            ("trait_alias", _) => "trait-alias",
            ("proc_macro", "attr") => "attribute",
            ("proc_macro", "derive") => "derive",
            ("proc_macro", _) => "macro",
            (kind, _) => match kind_named(kind) {
                Some(kind) => kind,
                None => return,
            },
        };
        let page = self.place(id, path, kind, item, None);
        self.fields(inner, path, page);
        for id in ids(&inner["variants"]) {
            let Some((_, variant, item)) = self.item(&id) else { continue };
            let path = format!("{path}::{}", text(&item["name"]));
            self.place(&id, &path, "variant", item, Some(page));
            // The fields of a tuple have no names and no places.
            if variant["kind"].get("struct").is_some() {
                self.fields(variant, &path, page);
            }
        }
        self.members(&inner["items"], path, page);
        for id in ids(&inner["impls"]) {
            let Some((_, implementation, _)) = self.item(&id) else { continue };
            if implementation["trait"].is_null() {
                self.members(&implementation["items"], path, page);
            }
        }
    }

    fn fields(&mut self, inner: &Value, path: &str, page: usize) {
        let kind = &inner["kind"];
        let lists = [&kind["struct"]["fields"], &kind["plain"]["fields"], &kind["tuple"], &inner["fields"]];
        for id in lists.into_iter().flat_map(ids) {
            let Some((_, _, item)) = self.item(&id) else { continue };
            self.place(&id, &format!("{path}::{}", text(&item["name"])), "field", item, Some(page));
        }
    }

    fn members(&mut self, list: &Value, path: &str, page: usize) {
        for id in ids(list) {
            let Some((kind, _, item)) = self.item(&id) else { continue };
            let kind = match kind {
                "function" => "method",
                "assoc_const" => "associated-const",
                "assoc_type" => "associated-type",
                _ => continue,
            };
            self.place(&id, &format!("{path}::{}", text(&item["name"])), kind, item, Some(page));
        }
    }

    fn place(&mut self, id: &str, path: &str, kind: &'static str, item: &'a Value, page: Option<usize>) -> usize {
        let known = self.places.get(id).copied();
        let place = self.published.add(known, path.to_owned(), kind, page);
        if known.is_none() {
            self.places.insert(id.to_owned(), place);
            self.sayings.push((place, item));
            let owner = page.is_none_or(|page| self.published.items[page].in_source);
            // What a derive makes stands where the type does.
            self.published.items[place].in_source = owner && self.sources.names(item, kind).unwrap_or(true);
        }
        place
    }

    fn finish(mut self) -> Published {
        for (place, item) in self.sayings {
            let said = &mut self.published.items[place];
            said.documented |= !text(&item["docs"]).trim().is_empty();
            let targets = item["links"].as_object().into_iter().flat_map(|links| links.values());
            said.links.extend(targets.filter_map(|target| self.places.get(&key(target))));
            let page = &self.published.items[self.published.items[place].page];
            let written = address::targets(text(&item["docs"]), page);
            let written: Vec<usize> =
                written.iter().filter_map(|(path, kind)| self.published.find(path, kind)).collect();
            self.published.items[place].links.extend(written);
        }
        self.published
    }
}

/// The files of the package.
struct Sources<'a> {
    package: &'a Package,
    texts: HashMap<String, String>,
}

impl Sources<'_> {
    /// Whether the place of `item` has its name, where an item of `kind` has it. `None` when it has no name.
    fn names(&mut self, item: &Value, kind: &str) -> Option<bool> {
        let span = &item["span"];
        let file = text(&span["filename"]);
        let whole = self
            .texts
            .entry(file.to_owned())
            .or_insert_with(|| fs::read_to_string(self.package.folder.join(file)).unwrap_or_default());
        let lines = span["begin"][0].as_u64().unwrap_or(1)..=span["end"][0].as_u64().unwrap_or(0);
        let first = usize::try_from(*lines.start()).unwrap_or(1).saturating_sub(1);
        let count = usize::try_from(*lines.end()).unwrap_or(0).saturating_sub(first);
        let said: String = whole.split_inclusive('\n').skip(first).take(count).collect();
        let name = text(&item["name"]);
        Some(match kind {
            "crate" => true,
            "module" => has(&said, "mod", name) || span["begin"][0] == 1,
            "fn" | "method" => has(&said, "fn", name),
            "const" | "associated-const" => has(&said, "const", name),
            "type" | "associated-type" => has(&said, "type", name),
            "trait-alias" => has(&said, "trait", name),
            "macro" | "attribute" | "derive" => true,
            "field" if name.starts_with(|first: char| first.is_ascii_digit()) => return None,
            "field" | "variant" => has(&said, "", name),
            kind => has(&said, kind, name),
        })
    }
}

/// Whether `text` has `keyword name`.
fn has(text: &str, keyword: &str, name: &str) -> bool {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    text.match_indices(name).any(|(start, _)| {
        let before = text[..start].trim_end_matches("r#");
        let ends = !text[start + name.len()..].starts_with(is_word);
        let begins = !before.ends_with(is_word);
        ends && begins && before.trim_end().ends_with(keyword)
    })
}

fn ids(list: &Value) -> impl Iterator<Item = String> + use<> {
    let list: Vec<String> = list.as_array().into_iter().flatten().filter(|id| !id.is_null()).map(key).collect();
    list.into_iter()
}

/// An id, which is a number or a string.
fn key(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::has;

    #[test]
    fn names_stand_behind_their_keywords() {
        for (text, keyword, name, expected) in [
            ("pub struct A<T>;", "struct", "A", true),
            ("cfg! { /// A\npub struct\n  A; }", "struct", "A", true),
            ("make!(A);", "struct", "A", false),
            ("pub fn r#type() {}", "fn", "type", true),
            ("pub fn types() {}", "fn", "type", false),
            ("pub a: u8", "", "a", true),
        ] {
            assert_eq!(has(text, keyword, name), expected, "{text}");
        }
    }
}
