//! mdBook, <https://rust-lang.github.io/mdBook/>. Listings get their colours in the browser.

use std::fmt::Write;

use corpus::File;

use super::{Highlighting, Peer, file};

pub(super) const MDBOOK: Peer = Peer {
    program: "mdbook",
    label: "mdBook",
    version: &["--version"],
    arguments: &["build"],
    pages: "src",
    // It takes front matter for text.
    page: |page| page.body.clone(),
    configuration,
    output: "book",
    cache: None,
    index: Some(|path| path.starts_with("searchindex")),
    highlighting: Highlighting::InBrowser,
};

/// Without the page that holds all others for printing: no other generator makes one.
fn configuration(pages: &[(String, String)]) -> Vec<File> {
    let mut summary = "# Summary\n\n".to_owned();
    for (path, title) in pages {
        // Writing to a string does not fail.
        let _ = writeln!(summary, "- [{}]({path})", title.replace(['[', ']'], " "));
    }
    let settings = "[book]\ntitle = \"Corpus\"\n\n[output.html.print]\nenable = false\n";
    vec![file("book.toml", settings), file("src/SUMMARY.md", summary)]
}
