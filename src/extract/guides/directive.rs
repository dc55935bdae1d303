//! mdBook's directives: `{{#include file.rs:anchor}}` and its relatives.
//!
//! Format: mdBook user guide, "mdBook-specific features".

use std::ops::Range;

use memchr::memmem;

/// A directive in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Directive<'t> {
    /// Where it stands, with the backslash that keeps it from being followed.
    pub(super) range: Range<usize>,
    pub(super) action: Action<'t>,
    /// Whether nothing else stands on its line.
    pub(super) is_alone: bool,
}

/// What a directive asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Action<'t> {
    /// To be shown without its backslash.
    Show,
    /// To be replaced by a part of a file.
    Include { path: &'t str, part: Part<'t> },
    /// To be replaced by a listing of a Rust file.
    Playground { path: &'t str, part: Part<'t> },
    /// To give the page this title.
    Title(&'t str),
}

/// A part of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'t> {
    Whole,
    /// From the first line to the last, counted from 1.
    Lines(usize, usize),
    /// What stands between `ANCHOR: name` and `ANCHOR_END: name`.
    Anchor(&'t str),
}

/// The directives in `text`, in order.
pub(super) fn directives(text: &str) -> impl Iterator<Item = Directive<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + memmem::find(text.get(from..)?.as_bytes(), b"{{")?;
            from = start + 2;
            if let Some(directive) = directive_at(text, start) {
                from = directive.range.end;
                return Some(directive);
            }
        }
    })
}

fn directive_at(text: &str, start: usize) -> Option<Directive<'_>> {
    /// Longer directives are none.
    const LONGEST: usize = 1000;
    let behind = text[start + 2..].trim_start_matches(' ').strip_prefix('#')?;
    let line = behind.split('\n').next()?;
    let inside = &line[..line.bytes().take(LONGEST).position(|byte| byte == b'}')?];
    let behind_inside = line[inside.len()..].strip_prefix("}}")?;
    let end = text.len() - behind.len() + inside.len() + 2;
    let (name, argument) = inside.split_once(char::is_whitespace)?;
    let argument = Some(argument.trim()).filter(|argument| !argument.is_empty())?;
    let (path, part) = split_part(argument);
    let action = match name {
        "include" | "rustdoc_include" => Action::Include { path, part },
        "playground" | "playpen" => {
            let (path, part) = split_part(argument.split_whitespace().next()?);
            Action::Playground { path, part }
        }
        "title" => Action::Title(argument),
        _ => return None,
    };
    let is_escaped = text[..start].ends_with('\\');
    let begin = if is_escaped { start - 1 } else { start };
    let line_start = text[..begin].rfind('\n').map_or(0, |at| at + 1);
    let is_alone = text[line_start..begin].trim().is_empty() && behind_inside.trim().is_empty();
    Some(Directive { range: begin..end, action: if is_escaped { Action::Show } else { action }, is_alone })
}

/// `file.rs:2:10`, `file.rs:anchor`.
fn split_part(argument: &str) -> (&str, Part<'_>) {
    let Some((path, part)) = argument.split_once(':') else { return (argument, Part::Whole) };
    let (first, last) = match part.split_once(':') {
        Some((first, last)) => (first, Some(last)),
        None => (part, None),
    };
    let part = match (first.parse::<usize>(), last) {
        (Ok(line), None) => Part::Lines(line, line),
        (Ok(first), Some(last)) => Part::Lines(first, last.parse().unwrap_or(usize::MAX)),
        (Err(_), Some(last)) if first.is_empty() => Part::Lines(1, last.parse().unwrap_or(usize::MAX)),
        (Err(_), _) if first.is_empty() => Part::Whole,
        (Err(_), _) => Part::Anchor(first),
    };
    (path, part)
}

#[cfg(test)]
mod tests {
    use super::{Action, Part, directives};

    #[test]
    fn directives_are_found_with_their_parts() {
        let text = "{{#include a.rs}} {{ #include b c.md:2:10 }}\n  {{#rustdoc_include d.rs:main}}\n\\{{#include e}}\n\
                    {{#playground f.rs:3 editable}} {{#title T: x}} {{#each}} {{ #include }} {{#include g";
        let include = |path, part| Action::Include { path, part };
        let found: Vec<_> = directives(text).map(|found| (found.action, found.is_alone)).collect();
        let expected = [
            (include("a.rs", Part::Whole), false),
            (include("b c.md", Part::Lines(2, 10)), false),
            (include("d.rs", Part::Anchor("main")), true),
            (Action::Show, true),
            (Action::Playground { path: "f.rs", part: Part::Lines(3, 3) }, false),
            (Action::Title("T: x"), false),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn parts() {
        let cases = [
            ("{{#include a::10}}", Part::Lines(1, 10)),
            ("{{#include a:2:}}", Part::Lines(2, usize::MAX)),
            ("{{#include a:}}", Part::Whole),
        ];
        for (text, expected) in cases {
            let found = directives(text).next().map(|found| found.action);
            assert_eq!(found, Some(Action::Include { path: "a", part: expected }), "{text}");
        }
    }
}
