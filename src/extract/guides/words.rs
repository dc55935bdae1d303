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
    for character in name.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() || matches!(character, '_' | '.' | '~' | '+') {
            slug.push(character);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    // A part that ends in a dot, or is nothing but dots, means something else to file systems.
    let slug = slug.trim_matches(['-', '.']).to_owned();
    if slug.is_empty() { "page".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::{slug, title, without_number};

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
        let slugs = [
            ("First Day", "first-day"),
            ("C# & F#?", "c-f"),
            ("Größe", "größe"),
            ("...", "page"),
            ("v1.2", "v1.2"),
            ("ch01-00-x", "ch01-00-x"),
        ];
        for (name, expected) in slugs {
            assert_eq!(slug(name), expected, "{name}");
        }
    }
}
