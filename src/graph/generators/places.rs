//! The files of a repository -> what its sites serve as it is, and whose links a template makes. Found when the first link asks, and the
//! same as long as the same files are there.

use std::collections::{HashMap, HashSet};

use crate::source::{Files, RepoPath, SourceFile};

/// Files that say that a site is made of the folder in which they stand.
const SITES: &[&str] = &[
    ".vitepress",
    "angular.json",
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
    /// Files that symbolic links stand for, with the folders of those.
    linked: HashMap<RepoPath, Vec<RepoPath>>,
    /// Files about the navigation of Docusaurus.
    sidebars: Vec<RepoPath>,
    /// Programs that hand out the texts of a site's pages: `src/pages/[...slug].md.ts` (Astro, "endpoints").
    endpoints: Vec<RepoPath>,
    /// Files that say where old addresses lead (Netlify, "Redirects").
    redirects: Vec<RepoPath>,
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
            // Where Hugo splits its settings.
            if path.parent().as_str().ends_with("config/_default") {
                places.made.insert(path.parent().parent().parent());
            }
            let target = files.follow(path);
            if target != path {
                places.linked.entry(target).or_default().push(path.parent());
            }
            let name = path.file_name();
            let is_of_versions = path.parent().file_name().ends_with("versioned_sidebars");
            if name.starts_with("sidebars.") || name.starts_with("_category_.") || is_of_versions {
                places.sidebars.push(path);
            }
            if name.contains("].md.") {
                places.endpoints.push(path);
            }
            if path.file_name() == "_redirects" {
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

    /// Whether a redirect answers at the address `path`, which begins with a slash.
    pub(super) fn redirect(&self, files: &dyn Files, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let answers = |from: &String| match from.split_once('*') {
            Some((before, _)) => path.starts_with(before),
            None => from == path,
        };
        let files = self.redirects.iter().filter_map(|path| files.source(*path));
        path.starts_with('/') && files.into_iter().any(|file| file.told(read_redirects).0.iter().any(answers))
    }

    /// The folders in which `page` stands by a symbolic link.
    pub(super) fn links_to(&self, page: RepoPath) -> impl Iterator<Item = RepoPath> {
        self.linked.get(&page).into_iter().flatten().copied()
    }

    /// Folders at and above that of `page` that say that a site is made of them, the nearest first.
    pub(super) fn above(&self, page: RepoPath) -> impl Iterator<Item = RepoPath> {
        page.above().filter(|folder| self.made.contains(folder))
    }

    /// Files about the navigation of Docusaurus' sites below `site`.
    pub(super) fn sidebars(&self, site: RepoPath) -> impl Iterator<Item = RepoPath> {
        self.sidebars.iter().copied().filter(move |path| path.is_below(site))
    }

    /// Whether a program of the site of `page` hands out the texts of its pages.
    pub(super) fn hand_out_texts(&self, page: RepoPath) -> bool {
        self.above(page).next().is_some_and(|site| self.endpoints.iter().any(|path| path.is_below(site)))
    }

    /// Whether the site of Hugo of `page` has a template for links.
    pub(super) fn have_link_hook(&self, page: RepoPath) -> bool {
        self.hooked.iter().any(|site| page.is_below(*site))
    }
}

/// The addresses that a `_redirects` answers at, without a slash at their ends; `*` stands for any rest.
#[derive(Debug, PartialEq)]
pub(super) struct Redirects(Vec<String>);

pub(super) fn read_redirects(file: &SourceFile) -> Redirects {
    let from = file.text().lines().filter_map(|line| line.split_whitespace().next());
    let from = from.filter(|from| from.len() > 1 && from.starts_with('/') && *from != "/*");
    Redirects(from.map(|from| from.trim_end_matches('/').to_owned()).collect())
}
