//! Pages as other site generators publish them: Hugo, Jekyll, Docusaurus, MkDocs.
//!
//! Enters: a path as a page of such a site writes it. Leaves: the files that it may mean there, and whether anybody can tell from
//! the repository alone where it leads.

use super::resolve::Resolver;
use super::{Node, NodeId};
use crate::source::{Files, Note, RepoPath, SourceFile, stored};

/// Files that say that a site is made of the folder in which they stand.
const SITES: &[&str] = &[
    ".vitepress",
    "_config.yml",
    "antora.yml",
    "astro.config.mjs",
    "astro.config.ts",
    "conf.py",
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "gatsby-config.js",
    "hugo.toml",
    "hugo.yaml",
    "mkdocs.yaml",
    "mkdocs.yml",
    "site.xml",
];

/// Those of them that stand beside the program of a site, and nothing else.
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
const SERVED: &[&str] = &["", "static", "public", "assets", "content"];

/// Endings of what people write pages in: such a path is one of the repository, not of a site.
const WRITTEN: &[&str] = &["md", "mdx", "markdown", "adoc", "asciidoc", "rst"];

/// What a text tells about who makes a page of it. Kept, because pages are asked that nobody reads again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traces {
    /// Whether it has shortcodes of Hugo (`{{< x >}}`, `{{% x %}}`), tags of Jekyll or MkDocs macros (`{% x %}`).
    has_directives: bool,
    /// Whether it begins with data.
    has_front_matter: bool,
    /// Whether it shows Markdown of other files: what it imports (MDX), includes (`--8<-- "x.md"`, of pymdownx.snippets) or has made
    /// from code (`::: shop.orders`, of mkdocstrings and mkdocs-click).
    shows_others: bool,
}

stored! { struct Traces { has_directives, has_front_matter, shows_others } }

impl Traces {
    /// Those in `text`.
    pub fn in_text(text: &str) -> Self {
        Self {
            has_directives: ["{{<", "{{%", "{% "].iter().any(|sign| text.contains(sign)),
            has_front_matter: text.starts_with("---\n") || text.starts_with("+++\n"),
            shows_others: text.lines().any(shows_other),
        }
    }
}

fn shows_other(line: &str) -> bool {
    let is_imported =
        || line.contains(".md\"") || line.contains(".md'") || line.contains(".mdx\"") || line.contains(".mdx'");
    let is_made = |name: &str| name.starts_with(|first: char| first.is_ascii_lowercase()) && !name.trim().contains(' ');
    let is_directive = || {
        line.strip_prefix("::: ")
            .is_some_and(|name| is_made(name) && (name.contains('.') || name.starts_with("mkdocs")))
    };
    line.starts_with("import ") && is_imported() || line.trim_start().starts_with("--8<--") || is_directive()
}

impl Note for Traces {
    const NAME: &'static str = "generators";

    fn of(file: &SourceFile) -> Self {
        Self::in_text(file.text())
    }
}

/// The folder of the site's program that makes a page of the file `page`: of what is there, readers have their own.
pub fn site_project(files: &dyn Files, page: RepoPath) -> Option<RepoPath> {
    let is_project =
        |folder: &RepoPath| PROJECTS.iter().any(|name| folder.join(name).is_some_and(|path| files.contains(path)));
    folders_above(page).find(is_project)
}

fn traces(resolver: &Resolver<'_>, page: &Node) -> Option<Traces> {
    Some(*resolver.files.source(page.span.file)?.noted::<Traces>())
}

/// Whether another generator's templates put places into the page that nobody knows here: it has directives, or is nothing but
/// its data and perhaps a few words, or what it shows of others.
pub(super) fn adds_places(resolver: &Resolver<'_>, page: &Node) -> bool {
    let is_bare = || resolver.anchors.on(page.id).next().is_none();
    let adds = |traces: Traces| traces.has_directives || traces.shows_others || traces.has_front_matter && is_bare();
    traces(resolver, page).is_some_and(adds)
}

/// The path that an expression of JSX names, `{require("./flow.png").default}`; a text that is none as it is. `None` for what is
/// computed.
pub(super) fn without_expression(text: &str) -> Option<&str> {
    let Some(expression) = text.strip_prefix('{') else { return Some(text) };
    let mut quoted = expression.split_once("require(")?.1.split(['"', '\'']);
    quoted.nth(1).filter(|path| !path.is_empty())
}

