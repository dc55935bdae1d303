//! Comments in sources that say that a finding is known and why -> findings without those, and with what is wrong with comments.
//!
//! `<!-- livedoc-ignore broken-link: moved in May -->`, in other files `# livedoc-ignore …` or `// livedoc-ignore …`. A comment on a
//! line of its own is about the lines behind it, up to the next blank one; one behind something else about its line, of prose
//! about its paragraph; `livedoc-ignore-file` is about all of the file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::{Code, Diagnostic, Diagnostics, Edit, NearestNames, did_you_mean};
use crate::source::{Note, RepoPath, SourceFile, Span, stored};

/// What begins a comment that is meant here.
const MARK: &str = "livedoc-ignore";

/// The comments of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Suppressions {
    all: Vec<Suppression>,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Suppression {
    /// The names of rules, as written, each with its place.
    codes: Vec<(String, Span)>,
    /// Whether it says why.
    has_reason: bool,
    /// The comment, from its mark on.
    span: Span,
    /// What goes when it is taken out; `None` when it does not end in its line.
    whole: Option<Span>,
    /// What it is about, in bytes.
    from: u32,
    to: u32,
}

stored! {
    struct Suppressions { all }
    struct Suppression { codes, has_reason, span, whole, from, to }
}

impl Note for Suppressions {
    const NAME: &'static str = "suppressions";

    fn of(file: &SourceFile) -> Self {
        Self { all: read(file) }
    }
}

/// Looks for comments in `file`, so that [`suppress`] need not read its text again.
pub fn note_suppressions(file: &SourceFile) {
    file.noted::<Suppressions>();
}

/// `found` without what comments in `files` say is known; and what is wrong with the comments. Of what
/// `is_looked_for` says that nobody looks there, nothing has to be known.
pub fn suppress(
    found: Diagnostics,
    files: impl Iterator<Item = Arc<SourceFile>>,
    is_looked_for: impl Fn(Code, RepoPath) -> bool,
) -> Diagnostics {
    let noted =
        files.map(|file| (file.path(), file.noted::<Suppressions>())).filter(|(_, noted)| !noted.all.is_empty());
    let noted: BTreeMap<RepoPath, Arc<Suppressions>> = noted.collect();
    if noted.is_empty() {
        return found;
    }
    let mut used: BTreeSet<Span> = BTreeSet::new();
    let mut is_known = |diagnostic: &Diagnostic| {
        let Some(span) = diagnostic.span else { return false };
        let Some(noted) = noted.get(&span.file) else { return false };
        let mut is_known = false;
        for suppression in noted.all.iter().filter(|one| (one.from..one.to).contains(&span.start)) {
            for (_, place) in suppression.codes.iter().filter(|(name, _)| *name == diagnostic.code.name()) {
                used.insert(*place);
                is_known = true;
            }
        }
        is_known
    };
    let mut left: Diagnostics = found.into_iter().filter(|diagnostic| !is_known(diagnostic)).collect();
    for suppression in noted.values().flat_map(|noted| &noted.all) {
        left.extend(problems(suppression, &used, &is_looked_for));
    }
    left
}

fn problems(
    suppression: &Suppression,
    used: &BTreeSet<Span>,
    is_looked_for: impl Fn(Code, RepoPath) -> bool,
) -> Diagnostics {
    let mut found = Diagnostics::new();
    let invalid = |message: String, span| Diagnostic::new(Code::InvalidSuppression, message, span);
    if suppression.codes.is_empty() {
        let hint = format!("name the rule, and why: `{MARK} broken-link: moved in May`");
        found.push(invalid("the comment names no rule".to_owned(), suppression.span).hint(hint));
    } else if !suppression.has_reason {
        let hint = format!("say why behind a colon: `{MARK} {}: …`", suppression.codes[0].0);
        found.push(invalid("the comment does not say why".to_owned(), suppression.span).hint(hint));
    }
    let is_idle = |(name, span): &(String, Span)| {
        !used.contains(span) && name.parse().is_ok_and(|code| is_looked_for(code, span.file))
    };
    let without = match suppression.codes.iter().all(is_idle) {
        true => suppression.whole,
        false => None,
    };
    for (position, (name, span)) in suppression.codes.iter().enumerate() {
        match name.parse::<Code>() {
            Err(_) => {
                let near = NearestNames::new(Code::ALL.iter().map(|code| code.name())).find(name);
                let hint = match near.as_slice() {
                    [] => "`livedoc explain` lists the rules".to_owned(),
                    near => did_you_mean(near),
                };
                found.push(invalid(format!("no rule is called `{name}`"), *span).hint(hint));
            }
            Ok(code) if !used.contains(span) && is_looked_for(code, span.file) => {
                let message = format!("`{name}` finds nothing here");
                let edit = without.or_else(|| without_name(&suppression.codes, position));
                let edit = edit.map(|span| Edit::new(span, ""));
                found.push(Diagnostic::new(Code::UnusedSuppression, message, *span).hint("take it out").fix(edit));
            }
            Ok(_) => {}
        }
    }
    found
}

