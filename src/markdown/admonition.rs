//! Admonitions as other generators write them -> GitHub's alerts, which the parser knows.
//!
//! Forms: Docusaurus' and VuePress' `:::note`, MkDocs' `!!! note "Title"` and `??? note`, mdbook-admonish's fences.
//! Enters: a page's text. Leaves: the same text with quotes in their place; each line still knows where it is written.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::source::MappedText;

/// Admonitions inside more of them than this are shown as their text.
const DEEPEST: usize = 8;

/// A line that opens an admonition.
struct Opening<'t> {
    kind: &'t str,
    title: &'t str,
    ends: End,
}

/// What ends an admonition that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
enum End {
    /// A line of so many colons, or more.
    Colons(usize),
    /// A line that is indented less than its text.
    Outdent,
    /// A line of this fence.
    Fence(String),
}

struct Open {
    /// How far the text in it is indented in the source.
    content: usize,
    /// How far its quote is indented; `None` for what is passed over and only counted, so that its end is known.
    quote: Option<usize>,
    ends: End,
}

/// `text` with alerts for its admonitions; `None` when it has none.
pub(super) fn as_alerts(text: &MappedText) -> Option<MappedText> {
    static MARKS: LazyLock<[Finder<'static>; 5]> =
        LazyLock::new(|| [":::", "!!! ", "??? ", "???+ ", "```admonish"].map(Finder::new));
    let source = text.text();
    if !MARKS.iter().any(|mark| mark.find(source.as_bytes()).is_some()) {
        return None;
    }
    let mut rewriter = Rewriter { text, out: MappedText::new(), open: Vec::new(), fence: None };
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        rewriter.line(line, at);
        at += line.len();
    }
    Some(rewriter.out)
}

struct Rewriter<'a> {
    text: &'a MappedText,
    out: MappedText,
    open: Vec<Open>,
    /// The fence of the listing that is open.
    fence: Option<String>,
}

impl Rewriter<'_> {
    fn line(&mut self, line: &str, at: usize) {
        let code = line.trim();
        let indent = line.len() - line.trim_start_matches(' ').len();
        if self.fence.is_none() {
            self.close_outdented(indent, code, at);
            if self.closes(code) {
                self.close(at);
                return;
            }
            if let Some(opening) = opening(code) {
                self.open(&opening, indent, at);
                return;
            }
        }
        self.push_prefix(at);
        let content = self.open.last().map_or(0, |open| open.content).min(indent);
        self.out.push(&line[content..], self.text.span(at + content..at + line.len()));
        self.follow_fence(code);
    }

    /// Notes where listings begin and end, in which nothing is an admonition.
    fn follow_fence(&mut self, code: &str) {
        let marks = &code[..code.len() - code.trim_start_matches(['`', '~']).len()];
        match &self.fence {
            Some(fence) if marks.starts_with(fence.as_str()) && marks == code => self.fence = None,
            None if marks.len() >= 3 && !code[marks.len()..].contains('`') => self.fence = Some(marks.to_owned()),
            _ => {}
        }
    }

    fn close_outdented(&mut self, indent: usize, code: &str, at: usize) {
        while !code.is_empty()
            && self.open.last().is_some_and(|open| open.ends == End::Outdent && indent < open.content)
        {
            self.close(at);
        }
    }

    fn closes(&self, code: &str) -> bool {
        match self.open.last().map(|open| &open.ends) {
            Some(End::Colons(count)) => code.len() >= *count && code.bytes().all(|byte| byte == b':'),
            Some(End::Fence(fence)) => code.starts_with(fence.as_str()) && code.bytes().all(|byte| byte == b'`'),
            Some(End::Outdent) | None => false,
        }
    }

    /// What follows must not be taken for the last paragraph's next line.
    fn close(&mut self, at: usize) {
        let was_quote = self.open.pop().is_some_and(|open| open.quote.is_some());
        if was_quote {
            self.push_prefix(at);
            self.out.push("\n", self.text.span(at..at));
        }
    }

    fn open(&mut self, opening: &Opening<'_>, indent: usize, at: usize) {
        let content = if opening.ends == End::Outdent { indent + 4 } else { indent };
        let alert = alert(opening.kind).filter(|_| self.open.len() < DEEPEST);
        self.open.push(Open { content, quote: alert.map(|_| indent), ends: opening.ends.clone() });
        let Some(alert) = alert else { return };
        let place = self.text.span(at..at);
        self.push_prefix(at);
        self.out.push(&format!("[!{alert}]\n"), place);
        if !opening.title.is_empty() {
            self.push_prefix(at);
            self.out.push(&format!("**{}**\n", opening.title), place);
            self.push_prefix(at);
            self.out.push("\n", place);
        }
    }

    fn push_prefix(&mut self, at: usize) {
        let mut prefix = String::new();
        let mut column = 0;
        for open in &self.open {
            if let Some(quote) = open.quote {
                prefix.extend(std::iter::repeat_n(' ', quote.saturating_sub(column)));
                prefix.push_str("> ");
            }
            column = open.content;
        }
        if !prefix.is_empty() {
            self.out.push(&prefix, self.text.span(at..at));
        }
    }
}

