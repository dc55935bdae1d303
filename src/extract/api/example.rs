//! Values of a specification as readers see them: examples as listings, defaults and constants in a line.

use super::literal::{self, Form, Language};
use crate::data::{Data, Value};
use crate::graph::Code;

/// How many values a listing shows.
const MOST_VALUES: usize = 1_500;

/// How long a value in a line may be.
const LONGEST: usize = 120;

/// An example as a listing. Takes what it shows from `left`, which all listings of a specification share.
pub(super) fn listing(value: &Value, media_type: &str, title: &str, left: &mut usize) -> Code {
    let (language, text) = match &value.data {
        Data::String(text) => {
            *left = left.saturating_sub(literal::cost_of_text(text));
            (language(media_type), text.trim_end().to_owned())
        }
        _ => {
            let most = MOST_VALUES.min(*left);
            let mut rest = most;
            let text =
                literal::write(value, Form { language: Language::Json, indent: Some(""), marks: true }, &mut rest);
            *left -= most - rest;
            ("json", text)
        }
    };
    Code { language: language.to_owned(), text, title: title.to_owned() }
}

/// The language of a media type's text.
fn language(media_type: &str) -> &'static str {
    let kind = media_type.split(';').next().unwrap_or_default().trim();
    let kind = kind.rsplit(['/', '+']).next().unwrap_or_default();
    match kind {
        "json" | "x-ndjson" | "jsonlines" => "json",
        "xml" => "xml",
        "html" => "html",
        "yaml" | "x-yaml" => "yaml",
        _ => "",
    }
}

/// `value` in a line, cut where it gets long.
pub(super) fn inline(value: &Value) -> String {
    let text = match &value.data {
        Data::String(text) if text.is_empty() => "\"\"".to_owned(),
        Data::String(text) => text.chars().take(2 * LONGEST).collect(),
        _ => {
            let mut left = LONGEST;
            literal::write(value, Form { language: Language::Json, indent: None, marks: true }, &mut left)
        }
    };
    let mut line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(LONGEST) {
        line.truncate(end);
        line.push('…');
    }
    line
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::{inline, listing};
    use crate::data::read_yaml;
    use crate::source::{RepoPath, SourceFile};

    #[test]
    fn values() {
        let cases = [
            (
                "{a: [1, 2.50, null], b: {}}",
                "{\"a\": [1, 2.50, null], \"b\": {}}",
                "{\n  \"a\": [\n    1,\n    2.50,\n    null\n  ],\n  \"b\": {}\n}",
            ),
            ("\"a\\nb\"", "a b", "a\nb"),
            ("''", "\"\"", ""),
        ];
        for (text, line, example) in cases {
            let file = SourceFile::new(RepoPath::new("a.yaml").unwrap(), text.to_owned());
            let (values, _) = read_yaml(&file, 0..text.len());
            let shown = listing(&values[0], "text/plain", "", &mut 100).text;
            assert_eq!((inline(&values[0]), shown), (line.to_owned(), example.to_owned()));
        }
    }
}
