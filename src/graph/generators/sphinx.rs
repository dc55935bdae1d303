//! Places on a page that Sphinx makes of Markdown (MyST), beside those that everybody knows.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::WRITTEN;
use super::traces::holds;
use crate::graph::Node;
use crate::graph::resolve::Resolver;
use crate::source::{Note, RepoPath, SourceFile, Stored, Unread, folded};

/// Whether Sphinx gives the page a place called `anchor`: by the id of docutils, which begins with a letter (docutils, `make_id`), or by a
/// heading in the text of a directive, which looks like a listing, or by a target above something, `(limits)=`, or by the name of a
/// directive, `:label: limits`.
pub(super) fn has_place(resolver: &Resolver<'_>, page: &Node, anchor: &str) -> bool {
    let Some(settings) = settings(resolver, page.span.file) else { return false };
    // What docutils calls a heading whose id another has (docutils, "auto_id_prefix").
    let is_counted = anchor.strip_prefix("id").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    if is_counted {
        return true;
    }
    let wanted = folded(anchor);
    // MyST looks for a target on all pages, and for what is documented of code.
    let is_object = || anchor.contains(['.', '_']) || anchor.starts_with(|first: char| first.is_ascii_uppercase());
    let shows_code = || settings.told(read_settings).shows_code && is_object();
    resolver.anchors.on(page.id).any(|(id, _)| without_number(id) == wanted)
        || states(resolver, page.span.file, &wanted)
        || is_myst(resolver, page.span.file) && (shows_code() || is_target(resolver, &settings, &wanted))
}

/// Whether `line` of `page` is a comment of MyST: it begins with `%`.
pub(super) fn is_comment(resolver: &Resolver<'_>, page: RepoPath, line: &str) -> bool {
    line.starts_with('%') && is_myst(resolver, page)
}

/// Whether MyST reads `page`: settings may take in those of a folder above.
fn is_myst(resolver: &Resolver<'_>, page: RepoPath) -> bool {
    let own = settings(resolver, page).into_iter();
    let above = page.above().filter_map(|folder| resolver.files.source(resolver.files.find(folder, "conf.py")?));
    own.chain(above).any(|settings| settings.told(read_settings).is_myst)
}

/// Whether a page of the project of `settings` states the target `wanted`.
fn is_target(resolver: &Resolver<'_>, settings: &SourceFile, wanted: &str) -> bool {
    let is_page = |path: &RepoPath| path.has_extension(&["md", "rst"]) && path.is_below(settings.path().parent());
    resolver.files.paths().filter(is_page).any(|page| states(resolver, page, wanted))
}

/// Whether the page at `path` states the target `wanted`.
fn states(resolver: &Resolver<'_>, path: RepoPath, wanted: &str) -> bool {
    resolver.files.source(path).is_some_and(|file| file.noted::<Targets>().0.contains(wanted))
}

/// Whether `written` on a page is the name of a target, of a page, or of what is documented of code, which MyST looks for everywhere (MyST,
/// "cross-references").
pub(super) fn is_reference(resolver: &Resolver<'_>, page: RepoPath, written: &str) -> bool {
    const FILES: &[&str] =
        &["gif", "html", "ipynb", "jpg", "json", "md", "pdf", "png", "py", "rst", "svg", "toml", "txt", "yaml", "yml"];
    let is_file = written.rsplit_once('.').is_some_and(|(_, ending)| FILES.contains(&ending));
    let Some(settings) = settings(resolver, page).filter(|_| !is_file) else { return false };
    let is_name = || !written.contains('/') || is_target(resolver, &settings, without_number(&folded(written)));
    is_myst(resolver, page) && is_name()
}

/// Whether the settings of the project that has `page` make files, and `path` may be a page among them: nothing in the repository is called so.
pub(super) fn may_make(resolver: &Resolver<'_>, page: RepoPath, path: RepoPath) -> bool {
    let is_called_so = |other: RepoPath| other.file_name() == path.file_name();
    settings(resolver, page).is_some_and(|settings| settings.told(read_settings).makes_files)
        && (path.has_extension(WRITTEN) || path.has_extension(&["html"]))
        && !resolver.files.paths().any(is_called_so)
}

