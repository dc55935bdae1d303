//! A Markdown file as the lines under its headings: enough to find what a record states about itself.
//!
//! Listings and comments are passed over, so that an example of a status is none.

use std::ops::Range;

/// The lines under one heading; those before the first heading have level 0 and no title.
#[derive(Debug)]
pub(super) struct Section<'a> {
    pub(super) level: usize,
    /// The heading's text without its `#`.
    pub(super) title: &'a str,
    /// Where the heading stands, with its line ends; empty for level 0.
    pub(super) heading: Range<usize>,
    pub(super) lines: Vec<Line<'a>>,
}

/// One line of text outside of listings and comments.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// Without its line end and without a comment that begins in it.
    pub(super) text: &'a str,
    /// Where it begins in the file.
    pub(super) start: usize,
}

impl Line<'_> {
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

/// The sections of `text` from the offset `from` on.
pub(super) fn outline(text: &str, from: usize) -> Vec<Section<'_>> {
    let mut sections = vec![Section { level: 0, title: "", heading: from..from, lines: Vec::new() }];
    let mut state = State::Text;
    let mut start = from;
    for whole in text[from..].split_inclusive('\n') {
        let line = Line { text: whole.trim_end(), start };
        let end = start + whole.len();
        start = end;
        let Some(line) = state.show(line) else { continue };
        let last = sections.len() - 1;
        if let Some((level, title)) = atx_heading(line.text) {
            sections.push(Section { level, title, heading: line.start..end, lines: Vec::new() });
        } else if let Some(level) = underline(line.text)
            && let Some(above) = sections[last].lines.last().copied().filter(|above| can_be_heading(above.text))
        {
            sections[last].lines.pop();
            sections.push(Section { level, title: above.text.trim(), heading: above.start..end, lines: Vec::new() });
        } else {
            sections[last].lines.push(line);
        }
    }
    sections
}

#[derive(Clone, Copy)]
enum State {
    Text,
    Comment,
    Listing { mark: char, length: usize },
}

impl State {
    /// What is to be seen of `line`, with the state carried on behind it.
    fn show<'a>(&mut self, line: Line<'a>) -> Option<Line<'a>> {
        match *self {
            State::Listing { mark, length } => {
                if fence(line.text)
                    .is_some_and(|(found, count, rest)| found == mark && count >= length && rest.is_empty())
                {
                    *self = State::Text;
                }
                None
            }
            State::Comment => {
                let (_, rest) = line.text.split_once("-->")?;
                *self = State::Text;
                let start = line.start + line.text.len() - rest.len();
                (!rest.trim().is_empty()).then(|| self.show(Line { text: rest, start })).flatten()
            }
            State::Text => {
                if let Some((mark, length, _)) = fence(line.text) {
                    *self = State::Listing { mark, length };
                    return None;
                }
                let Some((before, after)) = line.text.split_once("<!--") else { return Some(line) };
                if !after.contains("-->") {
                    *self = State::Comment;
                }
                (!before.trim().is_empty()).then(|| Line { text: before.trim_end(), ..line })
            }
        }
    }
}

fn fence(line: &str) -> Option<(char, usize, &str)> {
    let trimmed = line.trim_start();
    let mark = trimmed.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let rest = trimmed.trim_start_matches(mark);
    let length = trimmed.len() - rest.len();
    // A run of backticks with others behind it on the line is code within text.
    (length >= 3 && !(mark == '`' && rest.contains('`'))).then(|| (mark, length, rest.trim()))
}

fn atx_heading(line: &str) -> Option<(usize, &str)> {
    let trimmed = line.trim_start();
    let rest = trimmed.trim_start_matches('#');
    let level = trimmed.len() - rest.len();
    let indented = line.len() - trimmed.len() > 3;
    ((1..=6).contains(&level) && !indented && (rest.is_empty() || rest.starts_with([' ', '\t'])))
        .then(|| (level, rest.trim().trim_end_matches('#').trim_end()))
}

fn underline(line: &str) -> Option<usize> {
    let marks = line.trim();
    if marks.len() < 2 {
        return None;
    }
    match marks.as_bytes()[0] {
        b'=' if marks.bytes().all(|byte| byte == b'=') => Some(1),
        b'-' if marks.bytes().all(|byte| byte == b'-') => Some(2),
        _ => None,
    }
}

/// Whether a line with an underline below it is a heading, and not a list, a table or a quote before a rule.
fn can_be_heading(line: &str) -> bool {
    !line.trim().is_empty() && !line.starts_with("    ") && !line.trim_start().starts_with(['-', '*', '+', '>', '|'])
}

/// Follows a character that is to be shown as an emoji, and counts as a letter where words are told apart.
const EMOJI_STYLE: char = '\u{FE0F}';

/// `text` without Markdown's marks: links are their words, emphasis and code are plain.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let image = rest[..open].ends_with('!');
        plain.push_str(rest[..open].trim_end_matches(if image { "!" } else { "" }));
        let inner = &rest[open + 1..];
        match link(inner) {
            Some((words, _, behind)) => {
                if !image {
                    plain.push_str(words);
                }
                rest = behind;
            }
            None => {
                plain.push('[');
                rest = inner;
            }
        }
    }
    plain.push_str(rest);
    let unmarked = without_marks(&plain);
    unmarked.split_whitespace().map(|word| word.trim_matches('_')).collect::<Vec<_>>().join(" ")
}

fn without_marks(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' if characters.peek().is_some_and(char::is_ascii_punctuation) => plain.extend(characters.next()),
            '*' | '`' | '~' | EMOJI_STYLE => {}
            other => plain.push(other),
        }
    }
    plain
}

/// Reads `words](destination)`, which stands behind a `[`: the words, the destination, and what follows.
pub(super) fn link(inner: &str) -> Option<(&str, &str, &str)> {
    let (words, behind) = split_near(inner, b']')?;
    match behind.strip_prefix('(') {
        Some(address) => {
            let (address, behind) = split_near(address, b')')?;
            let address = address.split_whitespace().next().unwrap_or_default();
            Some((words, address.trim_start_matches('<').trim_end_matches('>'), behind))
        }
        None => {
            let (_, behind) = split_near(behind.strip_prefix('[')?, b']')?;
            Some((words, "", behind))
        }
    }
}

/// What stands before and behind the next `end`, which is ASCII. `None` when it is further away than any words or
/// addresses are long: brackets that nobody closes must not each be looked for to the end of the file.
fn split_near(text: &str, end: u8) -> Option<(&str, &str)> {
    let at = text.bytes().take(600).position(|byte| byte == end)?;
    Some((&text[..at], &text[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::{outline, plain};

    #[test]
    fn plain_text() {
        let cases = [
            ("**Use** `x` [here](y.md) and ![img](z.png) now", "Use x here and now"),
            (r"CNB\_BUILD\_DIR \", r"CNB_BUILD_DIR \"),
            ("_all_ snake_case [open [x](y", "all snake_case [open [x](y"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn sections() {
        let text = "a\n# One #\n```\n# no\n```\nb <!-- c -->\n<!--\n# no\n-->\nTwo\n===\n    # no\n- x\n---\n#hash\n";
        let found: Vec<_> = outline(text, 0)
            .into_iter()
            .map(|section| {
                let lines: Vec<_> = section.lines.iter().map(|line| line.text).collect();
                format!("{} {}: {}", section.level, section.title, lines.join("|"))
            })
            .collect();
        assert_eq!(found, ["0 : a", "1 One: b", "1 Two:     # no|- x|---|#hash"]);
    }
}
