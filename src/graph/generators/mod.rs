//! Pages as other site generators publish them: Hugo, Jekyll, Docusaurus, MkDocs.
//!
//! Enters: a path as a page of such a site writes it. Leaves: the files that it may mean there, and whether anybody can tell from
//! the repository alone where it leads.

mod book;
mod builds;
mod contributors;
mod copies;
mod directions;
mod docs_builder;
mod documenter;
mod docusaurus;
mod doxygen;
mod ex_doc;
mod hosts;
mod hugging_face;
mod hugo;
mod languages;
mod layouts;
mod listings;
mod numbers;
mod places;
mod python_markdown;
mod several;
mod spec_md;
mod sphinx;
mod traces;
mod unknown;
mod zola;

use std::sync::Arc;

use super::resolve::Resolver;
use super::slugs::own_address;
use super::{Link, Node, NodeId};
use crate::source::{Files, RepoPath, folded};

use languages::{suffixed, translations};
use traces::Traces;

pub use builds::is_output;
pub use directions::Directions;
pub use hosts::SHOWN_ON;
pub(super) use hugo::is_in_other_case;
pub use languages::is_language;
pub(super) use numbers::{without_date, without_numbers};
pub(super) use places::SitePlaces;
pub(super) use several::page_with_place;
pub use unknown::{TEMPLATES, has_template, is_template};
pub(super) use unknown::{is_address_of_site, is_page_of_site, is_unknown, misspelt};

/// Files that stand beside the program of a site, and nothing else.
const PROJECTS: &[&str] = &[
    ".vitepress",
    "astro.config.mjs",
    "astro.config.ts",
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "gatsby-config.js",
    "hugo.toml",
    "hugo.yaml",
    "lume.config.ts",
    "next.config.js",
    "next.config.ts",
    "_config.ts",
];

/// Folders of which generators serve the files from the root of the site.
const SERVED: &[&str] = &["", "static", "public", "assets", "content", "src", "app"];

/// Endings of what people write pages in: such a path is one of the repository, not of a site.
const WRITTEN: &[&str] = &["md", "mdx", "markdown", "adoc", "asciidoc", "rst"];

/// The folder of the site's program that makes a page of the file `page`: of what is there, readers have their own.
pub fn site_project(files: &dyn Files, page: RepoPath) -> Option<RepoPath> {
    let is_project = |folder: &RepoPath| PROJECTS.iter().any(|name| files.find(*folder, name).is_some());
    page.above().find(is_project)
}

/// Whether one site is made of the pages `left` and `right`: the nearest settings of a generator above them are the same.
pub fn are_of_one_site(files: &dyn Files, left: RepoPath, right: RepoPath) -> bool {
    let is_site = |folder: &RepoPath| places::has_settings(files, *folder);
    let [left, right] = [left, right].map(|page| page.above().find(is_site));
    left.is_some() && left == right
}

fn traces(resolver: &Resolver<'_>, page: &Node) -> Option<Arc<Traces>> {
    Some(resolver.files.source(page.span.file)?.noted::<Traces>())
}

/// Whether another generator's templates put places into the page that nobody knows here: it has directives, or is nothing but
/// its data and perhaps a few words, or what it shows of others; or it is shown on another page, which has places of its own. `anchor` is
/// one that it does not have.
pub(super) fn adds_place(resolver: &Resolver<'_>, page: &Node, anchor: &str) -> bool {
    let is_bare = || resolver.anchors.on(page.id).next().is_none();
    let adds = |traces: Arc<Traces>| {
        traces.has_directives
            || traces.shows_others
            || traces.is_fragment
            || traces.named.contains(anchor.trim_start_matches('+'))
            || traces.is_of_protocol && anchor.starts_with("google")
            || is_component(&traces, anchor)
            || traces.has_emoji_heading && zola::may_have_place(resolver, page, anchor)
            || python_markdown::has_place(resolver, page, &traces.tight_headings, anchor)
            || traces.has_front_matter && is_bare()
            || !traces.has_front_matter && is_part_of_page(resolver, page.span.file)
    };
    let is_made = |twin: RepoPath| {
        resolver.lookup.by_file(twin).is_some_and(|twin| resolver.anchors.find(twin, anchor).is_some())
    };
    // rustdoc numbers the headings of a page that are called alike: `#example-2`.
    let of_several = || {
        let (base, number) = anchor.rsplit_once('-')?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        (is_number && page.kind.scheme == "rust").then(|| resolver.anchors.find(page.id, base))?
    };
    hosts::has_any(resolver, page)
        || of_several().is_some()
        || twins(resolver, page.span.file).any(is_made)
        || contributors::names_one(resolver, page.span.file, anchor)
        || traces(resolver, page).is_some_and(adds)
        || sphinx::has_place(resolver, page, anchor)
        || spec_md::has_place(resolver, page, anchor)
        || docs_builder::has_place(resolver, page.span.file, anchor)
        || layouts::has_place(resolver, page.span.file, anchor)
        || doxygen::has_place(resolver, page.span.file, anchor)
        || builds::takes(resolver.files, page.span.file)
        || book::may_have_place(resolver, page.span.file, anchor)
}

