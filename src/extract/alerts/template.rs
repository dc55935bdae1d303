//! Rule files that a template engine has to fill in first, line by line.
//!
//! Enters: text that is no YAML, because of `{{ … }}`, `[[ … ]]`, `{% … %}` or `<% … %>` in it, or because it breaks off.
//! Leaves: its rules, as far as they stand in it: a line is a key with a value, an item of a list, or part of the text above.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::rule::{Language, Pair, Purpose, Rule};
use crate::extract::wording::regex;
use crate::source::SourceFile;

/// Whether a template has to fill something in.
pub(super) fn is_filled_in(text: &str) -> bool {
    ["{{", "[[", "<%", "{%", "%("].iter().any(|open| text.contains(open)) || text.contains("%s")
}

/// What a template makes of `text`, as far as that stands in it: text in backquotes stays as it is, variables that are set to a
/// text are known, and a value that has a default is that.
pub(super) fn rendered(text: &str, variables: &[(&str, &str)]) -> String {
    static RAW: LazyLock<Regex> = LazyLock::new(|| regex(r"\{\{-?\s*`([^`]*)`\s*-?\}\}"));
    static VARIABLE: LazyLock<Regex> = LazyLock::new(|| regex(r"\{\{-?\s*\$(\w+)\s*(?:\|\s*quote\s*)?-?\}\}"));
    static TAGS: LazyLock<Regex> = LazyLock::new(|| regex(r"\{%-?\s*(?:end)?raw\s*-?%\}"));
    static DEFAULT: LazyLock<Regex> = LazyLock::new(|| {
        regex(concat!(
            r#"^\{\{-?\s*(?:dig(?:\s+"[^"]*")+\s+"([^"]*)"\s+\S+"#,
            r#"|default\s+"([^"]*)"\s+[^|}]+|[^|}"]+\|\s*default\s+"([^"]*)"|"([^"]*)")\s*(?:\|\s*quote\s*)?-?\}\}$"#
        ))
    });
    let text = TAGS.replace_all(text, "");
    if let Some(default) = DEFAULT.captures(text.trim()) {
        let found = (1..=4).find_map(|group| default.get(group));
        return found.map_or_else(String::new, |found| found.as_str().to_owned());
    }
    let known = |name: &str| variables.iter().rev().find(|(known, _)| *known == name).map(|(_, value)| *value);
    let text = VARIABLE.replace_all(&text, |found: &regex::Captures<'_>| {
        known(&found[1]).map_or_else(|| found[0].to_owned(), str::to_owned)
    });
    // Between raw pieces stands what is filled in: the pieces are found one after the other.
    RAW.replace_all(&text, "$1").into_owned()
}

/// The variables that a template sets to a text.
pub(super) fn variables<'t>(text: &'t str) -> Vec<(&'t str, &'t str)> {
    static SET: LazyLock<Regex> = LazyLock::new(|| regex(r#"\{\{-?\s*\$(\w+)\s*:?=\s*"([^"]*)"\s*-?\}\}"#));
    if !text.contains(['$', '"']) {
        return Vec::new();
    }
    let pair = |set: regex::Captures<'t>| Some((set.get(1)?.as_str(), set.get(2)?.as_str()));
    SET.captures_iter(text).filter_map(pair).collect()
}

/// The rules in `range` of `file`.
pub(super) fn scan(file: &SourceFile, range: Range<usize>) -> Vec<Rule> {
    let Some(text) = file.text().get(range.clone()) else { return Vec::new() };
    let mut scanner =
        Scanner { file, lines: lines(text, range.start), next: 0, group: String::new(), rules: Vec::new() };
    scanner.scan();
    scanner.rules
}

/// A line that says something.
#[derive(Clone, Copy)]
struct Line<'t> {
    /// Without what stands around it.
    text: &'t str,
    /// Where that begins in the file.
    at: usize,
    /// How far it is indented.
    indent: usize,
    /// Whether it is all directive.
    is_directive: bool,
}

fn lines(text: &str, start: usize) -> Vec<Line<'_>> {
    let mut at = start;
    let mut lines = Vec::new();
    let mut comment = false;
    for whole in text.split_inclusive('\n') {
        let trimmed = whole.trim();
        let indent = whole.len() - whole.trim_start().len();
        // A comment of the template may go over several lines.
        let opens = trimmed.starts_with("{{") && trimmed.contains("/*") && !trimmed.contains("*/");
        let is_directive = comment || opens || is_directive(trimmed);
        comment = (comment || opens) && !trimmed.contains("*/");
        lines.push(Line { text: trimmed, at: at + indent.min(whole.len()), indent, is_directive });
        at += whole.len();
    }
    lines
}

