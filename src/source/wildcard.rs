//! A name of which parts are not known, or do not matter.

/// Whether `name` is `pattern`, with anything for each `*`.
pub fn fits(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn anything_may_stand_for_a_star() {
        let cases = [
            ("APP_*", "APP_PORT", true),
            ("APP_*_URL", "APP_DB_URL", true),
            ("APP_*_URL", "APP_DB_PORT", false),
            ("*_URL", "APP_URL", true),
            ("A*B*C", "AXBYC", true),
            ("A*B*C", "AXYC", false),
            ("A*A", "A", false),
            ("A", "A", true),
            ("A", "AB", false),
            ("https://example.org/*", "https://example.org/a/b", true),
        ];
        for (pattern, name, expected) in cases {
            assert_eq!(fits(pattern, name), expected, "{pattern} {name}");
        }
    }
}
