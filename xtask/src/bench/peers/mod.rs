//! The other generators: how each wants its pages laid out, how it is run, and what it leaves.
//!
//! Each has the smallest configuration that makes it do what livedoc does, where it can: pages with a list of their
//! headings, highlighted listings, a search index. Its own defaults stand otherwise.

mod hugo;
mod mdbook;
mod mkdocs;
mod zensical;
mod zola;

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use corpus::{File, Page};

use crate::livedoc::remove;
use crate::machine::version_in;

/// A generator, in one of the ways it can be set.
pub(crate) struct Peer {
    /// The program, as it is called.
    pub(crate) program: &'static str,
    /// As readers know it, and how it is set if that needs saying.
    pub(crate) label: &'static str,
    /// What makes it say its version.
    version: &'static [&'static str],
    /// What makes it build the site of the folder it is run in.
    pub(crate) arguments: &'static [&'static str],
    /// The folder of the pages.
    pages: &'static str,
    /// A page as it wants it.
    page: fn(&Page) -> String,
    /// Its configuration and templates; sees the path and the title of each page.
    configuration: fn(&[(String, String)]) -> Vec<File>,
    /// The folder it writes.
    pub(crate) output: &'static str,
    /// What else it leaves: what it keeps for the next build.
    pub(crate) cache: Option<&'static str>,
    /// Which of the files that it writes are its search index, by their paths in `output`; `None` without search.
    pub(crate) index: Option<fn(&str) -> bool>,
    pub(crate) highlighting: Highlighting,
}

/// Where listings get their colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Highlighting {
    Built,
    InBrowser,
    None,
}

impl Highlighting {
    /// For a table.
    pub(crate) fn shown(self) -> &'static str {
        match self {
            Self::Built => "yes",
            Self::InBrowser => "in the browser",
            Self::None => "no",
        }
    }
}

/// All that are known here.
pub(crate) static PEERS: [Peer; 6] =
    [hugo::HIGHLIGHTED, hugo::PLAIN, zola::ZOLA, mdbook::MDBOOK, zensical::ZENSICAL, mkdocs::MKDOCS];

impl Peer {
    /// The version of the program on the PATH; `None` when there is none, or none that runs.
    pub(crate) fn version(&self) -> Option<String> {
        let mut command = Command::new(self.program);
        let output = command.args(self.version).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        output.status.success().then(|| version_in(&said).unwrap_or("of unknown version").to_owned())
    }

    /// Writes its configuration and `pages` to `folder`.
    ///
    /// # Errors
    /// A page cannot be read or written.
    pub(crate) fn lay_out(&self, folder: &Path, pages: impl Iterator<Item = io::Result<Page>>) -> io::Result<()> {
        let mut names = Vec::new();
        for page in pages {
            let page = page?;
            let path = format!("{}/{}", self.pages, page.path);
            corpus::write(folder, [File { path, text: (self.page)(&page) }])?;
            names.push((page.path, page.title));
        }
        corpus::write(folder, (self.configuration)(&names)).map(|_| ())
    }

    /// Removes all that an earlier build left in `folder`.
    ///
    /// # Errors
    /// It cannot be removed.
    pub(crate) fn clean(&self, folder: &Path) -> io::Result<()> {
        [Some(self.output), self.cache].into_iter().flatten().try_for_each(|left| remove(&folder.join(left)))
    }
}

fn file(path: &str, text: impl Into<String>) -> File {
    File { path: path.to_owned(), text: text.into() }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use corpus::Guides;

    use super::PEERS;

    /// All have the same pages, but for what they take for front matter.
    #[test]
    fn each_gets_every_page() {
        const PAGES: usize = 5;
        let guides = Guides::new(PAGES);
        for peer in &PEERS {
            let folder = tempfile::tempdir().expect("a folder");
            let pages = (0..PAGES).map(|index| Ok(guides.page(index)));
            peer.lay_out(folder.path(), pages).expect("it can be laid out");
            for index in 0..PAGES {
                let page = guides.page(index);
                let path = folder.path().join(peer.pages).join(&page.path);
                let text = fs::read_to_string(path).expect("the page is there");
                assert!(text.ends_with(&page.body), "{}: {}", peer.label, page.path);
            }
        }
    }
}
