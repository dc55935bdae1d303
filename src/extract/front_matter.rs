//! The data with which a Markdown file may begin: YAML between lines of `---`, TOML between lines of `+++`.
//!
//! Enters: a file. Leaves: the values, where the text begins, and what was wrong, as `invalid-front-matter`.

use std::ops::Range;

use crate::data::{self, Data, Entry, Map, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::SourceFile;

/// What stands before the text of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct FrontMatter {
    /// The values by name; `None` when there are none, or none can be read.
    pub(crate) values: Option<Value>,
    /// Its lines without the fences; empty when there is none.
    pub(crate) lines: Range<usize>,
    /// Where the text behind it begins.
    pub(crate) end: usize,
    /// What cannot be read in it.
    pub(crate) diagnostics: Diagnostics,
}

/// Reads the front matter of `file`.
pub(crate) fn read(file: &SourceFile) -> FrontMatter {
    let text = file.text();
    let Some((fence, lines, end)) = ["---", "+++"].into_iter().find_map(|fence| locate(text, fence)) else {
        return FrontMatter::default();
    };
    let (values, found) = if fence == "---" {
        let (documents, found) = data::read_yaml(file, lines.clone());
        let is_whole = found.iter().all(|found| found.code == Code::DuplicateKey);
        (if is_whole { documents.into_iter().next() } else { by_entry(file, lines.clone()) }, found)
    } else {
        data::read_toml(file, lines.clone())
    };
    // A value that is no map is a text between two rules.
    let values = values.filter(|value| !value.entries().is_empty());
    if values.is_none() && found.is_empty() {
        return FrontMatter::default();
    }
    // One finding is enough: what follows a mistake is often its consequence.
    let first = found.into_iter().take(1).filter(|found| !is_form(file, found));
    let diagnostics = first.map(as_front_matter).collect();
    FrontMatter { values, lines, end, diagnostics }
}

/// Whether what cannot be read is filled in before anybody reads it: a choice that a form leaves, `status: {proposed | accepted}`, or a line
/// that a program writes, `{{ .EditURL }}`.
fn is_form(file: &SourceFile, found: &Diagnostic) -> bool {
    let line = found.span.and_then(|span| {
        let (text, at) = (file.text(), span.start as usize);
        let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
        text[start..].lines().next()
    });
    const TEMPLATES: &[(&str, &str)] = &[("{{", "}}"), ("{%", "%}"), ("<%", "%>")];
    let is_between = |line: &str| {
        let is_of = |(open, close): &(&str, &str)| line.starts_with(open) && line.ends_with(close);
        TEMPLATES.iter().any(is_of)
    };
    if line.is_some_and(|line| is_between(line.trim())) {
        return true;
    }
    let value = line.and_then(|line| line.split_once(':')).map_or("", |(_, value)| value.trim());
    value.starts_with('{') && value.ends_with('}') && value.contains(" | ")
}

fn as_front_matter(found: Diagnostic) -> Diagnostic {
    let code = if found.code == Code::DuplicateKey { found.code } else { Code::InvalidFrontMatter };
    let label =
        if code == Code::InvalidFrontMatter { "this is read as it stands".to_owned() } else { found.label.clone() };
    Diagnostic { code, level: code.default_level(), label, ..found }
}

/// The values of YAML that cannot be read as a whole, each read on its own: what is no YAML is the text of its line, unless it begins as
/// a list, a map or a text of several lines does.
fn by_entry(file: &SourceFile, lines: Range<usize>) -> Option<Value> {
    let text = file.text();
    let mut starts = Vec::new();
    let mut at = lines.start;
    for line in text[lines.clone()].split_inclusive('\n') {
        let begins = !line.starts_with([' ', '\t', '-', '#', ':', '\r', '\n']) && line.contains(':');
        if begins {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([lines.end]);
    let entries = starts.iter().zip(ends).flat_map(|(&start, end)| {
        let (documents, found) = data::read_yaml(file, start..end);
        match documents.first() {
            Some(value) if found.is_empty() => value.entries().to_vec(),
            _ => as_it_stands(file, start..end).into_iter().collect(),
        }
    });
    let entries: Vec<Entry> = entries.collect();
    (!entries.is_empty()).then(|| Value { data: Data::Map(Map::new(entries)), span: file.span(lines) })
}

/// The entry whose line begins at the start of `place`.
fn as_it_stands(file: &SourceFile, place: Range<usize>) -> Option<Entry> {
    let line = file.text()[place.clone()].lines().next()?;
    let (key, rest) = line.split_once(':')?;
    // A quote that is not closed is no part of it.
    let value = rest.split(" #").next().unwrap_or(rest).trim().trim_matches(['"', '\'']);
    let start = place.start + line.len() - rest.len() + rest.find(value)?;
    let is_plain = !value.is_empty() && !value.starts_with(['|', '>', '[', '{', '&', '*']);
    is_plain.then(|| Entry {
        key: key.trim().into(),
        key_span: file.span(place.start..place.start + key.len()),
        value: Value { data: Data::String(value.into()), span: file.span(start..start + value.len()) },
    })
}

/// Where the text behind the front matter of `text` begins, judged without reading the data.
pub(crate) fn end(text: &str) -> usize {
    ["---", "+++"].into_iter().find_map(|fence| locate(text, fence)).map_or(0, |(_, _, end)| end)
}

/// The fence, the lines between it and its like, and the end of both.
fn locate<'f>(text: &str, fence: &'f str) -> Option<(&'f str, Range<usize>, usize)> {
    let first = text.split_inclusive('\n').next().filter(|line| line.trim_end() == fence)?;
    let mut at = first.len();
    for line in text[first.len()..].split_inclusive('\n') {
        let closes = line.trim_end() == fence || (fence == "---" && line.trim_end() == "...");
        if closes {
            return Some((fence, first.len()..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::read;
    use crate::data::Value;
    use crate::source::{RepoPath, SourceFile};

    #[test]
    fn what_is_no_yaml_is_read_by_entry() {
        let cases = [
            ("owner: @shop\nseverity: high", "owner=@shop severity=high"),
            ("title: Pay: it # soon\ntags:\n  - a\n  - b\nweight: 3", "title=Pay: it tags=[a, b] weight=3"),
            ("owner: team: shop\nreview_in: '90d'", "owner=team: shop review_in=90d"),
            ("tags: [a, b\nowner: shop", "owner=shop"),
            ("text: |\n  a: b\nowner: %x", "text=a: b owner=%x"),
            (": x\n\towner: @y\nno: @z", "no=@z"),
        ];
        for (lines, expected) in cases {
            let file = SourceFile::new(RepoPath::new("a.md").unwrap(), format!("---\n{lines}\n---\n# A\n"));
            let front = read(&file);
            assert_eq!(front.diagnostics.len(), 1, "{lines}");
            let show = |value: &Value| match value.items() {
                [] => value.to_text().unwrap_or_default(),
                items => {
                    format!("[{}]", items.iter().filter_map(Value::to_text).collect::<Vec<_>>().join(", "))
                }
            };
            let values = front.values.unwrap();
            let found: Vec<String> =
                values.entries().iter().map(|entry| format!("{}={}", entry.key, show(&entry.value).trim())).collect();
            assert_eq!(found.join(" "), expected, "{lines}");
        }
    }
}
