//! Pages of Doxygen: places that have one name in a whole project, and pictures that are looked for by their names.

use std::sync::Arc;

use super::Traces;
use crate::graph::resolve::Resolver;
use crate::source::{RepoPath, SourceFile};

/// Whether a file called `name` has settings of Doxygen.
pub(super) fn is_settings(name: &str) -> bool {
    name == "Doxyfile"
        || name.starts_with("Doxyfile.")
        || name.ends_with(".doxyfile")
        || name.ends_with(".doxy")
        || matches!(name, "doxygen.cfg" | "doxygen.conf")
}

/// Whether Doxygen may find a place called `anchor` for a page: another page of its project names it, or code may, which calls it like
/// something of its own (Doxygen, `\ref`).
pub(super) fn has_place(resolver: &Resolver<'_>, page: RepoPath, anchor: &str) -> bool {
    let Some((settings, told)) = settings(resolver, page) else { return false };
    let names =
        |path: RepoPath| resolver.files.source(path).is_some_and(|file| file.noted::<Traces>().named.contains(anchor));
    let is_page = |path: &RepoPath| path.has_extension(&["md"]) && told.takes(settings, *path);
    anchor.contains('_') || resolver.files.paths().filter(is_page).any(names)
}

/// The picture that `written` on a page means: one of that name, in a folder that the settings name.
pub(super) fn image(resolver: &Resolver<'_>, page: RepoPath, written: &str) -> Option<RepoPath> {
    let name = written.rsplit('/').next().filter(|name| name.contains('.'))?;
    let (settings, told) = settings(resolver, page)?;
    let is_within = |path: RepoPath| told.image_path.iter().any(|folder| is_below(settings, folder, path));
    resolver.files.paths().find(|path| path.file_name() == name && is_within(*path))
}

/// The folder of the settings that take `page`, and those.
fn settings(resolver: &Resolver<'_>, page: RepoPath) -> Option<(RepoPath, Arc<Settings>)> {
    let settings = resolver.sites().doxygen().filter_map(|path| {
        let told = resolver.files.source(path)?.told(read_settings);
        Some((path.parent(), told))
    });
    settings.into_iter().find(|(folder, told)| told.takes(*folder, page))
}

fn is_below(settings: RepoPath, folder: &str, path: RepoPath) -> bool {
    settings.join(folder).is_some_and(|folder| path.is_below(folder))
}

/// What a file of settings says.
#[derive(Debug, PartialEq)]
pub(super) struct Settings {
    input: Vec<String>,
    image_path: Vec<String>,
}

impl Settings {
    /// Whether pages are made of `path`, when the settings lie in `folder`.
    fn takes(&self, folder: RepoPath, path: RepoPath) -> bool {
        self.input.iter().any(|input| is_below(folder, input, path))
    }
}

pub(super) fn read_settings(file: &SourceFile) -> Settings {
    let input = values(file.text(), "INPUT");
    Settings {
        input: if input.is_empty() { vec![".".to_owned()] } else { input },
        image_path: values(file.text(), "IMAGE_PATH"),
    }
}

/// What stands behind `key`, on its line and on those that it goes on over.
fn values(text: &str, key: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut goes_on = false;
    for line in text.lines().map(str::trim) {
        let rest = line
            .strip_prefix(key)
            .map(|rest| rest.trim_start().trim_start_matches('+'))
            .and_then(|rest| rest.strip_prefix('='));
        let Some(value) = rest.or(Some(line).filter(|_| goes_on)) else { continue };
        goes_on = value.ends_with('\\');
        let words = value.trim_end_matches('\\').split_whitespace().map(|word| word.trim_matches('"'));
        found.extend(words.map(str::to_owned));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::values;

    #[test]
    fn values_of_settings() {
        let text = "# INPUT = x\nINPUT = ../../sys \\\n   \"../../boards\"\nINPUT += main.md\nINPUT_ENCODING = UTF-8\nIMAGE_PATH =\n";
        assert_eq!(values(text, "INPUT"), ["../../sys", "../../boards", "main.md"]);
        assert_eq!(values(text, "IMAGE_PATH"), [""; 0]);
    }
}
