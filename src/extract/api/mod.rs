//! OpenAPI 3.0 and later, and Swagger 2.0: one node for the specification, one for each tag, operation, webhook and named
//! schema, and the links between them.
//!
//! Enters: YAML or JSON files, told by their content (`claim`), each with the files that it refers to. Leaves: a
//! fragment for each specification. Everything is read from a tree of values with places (`document`), so that a part
//! that is wrong costs nothing but itself; what departs from the standard is found by `conformance` and costs no node.

mod call;
mod carried;
mod claim;
mod conformance;
mod content;
mod contract;
mod copies;
mod direction;
mod directory;
mod document;
mod example;
mod fields;
mod fitting;
mod gaps;
mod generated;
mod grammar;
mod grouping;
mod judge;
mod kind;
mod literal;
mod made;
mod name;
mod notes;
mod operation;
mod overview;
mod page;
mod parameter;
mod references;
mod request_form;
mod response;
mod route;
mod sample;
mod schema;
mod security;
mod server;
mod shape;
mod status;
mod tag;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::{Extractor, ExtractorSpec, Input};
use crate::config::ExtractorOptions;
use crate::data::{Value, read_json, read_yaml};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::discover::SourceTree;
use crate::graph::{Contracts, Fragment, NodeId};
use crate::source::SourceFile;

use call::Call;
use claim::About;
use document::Document;
use grouping::Grouping;
use operation::Place;
use page::Context;
use route::Routes;

/// Reads API specifications.
pub(super) struct ApiExtractor;

static SPEC: ExtractorSpec = ExtractorSpec {
    name: "api",
    version: 5,
    kinds: &[&kind::API, &kind::TAG, &kind::OPERATION, &kind::WEBHOOK, &kind::SCHEMA],
    contracts_from: &["json", "yaml", "yml"],
};

/// What one file holds.
pub(crate) struct Parsed {
    value: Option<Value>,
    diagnostics: Diagnostics,
}

impl Extractor for ApiExtractor {
    type About = About;
    type Scan = Parsed;

    fn spec(&self) -> &'static ExtractorSpec {
        &SPEC
    }

    fn inputs(&self, tree: &SourceTree, options: &ExtractorOptions) -> Vec<Input<About>> {
        claim::claim(tree, options)
    }

    fn scan(&self, file: &Arc<SourceFile>) -> Parsed {
        Parsed::of(file)
    }

    fn extract(&self, input: &Input<About>, scans: &[Arc<Parsed>]) -> Fragment {
        let mut fragment = Fragment::default();
        for scan in scans {
            fragment.diagnostics.extend(scan.diagnostics.iter().cloned());
        }
        let broken = |found: &Diagnostic| matches!(found.code, Code::InvalidJson | Code::InvalidYaml);
        let is_whole = !fragment.diagnostics.iter().any(broken);
        if let Some(document) = Document::new(&input.about, &input.files, scans) {
            // Where a file breaks off, what is missing from it is no further fault.
            if is_whole {
                fragment.diagnostics.extend(references::check(&document, input.about.is_part));
                let lacks = conformance::check(&document).into_iter();
                fragment.diagnostics.extend(lacks.filter(|_| !input.about.is_template));
                if !input.about.is_generated {
                    fragment.diagnostics.extend(fitting::check(&document));
                }
            }
            describe(&document, &mut fragment);
        }
        fragment
    }

    fn contracts(&self, input: &Input<About>, scans: &[Arc<Parsed>]) -> Contracts {
        Document::new(&input.about, &input.files, scans).map_or_else(Contracts::new, |document| {
            let calls = call::calls(&document, &mut Routes::below(String::new()), &mut Diagnostics::new());
            contract::contracts(&document, &calls)
        })
    }
}

/// Adds every node of the specification.
fn describe(document: &Document<'_>, fragment: &mut Fragment) {
    let mut routes = Routes::below(format!("api/{}/", document.name));
    let calls = call::calls(document, &mut routes, &mut fragment.diagnostics);
    fragment.diagnostics.extend(gaps::check(document, &calls));
    let operations: HashMap<&str, NodeId> =
        calls.iter().rev().filter_map(|call| Some((call.operation_id?, call.id))).collect();
    let grouping = Grouping::new(document, &calls, &mut routes);
    let mut context = Context::new(document, &operations, &grouping.by_slug);
    context.overview = overview::add(&context, &grouping, &calls, fragment);
    if grouping.has_pages() {
        for place in 0..grouping.tags.len() {
            tag::add(&context, &grouping, place, &calls, fragment);
        }
    }
    let mut order = i64::try_from(grouping.tags.len()).unwrap_or(i64::MAX);
    for index in grouping.order() {
        order += 1;
        operation::add(&context, &calls[index], &place(document, &grouping, index, &calls[index]), order, fragment);
    }
    for index in 0..document.schemas.len() {
        order += 1;
        schema::add(&context, index, order, &mut routes, fragment);
    }
}

/// Where the call number `index` stands.
fn place<'g>(document: &Document<'_>, grouping: &'g Grouping<'_>, index: usize, call: &Call<'_>) -> Place<'g> {
    let mut part_of: Vec<NodeId> = Vec::new();
    let mut below = document.id();
    if grouping.has_pages() {
        if let Some(home) = grouping.homes[index] {
            below = grouping.tags[home].id;
        }
        part_of.push(document.id());
        part_of.extend(call.tags.iter().filter_map(|name| grouping.named.get(name).copied()));
        part_of.retain(|whole| *whole != below);
        part_of.sort_unstable();
        part_of.dedup();
    }
    Place { below, heading: grouping.heading(index, call), part_of }
}

impl Parsed {
    fn of(file: &SourceFile) -> Self {
        let (value, diagnostics) = read_range(file, 0..file.text().len());
        Self { value, diagnostics }
    }
}

/// The value in a part of `file`, whatever its format. Of several YAML documents the first counts.
fn read_range(file: &SourceFile, range: Range<usize>) -> (Option<Value>, Diagnostics) {
    if file.path().has_extension(&["json"]) {
        return read_json(file, range);
    }
    let (documents, mut diagnostics) = read_yaml(file, range);
    let mut documents = documents.into_iter();
    let first = documents.next();
    if let Some(second) = documents.next() {
        let span = second.entries().first().map_or(second.span, |entry| entry.key_span);
        let message = "a specification is one YAML document, and this begins another one";
        diagnostics.push(Diagnostic::new(Code::InvalidOpenapi, message, span).label("left out from here on"));
    }
    (first, diagnostics)
}

#[cfg(test)]
mod tests {
    #[test]
    fn cases() {
        crate::extract::cases::check_cases(&super::ApiExtractor);
    }
}
