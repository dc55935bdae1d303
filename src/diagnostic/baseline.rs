//! Findings that are known and tolerated until somebody mends them, as lines of a file.
//!
//! Enters: the findings of a run and the file's text. Leaves: the findings that are new, and the lines whose findings
//! are mended. A line says which rule found what in which file and nothing of the place in it, so that edits around a
//! known finding do not make it a new one.

use std::collections::BTreeMap;

use super::{Diagnostic, Diagnostics};

const HEAD: &str = "\
# Findings that are tolerated until they are mended. New ones fail; a line whose finding is mended must leave the file.
# Written by `livedoc check --baseline FILE --update-baseline`.
";

/// Whether `text` is of such a file, or nothing.
pub fn is_baseline(text: &str) -> bool {
    text.trim().is_empty() || text.lines().next() == HEAD.lines().next()
}

/// What is left of the findings of a run.
#[derive(Debug, PartialEq, Eq)]
pub struct Compared {
    /// Findings that the file does not have.
    pub new: Diagnostics,
    /// Lines of the file that no finding has, each with its number, from 1.
    pub mended: Vec<(usize, String)>,
}

/// The file for `findings`: a line for each, sorted.
pub fn write_baseline(findings: &[Diagnostic]) -> String {
    let mut lines: Vec<String> = findings.iter().map(line).collect();
    lines.sort();
    let mut text = HEAD.to_owned();
    for line in lines {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// Holds `findings` against the file `text`. A finding that is there twice needs two lines.
pub fn compare_baseline(findings: Diagnostics, text: &str) -> Compared {
    let mut known: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim_end();
        if !line.is_empty() && !line.starts_with('#') {
            known.entry(line).or_default().push(index + 1);
        }
    }
    let is_new = |finding: &Diagnostic| known.get_mut(line(finding).as_str()).and_then(Vec::pop).is_none();
    let new = findings.into_iter().filter(is_new).collect();
    let left =
        known.into_iter().flat_map(|(line, numbers)| numbers.into_iter().map(|number| (number, line.to_owned())));
    let mut mended: Vec<(usize, String)> = left.collect();
    mended.sort();
    Compared { new, mended }
}

/// `broken-link docs/guide.md: there is no …`
fn line(finding: &Diagnostic) -> String {
    let message = finding.message.replace(['\n', '\r'], " ");
    match finding.span {
        Some(span) => format!("{} {}: {message}", finding.code, span.file),
        None => format!("{}: {message}", finding.code),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{compare_baseline, write_baseline};
    use crate::diagnostic::{Code, Diagnostic};
    use crate::source::{RepoPath, Span};

    fn finding(message: &str, at: usize) -> Diagnostic {
        Diagnostic::new(Code::BrokenLink, message, Span::new(RepoPath::new("a.md").unwrap(), at..at + 1))
    }

    #[test]
    fn known_findings_are_tolerated_and_mended_ones_must_go() {
        let before = [finding("no b", 1), finding("no b", 5), finding("no c", 9)];
        let text = write_baseline(&before);
        let moved = vec![finding("no b", 70), finding("no d", 2)];
        let compared = compare_baseline(moved, &text);
        assert_eq!(compared.new, [finding("no d", 2)]);
        let lines: Vec<&str> = compared.mended.iter().map(|(_, line)| line.as_str()).collect();
        assert_eq!(lines, ["broken-link a.md: no b", "broken-link a.md: no c"]);
        assert_eq!(text.lines().nth(compared.mended[0].0 - 1), Some("broken-link a.md: no b"));
        let again = compare_baseline(before.to_vec(), &text);
        assert_eq!((again.new, again.mended), (Vec::new(), Vec::new()));
        assert_eq!(compare_baseline(before.to_vec(), "").new, before);
    }
}
