//! Configuration in a page -> the keys that it sets, each with all that stands above it.
//!
//! Enters: a listing of TOML or YAML, or the code between two backticks. Leaves: keys with `.` between their parts. Lines that are
//! more than a key and a value are passed over.

use std::ops::Range;

/// Endings of the names of files.
#[rustfmt::skip]
const FILES: &[&str] = &[
    "c", "cfg", "conf", "css", "go", "h", "html", "ini", "java", "js", "json", "json5", "jsonc", "jsx", "lock", "log", "md", "mdx", "mjs", "pem",
    "proto", "py", "rs", "rst", "sh", "sql", "svg", "toml", "ts", "tsx", "txt", "xml", "yaml", "yml",
];

/// Keys of objects that other programs read.
const OF_OTHERS: &[&str] = &["apiVersion", "kind", "services", "jobs"];

/// Whether `code` is written as keys are: names in small letters with `.` between them.
pub(super) fn is_key(code: &str) -> bool {
    let is_name = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_lowercase())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-'))
    };
    let last = code.rsplit('.').next().unwrap_or_default();
    code.contains('.') && code.split('.').all(is_name) && !FILES.contains(&last)
}

/// The keys in a listing in `language`, and where the last part of each is written.
pub(super) fn in_listing(language: &str, text: &str) -> Vec<(String, Range<usize>)> {
    match language {
        "toml" => in_toml(text),
        "yaml" | "yml" => in_yaml(text),
        _ => Vec::new(),
    }
}

/// The lines of `text`, each with where it begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split('\n').map(move |line| {
        let at = start;
        start += line.len() + 1;
        (at, line)
    })
}

fn is_plain(key: &str) -> bool {
    key.starts_with(|first: char| first.is_ascii_alphabetic())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

fn in_toml(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    // The table that is open; none when its name is not plain.
    let mut table: Option<String> = Some(String::new());
    let mut quote: Option<&str> = None;
    for (start, line) in lines(text) {
        if let Some(end) = quote {
            quote = quote.filter(|_| !line.contains(end));
            continue;
        }
        let code = line.trim();
        let at = start + (line.len() - line.trim_start().len());
        if let Some(header) = code.strip_prefix('[') {
            let name = header.trim_start_matches('[').split(']').next().unwrap_or_default().trim();
            table = name.split('.').all(is_plain).then(|| name.to_owned());
            continue;
        }
        let Some((key, value)) = code.split_once('=') else { continue };
        let key = key.trim();
        quote = ["\"\"\"", "'''"].into_iter().find(|quote| value.matches(quote).count() == 1);
        let Some(table) = table.as_ref().filter(|_| key.split('.').all(is_plain)) else { continue };
        let whole = if table.is_empty() { key.to_owned() } else { format!("{table}.{key}") };
        if whole.contains('.') {
            found.push((whole, at..at + key.len()));
        }
    }
    found
}

fn in_yaml(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    // The keys that are open, by how far each is indented.
    let mut open: Vec<(usize, &str)> = Vec::new();
    // The indentation of the key whose text stands below it.
    let mut of_text: Option<usize> = None;
    for (start, line) in lines(text) {
        let mut code = line.trim_start();
        let mut indent = line.len() - code.len();
        if code.is_empty() || code.starts_with('#') || of_text.is_some_and(|of_text| indent > of_text) {
            continue;
        }
        of_text = None;
        while let Some(item) = code.strip_prefix("- ") {
            let inside = item.trim_start();
            // The items of a list may stand right below its key.
            open.retain(|(of, _)| *of <= indent);
            indent += code.len() - inside.len();
            code = inside;
        }
        let Some((key, value)) = code.split_once(':').filter(|(_, value)| value.is_empty() || value.starts_with(' '))
        else {
            continue;
        };
        open.retain(|(of, _)| *of < indent);
        let at = start + line.len() - code.len();
        if open.is_empty() && OF_OTHERS.contains(&key) {
            return Vec::new();
        }
        if matches!(value.trim().chars().next(), Some('|' | '>')) {
            of_text = Some(indent);
        }
        open.push((indent, key));
        if open.len() > 1 && open.iter().all(|(_, key)| is_plain(key)) {
            let whole: Vec<&str> = open.iter().map(|(_, key)| *key).collect();
            found.push((whole.join("."), at..at + key.len()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{in_listing, is_key};

    #[test]
    fn keys_between_backticks() {
        for key in ["store.max-size", "a.b_c.d1"] {
            assert!(is_key(key), "{key}");
        }
        for other in ["a", "a.rs", "book.toml", "A.b", "1.2", "a..b", ".a", "a.b()", ""] {
            assert!(!is_key(other), "{other}");
        }
    }

    #[test]
    fn keys_in_listings() {
        let cases = [
            ("toml", "top = 1\n[a.b]\nc = 1 # x\nd.e = { f = 1 }\n[[l]]\ng = [\n 'x = y',\n]", "a.b.c a.b.d.e l.g"),
            ("toml", "[a.\"b c\"]\nd = 1\n[e]\nf = \"\"\"\ng = 1\n\"\"\"\nh = 1", "e.f e.h"),
            ("yaml", "a:\n  b: 1\n  c:\n    d: 2\ne: 3", "a.b a.c a.c.d"),
            ("yaml", "a:\n- b: 1\n  c: 2\n- b: 3\nd:\n  - e: 1", "a.b a.c a.b d.e"),
            ("yaml", "a: |\n  b: 1\nc:\n  # x\n  \"d e\":\n    f: 1\n  g: http://x", "c.g"),
            ("yaml", "apiVersion: v1\nspec:\n  a: 1", ""),
            ("yaml", "a:\n  {{ b }}: 1\n  c:1", ""),
            ("json", "a.b = 1", ""),
        ];
        for (language, text, expected) in cases {
            let found: Vec<String> = in_listing(language, text).into_iter().map(|(key, _)| key).collect();
            assert_eq!(found.join(" "), expected, "{text}");
        }
        let [(_, range)] = in_listing("yaml", "a:\n- b: 1").try_into().unwrap_or_default();
        assert_eq!(range, 5..6);
    }
}
