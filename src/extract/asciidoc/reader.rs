//! The blocks of an AsciiDoc document, line by line.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::header::{Header, attribute, is_directive};
use super::inline::{Names, image};
use super::line::{admonition, bracketed, explicit_id, generated_id, heading, is_comment, underlined};
use super::list::Lists;
use crate::extract::wording::regex;
use crate::source::{MappedText, SourceFile};

/// Deeper blocks are read as what they are in.
const DEEPEST: usize = 12;

pub(super) struct Reader<'a> {
    file: &'a SourceFile,
    pub(super) text: &'a str,
    /// The lines without their ends.
    pub(super) lines: Vec<Range<usize>>,
    /// The line that is read next.
    pub(super) at: usize,
    passed_over: BTreeSet<usize>,
    pub(super) names: Names,
    /// The ids that references of the document name.
    referenced: BTreeSet<&'a str>,
    out: MappedText,
    /// What stands before every line: the quotes and items that it is in.
    pub(super) prefix: String,
    open: Vec<Open>,
    pub(super) lists: Lists,
    /// Whether the next block belongs to the last item.
    pub(super) is_attached: bool,
    style: Style<'a>,
}

/// What stands in brackets above a block.
#[derive(Default)]
pub(super) struct Style<'a> {
    pub(super) words: &'a str,
    id: Option<&'a str>,
}

/// A block of several blocks.
struct Open {
    delimiter: String,
    prefix: String,
    lists: Lists,
}

impl<'a> Reader<'a> {
    pub(super) fn new(file: &'a SourceFile, header: Header, out: MappedText) -> Self {
        static REFERENCE: LazyLock<Regex> = LazyLock::new(|| regex(r"(?:<<|xref:#?)([\w.-]+)"));
        let text = file.text();
        let mut start = 0;
        let lines = text.split_inclusive('\n').map(|whole| {
            let range = start..start + whole.trim_end().len();
            start += whole.len();
            range
        });
        let attributes = header.attributes.iter();
        let attributes = attributes.map(|found| (found.name.clone(), text[found.value.clone()].to_owned())).collect();
        let mut reader = Self {
            file,
            text,
            lines: lines.collect(),
            at: 0,
            passed_over: header.passed_over.into_iter().collect(),
            names: Names { attributes, headings: HashMap::new() },
            referenced: REFERENCE.captures_iter(text).filter_map(|found| Some(found.get(1)?.as_str())).collect(),
            out,
            prefix: String::new(),
            open: Vec::new(),
            lists: Lists::default(),
            is_attached: false,
            style: Style::default(),
        };
        reader.names.headings = reader.headings();
        reader
    }

    pub(super) fn read(&mut self) {
        while self.at < self.lines.len() {
            self.block();
        }
    }

    pub(super) fn finish(self) -> MappedText {
        self.out
    }

