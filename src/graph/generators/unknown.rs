//! Links of which nobody can tell from the repository whether they lead anywhere.

use std::cmp::Reverse;

use super::{
    WRITTEN, behind_placeholder, book, builds, documenter, docusaurus, ex_doc, hugging_face, is_on_site, roots, sphinx,
    traces, zola,
};
use crate::graph::resolve::Resolver;
use crate::graph::{Node, rustdoc};
use crate::source::{Files, RepoPath, SourceFile};

/// Endings of templates of which a file without them is made.
pub const TEMPLATES: &[&str] =
    &["ejs", "erb", "hbs", "in", "j2", "jinja", "liquid", "mustache", "t", "template", "tmpl", "tpl"];

/// Endings of the sources of systems that publish what is written elsewhere.
const ELSEWHERE: &[&str] = &["dita", "ditamap"];

/// Whether nobody can tell from the repository whether `written`, which would be the file `path`, leads anywhere: something is to
/// be filled in, in the link or in the page, git keeps out what is made there, it is not laid out, it is made of another format, it is an address on a
/// site of which not even the folder is here, or the site's own program decides.
pub(in crate::graph) fn is_unknown(resolver: &Resolver<'_>, from: &Node, written: &str, path: RepoPath) -> bool {
    let is_placeholder = ["PLACEHOLDER", "YYYY", "NNN", "XXXX", "path/to/"].iter().any(|part| written.contains(part));
    let is_placeholder = is_placeholder || is_of_reader(path) || path.has_extension(ELSEWHERE);
    if is_placeholder || is_template(from.span.file) || is_numbered_example(path) {
        return true;
    }
    if from.kind.scheme != "rust" && rustdoc::is_page_name(path.file_name()) {
        return true;
    }
    if from.kind.scheme == "rust" && is_of_manual(resolver, from.span.file, written)
        || is_in_layouts(resolver, from.span.file)
    {
        return true;
    }
    if book::is_left_to_preprocessor(resolver, from.span.file, written)
        || book::is_put_together(resolver, from.span.file)
        || is_of_program(resolver, from, written)
    {
        return true;
    }
    if sphinx::is_reference(resolver, from.span.file, written)
        || ex_doc::is_reference(resolver, from.span.file, written)
        || documenter::is_reference(written)
        || zola::is_elsewhere(from.span.file, written)
        || docusaurus::makes_page(resolver, from.span.file, written)
        || hugging_face::is_address(resolver, from.span.file, written)
        || docusaurus::leads_to_site_elsewhere(resolver, from.span.file, written, path)
    {
        return true;
    }
    let is_elsewhere = || book::is_beside(resolver, from.span.file, path) || is_left_to_hook(resolver, from, written);
    if behind_placeholder(written).is_some()
        || resolver.files.is_ignored(path)
        || resolver.files.is_absent(path)
        || is_made_of(resolver, path)
        || sphinx::may_make(resolver, from.span.file, path)
        || has_template(resolver.files, path)
        || is_notebook(resolver.files, path)
        || builds::write(resolver, path)
        || is_elsewhere()
    {
        return true;
    }
    if path.extension().is_empty() && !written.starts_with('.') && has_routes(resolver, from.span.file) {
        return true;
    }
    let own = || RepoPath::new(from.span.file.without_extension())?.join(written);
    let is_served = |path: RepoPath| !path.has_extension(WRITTEN) && resolver.sites().serve(path.as_str());
    if is_on_site(resolver, from) && (is_feed(path) || is_served(path) || own().is_some_and(is_served)) {
        return true;
    }
    if is_redirected(resolver, from, written, path) || is_report(from, path) {
        return true;
    }
    let Some(rest) = written.strip_prefix('/').map(|rest| rest.trim_matches('/')) else { return false };
    // What makes the site of an address is in another repository.
    let first = rest.split('/').next().unwrap_or(rest);
    if is_without_ending(path)
        && rest.contains('/')
        && resolver.files.find(RepoPath::root(), first).is_none()
        && !is_on_site(resolver, from)
    {
        return true;
    }
    // Pages of HTML in a folder that is not here are made.
    if path.has_extension(&["html"]) && !resolver.files.is_folder(path.parent()) {
        return true;
    }
    if resolver.sites().above(from.span.file).next().is_some() && is_ignored_on_site(resolver, from, rest) {
        return true;
    }
    // Descriptions in code are published on some site, and nobody knows which.
    if from.kind.scheme == "rust" || from.kind.scheme == "api" && !path.has_extension(WRITTEN) {
        return true;
    }
    if resolver.sites().serve(rest) {
        return true;
    }
    if written.ends_with(".md") && resolver.sites().hand_out_texts(from.span.file) {
        return true;
    }
    if is_made_below(resolver, from, rest) || resolver.sites().redirect(resolver.files, from.span.file, written, 0) {
        return true;
    }
    let folder = rest.rsplit_once('/').map(|(folder, _)| folder);
    // A path without an ending is an address, and the repository as a whole is no site.
    let is_address = is_without_ending(path);
    let is_here = |folder: &str| {
        let mut roots = roots(from.span.file).filter(|root| !is_address || *root != RepoPath::root());
        roots.any(|root| root.join(folder).is_some_and(|path| resolver.files.is_folder(path)))
    };
    !path.has_extension(WRITTEN)
        && is_on_site(resolver, from)
        && (!folder.is_some_and(is_here) || is_address && is_computed(resolver, from.span.file, rest))
}