/// What goes with the name of a rule that stands among others: all up to the next one, or from the one before.
fn without_name(codes: &[(String, Span)], position: usize) -> Option<Span> {
    let span = codes.get(position)?.1;
    match (codes.get(position + 1), position.checked_sub(1).and_then(|before| codes.get(before))) {
        (Some((_, next)), _) => Some(Span { end: next.start, ..span }),
        (None, Some((_, before))) => Some(Span { start: before.end, ..span }),
        (None, None) => None,
    }
}

fn read(file: &SourceFile) -> Vec<Suppression> {
    let text = file.text();
    if !text.contains(MARK) {
        return Vec::new();
    }
    let is_prose = file.path().has_extension(&["md", "markdown", "mdx", "adoc", "asciidoc"]);
    let lines: Vec<Range<usize>> = text
        .split_inclusive('\n')
        .scan(0, |start, line| {
            let range = *start..*start + line.len();
            *start = range.end;
            Some(range)
        })
        .collect();
    let mut found = Vec::new();
    let mut fence: Option<&str> = None;
    for (number, range) in lines.iter().enumerate() {
        let line = &text[range.clone()];
        if is_prose {
            let trimmed = line.trim_start();
            let mark = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
            match (fence, mark) {
                (None, Some(mark)) => fence = Some(mark),
                (Some(open), Some(mark)) if open == mark => fence = None,
                _ => {}
            }
            if fence.is_some() {
                continue;
            }
        }
        let Some(comment) = comment(line, is_prose) else { continue };
        let (from, to) = match comment.is_of_file {
            true => (0, text.len()),
            false => reach(text, &lines, number, comment.is_alone, is_prose),
        };
        let place = |part: Range<usize>| file.span(range.start + part.start..range.start + part.end);
        let codes = comment.codes.into_iter().map(|part| (line[part.clone()].to_owned(), place(part)));
        let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        found.push(Suppression {
            codes: codes.collect(),
            has_reason: comment.has_reason,
            span: place(comment.range),
            whole: comment.whole.map(|whole| match comment.is_alone && line[whole.end..].trim().is_empty() {
                true => file.span(alone(text, &lines, number)),
                false => place(whole),
            }),
            from: offset(from),
            to: offset(to),
        });
    }
    found
}

/// A comment in a line; the places are in the line.
struct Comment {
    is_of_file: bool,
    /// Whether nothing stands before it.
    is_alone: bool,
    codes: Vec<Range<usize>>,
    has_reason: bool,
    range: Range<usize>,
    /// From the blanks before its opening to its end, if it ends.
    whole: Option<Range<usize>>,
}

fn comment(line: &str, is_prose: bool) -> Option<Comment> {
    let at = line.find(MARK)?;
    let opens: &[&str] = if is_prose { &["<!--", "//"] } else { &["<!--", "//", "#", ";", "--", "/*", "{{/*"] };
    let before = line[..at].trim_end();
    let open = opens.iter().find(|open| before.ends_with(**open))?;
    let before = &before[..before.len() - open.len()];
    let opens_at = before.trim_end_matches('/').trim_end().len();
    let before = before.trim_end_matches(['/', '*', '!', ' ', '\t']);
    // In quotes it is what somebody writes about such comments.
    let quotes = before.matches('"').count() - before.matches("\\\"").count();
    if before.matches('`').count() % 2 == 1 || quotes % 2 == 1 {
        return None;
    }
    let behind = &line[at + MARK.len()..];
    let is_of_file = behind.starts_with("-file");
    let start = at + MARK.len() + if is_of_file { "-file".len() } else { 0 };
    let rest = line[start..].trim_end();
    let closed = ["-->", "*/}}", "*/"].iter().find_map(|close| Some((rest.find(close)?, close.len())));
    let needs_close = ["<!--", "/*", "{{/*"].contains(open);
    let ends_at = match closed {
        Some((end, close)) => Some(start + end + close),
        None => (!needs_close).then_some(start + rest.len()),
    };
    let rest = closed.map_or(rest, |(end, _)| &rest[..end]);
    if !rest.is_empty() && !rest.starts_with([' ', '\t', ':']) {
        return None;
    }
    let (names, reason) = rest.split_once(':').unwrap_or((rest, ""));
    let mut codes = Vec::new();
    let mut place = 0;
    for word in names.split([' ', '\t', ',']) {
        if !word.is_empty() {
            codes.push(start + place..start + place + word.len());
        }
        place += word.len() + 1;
    }
    let range = at..start + rest.trim_end().len();
    Some(Comment {
        is_of_file,
        is_alone: before.trim().is_empty(),
        codes,
        has_reason: !reason.trim().is_empty(),
        range,
        whole: ends_at.map(|end| opens_at..end),
    })
}

