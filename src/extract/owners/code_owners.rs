//! A CODEOWNERS file of GitHub or GitLab -> its rules, and which of them hold for a file.
//!
//! On GitHub the last rule that means a file holds. On GitLab that is so in each section, and what a section says first after its
//! name are the owners of its rules that name none.

use std::collections::BTreeMap;
use std::ops::Range;

use globset::Glob;

use super::name::{Owner, of_code_owner};
use super::pattern::{Forge, Patterns, globs};
use super::section::{self, Section};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{RepoPath, SourceFile, Span};

/// A file has no more rules than are ever looked at.
const MOST_RULES: usize = 20_000;

/// What a line is, for those who wrote something else.
const A_LINE: &str = "a line is a pattern and its owners: `/docs/ @organisation/team @user someone@example.com`";

/// For those who wrote a comment behind something.
const OWN_LINE: &str = "put the comment on a line of its own";

/// A line that says who owns something.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// The pattern as it is written.
    pub(super) pattern: String,
    pub(super) span: Span,
    /// Nobody when the line takes files out.
    pub(super) owners: Vec<Owner>,
    /// Whether files that it means belong to nobody in its section, whatever stands behind it.
    pub(super) is_exclusion: bool,
    /// Which of the sections it stands in.
    pub(super) section: usize,
    globs: Vec<Glob>,
}

/// What a file says.
#[derive(Clone, Debug)]
pub(super) struct CodeOwners {
    /// Who reads it.
    pub(super) forge: Forge,
    pub(super) rules: Vec<Rule>,
    /// The first one has no name: it is what stands before all others.
    pub(super) sections: Vec<Section>,
    /// Whether the file says that a program makes it, which knows of things that are elsewhere.
    pub(super) is_generated: bool,
    pub(super) diagnostics: Diagnostics,
}

/// Reads `file` of a repository on `forge`, if that is known.
pub(super) fn read(file: &SourceFile, forge: Option<Forge>) -> CodeOwners {
    let text = file.text();
    let place = file.path().as_str();
    let is_of_gitlab = place.starts_with(".gitlab/") || forge == Some(Forge::GitLab) && !place.starts_with(".github/");
    let forge = match is_of_gitlab || text.lines().any(|line| section::is_plain(line.trim())) {
        true => Forge::GitLab,
        false => Forge::GitHub,
    };
    let comments = text.lines().take_while(|line| line.trim().is_empty() || line.starts_with('#'));
    let is_generated = comments.map(str::to_lowercase).any(|line| line.contains("generated"));
    let (rules, sections) = (Vec::new(), vec![Section::default()]);
    let mut reader = Reader {
        file,
        found: CodeOwners { forge, rules, sections, is_generated, diagnostics: Diagnostics::new() },
        section: 0,
        defaults: Vec::new(),
    };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = words(line, start, forge);
        if let Some((_, at)) = words.first() {
            reader.line(&line[at - start..], *at, &words);
        }
        if reader.found.rules.len() >= MOST_RULES {
            break;
        }
        start += line.len();
    }
    reader.found
}

/// A word, and where it stands in the file.
type Word<'t> = (&'t str, usize);

