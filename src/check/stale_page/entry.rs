//! A text of YAML, JSON or the like and the place of a key in it -> what is written below it, and below the same key in another text.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::blank::telling_lines;
use super::written::Written;
use crate::source::RepoPath;

/// Keys with which people are told something, which is none of what a client sees.
const PROSE: &[&str] =
    &["description", "example", "examples", "externalDocs", "operationId", "summary", "tags", "title"];

/// The same of rules: who is told how.
const PROSE_OF_RULES: &[&str] = &["labels", "annotations"];

/// So many shapes of data are looked at for one operation.
const MOST_SHAPES: usize = 64;

/// The lines of a text.
pub(super) struct Entries<'t> {
    lines: Vec<&'t str>,
    path: RepoPath,
    /// Whether they are rules of alerts, in which the name is one key of several.
    are_rules: bool,
}

impl<'t> Entries<'t> {
    pub(super) fn new(text: &'t str, path: RepoPath, are_rules: bool) -> Self {
        Self { lines: text.lines().collect(), path, are_rules }
    }

    /// What is written at `line`, counted from 0, and about the shapes of data that it names.
    pub(super) fn at(&self, line: usize) -> Option<Written> {
        let mut told = String::new();
        // The path of an operation stands above it.
        if let Some(above) = self.above(line).filter(|above| key(self.lines[*above]).starts_with('/')) {
            told.push_str(self.lines[above]);
            told.push('\n');
        }
        let mut known = vec![line];
        let mut next = 0;
        while let Some(line) = known.get(next).copied().filter(|_| next < MOST_SHAPES) {
            let own = self.told(line)?;
            for shape in self.shapes(&own) {
                if !known.contains(&shape) {
                    known.push(shape);
                }
            }
            told.push_str(&own);
            next += 1;
        }
        let parts = telling_lines(&told, self.path);
        let parts = parts.into_iter().filter(|part| part.contains(char::is_alphanumeric));
        Some(Written { parts: parts.collect(), ..Written::default() })
    }

    /// What is written at `line` that is not for people.
    fn told(&self, line: usize) -> Option<String> {
        let name = *self.lines.get(line)?;
        let own = depth(name);
        let is_entry = |text: &&&str| text.trim().is_empty() || depth(text) > own;
        let (start, end) = if self.are_rules && !name.trim_start().starts_with("- ") {
            let is_beside = |text: &&&str| text.trim().is_empty() || depth(text) >= own;
            let first = line - self.lines[..line].iter().rev().take_while(is_beside).count();
            let is_dash = first > 0 && self.lines[first - 1].trim_start().starts_with("- ");
            (first - usize::from(is_dash), line + self.lines[line..].iter().take_while(is_beside).count())
        } else {
            (line, line + 1 + self.lines[line + 1..].iter().take_while(is_entry).count())
        };
        let mut told = String::new();
        let mut outer = None;
        for text in &self.lines[start..end] {
            if outer.is_some_and(|outer| text.trim().is_empty() || depth(text) > outer) {
                continue;
            }
            let is_prose = self.is_prose(key(text));
            outer = is_prose.then(|| depth(text));
            if !is_prose {
                told.push_str(&without_prose(text));
                told.push('\n');
            }
        }
        Some(told)
    }

    /// The lines at which the shapes stand that `text` names: `#/components/schemas/Order`.
    fn shapes(&self, text: &str) -> impl Iterator<Item = usize> {
        static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"#/(?:components/)?(\w+)/([\w.-]+)").ok());
        let named = NAMED.iter().flat_map(|named| named.captures_iter(text)).map(|found| found.extract::<2>().1);
        named.filter_map(|[group, name]| {
            let is_called = |line: usize, name: &str| {
                let rest = key(self.lines[line]).strip_prefix(name);
                rest.is_some_and(|rest| rest.starts_with([':', '"', '\'']))
            };
            let is_meant = |line: &usize| {
                is_called(*line, name) && self.above(*line).is_some_and(|above| self.lines[above].contains(group))
            };
            (0..self.lines.len()).find(is_meant)
        })
    }

    /// Whether a line is one for people, with what stands below it.
    fn is_prose(&self, line: &str) -> bool {
        let (name, rest) = line.split_once(':').unwrap_or((line, ""));
        let name = name.trim_end_matches(['"', '\'', ' ']);
        if self.are_rules {
            return PROSE_OF_RULES.contains(&name);
        }
        // What has keys of its own is a property of that name.
        let is_told = !rest.trim().is_empty() || matches!(name, "example" | "examples" | "externalDocs" | "tags");
        name.starts_with("x-") || PROSE.contains(&name) && is_told
    }

    /// The same entry as `other` has at `line`.
    pub(super) fn same(&self, other: &Entries<'_>, line: usize) -> Option<Written> {
        let wanted = key(other.lines.get(line)?);
        let found: Vec<usize> = (0..self.lines.len()).filter(|at| key(self.lines[*at]) == wanted).collect();
        let mut alike = found.iter().copied().filter(|at| self.way(*at).eq(other.way(line)));
        let by_way = alike.next().filter(|_| alike.next().is_none());
        let by_name = || found.first().copied().filter(|_| found.len() == 1);
        self.at(by_way.or_else(|| self.by_operation(other, line)).or_else(by_name)?)
    }

    /// The line of the operation that has the name of the one that `other` has at `line`.
    fn by_operation(&self, other: &Entries<'_>, line: usize) -> Option<usize> {
        let own = depth(other.lines.get(line)?);
        let mut below = other.lines[line + 1..].iter().take_while(|text| text.trim().is_empty() || depth(text) > own);
        let id = key(below.find(|text| key(text).starts_with("operationId"))?);
        let mut found = (0..self.lines.len()).filter(|at| key(self.lines[*at]) == id);
        let at = found.next().filter(|_| found.next().is_none())?;
        self.above(at)
    }

    /// The keys above `line`, innermost first.
    fn way(&self, line: usize) -> impl Iterator<Item = &'t str> {
        std::iter::successors(self.above(line), |line| self.above(*line)).map(|line| key(self.lines[line]))
    }

    /// The line of the key below which `line` stands.
    fn above(&self, line: usize) -> Option<usize> {
        let own = depth(self.lines.get(line)?);
        let is_above = |at: &usize| !self.lines[*at].trim().is_empty() && depth(self.lines[*at]) < own;
        (0..line).rev().find(is_above)
    }
}

/// A line without what is for people in the middle of it: `"200": {"description": "ok"}`.
fn without_prose(line: &str) -> Cow<'_, str> {
    static PROSE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r#"([{,]\s*)["']?(?:description|summary|title)["']?\s*:\s*(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^,{}"'\n]+)"#,
        )
        .ok()
    });
    PROSE.as_ref().map_or(Cow::Borrowed(line), |prose| prose.replace_all(line, "$1"))
}

fn depth(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// What a line says, without marks of a list and quotes around its beginning.
fn key(line: &str) -> &str {
    let line = line.trim().trim_start_matches("- ").trim_start_matches(['"', '\'']);
    line.trim_end_matches([',', '{', '[', ' '])
}
