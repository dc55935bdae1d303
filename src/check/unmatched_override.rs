//! Levels for the files of a path under which there is none.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, NearestNames, did_you_mean};
use crate::source::{Files, RepoPath};

/// Globs of `rules.overrides` that fit no file.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let globs = subject.project.rules.overrides.iter().flat_map(|one| &one.globs);
    let unmatched = globs.filter(|glob| !subject.tree.paths().any(|path| glob.matches(path)));
    let finding = |glob: &crate::config::Glob| {
        let message = format!("`{}` means no file of the repository", glob.written);
        let diagnostic = match subject.project.configuration {
            Some(_) => Diagnostic::new(Code::UnmatchedOverride, message, glob.span),
            // The file is another repository's.
            None => Diagnostic::without_place(Code::UnmatchedOverride, message),
        };
        let plain = glob.written.trim_start_matches("./").trim_matches('/');
        let names = NearestNames::new(subject.tree.paths().map(RepoPath::as_str));
        diagnostic.hint(match names.find(plain.trim_end_matches("/**")).as_slice() {
            [] => "mend the path, or take it out".to_owned(),
            near => did_you_mean(near),
        })
    };
    unmatched.map(finding).collect()
}
