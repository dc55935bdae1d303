//! Running text: paragraphs, the items of lists, and the lines that go on with them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::header::{attribute, is_directive};
use super::inline::convert;
use super::line::{admonition, bracketed, is_comment, is_delimiter};
use super::list::{item, term};
use super::reader::{Reader, Style};
use crate::extract::wording::regex;

impl<'a> Reader<'a> {
    /// Reads an item with the lines that go on with it; `line` is behind the reader.
    pub(super) fn list_item(&mut self, line: &'a str, range: Range<usize>) -> bool {
        let shift = |part: Range<usize>| range.start + part.start..range.start + part.end;
        let (mark, kind, name, text) = match (item(line), term(line)) {
            (Some(item), _) => (item.mark, item.kind, None, item.text),
            (None, Some((kind, name, text))) => ("- ", kind.to_owned(), Some(name), text),
            (None, None) => return false,
        };
        let indent = self.lists.begin(&kind, mark);
        let inner = " ".repeat(self.lists.indent());
        self.put_start(&format!("{}{mark}", " ".repeat(indent)), range.start..range.start);
        if let Some(name) = name {
            let name = shift(name);
            self.text("**", name.start..name.start);
            self.inline(name.clone(), &inner);
            self.text(":** ", name.end..name.end);
        }
        // The text of a term may stand below it, even behind an empty line.
        let behind_blank = self.line(self.at).is_empty() && !self.ends_text(self.line(self.at + 1));
        if text.is_empty() && behind_blank {
            self.at += 1;
        }
        self.running(shift(text).start, &inner);
        true
    }

    /// Reads a paragraph whose first line, behind the reader, is `line`.
    pub(super) fn paragraph(&mut self, line: &'a str, index: usize, style: &Style<'a>) {
        static ADMONITION: LazyLock<Regex> = LazyLock::new(|| regex(r"^(NOTE|TIP|IMPORTANT|WARNING|CAUTION):\s+"));
        let range = self.lines[index].clone();
        let first = style.words.split([',', '%']).next().unwrap_or_default();
        let is_indented = line.starts_with([' ', '\t']);
        // Below an item, what is indented belongs to it; elsewhere it is shown as it is.
        let is_shown = is_indented && self.lists.is_empty();
        self.is_attached |= is_indented;
        self.detach();
        if is_shown || matches!(first, "source" | "listing" | "literal") {
            let end = (index..self.lines.len()).find(|&below| self.line(below).is_empty()).unwrap_or(self.lines.len());
            self.listing(index..end, "", style.words);
            self.at = end;
            return;
        }
        let lead = ADMONITION.find(line);
        let kind = lead.map(|found| found.as_str().split(':').next().unwrap_or_default()).or_else(|| admonition(first));
        let quote = if kind.is_some() || first == "quote" { "> " } else { "" };
        let start = lead.map_or(line.len() - line.trim_start().len(), |found| found.end());
        let indent = format!("{}{quote}", " ".repeat(self.lists.indent()));
        if let Some(kind) = kind {
            self.put(&format!("{indent}[!{kind}]"), range.clone());
        }
        self.put_start(&indent, range.start..range.start);
        self.running(range.start + start, &indent);
    }

    /// The text from `start` on, which is in the line behind the reader, with the lines that go on with it.
    fn running(&mut self, start: usize, indent: &str) {
        let end = self.at.checked_sub(1).and_then(|above| self.lines.get(above)).map_or(start, |line| line.end);
        let mut stretch = start..end.max(start);
        while self.at < self.lines.len() && !self.ends_text(self.line(self.at)) {
            let (line, range) = (self.line(self.at), self.lines[self.at].clone());
            self.at += 1;
            if !is_comment(line) {
                stretch.end = range.end;
                continue;
            }
            self.stretch(&stretch, indent);
            let below = self.lines.get(self.at).map_or(range.end, |below| below.start);
            stretch = below..below;
        }
        self.stretch(&stretch, indent);
        self.text("\n", stretch.end..stretch.end);
    }

    fn stretch(&mut self, range: &Range<usize>, indent: &str) {
        self.inline(range.clone(), indent);
    }

    /// The text at `range`, whose further lines stand behind `indent`.
    pub(super) fn inline(&mut self, range: Range<usize>, indent: &str) {
        let (text, prefix) = (self.text, format!("{}{indent}", self.prefix));
        for (markdown, origin) in convert(&text[range.clone()], range.start, &self.names) {
            if markdown != text[origin.clone()] {
                self.text(&markdown.replace('\n', &format!("\n{prefix}")), origin);
                continue;
            }
            let mut at = origin.start;
            for (index, line) in markdown.split_inclusive('\n').enumerate() {
                let lead = if index == 0 { 0 } else { line.len() - line.trim_start_matches([' ', '\t']).len() };
                if index > 0 {
                    self.text(&prefix, at..at);
                }
                self.text(&line[lead..], at + lead..at + line.len());
                at += line.len();
            }
        }
    }

    /// Whether the text of a paragraph or an item ends before `line`.
    fn ends_text(&self, line: &str) -> bool {
        line.is_empty()
            || line == "+"
            || item(line).is_some()
            || term(line).is_some()
            || bracketed(line).is_some()
            || attribute(line).is_some()
            || is_delimiter(line)
            || is_directive(line)
    }
}
