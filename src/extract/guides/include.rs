//! A page with everything that it includes -> one text that knows where each piece comes from.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::directive::{Action, Directive, Part, directives};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, NearestNames, did_you_mean};
use crate::source::{MappedText, RepoPath, SourceFile, Span};

/// Files that include each other deeper than this are not followed (mdBook's limit).
const DEEPEST: usize = 10;

/// One page follows no more directives than this, so that a few files that include each other many times over cannot
/// grow without end.
const MOST: usize = 10_000;

/// Nor does it grow beyond this many bytes by what it includes.
const LARGEST: usize = 64 * 1024 * 1024;

/// The files that `file` asks for, as far as they lie in the repository.
pub(super) fn targets(file: &SourceFile) -> Vec<RepoPath> {
    let folder = file.path().parent();
    let paths = directives(file.text()).filter_map(|directive| match directive.action {
        Action::Include { path, .. } | Action::Playground { path, .. } => folder.join(path),
        Action::Show | Action::Title(_) => None,
    });
    paths.collect()
}

/// What there is instead of files that are asked for.
pub(in crate::extract) type Absent = BTreeMap<RepoPath, Instead>;

/// What there is at a path where no file is.
#[derive(Clone, Debug)]
pub(in crate::extract) enum Instead {
    /// Nothing; with the paths that resemble it.
    Nothing(Vec<&'static str>),
    /// What is made when the site is.
    Made,
    /// Another file, to which a symbolic link leads.
    Other(RepoPath),
}

/// A page with what it includes.
#[derive(Debug, Default)]
pub(super) struct Expanded {
    pub(super) text: MappedText,
    /// What `{{#title}}` says; empty for nothing.
    pub(super) title: String,
    pub(super) diagnostics: Diagnostics,
}

/// The parts `ranges` of the first of `files` with its directives followed. The other files are those that it may
/// include; `absent` are those that it asks for and that are not there. Outside of an mdBook only directives that
/// stand alone on a line count, because the rest is most likely about mdBook.
pub(super) fn expand(files: &[Arc<SourceFile>], ranges: &[Range<usize>], absent: &Absent, in_book: bool) -> Expanded {
    let Some(page) = files.first() else { return Expanded::default() };
    let known = files.iter().map(|file| (file.path(), file.as_ref())).collect();
    let mut expander =
        Expander { known, absent, in_book, open: vec![page.path()], followed: 0, out: Expanded::default() };
    for range in ranges {
        expander.push(page, range.clone(), "");
    }
    expander.out
}

struct Expander<'a> {
    known: HashMap<RepoPath, &'a SourceFile>,
    absent: &'a Absent,
    in_book: bool,
    /// The files that are being included, the page first.
    open: Vec<RepoPath>,
    followed: usize,
    out: Expanded,
}

impl<'a> Expander<'a> {
    /// Adds a part of `file`, each line after the first behind `indent`.
    fn push(&mut self, file: &'a SourceFile, range: Range<usize>, indent: &str) {
        let text = &file.text()[range.clone()];
        let mut from = 0;
        for directive in directives(text) {
            if !self.in_book && !directive.is_alone {
                continue;
            }
            self.push_plain(file, range.start + from..range.start + directive.range.start, indent);
            from = directive.range.end;
            let place = range.start + directive.range.start..range.start + directive.range.end;
            self.follow(file, &directive, place, indent);
        }
        self.push_plain(file, range.start + from..range.end, indent);
    }

    fn push_plain(&mut self, file: &SourceFile, range: Range<usize>, indent: &str) {
        let text = &file.text()[range.clone()];
        if indent.is_empty() {
            self.out.text.push(text, file.span(range));
            return;
        }
        let mut at = range.start;
        for line in text.split_inclusive('\n') {
            if at > range.start && line != "\n" {
                self.out.text.push(indent, file.span(at..at));
            }
            self.out.text.push(line, file.span(at..at + line.len()));
            at += line.len();
        }
    }

    fn follow(&mut self, file: &'a SourceFile, directive: &Directive<'a>, place: Range<usize>, indent: &str) {
        let span = file.span(place.clone());
        let result = match &directive.action {
            Action::Show => {
                self.push_plain(file, place.start + 1..place.end, indent);
                Ok(())
            }
            Action::Title(title) => {
                self.out.title = (*title).to_owned();
                Ok(())
            }
            // A name that a site's own program has for a folder.
            Action::Include { path, .. } if path.starts_with('@') => {
                self.push_plain(file, place.clone(), indent);
                Ok(())
            }
            Action::Include { path, part } => {
                let line_start = file.text()[..place.start].rfind('\n').map_or(0, |at| at + 1);
                let before = &file.text()[line_start..place.start];
                // A list item's listing is indented, and so must be what it includes.
                let indent = if before.trim().is_empty() { format!("{indent}{before}") } else { indent.to_owned() };
                self.include(file, path, *part, span, &indent)
            }
            Action::Playground { path, part } => {
                self.out.text.push("```rust\n", span);
                let included = self.include(file, path, *part, span, indent);
                self.out.text.push("\n```", span);
                included
            }
        };
        if let Err(problem) = result {
            self.out.diagnostics.push(*problem);
            self.push_plain(file, place, indent);
        }
    }

