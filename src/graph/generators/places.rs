//! The files of a repository -> what its sites serve as it is, and whose links a template makes. Found when the first link asks, and the
//! same as long as the same files are there.

use std::collections::{HashMap, HashSet};

use super::builds::is_workflow;
use super::{WRITTEN, doxygen, without_numbers};
use crate::source::{Files, RepoPath, SourceFile};

/// Files that say that a site is made of the folder in which they stand.
const SITES: &[&str] = &[
    ".eleventy.js",
    ".vitepress",
    ".vuepress",
    "angular.json",
    "_config.yml",
    "_quarto.yml",
    "antora.yml",
    "astro.config.mjs",
    "astro.config.ts",
    "conf.py",
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "eleventy.config.cjs",
    "eleventy.config.js",
    "eleventy.config.mjs",
    "eleventy.config.ts",
    "gatsby-config.js",
    "hugo.toml",
    "hugo.yaml",
    "mkdocs.yaml",
    "mkdocs.yml",
    "mint.json",
    "nuxt.config.js",
    "nuxt.config.ts",
    "rspress.config.ts",
    "site.xml",
    "zensical.toml",
];

/// Folders whose files a site serves from its root.
const SERVED: &[&str] = &["public/", "static/"];

/// What paths tell of sites.
#[derive(Debug, Default)]
pub(in crate::graph) struct SitePlaces {
    /// What stands in a folder below one of [`SERVED`], from there.
    served: HashSet<&'static str>,
    /// The folders of Hugo's sites that have a template for links.
    hooked: Vec<RepoPath>,
    /// Folders that say that a site is made of them.
    made: HashSet<RepoPath>,
    /// Texts, by the length and the first letter of their names without endings and numbers, in lower case; with those.
    names: HashMap<(usize, char), Vec<(String, RepoPath)>>,
    /// Files that symbolic links stand for, with the folders of those.
    linked: HashMap<RepoPath, Vec<RepoPath>>,
    /// Files about the navigation of Docusaurus.
    sidebars: Vec<RepoPath>,
    /// Programs that hand out the texts of a site's pages: `src/pages/[...slug].md.ts` (Astro, "endpoints").
    endpoints: Vec<RepoPath>,
    /// Files that say where old addresses lead ([`is_about_redirects`]).
    redirects: Vec<RepoPath>,
    /// Scripts that say what ExDoc makes pages of.
    docs_scripts: Vec<RepoPath>,
    /// What continuous integration does.
    workflows: Vec<RepoPath>,
    /// Settings of Doxygen.
    doxygen: Vec<RepoPath>,
}

impl SitePlaces {
    /// Those of the repository's files.
    pub(in crate::graph) fn of(files: &dyn Files) -> Self {
        let mut places = Self::default();
        for path in files.paths() {
            let text = path.as_str();
            for (before, below) in SERVED.iter().filter_map(|folder| text.rsplit_once(folder)) {
                if (before.is_empty() || before.ends_with('/')) && below.contains('/') {
                    places.served.insert(below);
                }
            }
            // The settings may be a folder, `.vitepress`.
            for place in [path, path.parent()] {
                if SITES.contains(&place.file_name()) {
                    places.made.insert(place.parent());
                }
            }
            // Settings of Hugo or Zola may be called as any.
            let is_of_hugo = || path.parent().join("content").is_some_and(|content| files.is_folder(content));
            if OF_HUGO.contains(&path.file_name()) && is_of_hugo() {
                places.made.insert(path.parent());
            }
            // Where Hugo splits its settings.
            if path.parent().as_str().ends_with("config/_default") {
                places.made.insert(path.parent().parent().parent());
            }
            if path.has_extension(WRITTEN) {
                let name = without_numbers(&path.stem().to_lowercase());
                if let Some(first) = name.chars().next() {
                    places.names.entry((name.chars().count(), first)).or_default().push((name, path));
                }
            }
            let target = files.follow(path);
            if target != path {
                places.linked.entry(target).or_default().push(path.parent());
            }
            let name = path.file_name();
            let is_of_versions = path.parent().file_name().ends_with("versioned_sidebars");
            if is_about_navigation(name) || is_of_versions {
                places.sidebars.push(path);
            }
            if name.contains("].md.") {
                places.endpoints.push(path);
            }
            if is_workflow(path) {
                places.workflows.push(path);
            }
            if doxygen::is_settings(name) {
                places.doxygen.push(path);
            }
            if name.ends_with("docs.exs") {
                places.docs_scripts.push(path);
            }
            if is_about_redirects(name) {
                places.redirects.push(path);
            }
            if path.file_name().starts_with("render-link") && path.parent().file_name() == "_markup" {
                let before = text.split("layouts/").next().unwrap_or_default();
                places.hooked.extend(RepoPath::new(before.trim_end_matches('/')));
            }
        }
        places
    }

