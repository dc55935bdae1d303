//! The words behind the name of a program -> options and what stands free.

use std::ops::Range;

use crate::markdown::shell::Word;

/// One of them.
#[derive(Debug)]
pub(super) struct Argument<'w> {
    /// The option with its dashes; empty for what stands free.
    pub(super) option: &'w str,
    /// What stands free, or what an option is set to; empty for none.
    pub(super) value: &'w str,
    /// Where the value is written.
    pub(super) range: Range<usize>,
}

impl Argument<'_> {
    pub(super) fn is_free(&self) -> bool {
        self.option.is_empty()
    }
}

/// The arguments in `words` up to `--`; the options `valued` take the next word.
pub(super) fn arguments<'w>(words: &'w [Word], valued: &[&str]) -> Vec<Argument<'w>> {
    let mut found = Vec::new();
    let mut words = words.iter().take_while(|word| word.text != "--");
    while let Some(word) = words.next() {
        let text = word.text.as_str();
        let set = |option, value: &'w str| {
            let range = word.range_of(text.len() - value.len(), value);
            Argument { option, value, range }
        };
        let attached = valued.iter().find(|option| option.len() == 2 && text.len() > 2 && text.starts_with(**option));
        found.push(match (text.split_once('='), attached) {
            _ if !text.starts_with('-') => set("", text),
            (Some((option, value)), _) => set(option, value),
            (None, Some(option)) if !text.starts_with("--") => set(&text[..option.len()], &text[option.len()..]),
            _ if valued.contains(&text) => match words.next() {
                Some(next) => Argument { option: text, value: &next.text, range: next.range_of(0, &next.text) },
                None => set(text, ""),
            },
            _ => set(text, ""),
        });
    }
    found
}

/// Names that stand for others.
#[rustfmt::skip]
const PLACEHOLDERS: &[&str] = &[
    "bin", "binary", "command", "crate", "feat", "feature", "features", "name", "package", "pkg", "recipe", "script", "target", "task",
    "testfile", "testname",
];

/// Parts of such names.
const PLACEHOLDER_PARTS: &[&str] =
    &["my", "your", "some", "foo", "bar", "baz", "qux", "xxx", "yyy", "placeholder", "something", "whatever"];

/// Words of which placeholders consist: `bench_name`, `name_of_test`.
const WORDS_OF_PLACEHOLDERS: &[&str] = &[
    "a",
    "bench",
    "benchmark",
    "bin",
    "crate",
    "example",
    "name",
    "of",
    "package",
    "recipe",
    "script",
    "target",
    "test",
    "the",
];

/// Whether `name` is written as names are, and is no placeholder.
pub(super) fn is_name(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.' | b'/' | b'+');
    name.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '_')
        && name.len() > 1
        && name.bytes().all(is_part)
        && !name.ends_with(['.', ':', '/', '-', '_'])
        && !name.contains("..")
        && name.bytes().any(|byte| byte.is_ascii_lowercase())
        && !PLACEHOLDERS.contains(&without_count(&name.to_lowercase()))
        && !is_placeholder(&name.to_lowercase())
}

/// `feature` of `feature3` and `feature-a`.
fn without_count(name: &str) -> &str {
    let counted = name.trim_end_matches(|one: char| one.is_ascii_digit());
    let lettered = counted.rsplit_once(['-', '_']).filter(|(_, letter)| letter.len() <= 1).map(|(rest, _)| rest);
    lettered.unwrap_or(counted)
}

fn is_placeholder(name: &str) -> bool {
    let parts = || name.split(['-', '_', ':', '.', '/']);
    let is_own = |part: &str| part.strip_prefix("my").is_some_and(|rest| PLACEHOLDERS.contains(&rest));
    parts().any(|part| PLACEHOLDER_PARTS.contains(&part) || is_own(part))
        || parts().any(|part| part == "name") && parts().all(|part| WORDS_OF_PLACEHOLDERS.contains(&part))
}
