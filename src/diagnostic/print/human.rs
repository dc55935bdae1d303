//! For people, in the look of rustc: code, message, place, the source line with its span underlined, hint.

use std::borrow::Cow;
use std::io;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level as Severity, Origin, Renderer, Snippet, normalize_untrusted_str};
use rayon::prelude::*;

use super::alike::{Told, told};
use super::{Place, Report};
use crate::diagnostic::Level;
use crate::source::{Position, SourceFile, Span};

/// Longer lines are cut around the span before they are laid out.
const LONGEST_LINE: usize = 2000;

/// What is kept of such a line on each side of the span.
const AROUND: usize = 400;

/// A span over more lines is shown by its first.
const MOST_LINES: u32 = 6;

/// So many findings are laid out side by side.
const AT_ONCE: usize = 1024;

/// How the report looks on the reader's screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether to use colours.
    pub colour: bool,
    /// The width in columns that source lines are cut to.
    pub width: usize,
}

impl Default for Look {
    /// For files and pipes.
    fn default() -> Self {
        Self { colour: false, width: 120 }
    }
}

pub(super) fn print(report: &Report<'_>, look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let renderer = if look.colour { Renderer::styled() } else { Renderer::plain() }.term_width(look.width);
    for findings in told(report.findings).chunks(AT_ONCE) {
        let described: Vec<String> = findings.par_iter().map(|told| describe(report, told, &renderer)).collect();
        described.iter().try_for_each(|text| writeln!(out, "{text}\n"))?;
    }
    Ok(())
}

fn describe(report: &Report<'_>, &Told { finding, more }: &Told<'_>, renderer: &Renderer) -> String {
    let severity = match finding.level {
        Level::Error => Severity::ERROR,
        Level::Warn => Severity::WARNING,
        Level::Note | Level::Off => Severity::NOTE,
    };
    let title = severity.primary_title(normalize_untrusted_str(&finding.message)).id(finding.code.name());
    let mut corrections = Vec::new();
    let mut group = Group::with_title(title);
    if let Some(span) = finding.span {
        group = Excerpt::of(report, span).add_to(group, &finding.label, &mut corrections);
    }
    if !finding.hint.is_empty() {
        group = group.element(Severity::HELP.message(normalize_untrusted_str(&finding.hint)));
    }
    if finding.fix.is_some() {
        group = group.element(Severity::HELP.message("`livedoc check --fix` mends it"));
    }
    if more > 0 {
        group = group.element(Severity::NOTE.message(format!("this is found at {more} more places of the file")));
    }
    let mut groups = vec![group];
    for (span, words) in &finding.related {
        let title = Severity::NOTE.secondary_title(normalize_untrusted_str(words));
        groups.push(Excerpt::of(report, *span).add_to(Group::with_title(title), "", &mut corrections));
    }
    let mut text = renderer.render(&groups);
    for (shown, right) in corrections {
        text = text.replacen(&shown, &right, 1);
    }
    text
}

/// The lines that a span is on, and the path over them.
struct Excerpt {
    path: String,
    place: Place,
    text: String,
    marked: Range<usize>,
    /// Whether the first line lost its beginning.
    cut: bool,
}

impl Excerpt {
    fn of(report: &Report<'_>, span: Span) -> Self {
        let place = Place::of(span, report.sources);
        let path = normalize_untrusted_str(&report.path(place));
        let Some(file) = report.sources.source(span.file) else {
            return Self { path, place, text: String::new(), marked: 0..0, cut: false };
        };
        let text = file.text();
        let lines = shown_lines(&file, place);
        let shown = cut(&text[lines.clone()], &marked_in(text, span, &lines));
        let marked = marked_in(text, span, &lines);
        let (from, to) = (lines.start + shown.start, lines.start + shown.end);
        let marked = (marked.start - shown.start).min(to - from)..(marked.end - shown.start).min(to - from);
        Self { path, place, text: text[from..to].to_owned(), marked, cut: shown.start > 0 }
    }

    /// Adds the lines, or the path alone for a span that has no text: an empty or unread file, a file as a whole.
    fn add_to<'a>(self, group: Group<'a>, label: &str, corrections: &mut Vec<(String, String)>) -> Group<'a> {
        if self.text.trim().is_empty() {
            let Position { line, column } = self.place.start;
            let origin = Origin::path(self.path);
            let whole = (line, column) == (1, 1);
            return group.element(if whole { origin } else { origin.line(line as usize).char_column(column as usize) });
        }
        let line = self.place.start.line as usize;
        if self.cut {
            // The layout counts columns in the text that it is given.
            let shown = self.text[..self.marked.start].chars().count() + 1;
            let right = format!("{}:{line}:{}", self.path, self.place.start.column);
            corrections.push((format!("{}:{line}:{shown}", self.path), right));
        }
        let mut annotation = AnnotationKind::Primary.span(self.marked);
        if !label.is_empty() {
            annotation = annotation.label(Cow::<str>::Owned(normalize_untrusted_str(label)));
        }
        let snippet = Snippet::source(self.text).path(self.path).line_start(line).annotation(annotation);
        group.element(snippet)
    }
}

