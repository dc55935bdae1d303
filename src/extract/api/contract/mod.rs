//! A specification -> what it promises: one contract for the whole, one for each call, one for each schema and for each other
//! place that schemas refer to.
//!
//! Versions of the standard that say the same give the same contract, so that a move from Swagger 2.0 to OpenAPI 3 is no change.

mod call;
mod schema;

use std::collections::BTreeSet;

use super::call::Call;
use super::document::Document;
use super::{security, server};
use crate::data::Value;
use crate::graph::{Contract, Contracts, Part, Shape, Subject, Term};
use crate::source::Span;
use schema::Shapes;

/// What `document`, whose calls are `calls`, promises.
pub(super) fn contracts<'d>(document: &'d Document<'d>, calls: &[Call<'d>]) -> Contracts {
    let mut shapes = Shapes::new(document);
    let mut contracts = Contracts::new();
    contracts.insert(Subject::Node(document.id()), whole(document));
    for call in calls {
        contracts.insert(Subject::Node(call.id), call::contract(&mut shapes, call));
    }
    for (index, entry) in document.schemas.iter().enumerate() {
        let id = document.schema_id(super::document::Named::Own(index));
        let shape = shapes.of_component(index, &entry.value);
        contracts.insert(Subject::Node(id), contract_of(shape, entry.key_span));
    }
    // What places refer to are further places.
    let mut done = BTreeSet::new();
    while let Some((subject, value)) = shapes.next_place() {
        if done.insert(subject) {
            let shape = shapes.of(value);
            contracts.insert(subject, contract_of(shape, value.span));
        }
    }
    contracts
}

fn contract_of(shape: Shape, span: Span) -> Contract {
    Contract { terms: vec![Term { shape: Some(shape), ..term(Part::Whole, span) }] }
}

/// A term with nothing but what every term has.
fn term(part: Part, span: Span) -> Term {
    Term { part, required: false, deprecated: false, manner: String::new(), shape: None, span }
}

/// What holds for all calls: where the service is found, and how callers show who they are.
fn whole(document: &Document<'_>) -> Contract {
    let root = document.root;
    let servers = root.get("servers").or_else(|| root.get("host")).map_or(root.span, |stated| stated.span);
    let servers = server::addresses(document).into_iter().map(|address| term(Part::Server(address), servers));
    let mut terms: Vec<Term> = servers.collect();
    for entry in security::schemes(document).map_or(&[][..], Value::entries) {
        let scheme = document.follow(&entry.value);
        let deprecated = says(scheme, "deprecated");
        let manner = security::kind(scheme);
        terms.push(Term { deprecated, manner, ..term(Part::Scheme(entry.key.to_string()), entry.key_span) });
    }
    Contract { terms }
}

/// Whether `key` of `value` is true.
fn says(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool) == Some(true)
}
