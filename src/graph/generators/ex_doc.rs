//! Links of pages that ExDoc publishes -> the files that they mean there.
//!
//! Format: the function `docs` of a `mix.exs` (ExDoc, "mix docs"): all `extras` become pages of one folder, by their names alone, and
//! `assets` are copied.

use std::sync::LazyLock;

use regex::Regex;

use crate::graph::resolve::Resolver;
use crate::source::{RepoPath, SourceFile};

/// What a `mix.exs` says of pages.
#[derive(Debug, PartialEq)]
pub(super) struct Settings {
    has_extras: bool,
    /// The folders that are copied, and as what.
    assets: Vec<(String, String)>,
}

/// What `written` may mean on the page: `limits.html` any page called so below the project, `assets/flow.png` what is copied there.
pub(super) fn files_meant(resolver: &Resolver<'_>, page: RepoPath, written: &str) -> Vec<RepoPath> {
    let settings = |folder: RepoPath| {
        let file = resolver.files.source(resolver.files.find(folder, "mix.exs")?)?;
        Some((folder, file.told(read_settings)))
    };
    let Some((project, settings)) = page.above().find_map(settings).filter(|(_, settings)| settings.has_extras) else {
        return Vec::new();
    };
    let stem = written.strip_suffix(".html").filter(|stem| !stem.contains('/'));
    let stem = stem.or_else(|| written.rsplit('/').next()?.strip_suffix(".md"));
    let id = stem.and_then(|stem| resolver.lookup.nearest_by_end(&stem.to_lowercase(), page));
    let called =
        id.and_then(|id| resolver.graph.node(id)).map(|node| node.span.file).filter(|file| file.is_below(project));
    let copied = settings.assets.iter().filter_map(|(from, to)| {
        let rest = written.strip_prefix(to.as_str())?.strip_prefix('/')?;
        project.join(from)?.join(rest)
    });
    copied.chain(called).collect()
}

pub(super) fn read_settings(file: &SourceFile) -> Settings {
    static ASSETS: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"assets:\s*(?:%\{([^}]*)\}|"([^"]+)")"#).ok());
    static PAIR: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#""([^"]+)"\s*=>\s*"([^"]+)""#).ok());
    let text = file.text();
    let plain = |path: &str| path.trim_end_matches('/').to_owned();
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
    Settings { has_extras: text.contains("extras:"), assets }
}