/// Whether a line consists of directives alone, which leave nothing or what is not known.
fn is_directive(line: &str) -> bool {
    let mut rest = line;
    let mut any = false;
    while !rest.is_empty() {
        let pairs = [("{{", "}}"), ("{%", "%}"), ("<%", "%>"), ("[[", "]]")];
        let Some((open, close)) = pairs.iter().find(|(open, _)| rest.starts_with(open)) else { return false };
        let Some(end) = rest[open.len()..].find(close) else { return false };
        rest = rest[open.len() + end + close.len()..].trim_start();
        any = true;
    }
    any
}

/// A key with what stands behind it on its line.
struct Key<'t> {
    /// Where the key stands, in characters from the start of the line.
    column: usize,
    /// Whether an item of a list begins with it, and where.
    dash: Option<usize>,
    name: &'t str,
    value: &'t str,
    /// Where the value begins in the file.
    at: usize,
}

impl<'t> Line<'t> {
    fn key(&self) -> Option<Key<'t>> {
        if self.is_directive || self.text.starts_with('#') {
            return None;
        }
        let mut text = self.text;
        let mut column = self.indent;
        let mut dash = None;
        while let Some(rest) = text.strip_prefix("- ") {
            dash = Some(column);
            let trimmed = rest.trim_start();
            column += text.len() - trimmed.len();
            text = trimmed;
        }
        let (name, behind) = match text.chars().next()? {
            quote @ ('"' | '\'') => {
                let end = text[1..].find(quote)? + 1;
                (&text[1..end], text[end + 1..].trim_start().strip_prefix(':')?)
            }
            _ => {
                let end = text.find(':')?;
                (text[..end].trim_end(), &text[end + 1..])
            }
        };
        let is_name = !name.is_empty()
            && name.chars().all(|part| part.is_alphanumeric() || matches!(part, '_' | '-' | '.' | '/'));
        if !is_name || !(behind.is_empty() || behind.starts_with([' ', '\t'])) {
            return None;
        }
        let value = behind.trim_start();
        let at = self.at + self.text.len() - value.len();
        Some(Key { column, dash, name, value, at })
    }
}

struct Scanner<'t> {
    file: &'t SourceFile,
    lines: Vec<Line<'t>>,
    next: usize,
    group: String,
    rules: Vec<Rule>,
}

/// What is known of the rule that is being read.
#[derive(Default)]
struct Open {
    /// Where its keys stand.
    column: usize,
    name: Option<(Purpose, String, Range<usize>)>,
    expr: Option<(String, Range<usize>)>,
    wait: String,
    labels: Vec<Pair>,
    annotations: Vec<Pair>,
}

impl<'t> Scanner<'t> {
    fn scan(&mut self) {
        let mut open = Open::default();
        while let Some(line) = self.lines.get(self.next).copied() {
            self.next += 1;
            let Some(key) = line.key() else { continue };
            if key.dash.is_some() || key.column < open.column {
                self.close(std::mem::take(&mut open));
                open.column = key.column;
            }
            if key.column != open.column && open.name.is_some() {
                continue;
            }
            match key.name {
                "name" if key.dash.is_some() || open.name.is_none() => {
                    let (text, _) = self.value(&key);
                    if self.has_rules(key.column) {
                        self.group = text;
                    }
                }
                "alert" | "record" => {
                    let purpose = if key.name == "alert" { Purpose::Alert } else { Purpose::Recording };
                    // A second name without a dash is another branch of the template, or another file below.
                    if open.name.is_some() {
                        self.close(std::mem::take(&mut open));
                    }
                    open.column = key.column;
                    let (text, range) = self.value(&key);
                    open.name = Some((purpose, text, range));
                }
                "expr" if open.expr.is_none() => {
                    open.column = key.column;
                    open.expr = Some(self.value(&key));
                }
                "for" if open.wait.is_empty() => open.wait = self.value(&key).0,
                "labels" => {
                    let pairs = self.pairs(&key);
                    open.labels.extend(pairs);
                }
                "annotations" => {
                    let pairs = self.pairs(&key);
                    open.annotations.extend(pairs);
                }
                // What stands below other keys is not looked at, unless a rule may be among it.
                _ => {}
            }
        }
        self.close(open);
    }

    /// Whether `rules` stands among the lines at `column` that follow, or precede within the same item.
    fn has_rules(&self, column: usize) -> bool {
        for line in &self.lines[self.next..] {
            let Some(key) = line.key() else { continue };
            if key.column < column || (key.column == column && key.dash.is_some()) {
                return false;
            }
            if key.column == column && key.name == "rules" {
                return true;
            }
            if matches!(key.name, "alert" | "record") {
                return true;
            }
        }
        false
    }

    fn close(&mut self, open: Open) {
        let Some((purpose, name, range)) = open.name else { return };
        let span = self.file.span(range);
        let (expr, expr_range) = open.expr.unwrap_or_else(|| (String::new(), span.range()));
        self.rules.push(Rule {
            purpose,
            name,
            span,
            group: self.group.clone(),
            expr,
            expr_span: self.file.span(expr_range),
            language: Language::Alike,
            wait: open.wait,
            labels: open.labels,
            annotations: open.annotations,
        });
    }