/// Whether a component of the page is called so that it may be a heading with the place `anchor`: `HeaderLimits` with `#Limits`.
fn is_component(traces: &Traces, anchor: &str) -> bool {
    /// Shorter names end many others.
    const SHORTEST: usize = 4;
    let wanted = folded(anchor);
    wanted.len() >= SHORTEST && traces.components.iter().any(|name| name.ends_with(&wanted))
}

/// Whether the text at `path` is none of a page of its own to Jekyll: it begins with no data, in a folder of collections or parts.
fn is_part_of_page(resolver: &Resolver<'_>, path: RepoPath) -> bool {
    let is_jekyll = |folder: RepoPath| resolver.files.find(folder, "_config.yml").is_some();
    path.folders().any(|folder| folder.starts_with('_')) && path.above().any(is_jekyll)
}

/// The path that an expression of JSX names, `{require("./flow.png").default}`; a text that is none as it is. `None` for what is
/// computed.
pub(super) fn without_expression(text: &str) -> Option<&str> {
    let Some(expression) = text.strip_prefix('{') else { return Some(text) };
    let mut quoted = expression.split_once("require(")?.1.split(['"', '\'']);
    quoted.nth(1).filter(|path| !path.is_empty())
}

/// Whether `link` of `from` is none: a mark for a film or the like, `@[youtube](dQw4w9WgXcQ)` (markdown-it-video), in a comment, or in a
/// listing.
pub(super) fn is_no_link(resolver: &Resolver<'_>, from: &Node, link: &Link) -> bool {
    let Some(file) = resolver.files.source(link.span.file) else { return false };
    let (text, start) = (file.glance(), link.span.start as usize);
    let Some(before) = text.get(..start) else { return false };
    let line = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
    before.ends_with('@') || sphinx::is_comment(resolver, from.span.file, line) || listings::is_in_listing(&file, start)
}

/// What stands behind the last placeholder of a path: `orders/carts` of `/docs/<VERSION>/orders/carts/`.
pub(super) fn behind_placeholder(path: &str) -> Option<&str> {
    let closing = [("<", ">"), ("{{", "}}"), ("${", "}"), ("$[", "]")].into_iter().find_map(|(open, close)| {
        let at = path.rfind(open)?;
        Some(at + path[at..].find(close)? + close.len())
    })?;
    let rest = path[closing..].trim_matches('/');
    Some(rest)
}

