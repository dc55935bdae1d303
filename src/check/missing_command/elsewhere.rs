//! Whether the words before a command lead to another repository.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// Whether the section of `text` says before `range` that what follows is done in another repository than the one called `own`: "in the
/// website repository", "Clone [shop/docs](https://github.com/shop/docs)".
pub(super) fn is_elsewhere(text: &str, range: &Range<usize>, own: Option<&str>) -> bool {
    static REPOSITORY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let named = r"\b(?:in|from|of) (?:the|our) [`\[\x22]?([a-z0-9][\w./-]*)[`\]\x22]?(?:\([^()\s]*\))? (?:repo|repository|checkout)\b";
        let cloned = r"\bclon(?:e|ed|ing)\b[^.\n]{0,80}\]\(https?://[^\s()]*?/([\w.-]+?)(?:\.git)?/?\)";
        Regex::new(&format!("(?i){named}|{cloned}")).ok()
    });
    /// Words before "repository" that tell nothing of which.
    const ANY: &[&str] = &[
        "above", "cloned", "current", "git", "github", "local", "main", "mono", "monorepo", "root", "same", "source",
        "whole",
    ];
    let before = &text[..range.start];
    let section = before.rmatch_indices("\n#").next().map_or(before, |(start, _)| &before[start..]);
    let found = REPOSITORY.iter().flat_map(|repository| repository.captures_iter(section));
    let names = found.filter_map(|found| Some(found.get(1).or(found.get(2))?.as_str()));
    let last = |name: &str| name.rsplit('/').next().unwrap_or(name).to_lowercase();
    let mut others = names.map(last).filter(|name| !ANY.contains(&name.as_str()));
    others.any(|name| own.is_none_or(|own| own.to_lowercase() != name))
}

#[cfg(test)]
mod tests {
    use super::is_elsewhere;

    #[test]
    fn where_a_command_is_run() {
        let cases = [
            ("Run `make x`", false),
            ("In the `website` repository run `make x`", true),
            ("In the shop repo run `make x`", false),
            ("In the root of the repository run `make x`", false),
            ("from the same repository `make x`", false),
            ("- Clone [`a/b`](https://github.com/a/b) first\n- run `make x`", true),
            ("- Clone [it](https://github.com/acme/shop.git)\n- run `make x`", false),
            ("In the website repository.\n\n## Here\n\nRun `make x`", false),
        ];
        for (text, expected) in cases {
            let start = text.find("make x").unwrap_or_default();
            assert_eq!(is_elsewhere(text, &(start..start + 6), Some("shop")), expected, "{text}");
        }
    }
}
