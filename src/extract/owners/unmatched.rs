//! The rules of CODEOWNERS, and the files of the repository -> those rules that mean none of them.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use globset::Glob;

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
    let unmatched: Vec<&Rule> = unmatched.map(|(rule, _)| rule).filter(|rule| !is_guard(&rule.pattern)).collect();
    let wholes: Vec<Option<String>> = unmatched.iter().map(|rule| whole_folder(rule, rules.forge)).collect();
    let are_there = which_mean_any(&wholes, rules.forge, paths);
    let said: BTreeSet<(usize, &str)> = rules.rules.iter().map(|rule| (rule.section, rule.pattern.as_str())).collect();
    // Made when the first one is found.
    let near = LazyCell::new(|| {
        let folders: BTreeSet<RepoPath> = paths.iter().map(|path| path.parent()).collect();
        NearestNames::new(paths.iter().copied().chain(folders).map(RepoPath::as_str))
    });
    let finding = |(place, rule): (usize, &Rule)| {
        if let Some(whole) = wholes[place].as_deref().filter(|_| are_there.contains(&place)) {
            // Some write both to be safe.
            let is_said = [whole, &format!("{whole}**/*")].iter().any(|text| said.contains(&(rule.section, *text)));
            return (!is_said).then(|| means_a_folder(rule, whole));
        }
        let hint = match near.find(rule.pattern.trim_matches('/')).as_slice() {
            [] => "take the line out, or mend the path".to_owned(),
            near => did_you_mean(near),
        };
        let message = format!("`{}` means no file of the repository", rule.pattern);
        Some(Diagnostic::new(Code::UnmatchedCodeownersPattern, message, rule.span).hint(hint))
    };
    unmatched.iter().copied().enumerate().filter_map(finding).collect()
}

/// Whether a pattern is of a file that nobody shall add unseen: owners themselves, and what programs that write code obey.
fn is_guard(pattern: &str) -> bool {
    const GUARDED: &[&str] = &[
        ".cursorrules",
        ".windsurfrules",
        "AGENTS.md",
        "CLAUDE.md",
        "CODEOWNERS",
        "GEMINI.md",
        "copilot-instructions.md",
    ];
    GUARDED.contains(&pattern.rsplit('/').next().unwrap_or(pattern))
}

/// The pattern that means all in the folder that `rule` names, where `rule` itself means only a file of that name.
fn whole_folder(rule: &Rule, forge: Forge) -> Option<String> {
    let pattern = rule.pattern.strip_suffix("/**").unwrap_or(&rule.pattern);
    (forge == Forge::GitLab && !pattern.is_empty() && !pattern.ends_with('/')).then(|| format!("{pattern}/"))
}

/// The places of those of `patterns` that mean any of `paths`.
fn which_mean_any(patterns: &[Option<String>], forge: Forge, paths: &[RepoPath]) -> BTreeSet<usize> {
    let read = |pattern: &Option<String>| {
        pattern.as_deref().and_then(|pattern| globs(pattern.trim_start_matches('!'), forge).ok()).unwrap_or_default()
    };
    let globs: Vec<Vec<Glob>> = patterns.iter().map(read).collect();
    let together = Patterns::new(globs.iter().map(Vec::as_slice));
    together
        .map_or_else(BTreeSet::new, |together| paths.iter().flat_map(|path| together.meaning(path.as_str())).collect())
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
