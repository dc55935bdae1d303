//! Style sheets, scripts and images -> files below `assets/`, and the addresses by which templates ask for them.
//!
//! A file keeps its name, so that styles and scripts can refer to each other; its address carries a hash of its content,
//! so that browsers may keep it for as long as they like. Modules import each other by name; what is published has addresses.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::modules::linked;
use crate::source::ContentHash;

/// The folder of the site that they stand in.
const FOLDER: &str = "assets";

/// The name of the joined style sheets.
const STYLE_SHEET: &str = "theme.css";

/// The name of the joined scripts.
const SCRIPT: &str = "theme.js";

/// The name of the sprite whose symbols are the icons.
const SPRITE: &str = "icons.svg";

/// The symbol that stands for icons that the sprite does not have.
const FALLBACK_ICON: &str = "page";

/// A file of the theme as it stands in the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeFile {
    /// From the site's root: `assets/theme.css`.
    pub path: String,
    /// What is in it.
    pub bytes: Arc<[u8]>,
}

/// The files by the names that templates use.
#[derive(Clone, Debug, Default)]
pub(super) struct ThemeFiles {
    files: BTreeMap<String, Versioned>,
    icons: BTreeSet<String>,
}

#[derive(Clone, Debug)]
struct Versioned {
    address: String,
    file: ThemeFile,
}

impl ThemeFiles {
    /// The files `static_files`, one sheet of all `styles` and one script of all `scripts`, each by name.
    pub(super) fn new(
        styles: &BTreeMap<String, Vec<u8>>,
        scripts: &BTreeMap<String, Vec<u8>>,
        static_files: BTreeMap<String, Vec<u8>>,
    ) -> Self {
        let sheet: Vec<u8> = styles.values().flat_map(|sheet| sheet.iter().chain(b"\n")).copied().collect();
        let (modules, others) = static_files.into_iter().partition(|(name, _)| name.ends_with(".js"));
        let modules = linked(modules, |name, bytes| version(name, bytes.to_vec()).address);
        let others: BTreeMap<String, Vec<u8>> = others;
        let all = others.into_iter().chain(modules).chain([(STYLE_SHEET.to_owned(), sheet)]);
        let mut files: BTreeMap<String, Versioned> =
            all.map(|(name, bytes)| (name.clone(), version(&name, bytes))).collect();
        files.insert(SCRIPT.to_owned(), version(SCRIPT, join(scripts, &files)));
        let icons = files.get(SPRITE).map(|sprite| symbols(&sprite.file.bytes)).unwrap_or_default();
        Self { files, icons }
    }

    /// The address of the file `name` from the site's root.
    pub(super) fn address(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(|file| file.address.as_str())
    }

    /// The address of the icon `name`, or of the one that stands for any other.
    pub(super) fn icon(&self, name: &str) -> String {
        let symbol = if self.icons.contains(name) { name } else { FALLBACK_ICON };
        format!("{}#{symbol}", self.address(SPRITE).unwrap_or_default())
    }

    /// The address of every file, by name.
    pub(super) fn addresses(&self) -> impl Iterator<Item = &str> {
        self.files.values().map(|file| file.address.as_str())
    }

    /// Every file.
    pub(super) fn iter(&self) -> impl Iterator<Item = &ThemeFile> {
        self.files.values().map(|versioned| &versioned.file)
    }
}

/// `scripts` one behind the other, each in a scope of its own. In all of them `root` is the address of the site's root, and
/// `assets` says how `files` are called beside the script: `import(`./${assets["search.js"]}`)`.
fn join(scripts: &BTreeMap<String, Vec<u8>>, files: &BTreeMap<String, Versioned>) -> Vec<u8> {
    // No script asks for the style sheet, whose address changes with every edit of a style.
    let names: BTreeMap<&str, &str> = files
        .iter()
        .filter(|(name, _)| *name != STYLE_SHEET)
        .map(|(name, file)| (name.as_str(), &file.address[FOLDER.len() + 1..]))
        .collect();
    // A map of strings always has a form.
    let names = serde_json::to_string(&names).unwrap_or_default();
    let mut joined = format!(
        "\"use strict\";\n\
         const root = new URL(\"..\", document.currentScript.src);\n\
         const assets = {names};\n\
         document.documentElement.dataset.root = root.href;\n"
    )
    .into_bytes();
    for script in scripts.values() {
        joined.extend_from_slice(b"{\n");
        joined.extend_from_slice(script);
        joined.extend_from_slice(b"\n}\n");
    }
    joined
}

fn version(name: &str, bytes: Vec<u8>) -> Versioned {
    let path = format!("{FOLDER}/{name}");
    let address = format!("{path}?v={}", ContentHash::of(&bytes).short());
    Versioned { address, file: ThemeFile { path, bytes: bytes.into() } }
}

/// The ids of the `<symbol>`s of a sprite.
fn symbols(sprite: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(sprite);
    let ids = text.split("<symbol").skip(1).filter_map(|rest| {
        let tag = rest.split('>').next()?;
        Some(tag.split("id=\"").nth(1)?.split('"').next()?.to_owned())
    });
    ids.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::ThemeFiles;

    #[test]
    fn addresses_change_with_the_content_and_unknown_icons_have_a_substitute() {
        let map = |pairs: &[(&str, &str)]| -> BTreeMap<String, Vec<u8>> {
            pairs.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
        };
        let sprite = "<svg><symbol id=\"book\"/><symbol viewBox=\"0 0 1 1\" id=\"page\"/></svg>";
        let styles = map(&[("20.css", "b"), ("10.css", "a")]);
        let one = ThemeFiles::new(&styles, &map(&[("b.js", "b"), ("a.js", "a")]), map(&[("icons.svg", sprite)]));
        let two = ThemeFiles::new(&map(&[("10.css", "changed")]), &BTreeMap::new(), BTreeMap::new());
        let sheets: Vec<_> = one.iter().filter(|file| file.path == "assets/theme.css").collect();
        assert_eq!(&*sheets[0].bytes, b"a\nb\n");
        let script = one.iter().find(|file| file.path == "assets/theme.js").map(|file| file.bytes.to_vec());
        let script = String::from_utf8(script.unwrap_or_default()).unwrap_or_default();
        assert!(script.contains("\"icons.svg\":\"icons.svg?v=") && script.ends_with("{\na\n}\n{\nb\n}\n"), "{script}");
        assert!(one.address("theme.css").is_some_and(|address| address.starts_with("assets/theme.css?v=")));
        assert_ne!(one.address("theme.css"), two.address("theme.css"));
        assert_eq!(one.address("none.js"), None);
        assert!(one.icon("book").ends_with("#book"));
        assert!(one.icon("rocket").ends_with("#page"));
    }
}