/// The files that `written` may mean to the generator of the page of `from`, besides the one beside it: from the root of a site,
/// which may be any folder above the page, from the folder that the page has to itself there, or in another language.
pub(super) fn served(resolver: &Resolver<'_>, from: &Node, written: &str) -> Vec<RepoPath> {
    let page = from.span.file;
    let mut paths: Vec<RepoPath> = if let Some(rest) = written.strip_prefix("@site/") {
        // Docusaurus' name for the folder of its settings.
        resolver.sites().above(page).filter_map(|site| site.join(rest)).collect()
    } else if let Some(rest) = written.strip_prefix("@/") {
        zola::files_meant(page, rest)
    } else if let Some(rest) = written.strip_prefix("~/") {
        // What programs that bundle are often told to take for the folder of the sources.
        page.above()
            .flat_map(|folder| [folder.join("src").and_then(|src| src.join(rest)), folder.join(rest)])
            .flatten()
            .collect()
    } else if let Some(rest) = written.strip_prefix('/') {
        roots(page).filter_map(|root| root.join(rest.trim_start_matches('/'))).collect()
    } else if !written.is_empty() && is_on_site(resolver, from) {
        let own = from_own_folder(page, written).into_iter();
        let own = own.chain(docusaurus::from_address(resolver, page, written));
        own.chain(from_content(resolver, from, written)).chain(from_slug(from, written)).collect()
    } else {
        from_own_folder(page, written).filter(|_| is_beside_own_folder(page, written)).into_iter().collect()
    };
    paths.extend(assets(resolver, page, written, is_on_site(resolver, from)));
    paths.extend(antora_images(resolver, page, written));
    paths.extend(twins(resolver, page).filter_map(|twin| twin.parent().join(written)));
    paths.extend(hugging_face::pages_meant(resolver, page, written));
    paths.extend(book::pages_meant(resolver, page, written));
    paths.extend(ex_doc::files_meant(resolver, page, written));
    paths.extend(copies::originals(resolver, page).into_iter().filter_map(|folder| folder.join(written)));
    paths.extend(hosts::folders(from).chain(resolver.sites().links_to(page)).filter_map(|folder| folder.join(written)));
    let beside = if written.starts_with(['/', '@']) { None } else { page.parent().join(written) };
    let other = |path: &RepoPath| translations(resolver, *path).into_iter().chain(suffixed(page, *path));
    let in_others: Vec<RepoPath> = beside.iter().chain(&paths).flat_map(other).collect();
    paths.extend(in_others);
    paths
}

/// What is made of a page that is a template, by a program of the repository: the pages called so in other folders.
fn twins(resolver: &Resolver<'_>, page: RepoPath) -> impl Iterator<Item = RepoPath> {
    let is_template = page.folders().any(|folder| matches!(folder, "template" | "templates"));
    let others = is_template.then(|| resolver.sites().called(page)).into_iter().flatten();
    others.filter(move |other| *other != page)
}

/// Where `written` leads from the folder that the page has to itself on a site.
fn from_own_folder(page: RepoPath, written: &str) -> Option<RepoPath> {
    let is_index = matches!(page.stem().to_lowercase().as_str(), "index" | "_index" | "readme");
    let own = if is_index { None } else { RepoPath::new(page.without_extension()) };
    own?.join(written)
}

/// Whether `written` is how a page that has a folder of its own leads to another, `../limits/`: what makes a site so, nobody can tell.
fn is_beside_own_folder(page: RepoPath, written: &str) -> bool {
    let is_name = |name: &str| !name.trim_end_matches('/').contains(['.', '/']);
    page.has_extension(WRITTEN) && written.strip_prefix("../").is_some_and(is_name)
}

/// Where the build of a site may take a file from: `images/flow.png` from `assets/images/flow.png` beside the folder of the pages, a
/// picture of a site from any folder above.
fn assets(resolver: &Resolver<'_>, page: RepoPath, written: &str, is_on_site: bool) -> Vec<RepoPath> {
    const PICTURES: &[&str] = &[".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"];
    let written = written.strip_prefix("./").unwrap_or(written);
    let is_asset = !written.starts_with(['.', '/', '@']) && written.contains('/');
    let is_picture = is_on_site && PICTURES.iter().any(|ending| written.ends_with(ending));
    let names: &[&str] = if is_picture { &["", "assets", "public", "static"] } else { &["assets", "public", "static"] };
    // A program of the repository may copy what lies beside the page to where it is asked for.
    let name = written.rsplit('/').next().filter(|_| PICTURES.iter().any(|ending| written.ends_with(ending)));
    let copied = name.filter(|_| written.starts_with('/')).and_then(|name| page.parent().join("assets")?.join(name));
    let folders = page.above().filter(|_| is_asset);
    let find =
        |folder: RepoPath, name: &str| resolver.files.find(folder, format!("{name}/{written}").trim_start_matches('/'));
    folders.flat_map(|folder| names.iter().filter_map(move |name| find(folder, name))).chain(copied).collect()
}

