//! Decisions as people really write them: records of public repositories, held against what a reader says of each.
//!
//! `tests/decisions/labels.tsv` has a row a record, labelled by reading the record: number, title, status, date, and how it
//! stands to others (`supersedes>7`, `amends<9`; a record without a number by its file's stem). `records.txt` has of each
//! record the lines that carry these facts and nothing else, each behind `@@ repository path`; records that others name are
//! there, too.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

mod sandbox;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use livedoc::config::Project;
use livedoc::graph::{Fact, Node, NodeId, edges};
use livedoc::pipeline::{Analysis, Earlier, Silent, analyse};

use crate::sandbox::Sandbox;

/// The parts of 100 that must be right.
const FACTS: usize = 97;
const RELATIONS: usize = 95;

struct Label<'a> {
    path: &'a str,
    facts: [(&'static str, &'a str); 4],
    relations: Vec<&'a str>,
}

fn data(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/decisions").join(name)).unwrap()
}

fn labels(table: &str) -> BTreeMap<&str, Vec<Label<'_>>> {
    let mut labels: BTreeMap<&str, Vec<Label<'_>>> = BTreeMap::new();
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [repository, path, number, title, status, date, relations] = cells[..] else { panic!("{row}") };
        let facts = [("number", number), ("title", title), ("status", status), ("date", date)];
        let relations = relations.split("; ").filter(|relation| !relation.is_empty()).collect();
        labels.entry(repository).or_default().push(Label { path, facts, relations });
    }
    labels
}

/// Each repository with its records.
fn repositories(records: &str) -> BTreeMap<&str, Sandbox> {
    let mut repositories: BTreeMap<&str, Sandbox> = BTreeMap::new();
    for record in records.strip_prefix("@@ ").unwrap().split("\n@@ ") {
        let (place, text) = record.split_once('\n').unwrap();
        let (repository, path) = place.split_once(' ').unwrap();
        repositories.entry(repository).or_insert_with(Sandbox::empty).write(path, &format!("{text}\n"));
    }
    repositories
}

fn fact(node: &Node, name: &str) -> String {
    match node.facts.get(name) {
        Some(Fact::Text(text)) => text.clone(),
        Some(Fact::Number(number)) => number.to_string(),
        _ if name == "title" => node.title.replace(['`', '*'], ""),
        _ => String::new(),
    }
}

/// What a label calls a record: its number, or the stem of its file.
fn called(node: &Node) -> String {
    let number = fact(node, "number");
    if number.is_empty() { node.span.file.stem().to_owned() } else { number }
}

/// How each record stands to others, from both of its ends.
fn relations(analysis: &Analysis) -> BTreeMap<NodeId, BTreeSet<String>> {
    let mut relations: BTreeMap<NodeId, BTreeSet<String>> = BTreeMap::new();
    for edge in edges(&analysis.resolved) {
        let graph = &analysis.resolved.graph;
        let (Some(from), Some(to)) = (graph.node(edge.from), graph.node(edge.to)) else { continue };
        relations.entry(from.id).or_default().insert(format!("{}>{}", edge.relation, called(to)));
        relations.entry(to.id).or_default().insert(format!("{}<{}", edge.relation, called(from)));
    }
    relations
}

#[test]
fn records_say_what_their_readers_say() {
    let (table, records) = (data("labels.tsv"), data("records.txt"));
    let (labels, repositories) = (labels(&table), repositories(&records));
    let mut wrong: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut asked: BTreeMap<&str, usize> = BTreeMap::new();
    for (repository, labels) in &labels {
        let project = Project::unconfigured(repositories[repository].root().to_path_buf());
        let analysis = analyse(&project, Earlier::NOTHING, &Silent);
        let related = relations(&analysis);
        for label in labels {
            let mut decisions = analysis.resolved.graph.nodes().filter(|node| node.kind.name == "adr");
            let Some(node) = decisions.find(|node| node.span.file.as_str() == label.path) else {
                panic!("{repository} {} is no decision", label.path)
            };
            for (name, expected) in label.facts {
                *asked.entry(name).or_default() += 1;
                let found = fact(node, name);
                if !found.eq_ignore_ascii_case(expected) {
                    wrong
                        .entry(name)
                        .or_default()
                        .push(format!("{repository} {}: {found}, not {expected}", label.path));
                }
                let is_false = name == "status" && found == "superseded" && expected != found;
                assert!(!is_false, "{repository} {} is not superseded", label.path);
            }
            for &expected in &label.relations {
                *asked.entry("relations").or_default() += 1;
                if !related.get(&node.id).is_some_and(|related| related.contains(expected)) {
                    wrong.entry("relations").or_default().push(format!("{repository} {}: not {expected}", label.path));
                }
            }
        }
    }
    let records: usize = labels.values().map(Vec::len).sum();
    assert!(records >= 120 && labels.len() >= 12, "{records} records of {} repositories", labels.len());
    for (name, asked) in asked {
        let wrong = wrong.get(name).map_or(&[][..], Vec::as_slice);
        let least = if name == "relations" { RELATIONS } else { FACTS };
        assert!(
            (asked - wrong.len()) * 100 >= asked * least,
            "{name}: {} of {asked} wrong:\n{}",
            wrong.len(),
            wrong.join("\n")
        );
    }
}
