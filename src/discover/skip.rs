//! Folders whose content is nobody's documentation, in any repository; and files that say which others are read.

/// The name of the file that keeps paths from being read, in the syntax of `.gitignore`.
pub(super) const IGNORE_FILE: &str = ".livedocignore";

/// Why a folder or file of this name is not read, or `None` when it is. It is still known to exist, so links to it hold.
pub(super) fn reason_to_skip(name: &str) -> Option<&'static str> {
    match name {
        "node_modules" | "bower_components" | "vendor" | "third_party" | "third-party" => Some("code of others"),
        "target" => Some("build output"),
        "testdata" | "test-data" | "fixtures" | "Fixtures" | "__fixtures__" | "__snapshots__" | "snapshots"
        | "sbt-test" => Some("test data"),
        "exampleSite" => Some("example of a theme of Hugo"),
        ".github" | ".gitlab" => None,
        _ if name.starts_with('.') => Some("hidden"),
        _ => None,
    }
}

/// Whether the walk reads nothing in a folder called `name`.
pub fn is_skipped(name: &str) -> bool {
    reason_to_skip(name).is_some()
}

/// Whether a file called `name` says which others are read.
pub fn decides_what_is_read(name: &str) -> bool {
    matches!(name, IGNORE_FILE | ".gitignore")
}
