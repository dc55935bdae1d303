//! Modules that import each other by name -> modules that import each other by address.
//!
//! Addresses carry a hash of what stands behind them, so a module has its address once those that it imports have theirs.

use std::collections::BTreeMap;

/// `modules` (by name, `folder/name.js`), in which each `from "./other.js"` (in the same folder) names the address that `address` gives to the
/// module of that name and its final text. Names of no module stay as they are, and so do those on a circle.
pub(super) fn linked(
    modules: BTreeMap<String, Vec<u8>>,
    address: impl Fn(&str, &[u8]) -> String,
) -> BTreeMap<String, Vec<u8>> {
    let mut linking = Linking { done: BTreeMap::new(), open: Vec::new(), modules, address };
    let names: Vec<String> = linking.modules.keys().cloned().collect();
    for name in names {
        linking.link(&name);
    }
    linking.done.into_iter().map(|(name, (_, text))| (name, text)).collect()
}

struct Linking<A> {
    modules: BTreeMap<String, Vec<u8>>,
    address: A,
    /// Addresses and final texts.
    done: BTreeMap<String, (String, Vec<u8>)>,
    /// Those that are being linked.
    open: Vec<String>,
}

impl<A: Fn(&str, &[u8]) -> String> Linking<A> {
    /// The address of the module `name`. `None` when there is none, or it is being linked.
    fn link(&mut self, name: &str) -> Option<String> {
        if let Some((address, _)) = self.done.get(name) {
            return Some(address.clone());
        }
        let bytes = self.modules.get(name)?.clone();
        if self.open.iter().any(|open| open == name) {
            return None;
        }
        self.open.push(name.to_owned());
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => self.text(name, text).into_bytes(),
            Err(_) => bytes,
        };
        self.open.pop();
        let address = (self.address)(name, &text);
        self.done.insert(name.to_owned(), (address.clone(), text));
        Some(address)
    }

    /// `text`, the module `name`, with addresses.
    fn text(&mut self, name: &str, text: &str) -> String {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut linked = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("from \"./") {
            linked.push_str(before);
            linked.push_str("from \"./");
            rest = after;
            let Some((other, _)) = after.split_once('"') else { break };
            let full = if folder.is_empty() { other.to_owned() } else { format!("{folder}/{other}") };
            let beside = (!other.contains('/')).then_some(full);
            if let Some(address) = beside.and_then(|full| self.link(&full)) {
                linked.push_str(address.rsplit('/').next().unwrap_or_default());
                rest = &after[other.len()..];
            }
        }
        linked + rest
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::linked;

    #[test]
    fn imports_have_versions() {
        let text = |name: &str| match name {
            "a/main.js" => "import { b } from \"./b.js\";\nimport x from \"./none.js\"; from \"./",
            "a/b.js" => "import { c } from \"./c.js\"; // ü",
            "a/c.js" => "import { b } from \"./b.js\";",
            _ => "from \"./a/b.js\"; from \"./main.js\"",
        };
        let names = ["a/main.js", "a/b.js", "a/c.js", "main.js"];
        let modules = names.iter().map(|name| ((*name).to_owned(), text(name).as_bytes().to_vec())).collect();
        let linked = linked(modules, |name, text| format!("assets/{name}?v={}", text.len()));
        let linked: BTreeMap<&str, &str> =
            linked.iter().map(|(name, text)| (name.as_str(), std::str::from_utf8(text).unwrap_or_default())).collect();
        let expected = [
            ("a/b.js", "import { c } from \"./c.js?v=27\"; // ü"),
            ("a/c.js", "import { b } from \"./b.js\";"),
            ("a/main.js", "import { b } from \"./b.js?v=38\";\nimport x from \"./none.js\"; from \"./"),
            ("main.js", "from \"./a/b.js\"; from \"./main.js\""),
        ];
        assert_eq!(linked.into_iter().collect::<Vec<_>>(), expected);
    }
}