    /// Whether a file is served at the address `path`, of a site whose root may be any folder above.
    pub(super) fn serve(&self, path: &str) -> bool {
        let starts = std::iter::once(0).chain(path.match_indices('/').map(|(slash, _)| slash + 1));
        let mut tails = starts.map(|start| &path[start..]);
        !self.served.is_empty() && tails.any(|tail| self.served.contains(tail))
    }

    /// Whether a redirect of the site of `page` answers at the address `path`, which begins with a slash: one of which at least `fixed`
    /// parts are so, if it answers at several.
    pub(super) fn redirect(&self, files: &dyn Files, page: RepoPath, path: &str, fixed: usize) -> bool {
        let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
        let is_open = |part: &&str| part.starts_with(':') || part.contains('*');
        let is_fixed = |from: &[&str]| {
            !from.iter().any(is_open) || from[1..].iter().take_while(|part| !is_open(part)).count() >= fixed
        };
        let answers = |from: &String| {
            let from: Vec<&str> = from.split('/').collect();
            is_fixed(&from) && is_answered(&from, &parts)
        };
        // Where a plain file ends up nobody knows; the settings of a program are those of its folder, and so are Jekyll's data.
        let folder =
            |path: RepoPath| if path.parent().file_name() == "_data" { path.parent().parent() } else { path.parent() };
        let is_of_page = |path: &&RepoPath| is_plain(path.file_name()) || page.is_below(folder(**path));
        let files = self.redirects.iter().filter(is_of_page).filter_map(|path| files.source(*path));
        path.starts_with('/') && files.into_iter().any(|file| file.told(read_redirects).0.iter().any(answers))
    }

    /// The texts below `site` whose names are `name`, in lower case, but for one letter that is not the first.
    pub(super) fn misspelt(&self, site: RepoPath, name: &str) -> impl Iterator<Item = RepoPath> {
        let length = name.chars().count();
        let first = name.chars().next();
        let keys =
            first.into_iter().flat_map(move |first| [length - 1, length, length + 1].map(|length| (length, first)));
        let alike = keys.filter_map(|key| self.names.get(&key)).flatten();
        let alike = alike.filter(move |(other, path)| path.is_below(site) && strsim::osa_distance(other, name) == 1);
        alike.map(|(_, path)| *path)
    }

    /// The texts that are called as `path` is, but for numbers.
    pub(super) fn called(&self, path: RepoPath) -> impl Iterator<Item = RepoPath> {
        let name = without_numbers(&path.stem().to_lowercase());
        let key = name.chars().next().map(|first| (name.chars().count(), first));
        let alike = key.and_then(|key| self.names.get(&key)).into_iter().flatten();
        alike.filter(move |(other, _)| *other == name).map(|(_, path)| *path)
    }

    /// The folders in which `page` stands by a symbolic link.
    pub(super) fn links_to(&self, page: RepoPath) -> impl Iterator<Item = RepoPath> {
        self.linked.get(&page).into_iter().flatten().copied()
    }

    /// Folders at and above that of `page` that say that a site is made of them, the nearest first.
    pub(super) fn above(&self, page: RepoPath) -> impl Iterator<Item = RepoPath> {
        page.above().filter(|folder| self.made.contains(folder))
    }

    /// Whether `folder` says that a site is made of it.
    pub(in crate::graph) fn is_made(&self, folder: RepoPath) -> bool {
        self.made.contains(&folder)
    }

