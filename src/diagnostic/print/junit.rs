//! JUnit's XML, as build servers read it: a suite for each rule that found something, a case for each finding. Errors
//! and warnings are failures, notes pass. A run without findings is one case that passes, so that it shows up at all.

use std::collections::BTreeMap;
use std::io;

use super::{Place, Report};
use crate::diagnostic::{Code, Diagnostic, Level};

pub(super) fn print(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut suites: BTreeMap<Code, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in report.findings {
        suites.entry(finding.code).or_default().push(finding);
    }
    let tests = report.findings.len().max(1);
    let failures = report.findings.iter().filter(|finding| fails(finding)).count();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites name=\"livedoc\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">")?;
    if suites.is_empty() {
        writeln!(out, "  <testsuite name=\"livedoc\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">")?;
        writeln!(out, "    <testcase name=\"no findings\" classname=\"livedoc\"/>")?;
        writeln!(out, "  </testsuite>")?;
    }
    for (code, findings) in suites {
        let failures = findings.iter().filter(|finding| fails(finding)).count();
        let tests = findings.len();
        writeln!(
            out,
            "  <testsuite name=\"{code}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">"
        )?;
        for finding in findings {
            print_case(report, finding, out)?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn fails(finding: &Diagnostic) -> bool {
    finding.level >= Level::Warn
}

fn print_case(report: &Report<'_>, finding: &Diagnostic, out: &mut dyn io::Write) -> io::Result<()> {
    let place = finding.span.map(|span| Place::of(span, report.sources));
    let (name, attributes) = place.map_or_else(
        || (finding.message.clone(), String::new()),
        |place| {
            let path = report.path(place);
            let (line, column) = (place.start.line, place.start.column);
            (format!("{path}:{line}:{column}"), format!(" file=\"{}\" line=\"{line}\"", escape(&path)))
        },
    );
    let code = finding.code;
    writeln!(out, "    <testcase name=\"{}\" classname=\"livedoc.{code}\"{attributes}>", escape(&name))?;
    let (words, message) = (escape(&format!("{name}: {}", report.words(finding))), escape(&finding.message));
    if fails(finding) {
        let level = finding.level.word();
        writeln!(out, "      <failure type=\"{level}\" message=\"{message}\">{words}</failure>")?;
    } else {
        writeln!(out, "      <system-out>{words}</system-out>")?;
    }
    writeln!(out, "    </testcase>")
}

/// `text` for an attribute or an element. Characters that XML 1.0 cannot hold are replaced.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push(char::REPLACEMENT_CHARACTER),
            other => escaped.push(other),
        }
    }
    escaped
}
