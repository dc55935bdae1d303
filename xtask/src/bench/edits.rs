//! A repository to edit -> the four places where it is edited, and the pages that show it.

use std::path::{Path, PathBuf};
use std::{fs, io};

use corpus::File;

use crate::livedoc::{Livedoc, make_root};

/// A source with a place for a word, and a page that shows that word.
pub(crate) struct Edit {
    /// What kind of source it is, for a table.
    pub(crate) kind: &'static str,
    /// The file, from the repository's root.
    pub(crate) source: &'static str,
    /// A word is put behind the first of this; behind everything when it is empty.
    pub(crate) mark: &'static str,
    /// The page, from the site's root.
    pub(crate) page: String,
    file: PathBuf,
    original: String,
}

const TEMPLATE: &str = "theme/templates/base.html";

/// A guide, a doc comment, a specification and a template, each with a place for a word.
const PLACES: [(&str, &str, &str); 4] = [
    ("guide", "docs/000/page-00000.md", ""),
    ("doc comment", "crates/part-000/src/module_0000.rs", "//! "),
    ("specification", "api/service-000.yaml", "description: >-\n    "),
    ("template", TEMPLATE, "Made with"),
];

/// Lays out a repository of `pages` guides in `folder`, with code, specifications and a template of its own.
///
/// # Errors
/// It cannot be written.
pub(crate) fn lay_out(root: &Path, folder: &Path, pages: usize) -> io::Result<()> {
    make_root(folder)?;
    corpus::write(folder, corpus::repository(pages))?;
    let template = fs::read_to_string(root.join("themes/default/templates/base.html"))?;
    corpus::write(folder, [File { path: TEMPLATE.to_owned(), text: template }]).map(|_| ())
}

/// The edits of the repository in `folder`.
///
/// # Errors
/// A file is not there or not as it was laid out.
pub(crate) fn edits(livedoc: &Livedoc, folder: &Path) -> io::Result<Vec<Edit>> {
    let edit = |(kind, source, mark): (&'static str, &'static str, &'static str)| {
        let page = if source == TEMPLATE { String::new() } else { page_of(livedoc, folder, source)? };
        Edit::new(kind, folder, source, mark, page)
    };
    PLACES.into_iter().map(edit).collect()
}

/// The page of the file at `source`: that of the first of its nodes that has one to itself.
fn page_of(livedoc: &Livedoc, folder: &Path, source: &str) -> io::Result<String> {
    let graph = livedoc.graph(folder, source)?;
    let nodes = graph["nodes"].as_array().into_iter().flatten();
    let mut urls = nodes.filter(|node| node["source"]["path"] == source).filter_map(|node| node["url"].as_str());
    let url = urls.find(|url| !url.contains('#'));
    let missing = || io::Error::other(format!("the graph has no page of {source}"));
    url.map(|url| url.trim_start_matches('/').to_owned()).ok_or_else(missing)
}

impl Edit {
    fn new(
        kind: &'static str,
        folder: &Path,
        source: &'static str,
        mark: &'static str,
        page: String,
    ) -> io::Result<Self> {
        let file = folder.join(source);
        let original = fs::read_to_string(&file)?;
        if original.contains(mark) {
            Ok(Self { kind, source, mark, page, file, original })
        } else {
            Err(io::Error::other(format!("{source} has no `{mark}`")))
        }
    }

    /// Saves the file with `word` in its place.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn save(&self, word: &str) -> io::Result<()> {
        let text = match self.mark {
            "" => format!("{}\n\n{word}\n", self.original),
            mark => self.original.replacen(mark, &format!("{mark} {word}"), 1),
        };
        fs::write(&self.file, text)
    }

    /// Makes the file what it was.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn restore(&self) -> io::Result<()> {
        fs::write(&self.file, &self.original)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Edit, PLACES, lay_out};
    use crate::root;

    #[test]
    fn words_stand_in_their_places() {
        let folder = tempfile::tempdir().expect("a folder");
        lay_out(&root(), folder.path(), 5).expect("laid out");
        for (kind, source, mark) in PLACES {
            let edit = Edit::new(kind, folder.path(), source, mark, String::new()).expect(source);
            let read = || fs::read_to_string(folder.path().join(source)).expect("read");
            let original = read();
            for word in ["word-1", "word-2"] {
                edit.save(word).expect("saved");
                assert_eq!(read().matches("word-").count(), 1, "{source}");
                assert!(read().contains(&format!("{mark} {word}")) || mark.is_empty(), "{source}");
            }
            edit.restore().expect("restored");
            assert_eq!(read(), original);
        }
        assert!(Edit::new("guide", folder.path(), "docs/000/page-00000.md", "[[none]]", String::new()).is_err());
    }
}