    /// Files about the navigation of Docusaurus' sites below `site`.
    pub(super) fn sidebars(&self, site: RepoPath) -> impl Iterator<Item = RepoPath> {
        self.sidebars.iter().copied().filter(move |path| path.is_below(site))
    }

    /// Scripts that say what ExDoc makes pages of, beside the projects.
    pub(super) fn docs_scripts(&self) -> impl Iterator<Item = RepoPath> {
        self.docs_scripts.iter().copied()
    }

    /// Files that say what continuous integration does.
    pub(super) fn workflows(&self) -> impl Iterator<Item = RepoPath> {
        self.workflows.iter().copied()
    }

    /// Settings of Doxygen.
    pub(super) fn doxygen(&self) -> impl Iterator<Item = RepoPath> {
        self.doxygen.iter().copied()
    }

    /// Whether a site of Docusaurus is here.
    pub(super) fn has_docusaurus(&self) -> bool {
        self.sidebars.iter().any(|path| path.file_name().starts_with("docusaurus.config."))
    }

    /// Whether a program of the site of `page` hands out the texts of its pages.
    pub(super) fn hand_out_texts(&self, page: RepoPath) -> bool {
        self.above(page).next().is_some_and(|site| self.endpoints.iter().any(|path| path.is_below(site)))
    }

    /// Whether the site of Hugo of `page` has a template for links: one of its own, or Hugo's for a site in several languages (Hugo,
    /// "Link render hooks").
    pub(super) fn have_link_hook(&self, files: &dyn Files, page: RepoPath) -> bool {
        let settings = |folder: RepoPath| OF_HUGO.iter().filter_map(move |name| files.find(folder, name));
        let mut settings = page.above().flat_map(settings).filter_map(|path| files.source(path));
        self.hooked.iter().any(|site| page.is_below(*site))
            || settings.any(|settings| settings.told(read_languages).are_several)
    }
}

/// Settings of Hugo.
pub(super) const OF_HUGO: &[&str] = &["config.toml", "config.yaml", "config.yml", "hugo.toml", "hugo.yaml"];

/// Whether settings of a generator stand in `folder`.
pub(super) fn has_settings(files: &dyn Files, folder: RepoPath) -> bool {
    SITES.iter().chain(OF_HUGO).any(|name| files.find(folder, name).is_some())
        || files.find(folder, "config/_default").is_some()
}

/// What settings of Hugo say of languages.
#[derive(Debug, PartialEq)]
pub(super) struct Languages {
    are_several: bool,
}

pub(super) fn read_languages(file: &SourceFile) -> Languages {
    let is_table = |line: &str| line.trim_start().starts_with("[languages.") || line.starts_with("languages:");
    Languages { are_several: file.text().lines().any(is_table) }
}

/// So many stars an address may have.
const MOST_STARS: usize = 2;

/// Whether a file called `name` is about the navigation of a site of Docusaurus, or has its settings.
pub(super) fn is_about_navigation(name: &str) -> bool {
    ["sidebars.", "_category_.", "docusaurus.config."].iter().any(|beginning| name.starts_with(beginning))
}

/// Whether a file called `name` says where old addresses lead (Netlify, "Redirects"; Next.js, "redirects"; Vercel, "redirects";
/// mkdocs-redirects; Docusaurus, "client redirects"; mdBook, "output.html.redirect").
pub(super) fn is_about_redirects(name: &str) -> bool {
    matches!(name, "book.toml" | "mkdocs.yaml" | "mkdocs.yml" | "netlify.toml" | "vercel.json")
        || is_plain(name)
        || ["docusaurus.config.", "next.config.", "redirects."].iter().any(|beginning| name.starts_with(beginning))
}

/// Whether a file called `name` has an old address and a new one on each line; Hugo may make one (`layouts/index.redirects`).
fn is_plain(name: &str) -> bool {
    matches!(name, "_redirects" | "index.redirects")
}

/// The addresses that such a file answers at, without a slash at their ends; `*` and `:rest*` stand for any parts, `:part` for one.
#[derive(Debug, PartialEq)]
pub(super) struct Redirects(Vec<String>);