/// Whether the name of `path` has no ending: `Interface.ModuleInfo` and `InputOptions.dir`, which are of code, have none, either.
fn is_without_ending(path: RepoPath) -> bool {
    const OF_FILES: &[&str] = &[
        "cs", "gif", "html", "java", "js", "jpg", "json", "jsx", "kt", "md", "mdx", "png", "svg", "swift", "ts", "tsx",
        "vue", "xml",
    ];
    let has_both = |text: &str| text.contains(char::is_uppercase) && text.contains(char::is_lowercase);
    let ending = path.extension();
    let is_of_code =
        || path.stem().starts_with(char::is_uppercase) && has_both(path.stem()) && !OF_FILES.contains(&ending);
    ending.is_empty() || has_both(ending) || is_of_code()
}

/// Names of texts that people read on a forge, whatever is made of those around.
const ON_FORGE: &[&str] = &["agents", "changelog", "claude", "contributing", "readme", "security"];

/// Whether `path`, of which there is nothing here, may still be an address of the site of the page: it has no ending, as `LICENSE` has none
/// either. What generators, their plug-ins and settings make of addresses is without end: of a hundred such links that were looked into
/// every second led somewhere, of those to `x.md` hardly any.
pub(in crate::graph) fn is_address_of_site(resolver: &Resolver<'_>, from: &Node, path: RepoPath) -> bool {
    let name = path.file_name();
    let is_address = !name.contains('.') && name.contains(|letter: char| letter.is_lowercase());
    let is_on_forge = ON_FORGE.contains(&from.span.file.stem().to_lowercase().as_str());
    // Decisions and runbooks begin with data of their own.
    is_address && !is_on_forge && from.kind.scheme == "guide" && is_on_site(resolver, from)
}

/// The file of another page near that of `from` whose name is `path`'s but for one letter: of several the one in a folder called alike.
pub(in crate::graph) fn misspelt(resolver: &Resolver<'_>, from: &Node, path: RepoPath) -> Option<RepoPath> {
    let wanted = path.file_name().to_lowercase();
    let page = from.span.file;
    let site = site_of(resolver, page);
    let is_other = |file: &RepoPath| wanted.len() > 3 && *file != page;
    let folders = |file: RepoPath| file.parent().as_str().rsplit('/');
    let alike = |file: &RepoPath| folders(*file).zip(folders(path)).take_while(|(left, right)| left == right).count();
    resolver.sites().misspelt(site, &wanted).filter(is_other).min_by_key(|file| Reverse(alike(file)))
}

/// Whether `path` is that of a page of the site of `from`: nothing else has an address there that anybody misspells.
pub(in crate::graph) fn is_page_of_site(resolver: &Resolver<'_>, from: &Node, path: &str) -> bool {
    let is_page = |path: RepoPath| path.has_extension(WRITTEN) && path.is_below(site_of(resolver, from.span.file));
    RepoPath::named(path).is_some_and(is_page)
}

/// The folder of the site of `page`, or of what is about the same in the repository.
fn site_of(resolver: &Resolver<'_>, page: RepoPath) -> RepoPath {
    resolver.sites().above(page).next().unwrap_or_else(|| page.parent().parent())
}

/// Whether the page at `path` is copied to somewhere else, where its links lead from: `PULL_REQUEST_TEMPLATE.md`, `adr-template.md`. A
/// folder of templates may hold pages about them.
pub fn is_template(path: RepoPath) -> bool {
    let last = path.stem().rsplit(|separator: char| !separator.is_alphanumeric()).next();
    // What is to be filled in stands in the name: `prototype-YYYY-MM-DD`, `version-X`; a project is made of a scaffold.
    let is_to_be_filled_in = |part: &str| {
        part.contains("YYYY")
            || part.contains("{{")
            || part.ends_with("-X")
            || matches!(part.trim_matches('_'), "scaffold" | "scaffolds")
    };
    last.is_some_and(|word| word.eq_ignore_ascii_case("template")) || path.folders().any(is_to_be_filled_in)
}

