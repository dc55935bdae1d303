//! Doc comments -> the text in them, with its places (rustdoc's `unindent_doc_fragments` and `beautify_doc_string`).

use std::ops::Range;
use std::sync::Arc;

use crate::extract::rust::package::CrateSource;
use crate::extract::rust::resolve::Documented;
use crate::extract::rust::scan::{DocPart, span_in};
use crate::source::{MappedText, SourceFile, Span};

/// A line of documentation.
struct Line<'a> {
    text: &'a str,
    origin: Span,
    /// Whether `text` stands byte by byte at `origin`.
    exact: bool,
    /// Whether it comes from a comment, whose text begins behind one blank.
    is_comment: bool,
}

/// The text of `documented`; `file` is the file that its comments stand in.
pub(super) fn text(documented: &Documented<'_>, file: &Arc<SourceFile>, source: &CrateSource) -> MappedText {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for part in documented.parts {
        match part {
            DocPart::Comment(range) => comment_lines(file, range, &mut lines),
            DocPart::Text(text, range) => {
                let origin = span_in(documented.file, range);
                let inside = exact_literal(file, text, origin);
                let mut at = inside.as_ref().map_or(0, |inside| inside.start);
                for line in text.split('\n') {
                    let exact = inside.is_some();
                    let origin = if exact { file.span(at..at + line.len()) } else { origin };
                    lines.push(Line { text: line, origin, exact, is_comment: false });
                    at += line.len() + 1;
                }
            }
            DocPart::Include(path, _) => {
                let path = documented.file.parent().join(path);
                let Some(included) = path.and_then(|path| source.included.get(&path)) else { continue };
                let text = included.0.text();
                let mut at = 0;
                for line in text.split('\n') {
                    let origin = included.0.span(at..at + line.len());
                    lines.push(Line { text: line, origin, exact: true, is_comment: false });
                    at += line.len() + 1;
                }
            }
        }
    }
    join(&lines)
}

/// Where the text of a literal stands in the file, when it is written there without escapes.
fn exact_literal(file: &SourceFile, text: &str, origin: Span) -> Option<Range<usize>> {
    let written = file.text().get(origin.range())?;
    let start = origin.start as usize + written.find('"')? + 1;
    let range = start..start + text.len();
    (file.text().get(range.clone()) == Some(text)).then_some(range)
}

fn comment_lines<'a>(file: &'a SourceFile, range: &Range<u32>, lines: &mut Vec<Line<'a>>) {
    let (start, end) = (range.start as usize, range.end as usize);
    let Some(comment) = file.text().get(start..end) else { return };
    let mut push = |range: Range<usize>| {
        let text = file.text().get(range.clone()).unwrap_or_default();
        lines.push(Line { text, origin: file.span(range), exact: true, is_comment: true });
    };
    if comment.starts_with("//") {
        return push(start + 3..end);
    }
    let inside = start + 3..end.saturating_sub(2).max(start + 3);
    let mut rows: Vec<Range<usize>> = Vec::new();
    let mut at = inside.start;
    for row in file.text().get(inside).unwrap_or_default().split('\n') {
        rows.push(at..at + row.len());
        at += row.len() + 1;
    }
    let text = |row: &Range<usize>| file.text().get(row.clone()).unwrap_or_default();
    let is_frame = |row: &Range<usize>| text(row).chars().all(|character| matches!(character, '*' | ' ' | '\t'));
    // A first and a last line of stars alone are the comment's frame.
    if rows.len() > 1 && rows.first().is_some_and(is_frame) {
        rows.remove(0);
    }
    if rows.len() > 1 && rows.last().is_some_and(is_frame) {
        rows.pop();
    }
    // So is a column of stars down its left side.
    let star = |row: &Range<usize>| {
        let indent = text(row).len() - text(row).trim_start().len();
        text(row)[indent..].starts_with('*').then_some(indent)
    };
    let column = rows.first().and_then(star);
    let framed = column.is_some() && rows.len() > 1 && rows.iter().all(|row| star(row) == column);
    for row in rows {
        let skip = column.filter(|_| framed).map_or(0, |column| column + 1);
        push((row.start + skip).min(row.end)..row.end);
    }
}

/// The lines without the indentation that all of them share.
fn join(lines: &[Line<'_>]) -> MappedText {
    let mixed = lines.iter().any(|line| line.is_comment) && lines.iter().any(|line| !line.is_comment);
    let indent = |line: &Line<'_>| {
        let blanks = line.text.len() - line.text.trim_start_matches([' ', '\t']).len();
        blanks + usize::from(mixed && !line.is_comment)
    };
    let filled = lines.iter().filter(|line| !line.text.trim().is_empty());
    let shared = filled.map(indent).min().unwrap_or(0);
    let mut joined = MappedText::new();
    for line in lines {
        let cut = if mixed && !line.is_comment { shared.saturating_sub(1) } else { shared };
        let cut = cut.min(line.text.len() - line.text.trim_start_matches([' ', '\t']).len());
        let text = &line.text[cut..];
        if line.exact {
            let start = line.origin.start as usize + cut;
            joined.push(text, Span::new(line.origin.file, start..line.origin.end as usize));
            let end = line.origin.end as usize;
            joined.push("\n", Span::new(line.origin.file, end..end + 1));
        } else {
            joined.push(&format!("{text}\n"), line.origin);
        }
    }
    joined
}
