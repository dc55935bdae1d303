//! A file and the place at which a thing is named in it -> what is written about that thing, without what says nothing to who uses it:
//! comments, blanks, line ends; of Rust private fields, and of the bodies of functions the lines without a number or a text.

use crate::extract::{RustMark, rust_marks};
use crate::source::{RepoPath, SourceFile};

/// What is written about the thing that is named at `offset`, piece by piece. None for what is as good as empty.
pub(super) fn written(file: &SourceFile, offset: u32) -> Vec<String> {
    let mut pieces = pieces(file, offset).unwrap_or_default();
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

fn pieces(file: &SourceFile, offset: u32) -> Option<Vec<String>> {
    let (text, at) = (file.text(), offset as usize);
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    Some(match file.path().extension() {
        "rs" => surface(&text[start..end_of_item(text, at)], file.path()),
        "json" => vec![essence(&text[start..end_of_braces(text, at)], file.path())],
        _ => vec![essence(&text[start..end_of_indented(text, start)], file.path())],
    })
}

/// What those see of an item of Rust who use it.
fn surface(item: &str, path: RepoPath) -> Vec<String> {
    let Some(open) = places_outside(item).find(|place| item.as_bytes()[*place] == b'{') else {
        return vec![essence(item, path)];
    };
    let (head, body) = item.split_at(open);
    let is_called = |names: &[&str]| {
        head.split(|end: char| !(end.is_alphanumeric() || end == '_')).any(|word| names.contains(&word))
    };
    if is_called(&["fn"]) {
        // Numbers and texts are what pages tell of the inside: how often, how long, where to.
        let says_a_value = |line: &&str| line.contains(|one: char| one.is_ascii_digit() || one == '"');
        let values = body.lines().map(|line| essence(line, path)).filter(|line| says_a_value(&line.as_str()));
        return std::iter::once(essence(head, path)).chain(values.map(|line| line.trim_end().to_owned())).collect();
    }
    if !is_called(&["struct", "union"]) {
        return vec![essence(item, path)];
    }
    let mut fields = Vec::new();
    let (mut depth, mut start) = (0_usize, 1);
    for place in places_outside(body) {
        match body.as_bytes()[place] {
            b'(' | b'[' | b'{' | b'<' => depth += 1,
            b')' | b']' | b'}' | b'>' => depth = depth.saturating_sub(1),
            b',' if depth == 1 => {
                fields.push(&body[start..place]);
                start = place + 1;
            }
            _ => {}
        }
    }
    fields.push(body[start..].trim_end_matches('}'));
    let public = fields.into_iter().map(|field| essence(field, path)).filter_map(|field| {
        let start = field.find("pub ").filter(|start| !field[*start..].starts_with("pub ("))?;
        Some(field[start..].trim_end().to_owned())
    });
    std::iter::once(essence(head, path)).chain(public).collect()
}

/// The places of bytes in `text` that are neither in a comment nor in a literal.
fn places_outside(text: &str) -> impl Iterator<Item = usize> {
    let marks = rust_marks(text).into_iter().filter(|(mark, _)| !matches!(mark, RustMark::Comment | RustMark::Text));
    marks.flat_map(|(_, range)| range)
}

/// The same of a rule, without what says only who is told how.
pub(super) fn written_of_rule(file: &SourceFile, offset: u32) -> Vec<String> {
    let (text, at) = (file.text(), offset as usize);
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let written = essence_of_rules(&text[start..end_of_indented(text, start)], file.path());
    if written.trim().is_empty() { Vec::new() } else { vec![written] }
}

/// What the rules in `text` watch: nothing of their labels and annotations.
pub(super) fn essence_of_rules(text: &str, path: RepoPath) -> String {
    let depth = |line: &str| line.len() - line.trim_start().len();
    let mut outer = None;
    let mut kept = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if outer.is_some_and(|outer| line.trim().is_empty() || depth(line) > outer) {
            continue;
        }
        let name = line.trim_start().trim_start_matches(['"', '\'']);
        outer = ["labels", "annotations"].iter().any(|key| name.starts_with(key)).then(|| depth(line));
        if outer.is_none() {
            kept.push_str(line);
        }
    }
    essence(&kept, path)
}

/// `text` of the file at `path` without comments, blanks and line ends.
pub(super) fn essence(text: &str, path: RepoPath) -> String {
    if path.extension() == "rs" {
        let marks = rust_marks(text).into_iter().filter(|(mark, _)| !matches!(mark, RustMark::Comment));
        let words = marks.flat_map(|(mark, range)| match mark {
            RustMark::Text => vec![&text[range]],
            _ => text[range].split_whitespace().collect(),
        });
        let mut essence = String::with_capacity(text.len());
        words.for_each(|word| {
            essence.push_str(word);
            essence.push(' ');
        });
        return essence;
    }
    let marks = comment_marks(path);
    let mut in_comment = false;
    let mut essence = String::with_capacity(text.len());
    for line in text.lines().map(str::trim) {
        in_comment |= marks.contains(&"//") && line.starts_with("/*");
        if !in_comment && !line.is_empty() && !marks.iter().any(|mark| line.starts_with(mark)) {
            essence.push_str(line.trim_end_matches(','));
            essence.push('\n');
        }
        in_comment &= !line.contains("*/");
    }
    essence
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

/// Where the item of Rust ends that is named at `at`: behind its braces, its semicolon, or the comma behind a field.
fn end_of_item(text: &str, at: usize) -> usize {
    let mut depth = 0_usize;
    // Marks are made of whole texts only: a quote may open anywhere.
    for (mark, range) in rust_marks(&text[at..]) {
        if matches!(mark, RustMark::Comment | RustMark::Text) {
            continue;
        }
        for (place, byte) in text.as_bytes()[at..][range.clone()].iter().enumerate() {
            let here = at + range.start + place;
            match byte {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' if depth == 0 => return here,
                b')' | b']' | b'}' => {
                    depth -= 1;
                    if depth == 0 && *byte == b'}' {
                        return here + 1;
                    }
                }
                b';' if depth == 0 => return here + 1,
                b',' if depth == 0 => return here,
                _ => {}
            }
        }
    }
    text.len()
}

/// Where the value of JSON ends whose key stands at `at`.
fn end_of_braces(text: &str, at: usize) -> usize {
    let (mut depth, mut in_text, mut is_escaped) = (0_usize, false, false);
    for (place, byte) in text.bytes().enumerate().skip(at) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_text => is_escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth <= 1 => return place + 1,
            b'}' | b']' => depth -= 1,
            b',' if depth == 0 => return place,
            _ => {}
        }
    }
    text.len()
}

