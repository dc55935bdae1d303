//! Pages that Docusaurus makes of categories, which no file is: their addresses.

use crate::graph::resolve::Resolver;
use crate::source::{RepoPath, SourceFile};

/// Whether a category of the site of `page` has the address that `written` leads to: below `category/`, or at a `slug` that the file of its
/// sidebar states (Docusaurus, "generated-index").
pub(super) fn makes_page(resolver: &Resolver<'_>, page: RepoPath, written: &str) -> bool {
    let address = written.trim_start_matches(['.', '/']).trim_end_matches('/');
    // The settings may take the content from elsewhere.
    let site = site_of(resolver, page).or_else(|| resolver.sites().has_docusaurus().then(RepoPath::root));
    let Some(site) = site.filter(|_| !address.is_empty()) else { return false };
    let states = |sidebar: RepoPath| {
        let file = resolver.files.source(sidebar);
        let addresses = file.map(|file| file.told(read_addresses));
        addresses.is_some_and(|addresses| addresses.0.iter().any(|slug| is_end(address, slug) || is_end(slug, address)))
    };
    address.split('/').rev().nth(1) == Some("category") || resolver.sites().sidebars(site).any(states)
}

/// Whether `written`, which would be `path`, leads out of a folder of content that a site in another repository takes in: it has a category's
/// settings, and no site is here. To a page only where not even its folder is here.
pub(super) fn leads_to_site_elsewhere(resolver: &Resolver<'_>, page: RepoPath, written: &str, path: RepoPath) -> bool {
    let is_address =
        !written.rsplit('/').next().unwrap_or(written).contains('.') || !resolver.files.is_folder(path.parent());
    let is_content =
        || resolver.sites().sidebars(page.parent()).any(|path| path.file_name().starts_with("_category_."));
    is_address && written.starts_with("../") && site_of(resolver, page).is_none() && is_content()
}

/// Where `written`, which is an address, leads from the page of a folder: that has no slash at its end, so it counts from the folder above.
/// The page of a manual ends with its section, `shopctl.8`.
pub(super) fn from_address(resolver: &Resolver<'_>, page: RepoPath, written: &str) -> Option<RepoPath> {
    let ending = written.rsplit('/').next().unwrap_or(written).rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_address = page.stem() == "index" && ending.bytes().all(|byte| byte.is_ascii_digit());
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
    let is_settings = file.path().file_name().starts_with("docusaurus.config.");
    if !is_settings && !text.contains("generated-index") {
        return CategoryAddresses(Vec::new());
    }
    // A version has an address of its own (Docusaurus, "versions").
    let key = if is_settings { "path" } else { "slug" };
    let values = text.lines().flat_map(|line| stated(line, key)).map(|slug| slug.trim_matches('/').to_owned());
    CategoryAddresses(values.filter(|slug| !slug.is_empty()).collect())
}

/// The texts that `line` states under `key`: `slug: '/examples'`, `"slug": "/examples"`.
fn stated<'l>(line: &'l str, key: &str) -> impl Iterator<Item = &'l str> {
    let value = move |(at, key): (usize, &'l str)| {
        let is_whole = !line[..at].ends_with(|last: char| last.is_alphanumeric() || last == '_');
        let rest = line[at + key.len()..].trim_start_matches(['"', '\'']).trim_start().strip_prefix(':')?.trim_start();
        let quote = rest.chars().next().filter(|quote| is_whole && matches!(quote, '"' | '\''))?;
        rest[1..].split(quote).next()
    };
    line.match_indices(key).filter_map(value).collect::<Vec<_>>().into_iter()
}
