//! Pages that Docusaurus makes of categories, which no file is: their addresses.

use crate::graph::resolve::Resolver;
use crate::source::{RepoPath, SourceFile};

/// Whether a category of the site of `page` has the address that `written` leads to: below `category/`, or at a `slug` that the file of its
/// sidebar states (Docusaurus, "generated-index").
pub(super) fn makes_page(resolver: &Resolver<'_>, page: RepoPath, written: &str) -> bool {
    let address = written.trim_start_matches(['.', '/']).trim_end_matches('/');
    let Some(site) = site_of(resolver, page).filter(|_| !address.is_empty()) else { return false };
    let states = |sidebar: RepoPath| {
        let file = resolver.files.source(sidebar);
        let addresses = file.map(|file| file.told(read_addresses));
        addresses.is_some_and(|addresses| addresses.0.iter().any(|slug| is_end(address, slug) || is_end(slug, address)))
    };
    address.split('/').rev().nth(1) == Some("category") || resolver.sites().sidebars(site).any(states)
}

/// Where `written`, which is an address, leads from the page of a folder: that has no slash at its end, so it counts from the folder above.
pub(super) fn from_address(resolver: &Resolver<'_>, page: RepoPath, written: &str) -> Option<RepoPath> {
    let is_address = page.stem() == "index" && !written.rsplit('/').next().unwrap_or(written).contains('.');
    site_of(resolver, page).filter(|_| is_address)?;
    page.parent().parent().join(written)
}

/// The folder of the settings of the site of `page`.
fn site_of(resolver: &Resolver<'_>, page: RepoPath) -> Option<RepoPath> {
    let is_site = |site: &RepoPath| {
        ["docusaurus.config.js", "docusaurus.config.ts"].iter().any(|name| resolver.files.find(*site, name).is_some())
    };
    resolver.sites().above(page).find(is_site)
}

fn is_end(whole: &str, end: &str) -> bool {
    whole.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
}

/// The addresses that a text about a sidebar gives to pages of categories.
#[derive(Debug, PartialEq)]
pub(super) struct CategoryAddresses(Vec<String>);

pub(super) fn read_addresses(file: &SourceFile) -> CategoryAddresses {
    let text = file.text();
    if !text.contains("generated-index") {
        return CategoryAddresses(Vec::new());
    }
    let values = text.lines().filter_map(|line| {
        let value = line.trim().trim_start_matches(['"', '\'']).strip_prefix("slug")?;
        let value = value.trim_start_matches(['"', '\'']).trim_start().strip_prefix(':')?;
        Some(value.trim_matches(|end: char| end.is_whitespace() || "\"',/".contains(end)).to_owned())
    });
    CategoryAddresses(values.filter(|slug| !slug.is_empty()).collect())
}
