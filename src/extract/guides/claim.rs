//! Which Markdown files are documentation.

use std::borrow::Cow;

use crate::source::{Files, NameMap, RepoPath};

const MARKDOWN: [&str; 4] = ["md", "markdown", "mdown", "mdx"];

/// Files of the forge's own folder that are written for people, by stem in lower case.
const COMMUNITY: [&str; 7] =
    ["code_of_conduct", "contributing", "governance", "maintainers", "readme", "security", "support"];

/// Judges the files of a repository. What their folders say is judged once for all that lie in one.
pub(super) struct Judge<'t> {
    files: &'t dyn Files,
    folders: NameMap<RepoPath, Admits>,
}

/// Which of the Markdown files that lie directly in a folder are pages.
#[derive(Clone, Copy)]
enum Admits {
    /// None: what lies here is filled in, or put into other pages.
    None,
    /// Those that a forge shows to people.
    Community,
    /// All: it is in a documentation folder.
    Documentation,
    /// It depends on the file.
    Some { readmes: bool, others: bool },
}

impl<'t> Judge<'t> {
    /// A judge who asks `files` what else there is.
    pub(super) fn new(files: &'t dyn Files) -> Self {
        Self { files, folders: NameMap::default() }
    }

    /// Why `path` is a page, or `None` when it is something else that happens to be Markdown: a form to be filled in, a
    /// piece of another page, test data, a licence, text that code includes.
    pub(super) fn reason(&mut self, path: RepoPath) -> Option<&'static str> {
        if !path.has_extension(&MARKDOWN) {
            return None;
        }
        let files = self.files;
        let admits = *self.folders.entry(path.parent()).or_insert_with_key(|folder| admits(*folder, files));
        let stem = in_lower_case(path.stem());
        if matches!(admits, Admits::Community) {
            return COMMUNITY.contains(&&*stem).then_some("a file for the community");
        }
        let is_piece = stem.starts_with('_') && stem != "_index";
        if is_form(&stem) || is_licence(&stem) || is_piece {
            return None;
        }
        match admits {
            Admits::Documentation => Some("Markdown in a documentation folder"),
            Admits::Some { readmes, .. } if stem == "readme" => readmes.then_some("a README"),
            Admits::Some { others, .. } => others.then_some("a Markdown file"),
            Admits::None | Admits::Community => None,
        }
    }
}

/// Most names are in lower case as they stand.
fn in_lower_case(name: &str) -> Cow<'_, str> {
    let is_lower = name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { name.into() } else { name.to_lowercase().into() }
}

fn admits(folder: RepoPath, files: &dyn Files) -> Admits {
    let names: Vec<String> = folder.parts().map(str::to_lowercase).collect();
    match names.first().map(String::as_str) {
        Some(".github" | ".gitlab") if names.len() == 1 => return Admits::Community,
        Some(".github" | ".gitlab") => return Admits::None,
        _ => {}
    }
    if names.iter().any(|name| is_form(name) || holds_pieces(name)) {
        return Admits::None;
    }
    if super::roots::is_named(folder) {
        return Admits::Documentation;
    }
    let [readmes, others] = [true, false].map(|is_readme| !is_test_data_in(&names, is_readme));
    Admits::Some { readmes, others: others && !is_between_sources(folder, files) }
}

/// A template for issues and merge requests.
fn is_form(name: &str) -> bool {
    if !name.ends_with("template") {
        return false;
    }
    let name = name.replace('-', "_");
    name.ends_with("issue_template")
        || name.ends_with("pull_request_template")
        || name.ends_with("merge_request_template")
}

fn is_licence(stem: &str) -> bool {
    let first = stem.split(['-', '_', '.']).next().unwrap_or_default();
    matches!(first, "license" | "licence" | "copying" | "licenses")
}

/// Folders of pieces that generators put into pages, and of notes that are joined into a changelog.
fn holds_pieces(folder: &str) -> bool {
    matches!(
        folder,
        "_includes"
            | "_layouts"
            | "_partials"
            | "_snippets"
            | "_templates"
            | "archetypes"
            | "changelog.d"
            | "newsfragments"
    )
}

/// Whether the file is what tests or examples work on. What stands in their folders directly or one folder further down
/// may be about them: READMEs among tests, anything among examples.
pub(super) fn is_test_data(path: RepoPath) -> bool {
    let folders: Vec<String> = path.folders().map(str::to_lowercase).collect();
    // What Sublime Text tests its syntaxes with.
    path.file_name().starts_with("syntax_test_")
        || is_test_data_in(&folders, path.stem().eq_ignore_ascii_case("readme"))
}

fn is_test_data_in(folders: &[String], is_readme: bool) -> bool {
    let below =
        |is_such: fn(&str) -> bool| folders.iter().rposition(|folder| is_such(folder)).map(|at| folders.len() - 1 - at);
    below(holds_tests).is_some_and(|depth| depth > 1 || !is_readme)
        || below(holds_examples).is_some_and(|depth| depth > 1)
}

fn holds_tests(folder: &str) -> bool {
    matches!(folder, "test" | "tests" | "__tests__" | "testsuite" | "e2e" | "corpus" | "golden" | "mocks" | "__mocks__")
        || folder.ends_with("-tests")
        || folder.ends_with("_tests")
}

fn holds_examples(folder: &str) -> bool {
    matches!(folder, "example" | "examples")
}

/// Whether a folder lies between the sources of a Rust package, where code includes files into its own documentation.
fn is_between_sources(mut folder: RepoPath, files: &dyn Files) -> bool {
    while folder != RepoPath::root() {
        let package = folder.parent();
        if folder.file_name() == "src" && package.join("Cargo.toml").is_some_and(|manifest| files.contains(manifest)) {
            // The sources of a book may share the folder of a package.
            return !package.join("book.toml").is_some_and(|book| files.contains(book));
        }
        folder = package;
    }
    false
}
