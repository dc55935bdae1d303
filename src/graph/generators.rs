//! Pages as other site generators publish them: Hugo, Jekyll, Docusaurus, MkDocs.
//!
//! Enters: a path as a page of such a site writes it. Leaves: the files that it may mean there, and whether anybody can tell from
//! the repository alone where it leads.

use super::resolve::Resolver;
use super::{Node, NodeId};
use crate::source::{Note, RepoPath, SourceFile, stored};

/// Files that say that a site is made of the folder in which they stand.
const SITES: &[&str] = &[
    ".vitepress",
    "_config.yml",
    "antora.yml",
    "astro.config.mjs",
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
}

stored! { struct Traces { has_directives, has_front_matter } }

impl Traces {
    /// Those in `text`.
    pub fn in_text(text: &str) -> Self {
        Self {
            has_directives: ["{{<", "{{%", "{% "].iter().any(|sign| text.contains(sign)),
            has_front_matter: text.starts_with("---\n") || text.starts_with("+++\n"),
        }
    }
}

impl Note for Traces {
    const NAME: &'static str = "generators";

    fn of(file: &SourceFile) -> Self {
        Self::in_text(file.text())
    }
}

fn traces(resolver: &Resolver<'_>, page: &Node) -> Option<Traces> {
    Some(*resolver.files.source(page.span.file)?.noted::<Traces>())
}

/// Whether another generator's templates put places into the page that nobody knows here: it has directives, or is nothing but
/// its data and perhaps a few words.
pub(super) fn adds_places(resolver: &Resolver<'_>, page: &Node) -> bool {
    let is_bare = || resolver.anchors.on(page.id).next().is_none();
    traces(resolver, page).is_some_and(|traces| traces.has_directives || traces.has_front_matter && is_bare())
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
/// which may be any folder above the page, or from the folder that the page has to itself there.
pub(super) fn served(resolver: &Resolver<'_>, from: &Node, written: &str) -> Vec<RepoPath> {
    let page = from.span.file;
    if let Some(rest) = written.strip_prefix('/') {
        return roots(page).filter_map(|root| root.join(rest.trim_start_matches('/'))).collect();
    }
    let is_index = matches!(page.stem().to_lowercase().as_str(), "index" | "_index" | "readme");
    if is_index || written.is_empty() || !is_on_site(resolver, from) {
        return Vec::new();
    }
    RepoPath::new(page.without_extension()).and_then(|own| own.join(written)).into_iter().collect()
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
    let has_settings =
        |folder: RepoPath| SITES.iter().any(|name| folder.join(name).is_some_and(|path| resolver.files.contains(path)));
    traces(resolver, from).is_some_and(|traces| traces.has_front_matter)
        || folders_above(from.span.file).any(has_settings)
}

/// Whether nobody can tell from the repository whether `written`, which would be the file `path`, leads anywhere: something is to
/// be filled in, git keeps out what is made there, it is made of another format, or it is an address on a site of which not even
/// the folder is here.
pub(super) fn is_unknown(resolver: &Resolver<'_>, from: &Node, written: &str, path: RepoPath) -> bool {
    if behind_placeholder(written).is_some() || resolver.files.is_ignored(path) || is_made_of(resolver, path) {
        return true;
    }
    let Some(rest) = written.strip_prefix('/').map(|rest| rest.trim_matches('/')) else { return false };
    let folder = rest.rsplit_once('/').map(|(folder, _)| folder);
    // A path without an ending is an address, and the repository as a whole is no site.
    let is_address = path.extension().is_empty();
    let is_here = |folder: &str| {
        let mut roots = roots(from.span.file).filter(|root| !is_address || *root != RepoPath::root());
        roots.any(|root| root.join(folder).is_some_and(|path| resolver.files.is_folder(path)))
    };
    !path.has_extension(WRITTEN) && is_on_site(resolver, from) && !folder.is_some_and(is_here)
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
