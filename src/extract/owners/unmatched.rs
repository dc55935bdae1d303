//! The rules of CODEOWNERS, and the files of the repository -> those rules that mean none of them.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use super::code_owners::{Applied, CodeOwners, Rule};
use super::pattern::{Forge, Patterns, globs};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Edit, NearestNames, did_you_mean};
use crate::source::RepoPath;

/// The rules that mean none of `paths`.
pub(super) fn unmatched_patterns(rules: &CodeOwners, applied: &Applied, paths: &[RepoPath]) -> Diagnostics {
    if rules.is_generated {
        return Diagnostics::new();
    }
    let unmatched = rules.rules.iter().zip(&applied.is_used).filter(|(_, is_used)| !**is_used);
    // Made when the first one is found.
    let near = LazyCell::new(|| {
        let folders: BTreeSet<RepoPath> = paths.iter().map(|path| path.parent()).collect();
        NearestNames::new(paths.iter().copied().chain(folders).map(RepoPath::as_str))
    });
    let finding = |(rule, _): (&Rule, &bool)| {
        if let Some(whole) = whole_folder(rule, rules.forge).filter(|whole| means_any(whole, rules.forge, paths)) {
            return (!is_said(&whole, rule, rules)).then(|| means_a_folder(rule, &whole));
        }
        let hint = match near.find(rule.pattern.trim_matches('/')).as_slice() {
            [] => "take the line out, or mend the path".to_owned(),
            near => did_you_mean(near),
        };
        let message = format!("`{}` means no file of the repository", rule.pattern);
        Some(Diagnostic::new(Code::UnmatchedCodeownersPattern, message, rule.span).hint(hint))
    };
    unmatched.filter_map(finding).collect()
}

/// The pattern that means all in the folder that `rule` names, where `rule` itself means only a file of that name.
fn whole_folder(rule: &Rule, forge: Forge) -> Option<String> {
    let pattern = rule.pattern.strip_suffix("/**").unwrap_or(&rule.pattern);
    (forge == Forge::GitLab && !pattern.is_empty() && !pattern.ends_with('/')).then(|| format!("{pattern}/"))
}

fn means_any(pattern: &str, forge: Forge, paths: &[RepoPath]) -> bool {
    let Ok(globs) = globs(pattern.trim_start_matches('!'), forge) else { return false };
    Patterns::new([globs.as_slice()])
        .is_some_and(|patterns| paths.iter().any(|path| !patterns.meaning(path.as_str()).is_empty()))
}

/// Whether another rule in the section of `rule` says `pattern`: some write both to be safe.
fn is_said(pattern: &str, rule: &Rule, rules: &CodeOwners) -> bool {
    let everywhere = format!("{pattern}**/*");
    let says = |other: &&Rule| other.pattern == pattern || other.pattern == everywhere;
    rules.rules.iter().filter(|other| other.section == rule.section).any(|other| says(&other))
}

fn means_a_folder(rule: &Rule, whole: &str) -> Diagnostic {
    let reason = match rule.pattern.ends_with("/**") {
        true => "to GitLab a `**` at the end is one `*`, and the folder holds only others",
        false => "GitLab takes it for the name of one, and it is a folder",
    };
    let message = format!("`{}` means no file: {reason}", rule.pattern);
    Diagnostic::new(Code::UnmatchedCodeownersPattern, message, rule.span)
        .hint(format!("end it with `/` for all that is in the folder: `{whole}`"))
        .fix(Some(Edit::new(rule.span, whole)))
}
