//! What links become: each folder under `tests/graph/` is a small repository, and its `expected.txt` lists the edges
//! and the findings. The graph of each is also held against the published schema.
//!
//! `LIVEDOC_BLESS=1 cargo test` writes what came out instead of comparing; read the difference before you commit it.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use livedoc::config::{Forge, Patterns, Project};
use livedoc::graph::{Fragment, assemble, edges, export, resolve};
use livedoc::pipeline::{Analysis, Earlier, Silent, analyse};
use livedoc::source::Sources;

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/graph");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

fn project(folder: &Path) -> Project {
    let mut project = Project::unconfigured(folder.to_path_buf());
    project.exclude = Patterns::new(["expected.txt"]).unwrap();
    project.forge = Some(Forge {
        url: "https://github.com/acme/shop".to_owned(),
        revision: "0123456789abcdef".to_owned(),
        folder: livedoc::source::RepoPath::root(),
    });
    project.site.base_url = Some("https://docs.acme.example/".to_owned());
    project
}

fn describe(analysis: &Analysis) -> String {
    let mut text = String::new();
    for node in analysis.resolved.graph.nodes() {
        let url = analysis.plan.url(node.id).unwrap_or_default();
        writeln!(text, "node {} {} {url} {:?}", node.id, node.kind.name, node.title).unwrap();
    }
    for edge in edges(&analysis.resolved) {
        let anchor = edge.anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        writeln!(text, "edge {} -{}-> {}{anchor}", edge.from, edge.relation, edge.to).unwrap();
    }
    for (link, end) in analysis.resolved.graph.links().zip(analysis.resolved.ends()) {
        if !matches!(end, livedoc::graph::End::Node { .. }) {
            writeln!(text, "end {} {:?} -> {end:?}", link.from, link.target).unwrap();
        }
    }
    for found in &analysis.diagnostics {
        let place = found.span.map(|span| {
            let position = analysis.tree.source(span.file).map(|file| file.position(span.start));
            position.map_or_else(|| span.file.to_string(), |at| format!("{}:{}:{}", span.file, at.line, at.column))
        });
        let place = place.unwrap_or_default();
        writeln!(text, "{:?} {} {place} {} | {}", found.level, found.code, found.message, found.hint).unwrap();
    }
    text
}

#[test]
fn links_lead_where_they_should() {
    let mut failures = Vec::new();
    for case in cases() {
        let actual = describe(&analyse(&project(&case), Earlier::NOTHING, &Silent));
        let path = case.join("expected.txt");
        if std::env::var_os("LIVEDOC_BLESS").is_some() {
            fs::write(&path, &actual).unwrap();
        } else if fs::read_to_string(&path).unwrap_or_default() != actual {
            failures.push(format!("{}:\n{actual}", case.display()));
        }
    }
    assert!(failures.is_empty(), "differs from expected.txt:\n{}", failures.join("\n"));
}

#[test]
fn the_graph_obeys_its_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema = fs::read_to_string(root.join("book/src/graph.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    for folder in cases().into_iter().chain([root.join("example-project")]) {
        let analysis = analyse(&project(&folder), Earlier::NOTHING, &Silent);
        let graph = analysis.export();
        let graph = serde_json::to_value(&graph).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&graph).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{}:\n{}", folder.display(), errors.join("\n"));
        let ids: Vec<&str> =
            graph["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap()).collect();
        assert!(ids.is_sorted_by(|a, b| a < b), "nodes are sorted and unique");
        let key =
            |edge: &serde_json::Value| ["from", "relation", "to"].map(|field| edge[field].as_str().unwrap().to_owned());
        let keys: Vec<_> = graph["edges"].as_array().unwrap().iter().map(key).collect();
        assert!(keys.is_sorted_by(|a, b| a < b), "edges are sorted and unique");
        for [from, _, to] in &keys {
            assert!(ids.binary_search(&from.as_str()).is_ok() && ids.binary_search(&to.as_str()).is_ok());
        }
    }
}

/// The order in which fragments arrive says nothing.
#[test]
fn shuffled_fragments_give_the_same_graph() {
    for folder in cases() {
        let project = project(&folder);
        let tree = livedoc::discover::discover(&project);
        let export_of = |fragments: Vec<Arc<Fragment>>| {
            let (graph, _) = assemble(fragments);
            let resolved = resolve(graph, &tree, &project);
            serde_json::to_string(&export(&resolved, &tree, &|_| None, &|_| None)).unwrap()
        };
        let fragments =
            livedoc::extract::claim(&tree, &project).units.iter().map(|unit| Arc::new(unit.read())).collect::<Vec<_>>();
        let expected = export_of(fragments.clone());
        let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
        for _ in 0..20 {
            let mut shuffled = fragments.clone();
            for index in (1..shuffled.len()).rev() {
                // Xorshift: any fixed sequence will do.
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                shuffled.swap(index, usize::try_from(state % (index as u64 + 1)).unwrap());
            }
            assert_eq!(export_of(shuffled), expected, "{}", folder.display());
        }
    }
}
