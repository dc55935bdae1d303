//! Folders whose content is nobody's documentation, in any repository.

/// Why a folder or file of this name is not read, or `None` when it is. It is still known to exist, so links to it hold.
pub(super) fn reason_to_skip(name: &str) -> Option<&'static str> {
    match name {
        "node_modules" | "bower_components" | "vendor" | "third_party" | "third-party" => Some("code of others"),
        "target" => Some("build output"),
        "testdata" | "test-data" | "fixtures" | "__fixtures__" | "__snapshots__" | "snapshots" => Some("test data"),
        ".github" | ".gitlab" => None,
        _ if name.starts_with('.') => Some("hidden"),
        _ => None,
    }
}

/// Whether the walk reads nothing in a folder called `name`.
pub fn is_skipped(name: &str) -> bool {
    reason_to_skip(name).is_some()
}
