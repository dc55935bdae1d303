//! Which Markdown files are documentation.

use crate::source::{Files, RepoPath};

const MARKDOWN: [&str; 4] = ["md", "markdown", "mdown", "mdx"];

/// Files of the forge's own folder that are written for people, by stem in lower case.
const COMMUNITY: [&str; 7] =
    ["code_of_conduct", "contributing", "governance", "maintainers", "readme", "security", "support"];

/// Why `path` is a page, or `None` when it is something else that happens to be Markdown: a form to be filled in, a
/// piece of another page, test data, a licence, text that code includes.
pub(super) fn reason(path: RepoPath, files: &dyn Files) -> Option<&'static str> {
    if !path.has_extension(&MARKDOWN) {
        return None;
    }
    let stem = path.stem().to_lowercase();
    let is_readme = stem == "readme";
    let folders: Vec<String> = path.folders().map(str::to_lowercase).collect();
    if folders.first().is_some_and(|first| matches!(first.as_str(), ".github" | ".gitlab")) {
        return (folders.len() == 1 && COMMUNITY.contains(&stem.as_str())).then_some("a file for the community");
    }
    if is_form(&stem) || is_licence(&stem) || folders.iter().any(|folder| is_form(folder) || holds_pieces(folder)) {
        return None;
    }
    if stem.starts_with('_') && stem != "_index" {
        return None;
    }
    if super::roots::of(path, &[]).is_some() {
        return Some("Markdown in a documentation folder");
    }
    if is_test_data(path) || (!is_readme && is_between_sources(path, files)) {
        return None;
    }
    Some(if is_readme { "a README" } else { "a Markdown file" })
}

/// A template for issues and merge requests.
fn is_form(name: &str) -> bool {
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
    let below =
        |is_such: fn(&str) -> bool| folders.iter().rposition(|folder| is_such(folder)).map(|at| folders.len() - 1 - at);
    let is_readme = path.stem().eq_ignore_ascii_case("readme");
    below(holds_tests).is_some_and(|depth| depth > 1 || !is_readme)
        || below(holds_examples).is_some_and(|depth| depth > 1)
}

fn holds_tests(folder: &str) -> bool {
    matches!(folder, "test" | "tests" | "__tests__" | "testsuite" | "e2e" | "corpus" | "golden" | "mocks" | "__mocks__")
}

fn holds_examples(folder: &str) -> bool {
    matches!(folder, "example" | "examples")
}

/// Whether the file lies between the sources of a Rust package, where code includes it into its own documentation.
fn is_between_sources(path: RepoPath, files: &dyn Files) -> bool {
    let mut folder = path.parent();
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
