//! Findings that can be mended for certain -> the texts of their files without them.
//!
//! Enters: findings, each with what mends it, and the files as they are on disk. Leaves: what becomes of each file, as a text, as
//! a unified diff, and on disk. Nothing is half mended: all edits of a finding are made, or none.

mod difference;
mod raw;
mod replace;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Edit};
use crate::source::{RepoPath, SourceFile, Sources};

pub use difference::difference;
pub use replace::replace;

/// What becomes of files.
#[derive(Debug, Default)]
pub struct Mending {
    /// The files, by path.
    pub files: Vec<MendedFile>,
    /// How many findings that mends.
    pub findings: usize,
}

/// What becomes of a file, byte for byte.
#[derive(Debug)]
pub struct MendedFile {
    /// The file.
    pub path: RepoPath,
    /// What it says.
    pub old: String,
    /// What it is to say.
    pub new: String,
}

/// The files that mending `findings` changes.
pub fn concerned(findings: &[Diagnostic]) -> BTreeSet<RepoPath> {
    findings
        .iter()
        .filter_map(|found| found.fix.as_ref())
        .flat_map(|fix| &fix.edits)
        .map(|edit| edit.span.file)
        .collect()
}

/// What mends as many of `findings` as go together, the first ones first, without any that needs another file than `admits` says. The
/// files are below `root`, and as `sources` has them; those that are otherwise by now stay as they are.
pub fn mend(findings: &[Diagnostic], root: &Path, sources: &dyn Sources, admits: &dyn Fn(RepoPath) -> bool) -> Mending {
    let texts: BTreeMap<RepoPath, String> = concerned(findings)
        .into_iter()
        .filter(|path| admits(*path))
        .filter_map(|path| Some((path, read(root, path, sources)?)))
        .collect();
    let mut made: BTreeMap<RepoPath, Vec<&Edit>> = BTreeMap::new();
    let mut mended = 0;
    for fix in findings.iter().filter_map(|found| found.fix.as_ref()) {
        let is_possible = |edit: &Edit| {
            let others = made.get(&edit.span.file).into_iter().flatten();
            texts.contains_key(&edit.span.file)
                && others.into_iter().all(|other| *other == edit || go_together(other, edit))
        };
        if !fix.edits.iter().all(is_possible) {
            continue;
        }
        mended += 1;
        for edit in &fix.edits {
            let edits = made.entry(edit.span.file).or_default();
            if !edits.contains(&edit) {
                edits.push(edit);
            }
        }
    }
    let file = |(path, old): (RepoPath, String)| {
        let new = raw::apply(&old, made.get(&path)?);
        (new != old).then_some(MendedFile { path, old, new })
    };
    Mending { files: texts.into_iter().filter_map(file).collect(), findings: mended }
}

/// Whether neither of two edits is about what the other is about.
fn go_together(one: &Edit, other: &Edit) -> bool {
    let (one, other) = (one.span, other.span);
    one.start != other.start && (one.end <= other.start || other.end <= one.start)
}

/// The text of the file at `path` as it is on disk, if it is the repository's own, and what `sources` knows.
fn read(root: &Path, path: RepoPath, sources: &dyn Sources) -> Option<String> {
    let known = sources.source(path)?;
    let place = path.under(root).canonicalize().ok()?;
    let is_own = root.canonicalize().is_ok_and(|root| place.starts_with(root));
    let text = String::from_utf8(fs::read(&place).ok()?).ok()?;
    let is_known = SourceFile::new(path, text.clone()).text() == known.text();
    (is_own && is_known).then_some(text)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use std::fs;
    use std::sync::Arc;

    use super::mend;
    use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
    use crate::source::{RepoPath, SourceFile, Sources, Span};

    struct Texts;

    impl Sources for Texts {
        fn source(&self, path: RepoPath) -> Option<Arc<SourceFile>> {
            Some(Arc::new(SourceFile::new(path, "abcdef\n".to_owned())))
        }
    }

    /// A file, from where to where, and what is put there.
    type Told<'a> = (&'a str, usize, usize, &'a str);

    fn finding(edits: &[Told<'_>]) -> Diagnostic {
        let edit = |(path, start, end, text): &Told<'_>| {
            Edit::new(Span::new(RepoPath::new(path).unwrap(), *start..*end), *text)
        };
        let edits: Vec<Edit> = edits.iter().map(edit).collect();
        Diagnostic::new(Code::BrokenLink, "", edits[0].span).fix(Some(Fix { edits }))
    }

    #[test]
    fn what_does_not_go_together_waits() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "b"] {
            fs::write(folder.path().join(name), "abcdef\r\n").unwrap();
        }
        fs::write(folder.path().join("c"), "changed since\n").unwrap();
        let cases: [(&[&[Told<'_>]], &str, usize); 6] = [
            (&[&[("a", 1, 2, "B")], &[("a", 3, 4, "D")]], "a:aBcDef\r\n", 2),
            (&[&[("a", 1, 3, "X")], &[("a", 2, 4, "Y")]], "a:aXdef\r\n", 1),
            (&[&[("a", 1, 2, "X")], &[("a", 1, 2, "X")]], "a:aXcdef\r\n", 2),
            (&[&[("a", 1, 1, "X")], &[("a", 1, 1, "Y")]], "a:aXbcdef\r\n", 1),
            (&[&[("a", 1, 2, "X")], &[("a", 1, 2, "Y"), ("b", 0, 1, "Z")]], "a:aXcdef\r\n", 1),
            (&[&[("c", 1, 2, "X")], &[("forbidden", 1, 2, "X")]], "", 0),
        ];
        for (findings, expected, count) in cases {
            let findings: Vec<Diagnostic> = findings.iter().map(|edits| finding(edits)).collect();
            let mending = mend(&findings, folder.path(), &Texts, &|path| path.as_str() != "forbidden");
            let files: Vec<String> = mending.files.iter().map(|file| format!("{}:{}", file.path, file.new)).collect();
            assert_eq!((files.join(" "), mending.findings), (expected.to_owned(), count), "{findings:?}");
        }
    }
}
