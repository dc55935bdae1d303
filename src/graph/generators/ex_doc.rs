//! Links of pages that ExDoc publishes -> the files that they mean there.
//!
//! Format: the function `docs` of a `mix.exs` (ExDoc, "mix docs"): all `extras` become pages of one folder, by their names alone, and
//! `assets` are copied.

use std::sync::LazyLock;

use regex::Regex;

use crate::graph::resolve::Resolver;
use crate::source::{RepoPath, SourceFile};

/// Endings of files of which it makes pages.
const PAGES: &[&str] = &[".md", ".cheatmd", ".livemd"];

/// What a `mix.exs` says of pages.
#[derive(Debug, PartialEq)]
pub(super) struct Settings {
    has_extras: bool,
    /// The paths that are told of them.
    extras: Vec<String>,
    /// The folders that are copied, and as what.
    assets: Vec<(String, String)>,
}

/// What `written` may mean on the page: `limits.html` any page called so below the project, `assets/flow.png` what is copied there.
pub(super) fn files_meant(resolver: &Resolver<'_>, page: RepoPath, written: &str) -> Vec<RepoPath> {
    let Some(project) = project_of(resolver, page) else { return Vec::new() };
    // A script beside the project may tell instead, as in Elixir itself.
    let files = resolver.files.find(project, "mix.exs").into_iter().chain(resolver.sites().docs_scripts());
    let mut told = files.filter_map(|path| Some(resolver.files.source(path)?.told(read_settings)));
    let Some(settings) = told.find(|settings| settings.has_extras) else { return Vec::new() };
    let name = written.rsplit('/').next().unwrap_or(written);
    let stem = written.strip_suffix(".html").filter(|stem| !stem.contains('/'));
    let stem = stem.or_else(|| PAGES.iter().find_map(|ending| name.strip_suffix(ending)));
    let id = stem.and_then(|stem| resolver.lookup.nearest_by_end(&stem.to_lowercase(), page));
    let called =
        id.and_then(|id| resolver.graph.node(id)).map(|node| node.span.file).filter(|file| file.is_below(project));
    let copied = settings.assets.iter().flat_map(|(from, to)| {
        let rest = written.strip_prefix(to.as_str()).and_then(|rest| rest.strip_prefix('/'));
        [project, RepoPath::root()].into_iter().filter_map(move |folder| folder.join(from)?.join(rest?))
    });
    let extras = settings.extras.iter().filter(|extra| extra.rsplit('/').next() == Some(name));
    copied.chain(called).chain(extras.filter_map(|extra| project.join(extra))).collect()
}

/// Whether `written` is the name of something that ExDoc documents, in backticks, or its page: `` `Shop.Orders.count/1` ``, `Shop.Orders.html`;
/// or the whole as a book, `Shop.epub`.
pub(super) fn is_reference(resolver: &Resolver<'_>, page: RepoPath, written: &str) -> bool {
    let is_module = || !written.contains('/') && written.starts_with(|first: char| first.is_ascii_uppercase());
    let is_page = [".epub", ".html"].iter().any(|ending| written.ends_with(ending));
    (written.starts_with('`') || is_page && is_module()) && project_of(resolver, page).is_some()
}

/// The folder of the project of `page`.
fn project_of(resolver: &Resolver<'_>, page: RepoPath) -> Option<RepoPath> {
    page.above().find(|folder| resolver.files.find(*folder, "mix.exs").is_some())
}

/// Whether a file called `name` says what ExDoc makes pages of.
pub(super) fn is_about_pages(name: &str) -> bool {
    name == "mix.exs" || name.ends_with("docs.exs")
}

pub(super) fn read_settings(file: &SourceFile) -> Settings {
    static ASSETS: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"assets:\s*(?:%\{([^}]*)\}|"([^"]+)")"#).ok());
    static PAIR: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#""([^"]+)"\)?\s*=>\s*"([^"]+)""#).ok());
    let text = file.text();
    let plain = |path: &str| path.trim_start_matches("./").trim_end_matches('/').to_owned();
    let mut assets = Vec::new();
    for found in ASSETS.iter().flat_map(|assets| assets.captures_iter(text)) {
        if let Some(folder) = found.get(2) {
            assets.push((plain(folder.as_str()), "assets".to_owned()));
        }
        let pairs = found.get(1).map_or("", |pairs| pairs.as_str());
        assets.extend(
            PAIR.iter().flat_map(|pair| pair.captures_iter(pairs)).map(|pair| (plain(&pair[1]), plain(&pair[2]))),
        );
    }
    let list = text.split_once("extras:").and_then(|(_, rest)| rest.split(']').next()).unwrap_or_default();
    let extras = list.split('"').skip(1).step_by(2).filter(|path| PAGES.iter().any(|ending| path.ends_with(ending)));
    Settings { has_extras: text.contains("extras:"), extras: extras.map(str::to_owned).collect(), assets }
}
