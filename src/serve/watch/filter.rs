//! Which paths are worth noticing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::config::Loaded;
use crate::discover::{decides_what_is_read, is_skipped};

/// Tells changes of content from what editors, git and livedoc itself keep beside it.
#[derive(Debug)]
pub(super) struct Filter {
    root: PathBuf,
    output_dir: Option<PathBuf>,
    /// The files that the settings come from, wherever they are.
    settings: BTreeSet<PathBuf>,
    /// Files that the settings name, and folders of such files, although nothing else is read around them.
    named: BTreeSet<PathBuf>,
    /// What git has while it changes many files.
    lock: Option<PathBuf>,
}

/// A lock that is older was left behind.
const OLDEST_LOCK: Duration = Duration::from_secs(10);

impl Filter {
    pub(super) fn new(loaded: &Loaded) -> Self {
        let project = &loaded.project;
        Self {
            root: project.root.clone(),
            output_dir: project.own_output().map(Path::to_path_buf),
            settings: loaded.files().into_iter().collect(),
            named: project.named().into_iter().map(|path| path.under(&project.root)).collect(),
            lock: loaded.lock(),
        }
    }

    /// The folders to watch beside those of the repository.
    pub(super) fn folders(&self) -> impl Iterator<Item = &Path> {
        self.settings.iter().filter_map(|file| file.parent())
    }

    /// Whether git is about to change more.
    pub(super) fn is_locked(&self) -> bool {
        let begun = self.lock.as_ref().and_then(|lock| std::fs::symlink_metadata(lock).ok()?.modified().ok());
        begun.is_some_and(|begun| begun.elapsed().is_ok_and(|age| age < OLDEST_LOCK))
    }

    /// Whether a change of `path` may change the site.
    pub(super) fn admits(&self, path: &Path) -> bool {
        let is_named = |path: &Path| self.named.contains(path);
        if self.settings.contains(path) || is_named(path) || path.parent().is_some_and(is_named) {
            return true;
        }
        let Ok(inside) = path.strip_prefix(&self.root) else { return false };
        if self.output_dir.as_ref().is_some_and(|folder| path.starts_with(folder)) {
            return false;
        }
        let mut names = inside.iter().map(|name| name.to_string_lossy()).peekable();
        while let Some(name) = names.next() {
            let is_last = names.peek().is_none();
            let is_rule = is_last && decides_what_is_read(&name);
            if !is_rule && (is_skipped(&name) || is_last && is_left_by_an_editor(&name)) {
                return false;
            }
        }
        true
    }

    /// Whether a change of `path` may change which files there are for the preview, whatever happened to them.
    pub(super) fn decides(&self, path: &Path) -> bool {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        self.settings.contains(path) && !path.iter().any(|part| part == ".git") || decides_what_is_read(&name)
    }
}

/// Whether editors call so what is no document. Their other files are hidden, or gone before anybody looks.
fn is_left_by_an_editor(name: &str) -> bool {
    name.ends_with('~')
        || name.ends_with("___jb_tmp___")
        || name.ends_with("___jb_old___")
        || (name.starts_with('#') && name.ends_with('#'))
}
