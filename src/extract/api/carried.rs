//! What a parameter, a header or a field of a form carries: its schema, an example, and how it is written.
//!
//! Swagger 2.0 says all that in the parameter itself; OpenAPI 3 has the schema in it, or in its one content.

use super::document::Document;
use crate::data::{Entry, Value};

/// The one media type of a parameter that has a content, and what it says.
pub(super) fn content<'d>(document: &Document<'d>, parameter: &'d Value) -> Option<(&'d str, &'d Value)> {
    let Entry { key, value, .. } = parameter.get("content")?.entries().first()?;
    Some((key, document.follow(value)))
}

/// The schema of `parameter`: in it, in its content, or itself.
pub(super) fn schema<'d>(document: &Document<'d>, parameter: &'d Value) -> &'d Value {
    let of_content = || content(document, parameter)?.1.get("schema");
    parameter.get("schema").or_else(of_content).unwrap_or(parameter)
}

/// The example that a parameter or a media type gives beside its schema; of several the first.
pub(super) fn example<'d>(document: &Document<'d>, place: &'d Value) -> Option<&'d Value> {
    place.get("example").or_else(|| {
        let first = place.get("examples")?.entries().first()?;
        let example = document.follow(&first.value);
        example.get("value").or_else(|| example.get("dataValue"))
    })
}

/// How lists and objects are written, in the words of OpenAPI 3 (and `tabDelimited`, which only Swagger 2.0 has).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Writing<'d> {
    pub(super) style: &'d str,
    /// Whether each item or field is written on its own.
    pub(super) explode: bool,
}

/// How what `stated` describes (a parameter, a header, the encoding of a field) is written in `place`: `path`, `header`…
pub(super) fn writing<'d>(stated: &'d Value, place: &str) -> Writing<'d> {
    let text = |key: &str| stated.get(key).and_then(Value::as_str);
    let usual = if matches!(place, "path" | "header") { "simple" } else { "form" };
    if stated.get("type").is_some() && stated.get("schema").is_none() {
        let (style, explode) = match text("collectionFormat") {
            Some("multi") => ("form", true),
            Some("ssv") => ("spaceDelimited", false),
            Some("tsv") => ("tabDelimited", false),
            Some("pipes") => ("pipeDelimited", false),
            _ => (usual, false),
        };
        return Writing { style, explode };
    }
    let style = text("style").unwrap_or(usual);
    let explode = stated.get("explode").and_then(Value::as_bool);
    Writing { style, explode: explode.unwrap_or(matches!(style, "form" | "cookie")) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use super::writing;
    use crate::data::read_yaml;
    use crate::source::{RepoPath, SourceFile};

    #[test]
    fn versions_say_alike_how_lists_are_written() {
        let cases = [
            ("{schema: {}}", "query", "form", true),
            ("{schema: {}}", "cookie", "form", true),
            ("{schema: {}}", "header", "simple", false),
            ("{schema: {}, explode: true}", "path", "simple", true),
            ("{schema: {}, style: spaceDelimited}", "query", "spaceDelimited", false),
            ("{schema: {}, style: cookie}", "cookie", "cookie", true),
            ("{style: form, explode: false}", "field", "form", false),
            ("{type: array}", "query", "form", false),
            ("{type: array}", "path", "simple", false),
            ("{type: array, collectionFormat: multi}", "query", "form", true),
            ("{type: array, collectionFormat: tsv}", "query", "tabDelimited", false),
        ];
        for (text, place, style, explode) in cases {
            let file = SourceFile::new(RepoPath::new("a.yaml").unwrap(), text.to_owned());
            let stated = read_yaml(&file, 0..text.len()).0.remove(0);
            let found = writing(&stated, place);
            assert_eq!((found.style, found.explode), (style, explode), "{text} in {place}");
        }
    }
}