/// The line `number` as a whole; between two blank ones the second of those as well.
fn alone(text: &str, lines: &[Range<usize>], number: usize) -> Range<usize> {
    let is_blank = |line: Option<&Range<usize>>| line.is_none_or(|line| text[line.clone()].trim().is_empty());
    let before = number.checked_sub(1).and_then(|before| lines.get(before));
    let next = lines.get(number + 1);
    let line = lines[number].clone();
    if is_blank(before) && is_blank(next) { line.start..next.map_or(line.end, |next| next.end) } else { line }
}

/// What the comment in line `number` is about.
fn reach(text: &str, lines: &[Range<usize>], number: usize, is_alone: bool, is_prose: bool) -> (usize, usize) {
    let is_blank = |line: &Range<usize>| text[line.clone()].trim().is_empty();
    let first = match is_alone {
        true => {
            lines.iter().skip(number + 1).position(|line| !is_blank(line)).map_or(lines.len(), |skip| number + 1 + skip)
        }
        false if is_prose => number - lines[..number].iter().rev().take_while(|line| !is_blank(line)).count(),
        false => number,
    };
    let count = match is_prose || is_alone {
        true => lines[first.min(lines.len())..].iter().take_while(|line| !is_blank(line)).count(),
        false => 1,
    };
    let end = lines[..(first + count).min(lines.len())].last().map_or(text.len(), |line| line.end);
    (lines.get(first).map_or(text.len(), |line| line.start), end)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::read;
    use crate::source::{RepoPath, SourceFile};

    #[test]
    fn what_a_comment_is_about() {
        let cases = [
            ("a.md", "a\n\n<!-- livedoc-ignore x: why -->\n\nb\nc\n\nd\n", Some(("x", true, "b\nc\n"))),
            (
                "a.md",
                "a\nb <!-- livedoc-ignore x: why -->\nc\n\nd\n",
                Some(("x", true, "a\nb <!-- livedoc-ignore x: why -->\nc\n")),
            ),
            ("a.md", "<!-- livedoc-ignore x, y -->\n# b\n", Some(("x y", false, "# b\n"))),
            (
                "a.md",
                "<!-- livedoc-ignore-file x: why -->\nb\n",
                Some(("x", true, "<!-- livedoc-ignore-file x: why -->\nb\n")),
            ),
            ("a.md", "Write `<!-- livedoc-ignore x: why -->`.\n", None),
            ("a.md", "```\n<!-- livedoc-ignore x: why -->\n```\n", None),
            ("a.md", "<!-- livedoc-ignores x: why -->\n", None),
            ("a.md", "<!-- livedoc-ignore -->\nb\n", Some(("", false, "b\n"))),
            ("a.yaml", "a: b # livedoc-ignore x: why\nc: d\n", Some(("x", true, "a: b # livedoc-ignore x: why\n"))),
            ("a.yaml", "# livedoc-ignore x: why\nc: d\n  e: f\n\ng: h\n", Some(("x", true, "c: d\n  e: f\n"))),
            (
                "a.rs",
                "/// A [`B`].\n// livedoc-ignore x: why\n/// C.\nfn d() {}\n",
                Some(("x", true, "/// C.\nfn d() {}\n")),
            ),
            ("a.rs", "let a = \"// livedoc-ignore x: why\";\n", None),
            ("a.md", "b\n<!-- livedoc-ignore x: why -->", Some(("x", true, ""))),
        ];
        for (name, text, expected) in cases {
            let file = SourceFile::new(RepoPath::new(name).unwrap(), text.to_owned());
            let found = read(&file).into_iter().next().map(|found| {
                let codes: Vec<&str> = found
                    .codes
                    .iter()
                    .map(|(code, span)| {
                        assert_eq!(&text[span.range()], code);
                        code.as_str()
                    })
                    .collect();
                (codes.join(" "), found.has_reason, text[found.from as usize..found.to as usize].to_owned())
            });
            let expected = expected.map(|(codes, reason, about)| (codes.to_owned(), reason, about.to_owned()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
