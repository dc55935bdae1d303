//! Files that are wrong on purpose, for the tests of whoever reads them.

use super::{Code, Diagnostic};
use crate::source::{Files, RepoPath};

/// What is in the names of such files, or of their folders.
const WRONG: &[&str] = &["broken", "invalid", "malformed"];

/// Folders of what tests are given.
#[rustfmt::skip]
const OF_TESTS: &[&str] =
    &["__fixtures__", "__tests__", "bench", "benches", "benchmark", "benchmarks", "fixtures", "test", "testdata", "tests"];

/// Whether `found` is about a file of data that says by its name that it is wrong, `tests/invalid_manifest/Cargo.toml`, or about what a
/// specification or other data says that only tests are given; or about one place that is read as two.
pub fn is_on_purpose(found: &Diagnostic) -> bool {
    // What several files include stands in each of them.
    if found.code == Code::DuplicateId && found.related.iter().any(|(first, _)| Some(*first) == found.span) {
        return true;
    }
    let is_of_specification = matches!(
        found.code,
        Code::DuplicateKey
            | Code::DuplicateOperationId
            | Code::ExampleDoesNotMatchSchema
            | Code::InvalidOpenapi
            | Code::UndeclaredTag
            | Code::UnresolvedRef
    );
    let is_of_test = |file: RepoPath| {
        let stem = file.stem();
        file.folders().any(|name| OF_TESTS.contains(&name))
            || ["test_", "test-"].iter().any(|beginning| stem.starts_with(beginning))
            || stem.ends_with("_test")
            || stem.contains("-with-errors")
    };
    if is_of_specification && found.span.is_some_and(|span| is_of_test(span.file)) {
        return true;
    }
    let is_of_data = matches!(
        found.code,
        Code::DuplicateKey
            | Code::InvalidJson
            | Code::InvalidOpenapi
            | Code::InvalidPromql
            | Code::InvalidRule
            | Code::InvalidRust
            | Code::InvalidToml
            | Code::InvalidUtf8
            | Code::InvalidYaml
            | Code::UnresolvedRef
    );
    let words = |path: &'static str| path.split(|separator: char| !separator.is_alphanumeric()).map(str::to_lowercase);
    // Elsewhere something may be called bad for another reason.
    let is_bad = |file: RepoPath| words(file.file_name()).any(|word| word == "bad") && is_of_test(file);
    let is_wrong = |file: RepoPath| words(file.as_str()).any(|word| WRONG.contains(&word.as_str())) || is_bad(file);
    is_of_data && found.span.is_some_and(|span| is_wrong(span.file))
}

/// Whether `found` is about a file of a chart that Helm fills in before anybody reads it, `tpl (.Files.Get "orders.json")`, or about a
/// template of another program with something in braces to be filled in, `templates/orders.yaml`.
pub fn is_filled_in(found: &Diagnostic, files: &dyn Files) -> bool {
    let is_of_form = matches!(found.code, Code::InvalidJson | Code::InvalidYaml);
    let Some(file) = found.span.map(|span| span.file).filter(|_| is_of_form) else { return false };
    let is_chart = |folder: RepoPath| files.find(folder, "Chart.yaml").is_some();
    let is_template = file.folders().any(|folder| matches!(folder, "template" | "templates"));
    let has = |sign: &str| files.source(file).is_some_and(|file| file.glance().contains(sign));
    file.above().any(is_chart) && has("{{") || is_template && has(": {")
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
            ("examples/broken/encoding.yml", Code::InvalidUtf8, true),
            ("ops/rules_invalid.yaml", Code::InvalidPromql, true),
            ("ops/rules.yaml", Code::InvalidPromql, false),
            ("ops/invalidate.yaml", Code::InvalidYaml, false),
            ("tests/data/orders.bad.yaml", Code::InvalidYaml, true),
            ("ops/bad-debts.yaml", Code::InvalidYaml, false),
            ("docs/invalid-orders.md", Code::BrokenLink, false),
            ("app/src/test/resources/orders.json", Code::UnresolvedRef, true),
            ("app/src/test/orders.yaml", Code::InvalidYaml, false),
            ("api/orders-with-errors.yaml", Code::ExampleDoesNotMatchSchema, true),
            ("api/test_orders.yaml", Code::DuplicateOperationId, true),
            ("api/testing.yaml", Code::DuplicateOperationId, false),
        ];
        for (path, code, expected) in cases {
            let found = Diagnostic::new(code, "", Span::start_of(RepoPath::new(path).unwrap()));
            assert_eq!(is_on_purpose(&found), expected, "{path}");
        }
    }
}
