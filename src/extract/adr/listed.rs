//! Names that a record lists about itself: who decided, and its tags.

use super::given::{Given, words};
use super::outline::{Section, plain};
use super::record::folded;
use super::statement::{Statement, find};
use crate::data::Value;

const DECIDERS: [&str; 8] = [
    "deciders",
    "decider",
    "decision makers",
    "decision maker",
    "decided by",
    "approvers",
    "approved by",
    "accepted by",
];

const TAGS: [&str; 6] = ["tags", "tag", "keywords", "labels", "categories", "category"];

/// Who decided, as far as the record says.
pub(super) fn deciders(
    text: &str,
    sections: &[Section<'_>],
    statements: &[Statement],
    given: &Given<'_>,
) -> Vec<String> {
    let named = listed(text, statements, given, &DECIDERS);
    if !named.is_empty() {
        return named;
    }
    let section = sections.iter().find(|section| DECIDERS.contains(&folded(section.title).replace('-', " ").as_str()));
    let lines = section.into_iter().flat_map(|section| &section.lines);
    lines.filter(|line| !line.text.trim_start().starts_with('|')).flat_map(|line| names(line.text)).collect()
}

/// The record's tags.
pub(super) fn tags(text: &str, statements: &[Statement], given: &Given<'_>) -> Vec<String> {
    listed(text, statements, given, &TAGS)
}

fn listed(text: &str, statements: &[Statement], given: &Given<'_>, wanted: &[&str]) -> Vec<String> {
    let data = wanted.iter().find_map(|name| given.find(&[name])).map(of_value);
    if let Some(data) = data.filter(|data| !data.is_empty()) {
        return data;
    }
    let found = find(statements, wanted).or_else(|| find(&given.lines, wanted));
    found.map(|found| names(&text[found.value.clone()])).unwrap_or_default()
}

fn of_value(value: &Value) -> Vec<String> {
    let items = value.items();
    if items.is_empty() {
        return words(value).map(|words| names(&words)).unwrap_or_default();
    }
    items.iter().filter_map(words).flat_map(|words| one(&words)).collect()
}

/// The names in a line or list, separated by commas, semicolons or line ends.
fn names(text: &str) -> Vec<String> {
    let text = text.trim();
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).filter(|inner| !inner.contains(']'));
    // A list that YAML does not close is one all the same.
    let open = text.strip_prefix('[').filter(|rest| !rest.contains(']'));
    let text = plain_lines(inner.or(open).unwrap_or(text));
    text.split(['\n', ',', ';']).filter_map(one).collect()
}

fn plain_lines(text: &str) -> String {
    text.lines().map(plain).collect::<Vec<_>>().join("\n")
}

fn one(name: &str) -> Option<String> {
    let name = plain(name);
    let name = name.trim_matches(|character: char| character.is_whitespace() || "-*+•\"'`#✅✔️".contains(character));
    let unfilled = name.starts_with(['[', '{', '<']) || matches!(name.to_lowercase().as_str(), "tbd" | "n/a" | "none");
    // So many words are what a template says about the names.
    let is_remark = name.split_whitespace().count() > 5;
    (!name.is_empty() && !is_remark && !unfilled).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn lists_of_names() {
        let cases: [(&str, &[&str]); 8] = [
            ("ann, Ben", &["ann", "Ben"]),
            ("[Ann](https://ann.example), [Ben][b]", &["Ann", "Ben"]),
            ("- ann\n- ben ✔️\n", &["ann", "ben"]),
            ("[list everyone involved in the decision]", &[]),
            ("<list everyone>", &[]),
            ("[a, b", &["a", "b"]),
            ("n/a", &[]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(names(text), expected, "{text}");
        }
    }
}
