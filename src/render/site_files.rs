//! What search engines read: the site map and `robots.txt`. Both need the site's address.

use super::overall::Overall;
use crate::graph::escape;
use crate::plan::PageContent;

/// The two files, as paths and texts; none when the address is not configured.
pub(super) fn site_files(overall: &Overall<'_>) -> Vec<(String, Vec<u8>)> {
    let Some(base) = overall.project.site.base_url.as_deref() else { return Vec::new() };
    let pages = overall.plan.pages.iter().filter(|page| page.content != PageContent::NotFound);
    let addresses =
        pages.map(|page| format!("<url><loc>{}</loc></url>\n", escape(&format!("{base}{}", page.route.encoded()))));
    let map: String = addresses.collect();
    // https://www.sitemaps.org/protocol.html
    let map = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{map}</urlset>\n"
    );
    let robots = format!("User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n");
    vec![("sitemap.xml".to_owned(), map.into_bytes()), ("robots.txt".to_owned(), robots.into_bytes())]
}
