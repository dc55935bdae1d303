//! File names -> what people read, and what addresses are made of.

/// A name without the number that puts it in order (`01-intro`, `2. Setup`), and that number. Years, versions and
/// names that are nothing but a number stay whole.
pub(super) fn without_number(name: &str) -> (Option<i64>, &str) {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 3 {
        return (None, name);
    }
    let rest = name[digits..].trim_start_matches(['-', '_', '.', ' ', ')']);
    let separated = rest.len() < name.len() - digits;
    if !separated || !rest.starts_with(char::is_alphabetic) {
        return (None, name);
    }
    (name[..digits].parse().ok(), rest)
}

/// `getting-started` as "Getting started"; names with capitals of their own keep them.
pub(super) fn title(name: &str) -> String {
    let spaced = name.replace(['-', '_'], " ");
    let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    // CONTRIBUTING, CODE_OF_CONDUCT: shouted by custom, not as an abbreviation.
    let shouted = words.len() > 4 && !words.contains(char::is_lowercase);
    let words = if shouted { words.to_lowercase() } else { words };
    if words.contains(char::is_uppercase) {
        return words;
    }
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// `name` as a part of an address: in lower case, with a hyphen for each run of what addresses and file systems treat
/// as special.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    push_slug(name, &mut slug);
    slug
}

/// The folder of `name` from which Docusaurus counts the slugs of an older version or a translation: `versioned_docs/version-1.2`,
/// `i18n/fr/docusaurus-plugin-content-docs/current`. Empty for the version at hand.
pub(super) fn root_of_version(name: &str) -> &str {
    let mut end = 0;
    let mut is_next = false;
    for part in name.split_inclusive('/') {
        end += part.len();
        let part = part.trim_end_matches('/');
        if is_next || is_number_of_version(part) {
            return name[..end].trim_end_matches('/');
        }
        is_next = part.ends_with("versioned_docs") || part.starts_with("docusaurus-plugin-content-docs");
    }
    ""
}

/// Whether a folder is called as a version is: `v0.54.x`, `1.2`.
fn is_number_of_version(name: &str) -> bool {
    let mut parts = name.strip_prefix('v').unwrap_or(name).split('.');
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.next().is_some_and(is_number) && parts.next().is_some_and(|part| is_number(part) || part == "x")
}

/// Adds [`slug`] of `name` to an address.
pub(super) fn push_slug(name: &str, address: &mut String) {
    let start = address.len();
    let mut push = |character: char| {
        let is_first = address.len() == start;
        if character.is_alphanumeric() || matches!(character, '_' | '~' | '+') || (character == '.' && !is_first) {
            address.push(character);
        } else if !is_first && !address.ends_with('-') {
            address.push('-');
        }
    };
    for character in name.chars() {
        match character {
            _ if character.is_ascii() => push(character.to_ascii_lowercase()),
            _ => character.to_lowercase().for_each(&mut push),
        }
    }
    // A part that begins or ends in a dot, or is nothing but dots, means something else to file systems.
    let end = start + address[start..].trim_end_matches(['-', '.']).len();
    address.truncate(end);
    if end == start {
        address.push_str("page");
    }
}

/// How many words `text` has: runs of anything but blanks.
pub(super) fn count(text: &str) -> usize {
    let is_wide_blank = |character: char| !character.is_ascii() && character.is_whitespace();
    if !text.is_ascii() && text.contains(is_wide_blank) {
        return text.split_whitespace().count();
    }
    // Where all blanks are ASCII, bytes tell: side by side, in runs whose count fits a byte.
    const RUN: usize = 240;
    let is_blank = |byte: u8| (byte == b' ') | (byte.wrapping_sub(b'\t') < 5);
    let begins_word = |(before, byte): (&u8, &u8)| u8::from(is_blank(*before) & !is_blank(*byte));
    let Some((first, rest)) = text.as_bytes().split_first() else { return 0 };
    let runs = text.as_bytes().chunks(RUN).zip(rest.chunks(RUN));
    let in_runs = runs.map(|(before, run)| usize::from(before.iter().zip(run).map(begins_word).sum::<u8>()));
    usize::from(!is_blank(*first)) + in_runs.sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::{count, root_of_version, slug, title, without_number};

    #[test]
    fn words_are_counted_as_the_standard_library_splits_them() {
        let texts =
            ["", " ", "a", " a\tb\n\nc\r\x0bd\x0c", "x\u{1c}y z", "ä\u{a0}b\u{3000}c d\ne", "a \u{85}\u{2028}b\n"];
        for text in texts {
            assert_eq!(count(text), text.split_whitespace().count(), "{text:?}");
        }
    }

    #[test]
    fn names() {
        let numbers = [
            ("01-intro", (Some(1), "intro")),
            ("2. Setup", (Some(2), "Setup")),
            ("2024-01-01-release", (None, "2024-01-01-release")),
            ("3d-models", (None, "3d-models")),
            ("1.2-changes", (None, "1.2-changes")),
            ("007", (None, "007")),
        ];
        for (name, expected) in numbers {
            assert_eq!(without_number(name), expected, "{name}");
        }
        let titles = [
            ("getting-started", "Getting started"),
            ("CODE_OF_CONDUCT", "Code of conduct"),
            ("FAQ", "FAQ"),
            ("iOS_app", "iOS app"),
            ("über  uns", "Über uns"),
        ];
        for (name, expected) in titles {
            assert_eq!(title(name), expected, "{name}");
        }
        let versions = [
            ("versioned_docs/version-v1.2/apps/shop", "versioned_docs/version-v1.2"),
            ("community_versioned_docs/version-2", "community_versioned_docs/version-2"),
            ("i18n/fr/docusaurus-plugin-content-docs/current/a", "i18n/fr/docusaurus-plugin-content-docs/current"),
            ("sources/shop/v0.54.x/orders", "sources/shop/v0.54.x"),
            ("docs/apps", ""),
            ("docs/v2-migration/2.things", ""),
            ("versioned_docs", ""),
        ];
        for (name, expected) in versions {
            assert_eq!(root_of_version(name), expected, "{name}");
        }
        let slugs = [
            ("First Day", "first-day"),
            ("C# & F#?", "c-f"),
            ("Größe", "größe"),
            ("...", "page"),
            (".-a.b-.", "a.b"),
            ("v1.2", "v1.2"),
            ("ch01-00-x", "ch01-00-x"),
        ];
        for (name, expected) in slugs {
            assert_eq!(slug(name), expected, "{name}");
        }
    }
}