/// The settings of the project that has `page`.
fn settings(resolver: &Resolver<'_>, page: RepoPath) -> Option<Arc<SourceFile>> {
    const NAMES: &[&str] = &["conf.py", "myst.yml", "_toc.yml"];
    // They may lie beside the pages, in a folder without any.
    const BESIDE: &[&str] = &["sphinx", "docs/sphinx", "doc/sphinx"];
    let find = |folder, name: &str| resolver.files.find(folder, name);
    let has_pages = |folder| ["index.md", "index.rst", "docs"].iter().any(|name| find(folder, name).is_some());
    let beside = |folder: RepoPath| {
        let folders = BESIDE.iter().filter_map(|name| find(folder, name)).filter(|folder| !has_pages(*folder));
        folders.into_iter().find_map(|folder| find(folder, "conf.py"))
    };
    let here = |folder| NAMES.iter().find_map(|name| find(folder, name)).or_else(|| beside(folder));
    resolver.files.source(page.above().find_map(here)?)
}

/// The file that the picture `path` of a page of Sphinx means, which leaves the ending open: `flow.*`.
pub(super) fn image(resolver: &Resolver<'_>, page: RepoPath, path: RepoPath) -> Option<RepoPath> {
    let stem = path.as_str().strip_suffix(".*").and_then(RepoPath::new)?;
    settings(resolver, page)?;
    resolver.files.paths().find(|other| other.parent() == stem.parent() && other.stem() == stem.file_name())
}

/// What a `conf.py` says of its project, or a `myst.yml` or the contents of a Jupyter Book by being there.
#[derive(Debug, PartialEq)]
pub(super) struct Settings {
    /// Whether its pages are read by MyST.
    is_myst: bool,
    /// Whether pages are made of code.
    shows_code: bool,
    /// Whether they run programs or write files, which may be pages.
    makes_files: bool,
}

pub(super) fn read_settings(file: &SourceFile) -> Settings {
    let has = |names: &[&str]| names.iter().any(|name| file.text().contains(name));
    let is_myst = matches!(file.path().file_name(), "_toc.yml" | "myst.yml") || has(&["myst"]);
    let makes_files = has(&["subprocess.", "os.system(", ", \"w\")", ", 'w')", ".write_text("]);
    Settings { is_myst, shows_code: has(&["apidoc", "autoapi", "autodoc", "autosummary"]), makes_files }
}

/// What a text calls places that Sphinx gives it beside those of headings, without case and punctuation.
#[derive(Debug, PartialEq)]
pub(super) struct Targets(BTreeSet<String>);

impl Stored<()> for Targets {
    fn write(&self, bytes: &mut Vec<u8>) {
        Stored::<()>::write(&self.0, bytes);
    }

    fn read(bytes: &mut Unread<'_, ()>) -> Option<Self> {
        Stored::<()>::read(bytes).map(Self)
    }
}

impl Note for Targets {
    const NAME: &'static str = "targets of Sphinx";

    fn of(file: &SourceFile) -> Self {
        read_targets(file)
    }
}

pub(super) fn read_targets(file: &SourceFile) -> Targets {
    // What one of the lines below must have.
    const SIGNS: &[&str] = &[")=", ".. _", ":label:", ":name:", "`{", ":{"];
    let mut targets = BTreeSet::new();
    let mut is_in_directive = false;
    let text = if SIGNS.iter().any(|sign| holds(file.text(), sign)) { file.text() } else { "" };
    for line in text.lines() {
        let text = line.trim_start();
        let rest = text.trim_start_matches(['`', ':']);
        let is_fence = text.len() - rest.len() >= 3;
        let target = line.strip_prefix('(').and_then(|line| line.strip_suffix(")="));
        let label = || [":label:", ":name:"].iter().find_map(|option| text.strip_prefix(option)).map(str::trim);
        let name = match target.or_else(|| line.strip_prefix(".. _")?.strip_suffix(':')).or_else(label) {
            None if is_in_directive => text.strip_prefix('#'),
            target => target,
        };
        is_in_directive = if is_fence { rest.starts_with('{') } else { is_in_directive };
        targets.extend(name.map(|name| without_number(&folded(name)).to_owned()));
    }
    Targets(targets)
}

fn without_number(id: &str) -> &str {
    id.trim_start_matches(|first: char| first.is_ascii_digit())
}
