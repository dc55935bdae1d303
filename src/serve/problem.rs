//! Findings as open pages show them.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Level};
use crate::source::Sources;

/// How many problems a page is told. All of them stand on the terminal.
const TOLD: usize = 50;

/// What is wrong with the sources: warnings and errors.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Problems {
    /// The worst of them, the worst first.
    #[serde(rename = "problems")]
    pub worst: Vec<Problem>,
    /// How many errors there are.
    pub errors: usize,
    /// How many warnings there are.
    pub warnings: usize,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// `warn` or `error`.
    pub level: Level,
    /// The code's name.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// `docs/a.md:3:7`; empty when it has no place.
    pub place: String,
    /// The line it is about; empty when it cannot be shown.
    pub line: String,
    /// What to do about it; empty for none.
    pub hint: String,
}

impl Problems {
    /// What of `diagnostics` readers are shown. Their places are looked up in `sources`.
    pub fn new(diagnostics: &[Diagnostic], sources: &dyn Sources) -> Self {
        let of = |level: Level| diagnostics.iter().filter(move |found| found.level == level);
        let worst = of(Level::Error).chain(of(Level::Warn)).take(TOLD).map(|found| Problem::new(found, sources));
        Self { worst: worst.collect(), errors: of(Level::Error).count(), warnings: of(Level::Warn).count() }
    }
}

impl Problem {
    fn new(found: &Diagnostic, sources: &dyn Sources) -> Self {
        let file = found.span.and_then(|span| sources.source(span.file));
        let place = found.span.map(|span| match &file {
            Some(file) => {
                let position = file.position(span.start);
                format!("{}:{}:{}", span.file, position.line, position.column)
            }
            None => span.file.to_string(),
        });
        let line = found.span.zip(file).map(|(span, file)| {
            let line = file.line_span(file.position(span.start).line);
            file.text().get(line.range()).unwrap_or_default().chars().take(200).collect()
        });
        Self {
            level: found.level,
            code: found.code.name(),
            message: found.message.clone(),
            place: place.unwrap_or_default(),
            line: line.unwrap_or_default(),
            hint: found.hint.clone(),
        }
    }
}
