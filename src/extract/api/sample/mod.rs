//! An operation -> the same request in several languages.
//!
//! Enters: the operation. Leaves: a listing for each language; those that the specification brings itself
//! (`x-codeSamples`) come first, and in place of ours in the same language.

mod languages;
mod request;

use super::call::Call;
use super::page::Page;
use crate::data::Value;
use crate::graph::Code;

pub(super) use request::Request;

/// What a language is called in front of its listing, how it is coloured, and who writes it.
type Language = (&'static str, &'static str, fn(&Request) -> String);

/// The languages, in the order in which readers see them.
const LANGUAGES: &[Language] = &[
    ("curl", "bash", languages::curl),
    ("HTTPie", "bash", languages::httpie),
    ("JavaScript", "javascript", languages::javascript),
    ("Python", "python", languages::python),
    ("Rust", "rust", languages::rust),
    ("Go", "go", languages::go),
    ("Java", "java", languages::java),
];

/// A specification's own samples beyond these are left out.
const MOST_GIVEN: usize = 9;

/// Requests that would be longer have no samples.
const MOST_VALUES: usize = 400;

/// The listings of `call`. Ours are left out when there is no room for them.
pub(super) fn samples<'d>(page: &Page<'d>, call: &Call<'d>, parameters: &[&'d Value]) -> Vec<Code> {
    let mut samples = given(page, call.value);
    let request = Request::of(page, call, parameters);
    let cost = request.cost(MOST_VALUES);
    let has_room = cost < MOST_VALUES && page.take_sample(cost * LANGUAGES.len());
    for (title, language, write) in LANGUAGES.iter().filter(|_| has_room) {
        let text = write(&request);
        let is_given = |code: &Code| code.title.eq_ignore_ascii_case(title) || is_same(code, language, &text);
        if !samples.iter().any(is_given) {
            samples.push(Code { language: (*language).to_owned(), text, title: (*title).to_owned() });
        }
    }
    samples
}

/// Whether readers would take what is given for `own` in `language`. In a shell that depends on the program.
fn is_same(given: &Code, language: &str, own: &str) -> bool {
    let program = |text: &str| text.split_whitespace().next().map(str::to_owned);
    given.language == language && (language != "bash" || program(&given.text) == program(own))
}

/// What the specification gives: `x-codeSamples`, or Redoc's earlier `x-code-samples`.
fn given<'d>(page: &Page<'d>, operation: &'d Value) -> Vec<Code> {
    let stated = ["x-codeSamples", "x-code-samples"].iter().find_map(|key| operation.get(key));
    let code = |sample: &'d Value| {
        let sample = page.document().follow(sample);
        let text = |key: &str| sample.get(key).and_then(Value::as_str);
        let source = page.document().follow(sample.get("source")?).as_str()?;
        let language = text("lang").unwrap_or_default();
        let title = text("label").filter(|label| !label.is_empty()).unwrap_or(language);
        let language = language.to_lowercase();
        let language = match language.as_str() {
            "shell" | "curl" | "sh" => "bash".to_owned(),
            "node" | "nodejs" | "node.js" | "js" => "javascript".to_owned(),
            "c#" => "csharp".to_owned(),
            _ => language,
        };
        Some(Code { language, text: source.trim_end().to_owned(), title: title.to_owned() })
    };
    stated.map_or(&[][..], Value::items).iter().filter_map(code).take(MOST_GIVEN).collect()
}
