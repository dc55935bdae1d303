//! A module without a file -> what is said of it.

use crate::diagnostic::{Code, Diagnostic};
use crate::extract::rust::package::CrateSource;
use crate::extract::rust::scan::{Item, span_in};
use crate::source::RepoPath;

/// That `item`, a module declared in `file`, has none of the files `candidates`, unless it may be made by a build script or is there
/// but not read.
pub(super) fn missing_file(
    item: &Item,
    candidates: &[(RepoPath, bool)],
    file: RepoPath,
    source: &CrateSource,
    is_read: impl Fn(RepoPath) -> bool,
) -> Option<Diagnostic> {
    let is_known = |path: RepoPath| source.unread.contains(&path) || is_read(path);
    let paths = candidates.iter().map(|(path, _)| *path);
    if source.is_generated || candidates.is_empty() || paths.clone().any(is_known) {
        return None;
    }
    let names: Vec<String> = paths.map(|path| format!("`{path}`")).collect();
    let message = format!("the module `{}` has no file", item.name);
    let diagnostic = Diagnostic::new(Code::MissingModuleFile, message, span_in(file, &item.place))
        .label("declared here")
        .hint(format!("create {}, or remove the declaration", names.join(" or ")));
    Some(diagnostic)
}