/// Antora looks for the pictures of a page below `images` in its module.
fn antora_images(resolver: &Resolver<'_>, page: RepoPath, written: &str) -> Vec<RepoPath> {
    let has_settings = |folder: RepoPath| resolver.files.find(folder, "antora.yml").is_some();
    if written.starts_with(['.', '/', '@']) || !page.above().any(has_settings) {
        return Vec::new();
    }
    let modules = page.above().filter(|folder| folder.parent().file_name() == "modules");
    modules.filter_map(|module| module.join("images")?.join(written)).collect()
}

/// Docusaurus looks for `api/orders.md` below the root of its content as well: a folder between the page and the settings. So does a
/// hook of Hugo that asks for a page, whatever it ends with.
fn from_content(resolver: &Resolver<'_>, from: &Node, written: &str) -> Vec<RepoPath> {
    let page = from.span.file;
    let is_page =
        || WRITTEN.iter().any(|ending| written.ends_with(ending)) || is_asked_by_hook(resolver, page, written);
    // Each folder has a page of its own that is called so.
    let is_index = || matches!(written, "index.md" | "index.mdx" | "README.md");
    let is_plain = !written.starts_with("./") && !written.starts_with("../") && !is_index() && is_page();
    // The content may be of a site elsewhere.
    let may_be_content = || page.has_extension(&["mdx"]) || resolver.sites().has_docusaurus();
    let is_content = || may_be_content() && is_on_site(resolver, from);
    let site = resolver.sites().above(page).next().or_else(|| is_content().then(RepoPath::root));
    let Some(site) = site.filter(|_| is_plain) else { return Vec::new() };
    // Hugo itself looks nowhere else.
    let is_of_hugo = || places::OF_HUGO.iter().any(|name| resolver.files.find(site, name).is_some());
    if is_of_hugo() && !is_asked_by_hook(resolver, page, written) {
        return Vec::new();
    }
    let within = page.above().take_while(|folder| folder.is_below(site));
    within.filter_map(|folder| folder.join(written)).collect()
}

/// Whether a hook of Hugo is asked for the page `written`, from `page`. To a site in several languages each of them has a content of its
/// own, in which none is a folder.
fn is_asked_by_hook(resolver: &Resolver<'_>, page: RepoPath, written: &str) -> bool {
    let is_of_language = written.split('/').next().is_some_and(is_language);
    !is_of_language && resolver.sites().have_link_hook(resolver.files, page)
}

/// Where `written` leads from the address that the page gives itself, with and without a slash behind it: below the root of the site,
/// which may be any folder above.
fn from_slug(from: &Node, written: &str) -> Vec<RepoPath> {
    let page = from.span.file;
    let Some(address) = own_address(from) else { return Vec::new() };
    let own = page.above().filter_map(|folder| folder.join(address));
    own.flat_map(|own| [own.parent().join(written), own.join(written)]).flatten().collect()
}

/// Folders from which the site of `page` may be served.
fn roots(page: RepoPath) -> impl Iterator<Item = RepoPath> {
    let above = page.above();
    above.flat_map(|folder| SERVED.iter().filter_map(move |name| folder.join(name)))
}

/// The picture that `written` on the page means to a generator that looks for it by its name, or with any ending.
pub(super) fn image_meant(resolver: &Resolver<'_>, page: RepoPath, written: &str) -> Option<RepoPath> {
    let with_ending = || sphinx::image(resolver, page, page.parent().join(written)?);
    doxygen::image(resolver, page, written).or_else(with_ending)
}

/// Whether a generator makes the page of `from`: it begins with data, or stands below a generator's settings.
pub(super) fn is_on_site(resolver: &Resolver<'_>, from: &Node) -> bool {
    traces(resolver, from).is_some_and(|traces| traces.has_front_matter)
        || resolver.sites().above(from.span.file).next().is_some()
}