/// What stands behind the last placeholder of a path: `orders/carts` of `/docs/<VERSION>/orders/carts/`.
pub(super) fn behind_placeholder(path: &str) -> Option<&str> {
    let closing = [("<", ">"), ("{{", "}}"), ("${", "}")].into_iter().find_map(|(open, close)| {
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
        sites_above(resolver, page).filter_map(|site| site.join(rest)).collect()
    } else if let Some(rest) = written.strip_prefix("@/") {
        // Zola's for its content.
        folders_above(page)
            .filter(|folder| folder.file_name() == "content")
            .filter_map(|root| root.join(rest))
            .collect()
    } else if let Some(rest) = written.strip_prefix('/') {
        roots(page).filter_map(|root| root.join(rest.trim_start_matches('/'))).collect()
    } else if written.is_empty() || !is_on_site(resolver, from) {
        return Vec::new();
    } else {
        let is_index = matches!(page.stem().to_lowercase().as_str(), "index" | "_index" | "readme");
        let own = if is_index { None } else { RepoPath::new(page.without_extension()) };
        own.and_then(|own| own.join(written)).into_iter().chain(from_content(resolver, page, written)).collect()
    };
    let beside = if written.starts_with(['/', '@']) { None } else { page.parent().join(written) };
    let in_others: Vec<RepoPath> = beside.iter().chain(&paths).flat_map(|path| translations(resolver, *path)).collect();
    paths.extend(in_others);
    paths
}

/// Docusaurus looks for `api/orders.md` below the root of its content as well: a folder between the page and the settings. So does a
/// hook of Hugo that asks for a page, whatever it ends with.
fn from_content(resolver: &Resolver<'_>, page: RepoPath, written: &str) -> Vec<RepoPath> {
    let is_page = || WRITTEN.iter().any(|ending| written.ends_with(ending)) || has_link_hook(resolver);
    let is_plain = !written.starts_with("./") && !written.starts_with("../") && is_page();
    let Some(site) = sites_above(resolver, page).next().filter(|_| is_plain) else { return Vec::new() };
    let within = folders_above(page).take_while(|folder| folder.is_below(site));
    within.filter_map(|folder| folder.join(written)).collect()
}

/// Folders at and above that of `page` that say that a site is made of them, the nearest first.
fn sites_above<'a>(resolver: &'a Resolver<'_>, page: RepoPath) -> impl Iterator<Item = RepoPath> + 'a {
    let is_site = |folder: &RepoPath| {
        SITES.iter().any(|name| folder.join(name).is_some_and(|path| resolver.files.contains(path)))
    };
    folders_above(page).filter(is_site)
}

/// The same path in other languages, for a page that is not translated (Starlight's and Docusaurus' fallback): with another language's
/// folder beside its own, English first, or without one.
fn translations(resolver: &Resolver<'_>, path: RepoPath) -> Vec<RepoPath> {
    let parts: Vec<&str> = path.folders().collect();
    let Some(at) = parts.iter().position(|part| is_language(part)) else { return Vec::new() };
    let above = parts[..at].join("/");
    let (above, rest) = (RepoPath::new(&above).unwrap_or_else(RepoPath::root), &path.as_str()[above.len()..]);
    let rest = rest.trim_start_matches('/').split_once('/').map_or("", |(_, rest)| rest);
    let english = ["en", "en-us", "en-US"].iter().filter(|name| **name != parts[at]);
    let english: Vec<RepoPath> = english.filter_map(|name| above.join(name)).collect();
    let is_translated = english.iter().any(|folder| resolver.files.is_folder(*folder));
    let english = english.into_iter().filter(|folder| resolver.files.is_folder(*folder));
    let bare = if is_translated { None } else { Some(above) };
    english.chain(bare).filter_map(|folder| folder.join(rest)).collect()
}

/// Whether a folder is called as a language is: `de`, `pt-br`, `zh-Hans` (BCP 47).
pub fn is_language(name: &str) -> bool {
    #[rustfmt::skip]
    const LANGUAGES: &[&str] = &[
        "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja", "ko",
        "lt", "lv", "nb", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "ta", "te", "th", "tr", "uk", "ur", "vi", "zh",
    ];
    let (language, region) = name.split_once(['-', '_']).unwrap_or((name, ""));
    LANGUAGES.contains(&language) && (region.is_empty() || (2..=4).contains(&region.len()))
}

/// Folders from which the site of `page` may be served.
fn roots(page: RepoPath) -> impl Iterator<Item = RepoPath> {
    let above = folders_above(page);
    above.flat_map(|folder| SERVED.iter().filter_map(move |name| folder.join(name)))
}

fn folders_above(page: RepoPath) -> impl Iterator<Item = RepoPath> {
    std::iter::successors(Some(page.parent()), |folder| (*folder != RepoPath::root()).then(|| folder.parent()))
}

/// Whether a generator makes the page of `from`: it begins with data, or stands below a generator's settings.
fn is_on_site(resolver: &Resolver<'_>, from: &Node) -> bool {
    traces(resolver, from).is_some_and(|traces| traces.has_front_matter)
        || sites_above(resolver, from.span.file).next().is_some()
}

/// Whether nobody can tell from the repository whether `written`, which would be the file `path`, leads anywhere: something is to
/// be filled in, git keeps out what is made there, it is made of another format, it is an address on a site of which not even
/// the folder is here, or the site's own program decides.
pub(super) fn is_unknown(resolver: &Resolver<'_>, from: &Node, written: &str, path: RepoPath) -> bool {
    let is_elsewhere = || is_beside_book(resolver, from.span.file, path) || is_left_to_hook(resolver, from, written);
    if behind_placeholder(written).is_some()
        || resolver.files.is_ignored(path)
        || is_made_of(resolver, path)
        || is_elsewhere()
    {
        return true;
    }
    let Some(rest) = written.strip_prefix('/').map(|rest| rest.trim_matches('/')) else { return false };
    // Descriptions in code are published on some site, and nobody knows which.
    if from.kind.scheme == "rust" || from.kind.scheme == "api" && !path.has_extension(WRITTEN) {
        return true;
    }
    let folder = rest.rsplit_once('/').map(|(folder, _)| folder);
    // A path without an ending is an address, and the repository as a whole is no site.
    let is_address = path.extension().is_empty();
    let is_here = |folder: &str| {
        let mut roots = roots(from.span.file).filter(|root| !is_address || *root != RepoPath::root());
        roots.any(|root| root.join(folder).is_some_and(|path| resolver.files.is_folder(path)))
    };
    !path.has_extension(WRITTEN)
        && is_on_site(resolver, from)
        && (!folder.is_some_and(is_here) || is_address && is_computed(resolver, from.span.file, rest))
}

/// Whether `path` is out of the mdBook of `page`, or no page that anybody writes, and not even its folder is here: it is of what is
/// published beside the book.
fn is_beside_book(resolver: &Resolver<'_>, page: RepoPath, path: RepoPath) -> bool {
    let has_settings = |folder: &RepoPath| folder.join("book.toml").is_some_and(|path| resolver.files.contains(path));
    let Some(book) = folders_above(page).find(has_settings) else { return false };
    let source = book.join("src").filter(|source| page.is_below(*source)).unwrap_or(book);
    (!path.is_below(source) || path.has_extension(&["html"])) && !resolver.files.is_folder(path.parent())
}

/// Whether a template of the page's Hugo site makes what it likes of `written`, which is a mere word.
fn is_left_to_hook(resolver: &Resolver<'_>, from: &Node, written: &str) -> bool {
    let is_word = !written.is_empty() && !written.contains(['/', '.', '#']);
    is_word && is_on_site(resolver, from) && has_link_hook(resolver)
}

/// Whether a site of Hugo here has a template for links.
fn has_link_hook(resolver: &Resolver<'_>) -> bool {
    let is_hook =
        |path: RepoPath| path.file_name().starts_with("render-link") && path.parent().file_name() == "_markup";
    resolver.files.paths().any(is_hook)
}

/// Whether a program of the site of `page` makes pages below the first folder of the address `rest`: there is a file named by a
/// pattern (`[slug].astro`) or one of a page's program (`orders.page.tsx`, `orders.11ty.js`).
fn is_computed(resolver: &Resolver<'_>, page: RepoPath, rest: &str) -> bool {
    let first = rest.split('/').next().unwrap_or(rest);
    let is_program = |path: RepoPath| {
        let name = path.file_name();
        let is_script = path.has_extension(&["astro", "js", "jsx", "mjs", "svelte", "ts", "tsx", "vue"]);
        is_script && (name.contains('[') || name.contains(".page.") || name.contains(".11ty."))
    };
    let made: Vec<RepoPath> = roots(page).filter_map(|root| root.join(first)).collect();
    let is_there = |path: RepoPath| is_program(path) && made.iter().any(|folder| path.is_below(*folder));
    resolver.files.paths().any(is_there)
}

/// Whether `path` is a page of HTML and something else has its name, in a folder of that name: Maven keeps each format in a folder
/// of its own, `xdoc/server/metrics.xml`.
fn is_made_of(resolver: &Resolver<'_>, path: RepoPath) -> bool {
    let same = |other: RepoPath| {
        other.stem() == path.stem() && other != path && other.parent().file_name() == path.parent().file_name()
    };
    path.has_extension(&["html", "htm"]) && path.parent() != RepoPath::root() && resolver.files.paths().any(same)
}

/// The page at `path`, as generators write addresses: in lower case.
pub(super) fn page_in_lower_case(resolver: &Resolver<'_>, from: &Node, path: RepoPath) -> Option<NodeId> {
    let id = resolver.lookup.by_end_of_path(&path.as_str().to_lowercase())?;
    is_on_site(resolver, from).then_some(id)
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
