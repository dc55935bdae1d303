//! Names and titles -> parts of addresses, and back.
//!
//! Enters: the name of a file, an alert, a folder. Leaves: the forms in which addresses and references use it.

use std::collections::BTreeMap;

use regex::Regex;

use crate::source::RepoPath;

/// `text` in lower case with everything but letters and digits as single hyphens: part of an address.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Each part of a path as [`slug`] has it.
pub(crate) fn slug_path(path: &str) -> String {
    path.split('/').map(slug).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
}

/// A file's words as a title: `use-postgresql` is "Use postgresql".
pub(crate) fn title_of_words(words: &str) -> String {
    let spaced = words.replace(['-', '_'], " ");
    let mut characters = spaced.trim().chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// For each file the fewest last parts of its path, without the ending, that no other file's path ends with.
pub(crate) fn qualifiers(files: &[RepoPath]) -> Vec<String> {
    let parts: Vec<Vec<&str>> = files.iter().map(|path| path.folders().chain([path.stem()]).collect()).collect();
    let tail = |parts: &[&str], length: usize| parts[parts.len().saturating_sub(length)..].join("/");
    let longest = parts.iter().map(Vec::len).max().unwrap_or(0);
    let mut qualifiers: Vec<Option<String>> = vec![None; files.len()];
    for length in 1..=longest {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for parts in &parts {
            *count.entry(tail(parts, length)).or_default() += 1;
        }
        for (qualifier, parts) in qualifiers.iter_mut().zip(&parts) {
            let tail = tail(parts, length);
            if qualifier.is_none() && count.get(&tail) == Some(&1) {
                *qualifier = Some(tail);
            }
        }
    }
    // Two files that differ in their endings only keep them.
    qualifiers.into_iter().zip(files).map(|(found, file)| found.unwrap_or_else(|| file.to_string())).collect()
}

/// The regular expression `pattern`, which is a constant.
#[allow(clippy::expect_used, reason = "patterns are constants, each of which a test of its module uses")]
pub(crate) fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of this crate is a regular expression")
}
