//! Documentation -> the pages that it leads to by address, `../struct.Name.html`, which rustdoc's JSON does not list.

use super::item::{Item, kind_named};

/// What an address of rustdoc's HTML leads to: a path and a kind of the graph.
pub(crate) type Target = (String, &'static str);

/// What the addresses in `documentation`, which stands on the page of `page`, lead to within its crate.
pub(crate) fn targets(documentation: &str, page: &Item) -> Vec<Target> {
    let path = page.paths.first().map_or("", String::as_str);
    let mut folder: Vec<&str> = path.split("::").collect();
    if !matches!(page.kind, "crate" | "module") {
        folder.pop();
    }
    let places = documentation.match_indices("](").chain(documentation.match_indices("]: "));
    let addresses = places.map(|(place, mark)| {
        let rest = &documentation[place + mark.len()..];
        rest.split([')', ' ', '\n', '"']).next().unwrap_or_default()
    });
    let own = |address: &str| member(address.strip_prefix('#')?, path);
    addresses.filter_map(|address| target(address, &folder).or_else(|| own(address))).collect()
}

fn target(address: &str, folder: &[&str]) -> Option<Target> {
    if address.contains(':') {
        return None;
    }
    let (page, place) = address.split_once('#').unwrap_or((address, ""));
    let mut segments: Vec<&str> = folder.to_vec();
    let (folders, file) = page.rsplit_once('/').unwrap_or(("", page));
    for step in folders.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(segments.pop()?),
            name => segments.push(name),
        }
    }
    let kind = match file.strip_suffix(".html")? {
        "index" if segments.len() == 1 => "crate",
        "index" => "module",
        item => {
            let (kind, name) = item.split_once('.')?;
            segments.push(name);
            match kind {
                "constant" => "const",
                "attr" => "attribute",
                "traitalias" => "trait-alias",
                kind => kind_named(kind)?,
            }
        }
    };
    let path = segments.join("::");
    member(place, &path).or(Some((path, kind)))
}

/// The member of the item at `path` that stands at `place` of its page.
fn member(place: &str, path: &str) -> Option<Target> {
    let (kind, name) = place.split_once('.')?;
    let kind = match kind {
        "tymethod" => "method",
        "structfield" => "field",
        "associatedtype" => "associated-type",
        "associatedconstant" => "associated-const",
        kind => kind_named(kind)?,
    };
    Some((format!("{path}::{name}"), kind))
}

#[cfg(test)]
mod tests {
    use super::targets;
    use crate::parity::item::Published;

    #[test]
    fn addresses_lead_to_items() {
        let cases = [
            ("[a](struct.B.html)", vec![("x::m::B", "struct")]),
            ("[a](../fn.f.html) [b](../index.html \"T\")", vec![("x::f", "fn"), ("x", "crate")]),
            ("[a][b]\n\n[b]: trait.C.html#tymethod.d\n", vec![("x::m::C::d", "method")]),
            ("[a](n/index.html#words)", vec![("x::m::n", "module")]),
            ("[a](#structfield.e) [b](#words)", vec![("x::m::Page::e", "field")]),
            ("[a](https://x.org/struct.B.html) [b](B) [c](../../../struct.B.html) [d](LICENSE.html)", vec![]),
        ];
        let mut published = Published::default();
        let page = published.add(None, "x::m::Page".into(), "struct", None);
        for (documentation, expected) in cases {
            let found = targets(documentation, &published.items[page]);
            let found: Vec<(&str, &str)> = found.iter().map(|(path, kind)| (path.as_str(), *kind)).collect();
            assert_eq!(found, expected, "{documentation}");
        }
    }
}
