//! Markdown for a comment on a pull request: what was found, by file, errors first.

use std::collections::BTreeMap;
use std::io;

use super::{Place, Report, summary};
use crate::diagnostic::{Diagnostic, Level};

/// Comments may not be endless: <https://docs.github.com/en/rest/issues/comments> takes 65,536 characters.
const MOST_FINDINGS: usize = 100;

pub(super) fn print(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "### Documentation: {}", summary(report.findings))?;
    let mut findings: Vec<&Diagnostic> = report.findings.iter().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    let left_out = findings.len().saturating_sub(MOST_FINDINGS);
    findings.truncate(MOST_FINDINGS);
    for (level, open) in [(Level::Error, " open"), (Level::Warn, " open"), (Level::Note, "")] {
        let of_level: Vec<&Diagnostic> = findings.iter().copied().filter(|finding| finding.level == level).collect();
        if of_level.is_empty() {
            continue;
        }
        let count = of_level.len();
        let name = format!("{count} {}{}", level.word(), if count == 1 { "" } else { "s" });
        writeln!(out, "\n<details{open}><summary>{name}</summary>\n")?;
        // By file in the order of the first findings, which is that of the report.
        let mut by_file: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for finding in of_level {
            let (file, line) = match finding.span.map(|span| Place::of(span, report.sources)) {
                Some(place) => (report.path(place), format!("line {}: ", place.start.line)),
                None => (String::new(), String::new()),
            };
            let hint =
                if finding.hint.is_empty() { String::new() } else { format!(" \u{2014} {}", escaped(&finding.hint)) };
            let told = format!("{line}{} ({}){hint}", escaped(&finding.message), as_code(finding.code.name()));
            by_file.entry(file).or_default().push(told);
        }
        for (file, told) in by_file {
            if !file.is_empty() {
                writeln!(out, "- {}", as_code(&file))?;
            }
            let indent = if file.is_empty() { "" } else { "  " };
            told.iter().try_for_each(|told| writeln!(out, "{indent}- {told}"))?;
        }
        writeln!(out, "\n</details>")?;
    }
    if left_out > 0 {
        writeln!(out, "\n{left_out} more are not listed here.")?;
    }
    Ok(())
}

/// `text` as code.
pub fn as_code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}

/// `text`, in which code stands in backticks, so that nothing else of it means anything in Markdown or HTML.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for (index, part) in text.split('`').enumerate() {
        if index % 2 == 1 {
            escaped.push_str(&as_code(part));
            continue;
        }
        for character in part.chars() {
            if matches!(character, '\\' | '*' | '_' | '<' | '>' | '[' | ']' | '#' | '|' | '~' | '&' | '@' | '!') {
                escaped.push('\\');
            }
            escaped.push(character);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn only_code_means_anything() {
        let cases = [
            ("field `a_b` of <b>", "field `a_b` of \\<b\\>"),
            ("*Shop* [v2]", "\\*Shop\\* \\[v2\\]"),
            ("an odd ` tick", "an odd ` tick`"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(escaped(text), expected, "{text}");
        }
    }
}
