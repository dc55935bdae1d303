//! The validated settings of one repository.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::Rules;
use crate::source::{Day, RepoPath};

/// The name of the file by which a folder is known to be livedoc's own.
pub const MANIFEST: &str = ".livedoc-manifest";

/// Everything that later stages need to know about what the user wants.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    /// The repository's root, absolute.
    pub root: PathBuf,
    /// The configuration file, when there is one in the repository.
    pub configuration: Option<RepoPath>,
    /// What the site says about itself.
    pub site: SiteOptions,
    /// Files that are left out although git knows them.
    pub exclude: Patterns,
    /// Where the repository is published, for links to files that have no page.
    pub forge: Option<Forge>,
    /// Settings of single extractors, by name.
    pub extractors: BTreeMap<String, ExtractorOptions>,
    /// How much findings matter.
    pub rules: Rules,
    /// Settings of the preview.
    pub serve: ServeOptions,
    /// What is asked of other sites.
    pub external: ExternalOptions,
    /// Whether git is asked when and by whom files were changed.
    pub history: bool,
    /// The day on which somebody asks what is due; `None` where what comes out must not depend on the day.
    pub today: Option<Day>,
}

/// What the site says about itself and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteOptions {
    /// Stands on every page. The root folder's name unless configured.
    pub title: String,
    /// One sentence for search engines; empty for none.
    pub description: String,
    /// The address at which the site will stand, with a final slash. Needed for the site map and canonical links only:
    /// links between pages are relative.
    pub base_url: Option<String>,
    /// BCP 47, for the `lang` attribute.
    pub language: String,
    /// The folder with templates and files that replace or add to the built-in theme's.
    pub theme: RepoPath,
    /// Where `build` writes, absolute.
    pub output_dir: PathBuf,
}

/// Where the repository is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forge {
    /// The repository's page, without a final slash: `https://github.com/owner/name`.
    pub url: String,
    /// The commit or branch that links lead to.
    pub revision: String,
    /// Where the documented root lies in the published repository; the root for the top.
    pub folder: RepoPath,
}

/// Settings that every extractor has.
#[derive(Clone, Debug, PartialEq)]
pub struct ExtractorOptions {
    /// Whether it runs at all.
    pub enabled: bool,
    /// Files that are its own whatever they look like; when given, it claims nothing else.
    pub paths: Option<Patterns>,
    /// Files that it leaves alone.
    pub exclude: Patterns,
    /// The features with which packages are documented, where packages have some; `*` stands for all.
    pub features: Option<Vec<String>>,
    /// Where rustdoc's JSON is looked for: files, and folders that hold them.
    pub rustdoc_json: Vec<RepoPath>,
    /// Whether files of code have pages that show them as they are written.
    pub source_pages: bool,
    /// Whether readers may send requests from the pages of operations.
    pub try_it: bool,
    /// Addresses under which runbooks are published, and the folder or file that each stands for, as they are written.
    pub runbook_bases: Vec<(String, RepoPath)>,
    /// Where the repository is published.
    pub forge: Option<Forge>,
}

/// Settings of the preview server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServeOptions {
    /// The TCP port.
    pub port: u16,
    /// The address to listen on.
    pub interface: String,
    /// Whether to open a browser.
    pub open: bool,
    /// Whether open pages go to what is edited.
    pub navigate: bool,
}

/// What is asked of other sites that documents link to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExternalOptions {
    /// Whether a check asks them.
    pub check: bool,
    /// Addresses that are not asked, with `*` for anything.
    pub ignore: Vec<String>,
}

/// A set of glob patterns over repository paths: `*` stays within a folder, `**` does not.
#[derive(Clone, Debug)]
pub struct Patterns {
    globs: GlobSet,
    written: Vec<String>,
}

/// Equal as they are written.
impl PartialEq for Patterns {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Patterns {
    /// The patterns that match nothing.
    pub fn none() -> Self {
        Self { globs: GlobSet::empty(), written: Vec::new() }
    }

