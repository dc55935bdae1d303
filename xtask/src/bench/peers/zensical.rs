//! Zensical, <https://zensical.org>.

use corpus::Page;

use super::{Highlighting, Peer, file};

pub(super) const ZENSICAL: Peer = Peer {
    program: "zensical",
    label: "Zensical",
    version: &["--version"],
    arguments: &["build"],
    pages: "docs",
    page: Page::text,
    configuration: |_| vec![file("zensical.toml", "[project]\nsite_name = \"Corpus\"\n")],
    output: "site",
    cache: Some(".cache"),
    index: Some(|path| path == "search.json"),
    highlighting: Highlighting::Built,
};