    fn include(
        &mut self,
        from: &SourceFile,
        path: &str,
        part: Part<'_>,
        span: Span,
        indent: &str,
    ) -> Result<(), Box<Diagnostic>> {
        let problem = |message: String| Diagnostic::new(Code::MissingInclude, message, span);
        let target = from.path().parent().join(path).ok_or_else(|| {
            Box::new(problem(format!("`{path}` is outside of the repository")).hint("include files of this repository"))
        })?;
        let target = match self.absent.get(&target) {
            Some(Instead::Other(file)) => *file,
            _ => target,
        };
        let Some(&file) = self.known.get(&target) else {
            let near: &[&str] = match self.absent.get(&target) {
                Some(Instead::Made) => return Ok(()),
                Some(Instead::Nothing(near)) => near,
                Some(Instead::Other(_)) | None => &[],
            };
            let hint =
                if near.is_empty() { "mend the path, or remove the directive".to_owned() } else { did_you_mean(near) };
            return Err(Box::new(problem(format!("there is no file `{target}` to include")).hint(hint)));
        };
        if self.open.contains(&target) {
            let chain: Vec<String> = self.open.iter().chain([&target]).map(|path| format!("`{path}`")).collect();
            return Err(Box::new(problem(format!("`{target}` includes itself: {}", chain.join(" -> ")))));
        }
        self.followed += 1;
        if self.open.len() > DEEPEST || self.followed > MOST || self.out.text.text().len() > LARGEST {
            return Err(Box::new(problem(format!("`{target}` is not included: the page includes too much already"))));
        }
        let ranges = match part {
            Part::Whole => without_markers(file.text(), 0..file.text().len()),
            Part::Lines(first, last) => without_markers(file.text(), lines(file.text(), first, last)),
            Part::Anchor(name) => anchored(file.text(), name).ok_or_else(|| {
                let near = NearestNames::new(anchors(file.text())).find(name);
                let hint = if near.is_empty() {
                    format!("mark a part of `{target}` with `ANCHOR: {name}` and `ANCHOR_END: {name}`")
                } else {
                    did_you_mean(&near)
                };
                Box::new(problem(format!("`{target}` has no part called `{name}`")).hint(hint))
            })?,
        };
        self.open.push(target);
        for (index, range) in ranges.iter().enumerate() {
            if index > 0 {
                self.out.text.push(indent, file.span(range.start..range.start));
            }
            self.push(file, range.clone(), indent);
        }
        self.open.pop();
        Ok(())
    }
}

/// The bytes of the lines from `first` to `last`, counted from 1, without the last line end.
fn lines(text: &str, first: usize, last: usize) -> Range<usize> {
    let mut start = text.len();
    let mut end = text.len();
    let mut at = 0;
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        if number == first.max(1) {
            start = at;
        }
        at += line.len();
        if number == last {
            end = at;
            break;
        }
    }
    start.min(end)..end
}

/// The name in a line like `// ANCHOR: main`, and whether it ends the part.
fn marker(line: &str) -> Option<(&str, bool)> {
    let at = line.find("ANCHOR")?;
    let rest = &line[at + "ANCHOR".len()..];
    let (rest, ends) = rest.strip_prefix("_END").map_or((rest, false), |rest| (rest, true));
    let rest = rest.strip_prefix(':')?.trim_start();
    let end = rest.find(|character: char| !character.is_alphanumeric() && character != '_' && character != '-');
    let name = &rest[..end.unwrap_or(rest.len())];
    (!name.is_empty()).then_some((name, ends))
}

fn anchors(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(marker).filter(|(_, ends)| !ends).map(|(name, _)| name)
}

/// What stands between the markers of `name`, to the end when it is not closed; without other markers.
fn anchored(text: &str, name: &str) -> Option<Vec<Range<usize>>> {
    let mut start = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        match (marker(line), start) {
            (Some((found, false)), None) if found == name => start = Some(at + line.len()),
            (Some((found, true)), Some(start)) if found == name => return Some(without_markers(text, start..at)),
            _ => {}
        }
        at += line.len();
    }
    start.map(|start| without_markers(text, start..text.len()))
}

/// `range` without the lines that mark parts, and without its last line end.
fn without_markers(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let part = &text[range.clone()];
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut at = range.start;
    if part.contains("ANCHOR") {
        for line in part.split_inclusive('\n') {
            let end = at + line.len();
            if marker(line).is_none() {
                match ranges.last_mut() {
                    Some(last) if last.end == at => last.end = end,
                    _ => ranges.push(at..end),
                }
            }
            at = end;
        }
    } else {
        ranges.push(range);
    }
    if let Some(last) = ranges.last_mut()
        && text[last.clone()].ends_with('\n')
    {
        last.end -= 1;
    }
    ranges
}