/// The words of a line, each with its place; a space behind `\` is a part of its word. GitHub leaves out what follows a `#`, and
/// GitLab only a line that begins with one.
fn words(line: &str, at: usize, forge: Forge) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut escaped = false;
    for (place, character) in line.char_indices() {
        let ends = character.is_whitespace() && !escaped;
        match start {
            None if ends => {}
            None if character == '#' && (forge == Forge::GitHub || words.is_empty()) => return words,
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

/// What has been read so far.
struct Reader<'a> {
    file: &'a SourceFile,
    found: CodeOwners,
    /// The section that the next rule stands in.
    section: usize,
    /// The owners of its rules that name none.
    defaults: Vec<Owner>,
}

impl Reader<'_> {
    /// Reads the line that begins at `at` and has these words.
    fn line(&mut self, line: &str, at: usize, words: &[Word<'_>]) {
        let is_on_gitlab = self.found.forge == Forge::GitLab;
        let Some((&(first, place), behind)) = words.split_first() else { return };
        if let Some(opening) = section::opening(line.trim_end()).filter(|_| is_on_gitlab) {
            if opening.is_attached {
                self.reject(
                    "GitLab takes this for the name of a section",
                    "let the pattern begin otherwise: with `/`",
                    at..at + opening.end,
                );
            }
            let behind = words.iter().filter(|(_, place)| !opening.is_attached && *place >= at + opening.end);
            self.defaults = self.owners(behind.copied(), false);
            self.open(opening.section);
            return;
        }
        let range = place..place + first.len();
        if is_on_gitlab && section::is_unclosed(line) {
            self.reject("the name of a section is not closed", "add `]` behind it", range);
            return;
        }
        let pattern = first.strip_prefix('!').filter(|_| is_on_gitlab);
        let is_exclusion = pattern.is_some();
        match globs(pattern.unwrap_or(first), self.found.forge) {
            Ok(globs) => {
                let stated = self.owners(behind.iter().copied(), !is_exclusion && !self.defaults.is_empty());
                let owners = match () {
                    () if is_exclusion => Vec::new(),
                    () if behind.is_empty() => self.defaults.clone(),
                    () => stated,
                };
                let (pattern, span) = (first.to_owned(), self.file.span(range));
                self.found.rules.push(Rule { pattern, span, owners, is_exclusion, section: self.section, globs });
            }
            Err(reason) => self.reject(reason, A_LINE, range),
        }
    }

    /// Goes on in `section`, which may have been opened before.
    fn open(&mut self, section: Section) {
        let is_it = |known: &Section| known.name.to_lowercase() == section.name.to_lowercase();
        let known = self.found.sections.iter().skip(1).position(is_it);
        self.section = known.map_or(self.found.sections.len(), |place| place + 1);
        if known.is_none() {
            self.found.sections.push(section);
        }
    }

    /// The owners among `words`. A comment is none to GitLab: owners in it count, and where it stands for the owners, nobody is
    /// one by default.
    fn owners<'w>(&mut self, words: impl Iterator<Item = Word<'w>>, has_defaults: bool) -> Vec<Owner> {
        let forge = self.found.forge;
        let mut owners = Vec::new();
        let mut comment = None;
        for (word, place) in words.flat_map(|word| parts(word, forge)) {
            let range = place..place + word.len();
            comment = comment.or_else(|| word.starts_with('#').then_some((place, owners.is_empty())));
            match (of_code_owner(word, forge), comment) {
                (Some(owner), None) => owners.push(owner),
                (Some(owner), Some(_)) => {
                    self.reject("GitLab knows no comment here and takes this for an owner", OWN_LINE, range);
                    owners.push(owner);
                }
                (None, None) if forge == Forge::GitLab && word.starts_with("@@") => {
                    self.reject(
                        "GitLab knows no such role",
                        "roles are `@@developer`, `@@maintainer` and `@@owner`",
                        range,
                    );
                }
                (None, None) => self.reject("this is no owner", A_LINE, range),
                (None, Some(_)) => {}
            }
        }
        if let Some((place, true)) = comment.filter(|_| has_defaults && owners.is_empty()) {
            self.reject("GitLab knows no comment here: nobody owns these files", OWN_LINE, place..place + 1);
        }
        owners
    }

    fn reject(&mut self, reason: &str, hint: &str, range: Range<usize>) {
        let finding = Diagnostic::new(Code::InvalidCodeowners, reason, self.file.span(range)).hint(hint);
        self.found.diagnostics.push(finding);
    }
}

/// The parts of a word that may be owners: GitLab finds them between commas and in brackets, too.
fn parts(word: Word<'_>, forge: Forge) -> Vec<Word<'_>> {
    let (word, at) = word;
    let ends = |character: char| forge == Forge::GitLab && matches!(character, ',' | ';' | '(' | ')');
    let mut at = at;
    let mut parts = Vec::new();
    for part in word.split_inclusive(ends) {
        let name = part.trim_end_matches(ends);
        parts.extend((!name.is_empty()).then_some((name, at)));
        at += part.len();
    }
    parts
}

/// The rules of so many sections hold for one file; more, on all files of a repository, cost memory by the product of both.
const MOST_HELD: usize = 100;

impl CodeOwners {
    /// For each of `files` the rules that hold, and for each rule whether it means any of these, or one of the folders `empty`.
    pub(super) fn apply(&self, files: &[RepoPath], empty: &[RepoPath]) -> Applied {
        let mut applied = Applied { holding: Vec::new(), is_used: vec![false; self.rules.len()] };
        let Some(patterns) = Patterns::new(self.rules.iter().map(|rule| rule.globs.as_slice())) else {
            applied.is_used.fill(true);
            applied.holding.resize_with(files.len(), Held::default);
            return applied;
        };
        // Git has a submodule as a file, and readers as a folder.
        for path in empty.iter().flat_map(|folder| [folder.to_string(), format!("{folder}/")]) {
            patterns.meaning(&path).into_iter().for_each(|number| applied.is_used[number] = true);
        }
        for file in files {
            let meant = patterns.meaning(file.as_str());
            meant.iter().for_each(|number| applied.is_used[*number] = true);
            applied.holding.push(self.held(&meant));
        }
        applied
    }

    /// Of the rules that mean a file, ascending, those that hold: in each section the last one, unless one takes the file out.
    fn held(&self, meant: &[usize]) -> Held {
        let mut last: BTreeMap<usize, usize> = BTreeMap::new();
        let mut out: BTreeMap<usize, usize> = BTreeMap::new();
        for &number in meant {
            let Rule { section, is_exclusion, .. } = self.rules[number];
            last.insert(section, number);
            if is_exclusion {
                out.entry(section).or_insert(number);
            }
        }
        last.retain(|section, _| !out.contains_key(section));
        Held { rules: last.into_values().take(MOST_HELD).collect(), exclusion: out.into_values().min() }
    }
}

/// What rules say of files.
pub(super) struct Applied {
    /// For each file what holds for it.
    pub(super) holding: Vec<Held>,
    /// For each rule whether it means anything that is there.
    pub(super) is_used: Vec<bool>,
}

/// What holds for a file.
#[derive(Default)]
pub(super) struct Held {
    /// The rules, of each section at most one.
    pub(super) rules: Vec<usize>,
    /// The first rule that takes it out of a section.
    pub(super) exclusion: Option<usize>,
}