/// The page at `path`, as generators write addresses: in lower case, and without the numbers by which files are ordered. `written` may be
/// the page's name alone, where all pages lie in one folder of the site.
pub(super) fn page_at_address(resolver: &Resolver<'_>, from: &Node, path: RepoPath, written: &str) -> Option<NodeId> {
    let beside = path;
    let own = || RepoPath::new(from.span.file.without_extension())?.join(written);
    let path = page_of_folder(path);
    // With ugly addresses Hugo's pages end so.
    let html = path.strip_suffix(".html").filter(|_| hugo::makes_site(resolver, from.span.file));
    let path = html.unwrap_or(&path);
    let name = written.trim_start_matches("./").trim_end_matches('/').to_lowercase();
    // Jekyll may put all pages of a collection side by side (`permalink: /:name/`).
    let is_of_collection = from.span.file.folders().any(|folder| folder.starts_with('_'));
    let name = if is_of_collection { name.trim_start_matches("../") } else { &name };
    let by_name = || resolver.lookup.nearest_by_end(name, from.span.file).filter(|_| !name.contains(['/', '.']));
    // A hook of Hugo that asks for a page is told the one whose path ends so.
    let by_hook = || resolver.lookup.by_end_of_path(name).filter(|_| is_asked_by_hook(resolver, from.span.file, name));
    let by_alias = || own().into_iter().chain([beside]).find_map(|path| page_with_alias(resolver, path));
    let by_slug = || {
        let beside_own = || RepoPath::new(own_address(from)?)?.parent().join(written);
        let site = resolver.sites().above(from.span.file).next().unwrap_or_else(RepoPath::root);
        // From the root all languages and versions are as near as each other: the first is the one at hand.
        let near = if written.starts_with('/') { RepoPath::root() } else { from.span.file };
        let by_slug = |address: &str| resolver.lookup.by_slug(address, near, site);
        // A permalink of Jekyll may end so.
        let by_slug = |address: &str| by_slug(address).or_else(|| by_slug(address.strip_suffix(".html")?));
        by_slug(path).or_else(|| by_slug(&beside_own()?.as_str().to_lowercase()))
    };
    let by_own = || resolver.lookup.by_end_of_path(&page_of_folder(own()?));
    let by_path = resolver.lookup.by_end_of_path(path).or_else(by_own);
    let id = by_path.or_else(by_slug).or_else(by_name).or_else(by_hook).or_else(by_alias)?;
    is_on_site(resolver, from).then_some(id)
}

/// `path` without its case and the numbers in it, and without what Hugo calls the page of a folder, or a server the file that it hands out
/// for one.
fn page_of_folder(path: RepoPath) -> String {
    let path = without_numbers(&path.as_str().to_lowercase());
    let index = ["/index", "/_index", "/index.html", "/readme"].iter().find(|index| path.ends_with(**index));
    path[..path.len() - index.map_or(0, |index| index.len())].to_owned()
}

/// The page that had the address `path` once, on a site whose root may be any folder above, and still answers to it (Hugo,
/// "aliases").
fn page_with_alias(resolver: &Resolver<'_>, path: RepoPath) -> Option<NodeId> {
    let path = path.as_str();
    let starts = std::iter::once(0).chain(path.match_indices('/').map(|(slash, _)| slash + 1));
    let mut tails = starts.map(|start| &path[start..]).filter(|tail| tail.contains('/'));
    tails.find_map(|tail| resolver.lookup.by_route(tail))
}

#[cfg(test)]
mod tests {
    use super::{behind_placeholder, without_expression};

    #[test]
    fn what_is_filled_in() {
        let cases = [
            ("/docs/shop/<SHOP_VERSION>/orders/carts/", Some("orders/carts")),
            ("/docs/{{ version }}/orders", Some("orders")),
            ("${BASE}/orders.md", Some("orders.md")),
            ("$[site]/orders.md", Some("orders.md")),
            ("../{{<", None),
            ("/docs/orders", None),
            ("", None),
        ];
        for (path, expected) in cases {
            assert_eq!(behind_placeholder(path), expected, "{path}");
        }
    }

    #[test]
    fn what_is_computed() {
        let cases = [
            ("img/flow.png", Some("img/flow.png")),
            ("{require(\"./flow.png\").default}", Some("./flow.png")),
            ("{require('./flow.png')}", Some("./flow.png")),
            ("{image}", None),
            ("{require()}", None),
        ];
        for (text, expected) in cases {
            assert_eq!(without_expression(text), expected, "{text}");
        }
    }
}
