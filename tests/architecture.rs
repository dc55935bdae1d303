//! The rules of the house: imports point one way, files stay small, names say something, the book's map is true.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The stages in the order in which data passes through them. Each imports only from those before it.
const LAYERS: &[&str] = &[
    "source",
    "diagnostic",
    "data",
    "cache",
    "config",
    "graph",
    "discover",
    "markdown",
    "extract",
    "plan",
    "external",
    "check",
    "mend",
    "compare",
    "impact",
    "search",
    "theme",
    "render",
    "output",
    "pipeline",
    "serve",
    "cli",
];

/// Names that say nothing about what is in a file.
const EMPTY_NAMES: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc", "shared", "types", "stuff"];

const LONGEST_FILE: usize = 400;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below `folder`, relative to the project's root; the repositories that tests work on aside.
fn rust_files(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut waiting = vec![root().join(folder)];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let is_code =
                !["cases", "target", "diagnostics", "diff", "graph", "sites", "browser"].contains(&name.as_str());
            if path.is_dir() && is_code {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path.strip_prefix(root()).unwrap().to_path_buf());
            }
        }
    }
    files.sort();
    files
}

/// The stage that a file belongs to: the folder or file right below `src/`.
fn layer(file: &Path) -> String {
    let first = file.components().nth(1).unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// Every path behind `crate::` in the code of `text`, as its parts.
fn crate_paths(text: &str) -> Vec<Vec<String>> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let paths = code.split("crate::").skip(1).map(|rest| {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(rest.len());
        rest[..end].split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect()
    });
    paths.filter(|path: &Vec<String>| !path.is_empty()).collect()
}

#[test]
fn imports_point_one_way() {
    let mut wrong = Vec::new();
    for file in rust_files("src") {
        let own = layer(&file);
        let Some(position) = LAYERS.iter().position(|layer| *layer == own) else {
            assert!(["allocator", "lib", "main"].contains(&own.as_str()), "{}: `{own}` is no stage", file.display());
            continue;
        };
        for path in crate_paths(&fs::read_to_string(root().join(&file)).unwrap()) {
            if let Some(other) = LAYERS.iter().position(|layer| *layer == path[0])
                && other > position
            {
                wrong.push(format!("{}: {own} imports {}", file.display(), path[0]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn extractors_and_rules_do_not_know_each_other() {
    let mut wrong = Vec::new();
    for stage in ["extract", "check"] {
        for file in rust_files(&format!("src/{stage}")) {
            let own = file.components().nth(2).unwrap().as_os_str().to_string_lossy().into_owned();
            let own = own.trim_end_matches(".rs");
            let text = fs::read_to_string(root().join(&file)).unwrap();
            for path in crate_paths(&text) {
                let is_sibling = |name: &str| root().join("src").join(stage).join(name).is_dir();
                if path[0] == stage && path.len() > 1 && path[1] != own && own != "mod" && is_sibling(&path[1]) {
                    wrong.push(format!("{}: imports {}", file.display(), path.join("::")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_pipeline_sees_every_stage() {
    let mut wrong = Vec::new();
    for file in rust_files("src") {
        let own = layer(&file);
        let stages: BTreeSet<String> = crate_paths(&fs::read_to_string(root().join(&file)).unwrap())
            .into_iter()
            .map(|path| path[0].clone())
            .filter(|stage| ["extract", "plan", "check", "search", "render"].contains(&stage.as_str()) && *stage != own)
            .collect();
        if stages.len() > 3 && own != "pipeline" {
            wrong.push(format!("{}: {stages:?}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "these join stages beside the pipeline: {}", wrong.join("\n"));
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut wrong = Vec::new();
    for file in ["benches", "corpus", "src", "tests", "xtask"].into_iter().flat_map(rust_files) {
        let text = fs::read_to_string(root().join(&file)).unwrap();
        let length = text.lines().count();
        if length > LONGEST_FILE {
            wrong.push(format!("{}: {length} lines", file.display()));
        }
        if !text.starts_with("//!") {
            wrong.push(format!("{}: does not begin with what enters and what leaves (`//!`)", file.display()));
        }
        let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
        let folder = file.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        if EMPTY_NAMES.iter().any(|name| *name == stem || *name == folder) {
            wrong.push(format!("{}: the name says nothing", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The architecture page names everything that stands right below `src/`, and nothing else.
#[test]
fn the_book_has_the_map() {
    let page = fs::read_to_string(root().join("book/src/architecture.md")).unwrap();
    let map: BTreeSet<String> = page
        .lines()
        .filter_map(|line| {
            line.strip_prefix("| [`src/")?.split('`').next().map(|name| name.trim_end_matches('/').to_owned())
        })
        .collect();
    let present: BTreeSet<String> = fs::read_dir(root().join("src"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(map, present, "book/src/architecture.md and src/ differ");
}

/// The crate's own one-page map lists the stages in the order that the imports obey.
#[test]
fn the_crate_docs_have_the_order() {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let listed: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("//! | [`")?.split('`').next()).collect();
    assert_eq!(listed, LAYERS);
}