fn opening(code: &str) -> Option<Opening<'_>> {
    let colons = code.len() - code.trim_start_matches(':').len();
    if colons >= 3 {
        let (kind, title) = split_kind(code[colons..].trim_start());
        let title = title.strip_prefix('[').and_then(|title| title.strip_suffix(']')).unwrap_or(title);
        return (!kind.is_empty()).then_some(Opening { kind, title, ends: End::Colons(colons) });
    }
    for marks in ["!!! ", "??? ", "???+ "] {
        if let Some(rest) = code.strip_prefix(marks) {
            let (kind, title) = split_kind(rest);
            // Words between kind and title are classes.
            let title = title.split_once('"').map_or("", |(_, title)| title.trim_end_matches('"'));
            return alert(kind).map(|_| Opening { kind, title, ends: End::Outdent });
        }
    }
    let fence = &code[..code.len() - code.trim_start_matches('`').len()];
    let rest = code[fence.len()..].strip_prefix("admonish").filter(|_| fence.len() >= 3)?;
    let (kind, attributes) = split_kind(rest.trim_start());
    let title = attributes.split_once("title=").map_or("", |(_, title)| title.trim_matches(['"', '\'']));
    let kind = if alert(kind).is_some() { kind } else { "note" };
    Some(Opening { kind, title, ends: End::Fence(fence.to_owned()) })
}

fn split_kind(text: &str) -> (&str, &str) {
    let end = text.find(|character: char| !character.is_ascii_alphanumeric() && character != '-').unwrap_or(text.len());
    (&text[..end], text[end..].trim())
}

/// GitHub's name for an alert of this kind.
fn alert(kind: &str) -> Option<&'static str> {
    Some(match kind.to_ascii_lowercase().as_str() {
        "note" | "info" | "abstract" | "summary" | "tldr" | "example" | "seealso" | "details" | "quote" | "cite" => {
            "NOTE"
        }
        "tip" | "hint" | "success" | "check" | "done" | "question" | "help" | "faq" => "TIP",
        "important" => "IMPORTANT",
        "warning" | "attention" => "WARNING",
        "caution" | "danger" | "error" | "failure" | "fail" | "missing" | "bug" => "CAUTION",
        _ => return None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::as_alerts;
    use crate::source::{MappedText, RepoPath, SourceFile};

    #[test]
    fn admonitions_become_alerts() {
        let cases = [
            (":::note\na\n:::\nb\n", "> [!NOTE]\n> a\n\nb\n"),
            (":::danger[Mind *this*]\n\na\n:::\n", "> [!CAUTION]\n> **Mind *this***\n> \n> \n> a\n\n"),
            ("::::tip One\n:::info\na\n:::\nb\n::::\n", "> [!TIP]\n> **One**\n> \n> > [!NOTE]\n> > a\n> \n> b\n\n"),
            ("!!! warning \"Hot\"\n    a\n\n    - b\n\nc\n", "> [!WARNING]\n> **Hot**\n> \n> a\n> \n> - b\n> \n\nc\n"),
            ("- x\n    ???+ note\n        a\n- y\n", "- x\n    > [!NOTE]\n    > a\n\n- y\n"),
            ("```admonish bug title=\"T\"\na\n```\n", "> [!CAUTION]\n> **T**\n> \n> a\n\n"),
            ("```sh\n:::note a\n```\n", "```sh\n:::note a\n```\n"),
            (":::tabs\n:::note\na\n:::\n:::\n", "> [!NOTE]\n> a\n\n"),
            ("!!! really\n", "!!! really\n"),
        ];
        for (text, expected) in cases {
            let file = SourceFile::new(RepoPath::new("a.md").unwrap(), text.to_owned());
            let rewritten = as_alerts(&MappedText::of_file(&file)).unwrap();
            assert_eq!(rewritten.text(), expected, "{text}");
            let (from, to) = (text.rfind('a').unwrap(), rewritten.text().rfind('a').unwrap());
            assert_eq!(rewritten.span(to..to + 1).range(), from..from + 1, "{text}");
        }
    }
}
