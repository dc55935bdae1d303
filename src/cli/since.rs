//! `livedoc check --since REVISION`: what of the findings the changes since brought.

use super::Failure;
use super::arguments::Everywhere;
use super::progress::progress;
use crate::check::is_of_other_sites;
use crate::config::Project;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, compare_baseline, write_baseline};
use crate::discover::{EditedFile, check_out, find_commit, find_common_commit, find_edits};
use crate::pipeline::{Earlier, analyse};
use crate::source::RepoPath;

/// What of `findings` was not found in the revision.
pub(super) fn since(
    findings: Diagnostics,
    project: &Project,
    revision: &str,
    everywhere: &Everywhere,
) -> Result<Diagnostics, Failure> {
    let root = &project.root;
    let commit = find_common_commit(root, &find_commit(root, revision)?, "HEAD")?;
    let edits = find_edits(root, &commit, None)?;
    let before = check_out(root, &commit, |_| true)?;
    // There is no history of the revision's own, and other sites did not say then what they say now: what is found by them is told by
    // what was edited.
    let then = Project { root: before.folder(), ..project.without_history() };
    let known = analyse(&then, Earlier::NOTHING, progress(everywhere.quiet).as_ref()).diagnostics;
    let new = compare_baseline(findings, &write_baseline(&known)).new;
    Ok(new.into_iter().filter(|finding| !is_by_others(finding) || is_of_edits(finding, &edits)).collect())
}

/// Whether `finding` needs the history or other sites, or says of a comment that it suppresses nothing that would.
fn is_by_others(finding: &Diagnostic) -> bool {
    let code = match finding.code {
        Code::UnusedSuppression => named(finding).parse().unwrap_or(finding.code),
        code => code,
    };
    #[rustfmt::skip]
    let needs_history = [Code::MissingPath, Code::OldPage, Code::StaleFileReference, Code::StalePage, Code::UnknownHistory];
    is_of_other_sites(code) || needs_history.contains(&code)
}

/// Whether `finding` is about one of `edits`: a file that was edited, or the path of one that was taken away.
fn is_of_edits(finding: &Diagnostic, edits: &[EditedFile]) -> bool {
    let places = finding.span.into_iter().chain(finding.related.iter().map(|(span, _)| *span));
    let files: Vec<RepoPath> = places.map(|span| span.file).collect();
    let lost = named(finding).trim_start_matches("./").trim_start_matches("../");
    let takes_away = |edit: &EditedFile| edit.is_gone && edit.path.as_str().contains(lost);
    let is_lost = finding.code == Code::MissingPath && !lost.is_empty();
    edits.iter().any(|edit| files.contains(&edit.path) || (is_lost && takes_away(edit)))
}

/// What the message of `finding` begins with in backticks.
fn named(finding: &Diagnostic) -> &str {
    finding.message.strip_prefix('`').and_then(|rest| rest.split('`').next()).unwrap_or_default()
}