pub(super) fn read_redirects(file: &SourceFile) -> Redirects {
    let name = file.path().file_name();
    if name.starts_with("mkdocs.") {
        return Redirects(old_pages(file.text()).collect());
    }
    if name == "book.toml" || file.path().has_extension(&["yaml", "yml"]) {
        return Redirects(keys(file.text()).collect());
    }
    let is_plain = is_plain(name);
    let from =
        file.text().lines().filter_map(|line| if is_plain { line.split_whitespace().next() } else { source(line) });
    // One that answers everywhere tells nothing; each star is tried at every part.
    let has_few = |from: &&str| from.matches('*').count() <= MOST_STARS;
    let is_telling = |from: &&str| {
        from.len() > 1 && from.starts_with('/') && !from.starts_with("/*") && !from.starts_with("/:") && has_few(from)
    };
    Redirects(from.filter(is_telling).map(|from| from.trim_end_matches('/').to_owned()).collect())
}

/// Whether an address of the parts `path` is one of those that `pattern` means. Calls itself for what any parts are followed by.
fn is_answered(pattern: &[&str], path: &[&str]) -> bool {
    match pattern.split_first() {
        None => path.is_empty(),
        Some((first, rest)) if *first == "*" || first.starts_with(':') && first.ends_with('*') => {
            (0..=path.len()).any(|from| is_answered(rest, &path[from..]))
        }
        // `/docs/v1*`
        Some((first, [])) if first.ends_with('*') => {
            path.first().is_some_and(|part| part.starts_with(first.trim_end_matches('*')))
        }
        Some((first, rest)) => path.split_first().is_some_and(|(part, path)| {
            (first == part || first.starts_with(':') && !part.is_empty()) && is_answered(rest, path)
        }),
    }
}

/// The pages that lines of the form `old/page.md: page.md` name first, as addresses.
fn old_pages(text: &str) -> impl Iterator<Item = String> {
    let page = |line: &str| {
        let (old, new) = line.trim().split_once(": ")?;
        let old = old.trim_matches(['"', '\'']).strip_suffix(".md")?;
        (!new.is_empty() && !old.contains(' '))
            .then(|| format!("/{}", old.trim_start_matches('/').trim_end_matches("/index")))
    };
    text.lines().filter_map(page)
}

/// The addresses that stand in quotes as keys: `"/old.html" = "new.html"`, `"old/page.html": "page.html"`.
fn keys(text: &str) -> impl Iterator<Item = String> {
    let key = |line: &str| {
        let line = line.trim().strip_prefix(['"', '\''])?;
        let (key, rest) = line.split_once(['"', '\''])?;
        let is_key = rest.trim_start().starts_with(['=', ':']) && key.contains(['/', '.']);
        is_key.then(|| format!("/{}", key.trim_matches('/')))
    };
    text.lines().filter_map(key)
}

/// What `line` names as the address that a redirect answers at: `source: '/old'`, `from = "/old"`.
fn source(line: &str) -> Option<&str> {
    let line = line.trim_start_matches([' ', '\t', '{', '"', '\'']);
    let rest = line.strip_prefix("source").or_else(|| line.strip_prefix("from"))?;
    let value = rest.trim_start_matches(['"', '\'']).trim_start().strip_prefix([':', '='])?.trim_start();
    value.strip_prefix(['"', '\'', '`'])?.split(['"', '\'', '`']).next()
}

#[cfg(test)]
mod tests {
    use super::is_answered;

    #[test]
    fn addresses_that_are_answered() {
        let cases = [
            ("/docs/old", "/docs/old", true),
            ("/docs/old", "/docs/older", false),
            ("/docs/*", "/docs/a/b", true),
            ("/docs/v1*", "/docs/v1.2/a", true),
            ("/docs/v1*", "/docs/v2", false),
            ("/docs/:page", "/docs/a/b", false),
            ("/docs/:page/gone", "/docs/a/gone", true),
            ("/docs/:path*/gone", "/docs/a/b/gone", true),
            ("/docs/:path*/gone", "/docs/a/here", false),
        ];
        for (pattern, path, expected) in cases {
            let [pattern, path] = [pattern, path].map(|text| text.split('/').collect::<Vec<_>>());
            assert_eq!(is_answered(&pattern, &path), expected, "{pattern:?} {path:?}");
        }
    }
}
