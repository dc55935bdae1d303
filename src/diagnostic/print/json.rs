//! One array of objects, one finding a line.
//!
//! Each has `code`, `level` (`error`, `warning`, `note`), `message`, `hint`, `label`, `related` and `fix`; and, when it has a
//! place, `path` (from the repository's root), `line`, `column`, `end_line`, `end_column`: counted from 1, columns in
//! characters, the end behind the last one. What is unknown or empty is `null` or empty, never left out.

use std::io;

use serde::Serialize;

use super::{Place, Report};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{RepoPath, Sources, Span};

#[derive(Serialize)]
struct Finding<'a> {
    code: Code,
    level: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: JsonPlace,
    label: &'a str,
    hint: &'a str,
    related: Vec<Related<'a>>,
    fix: Vec<Replaced<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: JsonPlace,
}

#[derive(Serialize)]
struct Replaced<'a> {
    replacement: &'a str,
    #[serde(flatten)]
    place: JsonPlace,
}

#[derive(Serialize, Default)]
struct JsonPlace {
    path: Option<RepoPath>,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
}

pub(super) fn print(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(b"[")?;
    for (index, finding) in report.findings.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &describe(finding, report.sources)).map_err(io::Error::from)?;
    }
    out.write_all(if report.findings.is_empty() { b"]\n" } else { b"\n]\n" })
}

fn describe<'a>(finding: &'a Diagnostic, sources: &dyn Sources) -> Finding<'a> {
    Finding {
        code: finding.code,
        level: finding.level.word(),
        message: &finding.message,
        place: finding.span.map_or_else(JsonPlace::default, |span| place(span, sources)),
        label: &finding.label,
        hint: &finding.hint,
        related: finding
            .related
            .iter()
            .map(|(span, words)| Related { message: words, place: place(*span, sources) })
            .collect(),
        fix: finding
            .fix
            .iter()
            .flat_map(|fix| &fix.edits)
            .map(|edit| Replaced { replacement: &edit.replacement, place: place(edit.span, sources) })
            .collect(),
    }
}

fn place(span: Span, sources: &dyn Sources) -> JsonPlace {
    let Place { file, start, end } = Place::of(span, sources);
    JsonPlace {
        path: Some(file),
        line: Some(start.line),
        column: Some(start.column),
        end_line: Some(end.line),
        end_column: Some(end.column),
    }
}
