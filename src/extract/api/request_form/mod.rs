//! An operation -> the form with which readers send it from its page.
//!
//! Enters: the operation. Leaves: what such a form needs to know, and no more: names, values to begin with, and how they are
//! written into a request. What they mean stands on the page.

mod body;
mod input;

use super::call::Call;
use super::content::{is_json, swagger_media_types};
use super::document::{Document, Version};
use super::page::Page;
use super::{security, server};
use crate::data::Value;
use crate::graph::RequestForm;
use crate::graph::request_form::{Credential, Way};

/// What browsers let no page send (Fetch, 2.2.1), and so no form offers.
const FORBIDDEN_METHODS: &[&str] = &["CONNECT", "TRACE", "TRACK"];

/// Parameters beyond these have no input.
const MOST_PARAMETERS: usize = 250;

/// So many ways to authenticate can be chosen from.
const MOST_WAYS: usize = 12;

/// So many media types of an answer can be chosen from.
const MOST_ACCEPTED: usize = 8;

/// So many answers, and media types of each, are looked at for those.
const MOST_READ: usize = 64;

/// The form for `call`. `None` where there can be none, or is no room for one.
pub(super) fn form<'d>(page: &Page<'d>, call: &Call<'d>, parameters: &[&'d Value]) -> Option<RequestForm> {
    let document = page.document();
    if !document.offers_forms() || FORBIDDEN_METHODS.contains(&call.method.as_str()) {
        return None;
    }
    let (bodies, needs_body) = body::bodies(document, call, parameters);
    let inputs = parameters.iter().take(MOST_PARAMETERS);
    let form = RequestForm {
        document: document.name.to_owned(),
        method: call.method.clone(),
        path: call.path.to_owned(),
        servers: server::choices(document, [call.value, call.items[0], call.items[1], document.root]),
        inputs: inputs.filter_map(|parameter| input::of_parameter(document, parameter)).collect(),
        bodies,
        needs_body,
        accepts: accepts(document, call.value),
        credentials: credentials(document, call.value),
    };
    page.take_sample(form.cost()).then_some(form)
}

/// What answers that tell of success come as, JSON first.
fn accepts<'d>(document: &Document<'d>, operation: &'d Value) -> Vec<String> {
    let responses = operation.get("responses").map_or(&[][..], Value::entries);
    let successes = responses.iter().filter(|entry| entry.key.starts_with('2')).take(MOST_READ);
    let mut all: Vec<&str> = Vec::new();
    for success in successes.map(|entry| document.follow(&entry.value)) {
        match document.version {
            Version::Swagger if success.get("schema").is_some() => {
                all.extend(swagger_media_types(document, operation, "produces").into_iter().take(MOST_READ));
            }
            Version::Swagger => {}
            Version::V30 | Version::V31 => {
                let contents = success.get("content").map_or(&[][..], Value::entries);
                all.extend(contents.iter().take(MOST_READ).map(|entry| &*entry.key));
            }
        }
    }
    all.sort_by_key(|media_type| !is_json(media_type));
    let mut accepted: Vec<String> = Vec::new();
    for media_type in all.into_iter().filter(|media_type| *media_type != "*/*") {
        if accepted.len() < MOST_ACCEPTED && !accepted.iter().any(|known| known == media_type) {
            accepted.push(media_type.to_owned());
        }
    }
    accepted
}

/// The ways to authenticate, of which one will do.
fn credentials<'d>(document: &Document<'d>, operation: &'d Value) -> Vec<Vec<Credential>> {
    let alternatives = security::required(document, operation);
    let together = |requirement: &'d Value| {
        let known = requirement.entries().iter().take(MOST_WAYS);
        let known = known.filter_map(|entry| Some((&*entry.key, security::scheme(document, &entry.key)?)));
        known.map(|(name, scheme)| Credential { name: name.to_owned(), way: way(scheme) }).collect::<Vec<_>>()
    };
    let mut ways: Vec<Vec<Credential>> = alternatives.iter().take(MOST_WAYS).map(together).collect();
    if ways.iter().all(Vec::is_empty) {
        ways.clear();
    }
    ways
}

/// How the credential of `scheme` is shown.
fn way(scheme: &Value) -> Way {
    let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
    match (text("type"), text("scheme").to_ascii_lowercase().as_str()) {
        ("basic", _) | ("http", "basic") => Way::Basic,
        ("http", "bearer") => Way::Bearer,
        ("oauth2" | "openIdConnect", _) => Way::Token,
        ("http", _) => Way::Scheme(text("scheme").to_owned()),
        ("mutualTLS", _) => Way::Certificate,
        _ => match text("in") {
            "query" => Way::Query(text("name").to_owned()),
            "cookie" => Way::Cookie(text("name").to_owned()),
            _ => Way::Header(text("name").to_owned()),
        },
    }
}
