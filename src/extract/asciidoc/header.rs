//! The header of an AsciiDoc document: what stands before its text.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::extract::wording::regex;
use crate::source::SourceFile;

/// `:name: value`.
pub(super) struct Attribute {
    pub(super) name: String,
    /// The line's name with its colons.
    pub(super) place: Range<usize>,
    pub(super) value: Range<usize>,
}

pub(super) struct Header {
    /// Those with a value, in order; the revision line's date is `revdate`.
    pub(super) attributes: Vec<Attribute>,
    /// The lines of author and revision, which belong to no paragraph.
    pub(super) passed_over: Vec<usize>,
}

/// Reads the lines before the first that belongs to the text.
pub(super) fn read(file: &SourceFile) -> Header {
    static REVISION: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^(?:v?\d+(?:\.\d+)*\s*,\s*|v\d+(?:\.\d+)*\s*)?(\d{4}-\d{2}-\d{2})?\s*(?::.*)?$"));
    static AUTHOR: LazyLock<Regex> = LazyLock::new(|| regex(r"^[^:=*|\[]+<[^<>\s]+@?[^<>\s]*>"));
    let text = file.text();
    let mut header = Header { attributes: Vec::new(), passed_over: Vec::new() };
    let (mut start, mut below_title, mut in_comment) = (0, false, false);
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end();
        let at = start;
        start += whole.len();
        if line == "////" {
            in_comment = !in_comment;
        } else if in_comment || line.starts_with("//") || is_directive(line) {
        } else if line.is_empty() {
            if below_title {
                break;
            }
        } else if let Some((name, value)) = attribute(line) {
            if !value.is_empty() {
                let value = at + value.start..at + value.end;
                header.attributes.push(Attribute { name: name.to_owned(), place: at..value.start, value });
            }
        } else if line.starts_with("= ") && !below_title {
            below_title = true;
        } else if below_title && AUTHOR.is_match(line) {
            header.passed_over.push(at);
        } else if let Some(date) = REVISION.captures(line).filter(|_| below_title).and_then(|found| found.get(1)) {
            header.passed_over.push(at);
            let value = at + date.start()..at + date.end();
            header.attributes.push(Attribute { name: "revdate".to_owned(), place: value.clone(), value });
        } else {
            break;
        }
    }
    header
}

/// The name and the place of the value in a line like `:name: value`.
pub(super) fn attribute(line: &str) -> Option<(&str, Range<usize>)> {
    static ENTRY: LazyLock<Regex> = LazyLock::new(|| regex(r"^:!?([\w][\w -]*)!?:(?:[ \t]+(.*))?$"));
    let found = ENTRY.captures(line)?;
    let value = found.get(2).map_or(line.len()..line.len(), |value| value.range());
    Some((found.get(1)?.as_str(), value))
}

/// Whether `line` is a condition or its end.
pub(super) fn is_directive(line: &str) -> bool {
    ["ifdef::", "ifndef::", "ifeval::", "endif::"].iter().any(|name| line.starts_with(name))
}
