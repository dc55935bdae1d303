//! SARIF 2.1.0: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Place, Report};
use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::source::{RepoPath, Span};

/// All but what RFC 3986 calls unreserved, and the slash.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

pub(super) fn print(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let codes: BTreeSet<Code> = report.findings.iter().map(|finding| finding.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "livedoc",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": report.findings.iter().map(|finding| result(report, finding, &codes)).collect::<Vec<_>>(),
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.name(),
        "shortDescription": { "text": code.meaning() },
        "help": { "text": code.explanation(), "markdown": code.explanation() },
        "defaultConfiguration": { "level": level(code.default_level()) },
    })
}

fn result(report: &Report<'_>, finding: &Diagnostic, codes: &[Code]) -> Value {
    let mut words = finding.message.clone();
    if !finding.hint.is_empty() {
        words.push_str(&format!("\nhelp: {}", finding.hint));
    }
    let mut result = json!({
        "ruleId": finding.code.name(),
        "ruleIndex": codes.binary_search(&finding.code).unwrap_or_default(),
        "level": level(finding.level),
        "message": { "text": words },
        "locations": finding.span.iter().map(|span| location(report, *span)).collect::<Vec<_>>(),
    });
    if !finding.related.is_empty() {
        let related = finding.related.iter().map(|(span, words)| {
            let mut location = location(report, *span);
            location["message"] = json!({ "text": words });
            location
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([self::fix(report, fix)]);
    }
    result
}

fn fix(report: &Report<'_>, fix: &Fix) -> Value {
    let mut files: BTreeMap<RepoPath, Vec<Value>> = BTreeMap::new();
    for edit in &fix.edits {
        files.entry(edit.span.file).or_default().push(json!({
            "deletedRegion": region(Place::of(edit.span, report.sources)),
            "insertedContent": { "text": edit.replacement },
        }));
    }
    let changes = files.into_iter().map(|(file, replacements)| {
        let artifact = artifact(report, Place::of(Span::start_of(file), report.sources));
        json!({ "artifactLocation": artifact, "replacements": replacements })
    });
    json!({ "artifactChanges": changes.collect::<Vec<_>>() })
}

fn location(report: &Report<'_>, span: Span) -> Value {
    let place = Place::of(span, report.sources);
    json!({ "physicalLocation": { "artifactLocation": artifact(report, place), "region": region(place) } })
}

fn artifact(report: &Report<'_>, place: Place) -> Value {
    json!({
        "uri": utf8_percent_encode(&report.path(place), IN_PATH).to_string(),
        "uriBaseId": "%SRCROOT%",
    })
}

fn region(place: Place) -> Value {
    json!({
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Off => "none",
        level => level.word(),
    }
}