/// Where the lines end that are indented more than the one at `start`, the entry of a list counted from its dash.
fn end_of_indented(text: &str, start: usize) -> usize {
    let depth = |line: &str| line.len() - line.trim_start().len();
    let mut end = start;
    let mut own = None;
    for line in text[start..].split_inclusive('\n') {
        let is_within = match own {
            None => {
                own = Some(depth(line));
                true
            }
            Some(own) => line.trim().is_empty() || depth(line) > own,
        };
        if !is_within {
            break;
        }
        end += line.len();
    }
    end
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{essence, essence_of_rules, written, written_of_rule};
    use crate::source::{RepoPath, SourceFile};

    #[test]
    fn what_a_change_of_a_rule_is() {
        let now = "rules:\n  - alert: it\n    labels:\n      team: shop\n    expr: up == 0\n    annotations:\n      title: Down\n  - alert: other\n    expr: x\n";
        let cases = [
            ("up == 0", "up == 1", true),
            ("team: shop", "channel: shop", false),
            ("title: Down", "title: Up\n      runbook_url: it.md", false),
            ("expr: x", "expr: y", false),
        ];
        let path = RepoPath::new("a.yaml").unwrap();
        let at = now.find("it").and_then(|at| u32::try_from(at).ok()).unwrap();
        let rule = written_of_rule(&SourceFile::new(path, now.to_owned()), at).join("");
        for (new, old, expected) in cases {
            let before = essence_of_rules(&now.replace(new, old), path);
            assert_eq!(!before.contains(&rule), expected, "{new} {old}: {rule}");
        }
    }

    #[test]
    fn what_a_change_is() {
        let rust = "//! Docs.\nuse a::b;\n\n/// One.\npub fn it(a: [u8; 2]) -> bool {\n    a[0] == b'}' // why\n}\n\nstruct S { it: u8, other: u8 }\n";
        let fields = "pub struct S<T> { // it\n    /// A.\n    #[x(y)]\n    pub a: u8,\n    pub b: Vec<(u8, u8)>,\n    c: u8,\n    d: u8,\n    pub(crate) t: T\n}\n";
        let body = "fn it(&self) {\n    step(amount);\n    retry(3) // times\n}\n";
        let yaml = "groups:\n  - name: g\n    rules:\n      - alert: it\n        expr: up == 0\n      - alert: other\n        expr: x\n";
        let json = "{\"paths\": {\n\"it\": {\"get\": {\"a\": \"}\"}},\n\"other\": {}}}";
        let cases = [
            ("a.rs", rust, "a: [u8; 2]", "a: [u8; 3]", true),
            ("a.rs", rust, "a[0] == b'}'", "a[1] == b'}'", true),
            ("a.rs", rust, "b'}' // why", "b'}'", false),
            ("a.rs", body, "step(amount);", "step(amount, self);", false),
            ("a.rs", body, "retry(3)", "retry(5)", true),
            ("a.rs", body, "retry(3)", "self.retry(\n    3)", false),
            ("a.rs", fields, "pub a: u8", "pub a: u16", true),
            ("a.rs", fields, "Vec<(u8, u8)>", "Vec<u8>", true),
            ("a.rs", fields, "c: u8", "c: u16", false),
            ("a.rs", fields, "d: u8,", "", false),
            ("a.rs", fields, "t: T", "t: Option<T>", false),
            ("a.rs", fields, "S<T>", "S", true),
            ("a.rs", rust, "// why", "// because", false),
            ("a.rs", rust, "    a[0]", "        a[0]", false),
            ("a.rs", rust, "/// One.", "/// Two.\n/// Three.", false),
            ("a.rs", rust, "other: u8", "other: u16", false),
            ("a.yaml", yaml, "up == 0", "up == 1", true),
            ("a.yaml", yaml, "expr: x", "expr: y", false),
            ("a.yaml", yaml, "name: g", "name: h # new", false),
            ("a.json", json, "\"}\"", "\"]\"", true),
            ("a.json", json, "\"other\": {}", "\"other\": {\"get\": {}}", false),
        ];
        for (name, now, new, old, expected) in cases {
            let path = RepoPath::new(name).unwrap();
            let at = ["\"it\"", "S<T>", "it"].iter().find_map(|name| now.find(name)).unwrap();
            let thing = written(&SourceFile::new(path, now.to_owned()), u32::try_from(at).unwrap());
            let is_in = |text: &str| thing.iter().all(|piece| essence(text, path).contains(piece));
            assert!(!thing.is_empty() && is_in(now), "{name} {new}: {thing:?}");
            assert_eq!(!is_in(&now.replace(new, old)), expected, "{name} {new} {old}: {thing:?}");
        }
    }
}
