//! `Cargo.toml`, and where Cargo looks for files (<https://doc.rust-lang.org/cargo/guide/project-layout.html>).

use rayon::prelude::*;

use super::declarations::Declarations;
use super::snapshot::Snapshot;
use crate::data::{Value, read_toml};
use crate::graph::Thing;
use crate::source::{RepoPath, SourceFile};

/// The tables of targets, and the folders in which Cargo finds some by itself.
const TARGETS: &[(&str, &str, Thing)] = &[
    ("bin", "src/bin", Thing::Program),
    ("example", "examples", Thing::Example),
    ("test", "tests", Thing::Test),
    ("bench", "benches", Thing::Bench),
];

/// What manifests declare. A package is any that can be named: dependencies are, too.
pub(super) fn read(snapshot: &Snapshot<'_>) -> Declarations {
    let mut declarations = Declarations::default();
    let told: Vec<RepoPath> = snapshot.paths.iter().copied().filter(|path| is_read(*path)).collect();
    let read = |path: RepoPath| {
        let text = String::from_utf8((snapshot.bytes)(path)?).ok()?;
        let file = SourceFile::new(path, text);
        Some((
            path,
            if path.file_name() == "Cargo.lock" {
                Told::Lock(names_locked(file.text()))
            } else {
                let (value, problems) = read_toml(&file, 0..file.text().len());
                let inactive = features_commented_out(file.text());
                Told::Value(value.filter(|_| problems.is_empty())?, inactive)
            },
        ))
    };
    let told: Vec<(RepoPath, Told)> = told.into_par_iter().filter_map(read).collect();
    for (path, told) in &told {
        match told {
            Told::Lock(names) => names.iter().for_each(|name| declarations.declare(Thing::Package, name, *path)),
            Told::Value(value, inactive) if path.file_name() == "Cargo.toml" => {
                manifest(snapshot, *path, value, &mut declarations);
                inactive.iter().for_each(|name| declarations.declare(Thing::Feature, name, *path));
            }
            Told::Value(value, _) => {
                for alias in value.get("alias").map_or(&[][..], Value::entries) {
                    declarations.declare(Thing::Alias, &alias.key, *path);
                }
            }
        }
    }
    snapshot.paths.iter().for_each(|path| found_by_place(*path, &mut declarations));
    declarations
}

/// Whether the file at `path` is read for what it declares.
pub(super) fn is_read(path: RepoPath) -> bool {
    matches!(path.file_name(), "Cargo.toml" | "Cargo.lock")
        || path.parent().file_name() == ".cargo" && path.stem() == "config"
}

enum Told {
    /// A manifest or a configuration, and the features in it that are commented out.
    Value(Value, Vec<String>),
    /// The names of packages.
    Lock(Vec<String>),
}

fn manifest(snapshot: &Snapshot<'_>, path: RepoPath, value: &Value, declarations: &mut Declarations) {
    declarations.add_head(path, false);
    let name = |table: &Value| table.get("name").and_then(Value::as_str).map(str::to_owned);
    if let Some(package) = value.get("package").and_then(name) {
        declarations.declare(Thing::Package, &package, path);
        declarations.add_own_package(&package);
        // `cargo xtask` may be a program of this name that is installed.
        if let Some(alias) = package.strip_prefix("cargo-") {
            declarations.declare(Thing::Alias, alias, path);
        }
        let has_program = ["src/main.rs", "main.rs"]
            .iter()
            .any(|main| path.parent().join(main).is_some_and(|main| snapshot.contains(main)));
        if has_program {
            declarations.declare(Thing::Program, &package, path);
        }
    }
    for (table, _, thing) in TARGETS {
        for target in value.get(table).map_or(&[][..], Value::items).iter().filter_map(name) {
            declarations.declare(*thing, &target, path);
        }
    }
    for feature in value.get("features").map_or(&[][..], Value::entries) {
        declarations.declare(Thing::Feature, &feature.key, path);
    }
    declarations.declare(Thing::Feature, "default", path);
    let targets = value.get("target").map_or(&[][..], Value::entries).iter().map(|entry| &entry.value);
    for table in std::iter::once(value).chain(targets).chain(value.get("workspace")) {
        let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
        for dependency in kinds.iter().filter_map(|kind| table.get(kind)).flat_map(Value::entries) {
            declarations.declare(Thing::Package, &dependency.key, path);
            if dependency.value.get("optional").is_some() {
                declarations.declare(Thing::Feature, &dependency.key, path);
            }
            if let Some(package) = dependency.value.get("package").and_then(Value::as_str) {
                declarations.declare(Thing::Package, package, path);
            }
        }
    }
}

/// A target that Cargo finds by where its file stands.
fn found_by_place(path: RepoPath, declarations: &mut Declarations) {
    if path.extension() != "rs" {
        return;
    }
    let kind = |folder: RepoPath| {
        let is_in = |place: &str| folder.as_str() == place || folder.as_str().ends_with(&format!("/{place}"));
        TARGETS.iter().find(|(_, place, _)| is_in(place)).map(|(_, _, thing)| *thing)
    };
    let folder = path.parent();
    if let Some(thing) = kind(folder) {
        declarations.declare(thing, path.stem(), path);
    } else if let Some(thing) = kind(folder.parent()).filter(|_| path.file_name() == "main.rs") {
        declarations.declare(thing, folder.file_name(), path);
    }
}

/// The features that the manifest `text` would have if a comment were none: `# tracy = ["dep:tracy"]`. Readers are told to make them so.
fn features_commented_out(text: &str) -> Vec<String> {
    let mut lines = text.lines().map(str::trim).skip_while(|line| *line != "[features]").skip(1);
    let section = std::iter::from_fn(|| lines.next().filter(|line| !line.starts_with('[')));
    let key = |line: &str| {
        let (key, value) = line.strip_prefix('#')?.trim_start_matches('#').split_once('=')?;
        let key = key.trim().trim_matches('"');
        let is_key = !key.is_empty() && !key.contains(char::is_whitespace);
        (is_key && value.trim_start().starts_with('[')).then(|| key.to_owned())
    };
    section.filter_map(key).collect()
}

/// The names in a lock file, which Cargo writes in one form.
fn names_locked(text: &str) -> Vec<String> {
    let names = text.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
    names.map(str::to_owned).collect()
}
