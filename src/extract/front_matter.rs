//! The data with which a Markdown file may begin: YAML between lines of `---`, TOML between lines of `+++`.
//!
//! Enters: a file. Leaves: the values, where the text begins, and what was wrong, as `invalid-front-matter`.

use std::ops::Range;

use crate::data::{self, Value};
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
        (documents.into_iter().next(), found)
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

/// Whether what cannot be read is a choice that a form leaves to those who fill it in: `status: {proposed | accepted}`.
fn is_form(file: &SourceFile, found: &Diagnostic) -> bool {
    let line = found.span.and_then(|span| {
        let (text, at) = (file.text(), span.start as usize);
        let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
        text[start..].lines().next()
    });
    let value = line.and_then(|line| line.split_once(':')).map_or("", |(_, value)| value.trim());
    value.starts_with('{') && value.ends_with('}') && value.contains(" | ")
}

fn as_front_matter(found: Diagnostic) -> Diagnostic {
    let code = if found.code == Code::DuplicateKey { found.code } else { Code::InvalidFrontMatter };
    Diagnostic { code, level: code.default_level(), ..found }
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