    /// The set of `patterns`.
    ///
    /// # Errors
    /// The first pattern that is not a glob, with the reason.
    pub fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Result<Self, globset::Error> {
        let mut builder = GlobSetBuilder::new();
        let mut written = Vec::new();
        let glob = |pattern: &str| GlobBuilder::new(pattern).literal_separator(true).build();
        for pattern in patterns {
            written.push(pattern.to_owned());
            // Paths start at the root however that is written.
            let pattern = pattern.trim_start_matches("./").trim_start_matches('/').trim_end_matches('/');
            builder.add(glob(pattern)?);
            // A folder stands for all that is in it.
            if !pattern.ends_with('*') {
                builder.add(glob(&format!("{pattern}/**"))?);
            }
        }
        Ok(Self { globs: builder.build()?, written })
    }

    /// Whether one of them fits `path`.
    pub fn matches(&self, path: RepoPath) -> bool {
        // A path is taken apart before it is held against patterns, even against none.
        !self.written.is_empty() && self.globs.is_match(path.as_str())
    }
}

impl Default for ExtractorOptions {
    fn default() -> Self {
        Self {
            enabled: true,
            paths: None,
            exclude: Patterns::none(),
            features: None,
            rustdoc_json: Vec::new(),
            source_pages: true,
            try_it: true,
            runbook_bases: Vec::new(),
            forge: None,
        }
    }
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self { port: 4747, interface: "127.0.0.1".to_owned(), open: false, navigate: false }
    }
}

impl Project {
    /// The settings of a repository at `root` (absolute) that configures nothing.
    pub fn unconfigured(root: PathBuf) -> Self {
        let title =
            root.file_name().map_or_else(|| "Documentation".to_owned(), |name| name.to_string_lossy().into_owned());
        Self {
            site: SiteOptions {
                title,
                description: String::new(),
                base_url: None,
                language: "en".to_owned(),
                theme: RepoPath::root().join("theme").unwrap_or_else(RepoPath::root),
                output_dir: root.join("site"),
            },
            root,
            configuration: None,
            exclude: Patterns::none(),
            forge: None,
            extractors: BTreeMap::new(),
            rules: Rules::default(),
            serve: ServeOptions::default(),
            external: ExternalOptions::default(),
            history: false,
            today: None,
        }
    }

    /// The same for somebody to whom it does not matter when anything was changed.
    #[must_use]
    pub fn without_history(&self) -> Self {
        Self { history: false, ..self.clone() }
    }

    /// The folder that the site is written to, unless it holds what others have written: `site/` may be of the sources.
    pub fn own_output(&self) -> Option<&Path> {
        let folder = self.site.output_dir.as_path();
        (!folder.is_dir() || folder.join(MANIFEST).is_file()).then_some(folder)
    }

    /// The settings of the extractor `name`.
    pub fn extractor(&self, name: &str) -> ExtractorOptions {
        let options = self.extractors.get(name).cloned().unwrap_or_default();
        ExtractorOptions { forge: self.forge.clone(), ..options }
    }

    /// Files, and folders of files, that are read because the configuration names them, whatever git knows.
    pub fn named(&self) -> Vec<RepoPath> {
        self.extractors.values().flat_map(|options| &options.rustdoc_json).copied().collect()
    }
}

impl ExtractorOptions {
    /// Whether the extractor may claim `path`: `fits` is its own judgement, which given paths replace.
    pub fn admits(&self, path: RepoPath, fits: impl FnOnce() -> bool) -> bool {
        !self.exclude.matches(path) && self.paths.as_ref().map_or_else(fits, |paths| paths.matches(path))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{Patterns, RepoPath};

    #[test]
    fn globs_start_at_the_root_and_folders_stand_for_all_in_them() {
        let cases = [
            ("docs", "docs/a/b.md", true),
            ("/docs/", "docs/a.md", true),
            ("./docs", "docs/a.md", true),
            ("docs", "my/docs/a.md", false),
            ("**/docs", "my/docs/a.md", true),
            ("docs/*", "docs/a.md", true),
            ("docs/*", "docs/a/b.md", false),
            ("docs/*.md", "docs/a/b.md", false),
            ("a*b", "a/x/b/c", false),
            ("a*b", "axb/c/d", true),
            ("{a,b}/**", "b/c/d", true),
        ];
        for (pattern, path, expected) in cases {
            let patterns = Patterns::new([pattern]).unwrap();
            assert_eq!(patterns.matches(RepoPath::new(path).unwrap()), expected, "{pattern} on {path}");
        }
    }
}
