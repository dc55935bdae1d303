//! Texts without what says nothing: comments, and of Rust, when only its shape matters, literals.

use crate::extract::{RustMark, rust_marks};
use crate::source::RepoPath;

/// `text` of Rust with `filling` for what it has one for; what is left keeps its place.
fn blanked(text: &str, filling: impl Fn(RustMark) -> Option<char>) -> String {
    let mut kept = String::with_capacity(text.len());
    for (mark, range) in rust_marks(text) {
        let piece = &text[range];
        match filling(mark) {
            Some(filling) => kept.extend(piece.bytes().map(|byte| if byte == b'\n' { '\n' } else { filling })),
            None => kept.push_str(piece),
        }
    }
    kept
}

/// `text` of Rust without comments, byte for byte.
pub(super) fn without_comments(text: &str) -> String {
    blanked(text, |mark| (mark == RustMark::Comment).then_some(' '))
}

/// The same with quotes for all that is quoted: what its brackets and names are.
pub(super) fn shape(text: &str) -> String {
    blanked(text, |mark| match mark {
        RustMark::Comment => Some(' '),
        RustMark::Text => Some('"'),
        _ => None,
    })
}

/// The lines of `text` of the file at `path` without comments and blanks.
pub(super) fn telling_lines(text: &str, path: RepoPath) -> Vec<String> {
    if path.extension() == "rs" {
        return lines_of(&without_comments(text));
    }
    let marks = comment_marks(path);
    let mut in_comment = false;
    let mut told = Vec::new();
    for line in text.lines().map(str::trim) {
        in_comment |= marks.contains(&"//") && line.starts_with("/*");
        if !in_comment && !line.is_empty() && !marks.iter().any(|mark| line.starts_with(mark)) {
            told.push(line.trim_end_matches(',').to_owned());
        }
        in_comment &= !line.contains("*/");
    }
    told
}

/// The lines of `text`, with single blanks between words, without empty ones.
pub(super) fn lines_of(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect()
}

/// What begins a line of the file at `path` that is a comment.
fn comment_marks(path: RepoPath) -> &'static [&'static str] {
    match path.extension() {
        "c" | "cc" | "cpp" | "cs" | "dart" | "go" | "h" | "hpp" | "java" | "js" | "jsonnet" | "jsx" | "kt"
        | "libsonnet" | "mjs" | "proto" | "scala" | "scss" | "swift" | "ts" | "tsx" => &["//"],
        "elm" | "hs" | "lua" | "sql" => &["--"],
        "cfg" | "conf" | "ini" => &["#", ";"],
        "adoc" | "html" | "markdown" | "md" | "mdx" | "rst" | "txt" => &[],
        _ => &["#"],
    }
}
