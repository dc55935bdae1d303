//! What other programs read first: `llms.txt`, the site maps and `robots.txt`.

use super::{Pages, SiteFile};
use crate::graph::escape;
use crate::plan::{PageContent, Route};

/// So many addresses may stand in one map: <https://www.sitemaps.org/protocol.html>.
const ADDRESSES: usize = 50_000;

const BEGINNING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/// `llms.txt` names so many pages of a section.
const ENTRIES: usize = 50;

/// The files. Site maps need the site's address.
pub(super) fn site_files(pages: Pages<'_>) -> Vec<SiteFile> {
    let mut files = vec![("llms.txt".to_owned(), llms(pages))];
    files.extend(pages.project.site.base_url.as_deref().map(|base| maps(pages, base)).unwrap_or_default());
    files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect()
}

/// The sections and the copies of their first pages: <https://llmstxt.org>.
fn llms(pages: Pages<'_>) -> String {
    let site = &pages.project.site;
    let base = site.base_url.as_deref().unwrap_or_default();
    let mut text = format!("# {}\n", one_line(&site.title));
    if !site.description.is_empty() {
        text.push_str(&format!("\n> {}\n", one_line(&site.description)));
    }
    text.push_str(&format!(
        "\nEvery page has a copy in Markdown beside it, `index.md` for `index.html`. What is connected with what is in \
         [graph.json]({base}graph.json).\n"
    ));
    for section in &pages.plan.sections {
        text.push_str(&format!("\n## {}\n\n", section.section.label));
        for node in section.roots.iter().filter_map(|id| pages.resolved.graph.node(*id)).take(ENTRIES) {
            let Some(place) = pages.plan.place(node.id) else { continue };
            let copy = Route::of_file(&place.route.copy()).encoded();
            let summary =
                if node.summary.is_empty() { String::new() } else { format!(": {}", one_line(&node.summary)) };
            text.push_str(&format!("- [{}]({base}{copy}){summary}\n", one_line(&node.title).replace(['[', ']'], "")));
        }
        if section.roots.len() > ENTRIES {
            text.push_str(&format!("- [All of them]({base}{})\n", section.route.encoded()));
        }
    }
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether search engines should know a page: not what is shown only to those who ask for it.
fn is_for_searchers(content: PageContent) -> bool {
    !matches!(content, PageContent::NotFound | PageContent::File { .. })
}

/// A site of more pages than fit into one map has several below `sitemaps/`, and `sitemap.xml` names them.
fn maps(pages: Pages<'_>, base: &str) -> Vec<(String, String)> {
    let shown = pages.plan.pages.iter().filter(|page| is_for_searchers(page.content));
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
    files
}

fn map(list: &str, entry: &str, addresses: &[String]) -> String {
    let entries: String =
        addresses.iter().map(|address| format!("<{entry}><loc>{address}</loc></{entry}>\n")).collect();
    format!("{BEGINNING}<{list} {NAMESPACE}>\n{entries}</{list}>\n")
}