/// Whether the name of `path` asks for one: `your-image-name.png`. `your-first-order.md` is a page.
fn is_of_reader(path: RepoPath) -> bool {
    let stem = path.stem();
    stem.starts_with("your-") && (stem.ends_with("-name") || stem.ends_with("-here"))
}

/// Whether `path` is what a template of decisions names: `0005-example.md`.
fn is_numbered_example(path: RepoPath) -> bool {
    let stem = path.stem();
    let name = stem.trim_start_matches(|digit: char| digit.is_ascii_digit());
    name.len() < stem.len() && name.trim_start_matches(['-', '_']).eq_ignore_ascii_case("example")
}

/// Whether the template stands there of which a program makes the file `path`.
pub fn has_template(files: &dyn Files, path: RepoPath) -> bool {
    TEMPLATES.iter().any(|ending| files.find(RepoPath::root(), &format!("{path}.{ending}")).is_some())
}

/// Whether the page at `path` is made of a notebook, or of a script that is one.
fn is_notebook(files: &dyn Files, path: RepoPath) -> bool {
    let beside = |ending: &str| files.find(RepoPath::root(), &format!("{path}.{ending}"));
    let is_script = |path| files.source(path).is_some_and(|file| file.told(read_script).is_notebook);
    path.extension().is_empty() && (beside("ipynb").is_some() || beside("py").is_some_and(is_script))
}

/// What a script of Python tells.
#[derive(Debug, PartialEq)]
pub(super) struct Script {
    /// Whether it has cells of Markdown, of which a page is made (Jupytext, "the percent format").
    is_notebook: bool,
}

pub(super) fn read_script(file: &SourceFile) -> Script {
    Script { is_notebook: file.text().contains("# %% [markdown]") }
}

/// Whether the page is one of a program that decides itself what its addresses are: Angular's, beside which it stands.
fn has_routes(resolver: &Resolver<'_>, page: RepoPath) -> bool {
    page.above().any(|folder| resolver.files.find(folder, "angular.json").is_some())
}

/// Whether `path` is what programs of sites write for readers of news, for search engines and for language models (<https://llmstxt.org>).
fn is_feed(path: RepoPath) -> bool {
    let name = path.stem().to_lowercase();
    let is_for_models = matches!(path.file_name(), "llms.txt" | "llms-full.txt");
    let is_feed = path.has_extension(&["atom", "json", "rss", "xml"])
        && ["atom", "feed", "rss", "sitemap"].iter().any(|word| name.contains(word));
    is_feed || is_for_models
}

/// Whether the site of the page makes a page at the address `rest`, in a folder that is there: git keeps it out.
fn is_made_below(resolver: &Resolver<'_>, from: &Node, rest: &str) -> bool {
    let is_made = |root: RepoPath| {
        let page = root.join(&format!("{rest}.md")).filter(|page| resolver.files.is_folder(page.parent()));
        page.is_some_and(|page| resolver.files.is_ignored(page))
    };
    rest.contains('/') && is_on_site(resolver, from) && roots(from.span.file).any(is_made)
}

/// So many parts of a redirect that answers at many addresses have to be fixed where the root of the site is not known.
const FIXED: usize = 2;

/// Whether a redirect of the site answers where `written`, which is no address from the root, leads: to `path`, or from the folder that the
/// page has to itself. The root of the site may be any folder above. Only mdBook makes an address of a link to a text.
fn is_redirected(resolver: &Resolver<'_>, from: &Node, written: &str, path: RepoPath) -> bool {
    let page = from.span.file;
    let is_text = path.has_extension(WRITTEN);
    let is_book = || book::book_of(resolver, page).is_some();
    if written.starts_with('/') || !(is_book() || is_on_site(resolver, from) && !is_text) {
        return false;
    }
    let own = RepoPath::new(page.without_extension()).and_then(|own| own.join(written));
    let mut paths = [Some(path), own].into_iter().flatten();
    paths.any(|path| {
        let address = match is_text {
            true => format!("/{}.html", path.without_extension()),
            false => format!("/{path}"),
        };
        let mut tails = address.match_indices('/').map(|(slash, _)| &address[slash..]);
        tails.any(|tail| resolver.sites().redirect(resolver.files, page, tail, FIXED))
    })
}

/// Whether the page of `from` is one of a site that Maven makes, and `path` may be a report that it puts beside it.
fn is_report(from: &Node, path: RepoPath) -> bool {
    let folders: Vec<&str> = from.span.file.folders().collect();
    path.has_extension(&["html"]) && folders.windows(2).any(|pair| pair == ["src", "site"])
}

