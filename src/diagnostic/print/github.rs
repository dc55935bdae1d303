//! Workflow commands: <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>.

use std::io;

use super::{Place, Report};
use crate::diagnostic::Level;

pub(super) fn print(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    for finding in report.findings {
        let command = match finding.level {
            Level::Error => "error",
            Level::Warn => "warning",
            Level::Note | Level::Off => "notice",
        };
        let place = finding.span.map_or_else(String::new, |span| {
            let place = Place::of(span, report.sources);
            let mut properties = format!(
                "file={},line={},endLine={},",
                escape_property(&report.path(place)),
                place.start.line,
                place.end.line
            );
            // GitHub takes columns only for what stands on one line.
            if place.start.line == place.end.line {
                properties.push_str(&format!("col={},endColumn={},", place.start.column, place.end.column));
            }
            properties
        });
        let title = escape_property(&format!("livedoc: {}", finding.code));
        writeln!(out, "::{command} {place}title={title}::{}", escape(&report.words(finding)))?;
    }
    Ok(())
}

fn escape(data: &str) -> String {
    data.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(value: &str) -> String {
    escape(value).replace(':', "%3A").replace(',', "%2C")
}
