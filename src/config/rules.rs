//! How much findings matter: by their rule, and by the file that they are in.

use std::collections::BTreeMap;

use super::Patterns;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::source::{RepoPath, Span};

/// What the user says about rules.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// Levels that differ from the codes' own.
    pub levels: BTreeMap<Code, Level>,
    /// Levels for the files of some paths, which stand over those. Of two that say something about a file the later one holds.
    pub overrides: Vec<Override>,
    /// How many days without a change make a page old; `None` when age is nothing.
    pub old_after_days: Option<u32>,
}

/// Levels for the files of some paths.
#[derive(Clone, Debug, PartialEq)]
pub struct Override {
    /// Which files, by globs.
    pub globs: Vec<Glob>,
    /// The levels of single rules.
    pub levels: BTreeMap<Code, Level>,
    /// The level of all others that are on.
    pub all: Option<Level>,
}

/// A glob, and where it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Glob {
    /// As it is written.
    pub written: String,
    /// Where, in the configuration file.
    pub span: Span,
    pub(super) patterns: Patterns,
}

impl Rules {
    /// How much findings of `code` in the file at `path` matter, or those in no file.
    pub fn level(&self, code: Code, path: Option<RepoPath>) -> Level {
        self.stated(code, path).unwrap_or_else(|| code.default_level())
    }

    /// How much `finding` matters. A rule may take one of its findings more seriously than others; who configures the rule
    /// means all of them.
    pub fn level_of(&self, finding: &Diagnostic) -> Level {
        self.stated(finding.code, finding.span.map(|span| span.file)).unwrap_or(finding.level)
    }

    /// Whether findings of `code` matter in some file.
    pub fn are_asked(&self, code: Code) -> bool {
        let levels = self.overrides.iter().filter_map(|one| one.levels.get(&code));
        self.level(code, None) != Level::Off || levels.into_iter().any(|level| *level != Level::Off)
    }

    /// What is said of `code` in the file at `path`: by the latest that names the rule, and by what says something of all since, unless
    /// the rule is off by then.
    fn stated(&self, code: Code, path: Option<RepoPath>) -> Option<Level> {
        let mut named = self.levels.get(&code).copied();
        let mut all = None;
        let there = self.overrides.iter().filter(|one| path.is_some_and(|path| one.matches(path)));
        for one in there {
            match one.levels.get(&code) {
                Some(level) => (named, all) = (Some(*level), None),
                None => all = one.all.or(all),
            }
        }
        let is_on = named.unwrap_or_else(|| code.default_level()) != Level::Off;
        all.filter(|_| is_on && code != Code::InvalidConfiguration).or(named)
    }
}

impl Override {
    fn matches(&self, path: RepoPath) -> bool {
        self.globs.iter().any(|glob| glob.matches(path))
    }
}

impl Glob {
    /// Whether it fits `path`.
    pub fn matches(&self, path: RepoPath) -> bool {
        self.patterns.matches(path)
    }
}
