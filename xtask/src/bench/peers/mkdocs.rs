//! MkDocs, <https://www.mkdocs.org>, with its own theme: listings get their colours in the browser.

use corpus::Page;

use super::{Highlighting, Peer, file};

pub(super) const MKDOCS: Peer = Peer {
    program: "mkdocs",
    label: "MkDocs",
    version: &["--version"],
    arguments: &["build", "--quiet"],
    pages: "docs",
    page: Page::text,
    configuration: |_| vec![file("mkdocs.yml", "site_name: Corpus\n")],
    output: "site",
    cache: None,
    index: Some(|path| path == "search/search_index.json"),
    highlighting: Highlighting::InBrowser,
};
