//! What stands behind the three backticks, and which lines of a listing are shown.

use std::borrow::Cow;

use super::Dialect;
use crate::graph::Code;
use crate::source::MappedText;

/// `text` with blanks for the tabs behind closing fences, of which the parser knows nothing (CommonMark 0.31, 4.5: "spaces or tabs").
/// `None` when there are none.
pub(super) fn without_tabs(text: &MappedText) -> Option<MappedText> {
    let source = text.text();
    if !["`\t", "~\t", "` \t", "~ \t"].iter().any(|mark| source.contains(mark)) {
        return None;
    }
    let mut changed = String::with_capacity(source.len());
    for line in source.split_inclusive('\n') {
        let end = line.trim_end().len();
        let marks = line[..end].trim_start_matches([' ', '\t', '>']);
        let is_fence =
            marks.len() > 2 && (marks.bytes().all(|byte| byte == b'`') || marks.bytes().all(|byte| byte == b'~'));
        changed.push_str(&line[..end]);
        if is_fence { changed.push_str(&line[end..].replace('\t', " ")) } else { changed.push_str(&line[end..]) }
    }
    Some(text.with_text(changed))
}

/// The listing with the info string `info`; `None` for an indented one.
pub(super) fn listing(info: Option<&str>, text: &str, dialect: Dialect) -> Code {
    let (language, title) = match dialect {
        Dialect::RustDoc => rust_fence(info.unwrap_or_default()),
        Dialect::Page | Dialect::Description => page_fence(info.unwrap_or_default()),
    };
    let text = if language == "rust" { without_hidden_lines(text) } else { Cow::Borrowed(text) };
    Code { language, text: text.strip_suffix('\n').unwrap_or(&text).to_owned(), title }
}

/// The first word is the language, up to the attributes that tools hang on it: `rust,ignore`, `js{1,3}`, `python title="x"`.
fn page_fence(info: &str) -> (String, String) {
    let info = info.trim();
    let info = info.strip_prefix("{.").unwrap_or(info);
    let end =
        info.find(|character: char| character.is_whitespace() || matches!(character, ',' | '{' | '}' | ':' | '='));
    let language = match &info[..end.unwrap_or(info.len())] {
        language if info[language.len()..].starts_with('=') => "",
        language => language,
    };
    let title = ["title=", "filename=", "file="].iter().find_map(|name| attribute(info, name)).unwrap_or_default();
    (canonical(language), title.to_owned())
}

/// The value behind `name` in `info`, with or without quotes.
fn attribute<'a>(info: &'a str, name: &str) -> Option<&'a str> {
    let start = info.find(name)?;
    if !info[..start].ends_with(|before: char| before.is_whitespace() || matches!(before, ',' | '{')) && start > 0 {
        return None;
    }
    let value = &info[start + name.len()..];
    let quote = value.chars().next()?;
    if quote == '"' || quote == '\'' {
        return value[1..].split(quote).next();
    }
    value.split(|character: char| character.is_whitespace() || matches!(character, ',' | '}')).next()
}

/// rustdoc's fences: Rust unless a word says otherwise, and words about what becomes of the example when it is tested
/// (The rustdoc book, "Documentation tests", Attributes).
fn rust_fence(info: &str) -> (String, String) {
    let mut language = None;
    let mut notes = Vec::new();
    for word in info.split(|character: char| character.is_whitespace() || character == ',').filter(|w| !w.is_empty()) {
        match word {
            "rust" | "rs" | "test_harness" | "standalone_crate" | "standalone" | "allow_fail" => {}
            "no_run" => notes.push("not run".to_owned()),
            "should_panic" => notes.push("panics".to_owned()),
            "compile_fail" => notes.push("does not compile".to_owned()),
            "ignore" => notes.push("not tested".to_owned()),
            _ if word.starts_with("ignore-") => notes.push("not tested".to_owned()),
            _ if word.starts_with("edition") => notes.push(word.replacen("edition", "edition ", 1)),
            _ if is_error_code(word) => {}
            _ => language = language.or(Some(word)),
        }
    }
    (canonical(language.unwrap_or("rust")), notes.join(", "))
}

fn is_error_code(word: &str) -> bool {
    word.len() == 5 && word.starts_with('E') && word[1..].bytes().all(|byte| byte.is_ascii_digit())
}

fn canonical(language: &str) -> String {
    let language = language.to_lowercase();
    if language == "rs" { "rust".to_owned() } else { language }
}

/// Rust without the lines that only make an example complete: those that begin with `# `. `##` stands for one `#`.
fn without_hidden_lines(text: &str) -> Cow<'_, str> {
    let is_marked = |line: &str| line.trim_start().starts_with('#');
    if !text.lines().any(is_marked) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let code = line.trim();
        if code == "#" || code.starts_with("# ") {
            continue;
        }
        match line.split_once("##") {
            Some((indent, rest)) if code.starts_with("##") => {
                shown.push_str(indent);
                shown.push('#');
                shown.push_str(rest);
            }
            _ => shown.push_str(line),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::{Dialect, listing};

    #[test]
    fn info_strings() {
        let cases = [
            (Dialect::Page, Some("Rust,ignore"), "rust", ""),
            (Dialect::Page, Some("js {1,3-5} title=\"src/a b.js\""), "js", "src/a b.js"),
            (Dialect::Page, Some("yaml title='x.yml'"), "yaml", "x.yml"),
            (Dialect::Page, Some("{.python file=x.py}"), "python", "x.py"),
            (Dialect::Page, Some("title=\"x\""), "", "x"),
            (Dialect::Page, Some(""), "", ""),
            (Dialect::Page, Some("c++"), "c++", ""),
            (Dialect::Page, None, "", ""),
            (Dialect::RustDoc, None, "rust", ""),
            (Dialect::RustDoc, Some("no_run"), "rust", "not run"),
            (Dialect::RustDoc, Some("compile_fail,E0133"), "rust", "does not compile"),
            (Dialect::RustDoc, Some("should_panic, edition2021"), "rust", "panics, edition 2021"),
            (Dialect::RustDoc, Some("text"), "text", ""),
            (Dialect::RustDoc, Some("toml"), "toml", ""),
        ];
        for (dialect, info, language, title) in cases {
            let code = listing(info, "x\n", dialect);
            assert_eq!((code.language.as_str(), code.title.as_str()), (language, title), "{info:?}");
        }
    }

    #[test]
    fn hidden_lines() {
        let text = "# use a::b;\n#\n#[derive(Debug)]\nlet x = 1;\n    # hidden\n    ## shown\n";
        assert_eq!(listing(None, text, Dialect::RustDoc).text, "#[derive(Debug)]\nlet x = 1;\n    # shown");
        assert_eq!(listing(Some("sh"), "# a comment\n", Dialect::Page).text, "# a comment");
    }
}
