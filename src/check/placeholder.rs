//! Names that stand for whatever a reader has.

/// What follows `my` in such names, without anything between.
const OWN: &[&str] =
    &["app", "bin", "crate", "example", "feature", "lib", "package", "project", "script", "service", "target", "test"];

/// Whether a part of the path or the name `name` stands for something else: `my-app`, `src/foo.rs`, `myfeature`.
pub(super) fn is_placeholder(name: &str) -> bool {
    let is_word = |part: &str| matches!(part, "my" | "your" | "foo" | "bar");
    let is_own = |part: &str| part.strip_prefix("my").is_some_and(|rest| OWN.contains(&rest));
    name.split(['/', '.', '-', '_', ':']).any(|part| is_word(part) || is_own(part))
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn names_that_stand_for_others() {
        let cases =
            [("src/foo.rs", true), ("my-app", true), ("myfeature", true), ("mysql", false), ("src/food.rs", false)];
        for (name, expected) in cases {
            assert_eq!(is_placeholder(name), expected, "{name}");
        }
    }
}
