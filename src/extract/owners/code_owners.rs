//! A CODEOWNERS file of GitHub or GitLab -> its rules, and which of them hold for a file.
//!
//! On GitHub the last rule that means a file holds. On GitLab that is so in each section, and what a section says first after its
//! name are the owners of its rules that name none.

use std::sync::Arc;

use globset::Glob;

use super::name::{Owner, of_code_owner};
use super::pattern::{Forge, Patterns, globs};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{RepoPath, SourceFile, Span};

/// The places where forges look for the file, the first of which counts.
pub(super) const PLACES: &[&str] = &[".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

/// A file has no more rules than are ever looked at.
const MOST_RULES: usize = 20_000;

/// A line that says who owns something.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// The pattern as it is written.
    pub(super) pattern: String,
    pub(super) span: Span,
    /// Nobody when the line takes files out.
    pub(super) owners: Vec<Owner>,
    /// Whether files that it means belong to nobody in its section, whatever stands behind it.
    is_exclusion: bool,
    section: usize,
    globs: Vec<Glob>,
}

/// What a file says.
#[derive(Clone, Debug, Default)]
pub(crate) struct CodeOwners {
    pub(super) rules: Vec<Rule>,
    /// Whether the file says that a program makes it, which knows of things that are elsewhere.
    pub(super) is_generated: bool,
    pub(super) diagnostics: Diagnostics,
}

/// Reads `file`.
pub(super) fn read(file: &Arc<SourceFile>) -> CodeOwners {
    let text = file.text();
    let is_header = |line: &str| section(line.trim()).is_some();
    let forge = match file.path().as_str().starts_with(".gitlab/") || text.lines().any(is_header) {
        true => Forge::GitLab,
        false => Forge::GitHub,
    };
    let comments = text.lines().take_while(|line| line.trim().is_empty() || line.starts_with('#'));
    let is_generated = comments.map(str::to_lowercase).any(|line| line.contains("generated"));
    let mut found = CodeOwners { is_generated, ..CodeOwners::default() };
    let mut sections: Vec<String> = vec![String::new()];
    let (mut current, mut defaults) = (0, Vec::new());
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let words = words(line, at);
        let Some((first, place)) = words.first() else { continue };
        if forge == Forge::GitLab
            && let Some(name) = section(line.trim())
        {
            let name = name.to_lowercase();
            current = sections.iter().position(|known| *known == name).unwrap_or_else(|| {
                sections.push(name);
                sections.len() - 1
            });
            let behind = words.iter().skip_while(|(word, _)| !word.ends_with(']')).skip(1);
            defaults = owners(file, behind, &mut found.diagnostics);
            continue;
        }
        if found.rules.len() >= MOST_RULES {
            break;
        }
        let span = file.span(*place..*place + first.len());
        let pattern = first.strip_prefix('!').filter(|_| forge == Forge::GitLab);
        let is_exclusion = pattern.is_some();
        match globs(pattern.unwrap_or(first), forge) {
            Ok(globs) => {
                let stated = owners(file, words.iter().skip(1), &mut found.diagnostics);
                let owners = if stated.is_empty() && words.len() == 1 { defaults.clone() } else { stated };
                let pattern = (*first).to_owned();
                found.rules.push(Rule { pattern, span, owners, is_exclusion, section: current, globs });
            }
            Err(reason) => found.diagnostics.push(invalid(reason, span)),
        }
    }
    found
}

/// The words of a line up to a comment, each with its place; a space behind `\` is a part of its word.
fn words(line: &str, at: usize) -> Vec<(&str, usize)> {
    let mut words = Vec::new();
    let mut start = None;
    let mut escaped = false;
    for (place, character) in line.char_indices() {
        let ends = character.is_whitespace() && !escaped;
        match start {
            None if ends => {}
            None if character == '#' => return words,
            None => start = Some(place),
            Some(from) if ends => {
                words.push((&line[from..place], at + from));
                start = None;
            }
            Some(_) => {}
        }
        escaped = character == '\\' && !escaped;
    }
    if let Some(from) = start {
        words.push((&line[from..], at + from));
    }
    words
}

/// The name of the section that a line opens: `[Documentation]`, `^[Optional]`, `[Two approvals][2] @default`.
fn section(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('^').unwrap_or(line).strip_prefix('[')?;
    let (name, behind) = rest.split_once(']')?;
    // A pattern may begin with a class of characters.
    let behind = match behind.strip_prefix('[') {
        Some(count) => count.split_once(']').filter(|(count, _)| count.parse::<u32>().is_ok())?.1,
        None => behind,
    };
    let is_apart = behind.is_empty() || behind.starts_with(char::is_whitespace);
    (is_apart && !name.trim().is_empty()).then(|| name.trim())
}

fn owners<'w>(
    file: &SourceFile,
    words: impl Iterator<Item = &'w (&'w str, usize)>,
    diagnostics: &mut Diagnostics,
) -> Vec<Owner> {
    let mut owners = Vec::new();
    for (word, place) in words {
        match of_code_owner(word) {
            Some(owner) => owners.push(owner),
            // A role of GitLab's is nobody in particular.
            None if word.starts_with("@@") => {}
            None => {
                let span = file.span(*place..*place + word.len());
                diagnostics.push(invalid("this is no owner", span));
            }
        }
    }
    owners
}

fn invalid(reason: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::InvalidCodeowners, reason, span)
        .hint("a line is a pattern and its owners: `/docs/ @organisation/team @user someone@example.com`")
}

impl CodeOwners {
    /// For each of `files` the rules that hold, and for each rule whether it means any of these, or one of the folders `empty`.
    pub(super) fn apply(&self, files: &[RepoPath], empty: &[RepoPath]) -> Applied {
        let mut applied = Applied { holding: Vec::new(), is_used: vec![false; self.rules.len()] };
        let Some(patterns) = Patterns::new(self.rules.iter().map(|rule| rule.globs.as_slice())) else {
            applied.is_used.fill(true);
            applied.holding.resize_with(files.len(), Vec::new);
            return applied;
        };
        for folder in empty {
            patterns.meaning(&format!("{folder}/")).into_iter().for_each(|number| applied.is_used[number] = true);
        }
        for file in files {
            let meant = patterns.meaning(file.as_str());
            meant.iter().for_each(|number| applied.is_used[*number] = true);
            applied.holding.push(self.holding(&meant));
        }
        applied
    }

    /// Of the rules that mean a file, ascending, those that hold: in each section the last one, unless one takes the file out.
    fn holding(&self, meant: &[usize]) -> Vec<usize> {
        let mut holding: Vec<usize> = Vec::new();
        for &number in meant {
            let section = self.rules[number].section;
            let is_of_section = |number: &usize| self.rules[*number].section == section;
            let is_out = meant.iter().any(|other| self.rules[*other].is_exclusion && is_of_section(other));
            holding.retain(|known| !is_of_section(known));
            holding.extend((!is_out).then_some(number));
        }
        holding
    }
}

/// What rules say of files.
pub(super) struct Applied {
    /// For each file the rules that hold for it.
    pub(super) holding: Vec<Vec<usize>>,
    /// For each rule whether it means anything that is there.
    pub(super) is_used: Vec<bool>,
}
