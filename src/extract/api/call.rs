//! The calls of a specification: every method on every path, and every webhook, with what they are called.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::document::{Document, Named, reference_of};
use super::kind::{OPERATION, WEBHOOK};
use super::route::Routes;
use crate::data::{Entry, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::graph::{Kind, NodeId};
use crate::source::Span;

/// The methods that a path can have, in OpenAPI 3.2; earlier versions have fewer.
const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// A method on a path, or a webhook.
pub(super) struct Call<'d> {
    /// Operation or webhook.
    pub(super) kind: &'static Kind,
    /// In upper case.
    pub(super) method: String,
    /// The path, or the webhook's name.
    pub(super) path: &'d str,
    /// What it says.
    pub(super) value: &'d Value,
    /// The path items around it: where it stands, and where that one's reference leads.
    pub(super) items: [&'d Value; 2],
    /// The operation id that it states.
    pub(super) operation_id: Option<&'d str>,
    /// Its tags, in their order.
    pub(super) tags: Vec<&'d str>,
    /// Where it is written.
    pub(super) span: Span,
    /// Its id in the graph.
    pub(super) id: NodeId,
    /// Its page's address.
    pub(super) route: String,
}

impl<'d> Call<'d> {
    /// `GET /orders/{id}`.
    pub(super) fn signature(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether it or its path has a summary or a description.
    pub(super) fn is_documented(&self) -> bool {
        let says = |value: &Value| {
            let text = |key| value.get(key).and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty());
            text("summary") || text("description")
        };
        says(self.value) || self.items.iter().any(|item| says(item))
    }

    /// The servers that it has of its own.
    pub(super) fn servers(&self) -> Option<&'d Value> {
        [self.value, self.items[0], self.items[1]].into_iter().find_map(|value| value.get("servers"))
    }

    /// Its parameters: its own, then those of its path that it does not replace.
    pub(super) fn parameters(&self, document: &Document<'d>) -> Vec<&'d Value> {
        let written = parameters(document, self.value, self.items);
        written.into_iter().map(|parameter| document.follow(parameter)).collect()
    }

    /// Whether it is marked as deprecated, if it says so.
    pub(super) fn deprecated(&self) -> Option<bool> {
        self.value.get("deprecated").and_then(Value::as_bool)
    }
}

/// Every call, operations first, in the source's order. Operations are called by their operation ids; those that have
/// none, or one that another has, by method and path.
pub(super) fn calls<'d>(document: &Document<'d>, routes: &mut Routes, found: &mut Diagnostics) -> Vec<Call<'d>> {
    let mut calls = Vec::new();
    for entry in document.root.get("paths").map_or(&[][..], Value::entries) {
        if !entry.key.starts_with("x-") {
            collect(document, &OPERATION, entry, &mut calls);
        }
    }
    // Before OpenAPI 3.1 webhooks had a name that Redoc gave them; who writes for both has them twice.
    let webhooks = ["webhooks", "x-webhooks"].iter().find_map(|key| document.root.get(key));
    for entry in webhooks.map_or(&[][..], Value::entries) {
        collect(document, &WEBHOOK, entry, &mut calls);
    }
    name(document, &mut calls, found);
    for call in &mut calls {
        let name = call.id.name().strip_prefix(document.name).unwrap_or_default().trim_start_matches('/');
        call.route = match name.strip_prefix(&format!("{} ", call.method)) {
            Some(path) => routes.take(&format!("{}/{path}", call.method.to_lowercase())),
            None => routes.take(name),
        };
    }
    calls
}

