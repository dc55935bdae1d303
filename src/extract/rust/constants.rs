//! Text -> its constants that are names of something: of metrics, of environment variables.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::extract::wording::regex;

/// A constant that is a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Constant {
    pub(super) name: String,
    pub(super) text: String,
    /// Where the text stands.
    pub(super) place: Range<usize>,
    /// Where its name begins.
    pub(super) owner: usize,
}

/// The constants of `text` that are texts without blanks.
pub(super) fn constants(text: &str) -> Vec<Constant> {
    static CONSTANT: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r#"\b(?:const|static)\s+([A-Z][A-Z0-9_]*)\s*:\s*&\s*(?:'static\s+)?str\s*=\s*"([a-zA-Z_][a-zA-Z0-9_:./-]*)"\s*;"#,
        )
    });
    let constant = |found: regex::Captures<'_>| {
        let (name, text) = (found.get(1)?, found.get(2)?);
        let place = text.start() - 1..text.end() + 1;
        Some(Constant { name: name.as_str().to_owned(), text: text.as_str().to_owned(), place, owner: name.start() })
    };
    if text.contains("str") { CONSTANT.captures_iter(text).filter_map(constant).collect() } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::constants;

    #[test]
    fn constants_are_texts() {
        let text = "pub const A: &'static str = \"shop_a\"; const B: u8 = 1; const C: &str = \"no name\";";
        let found: Vec<_> = constants(text).into_iter().map(|it| (it.name, it.text)).collect();
        assert_eq!(found, [("A".to_owned(), "shop_a".to_owned())]);
    }
}