    /// The labels or annotations below `key`.
    fn pairs(&mut self, key: &Key<'t>) -> Vec<Pair> {
        let mut pairs: Vec<Pair> = Vec::new();
        if let Some(flow) = key.value.strip_prefix('{').filter(|flow| !flow.starts_with('{')) {
            return self.flow_pairs(flow, key.at + 1);
        }
        let mut column = None;
        while let Some(line) = self.lines.get(self.next).copied() {
            let is_empty = line.text.is_empty() || line.is_directive || line.text.starts_with('#');
            if is_empty {
                self.next += 1;
                continue;
            }
            let Some(inner) = line.key().filter(|inner| inner.dash.is_none()) else {
                if line.indent <= key.column {
                    break;
                }
                self.next += 1;
                continue;
            };
            if inner.column <= key.column {
                break;
            }
            self.next += 1;
            if *column.get_or_insert(inner.column) != inner.column {
                continue;
            }
            let (text, range) = self.value(&inner);
            // Of branches the first is shown.
            if !pairs.iter().any(|pair| pair.name == inner.name) {
                pairs.push(Pair { name: inner.name.to_owned(), text, span: self.file.span(range) });
            }
        }
        pairs
    }

    /// `a: b, c: "d, e"}`, which stands at `at`.
    fn flow_pairs(&self, flow: &str, at: usize) -> Vec<Pair> {
        static PAIR: LazyLock<Regex> = LazyLock::new(|| {
            regex(r#"["']?([\w./-]+)["']?\s*:\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?:\{\{.*?\}\}|[^,}])*)"#)
        });
        let pair = |found: regex::Captures<'_>| {
            let value = found.get(2)?;
            let span = self.file.span(at + value.start()..at + value.end());
            Some(Pair { name: found[1].to_owned(), text: unquoted(value.as_str().trim()), span })
        };
        PAIR.captures_iter(flow).filter_map(pair).collect()
    }

    /// The value of `key`, which may go on over the lines below, and where it stands.
    fn value(&mut self, key: &Key<'t>) -> (String, Range<usize>) {
        let first = without_comment(key.value);
        let is_block = first.starts_with(['|', '>']) && first.len() < 4;
        let is_open = first.starts_with(['"', '\'']) && unclosed(first);
        let mut parts: Vec<&str> = Vec::new();
        let mut range = key.at..key.at + first.len();
        if !is_block && !first.is_empty() {
            parts.push(first);
        }
        while let Some(line) = self.lines.get(self.next).copied() {
            let goes_on = line.indent > key.column && !line.text.is_empty();
            let is_part = match () {
                () if line.text.is_empty() => is_block || is_open,
                () if line.is_directive && !goes_on => self.goes_on_behind(key.column, is_block || is_open),
                () if is_block || is_open => goes_on,
                // Plain text goes on until there is another key.
                () => goes_on && !first.is_empty() && line.key().is_none() && !line.text.starts_with('#'),
            };
            if !is_part {
                break;
            }
            self.next += 1;
            if goes_on {
                if parts.is_empty() {
                    range.start = line.at;
                }
                parts.push(line.text);
                range.end = line.at + line.text.len();
                if is_open && !unclosed(&parts.join("\n")) {
                    break;
                }
            }
        }
        let text = parts.join("\n");
        (unquoted(text.trim()), range)
    }

    /// Whether text follows that is further in than `column`, behind directives that stand at the start of their lines.
    fn goes_on_behind(&self, column: usize, is_text: bool) -> bool {
        let mut behind = self.lines[self.next..].iter().skip_while(|line| line.is_directive || line.text.is_empty());
        is_text && behind.next().is_some_and(|line| line.indent > column)
    }
}

/// `text` without a comment behind it.
fn without_comment(text: &str) -> &str {
    if let Some(quote) = text.chars().next().filter(|first| matches!(first, '"' | '\'')) {
        // Behind the closing quote only a comment may stand.
        let ends = text.match_indices(quote).skip(1).map(|(at, _)| at + 1);
        let mut closed = ends.filter(|end| !unclosed(&text[..*end]) && text[*end..].trim_start().starts_with('#'));
        return closed.next().map_or(text, |end| &text[..end]);
    }
    if text.contains("{{") {
        return text;
    }
    text.find(" #").map_or(text, |at| text[..at].trim_end())
}

/// Whether a quote opens `text` and none closes it.
fn unclosed(text: &str) -> bool {
    let Some(quote) = text.chars().next().filter(|first| matches!(first, '"' | '\'')) else { return false };
    let mut escaped = false;
    let mut open = true;
    for character in text.chars().skip(1) {
        if character == quote && !escaped {
            open = !open;
        }
        escaped = !escaped && character == '\\' && quote == '"';
    }
    open
}

fn unquoted(text: &str) -> String {
    let inner = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    if let Some(inner) = inner('"') {
        return inner.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\");
    }
    inner('\'').map_or_else(|| text.to_owned(), |inner| inner.replace("''", "'"))
}
