//! What repositories look like as sites: each folder `tests/sites/<feature>/<case>/` holds a small `repository/` and, below
//! `pages/`, what stands in the middle and on the right of the pages that matter, and copies in Markdown. Every link of
//! every page and copy is followed.
//!
//! `LIVEDOC_BLESS=1 cargo test` writes what came out instead of comparing; read the difference before you commit it. A new
//! page of a case begins as an empty file.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

mod sandbox;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use livedoc::config::{Forge, Project};
use livedoc::output::{Site, SitePath};
use livedoc::pipeline::{Silent, build_in_memory};
use livedoc::source::RepoPath;
use percent_encoding::percent_decode_str;
use sandbox::Sandbox;

fn site(root: &Path) -> Site {
    let mut project = Project::unconfigured(root.to_path_buf());
    project.site.title = "Shop".to_owned();
    project.site.base_url = Some("https://docs.shop.example/manual/".to_owned());
    project.forge = Some(Forge {
        url: "https://github.com/acme/shop".to_owned(),
        revision: "main".to_owned(),
        folder: RepoPath::root(),
    });
    build_in_memory(&project, &Silent).1
}

fn page(site: &Site, path: &str) -> String {
    let bytes = site.get(&SitePath::new(path)).unwrap_or_else(|| panic!("there is no {path}"));
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The parts of a page that its own content makes, without the hashes of the theme's files.
fn middle(html: &str) -> String {
    let part = |open: &str, close: &str| {
        let Some(start) = html.find(open) else { return String::new() };
        let end = html[start..].find(close).unwrap() + start + close.len();
        format!("{}\n", &html[start..end])
    };
    let shown = part("<main", "</main>") + &part("<aside", "</aside>");
    let mut pieces = shown.split("?v=");
    let first = pieces.next().unwrap().to_owned();
    pieces.fold(first, |text, piece| text + &piece[8..])
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

#[test]
fn pages_are_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let features = fs::read_dir(folder).unwrap().map(|feature| feature.unwrap().path());
    let cases: BTreeSet<PathBuf> =
        features.flat_map(|feature| fs::read_dir(feature).unwrap()).map(|case| case.unwrap().path()).collect();
    let mut failures = Vec::new();
    for case in cases {
        let sandbox = Sandbox::of(&case.join("repository"), &[]);
        let site = site(sandbox.root());
        assert_eq!(broken_links(&site), Vec::<String>::new(), "{}", case.display());
        for expected in files_below(&case.join("pages")) {
            let path = expected.strip_prefix(case.join("pages")).unwrap();
            let whole = page(&site, path.to_str().unwrap());
            let shown = if path.extension().is_some_and(|ending| ending == "html") { middle(&whole) } else { whole };
            if std::env::var_os("LIVEDOC_BLESS").is_some() {
                fs::write(&expected, shown).unwrap();
            } else if fs::read_to_string(&expected).unwrap() != shown {
                failures.push(format!("{}:\n{shown}", expected.display()));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn long_sections_stay_readable() {
    let sandbox = Sandbox::empty();
    for number in 1..=2_000 {
        sandbox.write(
            &format!("docs/adr/{number:04}-choose.md"),
            &format!("# {number}. Choose {number}\n\n## Status\n\nAccepted\n"),
        );
    }
    let site = site(sandbox.root());
    let html = page(&site, "adr/1000-choose/index.html");
    assert!(html.len() < 4_000, "a page carries {} bytes", html.len());
    assert!(html.contains("Choose 999</a>") && !html.contains("Choose 1</a>"), "the navigation is cut around the page");
    assert!(html.contains("<a class=\"more\" href=\"../page-2/\">"), "it leads to where the page is listed: {html}");
    let rows: Vec<usize> = ["", "page-2/", "page-3/", "page-4/"]
        .iter()
        .map(|number| page(&site, &format!("adr/{number}index.html")).matches("<th scope=\"row\"").count())
        .collect();
    assert_eq!(rows, [500; 4]);
    assert_eq!(broken_links(&site), Vec::<String>::new());
}

#[test]
fn the_site_says_where_it_is() {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/decisions/supersession/repository");
    let sandbox = Sandbox::of(&case, &[]);
    let site = site(sandbox.root());
    let html = page(&site, "adr/0002-use-postgresql/index.html");
    assert!(
        html.contains("<link rel=\"canonical\" href=\"https://docs.shop.example/manual/adr/0002-use-postgresql/\">")
    );
    let map = page(&site, "sitemap.xml");
    assert!(map.contains("<loc>https://docs.shop.example/manual/adr/0002-use-postgresql/</loc>"), "{map}");
    assert!(!map.contains("404"));
    let lost = page(&site, "404.html");
    assert!(lost.contains("href=\"/manual/assets/theme.css?"), "it is shown at any address: {lost}");
}

#[test]
fn files_of_code_have_pages_that_only_readers_know() {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/code/source-pages/repository");
    let sandbox = Sandbox::of(&case, &[]);
    let with = site(sandbox.root());
    let is_file = |path: &SitePath| path.as_str().starts_with("rust/src/");
    let files: Vec<&str> =
        with.files().map(|(path, _)| path).filter(|path| is_file(path)).map(SitePath::as_str).collect();
    assert_eq!(files, ["rust/src/front/lib.rs.html", "rust/src/shop/lib.rs.html", "rust/src/shop/orders.rs.html"]);
    let shown_twice = page(&with, "rust/front/struct.Order.html");
    assert!(shown_twice.contains("href=\"../src/shop/orders.rs.html#5\">Source"), "{shown_twice}");
    for other in ["sitemap.xml", "graph.json", "llms.txt"] {
        assert!(!page(&with, other).contains(".rs.html"), "{other}");
    }
    let mut project = Project::unconfigured(sandbox.root().to_path_buf());
    project.extractors.entry("rust".to_owned()).or_default().source_pages = false;
    let (_, without) = build_in_memory(&project, &Silent);
    assert!(!without.files().any(|(path, _)| is_file(path)));
    assert!(!page(&without, "rust/shop/orders/struct.Order.html").contains("to-source"));
}

#[test]
fn old_addresses_lead_on() {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/guides/front-page/repository");
    let html = page(&site(Sandbox::of(&case, &[]).root()), "start/index.html");
    assert!(html.contains("<meta http-equiv=\"refresh\" content=\"0; url=../guides/first-day/\">"), "{html}");
    assert!(html.contains("<link rel=\"canonical\" href=\"https://docs.shop.example/manual/guides/first-day/\">"));
    assert!(html.contains("<a href=\"../guides/first-day/\">First &lt;day&gt;</a>"));
}

/// The ids and the links of a page: a reader of tags that knows nothing of how pages are made.
fn ids_and_links(html: &str) -> (BTreeSet<String>, Vec<String>) {
    let (mut ids, mut links) = (BTreeSet::new(), Vec::new());
    for tag in html.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag) {
        let quoted = tag.match_indices("=\"").map(|(at, _)| (&tag[..at], tag[at + 2..].split('"').next().unwrap()));
        let is_plain = !tag.contains('"');
        let plain = tag.split_whitespace().filter_map(|part| part.split_once('=')).filter(|_| is_plain);
        for (name, value) in quoted.chain(plain) {
            let value = value.replace("&#39;", "'").replace("&quot;", "\"");
            let value = value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            match name.rsplit(char::is_whitespace).next().unwrap() {
                "id" => assert!(ids.insert(value.clone()), "{value} is an id twice"),
                "href" | "src" => links.push(value),
                _ => {}
            }
        }
    }
    (ids, links)
}

/// The links of a copy.
fn links_of_copy(text: &str) -> Vec<String> {
    let ends = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    ends.map(|address| address.trim_matches(['<', '>']).to_owned()).collect()
}

/// Every link within the site that leads to no file, or to no place on its page.
fn broken_links(site: &Site) -> Vec<String> {
    let is_page = |path: &str| path.ends_with(".html") && !path.starts_with("files/");
    let pages: BTreeMap<String, (BTreeSet<String>, Vec<String>)> = site
        .files()
        .map(|(path, _)| path.as_str().to_owned())
        .filter(|path| is_page(path))
        .map(|path| (path.clone(), ids_and_links(&page(site, &path))))
        .collect();
    assert!(pages.len() > 2);
    let is_copy = |path: &str| path.ends_with(".md") && !path.starts_with("files/");
    let paths = site.files().map(|(path, _)| path.as_str().to_owned());
    let copies: Vec<String> = paths.filter(|path| is_copy(path)).collect();
    let mut broken = Vec::new();
    let of_pages = pages.iter().map(|(path, (_, links))| (path, links.clone()));
    for (path, links) in of_pages.chain(copies.iter().map(|path| (path, links_of_copy(&page(site, path))))) {
        for link in links.iter().filter(|link| !link.contains(':') && !link.starts_with("/manual/")) {
            let (address, anchor) = link.split_once('#').map_or((link.as_str(), ""), |(page, anchor)| (page, anchor));
            let address = address.split('?').next().unwrap();
            let target = if address.is_empty() { path.clone() } else { follow(path, address) };
            let anchor = percent_decode_str(anchor).decode_utf8().unwrap().into_owned();
            let exists = site.get(&SitePath::new(&target)).is_some();
            let has_place = anchor.is_empty() || pages.get(&target).is_none_or(|(ids, _)| ids.contains(&anchor));
            if !exists || !has_place {
                broken.push(format!("{path}: {link}"));
            }
        }
    }
    broken
}

/// The file to which `address` leads from the page at `path`.
fn follow(path: &str, address: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    let address = percent_decode_str(address).decode_utf8().unwrap();
    for part in address.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{path}: {address} leaves the site"),
            "" | "." => {}
            name => parts.push(name),
        }
    }
    if address.ends_with('/') || parts.is_empty() {
        parts.push("index.html");
    }
    parts.join("/")
}
