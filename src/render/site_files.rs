//! What search engines read: the site maps and `robots.txt`. Both need the site's address.

use super::{Pages, SiteFile};
use crate::graph::escape;
use crate::plan::PageContent;

/// So many addresses may stand in one map: <https://www.sitemaps.org/protocol.html>.
const ADDRESSES: usize = 50_000;

const BEGINNING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/// The files, none when the address is not configured. A site of more pages than fit into one map has several below
/// `sitemaps/`, and `sitemap.xml` names them.
pub(super) fn site_files(pages: Pages<'_>) -> Vec<SiteFile> {
    let Some(base) = pages.project.site.base_url.as_deref() else { return Vec::new() };
    let shown = pages.plan.pages.iter().filter(|page| page.content != PageContent::NotFound);
    let addresses: Vec<String> = shown.map(|page| escape(&format!("{base}{}", page.route.encoded()))).collect();
    let mut files = Vec::new();
    if addresses.len() <= ADDRESSES {
        files.push(("sitemap.xml".to_owned(), map("urlset", "url", &addresses)));
    } else {
        let parts = (1..).zip(addresses.chunks(ADDRESSES));
        let maps: Vec<(String, String)> =
            parts.map(|(number, part)| (format!("sitemaps/{number}.xml"), map("urlset", "url", part))).collect();
        let addresses: Vec<String> = maps.iter().map(|(name, _)| escape(&format!("{base}{name}"))).collect();
        files.push(("sitemap.xml".to_owned(), map("sitemapindex", "sitemap", &addresses)));
        files.extend(maps);
    }
    files.push(("robots.txt".to_owned(), format!("User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n")));
    files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect()
}

fn map(list: &str, entry: &str, addresses: &[String]) -> String {
    let entries: String =
        addresses.iter().map(|address| format!("<{entry}><loc>{address}</loc></{entry}>\n")).collect();
    format!("{BEGINNING}<{list} {NAMESPACE}>\n{entries}</{list}>\n")
}
