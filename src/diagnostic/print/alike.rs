//! Findings -> those that people want to read: what is found at very many places of a file is told once.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::RepoPath;

/// So many findings of a file that say the same are told one by one: a changelog may lead to a file that is no more from each release.
const MOST: usize = 20;

/// A finding that is told, and how many like it are not.
pub(super) struct Told<'d> {
    pub(super) finding: &'d Diagnostic,
    pub(super) more: usize,
}

/// What of `findings` is told, in their order.
pub(super) fn told(findings: &[Diagnostic]) -> Vec<Told<'_>> {
    let mut alike: HashMap<(RepoPath, Code, &str), usize> = HashMap::new();
    for key in findings.iter().filter_map(key) {
        *alike.entry(key).or_default() += 1;
    }
    let tell = |finding| {
        let count = key(finding).and_then(|key| alike.get_mut(&key)).filter(|count| **count == 0 || **count > MOST);
        match count {
            None => Some(Told { finding, more: 0 }),
            Some(0) => None,
            // Those that follow are not told.
            Some(count) => Some(Told { finding, more: std::mem::take(count) - 1 }),
        }
    };
    findings.iter().filter_map(tell).collect()
}

/// What findings that say the same have in common. One that can be mended is told in any case.
fn key(finding: &Diagnostic) -> Option<(RepoPath, Code, &str)> {
    finding.span.filter(|_| finding.fix.is_none()).map(|span| (span.file, finding.code, finding.message.as_str()))
}

#[cfg(test)]
mod tests {
    use super::{MOST, told};
    use crate::diagnostic::{Code, Diagnostic};
    use crate::source::{RepoPath, Span};

    #[test]
    fn what_is_found_very_often_is_told_once() {
        let file = RepoPath::new("a.md").unwrap_or_else(RepoPath::root);
        let at = |message: &str, place| Diagnostic::new(Code::BrokenLink, message, Span::new(file, place..place + 1));
        for (many, expected) in [(MOST, vec![0; MOST + 1]), (MOST + 5, vec![MOST + 4, 0])] {
            let mut findings: Vec<Diagnostic> = (0..many).map(|place| at("many", place)).collect();
            findings.insert(many / 2, at("one", 0));
            assert_eq!(told(&findings).iter().map(|told| told.more).collect::<Vec<_>>(), expected, "{many}");
        }
    }
}