/// Whether git keeps out what stands at the address `rest` of a site whose root may be any folder above.
fn is_ignored_on_site(resolver: &Resolver<'_>, from: &Node, rest: &str) -> bool {
    let mut paths = roots(from.span.file).filter_map(|root| root.join(rest));
    paths.any(|path| path != RepoPath::root() && resolver.files.is_ignored(path))
}

/// Whether a comment in code is written for a page of a manual that a program makes of it: from some folder of that, `written` leads to
/// another page, which may be made as well.
fn is_of_manual(resolver: &Resolver<'_>, code: RepoPath, written: &str) -> bool {
    let Some(stem) = written.strip_suffix(".md") else { return false };
    let is_step = |part: &&str| matches!(*part, "." | "..");
    let rest = stem.split('/').skip_while(is_step).collect::<Vec<_>>().join("/");
    let is_made = || RepoPath::new(&format!("docs/{rest}.md")).is_some_and(|page| resolver.files.is_ignored(page));
    // From a folder above the code the path is one of the repository, and wrong.
    let is_elsewhere = |page: RepoPath| {
        let root = page.above().nth(rest.matches('/').count());
        root.is_some_and(|root| !code.is_below(root))
    };
    let end = rest.to_lowercase();
    let mut pages = resolver.lookup.files_by_end_of_path(&end);
    written.starts_with('.') && (pages.any(is_elsewhere) || is_made())
}

/// Whether `page` is a template of Hugo's, whose links are put together elsewhere.
fn is_in_layouts(resolver: &Resolver<'_>, page: RepoPath) -> bool {
    let is_site = |folder: RepoPath| resolver.files.find(folder, "content").is_some();
    page.above().any(|folder| folder.file_name() == "layouts" && is_site(folder.parent()))
}

/// Whether a program makes the page or its links: a generator of clients, one that takes it for a part of something else, or a site's own
/// names for places outside of it, `@api/orders.html`, `!api!/orders`, `|filename|/orders.rst`.
fn is_of_program(resolver: &Resolver<'_>, from: &Node, written: &str) -> bool {
    let mark = |sign: char| written.strip_prefix(sign).and_then(|rest| rest.split_once(sign));
    let is_marked = mark('!').or_else(|| mark('|'));
    if is_marked.is_some_and(|(name, _)| !name.is_empty() && !name.contains('/')) {
        return true;
    }
    // Log4brains' own files, and Typst's names for places of its manual.
    if written.starts_with("/l4b-static/") || written.starts_with('$') {
        return true;
    }
    // `@chat` beside `@api/orders.html`, which a site's own program fills in.
    let has_macros = || {
        let is_macro = |rest: &str| {
            let target = rest.split([')', ' ', '\n']).next().unwrap_or_default();
            target.contains('/') && !target.starts_with("site/")
        };
        let file = resolver.files.source(from.span.file);
        file.is_some_and(|file| file.text().split("](@").skip(1).any(is_macro))
    };
    if written.starts_with('@') && !written.contains(['/', '.']) && is_on_site(resolver, from) && has_macros() {
        return true;
    }
    let is_named = written.strip_prefix('@').and_then(|rest| rest.split_once('/'));
    is_named.is_some_and(|(name, _)| !name.is_empty() && name != "site")
        || traces(resolver, from).is_some_and(|traces| traces.is_of_client || traces.is_fragment)
}

/// Whether a template of the page's Hugo site makes what it likes of `written`, which is a mere word.
fn is_left_to_hook(resolver: &Resolver<'_>, from: &Node, written: &str) -> bool {
    let is_word = !written.is_empty() && !written.contains(['/', '.', '#']);
    is_word && is_on_site(resolver, from) && resolver.sites().have_link_hook(resolver.files, from.span.file)
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

#[cfg(test)]
mod tests {
    use super::{is_numbered_example, is_template};
    use crate::source::RepoPath;

    #[test]
    fn what_is_copied_and_what_stands_for_others() {
        let cases = [
            (".github/PULL_REQUEST_TEMPLATE.md", true, false),
            ("docs/adr/template.md", true, false),
            ("docs/templates/overview.md", false, false),
            ("docs/prototype-version-X/overview.md", true, false),
            ("sdk/_scaffold/go/README.md", true, false),
            ("docs/adr/0005-example.md", false, true),
            ("docs/deploy-example.md", false, false),
        ];
        for (path, template, example) in cases {
            let told = RepoPath::new(path).map(|path| (is_template(path), is_numbered_example(path)));
            assert_eq!(told, Some((template, example)), "{path}");
        }
    }
}
