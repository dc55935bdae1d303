//! Places that the layouts of a site put around the texts of its pages: `<h2 id="further-reading">` of an Eleventy or Jekyll layout.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::graph::resolve::Resolver;
use crate::source::{RepoPath, SourceFile, folded};

/// Folders in which generators look for layouts, and for the parts of them.
const FOLDERS: &[&str] = &["_includes", "_layouts", "_partials", "layouts"];

/// Endings of layouts.
const LAYOUTS: &[&str] = &["ejs", "hbs", "html", "liquid", "njk", "webc"];

/// Whether a layout of the site of `page` has an element with the id `anchor`.
pub(super) fn has_place(resolver: &Resolver<'_>, page: RepoPath, anchor: &str) -> bool {
    let wanted = folded(anchor);
    let sites: Vec<RepoPath> = resolver.sites().above(page).collect();
    let is_layout = |path: &RepoPath| {
        path.has_extension(LAYOUTS)
            && path.folders().any(|folder| FOLDERS.contains(&folder))
            && sites.iter().any(|site| path.is_below(*site))
    };
    let has = |path: RepoPath| resolver.files.source(path).is_some_and(|file| file.told(read_ids).0.contains(&wanted));
    !sites.is_empty() && resolver.files.paths().filter(is_layout).any(has)
}

/// The ids that a layout writes out, without case and punctuation.
#[derive(Debug, PartialEq)]
pub(super) struct LayoutIds(BTreeSet<String>);

pub(super) fn read_ids(file: &SourceFile) -> LayoutIds {
    static ID: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"\sid="([\w.-]+)""#).ok());
    let found = ID.iter().flat_map(|id| id.captures_iter(file.text()));
    LayoutIds(found.map(|found| folded(&found[1])).collect())
}
