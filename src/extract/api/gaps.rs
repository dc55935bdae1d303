//! What operations leave out although the specification has it elsewhere: a declared tag, an id.

use std::collections::BTreeSet;

use super::call::Call;
use super::document::Document;
use super::kind::OPERATION;
use crate::data::Value;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, NearestNames, did_you_mean};

/// What `calls` leave out.
pub(super) fn check(document: &Document<'_>, calls: &[Call<'_>]) -> Diagnostics {
    let mut found = undeclared_tags(document, calls);
    found.extend(missing_ids(calls));
    found
}

/// Tags that are not among the declared ones, where some are declared: each once.
fn undeclared_tags(document: &Document<'_>, calls: &[Call<'_>]) -> Diagnostics {
    let declared = document.root.get("tags").map_or(&[][..], Value::items);
    let declared: BTreeSet<&str> = declared.iter().filter_map(|tag| tag.get("name")?.as_str()).collect();
    if declared.is_empty() {
        return Diagnostics::new();
    }
    let mut near = None;
    let mut seen = BTreeSet::new();
    let tags = calls.iter().flat_map(|call| call.value.get("tags").map_or(&[][..], Value::items));
    let above = document.root.get("tags").map_or(&[][..], Value::items).iter().filter_map(|tag| tag.get("parent"));
    let unknown = tags.chain(above).filter_map(|tag| Some((tag, tag.as_str()?)));
    let unknown = unknown.filter(|(_, name)| !declared.contains(name) && seen.insert(*name));
    let diagnostic = |(tag, name): (&Value, &str)| {
        let near = near.get_or_insert_with(|| NearestNames::new(declared.iter().copied()));
        let hint = match did_you_mean(&near.find(name)) {
            hint if hint.is_empty() => "declare it in `tags`, with a description".to_owned(),
            hint => format!("{hint} If not, declare it in `tags`"),
        };
        Diagnostic::new(Code::UndeclaredTag, format!("the tag `{name}` is not declared"), tag.span).hint(hint)
    };
    unknown.map(diagnostic).collect()
}

/// Operations without an id, where more than half of them have one.
fn missing_ids(calls: &[Call<'_>]) -> Diagnostics {
    // A webhook is called by its name.
    let operations = calls.iter().filter(|call| std::ptr::eq(call.kind, &OPERATION));
    let (with, without): (Vec<_>, Vec<_>) = operations.partition(|call| call.operation_id.is_some());
    if with.len() <= without.len() {
        return Diagnostics::new();
    }
    let diagnostic = |call: &Call<'_>| {
        let message = format!("`{}` has no operation id", call.signature());
        Diagnostic::new(Code::MissingOperationId, message, call.span)
            .hint("give it an `operationId`: links and generated clients call it by that")
    };
    without.into_iter().map(diagnostic).collect()
}