fn collect<'d>(document: &Document<'d>, kind: &'static Kind, item: &'d Entry, calls: &mut Vec<Call<'d>>) {
    let items = [&item.value, document.follow(&item.value)];
    let mut add = |entry: &'d Entry, method: String| {
        let value = document.follow(&entry.value);
        let elsewhere = reference_of(&entry.value).is_some().then(|| value.entries().first()).flatten();
        let span = elsewhere.map_or(entry.key_span, |first| first.key_span);
        let text = |key| value.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
        let tags = value.get("tags").map_or(&[][..], Value::items).iter().filter_map(Value::as_str).collect();
        calls.push(Call {
            kind,
            method,
            path: &item.key,
            value,
            items,
            operation_id: text("operationId"),
            tags,
            span,
            id: document.id(),
            route: String::new(),
        });
    };
    for (method, entry) in methods(items) {
        add(entry, method);
    }
}

/// The operations of a path item, in two parts: each method once, upper case, with its entry.
pub(super) fn methods(items: [&Value; 2]) -> Vec<(String, &Entry)> {
    let mut seen: HashSet<String> = HashSet::new();
    let mut found = Vec::new();
    for entry in items.into_iter().flat_map(Value::entries) {
        if METHODS.contains(&&*entry.key) && seen.insert(entry.key.to_uppercase()) {
            found.push((entry.key.to_uppercase(), entry));
        }
        if &*entry.key == "additionalOperations" {
            for entry in entry.value.entries() {
                if seen.insert(entry.key.to_string()) {
                    found.push((entry.key.to_string(), entry));
                }
            }
        }
    }
    found
}

/// Gives each call an id that no other has.
fn name(document: &Document<'_>, calls: &mut [Call<'_>], found: &mut Diagnostics) {
    let mut owners: HashMap<&str, Span> = HashMap::new();
    let schemas = (0..document.schemas.len()).map(|index| document.schema_id(Named::Own(index)));
    let mut taken: HashSet<NodeId> = schemas.chain([document.id()]).collect();
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    for call in calls {
        let mut wish = fallback(call);
        if let Some(id) = call.operation_id {
            match owners.get(id) {
                None => {
                    owners.insert(id, call.span);
                    if std::ptr::eq(call.kind, &OPERATION) {
                        id.clone_into(&mut wish);
                    }
                }
                Some(&first) => {
                    let message = format!("the operation id `{id}` is used twice");
                    let span = call.value.get("operationId").map_or(call.span, |value| value.span);
                    let diagnostic = Diagnostic::new(Code::DuplicateOperationId, message, span)
                        .label(format!("this operation is called `{}` instead", document.id_of(&wish)))
                        .related(first, "the first operation with this id")
                        .hint("an operation id tells one operation from all others: rename one of them");
                    found.push(diagnostic);
                }
            }
        }
        let mut id = document.id_of(&wish);
        while !taken.insert(id) {
            let number = numbers.entry(wish.clone()).or_insert(1);
            *number += 1;
            id = document.id_of(&format!("{wish}-{number}"));
        }
        call.id = id;
    }
}

/// What a call without an operation id of its own is called.
fn fallback(call: &Call<'_>) -> String {
    if std::ptr::eq(call.kind, &OPERATION) {
        return call.signature();
    }
    // Nearly all webhooks are posted.
    match call.method.as_str() {
        "POST" => format!("webhooks/{}", call.path),
        method => format!("webhooks/{}/{}", call.path, method.to_lowercase()),
    }
}

/// The parameters of `operation` and of the path items around it, as they are written: possibly as references. Of those with one
/// name and place the first counts.
pub(super) fn parameters<'d>(document: &Document<'d>, operation: &'d Value, items: [&'d Value; 2]) -> Vec<&'d Value> {
    let sources = [operation, items[0], items[1]].into_iter();
    let all = sources.flat_map(|source| source.get("parameters").map_or(&[][..], Value::items));
    let mut seen = HashSet::new();
    let is_first = |parameter: &&'d Value| {
        let parameter = document.follow(parameter);
        seen.insert((parameter.get("name").and_then(Value::to_text), place(parameter)))
    };
    all.filter(is_first).collect()
}

/// Where a parameter is written: `path`, `query`…
pub(super) fn place(parameter: &Value) -> &str {
    parameter.get("in").and_then(Value::as_str).unwrap_or_default()
}
