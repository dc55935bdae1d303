//! Files that are wrong on purpose, for the tests of whoever reads them.

use super::{Code, Diagnostic};

/// What is in the names of such files, or of their folders.
const WRONG: &[&str] = &["broken", "invalid", "malformed"];

/// Whether `found` is about a file of data that says by its name that it is wrong: `tests/invalid_manifest/Cargo.toml`.
pub fn is_on_purpose(found: &Diagnostic) -> bool {
    let is_of_data = matches!(
        found.code,
        Code::DuplicateKey
            | Code::InvalidJson
            | Code::InvalidOpenapi
            | Code::InvalidPromql
            | Code::InvalidRule
            | Code::InvalidRust
            | Code::InvalidToml
            | Code::InvalidYaml
            | Code::UnresolvedRef
    );
    let is_wrong = |path: &str| {
        path.split(|separator: char| !separator.is_alphanumeric())
            .any(|word| WRONG.contains(&word.to_lowercase().as_str()))
    };
    is_of_data && found.span.is_some_and(|span| is_wrong(span.file.as_str()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::is_on_purpose;
    use crate::diagnostic::{Code, Diagnostic};
    use crate::source::{RepoPath, Span};

    #[test]
    fn what_says_so_itself() {
        let cases = [
            ("tests/invalid_manifest/Cargo.toml", Code::InvalidToml, true),
            ("ops/rules_invalid.yaml", Code::InvalidPromql, true),
            ("ops/rules.yaml", Code::InvalidPromql, false),
            ("ops/invalidate.yaml", Code::InvalidYaml, false),
            ("docs/invalid-orders.md", Code::BrokenLink, false),
        ];
        for (path, code, expected) in cases {
            let found = Diagnostic::new(code, "", Span::start_of(RepoPath::new(path).unwrap()));
            assert_eq!(is_on_purpose(&found), expected, "{path}");
        }
    }
}
