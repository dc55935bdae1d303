//! Pages that Docusaurus makes of categories, which no file is: their addresses.

use crate::graph::resolve::Resolver;
use crate::source::{RepoPath, SourceFile};

/// Whether a category of the site of `page` has the address that `written` leads to: below `category/`, or at a `slug` that the file of its
/// sidebar states (Docusaurus, "generated-index").
pub(super) fn makes_page(resolver: &Resolver<'_>, page: RepoPath, written: &str) -> bool {
    let address = written.trim_start_matches(['.', '/']).trim_end_matches('/');
    let is_site = |site: &RepoPath| {
        ["docusaurus.config.js", "docusaurus.config.ts"].iter().any(|name| resolver.files.find(*site, name).is_some())
    };
    let Some(site) = resolver.sites().above(page).find(is_site).filter(|_| !address.is_empty()) else { return false };
    let states = |sidebar: &RepoPath| {
        let file = resolver.files.source(*sidebar);
        let slugs = file.map(|file| file.told(read_slugs));
        slugs.is_some_and(|slugs| slugs.0.iter().any(|slug| is_end(address, slug) || is_end(slug, address)))
    };
    let is_sidebar = |path: &RepoPath| {
        let folder = path.parent();
        let name = path.file_name();
        folder == site && name.starts_with("sidebars.")
            || folder.file_name().ends_with("versioned_sidebars")
            || name.starts_with("_category_.")
    };
    address.split('/').rev().nth(1) == Some("category")
        || resolver.files.paths().filter(|path| path.is_below(site) && is_sidebar(path)).any(|path| states(&path))
}

fn is_end(whole: &str, end: &str) -> bool {
    whole.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
}

/// The addresses that a text about a sidebar gives to pages of categories.
#[derive(PartialEq)]
pub(super) struct Slugs(Vec<String>);

pub(super) fn read_slugs(file: &SourceFile) -> Slugs {
    let text = file.text();
    if !text.contains("generated-index") {
        return Slugs(Vec::new());
    }
    let values = text.lines().filter_map(|line| {
        let value = line.trim().trim_start_matches(['"', '\'']).strip_prefix("slug")?;
        let value = value.trim_start_matches(['"', '\'']).trim_start().strip_prefix(':')?;
        Some(value.trim_matches(|end: char| end.is_whitespace() || "\"',/".contains(end)).to_owned())
    });
    Slugs(values.filter(|slug| !slug.is_empty()).collect())
}
