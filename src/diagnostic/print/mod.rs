//! Reports: findings as text that people, editors and build servers read.
//!
//! Enters: findings with their levels settled, in the order in which they are to be shown. Leaves: bytes, the same for
//! the same findings wherever and whenever they are printed.

mod alike;
mod github;
mod human;
mod json;
mod junit;
mod markdown;
mod place;
mod sarif;

use std::io;

use super::{Diagnostic, Level};
use crate::source::Sources;

pub use human::Look;
pub use markdown::{as_code, escaped};
use place::Place;

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people: the source line, underlined.
    Human,
    /// One array of objects.
    Json,
    /// Workflow commands, which GitHub shows beside the lines of a pull request.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// JUnit's XML, which build servers show as test results.
    Junit,
    /// For a comment on a pull request.
    Markdown,
}

/// What a report is made of.
pub struct Report<'a> {
    /// The findings.
    pub findings: &'a [Diagnostic],
    /// The files that they are about.
    pub sources: &'a (dyn Sources + Sync),
    /// What to write before each path, empty or with a final slash: the way from where the reader stands (the current
    /// folder, the root of the git repository) to the root of the documented one.
    pub folder: &'a str,
}

/// Writes `report` to `out`. `look` concerns [`Format::Human`] only.
///
/// # Errors
/// What `out` says.
pub fn print(report: &Report<'_>, format: Format, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        Format::Human => human::print(report, look, out),
        Format::Json => json::print(report, out),
        Format::Github => github::print(report, out),
        Format::Sarif => sarif::print(report, out),
        Format::Junit => junit::print(report, out),
        Format::Markdown => markdown::print(report, out),
    }
}

/// How many findings there are: "3 errors, 1 warning", "no findings".
pub fn summary(findings: &[Diagnostic]) -> String {
    let counted = [(Level::Error, "error"), (Level::Warn, "warning"), (Level::Note, "note")].map(|(level, name)| {
        let count = findings.iter().filter(|finding| finding.level == level).count();
        (count > 0).then(|| format!("{count} {name}{}", if count == 1 { "" } else { "s" }))
    });
    let counted: Vec<String> = counted.into_iter().flatten().collect();
    if counted.is_empty() { "no findings".to_owned() } else { counted.join(", ") }
}

impl Level {
    /// The word that reports use: `error`, `warning`, `note`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warning",
            Self::Note => "note",
            Self::Off => "off",
        }
    }
}

impl Report<'_> {
    /// The path of the file that `place` is in, as the reader finds it.
    fn path(&self, place: Place) -> String {
        format!("{}{}", self.folder, place.file)
    }

    /// The message of `finding` with all that explains it, a line each.
    fn words(&self, finding: &Diagnostic) -> String {
        let mut words = finding.message.clone();
        for (span, related) in &finding.related {
            let place = Place::of(*span, self.sources);
            words.push_str(&format!("\n{related}: {}:{}:{}", self.path(place), place.start.line, place.start.column));
        }
        if !finding.hint.is_empty() {
            words.push_str(&format!("\nhelp: {}", finding.hint));
        }
        words
    }
}