    pub(super) fn line(&self, index: usize) -> &'a str {
        self.lines.get(index).map_or("", |range| &self.text[range.clone()])
    }

    /// The headings that references may name.
    fn headings(&self) -> HashMap<String, (String, String)> {
        let mut headings = HashMap::new();
        for index in 0..self.lines.len() {
            let Some((_, words)) = heading(self.line(index)) else { continue };
            let title = &self.line(index)[words];
            let above = index.checked_sub(1).and_then(|above| bracketed(self.line(above)));
            let id = above.and_then(explicit_id).map_or_else(|| generated_id(title), str::to_owned);
            for key in [id.clone(), title.to_lowercase()] {
                headings.entry(key).or_insert_with(|| (title.to_owned(), id.clone()));
            }
        }
        headings
    }

    fn block(&mut self) {
        let index = self.at;
        let range = self.lines[index].clone();
        let line = self.line(index);
        self.at += 1;
        if line.is_empty() {
            self.is_attached = false;
            return self.blank();
        }
        if line.len() >= 4 && line.bytes().all(|byte| byte == b'/') {
            self.at = self.closing(line, index);
            return;
        }
        if is_comment(line) || is_directive(line) || self.passed_over.contains(&range.start) || line == "<<<" {
            return;
        }
        if let Some((name, value)) = attribute(line) {
            self.names.attributes.insert(name.to_owned(), line[value].to_owned());
            return;
        }
        if line == "+" {
            self.is_attached = true;
            return self.blank();
        }
        if let Some(words) = bracketed(line).filter(|_| !self.line(self.at).is_empty()) {
            let id = explicit_id(words).or(self.style.id);
            let words = if words.starts_with(['[', '#']) { self.style.words } else { words };
            self.style = Style { words, id };
            return;
        }
        let style = std::mem::take(&mut self.style);
        if self.delimited(line, index, &style) {
            return;
        }
        if let Some(id) = style.id.filter(|_| heading(line).is_none()) {
            self.put(&format!("<a id=\"{id}\"></a>"), range.clone());
            self.blank();
        }
        if let Some((level, words)) = heading(line) {
            return self.heading(level, range.start + words.start..range.start + words.end, style.id);
        }
        if let Some(level) = underlined(line, self.line(self.at)).filter(|_| self.open.is_empty()) {
            self.at += 1;
            return self.heading(level, range, style.id);
        }
        if matches!(line, "'''" | "---" | "***" | "- - -" | "* * *") {
            self.leave_lists();
            self.put("***", range);
            return self.blank();
        }
        if self.block_macro(line, range.clone()) || self.list_item(line, range.clone()) {
            return;
        }
        if let Some(title) =
            line.strip_prefix('.').filter(|rest| !rest.starts_with([' ', '.', '\t']) && !rest.is_empty())
        {
            self.put_start("**", range.start..range.start + 1);
            self.inline(range.start + 1..range.start + 1 + title.len(), "");
            self.text("**\n", range.end..range.end);
            return self.blank();
        }
        self.paragraph(line, index, &style);
    }

    /// A heading of the level of its marks, one being the title's.
    fn heading(&mut self, level: usize, words: Range<usize>, id: Option<&str>) {
        self.leave_lists();
        let generated = generated_id(&self.text[words.clone()]);
        if let Some(id) = id.or(Some(generated.as_str()).filter(|id| self.referenced.contains(id))) {
            self.put(&format!("<a id=\"{id}\"></a>"), words.clone());
            self.blank();
        }
        self.put_start(&format!("{} ", "#".repeat(level)), words.clone());
        self.inline(words.clone(), "");
        self.text("\n", words.end..words.end);
        self.blank();
    }

    /// Reads a block between delimiters, or opens it.
    fn delimited(&mut self, line: &'a str, index: usize, style: &Style<'a>) -> bool {
        if self.open.last().is_some_and(|open| open.delimiter == line) {
            if let Some(open) = self.open.pop() {
                self.prefix = open.prefix;
                self.lists = open.lists;
                self.blank();
            }
            return true;
        }
        let run = |mark: u8, least: usize| line.len() >= least && line.bytes().all(|byte| byte == mark);
        if matches!(line, "|===" | "!===" | ",===" | ":===") {
            let end = self.closing(line, index);
            self.table(index + 1..end.saturating_sub(1), style.words, line.chars().next().unwrap_or('|'));
            self.at = end;
            return true;
        }
        if run(b'-', 4) || run(b'.', 4) || run(b'+', 4) || line.starts_with("```") {
            let end = match line.strip_prefix("```") {
                Some(_) => self.closing("```", index),
                None => self.closing(line, index),
            };
            self.listing(index + 1..end.saturating_sub(1), line, style.words);
            self.at = end;
            return true;
        }
        let quotes = run(b'_', 4) || line == "\"\"" || style.words.starts_with("quote");
        let holds = run(b'=', 4) || run(b'*', 4) || run(b'_', 4) || matches!(line, "--" | "\"\"");
        // Without its like below it is a line of text, or an underline that has lost its heading.
        let closes = || (index + 1..self.lines.len()).any(|below| self.line(below) == line);
        if !holds || self.open.len() >= DEEPEST || !closes() {
            return false;
        }
        self.detach();
        let prefix = self.block_prefix();
        let kind = admonition(style.words.split([',', '.', '#', '%']).next().unwrap_or_default());
        let inner = if quotes || kind.is_some() || run(b'*', 4) { format!("{prefix}> ") } else { prefix };
        let open = Open {
            delimiter: line.to_owned(),
            prefix: std::mem::replace(&mut self.prefix, inner),
            lists: std::mem::take(&mut self.lists),
        };
        self.open.push(open);
        self.is_attached = false;
        if let Some(kind) = kind {
            self.put(&format!("[!{kind}]"), self.lines[index].clone());
        }
        true
    }

    /// The line behind that which closes the block that `delimiter` opens at `index`: the end where none does.
    pub(super) fn closing(&self, delimiter: &str, index: usize) -> usize {
        let close = (index + 1..self.lines.len()).find(|&below| self.line(below) == delimiter);
        close.map_or(self.lines.len() + 1, |close| close + 1)
    }

    fn block_macro(&mut self, line: &str, range: Range<usize>) -> bool {
        static MACRO: LazyLock<Regex> =
            LazyLock::new(|| regex(r"^(image|include|toc|video|audio|link|plantuml|mermaid)::([^\s\[]*)\[(.*)\]$"));
        let Some(found) = MACRO.captures(line) else { return false };
        let target = found[2].to_owned();
        let markdown = match &found[1] {
            "image" => image(&target, &found[3], &self.names),
            "toc" => return true,
            _ if target.contains(['{', ' ']) || target.is_empty() => format!("`{line}`"),
            _ => format!("[{target}]({target})"),
        };
        self.detach();
        self.put_block(&markdown, range);
        self.blank();
        true
    }

    /// A block that is not said to belong to the last item ends the lists.
    pub(super) fn detach(&mut self) {
        if !self.is_attached {
            self.leave_lists();
        }
    }

    fn leave_lists(&mut self) {
        self.lists.end();
        self.is_attached = false;
    }

    fn block_prefix(&self) -> String {
        format!("{}{}", self.prefix, " ".repeat(self.lists.indent()))
    }

    pub(super) fn put_block(&mut self, markdown: &str, origin: Range<usize>) {
        self.put_block_start("", origin.start..origin.start);
        self.text(markdown, origin.clone());
        self.text("\n", origin.end..origin.end);
    }

    pub(super) fn put_block_start(&mut self, markdown: &str, origin: Range<usize>) {
        self.put_start(&format!("{}{markdown}", " ".repeat(self.lists.indent())), origin);
    }

    pub(super) fn put(&mut self, markdown: &str, origin: Range<usize>) {
        self.put_start(markdown, origin.clone());
        self.text("\n", origin.end..origin.end);
    }

    pub(super) fn put_start(&mut self, markdown: &str, origin: Range<usize>) {
        let line = format!("{}{markdown}", self.prefix);
        self.text(&line, origin);
    }

    pub(super) fn blank(&mut self) {
        let line = format!("{}\n", self.prefix.trim_end());
        self.text(&line, 0..0);
    }

    pub(super) fn text(&mut self, markdown: &str, origin: Range<usize>) {
        if !markdown.is_empty() {
            self.out.push(markdown, self.file.span(origin));
        }
    }
}