/// The bytes of the whole lines that `place` is on, without the last line end.
fn shown_lines(file: &SourceFile, place: Place) -> Range<usize> {
    let first = file.line_span(place.start.line).range();
    // A span that ends at the beginning of a line is not on it.
    let last = if place.end.column == 1 { place.end.line.saturating_sub(1) } else { place.end.line };
    let last = last.max(place.start.line);
    if last - place.start.line >= MOST_LINES { first } else { first.start..file.line_span(last).range().end }
}

/// Where `span` stands in the bytes `lines` of `text`.
fn marked_in(text: &str, span: Span, lines: &Range<usize>) -> Range<usize> {
    let start = floor(text, span.range().start).clamp(lines.start, lines.end) - lines.start;
    let end = floor(text, span.range().end).clamp(lines.start, lines.end) - lines.start;
    let inside = text[lines.clone()][start..end.max(start)].trim_end_matches('\n');
    start..start + inside.len()
}

/// What is shown of `lines`: all, or some text around what is `marked`.
fn cut(lines: &str, marked: &Range<usize>) -> Range<usize> {
    if lines.len() <= LONGEST_LINE {
        return 0..lines.len();
    }
    let start = floor(lines, marked.start.saturating_sub(AROUND));
    let end = floor(lines, marked.end.min(marked.start + AROUND) + AROUND);
    start..end
}

/// The nearest character boundary at or before `offset`.
fn floor(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|&offset| text.is_char_boundary(offset)).unwrap_or(0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use std::sync::Arc;

    use super::{Look, Report, print};
    use crate::diagnostic::{Code, Diagnostic};
    use crate::source::{RepoPath, SourceFile, Sources, Span};

    struct OneFile(Arc<SourceFile>);

    impl Sources for OneFile {
        fn source(&self, path: RepoPath) -> Option<Arc<SourceFile>> {
            (path == self.0.path()).then(|| Arc::clone(&self.0))
        }
    }

    /// What is printed for a finding at `range` of `text`, without its title.
    fn shown(text: &str, range: std::ops::Range<usize>) -> String {
        let path = RepoPath::new("docs/a.md").unwrap();
        let file = SourceFile::new(path, text.to_owned());
        let finding = Diagnostic::new(Code::BrokenLink, "m\u{1b}[31m", Span::new(path, range)).label("here");
        let sources = OneFile(Arc::new(file));
        let report = Report { findings: &[finding], sources: &sources, folder: "sub/" };
        let mut out = Vec::new();
        print(&report, Look { width: 40, ..Look::default() }, &mut out).unwrap();
        String::from_utf8(out).unwrap().trim_end().split_once('\n').unwrap().1.to_owned()
    }

    #[test]
    fn spans_of_every_shape_are_shown() {
        let cases = [
            ("see [x](y)\n", 8..9, " --> sub/docs/a.md:1:9\n  |\n1 | see [x](y)\n  |         ^ here"),
            ("é [x](y)\n", 1..2, " --> sub/docs/a.md:1:1\n  |\n1 | é [x](y)\n  | ^ here"),
            ("one\ntwo\n", 0..4, " --> sub/docs/a.md:1:1\n  |\n1 | one\n  | ^^^ here"),
            ("one\ntwo\nx\n", 1..7, " --> sub/docs/a.md:1:2\n  |\n1 |   one\n  |  __^\n2 | | two\n  | |___^ here"),
            ("1\n2\n3\n4\n5\n6\n7\n8\n", 0..15, " --> sub/docs/a.md:1:1\n  |\n1 | 1\n  | ^ here"),
            ("end", 3..3, " --> sub/docs/a.md:1:4\n  |\n1 | end\n  |    ^ here"),
            ("end", 90..99, " --> sub/docs/a.md:1:4\n  |\n1 | end\n  |    ^ here"),
            ("", 0..0, "--> sub/docs/a.md"),
            ("one\n", 4..4, "--> sub/docs/a.md:2:1"),
            ("a\u{1b}b", 2..3, " --> sub/docs/a.md:1:3\n  |\n1 | a␛b\n  |   ^ here"),
        ];
        for (text, range, expected) in cases {
            assert_eq!(shown(text, range.clone()), expected, "{text:?} {range:?}");
        }
    }

    #[test]
    fn long_lines_are_cut_around_the_span_and_keep_their_column() {
        let text = format!("{}[x](y){}", "word ".repeat(1_000_000), " word".repeat(1_000_000));
        let shown = shown(&text, 5_000_004..5_000_005);
        assert!(shown.starts_with(" --> sub/docs/a.md:1:5000005\n"), "{shown}");
        assert!(shown.contains("...") && shown.contains("[x](y)") && shown.len() < 300, "{shown}");
    }
}
