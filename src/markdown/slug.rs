//! Headings -> the ids by which links reach them, as GitHub makes them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

/// The ids given out on one text, all different.
pub(super) struct Slugs<'a> {
    prefix: &'a str,
    taken: HashSet<String>,
    /// How often each wished-for id had to be numbered, so that numbering never starts over.
    counts: HashMap<String, u32>,
}

impl<'a> Slugs<'a> {
    pub(super) fn new(prefix: &'a str) -> Self {
        Self { prefix, taken: HashSet::new(), counts: HashMap::new() }
    }

    /// Whether `id` was given out.
    pub(super) fn has(&self, id: &str) -> bool {
        self.taken.contains(id)
    }

    /// The id of a heading that reads `words`.
    pub(super) fn of_words(&mut self, words: &str) -> String {
        let slug = slug(words);
        self.unique(if slug.is_empty() { "section".to_owned() } else { slug })
    }

    /// `wanted` behind the prefix, with `-1`, `-2`… when it is taken.
    pub(super) fn unique(&mut self, mut wanted: String) -> String {
        wanted.insert_str(0, self.prefix);
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let count = self.counts.entry(wanted.clone()).or_default();
        loop {
            *count += 1;
            let id = format!("{wanted}-{count}");
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// The words in lower case, spaces as hyphens, and nothing but letters, marks, digits, `_` and `-`: the rule of
/// GitHub's `html-pipeline` (`/[^\p{Word}\- ]/u`, then spaces to hyphens).
fn slug(words: &str) -> String {
    static DROPPED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[^\w\- ]|[\u{200C}\u{200D}]").ok());
    let words = words.trim();
    if words.is_ascii() {
        let mut slug = String::with_capacity(words.len());
        slug.extend(words.bytes().filter_map(|byte| match byte {
            b' ' => Some('-'),
            b'-' | b'_' => Some(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => Some(char::from(byte.to_ascii_lowercase())),
            _ => None,
        }));
        return slug;
    }
    let lower = words.to_lowercase();
    let kept = DROPPED.as_ref().map_or_else(|| lower.clone(), |dropped| dropped.replace_all(&lower, "").into_owned());
    kept.replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::Slugs;

    #[test]
    fn slugs_are_those_of_github() {
        let mut slugs = Slugs::new("");
        let cases = [
            ("Getting Started", "getting-started"),
            ("Getting started!", "getting-started-1"),
            ("What's new in 2.0?", "whats-new-in-20"),
            ("a_b - c", "a_b---c"),
            ("🚀 Größe & Maß", "-größe--maß"),
            ("日本語 テキスト", "日本語-テキスト"),
            ("???", "section"),
            ("`fn main()`", "fn-main"),
            ("Getting started 1", "getting-started-1-1"),
            ("Getting started", "getting-started-2"),
        ];
        for (words, expected) in cases {
            assert_eq!(slugs.of_words(words), expected, "{words}");
        }
        assert_eq!(Slugs::new("get-order-").of_words("Errors"), "get-order-errors");
    }
}
